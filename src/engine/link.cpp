// The link to the contact center: lost and back.

#include "carriers.hpp"
#include "outcomes.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

namespace {

/// What we hold to be true of an agent's media, told to a contact center that has lost sight of us.
void restore_media(Turn& t, Slot slot) {
    const Agent& a = t.agent(slot);
    for (Channel c : task_channels) {
        const Medium& m = a.media[c];
        if (!a.in(c) || !m.logged_in()) continue;
        t.act(RestoreMedium{a.id, c, a.limits[c].value,
                            m.base == MediumState::ready && m.routable == Routable::yes});
        for (const Session& s : a.sessions) {
            const Item* item = s.channel == c && is_work(s.state) ? a.item(s.item) : nullptr;
            if (!item || item->task().id == no_task) continue;
            const WorkState state = s.state == SessionState::alerting ? WorkState::alerting
                                    : s.state == SessionState::wrapup ? WorkState::wrapup
                                                                      : WorkState::active;
            t.act(RestoreTask{a.id, c, item->task().id, state, item->shown()});
        }
    }
}

}  // namespace

void link_lost(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    std::vector<Operation> open;
    open.swap(a.operations);
    for (const Operation& o : open) {
        t.fault(o.request, Fault::unavailable, {TextId::link_lost});
        lost_with_link(a, o);
    }
    for (Medium& m : a.media.values) m.step(NotReadyStep::link_lost);
    a.stale = true;
    if (a.login) {
        return fail_login(t, slot, Fault::unavailable, {TextId::log_on_lost_link});
    }
    if (a.phase == Phase::logging_out) return log_out_again(t, slot);
    if (forget_unplaced(t, slot)) t.later(Errand::log_out, slot);
    give_back_waiting(t, slot, RouteReason::RESTART, false);
    t.tell_user(slot);
}

void on(Turn& t, const LinkDown& e) {
    if (!t.state.link || e.link != t.settings.link) return;
    t.state.link = t.link_up = false;
    t.state.link_grace = t.now + t.settings.link_grace;
    t.state.restoring.reset();
    t.state.roster.each([&](Slot slot) { t.state.errands.add(slot, Errand::link_lost); });
}

void on(Turn& t, const LinkUp& e) {
    if (t.state.link || e.link != t.settings.link) return;
    t.state.link = t.link_up = true;
    t.state.link_grace.reset();
    t.state.restoring = e.link;
    t.state.roster.each([&](Slot slot) { t.state.errands.add(slot, Errand::link_back); });
}

void grace_over(Turn& t, Slot slot) {
    if (t.state.link || t.state.link_grace) return;  // it came back in time for them
    if (t.agent(slot).phase == Phase::logged_in) log_out(t, slot, {.end = EndReason::contact_center_lost});
}

void link_back(Turn& t, Slot slot) {
    if (!t.link_up) return;  // lost again
    Agent& a = t.agent(slot);
    if (a.phase != Phase::logged_in) return t.state.errands.add(slot, Errand::say_unsaid);
    for (ItemPtr& call : a.items) {
        if (call->is_call()) call->legs().missing = call->legs().placed() && call->legs().live();
    }
    if (a.in(Channel::voice)) {
        const OperationId id = t.operate(slot, {.purpose = Purpose::resync_query});
        t.act(QueryAgent{id, a.id});
    } else {
        a.stale = false;
        t.tell_user(slot);
    }
    restore_media(t, slot);
    if (!a.stale) t.state.errands.add(slot, Errand::say_unsaid);
}

void task_limit_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    if (outcome.failure != Failure::none) t.request_failed(slot, o, outcome);
}

void resync_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    Agent& a = t.agent(slot);
    if (outcome.failure != Failure::none) t.request_failed(slot, o, outcome);
    if (outcome.failure == Failure::no_link) return;
    a.stale = false;
    if (a.ready_after_call && a.voice_active() == 0) {
        voice_ready_after_call(t, slot);
    }
    t.later(Errand::say_unsaid, slot);
    t.tell_user(slot);
}

void resync_work_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    Agent& a = t.agent(slot);
    if (outcome.failure == Failure::none) {
        a.stale = false;
        std::vector<CallId> gone;
        for (const ItemPtr& call : a.items) {
            if (call->is_call() && call->legs().missing) gone.push_back(call->legs().id);
        }
        for (const CallId& id : gone) on(t, CallEnded{a.id, id, CallEnding::cleared});
    }
    resync_outcome(t, slot, o, outcome);
}

}  // namespace cticonnector::engine
