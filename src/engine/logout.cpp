// Out of the contact center: the agent's items go back or end, their media and then their phone are logged
// out, Not Ready first (R-DEC-11, R-DEC-24, R-LOGIN-16).

#include <algorithm>
#include <utility>

#include "carriers.hpp"
#include "outcomes.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

void give_back_waiting(Turn& t, Slot slot, RouteReason reason, bool counts) {
    Agent& a = t.agent(slot);
    std::vector<ItemId> tasks;
    std::erase_if(a.waiting, [&](const WaitingOffer& w) {
        if (a.item(w.item)->is_call()) return false;
        tasks.push_back(w.item);
        return true;
    });
    for (const ItemId id : tasks) {
        const Item& item = *a.item(id);
        if (t.link_up) t.act(EndTask{a.id, item.channel, item.task().id, TaskEnd::rerouted_at_logout});
        t.give_back(slot, id, reason, Duration{0}, counts);
    }
}

void let_go(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    const RouteReason reason = t.link_up ? RouteReason::REROUTE : RouteReason::RESTART;
    const bool counts = reason == RouteReason::RESTART;
    give_back_waiting(t, slot, reason, counts);
    const std::vector<WaitingOffer> calls = std::exchange(a.waiting, {});
    for (const WaitingOffer& w : calls)
        waiting_call_ended(t, slot, *a.item(w.item), Departure::agent_logged_out);
    forget_unplaced(t, slot);
    std::vector<Session> sessions = std::exchange(a.sessions, {});
    for (Session& s : sessions) {
        if (is_work(s.state) && s.channel != Channel::voice) {
            a.item(s.item)->task().owed = s.state == SessionState::wrapup
                                              ? OwedEnd{TaskEnd::logged_out, std::nullopt}
                                              : OwedEnd{TaskEnd::rerouted_at_logout, reason, counts};
        }
        if (is_work(s.state)) {
            Note note = t.note_about(slot, What::item_ended, s);
            note.reason = name(Departure::agent_logged_out);
            t.act(std::move(note));
        }
        t.settle(slot, s);
        if (s.channel == Channel::voice && t.link_up) t.act(ReleaseCall{a.id, a.item(s.item)->legs().id});
    }
    std::erase_if(a.items, [](const ItemPtr& i) { return i->is_call() && !i->legs().live(); });
}

namespace {

/// How long a log-out of a medium waits for the state that tells of it. Ours.
constexpr Duration medium_wait{2'000};
/// So long the outcome of a log-in or log-out still counts when its time is over. Longer than a dead link
/// stays unnoticed (R-DEC-63).
constexpr Duration late_outcome{60'000};

bool is_log_in(const Operation& o) { return kind_of(o.purpose) == PurposeKind::log_in; }
bool is_log_out(const Operation& o) { return kind_of(o.purpose) == PurposeKind::log_out; }
bool is_medium_log_out(const Operation& o) { return kind_of(o.purpose) == PurposeKind::log_out_of_medium; }

/// What must be over before the agent is out, or in again. A new log-on does not wait for what is late.
bool waits(const Agent& a) {
    const bool again = a.next_login && a.next_login->agent == a.id;
    return std::any_of(a.operations.begin(), a.operations.end(), [&](const Operation& o) {
        if (a.next_login && o.late) return false;
        return is_log_in(o) || is_log_out(o) || (again && is_medium_log_out(o));
    });
}

bool may_be_in(const Agent& a) {
    return std::any_of(channels.begin(), channels.end(), [&](Channel c) { return a.media[c].logged_in(); });
}

/// In a medium that they were in before us nobody is logged out.
void stay_where_found(Agent& a) {
    for (Medium& m : a.media.values) {
        if (m.found) m = {};
    }
}

void log_in_next(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    if (a.next_login->deadline <= t.now) return next_login_overdue(t, slot);
    const NextLogin next = std::move(*std::exchange(a.next_login, {}));
    if (!t.link_up || next.agent != a.id) {
        t.state.roster.drop_user(slot);  // whoever they were before leaves without them
        start_login(t, next.subscribe, next.deadline);
        return log_out_again(t, slot);
    }
    // A log-out that is not confirmed may get lost with the link, until the first answer to the log-on.
    for (const Operation& o : a.operations) lost_with_link(a, o);
    const PerChannel<Medium> before = a.media;
    t.state.roster.erase(slot);
    start_login(t, next.subscribe, next.deadline);
    const auto again = t.state.roster.find(next.agent);
    for (Channel c : channels) {
        if (again && before[c].logged_in()) t.agent(*again).media[c].state = MediumState::not_ready;
    }
}

void leave_phone(Turn& t, Slot slot, std::optional<RequestId> request, Time deadline, bool forced) {
    Agent& a = t.agent(slot);
    forced = forced || a.voice_active() > 0;
    const OperationId id = t.operate(
        slot, {.purpose = Purpose::logout, .deadline = deadline, .request = request, .forced = forced});
    t.act(Logout{id, a.id, a.device, a.password, t.settings.logout_reason, forced});
}

/// Out of every medium, the phone last: Not Ready first, or forced (R-DEC-11).
/// Without the link, when it is back.
void leave(Turn& t, Slot slot, std::optional<RequestId> request, bool forced) {
    Agent& a = t.agent(slot);
    if (t.link_up) {
        a.stale = false;
        for (Channel c : task_channels) {
            if (!a.media[c].logged_in() || a.under_way(Purpose::logout_medium, c)) continue;
            t.operate(slot,
                      {.purpose = Purpose::logout_medium, .deadline = t.now + medium_wait, .channel = c});
            t.act(LogoutMedium{a.id, c});
        }
        const Medium& voice = a.media[Channel::voice];
        const bool on_its_way = std::any_of(a.operations.begin(), a.operations.end(), is_log_out);
        if (voice.logged_in() && !on_its_way) {
            const Time deadline = t.now + t.settings.request_timeout;
            if (forced || voice.state == MediumState::not_ready) {
                leave_phone(t, slot, request, deadline, forced);
            } else {
                const OperationId id = t.operate(
                    slot, {.purpose = Purpose::logout_not_ready, .deadline = deadline, .request = request});
                t.act(SetVoiceState{id, a.id, VoiceWish::not_ready, t.settings.required_not_ready_reason});
            }
            request.reset();
        }
    }
    if (request) t.done(*request);
    t.later(Errand::end_log_out, slot);
}

}  // namespace

void end_log_out(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    if (a.phase != Phase::logging_out || waits(a)) return;
    if (a.subscribed() && a.next_login) {  // it came while work mode 1 logged them out
        t.act(
            EndSubscription{a.subscription, EndReason::replaced, a.app_id != a.next_login->subscribe.app_id});
        t.state.roster.drop_subscription(slot);
    }
    if (a.subscribed()) {  // work mode 1: only a new subscribe logs in again
        a.phase = Phase::logged_off;
        a.cause = {a.logout_after_items ? Why::logout_wish : Why::asked, Origin::crm, {}};
        a.logout_after_items = false;
        a.items.clear();  // calls that are still at the phone
        return t.tell_user(slot, true);
    }
    if (a.next_login) return log_in_next(t, slot);
    if (!may_be_in(a)) t.state.roster.erase(slot);
}

void log_out_after_items(Turn& t, Slot slot) {
    const Agent& a = t.agent(slot);
    if (a.phase == Phase::logged_in && a.logout_after_items && a.sessions.empty()) log_out(t, slot, {});
}

bool may_follow(const Agent& a) { return a.phase == Phase::logging_out && !a.subscribed() && !a.next_login; }

void log_out_again(Turn& t, Slot slot) { leave(t, slot, std::nullopt, true); }

void log_out_late(Turn& t, Slot slot) {
    if (may_be_in(t.agent(slot))) {
        Note note = t.note_about(slot, What::agent_logout);
        note.origin = Origin::connector;
        note.text = {TextId::link_back_logged_out};
        t.act(std::move(note));
    }
    log_out_again(t, slot);
}

void is_out(Turn& t, Slot slot, Channel channel) {
    Agent& a = t.agent(slot);
    a.media[channel] = {};
    std::erase_if(a.operations, [&](const Operation& o) {
        return o.channel == channel && (is_medium_log_out(o) || (o.late && is_log_out(o)));
    });
    t.later(Errand::end_log_out, slot);
}

void take_back_login(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    a.phase = Phase::logging_out;
    a.login = {};
    std::erase_if(a.operations, [](const Operation& o) { return !is_log_in(o); });
    stay_where_found(a);
    for (Channel c : channels) {
        // A state that came before the answer to our log-in may be of somebody else's (R-DEC-48).
        const bool open = a.under_way(c == Channel::voice ? Purpose::login : Purpose::medium, c);
        if (open) a.media[c] = {};
    }
    log_out_again(t, slot);
}

void late_login_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    if (!is_log_in(o)) return;
    if (outcome.failure == Failure::no_link) return logout_unanswered(t, slot, o);
    Agent& a = t.agent(slot);
    if (outcome.failure != Failure::none) {
        // Nothing of ours came in: a log-out that is under way must not be told again (R-DEC-48).
        std::erase_if(a.operations, [&](const Operation& other) {
            return other.channel == o.channel && (is_log_out(other) || is_medium_log_out(other));
        });
        a.media[o.channel] = {};
        return t.later(Errand::end_log_out, slot);
    }
    a.confirmed = true;
    presume_in(a, o);
    Note note = t.note_about(slot, What::agent_logout);
    note.channel = o.channel;
    note.origin = Origin::connector;
    note.text = {TextId::late_log_on_taken_back};
    t.act(std::move(note));
    log_out_again(t, slot);
}

void presume_in(Agent& a, const Operation& o) {
    Medium& m = a.media[o.channel];
    if (!m.logged_in()) m.state = MediumState::not_ready;
}

void on(Turn& t, const Unsubscribe& u) {
    const auto slot = t.state.roster.find(u.user);
    if (!slot) return t.fault(u.request, Fault::not_subscribed, {TextId::not_logged_on_here, {u.user.value}});
    Agent& a = t.agent(*slot);
    switch (a.phase) {
        case Phase::logging_in:
            fail_login(t, *slot, Fault::logon_failed, {TextId::log_on_unsubscribed});
            return t.done(u.request);
        case Phase::logging_out:
        case Phase::logged_off:
            if (!a.subscribed() && !a.next_login) {
                return t.fault(u.request, Fault::not_subscribed, {TextId::being_logged_off, {u.user.value}});
            }
            if (a.next_login) {
                t.fault(a.next_login->subscribe.request, Fault::logon_failed, {TextId::log_on_unsubscribed});
                a.next_login = {};
            }
            if (a.subscribed()) {
                t.act(EndSubscription{a.subscription, EndReason::crm_session_lost, false});
                t.state.roster.drop_subscription(*slot);
            }
            t.done(u.request);
            a.phase = Phase::logging_out;
            return log_out_again(t, *slot);
        case Phase::logged_in:
            return log_out(t, *slot,
                           {.request = u.request, .end = EndReason::crm_session_lost, .tell = false});
    }
}

void log_out(Turn& t, Slot slot, const LogoutPlan& plan) {
    Agent& a = t.agent(slot);
    Note note = t.note_about(slot, What::agent_logout);
    note.origin =
        plan.end == EndReason::logged_off_in_contact_center || plan.end == EndReason::contact_center_lost
            ? Origin::cc
            : Origin::crm;
    const bool asked = !plan.end || plan.request;  // by work mode, or by the end of the subscription
    if (!asked) note.reason = std::to_string(static_cast<int>(*plan.end));
    note.why = asked ? name(Why::asked) : name(*plan.end);
    t.act(std::move(note));
    if (plan.end) {
        t.act(EndSubscription{a.subscription, *plan.end, plan.tell});
        t.state.roster.drop_subscription(slot);
    }
    a.crm_grace.reset();
    if (a.phase == Phase::logging_out) return t.later(Errand::end_log_out, slot);
    a.phase = Phase::logging_out;
    std::erase_if(a.operations, [&](const Operation& o) {
        if (is_medium_log_out(o)) return false;
        t.fault(o.request, Fault::not_subscribed, {TextId::logged_off_meanwhile});
        return true;
    });
    let_go(t, slot);
    if (a.shadow) stay_where_found(a);  // R-LOGIN-9
    leave(t, slot, plan.request, false);
}

namespace {

void answer_log_out(Turn& t, const Operation& o, bool out, const Outcome& outcome) {
    if (!out) return t.fault(o.request, Fault::unavailable, with(TextId::log_out_not_confirmed, outcome));
    if (o.request) t.done(*o.request);
}

/// The CRM has its answer: the log-out has its own time.
void log_out_anyway(Turn& t, Slot slot) {
    leave_phone(t, slot, {}, t.now + t.settings.request_timeout, true);
    t.tell_user(slot);
}

}  // namespace

void logout_not_ready_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    if (outcome.failure != Failure::no_link) return leave_phone(t, slot, o.request, o.deadline, false);
    answer_log_out(t, o, !t.agent(slot).media[Channel::voice].logged_in(), outcome);
    log_out_anyway(t, slot);
}

void logout_not_ready_unanswered(Turn& t, Slot slot, const Operation& o, const Outcome& silence) {
    t.request_failed(slot, o, silence);
    log_out_anyway(t, slot);
}

void logout_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    Agent& a = t.agent(slot);
    const bool out = outcome.failure == Failure::none || !a.media[Channel::voice].logged_in();
    const bool refused = !out && outcome.failure != Failure::no_link;
    if (refused && !o.forced)  // a call that rings, say (R-DEC-11)
        return leave_phone(t, slot, o.request, o.deadline, true);
    if (refused) t.request_failed(slot, o, outcome);
    answer_log_out(t, o, out, outcome);
    if (outcome.failure == Failure::no_link) return logout_unanswered(t, slot, o);
    a.media[Channel::voice] = {};
    // The contact center answers in order: the log-in before it has had its outcome.
    std::erase_if(a.operations, [](const Operation& other) { return other.purpose == Purpose::login; });
    t.later(Errand::end_log_out, slot);
}

void logout_unanswered(Turn& t, Slot slot, Operation o) {
    Agent& a = t.agent(slot);
    if (!o.late && (!a.next_login || is_log_in(o))) {
        o.late = true;
        o.request.reset();
        o.deadline = t.now + late_outcome;
        a.operations.push_back(o);
        if (!a.next_login) return t.tell_user(slot);
    }
    if (is_log_in(o)) {
        presume_in(a, o);  // never answered is not never done
        return log_out_again(t, slot);
    }
    if (!a.next_login) a.media[o.channel] = {};
    t.later(Errand::end_log_out, slot);
}

void wait_no_longer(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    std::erase_if(a.operations, [](const Operation& o) { return o.late && !is_log_in(o); });
    for (const Operation& o : a.operations) {
        if (o.late) presume_in(a, o);
    }
    log_out_again(t, slot);
}

void next_login_overdue(Turn& t, Slot slot) {
    const auto next = std::exchange(t.agent(slot).next_login, {});
    t.fault(next->subscribe.request, Fault::unavailable, {TextId::log_out_too_slow});
    log_out_again(t, slot);
}

}  // namespace cticonnector::engine
