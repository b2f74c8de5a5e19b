// Out of the contact center: the agent's items go back or end, his media and then his phone are logged out,
// Not Ready first (R-DEC-11, R-DEC-24, R-LOGIN-16).

#include "rules.hpp"

namespace cticonnector::engine {

void give_back_waiting(Turn& t, Slot slot, RouteReason reason, bool counts) {
    Agent& a = t.agent(slot);
    std::vector<WaitingOffer> tasks;
    std::erase_if(a.waiting, [&](const WaitingOffer& w) {
        if (!w.call) tasks.push_back(w);
        return !w.call;
    });
    for (const WaitingOffer& w : tasks) {
        if (t.link_up) t.act(EndTask{a.id, w.channel, w.task, TaskEnd::rerouted_at_logout});
        if (Item* item = t.state.items.find(w.item)) t.give_back(*item, reason, Duration{0}, counts);
    }
}

void let_go(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    const RouteReason reason = t.link_up ? RouteReason::REROUTE : RouteReason::RESTART;
    const bool counts = reason == RouteReason::RESTART;
    give_back_waiting(t, slot, reason, counts);
    a.waiting.clear();
    std::vector<Session> sessions;
    sessions.swap(a.sessions);
    std::erase_if(sessions, [](const Session& s) { return s.key.value.empty(); });  // a call never placed
    for (Session& s : sessions) {
        if (is_work(s.state) && s.channel != Channel::voice) {
            s.owed = s.state == SessionState::wrapup ? OwedEnd{TaskEnd::logged_out, std::nullopt}
                                                     : OwedEnd{TaskEnd::rerouted_at_logout, reason, counts};
        }
        if (is_work(s.state)) {
            Note note = t.note_about(slot, What::item_ended, s);
            note.reason = "agent_logged_out";
            t.act(std::move(note));
        }
        t.settle(slot, s);
        if (s.channel == Channel::voice && t.link_up) t.act(ReleaseCall{a.id, s.call});
    }
}

namespace {

void finish(Turn& t, Slot slot, const std::optional<RequestId>& request, const Outcome* refused) {
    Agent& a = t.agent(slot);
    if (refused && refused->failure != Failure::none) {
        t.fault(request, Fault::unavailable,
                "logged off here, but the contact center said: " + refused->text);
    } else if (request) {
        t.done(*request);
    }
    if (a.subscription != SubscriptionId{} && a.next_login) {  // it came while work mode 1 logged him out
        t.act(EndSubscription{a.subscription, EndReason::replaced, a.app_id != a.next_login->app_id});
        t.state.roster.drop_subscription(slot);
    }
    if (a.subscription != SubscriptionId{}) {  // work mode 1: only a new subscribe logs in again
        a.phase = Phase::logged_off;
        a.logout_after_items = false;
        a.calls.clear();
        t.tell_user(slot, true);
        return;
    }
    const std::optional<Subscribe> next = std::move(a.next_login);
    const Time deadline = a.next_login_deadline;
    t.state.roster.erase(slot);
    if (!next) return;
    if (deadline <= t.now)
        return t.fault(next->request, Fault::unavailable, "the log-out before it took too long");
    start_login(t, *next, deadline);
}

void leave_phone(Turn& t, Slot slot, const std::optional<RequestId>& request, Time deadline) {
    Agent& a = t.agent(slot);
    const OperationId id =
        t.operate(slot, {.purpose = Purpose::logout, .deadline = deadline, .request = request});
    t.act(Logout{id, a.id, a.device, a.password, t.settings.logout_reason, a.voice_active() > 0});
}

/// No phantom stays behind: who leaves while the link is away is logged out when it is back.
void remember_departed(Turn& t, const Agent& a) {
    Departed left{a.id, a.device, a.password, {}};
    for (Channel c : channels) left.in[c] = a.media[c].logged_in();
    const bool any = left.in[Channel::voice] || left.in[Channel::action] || left.in[Channel::chat];
    if (any && !a.shadow) t.state.departed.push_back(std::move(left));
}

}  // namespace

void log_out_departed(Turn& t) {
    if (!t.link_up || t.state.departed.empty()) return;
    const Departed d = std::move(t.state.departed.front());
    t.state.departed.pop_front();
    if (t.state.roster.find(d.agent)) return;  // on again
    for (Channel c : {Channel::action, Channel::chat}) {
        if (d.in[c]) t.act(LogoutMedium{d.agent, c});
    }
    if (!d.in[Channel::voice]) return;
    // Nobody waits for these answers.
    t.act(SetVoiceState{t.state.roster.unheard_operation(), d.agent, VoiceWish::not_ready,
                        t.settings.required_not_ready_reason});
    t.act(Logout{t.state.roster.unheard_operation(), d.agent, d.device, d.password, t.settings.logout_reason,
                 true});
}

void on(Turn& t, const Unsubscribe& u) {
    const auto slot = t.state.roster.find(u.user);
    if (!slot)
        return t.fault(u.request, Fault::not_subscribed, "user " + u.user.value + " is not logged on here");
    Agent& a = t.agent(*slot);
    switch (a.phase) {
        case Phase::logging_in:
            fail_login(t, *slot, Fault::logon_failed, "unsubscribed during the log-on");
            return t.done(u.request);
        case Phase::logging_out:
        case Phase::logged_off:
            if (a.subscription == SubscriptionId{} && !a.next_login) {
                return t.fault(u.request, Fault::not_subscribed,
                               "user " + u.user.value + " is being logged off already");
            }
            if (a.next_login) {
                t.fault(a.next_login->request, Fault::logon_failed, "unsubscribed during the log-on");
                a.next_login.reset();
            }
            if (a.subscription != SubscriptionId{}) {
                t.act(EndSubscription{a.subscription, EndReason::crm_session_lost, false});
                t.state.roster.drop_subscription(*slot);
            }
            if (a.phase == Phase::logged_off) t.state.roster.erase(*slot);
            return t.done(u.request);
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
    if (plan.end) note.reason = std::to_string(static_cast<int>(*plan.end));
    t.act(std::move(note));
    if (plan.end) {
        t.act(EndSubscription{a.subscription, *plan.end, plan.tell});
        t.state.roster.drop_subscription(slot);
    }
    a.phase = Phase::logging_out;
    a.crm_grace.reset();
    a.login.reset();
    std::vector<Operation> open;
    open.swap(a.operations);
    for (const Operation& o : open)
        t.fault(o.request, Fault::not_subscribed, "the agent was logged off meanwhile");
    let_go(t, slot);

    if (!t.link_up) remember_departed(t, a);
    for (Channel c : {Channel::action, Channel::chat}) {
        if (t.link_up && a.media[c].logged_in() && !a.shadow) t.act(LogoutMedium{a.id, c});
        a.media[c] = {};
    }
    Medium& voice = a.media[Channel::voice];
    if (!t.link_up || !voice.logged_in() || a.shadow) {
        voice = {};
        return finish(t, slot, plan.request, nullptr);
    }
    const Time deadline = t.now + t.settings.request_timeout;
    if (voice.state == MediumState::not_ready) return leave_phone(t, slot, plan.request, deadline);
    const OperationId id = t.operate(
        slot, {.purpose = Purpose::logout_not_ready, .deadline = deadline, .request = plan.request});
    t.act(SetVoiceState{id, a.id, VoiceWish::not_ready, t.settings.required_not_ready_reason});
}

void logout_outcome(Turn& t, Slot slot, const Operation& operation, const Outcome& outcome) {
    if (operation.purpose == Purpose::logout_not_ready && outcome.failure != Failure::no_link) {
        return leave_phone(t, slot, operation.request, operation.deadline);
    }
    if (outcome.failure == Failure::no_link) remember_departed(t, t.agent(slot));
    t.agent(slot).media[Channel::voice] = {};
    finish(t, slot, operation.request, &outcome);
}

}  // namespace cticonnector::engine
