// Phone calls: shown when a session can be taken, otherwise they ring on at the phone (R-DEC-52, R-ALLOC-10).

#include "rules.hpp"

namespace cticonnector::engine {

namespace {

/// The agent of a call event, if they are one of ours and their phone is, and the event names a call.
std::optional<Slot> with_phone(Turn& t, const AgentId& id, const CallId& call) {
    const auto slot = t.state.roster.find(id);
    if (!slot || !t.agent(*slot).in(Channel::voice)) return std::nullopt;
    if (is_none(call)) {
        t.unexpected(*slot, "an event at the agent's phone names no call");
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
    const auto taken = [&](const auto& list) {
        return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.key == key; });
    };
    for (int twin = 2; taken(a.calls) || taken(a.sessions); ++twin) {
        key.value = base + "-" + std::to_string(twin);  // two live calls may share a ConnectionCallID
    }
    return key;
}

Note note_of(Turn& t, Slot slot, const Call& call, What what) {
    Note note = t.note_about(slot, what);
    note.item = call.key;
    note.channel = Channel::voice;
    note.call = call.id;
    return note;
}

void note_invisible(Turn& t, Slot slot, const Call& call, std::string reason, Origin origin) {
    Note note = note_of(t, slot, call, What::item_invisible);
    note.reason = std::move(reason);
    note.origin = origin;
    note.text = "the call rings on at the phone and is not in the CRM";
    t.act(std::move(note));
}

void note_decision(Turn& t, Slot slot, const Call& call, const Decision& decision) {
    const bool admitted = decision.verdict == Verdict::admit;
    const What how = call.found_again ? What::item_adopted
                     : call.dialled   ? What::item_dialled
                                      : What::item_offered;
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
    if (!told || !before || before->attached_data.empty()) return told;
    auto both = std::make_shared<ItemInfo>(*told);
    both->attached_data = before->attached_data;
    return both;
}

OfferFacts facts_of(const Turn& t, const Agent& a, const Call& call, bool count_closing = true) {
    OfferFacts f = a.facts(t.settings, Channel::voice, t.now, count_closing);
    f.routed = call.routed || call.line == LineState::dialling || call.line == LineState::connected;
    return f;
}

void show(Turn& t, Slot slot, Call& call, SessionState state, const Decision& decision) {
    Agent& a = t.agent(slot);
    call.showing = Showing::shown;
    std::erase_if(a.sessions,
                  [&](const Session& s) { return s.key == call.key; });  // its last event is overtaken
    Session s;
    s.key = call.key;
    s.channel = Channel::voice;
    s.state = state;
    s.part = decision.part;
    s.call = call.id;
    s.info = call.info;
    t.tell_item(slot, t.open(slot, std::move(s)));
}

/// Shows the call if a session can be taken. A call that still rings may wait for a closing session.
void try_to_show(Turn& t, Slot slot, Call& call, SessionState state, std::optional<Time> waiting_since = {}) {
    Agent& a = t.agent(slot);
    Decision decision = decide(facts_of(t, a, call));
    if (waiting_since) decision.waited = std::chrono::duration_cast<Duration>(t.now - *waiting_since);
    const bool only_closing =
        decision.refusal == Refusal::A1 && decide(facts_of(t, a, call, false)).verdict == Verdict::admit;
    if (only_closing && state == SessionState::alerting && !waiting_since) {
        a.waiting.push_back({.channel = Channel::voice,
                             .call = call.id,
                             .info = call.info,
                             .since = t.now,
                             .until = t.now + closing_wait});
        call.showing = Showing::invisible;
        Note note = note_of(t, slot, call, What::item_waiting);
        note.why = name(WaitReason::closing_session);
        note.next = t.now + closing_wait;
        return t.act(std::move(note));
    }
    note_decision(t, slot, call, decision);
    a.count_reject(decision.refusal);
    switch (decision.verdict) {
        case Verdict::admit: return show(t, slot, call, state, decision);
        case Verdict::hidden: call.showing = Showing::hidden; break;
        default: call.showing = Showing::invisible; break;
    }
    note_invisible(t, slot, call, std::string(outcome(decision)), Origin::connector);
}

/// A call offered while the agent logs in waits for the end of the log-in.
void offer_call(Turn& t, Slot slot, Call& call, SessionState state) {
    const Phase phase = t.agent(slot).phase;
    call.undecided = phase == Phase::logging_in;
    if (phase == Phase::logged_in) try_to_show(t, slot, call, state);
}

Call& remember(Turn& t, Slot slot, const CallId& id, LineState line, bool routed, ItemInfoPtr info) {
    Agent& a = t.agent(slot);
    // The id is used again: the call that had it cannot be in wrap-up any longer.
    if (Session* s = a.session(id); s && is_work(s->state))
        t.close(slot, *s, Processing::ended, LineState::ended);
    Call call;
    call.key = key_of(a, id);
    call.id = id;
    call.line = line;
    call.showing = Showing::invisible;
    call.routed = routed;
    call.info = std::move(info);
    a.calls.push_back(std::move(call));
    return a.calls.back();
}

/// A phone talks on one line: when a call is connected, the other one is on hold, even if the contact center
/// says so only later (allocation.md section 6, rule 5).
void hold_others(Turn& t, Slot slot, const CallId& connected) {
    Agent& a = t.agent(slot);
    for (Call& call : a.calls) {
        if (call.id == connected || call.line != LineState::connected) continue;
        call.line = LineState::held;
        Session* s = a.session(call.id);
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
    Agent& a = t.agent(*slot);
    if (Call* known = a.call(e.call)) {
        known->info = with_crm_data(e.info, known->info);
        return;
    }
    Call& call = remember(t, *slot, e.call, LineState::alerting, e.routed, e.info);
    offer_call(t, *slot, call, SessionState::alerting);
}

void show_calls_of_login(Turn& t, Slot slot) {
    for (Call& call : t.agent(slot).calls) {
        if (!call.undecided) continue;
        const SessionState state = call.line == LineState::connected  ? SessionState::active
                                   : call.line == LineState::held     ? SessionState::held
                                   : call.line == LineState::dialling ? SessionState::dialling
                                                                      : SessionState::alerting;
        offer_call(t, slot, call, state);
    }
}

bool call_waits_on(Turn& t, Slot slot, const CallId& id) {
    Agent& a = t.agent(slot);
    const Call* call = a.call(id);
    return call && call->line == LineState::alerting && decide(facts_of(t, a, *call)).refusal == Refusal::A1;
}

void offer_waiting_call(Turn& t, Slot slot, const WaitingOffer& w) {
    Call* call = t.agent(slot).call(*w.call);
    if (call && call->line == LineState::alerting)
        try_to_show(t, slot, *call, SessionState::alerting, w.since);
}

void on(Turn& t, const CallDialled& e) {
    const auto slot = with_phone(t, e.agent, e.call);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (Call* known = a.call(e.call)) {
        known->info = with_crm_data(e.info, known->info);
        if (Session* s = a.session(e.call)) {
            s->info = known->info;
            t.tell_item(*slot, *s);
        }
        return;
    }
    if (Session* s = unplaced(a))
        return bind_dialled(t, *slot, *s, e.call, e.info);  // told when makeCall is confirmed
    Call& call = remember(t, *slot, e.call, LineState::dialling, true, e.info);
    call.dialled = true;
    offer_call(t, *slot, call, SessionState::dialling);
}

void on(Turn& t, const CallConnected& e) {
    const auto slot = with_phone(t, e.agent, e.call);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    Call* call = a.call(e.call);
    if (!call || call->line == LineState::connected) return;
    const bool was_ringing = call->line == LineState::alerting;
    hold_others(t, *slot, e.call);
    call->line = LineState::connected;
    std::erase_if(a.waiting, [&](const WaitingOffer& w) { return w.call == e.call; });
    Session* s = a.session(e.call);
    if (s && s->state != SessionState::closing) {
        s->state = SessionState::active;
        s->since = t.now;
        s->due.reset();
        if (was_ringing) t.act(t.note_about(*slot, What::item_accepted, *s));
        return t.tell_item(*slot, *s);
    }
    // Answered at the phone: shown again if a session can be taken (R-ALLOC-10, R-DEC-20)
    if (call->showing == Showing::invisible && a.phase == Phase::logged_in) {
        try_to_show(t, *slot, *call, SessionState::active);
    }
}

namespace {

void set_line(Turn& t, const AgentId& agent, const CallId& id, LineState line, SessionState state) {
    const auto slot = with_phone(t, agent, id);
    if (!slot) return;
    Call* call = t.agent(*slot).call(id);
    if (!call || call->line == line) return;
    if (line == LineState::connected) hold_others(t, *slot, id);
    call->line = line;
    Session* s = t.agent(*slot).session(id);
    if (!s || s->state == SessionState::closing) return;
    s->state = state;
    s->since = t.now;
    t.tell_item(*slot, *s);
}

}  // namespace

void on(Turn& t, const CallHeld& e) { set_line(t, e.agent, e.call, LineState::held, SessionState::held); }
void on(Turn& t, const CallRetrieved& e) {
    set_line(t, e.agent, e.call, LineState::connected, SessionState::active);
}

void waiting_call_ended(Turn& t, Slot slot, const CallId& id, Departure how, std::optional<Origin> by) {
    Agent& a = t.agent(slot);
    const Call* call = a.call(id);
    if (!call) return;
    Note note = note_of(t, slot, *call, What::item_invisible);
    note.reason = name(how);
    note.origin = by;
    note.text = "it was gone before a session was free";
    t.act(std::move(note));
}

void on(Turn& t, const CallEnded& e) {
    const auto slot = with_phone(t, e.agent, e.call);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (!a.call(e.call)) return;
    if (std::erase_if(a.waiting, [&](const WaitingOffer& w) { return w.call == e.call; }) > 0)
        waiting_call_ended(t, *slot, e.call, Departure::customer_left, Origin::cc);
    std::erase_if(a.calls, [&](const Call& c) { return c.id == e.call; });
    if (a.ready_after_call && a.voice_active() == 0 && t.link_up) {
        voice_ready_after_call(t, *slot);
    }
    Session* s = a.session(e.call);
    const bool released = a.phase == Phase::logging_out;  // with the session that it had
    if (!s && !released && t.link_up) t.act(ReleaseCall{a.id, e.call});
    if (!s || s->state == SessionState::closing) return;
    const bool was_up = s->state == SessionState::active || s->state == SessionState::held;
    const bool phone_busy = a.media[Channel::voice].state == MediumState::active;
    if (was_up && phone_busy && a.voice_active() == 0) {
        s->call_over = true;  // the next state of the phone tells whether wrap-up follows
        s->due = t.now + state_wait;
        return;
    }
    if (was_up) return call_over(t, *slot, *s);
    const bool failed = e.ending == CallEnding::failed;
    const bool never_up = s->state == SessionState::alerting || s->state == SessionState::dialling;
    if (never_up) s->back_because = name(failed ? Departure::failed : Departure::not_answered);
    t.close(*slot, *s, Processing::ended, failed ? LineState::failed : LineState::ended);
}

void call_over(Turn& t, Slot slot, Session& s) {
    Agent& a = t.agent(slot);
    const MediumState state = a.media[Channel::voice].state;
    s.call_over = false;
    s.due.reset();
    if (state != MediumState::work_ready && state != MediumState::work_not_ready) {
        return t.close(slot, s, Processing::ended, LineState::ended);
    }
    s.state = SessionState::wrapup;
    s.since = t.now;
    if (t.settings.phone_wrapup.count() > 0) s.due = t.now + t.settings.phone_wrapup;
    t.tell_item(slot, s);
}

void on(Turn& t, const CallData& e) {
    const auto slot = with_phone(t, e.agent, e.call);
    if (!slot) return;
    if (Call* call = t.agent(*slot).call(e.call)) call->info = with_crm_data(e.info, call->info);
    Session* s = t.agent(*slot).session(e.call);
    if (!s || s->state == SessionState::closing) return;
    s->info = with_crm_data(e.info, s->info);
    t.tell_item(*slot, *s);
}

void on(Turn& t, const CallFound& e) {
    const auto slot = t.state.roster.find(e.agent);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (a.phase != Phase::logging_in && a.phase != Phase::logged_in) return;
    if (is_none(e.call)) return t.unexpected(*slot, "a call of the agent was found that has no id");
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
    if (Call* known = a.call(e.call)) {
        known->found_again = true;
        known->info = with_crm_data(e.info, known->info);
        return set_line(t, e.agent, e.call, row.line, row.state);
    }
    if (row.line == LineState::connected) hold_others(t, *slot, e.call);
    Call& call = remember(t, *slot, e.call, row.line, true, e.info);
    call.found_again = true;
    try_to_show(t, *slot, call, row.state);
    if (row.state == SessionState::wrapup) {  // over already, only its wrap-up is left
        std::erase_if(a.calls, [&](const Call& c) { return c.id == e.call; });
    }
}

/// The session of a makeCall that does not know its call yet.
Session* unplaced(Agent& a) {
    for (Session& s : a.sessions) {
        if (s.channel == Channel::voice && s.state == SessionState::dialling && s.key.value.empty())
            return &s;
    }
    return nullptr;
}

void bind_dialled(Turn& t, Slot slot, Session& s, const CallId& id, ItemInfoPtr info) {
    Call& call = remember(t, slot, id, LineState::dialling, true,
                          info ? with_crm_data(std::move(info), s.info) : s.info);
    call.dialled = true;
    call.showing = Showing::shown;
    s.key = call.key;
    s.call = id;
    s.info = call.info;
    Note note = note_of(t, slot, call, What::item_dialled);
    note.origin = Origin::crm;
    t.act(std::move(note));
}

void reroute_call(Turn& t, Slot slot, Session& s) {
    Call* call = t.agent(slot).call(s.call);
    if (call) {
        call->showing = Showing::invisible;
        note_invisible(t, slot, *call,
                       s.back_because.empty() ? std::string(name(Processing::rerouted)) : s.back_because,
                       Origin::crm);
    }
    t.close(slot, s, Processing::rerouted, LineState::ended, std::nullopt, Origin::crm);
}

}  // namespace cticonnector::engine
