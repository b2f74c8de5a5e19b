// What the agent does with items: accept, reroute, forward, complete,
// their data (allocation.md sections 4 and 5).

#include <algorithm>
#include <utility>

#include "cticonnector/base/text.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

namespace {

/// Characters that log and explanations keep of it; the CRM may write what it likes.
constexpr std::size_t longest_reason = 100;

/// What a reroute reason does to an alerting action item or chat; voice only loses its session (R-ALLOC-10).
/// Only the first letter counts. What the connector refuses by itself: refuse() in tasks.cpp.
struct ReroutePolicy {
    char letter;  ///< 0: no reason
    bool not_ready;
};
constexpr std::array policies{ReroutePolicy{'M', false}, ReroutePolicy{'A', true}, ReroutePolicy{0, true}};

struct Policy {
    bool not_ready;
    bool known;
};
Policy policy_of(const std::string& reason) {
    const char letter = reason.empty() ? '\0' : reason.front();
    for (const ReroutePolicy& p : policies) {
        if (p.letter == letter) return {p.not_ready, true};
    }
    return {policies.back().not_ready, false};  // as no reason, and a warning
}

void accept_task(Turn& t, Slot slot, Session& s, RequestId request) {
    Item& item = *t.agent(slot).item(s.item);
    s.state = SessionState::active;
    s.since = t.now;
    s.due.reset();
    item.state = ItemState::active;
    item.since = t.now;
    if (item.task().id != no_task)
        t.act(StepTask{t.agent(slot).id, s.channel, item.task().id, TaskStep::start});
    t.done(request);
    Note note = t.note_about(slot, What::item_accepted, s);
    note.origin = Origin::crm;
    t.act(std::move(note));
    t.tell_item(slot, s);
}

/// A1 of the CRM says that sessions are hidden from us (R-ALLOC-9, R-DEC-16).
void learn_hidden_sessions(Turn& t, Slot slot, const ItemKey& refused) {
    Agent& a = t.agent(slot);
    const CrmProfile& crm = *a.profile;
    if (crm.hidden_session_memory.count() == 0) return;
    const auto besides = std::count_if(a.sessions.begin(), a.sessions.end(),
                                       [&](const Session& s) { return s.key != refused; });
    a.hidden_sessions = std::max(0, crm.session_limit - static_cast<int>(besides));
    a.hidden_until = t.now + crm.hidden_session_memory;
}

void note_reroute(Turn& t, Slot slot, const Session& s, const std::string& reason, bool known) {
    if (known) return;
    Note note = t.note_about(slot, What::item_unknown_reason, s);
    note.reason = shortened(reason, longest_reason);
    note.origin = Origin::crm;
    note.text = {TextId::reason_unknown};
    t.act(std::move(note));
}

/// Ends a chat: straight away, or through wrap-up (R-ALLOC-14).
void end_chat(Turn& t, Slot slot, Session& s) {
    Agent& a = t.agent(slot);
    const bool others = a.work_of(Channel::chat) > 1;
    if (others && !t.settings.each_chat_wraps_up) {
        return t.close(slot, s, Processing::ended, LineState::ended,
                       OwedEnd{TaskEnd::completed, std::nullopt});
    }
    s.state = SessionState::wrapup;
    s.since = t.now;
    s.due.reset();
    if (t.settings.chat_wrapup.count() > 0) s.due = Due{t.now + t.settings.chat_wrapup, DueFor::wrapup_end};
    const TaskId& task = a.item(s.item)->task().id;
    if (task != no_task && t.link_up) t.act(StepTask{a.id, s.channel, task, TaskStep::wrapup});
    t.tell_item(slot, s);
}

/// One that has no session, or whose session is closing: it ends without being routed again.
void withdraw_from(Turn& t, Slot slot, Item& item, Departure how, Origin by) {
    const auto frees_id = [&] {  // which may be used again
        pass_on(t, ItemReturned{item.id, Gone{item.external_id}});
    };
    if (item.task().owed && !item.task().owed->back) return frees_id();  // it has ended already
    Note note = t.note_about(item, What::item_ended);
    note.reason = name(how);
    note.origin = by;
    t.act(std::move(note));
    if (item.task().owed) {
        item.task().owed->back.reset();
        return frees_id();
    }
    Agent& a = t.agent(slot);
    std::erase_if(a.waiting, [&](const WaitingOffer& w) { return w.item == item.id; });
    if (t.link_up) t.act(EndTask{a.id, item.channel, item.task().id, TaskEnd::given_back});
    t.give_back(slot, item.id, std::nullopt, Duration{0}, false);
    t.later(Errand::not_ready, slot);
}

}  // namespace

void on(Turn& t, const Accept& e) {
    const auto slot = t.reachable(e.request, e.user);
    if (!slot) return;
    Session* s = t.allowed(e.request, *slot, e.item, Capability::accept);
    if (!s) return;
    if (s->channel == Channel::voice) return accept_call(t, *slot, *s, e.request);
    accept_task(t, *slot, *s, e.request);
}

void on(Turn& t, const Reroute& e) {
    const auto slot = t.reachable(e.request, e.user);
    if (!slot) return;
    Session* s = t.allowed(e.request, *slot, e.item, Capability::reroute);
    if (!s) return;
    const auto [not_ready, known] = policy_of(e.reason);
    const bool alerting = s->state == SessionState::alerting;
    t.done(e.request);
    note_reroute(t, *slot, *s, e.reason, known);
    Agent& a = t.agent(*slot);
    a.item(s->item)->crm_reason = shortened(e.reason, longest_reason);
    const Refusal code = refusal_of(e.reason);
    if (alerting) a.count_reject(code);
    if (alerting && code == Refusal::A1) learn_hidden_sessions(t, *slot, e.item);
    if (s->channel == Channel::voice) return reroute_call(t, *slot, *s);
    if (!alerting) {  // R-DEC-19
        return t.close(*slot, *s, Processing::rerouted, LineState::ended,
                       OwedEnd{TaskEnd::forwarded, RouteReason::REROUTE, false}, Origin::crm);
    }
    t.close(*slot, *s, Processing::rerouted, LineState::ended,
            OwedEnd{TaskEnd::given_back, RouteReason::REJECT}, Origin::crm);
    if (!not_ready) return;
    a.refused = e.item;
    const Why why = code == Refusal::A0 ? Why::A0 : code == Refusal::A1 ? Why::A1 : Why::no_reason;
    make_not_ready(t, *slot, t.settings.reject_not_ready_reason, {why, Origin::crm, e.item});
}

void on(Turn& t, const Forward& e) {
    const auto slot = t.reachable(e.request, e.user);
    if (!slot) return;
    Session* s = t.allowed(e.request, *slot, e.item, Capability::forward);
    if (!s) return;
    Route& route = t.agent(*slot).item(s->item)->route();
    if (e.destination.empty())
        return t.fault(e.request, Fault::invalid_destination, {TextId::destination_empty});
    if (e.to_user) {
        auto to = t.state.roster.find(user_id(e.destination));
        if (!to) to = t.state.roster.find(AgentId{t.settings.peripheral, e.destination});
        if (!to || t.agent(*to).phase != Phase::logged_in || !t.agent(*to).in(s->channel)) {
            return t.fault(e.request, Fault::invalid_destination,
                           {TextId::target_not_logged_on, {e.destination, std::string(name(s->channel))}});
        }
        route.forwarded_to = t.agent(*to).id;
    } else {
        route.selector = e.destination;
        route.forwarded_to.reset();
        route.preferred.clear();
    }
    t.done(e.request);
    t.close(*slot, *s, Processing::transferred, LineState::ended,
            OwedEnd{TaskEnd::forwarded, RouteReason::REROUTE, false});
}

void on(Turn& t, const Complete& e) {
    const auto slot = t.reachable(e.request, e.user);
    if (!slot) return;
    Session* s = t.allowed(e.request, *slot, e.item, Capability::complete);
    if (!s) return;
    t.done(e.request);
    t.close(*slot, *s, Processing::ended, LineState::ended, OwedEnd{TaskEnd::completed, std::nullopt});
}

void on(Turn& t, const SetItemData& e) {
    const auto slot = t.logged_in(e.request, e.user);
    if (!slot) return;
    Session* s = t.allowed(e.request, *slot, e.item, Capability::set_attached_data);
    if (!s) return;
    Item& item = *t.agent(*slot).item(s->item);
    auto info = std::make_shared<ItemInfo>(item.shown() ? *item.shown() : ItemInfo{});
    info->attached_data = e.attached_data;
    for (std::size_t i = 0; i < info->call_variables.size(); ++i) {
        if (e.call_variables[i]) info->call_variables[i] = *e.call_variables[i];
    }
    item.info = info;
    if (!item.is_call()) item.task().told = info;
    t.done(e.request);
}

void on(Turn& t, const ReadItemData& e) {
    const auto slot = t.logged_in(e.request, e.user);
    if (!slot) return;
    const Agent& a = t.agent(*slot);
    const Session* s = a.session(e.item);
    const Item* item = s ? a.item(s->item) : nullptr;
    if (!item) return t.fault(e.request, Fault::unknown_item, {TextId::item_unknown, {e.item.value}});
    t.act(Reply{.request = e.request, .item = view(a, *item, *s)});
}

void withdraw_from_agent(Turn& t, ItemId id, const Withdrawal& withdrawal) {
    const auto slot = t.state.roster.find(id);
    if (!slot) return pass_on(t, ItemReturned{id, withdrawal});  // it may be on its way back
    Item& item = *t.agent(*slot).item(id);
    if (withdrawal.request != RequestId{}) {
        if (item.state == ItemState::active) {
            return t.fault(withdrawal.request, Fault::invalid_state,
                           {TextId::item_accepted_already, {withdrawal.external_id}});
        }
        t.done(withdrawal.request);
    }
    const auto [how, by] = std::pair{withdrawal.how, withdrawal.by};
    Session* s = t.agent(*slot).session_of(id);
    if (!s || !is_work(s->state)) return withdraw_from(t, *slot, item, how, by);
    if (s->state == SessionState::alerting) {
        item.departure = how;
        t.close(*slot, *s, Processing::ended, LineState::ended, OwedEnd{TaskEnd::given_back, std::nullopt},
                by);
    } else if (s->channel == Channel::chat && s->state != SessionState::wrapup) {
        end_chat(t, *slot, *s);
    }
}

}  // namespace cticonnector::engine
