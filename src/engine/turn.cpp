#include "turn.hpp"

#include <algorithm>
#include <utility>

#include "rules.hpp"

namespace cticonnector::engine {

Front front_of(const CrmAction& action) {
    struct Of {
        Front operator()(const Reply& a) const { return a.request.front; }
        Front operator()(const UserChanged& a) const { return a.subscription.front; }
        Front operator()(const ItemChanged& a) const { return a.subscription.front; }
        Front operator()(const EndSubscription& a) const { return a.subscription.front; }
    };
    return std::visit(Of{}, action);
}

Phrase said(const Outcome& outcome) {
    return outcome.silence ? Phrase{TextId::unanswered} : as_told(outcome.text);
}

Phrase with(TextId ours, const Outcome& outcome) { return {ours, {}, {said(outcome)}}; }

void Turn::later(Errand errand, Slot slot) {
    for (LeftErrands& left : state.left) {
        if (left.slot == slot) return left.errands.add(errand);
    }
    state.left.push_back({slot, {}});
    state.left.back().errands.add(errand);
}

// ---- answers to the CRM

void Turn::done(RequestId request) { act(Reply{.request = request}); }

void Turn::fault(RequestId request, Fault fault, Phrase text) {
    act(Reply{.request = request, .fault = fault, .text = std::move(text)});
}

void Turn::fault(const std::optional<RequestId>& request, Fault kind, Phrase text) {
    if (request) fault(*request, kind, std::move(text));
}

std::optional<Slot> Turn::logged_in(RequestId request, const UserId& user) {
    const auto slot = state.roster.find(user);
    if (slot && agent(*slot).phase == Phase::logged_in) return slot;
    fault(request, Fault::not_subscribed, {TextId::not_logged_on, {user.value}});
    return std::nullopt;
}

std::optional<Slot> Turn::reachable(RequestId request, const UserId& user) {
    const auto slot = logged_in(request, user);
    if (slot && !link_up) {
        fault(request, Fault::unavailable, {TextId::center_unreachable});
        return std::nullopt;
    }
    return slot;
}

Session* Turn::allowed(RequestId request, Slot slot, const ItemKey& key, Capability wanted) {
    Session* session = agent(slot).session(key);
    if (!session || session->state == SessionState::closing) {
        fault(request, Fault::unknown_item, {TextId::item_unknown, {key.value}});
        return nullptr;
    }
    if (!(capabilities(session->channel, session->state) & static_cast<Capabilities>(wanted))) {
        fault(request, Fault::invalid_state,
              {TextId::item_state_forbids, {key.value, std::string(name(session->state))}});
        return nullptr;
    }
    if (agent(slot).in_progress(*session, wanted)) {
        fault(request, Fault::invalid_state, {TextId::operation_in_progress});
        return nullptr;
    }
    return session;
}

// ---- events to the CRM

void Turn::tell_user(Slot slot, bool always) {
    Agent& a = agent(slot);
    if (a.subscription == SubscriptionId{} || a.phase == Phase::logging_in) return;
    const ShownState shown = a.shown(settings);
    find_cause(a, shown.readiness);
    UserView view = a.view(shown);
    if (!always && a.told == view) return;
    if (!a.told || a.told->workmode != view.workmode || a.told->status != view.status) note_state(slot, view);
    a.told = view;
    act(UserChanged{a.subscription, std::move(view)});
}

void Turn::tell_item(Slot slot, const Session& session) {
    const Agent& a = agent(slot);
    if (a.subscription == SubscriptionId{} || a.phase != Phase::logged_in || session.key.value.empty())
        return;
    act(ItemChanged{a.subscription, view(a, *a.item(session.item), session)});
}

// ---- requests to the contact center

OperationId Turn::operate(Slot slot, Operation operation) {
    operation.id = state.roster.next_operation(slot);
    if (operation.deadline == Time{}) operation.deadline = now + settings.request_timeout;
    const OperationId id = operation.id;
    agent(slot).operations.push_back(std::move(operation));
    return id;
}

std::optional<Turn::Found> Turn::take(OperationId id) {
    const auto slot = state.roster.find(id);
    if (!slot) return std::nullopt;
    auto& operations = agent(*slot).operations;
    const auto at =
        std::find_if(operations.begin(), operations.end(), [&](const Operation& o) { return o.id == id; });
    if (at == operations.end()) return std::nullopt;
    Found found{*slot, std::move(*at)};
    operations.erase(at);
    return found;
}

void Turn::request_failed(Slot slot, const Operation& operation, const Outcome& outcome) {
    Note note =
        note_refusal(slot, outcome.refused.empty() ? std::string{wanted(operation.purpose)} : outcome.refused,
                     outcome.failure, said(outcome));
    note.channel = operation.channel;
    note.item = operation.item;
    note.external_id = external_id(agent(slot), operation.item);
    act(std::move(note));
}

// ---- sessions

std::string reason_of(const Item& item, Processing processing) {
    if (!item.crm_reason.empty()) return item.crm_reason;
    return std::string(item.departure ? name(*item.departure) : name(processing));
}

Session& Turn::open(Slot slot, Item& item, SessionState as, const Decision& decision) {
    item.forget_end();
    auto& sessions = agent(slot).sessions;
    sessions.push_back({.item = item.id,
                        .key = item.key,
                        .channel = item.channel,
                        .state = as,
                        .part = decision.part,
                        .placement = decision.placement,
                        .since = now});
    return sessions.back();
}

void Turn::close(Slot slot, Session& session, Processing processing, LineState line,
                 std::optional<OwedEnd> owed, Origin by) {
    const Agent& a = agent(slot);
    Item& item = *agent(slot).item(session.item);
    session.state = SessionState::closing;
    session.since = now;
    session.due.reset();
    item.end = ItemEnd{processing, line};
    if (owed) {
        item.task().owed = owed;
        session.due = Due{now + closing_wait, DueFor::owed_end};
    }
    Note note = note_about(slot, processing == Processing::rerouted ? What::item_rerouted : What::item_ended,
                           session);
    const bool rona = owed && owed->back == RouteReason::RONA;
    note.reason = rona ? std::string(name(RouteReason::RONA)) : reason_of(item, processing);
    if (processing == Processing::rerouted) note.origin = by;
    if (processing == Processing::rerouted && by == Origin::crm) {
        note.sessions = static_cast<int>(a.sessions.size()) - 1;
        if (refusal_of(item.crm_reason) == Refusal::A1 && a.hidden_sessions > 0)
            note.hidden = a.hidden_sessions;
    }
    act(std::move(note));
    if (a.subscription == SubscriptionId{}) return release(slot, session.key);
    tell_item(slot, session);
}

void Turn::release(Slot slot, ItemKey key) {
    Agent& a = agent(slot);
    Session* session = a.session(key);
    if (!session) return;
    settle(slot, *session);
    const ItemId item = session->item;
    std::erase_if(a.sessions, [&](const Session& s) { return s.key == key; });
    if (const Item* call = a.item(item); call && call->is_call() && !call->legs().live()) {
        if (link_up && !a.call(call->legs().id)) act(ReleaseCall{a.id, call->legs().id});
        state.roster.take_item(slot, item);
    }
    session_freed(slot, std::move(key));
}

void Turn::session_freed(Slot slot, ItemKey key) {
    const Agent& a = agent(slot);
    if (a.logout_after_items) later(Errand::log_out, slot);
    if (!a.waiting.empty()) later(Errand::waiting_offers, slot);
    if (a.not_ready_by != NotReadyBy::reject) return;
    if (!key.value.empty() && key == a.refused) return;  // R-DEC-22: another one must come free
    freed = std::move(key);
    later(Errand::ready_again, slot);
}

void Turn::settle(Slot slot, Session& session) {
    Agent& a = agent(slot);
    const Item* item = a.item(session.item);
    session.due.reset();
    if (!item || item->is_call() || !item->task().owed) return;
    const OwedEnd owed = *item->task().owed;
    if (item->task().id != no_task && link_up) act(EndTask{a.id, session.channel, item->task().id, owed.end});
    const bool at_once = owed.back == RouteReason::REROUTE || owed.back == RouteReason::RESTART;
    give_back(slot, std::exchange(session.item, {}), owed.back, at_once ? Duration{0} : settings.reject_delay,
              owed.counts);
    later(Errand::not_ready, slot);
}

// ---- items

void Turn::give_back(Slot slot, ItemId id, std::optional<RouteReason> reason, Duration delay, bool counts) {
    ItemPtr record = state.roster.take_item(slot, id);
    if (!reason) return pass_on(*this, ItemReturned{id, Gone{std::move(record->external_id)}});
    Item& item = *record;
    item.key = {};
    item.forget_end();
    Task& task = item.task();
    task.id = no_task;
    task.told.reset();
    task.owed.reset();
    pass_on(*this, ItemReturned{id, BackToRouting{std::move(record), *reason, delay, counts}});
}

// ---- log

void Turn::unexpected(Slot slot, Phrase text) {
    Note note = note_about(slot, What::cc_unexpected);
    note.text = std::move(text);
    act(std::move(note));
}

/// Lines that may come before the contact center has confirmed the log-on: a password may stand in the agent
/// field till then (R-DEC-59). All others are about items, whose agent the contact center has named itself.
static constexpr std::array of_log_on{What::agent_login_refused, What::agent_logout, What::cc_request_failed,
                                      What::invariant_broken};

Note Turn::note_about(Slot slot, What what) const {
    const Agent& a = state.roster.at(slot);
    Note note;
    note.what = what;
    note.agent = a.id;
    if (!a.confirmed && std::ranges::find(of_log_on, what) != of_log_on.end())
        note.agent.name = Secret::shown;
    note.user = a.user;
    return note;
}

Note Turn::note_refusal(Slot slot, std::string request, Failure failure, Phrase text) const {
    Note note = note_about(slot, What::cc_request_failed);
    note.request = std::move(request);
    note.reason = name(failure);
    note.text = std::move(text);
    return note;
}

Note Turn::note_about(Slot slot, What what, const Session& session) const {
    Note note = note_about(slot, what);
    note.item = session.key;
    note.channel = session.channel;
    const Item* item = state.roster.at(slot).item(session.item);
    if (!item) return note;
    note.external_id = item->external_id;
    if (item->is_call()) {
        note.call = item->legs().id;
    } else if (item->task().id != no_task) {
        note.task = item->task().id;
    }
    return note;
}

Note Turn::note_about(const Item& item, What what) const {
    Note note;
    note.what = what;
    note.item = {item_text(item)};
    note.channel = item.channel;
    note.external_id = item.external_id;
    return note;
}

}  // namespace cticonnector::engine
