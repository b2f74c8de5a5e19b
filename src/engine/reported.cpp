// What the contact center says of an agent's state in a medium, and what follows from it.

#include <algorithm>
#include <utility>

#include "rules.hpp"

namespace cticonnector::engine {

namespace {

/// The contact center's word on one medium.
void apply(Medium& m, const AgentState& e) {
    m.state = e.state;
    switch (e.state) {
        case MediumState::ready:
        case MediumState::work_ready:
            m.base = MediumState::ready;
            m.reason = 0;
            break;
        case MediumState::not_ready:
        case MediumState::work_not_ready:
            m.base = MediumState::not_ready;
            if (e.reason) m.reason = *e.reason;
            break;
        case MediumState::logged_out: m.step(NotReadyStep::over); break;
        default: break;
    }
    if (!e.next) return;
    m.base = *e.next == MediumState::ready || *e.next == MediumState::work_ready ? MediumState::ready
                                                                                 : MediumState::not_ready;
}

/// The call that the agent lets ring, or let ring just now: the last of them.
ItemKey unanswered_call(const Agent& a) {
    const auto call = std::find_if(a.sessions.rbegin(), a.sessions.rend(), [&](const Session& s) {
        return s.channel == Channel::voice &&
               (s.state == SessionState::alerting || a.item(s.item)->departure == Departure::not_answered);
    });
    return call == a.sessions.rend() ? ItemKey{} : call->key;
}

/// What a new state of the phone means for calls that have just ended and for wrap-up.
void phone_state_changed(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    const MediumState state = a.media[Channel::voice].state;
    const bool work = state == MediumState::work_ready || state == MediumState::work_not_ready;
    if (work || state == MediumState::ready || state == MediumState::not_ready) {
        std::vector<ItemKey> over;
        for (const Session& s : a.sessions) {
            if (s.due && s.due->why == DueFor::next_state) over.push_back(s.key);
        }
        for (const ItemKey& key : over) call_over(t, slot, *a.session(key));
    }
    if (!work) wrapup_over(t, slot);
}

}  // namespace

void on(Turn& t, const AgentState& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (!a.in(e.channel)) return;
    Medium& m = a.media[e.channel];
    const bool leaves = a.phase == Phase::logging_out || a.phase == Phase::logged_off;
    if (leaves && !m.logged_in()) return;  // whoever logs the agent in now is somebody else
    const bool before_ours = a.phase == Phase::logging_in && a.under_way(Purpose::query, Channel::voice);
    // Our own last log-out may still be on its way: only the answer to the query is behind it.
    if (before_ours && !m.found && e.state == MediumState::logged_out) return;
    const Medium before = m;
    apply(m, e);
    const Purpose ours = e.channel == Channel::voice ? Purpose::login : Purpose::medium;
    if (a.phase == Phase::logging_in && before.logged_in() != m.logged_in())
        m.found = m.logged_in() && !a.under_way(ours, e.channel);
    if (leaves && e.state == MediumState::logged_out) return is_out(t, *slot, e.channel);
    if (a.phase == Phase::logging_in && e.channel == Channel::voice && e.state == MediumState::logged_out &&
        before.logged_in() && !before_ours && !a.under_way(Purpose::login, Channel::voice)) {
        return logged_out_elsewhere(t, *slot);
    }
    if (a.phase != Phase::logged_in) return;
    if (e.state == MediumState::logged_out && before.logged_in()) {
        if (e.channel == Channel::voice || !a.in_any_medium()) {
            return log_out(t, *slot, {.end = EndReason::logged_off_in_contact_center});
        }
    }
    // Somebody else has made them ready, or not ready for another reason: nothing of ours is left to take
    // back.
    const bool other_reason = e.state == MediumState::not_ready && e.reason && *e.reason != before.reason;
    const bool changed_elsewhere =
        before.base == MediumState::not_ready && (m.base == MediumState::ready || other_reason);
    if (changed_elsewhere && (e.channel == Channel::voice || !a.in(Channel::voice)))
        a.not_ready_by = NotReadyBy::nobody;
    const bool unanswered = e.unanswered && (m.base != before.base || m.reason != before.reason);
    if (unanswered) a.asked_for = Wish{{false, m.reason}, {Why::RONA, Origin::cc, unanswered_call(a)}};
    const bool learned = std::exchange(m.reason_unknown, false) && m.base == before.base &&
                         a.cause.why == Why::login && !unanswered;
    if (learned) a.asked_for = Wish{{false, m.reason}, a.cause};
    t.tell_user(*slot);
    if (unanswered || learned) a.asked_for.reset();  // it is the cause of this change alone
    if (e.channel == Channel::voice) phone_state_changed(t, *slot);
}

void on(Turn& t, const MadeNotRoutable& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (a.phase != Phase::logged_in || !a.in(e.channel)) return;
    Session* s = a.session(e.task);
    Medium& m = a.media[e.channel];
    m.step(RoutableStep::told_not);  // until their next ready (R-DEC-30)
    a.asked_for = Wish{{false, m.reason}, {Why::RONA, Origin::cc, s ? s->key : ItemKey{}}};
    t.tell_user(*slot);
    if (!s || s->state != SessionState::alerting) return;
    a.item(e.task)->task().id = no_task;  // the contact center has ended it as no answer
    t.close(*slot, *s, Processing::rerouted, LineState::ended,
            OwedEnd{TaskEnd::no_answer, RouteReason::RONA});
}

void on(Turn& t, const MediumRefused& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Note note = t.note_refusal(*slot, e.refused, e.failure, as_told(e.text));
    note.channel = e.channel;
    t.act(std::move(note));
    Agent& a = t.agent(*slot);
    Medium& m = a.media[e.channel];
    if (e.ready && m.state != MediumState::ready) m.base = MediumState::not_ready;
    if (a.phase == Phase::logged_in) return t.tell_user(*slot, true);
    if (!e.ready && a.under_way(Purpose::logout_medium, e.channel)) is_out(t, *slot, e.channel);
}

}  // namespace cticonnector::engine
