// Phone calls: shown when a session can be taken, otherwise they ring on at the phone (R-DEC-52, R-ALLOC-10).

#include <algorithm>
#include <utility>

#include "rules.hpp"

namespace cticonnector::engine {

namespace {

/// The agent of a call event, if they are one of ours and their phone is, and the event names a call.
std::optional<Slot> with_phone(Turn& t, const AgentId& id, const CallId& call) {
    const auto slot = t.state.roster.find(id);
    if (!slot || !t.agent(*slot).in(Channel::voice)) return std::nullopt;
    if (is_none(call)) {
        t.unexpected(*slot, {TextId::call_without_id});
        return std::nullopt;
    }
    const Agent& a = t.agent(*slot);
    const bool phone_in = a.phase == Phase::logging_in && a.media[Channel::voice].logged_in();
    if (phone_in || a.phase == Phase::logged_in || a.phase == Phase::logging_out) return slot;
    return std::nullopt;
}

/// "call-<agent>-<call>": the same after a restart of this software, so the CRM knows the call again.
ItemKey key_of(const Agent& a, const CallId& id) {
    const std::string base = "call-" + a.id.name + "-" + std::to_string(id.call);
    ItemKey key{base};
    const auto taken = [&] {
        return std::ranges::any_of(a.items, [&](const ItemPtr& i) { return i->key == key; }) ||
               std::ranges::any_of(a.sessions, [&](const Session& s) { return s.key == key; });
    };
    for (int twin = 2; taken(); ++twin) {
        key.value = base + "-" + std::to_string(twin);  // two live calls may share a ConnectionCallID
    }
    return key;
}

Note note_of(Turn& t, Slot slot, const Item& call, What what) {
    Note note = t.note_about(slot, what);
    note.item = call.key;
    note.channel = Channel::voice;
    note.call = call.legs().id;
    return note;
}

void note_invisible(Turn& t, Slot slot, const Item& call, std::string reason, Origin origin) {
    Note note = note_of(t, slot, call, What::item_invisible);
    note.reason = std::move(reason);
    note.origin = origin;
    note.text = {TextId::call_rings_on};
    t.act(std::move(note));
}

/// `how` it came, if it is admitted.
void note_decision(Turn& t, Slot slot, const Item& call, const Decision& decision, What how) {
    const bool admitted = decision.verdict == Verdict::admit;
    Note note = note_of(t, slot, call, admitted ? how : What::item_refused);
    if (note.what == What::item_dialled) note.origin = Origin::cc;
    if (!admitted) {
        note.reason = outcome(decision);
        note.origin = Origin::connector;
    }
    note.decision = decision;
    t.act(std::move(note));
}

/// What the contact center tells of a call, with the CRM's own document kept.
ItemInfoPtr with_crm_data(ItemInfoPtr told, const ItemInfoPtr& before) {
    if (!told || !before || !before->attached_data) return told;
    auto both = std::make_shared<ItemInfo>(*told);
    both->attached_data = before->attached_data;
    return both;
}

OfferFacts facts_of(const Turn& t, const Agent& a, const Legs& call, bool count_closing = true) {
    OfferFacts f = a.facts(Channel::voice, t.now, count_closing);
    f.routed = call.routed || call.line == LineState::dialling || call.line == LineState::connected;
    return f;
}

void show(Turn& t, Slot slot, Item& call, SessionState state, const Decision& decision) {
    call.legs().showing = Showing::shown;
    std::erase_if(t.agent(slot).sessions,
                  [&](const Session& s) { return s.key == call.key; });  // its last event is overtaken
    t.tell_item(slot, t.open(slot, call, state, decision));
}

What how_it_came(const Legs& call) { return call.dialled ? What::item_dialled : What::item_offered; }

/// Shows the call if a session can be taken. A call that still rings may wait for a closing session.
void try_to_show(Turn& t, Slot slot, Item& call, SessionState state, What how,
                 std::optional<Time> waiting_since = {}) {
    Agent& a = t.agent(slot);
    Legs& legs = call.legs();
    Decision decision = decide(facts_of(t, a, legs));
    if (waiting_since) decision.waited = std::chrono::duration_cast<Duration>(t.now - *waiting_since);
    const bool only_closing =
        decision.refusal == Refusal::A1 && decide(facts_of(t, a, legs, false)).verdict == Verdict::admit;
    if (only_closing && state == SessionState::alerting && !waiting_since) {
        a.waiting.push_back({call.id, t.now, t.now + closing_wait});
        legs.showing = Showing::invisible;
        Note note = note_of(t, slot, call, What::item_waiting);
        note.why = name(WaitReason::closing_session);
        note.next = t.now + closing_wait;
        return t.act(std::move(note));
    }
    note_decision(t, slot, call, decision, how);
    a.count_reject(decision.refusal);
    if (decision.verdict == Verdict::admit) return show(t, slot, call, state, decision);
    legs.showing = decision.verdict == Verdict::hidden ? Showing::hidden : Showing::invisible;
    note_invisible(t, slot, call, std::string(outcome(decision)), Origin::connector);
}

/// A call offered while the agent logs in waits for the end of the log-in.
void offer_call(Turn& t, Slot slot, Item& call, SessionState state) {
    const Phase phase = t.agent(slot).phase;
    if (phase == Phase::logging_in) call.legs().showing = Showing::undecided;
    if (phase == Phase::logged_in) try_to_show(t, slot, call, state, how_it_came(call.legs()));
}

void set_line(Item& call, LineState line) {
    call.legs().line = line;
    call.state = line == LineState::alerting ? ItemState::offered : ItemState::active;
}

/// The id is used again: the call that had it cannot be in wrap-up any longer.
void end_namesake(Turn& t, Slot slot, const CallId& id) {
    if (Session* s = t.agent(slot).session(id); s && is_work(s->state))
        t.close(slot, *s, Processing::ended, LineState::ended);
}

Item& remember(Turn& t, Slot slot, const CallId& id, LineState line, bool routed, ItemInfoPtr info) {
    end_namesake(t, slot, id);
    ItemPtr call = ItemPtr::make();
    call->id = t.state.roster.next_call();
    call->channel = Channel::voice;
    call->key = key_of(t.agent(slot), id);
    call->info = std::move(info);
    call->since = t.now;
    call->work = Legs{.id = id, .showing = Showing::invisible, .routed = routed};
    set_line(*call, line);
    return t.state.roster.add_item(slot, std::move(call));
}

/// Answered at the phone: shown again if a session can be taken, and waits for none (R-ALLOC-10, R-DEC-20).
void show_answered(Turn& t, Slot slot, Item& call) {
    Agent& a = t.agent(slot);
    std::erase_if(a.waiting, [&](const WaitingOffer& w) { return w.item == call.id; });
    const Session* s = a.session_of(call.id);
    const bool has_session = s && s->state != SessionState::closing;
    if (!has_session && call.legs().showing == Showing::invisible && a.phase == Phase::logged_in)
        try_to_show(t, slot, call, SessionState::active, how_it_came(call.legs()));
}

/// It has left the phone and no session is left of it.
void forget_unshown(Turn& t, Slot slot, ItemId call) {
    Agent& a = t.agent(slot);
    if (a.session_of(call)) return;
    std::erase_if(a.waiting, [&](const WaitingOffer& w) { return w.item == call; });
    t.state.roster.take_item(slot, call);
}

/// A phone talks on one line: when a call is connected, the other one is on hold, even if the contact center
/// says so only later (allocation.md section 6, rule 5).
void hold_others(Turn& t, Slot slot, const CallId& connected) {
    Agent& a = t.agent(slot);
    for (ItemPtr& item : a.items) {
        Item& call = *item;
        if (!call.is_call() || call.legs().id == connected || call.legs().line != LineState::connected)
            continue;
        call.legs().line = LineState::held;
        Session* s = a.session_of(call.id);
        if (!s || s->state != SessionState::active) continue;
        s->state = SessionState::held;
        s->since = t.now;
        t.tell_item(slot, *s);
    }
}

}  // namespace

void on(Turn& t, const CallOffered& e) {
    const auto slot = with_phone(t, e.agent, e.call);
    if (!slot) return;
    if (Item* known = t.agent(*slot).call(e.call)) {
        known->info = with_crm_data(e.info, known->info);
        return;
    }
    Item& call = remember(t, *slot, e.call, LineState::alerting, e.routed, e.info);
    offer_call(t, *slot, call, SessionState::alerting);
}

void show_calls_of_login(Turn& t, Slot slot) {
    for (ItemPtr& item : t.agent(slot).items) {
        Item& call = *item;
        if (!call.is_call() || call.legs().showing != Showing::undecided) continue;
        const LineState line = call.legs().line;
        const SessionState state = line == LineState::connected  ? SessionState::active
                                   : line == LineState::held     ? SessionState::held
                                   : line == LineState::dialling ? SessionState::dialling
                                                                 : SessionState::alerting;
        offer_call(t, slot, call, state);
    }
}

bool call_waits_on(Turn& t, Slot slot, const Item& call) {
    return call.legs().line == LineState::alerting &&
           decide(facts_of(t, t.agent(slot), call.legs())).refusal == Refusal::A1;
}

void offer_waiting_call(Turn& t, Slot slot, Item& call, Time since) {
    if (call.legs().line == LineState::alerting)
        try_to_show(t, slot, call, SessionState::alerting, how_it_came(call.legs()), since);
}

void on(Turn& t, const CallDialled& e) {
    const auto slot = with_phone(t, e.agent, e.call);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (Item* known = a.call(e.call)) {
        known->info = with_crm_data(e.info, known->info);
        if (const Session* s = a.session(e.call)) t.tell_item(*slot, *s);
        return;
    }
    if (Session* s = unplaced(a))
        return bind_dialled(t, *slot, *s, e.call, e.info);  // told when makeCall is confirmed
    Item& call = remember(t, *slot, e.call, LineState::dialling, true, e.info);
    call.legs().dialled = true;
    offer_call(t, *slot, call, SessionState::dialling);
}

void on(Turn& t, const CallConnected& e) {
    const auto slot = with_phone(t, e.agent, e.call);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    Item* call = a.call(e.call);
    if (!call || call->legs().line == LineState::connected) return;
    const bool was_ringing = call->legs().line == LineState::alerting;
    hold_others(t, *slot, e.call);
    set_line(*call, LineState::connected);
    Session* s = a.session(e.call);
    if (s && s->state != SessionState::closing) {
        s->state = SessionState::active;
        s->since = t.now;
        s->due.reset();
        if (was_ringing) t.act(t.note_about(*slot, What::item_accepted, *s));
        return t.tell_item(*slot, *s);
    }
    show_answered(t, *slot, *call);
}

namespace {

void line_changed(Turn& t, Slot slot, Item& call, LineState line, SessionState state) {
    if (call.legs().line == line) return;
    if (line == LineState::connected) hold_others(t, slot, call.legs().id);
    set_line(call, line);
    Session* s = t.agent(slot).session(call.legs().id);
    if (!s || s->state == SessionState::closing) return;
    s->state = state;
    s->since = t.now;
    t.tell_item(slot, *s);
}

template <class Event>
void line_changed(Turn& t, const Event& e, LineState line, SessionState state) {
    const auto slot = with_phone(t, e.agent, e.call);
    Item* call = slot ? t.agent(*slot).call(e.call) : nullptr;
    if (call) line_changed(t, *slot, *call, line, state);
}

}  // namespace

void on(Turn& t, const CallHeld& e) { line_changed(t, e, LineState::held, SessionState::held); }
void on(Turn& t, const CallRetrieved& e) { line_changed(t, e, LineState::connected, SessionState::active); }

void waiting_call_ended(Turn& t, Slot slot, const Item& call, Departure how, std::optional<Origin> by) {
    Note note = note_of(t, slot, call, What::item_invisible);
    note.reason = name(how);
    note.origin = by;
    note.text = {TextId::gone_before_session};
    t.act(std::move(note));
}

void on(Turn& t, const CallEnded& e) {
    const auto slot = with_phone(t, e.agent, e.call);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    Item* call = a.call(e.call);
    if (!call) return;
    if (std::erase_if(a.waiting, [&](const WaitingOffer& w) { return w.item == call->id; }) > 0)
        waiting_call_ended(t, *slot, *call, Departure::customer_left, Origin::cc);
    set_line(*call, LineState::ended);
    if (a.ready_after_call && a.voice_active() == 0 && t.link_up) voice_ready_after_call(t, *slot);
    Session* s = a.session(e.call);
    const bool released = a.phase == Phase::logging_out;  // with the session that it had
    if (!s && !released && t.link_up) t.act(ReleaseCall{a.id, e.call});
    if (!s || s->item != call->id) forget_unshown(t, *slot, call->id);
    if (!s || s->state == SessionState::closing) return;
    const bool was_up = s->state == SessionState::active || s->state == SessionState::held;
    const bool phone_busy = a.media[Channel::voice].state == MediumState::active;
    if (was_up && phone_busy && a.voice_active() == 0) {
        s->due = Due{t.now + state_wait, DueFor::next_state};
        return;
    }
    if (was_up) return call_over(t, *slot, *s);
    const bool failed = e.ending == CallEnding::failed;
    const bool never_up = s->state == SessionState::alerting || s->state == SessionState::dialling;
    if (never_up) call->departure = failed ? Departure::failed : Departure::not_answered;
    t.close(*slot, *s, Processing::ended, failed ? LineState::failed : LineState::ended);
}

void call_over(Turn& t, Slot slot, Session& s) {
    Agent& a = t.agent(slot);
    const MediumState state = a.media[Channel::voice].state;
    s.due.reset();
    if (state != MediumState::work_ready && state != MediumState::work_not_ready) {
        return t.close(slot, s, Processing::ended, LineState::ended);
    }
    s.state = SessionState::wrapup;
    s.since = t.now;
    if (t.settings.phone_wrapup.count() > 0) s.due = Due{t.now + t.settings.phone_wrapup, DueFor::wrapup_end};
    t.tell_item(slot, s);
}

void on(Turn& t, const CallData& e) {
    const auto slot = with_phone(t, e.agent, e.call);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    Session* s = a.session(e.call);
    Item* call = a.call(e.call);
    if (!call && s) call = a.item(s->item);  // its wrap-up
    if (call) call->info = with_crm_data(e.info, call->info);
    if (s && s->state != SessionState::closing) t.tell_item(*slot, *s);
}

void on(Turn& t, const CallFound& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (a.phase != Phase::logging_in && a.phase != Phase::logged_in) return;
    if (is_none(e.call)) return t.unexpected(*slot, {TextId::found_call_without_id});
    struct Row {
        WorkState found;
        LineState line;
        SessionState state;
    };
    static constexpr std::array rows{Row{WorkState::alerting, LineState::alerting, SessionState::alerting},
                                     Row{WorkState::active, LineState::connected, SessionState::active},
                                     Row{WorkState::held, LineState::held, SessionState::held},
                                     Row{WorkState::paused, LineState::held, SessionState::held},
                                     Row{WorkState::wrapup, LineState::ended, SessionState::wrapup}};
    const Row& row = rows[static_cast<std::size_t>(e.state)];
    Item* call = a.call(e.call);
    if (call) {
        call->legs().missing = false;
        call->info = with_crm_data(e.info, call->info);
        const bool answered = row.line == LineState::connected && call->legs().line != row.line;
        if (a.in(Channel::voice)) line_changed(t, *slot, *call, row.line, row.state);
        if (answered) show_answered(t, *slot, *call);
    } else {
        if (row.line == LineState::connected) hold_others(t, *slot, e.call);
        call = &remember(t, *slot, e.call, row.line, true, e.info);
        try_to_show(t, *slot, *call, row.state, What::item_adopted);
    }
    if (row.line == LineState::ended) forget_unshown(t, *slot, call->id);  // only its wrap-up is left
}

void bind_dialled(Turn& t, Slot slot, Session& s, const CallId& id, ItemInfoPtr info) {
    end_namesake(t, slot, id);
    Item& call = *t.agent(slot).item(s.item);
    call.key = s.key = key_of(t.agent(slot), id);
    call.legs().id = id;
    if (info) call.info = with_crm_data(std::move(info), call.info);
    Note note = note_of(t, slot, call, What::item_dialled);
    note.origin = Origin::crm;
    t.act(std::move(note));
}

void reroute_call(Turn& t, Slot slot, Session& s) {
    Item& call = *t.agent(slot).item(s.item);
    if (call.legs().live()) {
        call.legs().showing = Showing::invisible;
        note_invisible(t, slot, call, reason_of(call, Processing::rerouted), Origin::crm);
    }
    t.close(slot, s, Processing::rerouted, LineState::ended, std::nullopt, Origin::crm);
}

}  // namespace cticonnector::engine
