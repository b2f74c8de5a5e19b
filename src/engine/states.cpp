// Ready and not ready: what the agent asks for, what the contact center confirms,
// what the engine does by itself.

#include "carriers.hpp"
#include "outcomes.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

namespace {

/// Reason 0 is replaced by CtiRequiredNotReadyReasonCodeDefaultValue (R-STATE-3).
int wire_reason(const Turn& t, int reason) {
    return reason == 0 ? t.settings.required_not_ready_reason : reason;
}

void not_routable(Turn& t, Slot slot, Channel channel) {
    Agent& a = t.agent(slot);
    if (a.media[channel].routable != Routable::yes) return;
    a.media[channel].step(RoutableStep::asked_not);
    if (!t.link_up) return;
    t.act(NotRoutable{t.operate(slot, {.purpose = Purpose::medium_not_routable, .channel = channel}), a.id,
                      channel});
}

void not_ready_now(Turn& t, Slot slot, Channel channel, int reason) {
    Agent& a = t.agent(slot);
    a.media[channel].own_reason = reason;
    a.media[channel].step(NotReadyStep::sent);
    const OperationId id =
        t.operate(slot, {.purpose = Purpose::medium_not_ready, .channel = channel, .reason = reason});
    t.act(NotReadyMedium{id, a.id, channel, reason});
}

/// The agent may change their reason; the engine sets Not Ready once (R-ALLOC-12).
enum class By : std::uint8_t { agent, engine };

/// No task may count as ended by our Not Ready: with open tasks, first not routable (R-DEC-26).
void medium_not_ready(Turn& t, Slot slot, Channel channel, int reason, By by, bool open_task) {
    Agent& a = t.agent(slot);
    Medium& m = a.media[channel];
    const bool not_ready = m.own_not_ready != OwnNotReady::none ||
                           (m.base == MediumState::not_ready && m.state == MediumState::not_ready);
    if (not_ready && (by == By::engine || m.reason == reason)) return;
    m.reason = reason;
    if (!open_task && t.link_up) return not_ready_now(t, slot, channel, reason);
    m.want_not_ready(reason);
    not_routable(t, slot, channel);
}

void set_not_ready_by_agent(Turn& t, Slot slot, int reason, RequestId request) {
    Agent& a = t.agent(slot);
    const int wire = wire_reason(t, reason);
    a.asked_for = Wish{{false, wire}, {Why::asked, Origin::crm, {}}};
    for (Channel c : task_channels) {
        if (a.in(c) && a.media[c].logged_in())
            medium_not_ready(t, slot, c, wire, By::agent, a.open_tasks(c) > 0);
    }
    if (a.media[Channel::voice].logged_in()) {
        set_voice(t, slot, Purpose::not_ready, MediumState::not_ready, wire, request);
    } else {
        t.done(request);
    }
    t.tell_user(slot);
}

}  // namespace

void set_voice(Turn& t, Slot slot, Purpose purpose, MediumState wish, int reason,
               std::optional<RequestId> request, const ItemKey& item) {
    static constexpr auto wire = [](MediumState w) {
        switch (w) {
            case MediumState::ready: return VoiceWish::ready;
            case MediumState::work_ready: return VoiceWish::work_ready;
            case MediumState::work_not_ready: return VoiceWish::work_not_ready;
            default: return VoiceWish::not_ready;
        }
    };
    const OperationId id = t.operate(slot, {.purpose = purpose,
                                            .request = request,
                                            .channel = Channel::voice,
                                            .item = item,
                                            .wish = wish,
                                            .reason = reason});
    t.act(SetVoiceState{id, t.agent(slot).id, wire(wish), reason});
}

void on(Turn& t, const ReadUser& e) {
    const auto slot = t.state.roster.find(e.user);
    if (!slot || !t.agent(*slot).subscribed()) {
        return t.fault(e.request, Fault::not_subscribed, {TextId::not_logged_on_here, {e.user.value}});
    }
    t.act(Reply{.request = e.request, .user = t.agent(*slot).view(t.settings)});
}

void on(Turn& t, const RefreshUser& e) {
    const auto slot = t.logged_in(e.request, e.user);
    if (!slot) return;
    t.done(e.request);
    t.tell_user(*slot, true);
}

void on(Turn& t, const SetWorkmode& e) {
    const auto slot = t.reachable(e.request, e.user);
    if (!slot) {  // refused: the true state again (R-STATE-7, R-DEC-32)
        if (const auto known = t.state.roster.find(e.user)) t.tell_user(*known, true);
        return;
    }
    Agent& a = t.agent(*slot);
    const std::optional<int> reason = reason_of(e.workmode, t.settings);
    if (e.workmode != 1 && e.workmode != 2 && !reason) {
        const auto [first, last] = workmodes_of_reasons(t.settings);
        t.fault(e.request, Fault::invalid_workmode,
                {TextId::workmode_not_offered,
                 {std::to_string(e.workmode), std::to_string(first), std::to_string(last)}});
        return t.tell_user(*slot, true);
    }
    a.not_ready_by = NotReadyBy::nobody;
    a.ready_after_call = false;
    a.logout_after_items = false;
    if (e.workmode == 2) {
        a.hidden_sessions = 0;  // they say that they have closed tabs (R-DEC-16)
        return make_ready(t, *slot, {Why::asked, Origin::crm, {}}, e.request);
    }
    if (reason) return set_not_ready_by_agent(t, *slot, *reason, e.request);
    if (a.work_of(Channel::voice) + a.work_of(Channel::action) + a.work_of(Channel::chat) == 0) {
        return log_out(t, *slot, {.request = e.request});
    }
    a.logout_after_items = true;  // R-DEC-11: after the last item
    t.done(e.request);
    make_not_ready(t, *slot, 0, {Why::logout_wish, Origin::crm, {}});
}

void make_ready(Turn& t, Slot slot, const Cause& cause, std::optional<RequestId> request) {
    Agent& a = t.agent(slot);
    a.not_ready_by = NotReadyBy::nobody;
    a.asked_for = Wish{{true, 0}, cause};
    for (Medium& m : a.media.values) m.step(NotReadyStep::over);
    // A Not Ready that is still under way is overtaken: its refusal must not bring it back.
    std::erase_if(a.operations, [](const Operation& o) { return o.purpose == Purpose::medium_not_ready; });
    for (Channel c : task_channels) {
        Medium& m = a.media[c];
        if (!a.in(c) || !m.logged_in()) continue;
        m.step(RoutableStep::ready);
        if (m.state != MediumState::not_ready) m.base = MediumState::ready;  // at work, no state will say so
        t.act(ReadyMedium{a.id, c});
    }
    if (a.media[Channel::voice].logged_in()) {
        set_voice(t, slot, Purpose::ready, MediumState::ready, 0, request);
    } else if (request) {
        t.done(*request);
    }
    t.tell_user(slot);
}

void voice_ready_after_call(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    if (a.phase != Phase::logged_in || a.under_way(Purpose::ready, Channel::voice)) return;
    a.asked_for = Wish{{true, 0}, {Why::after_call, Origin::connector, {}}};
    if (a.readiness.ready) a.cause = a.asked_for->cause;            // so the CRM was told all along
    set_voice(t, slot, Purpose::ready, MediumState::ready, 0, {});  // its outcome ends ready_after_call
}

void make_not_ready(Turn& t, Slot slot, int reason, const Cause& cause) {
    Agent& a = t.agent(slot);
    const int shown = a.shown(t.settings).workmode;
    const bool was_ready = shown == 2 || shown == 4;
    const NotReadyBy by = set_by(cause.why);
    if (was_ready || by == NotReadyBy::nobody) a.not_ready_by = by;
    a.ready_after_call = false;  // the end of their call must not undo it
    const int wire = wire_reason(t, reason);
    a.asked_for = Wish{{false, wire}, cause};
    for (Channel c : channels) {
        Medium& m = a.media[c];
        if (!a.in(c) || !m.logged_in()) continue;
        if (c != Channel::voice) {
            medium_not_ready(t, slot, c, wire, By::engine, a.open_tasks(c) > 0);
        } else if (!t.link_up) {
            m.want_not_ready(wire);
        } else if (m.base == MediumState::ready && !a.under_way(Purpose::not_ready, c)) {
            set_voice(t, slot, Purpose::not_ready, MediumState::not_ready, wire, {});
        }
    }
    t.tell_user(slot);
}

void say_not_ready_due(Turn& t, Slot slot) {
    const Agent& a = t.agent(slot);
    if (a.phase != Phase::logged_in || !t.link_up) return;
    for (Channel c : task_channels) {
        const Medium& m = a.media[c];
        if (m.own_not_ready == OwnNotReady::when_tasks_end && a.open_tasks(c) == 0)
            not_ready_now(t, slot, c, m.own_reason);
    }
}

void say_unsaid(Turn& t, Slot slot) {
    if (!t.link_up) return;                                                       // lost again
    if (t.state.restoring) return t.state.errands.add(slot, Errand::say_unsaid);  // after RestoreDone
    Agent& a = t.agent(slot);
    if (a.phase == Phase::logging_out || a.phase == Phase::logged_off) return log_out_late(t, slot);
    if (a.phase != Phase::logged_in || a.stale) return;
    if (a.not_ready_by == NotReadyBy::crm_gone && a.crm == CrmHealth::alive)
        return make_ready(t, slot, {Why::crm_back, Origin::connector, {}});
    say_not_ready_due(t, slot);
    Medium& voice = a.media[Channel::voice];
    if (voice.own_not_ready == OwnNotReady::none) return;
    voice.step(NotReadyStep::over);  // its request alone knows the rest
    if (voice.base == MediumState::ready)
        set_voice(t, slot, Purpose::not_ready, MediumState::not_ready, voice.own_reason, {});
}

void ready_again(Turn& t, Slot slot) {
    const Agent& a = t.agent(slot);
    if (a.phase != Phase::logged_in || !t.settings.auto_ready_after_reject ||
        a.not_ready_by != NotReadyBy::reject || !t.link_up)
        return;
    make_ready(t, slot, {a.cause.why, Origin::connector, t.freed});  // R-ALLOC-13, R-DEC-22
}

void not_routable_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    Agent& a = t.agent(slot);
    Medium& m = a.media[o.channel];
    const bool refused = outcome.failure != Failure::none;
    if (refused) {
        t.request_failed(slot, o, outcome);
        m.step(RoutableStep::refused);
        const bool more_is_asked =
            a.under_way(Purpose::not_ready, Channel::voice) || m.own_not_ready == OwnNotReady::asked;
        if (!more_is_asked) a.asked_for = Wish{{true, 0}, {a.cause.why, Origin::cc, a.cause.item}};
    }
    // It takes effect when no routed task waits any more, which may be after the agent's next Ready.
    if (!refused && m.routable == Routable::yes && m.base == MediumState::ready)
        t.act(ReadyMedium{a.id, o.channel});
    t.tell_user(slot, refused);
}

void not_ready_answered(Agent& a, Channel channel) {
    if (!a.under_way(Purpose::medium_not_ready, channel)) a.media[channel].step(NotReadyStep::answered);
}

void medium_not_ready_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    Agent& a = t.agent(slot);
    Medium& m = a.media[o.channel];
    const bool refused = outcome.failure != Failure::none;
    if (refused) t.request_failed(slot, o, outcome);
    if (outcome.failure == Failure::task_on_its_way) {  // R-DEC-25: a routed task is in flight
        if (m.own_not_ready != OwnNotReady::when_tasks_end) m.own_reason = o.reason;
        m.step(NotReadyStep::refused);
        if (m.own_not_ready == OwnNotReady::task_on_its_way) m.task_awaited_to = t.now + not_ready_repeat;
        not_routable(t, slot, o.channel);
    } else {
        not_ready_answered(a, o.channel);
    }
    if (!refused) {
        m.base = MediumState::not_ready;
        m.reason = o.reason;
    }
    t.tell_user(slot, refused);
}

void voice_state_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    Agent& a = t.agent(slot);
    Medium& m = a.media[o.channel];
    if (outcome.failure != Failure::none) {
        t.request_failed(slot, o, outcome);
        a.asked_for.reset();
        t.fault(
            o.request, outcome.failure == Failure::no_link ? Fault::unavailable : Fault::invalid_state,
            with(outcome.failure == Failure::unsent ? TextId::state_unsent : TextId::state_refused, outcome));
        return t.tell_user(slot, true);  // R-STATE-7: the true state, so that the screen cannot drift
    }
    m.base = o.wish;
    m.reason = o.reason;
    if (o.request) t.done(*o.request);
    t.tell_user(slot);
    wrapup_again(t, slot);
}

void ready_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    t.agent(slot).ready_after_call = false;
    voice_state_outcome(t, slot, o, outcome);
}

}  // namespace cticonnector::engine
