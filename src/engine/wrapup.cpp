// Work after a call or a chat: asked for, left by the agent or by time, over (R-WRAP, R-DEC-40).

#include "outcomes.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

namespace {

void ask_for_wrapup(Turn& t, Slot slot, std::optional<RequestId> request, const ItemKey& item) {
    const bool ready = t.agent(slot).media[Channel::voice].base == MediumState::ready;
    set_voice(t, slot, Purpose::wrapup, ready ? MediumState::work_ready : MediumState::work_not_ready, 0,
              request, item);
}

void wrapup_over(Turn& t, Slot slot, ItemKey key) {
    Session* s = t.agent(slot).session(key);
    if (s && s->state == SessionState::wrapup) t.close(slot, *s, Processing::ended, LineState::ended);
}

}  // namespace

void on(Turn& t, const RequireWrapup& e) {
    const auto slot = t.reachable(e.request, e.user);
    if (!slot) return;
    Session* s = t.allowed(e.request, *slot, e.item, Capability::wrapup_required);
    if (!s) return;
    if (s->channel == Channel::chat) return t.done(e.request);  // a chat wraps up anyway (R-WRAP-2)
    t.agent(*slot).item(s->item)->legs().wrapup_required = true;
    ask_for_wrapup(t, *slot, e.request, e.item);
}

void wrapup_again(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    for (const Session& s : a.sessions) {
        if (s.channel != Channel::voice || s.state == SessionState::wrapup) continue;
        bool& required = a.item(s.item)->legs().wrapup_required;
        if (required && t.settings.resend_wrapup_after_set_state) return ask_for_wrapup(t, slot, {}, {});
        required = false;
    }
}

void on(Turn& t, const EndWrapup& e) {
    const auto slot = t.reachable(e.request, e.user);
    if (!slot) return;
    Session* s = t.allowed(e.request, *slot, e.item, Capability::wrapup_ended);
    if (!s) return;
    if (s->channel != Channel::chat) return leave_wrapup(t, *slot, e.item, e.request);
    t.done(e.request);
    chat_wrapup_over(t, *slot, *s);
}

void leave_wrapup(Turn& t, Slot slot, const ItemKey& item, std::optional<RequestId> request) {
    const Medium& voice = t.agent(slot).media[Channel::voice];
    set_voice(t, slot, Purpose::leave_wrapup, voice.base, voice.base == MediumState::ready ? 0 : voice.reason,
              request, item);
}

void wrapup_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    const bool refused = outcome.failure != Failure::none;
    if (refused) t.request_failed(slot, o, outcome);
    if (!o.request) return;
    if (!refused) return t.done(*o.request);
    const Phrase text = said(outcome);
    t.fault(*o.request, Fault::invalid_state, text.empty() ? Phrase{TextId::refused} : text);
}

void leave_wrapup_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    wrapup_outcome(t, slot, o, outcome);
    const MediumState state = t.agent(slot).media[o.channel].state;
    const bool still_in_it = state == MediumState::work_ready || state == MediumState::work_not_ready;
    if (outcome.failure == Failure::none && !still_in_it) wrapup_over(t, slot, o.item);
}

void wrapup_over(Turn& t, Slot slot) {
    std::vector<ItemKey> over;
    for (const Session& s : t.agent(slot).sessions) {
        if (s.channel == Channel::voice && s.state == SessionState::wrapup) over.push_back(s.key);
    }
    for (const ItemKey& key : over) wrapup_over(t, slot, key);
}

void chat_wrapup_over(Turn& t, Slot slot, Session& s) {
    t.close(slot, s, Processing::ended, LineState::ended, OwedEnd{TaskEnd::completed, std::nullopt});
}

}  // namespace cticonnector::engine
