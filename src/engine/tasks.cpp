// Action items and chats come to an agent: offered, refused by the connector,
// found, lost (allocation.md section 3).

#include <utility>

#include "carriers.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

namespace {

/// Its work with an agent begins.
void set_with_agent(Item& item, ItemState state, Time now) {
    item.state = state;
    item.since = now;
    item.route().forwarded_to.reset();  // they have had their chance
}

void note_offer(Turn& t, std::optional<Slot> slot, const Item& item, const AgentId& agent,
                const Decision& decision, What admitted = What::item_offered) {
    Note note;
    note.what = decision.verdict == Verdict::admit ? admitted : What::item_refused;
    note.agent = agent;
    if (slot) note.user = t.agent(*slot).user;
    note.item = offer_key(item);
    note.channel = item.channel;
    note.external_id = item.external_id;
    note.task = item.route().last_task;
    if (decision.verdict != Verdict::admit) note.reason = outcome(decision);
    if (decision.verdict == Verdict::refuse) note.origin = Origin::connector;
    note.decision = decision;
    t.act(std::move(note));
}

Session& admit(Turn& t, Slot slot, Item& item, ItemState item_state, SessionState state,
               const Decision& decision) {
    set_with_agent(item, item_state, t.now);
    item.key = offer_key(item);
    Session& session = t.open(slot, item, state, decision);
    const Duration wait = t.settings.no_answer[item.channel];
    if (state == SessionState::alerting && wait.count() > 0)
        session.due = Due{t.now + wait, DueFor::no_answer};
    return session;
}

bool only_waits(Refusal why) { return why == Refusal::voice_active || why == Refusal::crm_gone; }  // R-DEC-25

/// The connector refuses by itself: the same effects as the same code from the CRM, which are in work.cpp
/// (R-ALLOC-11), and in the same order (R-DEC-25): not routable, the end of the task, not ready.
void refuse(Turn& t, Slot slot, const Item& item, Refusal why) {
    Agent& a = t.agent(slot);
    a.count_reject(why);
    if (why == Refusal::A0 || why == Refusal::A1) {
        a.refused = {};
        const Cause cause{why == Refusal::A0 ? Why::A0 : Why::A1, Origin::connector, offer_key(item)};
        make_not_ready(t, slot, t.settings.reject_not_ready_reason, cause);
    } else if (why == Refusal::crm_gone) {
        make_not_ready(t, slot, 0, {Why::crm_gone, Origin::connector, offer_key(item)});
    }
    if (t.link_up && why != Refusal::not_logged_in)
        t.act(EndTask{a.id, item.channel, item.task().id, TaskEnd::given_back});
    t.give_back(slot, item.id, RouteReason::REJECT, t.settings.reject_delay, !only_waits(why));
    t.later(Errand::not_ready, slot);
}

Decision decide_now(const Turn& t, const Agent& a, const Item& item) {
    return decide(a.facts(item.channel, t.now));
}

/// Does the offer only lack a session that is closing?
bool only_lacks_session(const Turn& t, const Agent& a, const Item& item, const Decision& now) {
    return now.refusal == Refusal::A1 &&
           decide(a.facts(item.channel, t.now, false)).verdict == Verdict::admit;
}

/// At most closing_wait (R-DEC-51).
void wait_for_session(Turn& t, Slot slot, Item& item) {
    Agent& a = t.agent(slot);
    set_with_agent(item, ItemState::offered, t.now);
    a.waiting.push_back({item.id, t.now, t.now + closing_wait});
    Note note = t.note_about(item, What::item_waiting);
    note.agent = a.id;
    note.user = a.user;
    note.task = item.task().id;
    note.why = name(WaitReason::closing_session);
    note.next = a.waiting.back().until;
    t.act(std::move(note));
}

void offer(Turn& t, Slot slot, Item& item, std::optional<Time> waiting_since) {
    const Agent& a = t.agent(slot);
    Decision decision = decide_now(t, a, item);
    if (!waiting_since && only_lacks_session(t, a, item, decision)) return wait_for_session(t, slot, item);
    if (waiting_since) decision.waited = std::chrono::duration_cast<Duration>(t.now - *waiting_since);
    ++item.tries.offers;
    note_offer(t, slot, item, a.id, decision);
    if (decision.verdict != Verdict::admit)  // routed items are never hidden (R-DEC-17), nor held already
        return refuse(t, slot, item, decision.refusal);
    const Session& session = admit(t, slot, item, ItemState::offered, SessionState::alerting, decision);
    t.act(StepTask{a.id, item.channel, item.task().id, TaskStep::offer});
    t.tell_item(slot, session);
}

/// They were made not ready while the task was on its way (R-DEC-25).
void refuse_on_its_way(Turn& t, Slot slot, const Item& item) {
    Note note = t.note_about(item, What::item_refused);
    note.agent = t.agent(slot).id;
    note.user = t.agent(slot).user;
    note.task = item.task().id;
    note.reason = name(Refusal::not_ready_on_its_way);
    note.origin = Origin::connector;
    t.act(std::move(note));
    refuse(t, slot, item, Refusal::not_ready_on_its_way);
}

/// Of a record that came for an agent and stays with none.
void to_routing(Turn& t, ItemPtr item, RouteReason reason, Duration delay, bool counts = true) {
    const ItemId id = item->id;
    pass_on(t, ItemReturned{id, BackToRouting{std::move(item), reason, delay, counts}});
}

/// NEW_TASK alone (R-DEC-25).
void refuse_not_logged_in(Turn& t, ItemPtr item, std::optional<Slot> slot, const AgentId& agent) {
    const Decision decision = decide(OfferFacts{.channel = item->channel});
    ++item->tries.offers;
    note_offer(t, slot, *item, agent, decision);
    to_routing(t, std::move(item), RouteReason::REJECT, t.settings.reject_delay);
}

/// Nothing waits for the task any more; or it is told a second time.
void task_without_item(Turn& t, std::optional<Slot> slot, ItemId id, const ForAgent& e) {
    if (!slot || !t.link_up || e.task == no_task) return;
    const Item* item = t.agent(*slot).item(id);
    if (item && item->route().last_task == e.task) return;
    t.act(EndTask{e.agent, e.channel, e.task, TaskEnd::given_back});
}

/// One that the agent was found with (R-DEC-48).
void adopt(Turn& t, Slot slot, Item& item, WorkState found) {
    const Agent& a = t.agent(slot);
    const bool alerting = found == WorkState::alerting;
    ++item.tries.offers;
    OfferFacts facts = a.facts(item.channel, t.now);
    if (!alerting) facts.voice_active = 0;  // accepted before: no call is interrupted
    const Decision decision = decide(facts);
    note_offer(t, slot, item, a.id, decision, What::item_adopted);
    if (decision.verdict != Verdict::admit) {
        t.act(EndTask{a.id, item.channel, item.task().id, TaskEnd::rerouted_at_logout});
        return t.give_back(slot, item.id, RouteReason::RESTART, Duration{0}, true);
    }
    const bool wrapup = found == WorkState::wrapup && item.channel == Channel::chat;
    const SessionState state = alerting ? SessionState::alerting
                               : wrapup ? SessionState::wrapup
                                        : SessionState::active;
    Session& session =
        admit(t, slot, item, alerting ? ItemState::offered : ItemState::active, state, decision);
    if (wrapup) session.due = Due{t.now + t.settings.chat_wrapup, DueFor::wrapup_end};
    t.tell_item(slot, session);
}

void take(Turn& t, ItemId id, ForAgent&& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (e.found && slot && t.agent(*slot).item(e.task)) {  // told twice, and here already
        if (e.item) pass_on(t, ItemReturned{id, Gone{std::move(e.item->external_id)}});
        return;
    }
    if (!e.item && e.found && slot) {
        return t.unexpected(*slot, {TextId::found_task_of_other, {item_text(e.channel, id)}});
    }
    if (!e.item) return task_without_item(t, slot, id, e);
    e.item->route().last_task = e.task;
    if (!t.state.halves.router) t.state.items.know(id, e.item->external_id);
    if (!t.link_up)  // nobody could accept it now
        return to_routing(t, std::move(e.item), RouteReason::RESTART, t.settings.reject_delay, false);
    if (!slot && e.found)  // they left
        return to_routing(t, std::move(e.item), RouteReason::RESTART, Duration{0});
    const bool here = slot && (e.found || t.agent(*slot).phase == Phase::logged_in);
    if (!here) return refuse_not_logged_in(t, std::move(e.item), slot, e.agent);
    e.item->task().id = e.task;
    e.item->task().told = std::move(e.told);
    Item& item = t.state.roster.add_item(*slot, std::move(e.item));
    if (e.found) return adopt(t, *slot, item, *e.found);
    Medium& m = t.agent(*slot).media[item.channel];
    const bool awaited = m.own_not_ready == OwnNotReady::task_on_its_way;
    m.step(NotReadyStep::task_arrived);
    t.later(Errand::not_ready, *slot);
    if (awaited && t.agent(*slot).not_ready_by == NotReadyBy::reject)
        return refuse_on_its_way(t, *slot, item);
    offer(t, *slot, item, std::nullopt);
}

}  // namespace

void received(Turn& t, ItemHandedOver&& e) {
    if (const auto* withdrawal = std::get_if<Withdrawal>(&e.what))
        return withdraw_from_agent(t, e.id, *withdrawal);
    take(t, e.id, std::get<ForAgent>(std::move(e.what)));
}

void offer_waiting(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    const std::vector<WaitingOffer> waiting = a.waiting;
    for (const WaitingOffer& w : waiting) {
        Item& item = *a.item(w.item);
        const bool waits_on = item.is_call() ? call_waits_on(t, slot, item)
                                             : only_lacks_session(t, a, item, decide_now(t, a, item));
        if (waits_on && w.until > t.now) continue;
        std::erase_if(a.waiting, [&](const WaitingOffer& o) { return o.item == w.item; });
        item.is_call() ? offer_waiting_call(t, slot, item, w.since) : offer(t, slot, item, w.since);
    }
}

void on(Turn& t, const TaskFound& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (!t.link_up || (a.phase != Phase::logging_in && a.phase != Phase::logged_in)) return;
    if (e.task == no_task) return t.unexpected(*slot, {TextId::found_task_without_id});
    if (a.item(e.task)) return;
    ItemPtr told = ItemPtr::make();
    told->channel = e.channel;
    told->external_id = e.external_id;
    told->info = e.info;
    told->work.emplace<Task>().route->selector = e.selector;
    pass_on(t, ItemReturned{{}, AgentHasTask{std::move(told), e.agent, e.task, e.state}});
}

void on(Turn& t, const TaskRefused& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Note note = t.note_refusal(*slot, e.refused, e.failure, as_told(e.text));
    note.task = e.task;
    Session* s = t.agent(*slot).session(e.task);
    Item* item = t.agent(*slot).item(e.task);
    if (s) note.item = s->key;
    if (s) note.external_id = item->external_id;
    t.act(std::move(note));
    if (!s || !is_work(s->state)) return;
    item->task().id = no_task;  // R-DEC-27: taken back, the contact center has no such task
    t.close(*slot, *s, Processing::rerouted, LineState::ended,
            OwedEnd{TaskEnd::given_back, RouteReason::RESTART});
}

void on(Turn& t, const TaskGone& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Session* s = t.agent(*slot).session(e.task);
    if (!s) return;
    Note note = t.note_about(*slot, What::cc_unexpected, *s);
    note.text = as_told(e.why);
    t.act(std::move(note));
    t.agent(*slot).item(e.task)->task().id = no_task;
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
    const Cause cause{Why::RONA, Origin::connector, s.key};
    t.close(slot, s, Processing::rerouted, LineState::ended, OwedEnd{TaskEnd::no_answer, RouteReason::RONA},
            Origin::connector);
    if (t.settings.rona_not_ready) make_not_ready(t, slot, 0, cause);
}

}  // namespace cticonnector::engine
