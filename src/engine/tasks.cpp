// Action items and chats come to an agent: offered, refused by the connector, found, lost (allocation.md
// section 3).

#include "rules.hpp"

namespace cticonnector::engine {

namespace {

void note_offer(Turn& t, std::optional<Slot> slot, const Item& item, const AgentId& agent, const TaskId& task,
                const ItemKey& key, const Decision& decision, What admitted = What::item_offered) {
    Note note;
    note.what = decision.verdict == Verdict::admit ? admitted : What::item_refused;
    note.agent = agent;
    if (slot) note.user = t.agent(*slot).user;
    note.item = key;
    note.channel = item.channel;
    note.external_id = item.external_id;
    note.task = task;
    if (decision.verdict != Verdict::admit) note.reason = outcome(decision);
    if (decision.verdict == Verdict::refuse) note.origin = Origin::connector;
    note.decision = decision;
    t.act(std::move(note));
}

void admit(Turn& t, Slot slot, Item& item, const TaskId& task, ItemInfoPtr info, const Decision& decision) {
    Agent& a = t.agent(slot);
    t.state.items.set_offered(item, a.id, task, t.now);
    Session s;
    s.key = offer_key(item);
    s.channel = item.channel;
    s.state = SessionState::alerting;
    s.part = decision.part;
    s.item = item.id;
    s.task = task;
    s.info = std::move(info);
    s.external_id = item.external_id;
    if (const Duration wait = t.settings.no_answer[item.channel]; wait.count() > 0) s.due = t.now + wait;
    const Session& opened = t.open(slot, std::move(s));
    t.act(StepTask{a.id, item.channel, task, TaskStep::offer});
    t.tell_item(slot, opened);
}

/// The connector refuses by itself: the same effects as the same code from the CRM (R-ALLOC-11), and in the
/// same order (R-DEC-25): not routable, the end of the task, not ready.
void refuse(Turn& t, std::optional<Slot> slot, const AgentId& agent, Item& item, const TaskId& task,
            Refusal why) {
    item.last_task = task;
    if (slot) {
        Agent& a = t.agent(*slot);
        a.count_reject(why);
        if (why == Refusal::A0 || why == Refusal::A1) {
            a.refused = {};
            const Cause cause{why == Refusal::A0 ? Why::A0 : Why::A1, Origin::connector, offer_key(item)};
            make_not_ready(t, *slot, t.settings.reject_not_ready_reason, cause, item.channel);
        } else if (why == Refusal::crm_gone) {
            make_not_ready(t, *slot, 0, {Why::crm_gone, Origin::connector, offer_key(item)}, item.channel);
        }
    }
    if (why != Refusal::not_logged_in && t.link_up)
        t.act(EndTask{agent, item.channel, task, TaskEnd::given_back});
    const bool only_waits = why == Refusal::voice_active || why == Refusal::crm_gone;  // R-DEC-25
    t.give_back(item, RouteReason::REJECT, t.settings.reject_delay, !only_waits);
    if (slot) t.later(Errand::not_ready, *slot);
}

void note_waiting(Turn& t, Slot slot, const Item& item, const TaskId& task) {
    Note note = t.note_about(item, What::item_waiting);
    note.agent = t.agent(slot).id;
    note.user = t.agent(slot).user;
    note.task = task;
    note.why = name(WaitReason::closing_session);
    note.next = t.agent(slot).waiting.back().until;
    t.act(std::move(note));
}

struct Offered {
    TaskId task;
    ItemInfoPtr info;
    std::optional<Time> waiting_since;
};

Decision decide_now(const Turn& t, const Agent& a, const Item& item) {
    OfferFacts facts = a.facts(t.settings, item.channel, t.now);
    facts.held_by_agent = std::any_of(a.sessions.begin(), a.sessions.end(), [&](const Session& s) {
        return s.item == item.id && is_work(s.state);
    });
    return decide(facts);
}

/// Does the offer only lack a session that is closing?
bool only_waits(const Turn& t, const Agent& a, const Item& item, const Decision& now) {
    return now.refusal == Refusal::A1 &&
           decide(a.facts(t.settings, item.channel, t.now, false)).verdict == Verdict::admit;
}

/// At most closing_wait (R-DEC-51).
void wait_for_session(Turn& t, Slot slot, Item& item, const Offered& o) {
    Agent& a = t.agent(slot);
    t.state.items.set_offered(item, a.id, o.task, t.now);
    a.waiting.push_back({.channel = item.channel,
                         .item = item.id,
                         .task = o.task,
                         .call = {},
                         .info = o.info,
                         .since = t.now,
                         .until = t.now + closing_wait});
    note_waiting(t, slot, item, o.task);
}

void offer(Turn& t, Slot slot, Item& item, const Offered& o) {
    const Agent& a = t.agent(slot);
    Decision decision = decide_now(t, a, item);
    if (!o.waiting_since && only_waits(t, a, item, decision)) return wait_for_session(t, slot, item, o);
    if (o.waiting_since) decision.waited = std::chrono::duration_cast<Duration>(t.now - *o.waiting_since);
    if (decision.verdict != Verdict::duplicate) ++item.offers;
    note_offer(t, slot, item, a.id, o.task, offer_key(item), decision);
    switch (decision.verdict) {
        case Verdict::admit: return admit(t, slot, item, o.task, o.info, decision);
        case Verdict::refuse: return refuse(t, slot, a.id, item, o.task, decision.refusal);
        case Verdict::duplicate:
        case Verdict::hidden: return;  // routed items are never hidden (R-DEC-17)
    }
}

}  // namespace

void on(Turn& t, const TaskAssigned& e) {
    Item* item = t.state.items.find(e.item);
    const auto slot = t.state.roster.find(e.agent);
    if (!item || item->state != ItemState::routing) {
        if (item && item->agent == e.agent && item->last_task == e.task) return;  // answered twice
        if (slot && t.link_up && e.task != no_task)
            t.act(EndTask{e.agent, e.channel, e.task, TaskEnd::given_back});
        return;
    }
    if (e.task == no_task) {
        Note note;
        note.what = What::cc_unexpected;
        note.agent = e.agent;
        note.channel = item->channel;
        note.external_id = item->external_id;
        note.text = "the router chose an agent and named no task; the item is routed again";
        t.act(std::move(note));
        return t.give_back(*item, RouteReason::RESTART, t.settings.reject_delay, true);
    }
    if (!t.link_up) {  // nobody could accept it now
        item->last_task = e.task;
        return t.give_back(*item, RouteReason::RESTART, t.settings.reject_delay, false);
    }
    const bool logged_in = slot && t.agent(*slot).phase == Phase::logged_in;
    if (!logged_in) {
        Decision decision = decide(OfferFacts{.channel = item->channel});
        ++item->offers;
        note_offer(t, slot, *item, e.agent, e.task, offer_key(*item), decision);
        return refuse(t, std::nullopt, e.agent, *item, e.task, Refusal::not_logged_in);
    }
    Medium& m = t.agent(*slot).media[e.channel];
    const bool awaited = m.own_not_ready == OwnNotReady::task_on_its_way;
    m.step(NotReadyStep::task_arrived);
    t.later(Errand::not_ready, *slot);
    // They were made not ready while this task was on its way (R-DEC-25).
    if (awaited && t.agent(*slot).not_ready_by == NotReadyBy::reject) {
        Note note = t.note_about(*item, What::item_refused);
        note.agent = t.agent(*slot).id;
        note.user = t.agent(*slot).user;
        note.task = e.task;
        note.reason = name(Refusal::not_ready_on_its_way);
        note.origin = Origin::connector;
        t.act(std::move(note));
        return refuse(t, *slot, e.agent, *item, e.task, Refusal::not_ready_on_its_way);
    }
    offer(t, *slot, *item, {e.task, e.info, std::nullopt});
}

void offer_waiting(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    const std::vector<WaitingOffer> waiting = a.waiting;
    for (const WaitingOffer& w : waiting) {
        Item* item = t.state.items.find(w.item);
        const bool waits_on = w.call ? call_waits_on(t, slot, *w.call)
                                     : item && only_waits(t, a, *item, decide_now(t, a, *item));
        if (waits_on && w.until > t.now) continue;
        std::erase_if(a.waiting, [&](const WaitingOffer& o) { return o.task == w.task && o.call == w.call; });
        if (w.call) {
            offer_waiting_call(t, slot, w);
        } else if (item) {
            offer(t, slot, *item, {w.task, w.info, w.since});
        } else if (t.link_up) {
            t.act(EndTask{a.id, w.channel, w.task, TaskEnd::given_back});
            t.later(Errand::not_ready, slot);
        }
    }
}

void on(Turn& t, const TaskFound& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (!t.link_up || (a.phase != Phase::logging_in && a.phase != Phase::logged_in)) return;
    if (e.task == no_task) return t.unexpected(*slot, "a task of the agent was found that has no id");
    const bool waits = std::any_of(a.waiting.begin(), a.waiting.end(),
                                   [&](const WaitingOffer& w) { return w.task == e.task; });
    if (waits || a.session(e.task)) return;
    Item* item = t.state.items.find(e.external_id);
    if (item && (item->state == ItemState::offered || item->state == ItemState::active)) {
        return t.unexpected(*slot, "a task was found whose item " + e.external_id + " is in work as " +
                                       item_text(*item) + " with another task; it is left as it is");
    }
    if (item) {
        if (item->state == ItemState::storing)  // the contact center has it already
            t.act(Reply{.request = item->request, .data = item->external_id});
        if (item->state == ItemState::routing) t.act(CancelRoute{item->id});
    } else {
        Item found;
        found.channel = e.channel;
        found.external_id = e.external_id;
        found.selector = e.selector;
        found.info = e.info;
        item = &t.state.items.add(std::move(found), t.now);
    }
    ++item->offers;
    OfferFacts facts = a.facts(t.settings, e.channel, t.now);
    if (e.state != WorkState::alerting) facts.voice_active = 0;  // accepted before: no call is interrupted
    const Decision decision = decide(facts);
    note_offer(t, *slot, *item, a.id, e.task, offer_key(*item), decision, What::item_adopted);
    if (decision.verdict != Verdict::admit) {
        item->last_task = e.task;
        t.act(EndTask{a.id, e.channel, e.task, TaskEnd::rerouted_at_logout});
        return t.give_back(*item, RouteReason::RESTART, Duration{0}, true);
    }
    t.state.items.set_offered(*item, a.id, e.task, t.now);
    Session s;
    s.key = offer_key(*item);
    s.channel = e.channel;
    s.part = decision.part;
    s.item = item->id;
    s.task = e.task;
    s.info = e.info;
    s.external_id = e.external_id;
    s.state = SessionState::active;
    if (e.state == WorkState::alerting) {
        s.state = SessionState::alerting;
        if (const Duration wait = t.settings.no_answer[e.channel]; wait.count() > 0) s.due = t.now + wait;
    } else {
        t.state.items.set_active(*item, t.now);
        if (e.state == WorkState::wrapup && e.channel == Channel::chat) {
            s.state = SessionState::wrapup;
            s.due = t.now + t.settings.chat_wrapup;
        }
    }
    t.tell_item(*slot, t.open(*slot, std::move(s)));
}

void on(Turn& t, const TaskRefused& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Note note = t.note_about(*slot, What::cc_request_failed);
    note.task = e.task;
    note.request = e.refused;
    note.reason = name(e.failure);
    note.text = e.text;
    Session* s = t.agent(*slot).session(e.task);
    if (s) note.item = s->key;
    if (s) note.external_id = s->external_id;
    t.act(std::move(note));
    if (!s || !is_work(s->state)) return;
    s->task = no_task;  // R-DEC-27: taken back, the contact center has no such task
    t.close(*slot, *s, Processing::rerouted, LineState::ended,
            OwedEnd{TaskEnd::given_back, RouteReason::RESTART});
}

void on(Turn& t, const TaskGone& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Session* s = t.agent(*slot).session(e.task);
    if (!s) return;
    Note note = t.note_about(*slot, What::cc_unexpected, *s);
    note.text = e.why;
    t.act(std::move(note));
    s->task = no_task;
    if (s->state == SessionState::alerting) {
        t.close(*slot, *s, Processing::rerouted, LineState::ended,
                OwedEnd{TaskEnd::given_back, RouteReason::RESTART});
        return;
    }
    t.later(Errand::not_ready, *slot);  // what is being worked on stays with its agent (R-HA-7)
}

void no_answer(Turn& t, Slot slot, Session& s) {
    if (!t.link_up) {  // the agent could not accept: not their fault, so no RONA
        return t.close(slot, s, Processing::rerouted, LineState::ended,
                       OwedEnd{TaskEnd::given_back, RouteReason::RESTART}, Origin::connector);
    }
    s.back_because = name(RouteReason::RONA);
    const Cause cause{Why::RONA, Origin::connector, s.key};
    t.close(slot, s, Processing::rerouted, LineState::ended, OwedEnd{TaskEnd::no_answer, RouteReason::RONA},
            Origin::connector);
    if (t.settings.rona_not_ready) make_not_ready(t, slot, 0, cause);
}

}  // namespace cticonnector::engine
