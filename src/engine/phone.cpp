// What the agent does with their phone through the CRM: answer, hang up, dial (R-DEC-21, 38, 53).

#include <algorithm>
#include <utility>

#include "outcomes.hpp"
#include "rules.hpp"

namespace cticonnector::engine {

namespace {

void dial_failed(Turn& t, Slot slot, const Operation& o, Fault fault, const Phrase& text) {
    forget_unplaced(t, slot);
    t.fault(o.request, fault, text);
    if (t.agent(slot).ready_after_call) voice_ready_after_call(t, slot);
    t.session_freed(slot, {});
}

void dial(Turn& t, Slot slot, const Operation& before) {
    Agent& a = t.agent(slot);
    Operation o{.purpose = Purpose::dial,
                .deadline = before.deadline,
                .request = before.request,
                .channel = Channel::voice,
                .destination = before.destination};
    const std::string destination = o.destination;
    const OperationId id = t.operate(slot, std::move(o));
    t.act(PlaceCall{id, a.id, a.device, destination});
}

/// makeCall passes checks 1, 2, 6, 7, 8 (R-DEC-53).
std::optional<Decision> may_dial(Turn& t, Slot slot, const MakeCall& e) {
    const Agent& a = t.agent(slot);
    OfferFacts f = a.facts(Channel::voice, t.now);
    const Decision decision = decide(f);
    if (decision.verdict == Verdict::admit) return decision;
    t.fault(e.request, Fault::invalid_state,
            {TextId::no_session_for_call,
             {std::string(name(decision.checks[decision.made - 1u].check))},
             explanation(decision).parts});
    return std::nullopt;
}

}  // namespace

/// The session of a makeCall that does not know its call yet.
Session* unplaced(Agent& a) {
    for (Session& s : a.sessions) {
        if (s.channel == Channel::voice && s.state == SessionState::dialling && s.key.value.empty())
            return &s;
    }
    return nullptr;
}

bool forget_unplaced(Turn& t, Slot slot) {
    Session* s = unplaced(t.agent(slot));
    if (!s) return false;
    const ItemId call = s->item;
    std::erase_if(t.agent(slot).sessions, [&](const Session& one) { return one.item == call; });
    t.state.roster.take_item(slot, call);
    return true;
}

void accept_call(Turn& t, Slot slot, Session& s, RequestId request) {
    Agent& a = t.agent(slot);
    const bool talking = std::ranges::any_of(a.items, [](const ItemPtr& i) {
        if (!i->is_call() || !i->legs().placed()) return false;
        return i->legs().line == LineState::connected || i->legs().line == LineState::dialling;
    });
    if (talking) {  // R-DEC-21
        return t.fault(request, Fault::invalid_state, {TextId::another_call_active});
    }
    const OperationId id = t.operate(
        slot, {.purpose = Purpose::answer, .request = request, .channel = Channel::voice, .item = s.key});
    t.act(AnswerCall{id, a.id, a.item(s.item)->legs().id});
}

void on(Turn& t, const Drop& e) {
    const auto slot = t.reachable(e.request, e.user);
    if (!slot) return;
    const Session* s = t.allowed(e.request, *slot, e.item, Capability::drop);
    if (!s) return;
    const OperationId id = t.operate(
        *slot, {.purpose = Purpose::clear, .request = e.request, .channel = Channel::voice, .item = s->key});
    const Agent& a = t.agent(*slot);
    t.act(ClearCall{id, a.id, a.item(s->item)->legs().id});
}

void on(Turn& t, const MakeCall& e) {
    const auto slot = t.reachable(e.request, e.user);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    if (!a.in(Channel::voice)) {
        return t.fault(e.request, Fault::not_supported, {TextId::no_phone});
    }
    if (e.destination.empty())
        return t.fault(e.request, Fault::invalid_destination, {TextId::destination_empty});
    const Medium& voice = a.media[Channel::voice];
    const bool ready = voice.base == MediumState::ready;
    if (ready && !t.settings.make_call_while_ready) {
        return t.fault(e.request, Fault::invalid_state, {TextId::ready_forbids_dialling});
    }
    if (a.telephoning()) return t.fault(e.request, Fault::invalid_state, {TextId::operation_in_progress});
    const auto decision = may_dial(t, *slot, e);
    if (!decision) return;

    auto info = std::make_shared<ItemInfo>();
    info->outbound = true;
    info->local_number = a.device;
    info->called_number = e.destination;
    info->remote_numbers = {e.destination};
    info->attached_data = e.attached_data;
    ItemPtr call = ItemPtr::make();
    call->id = t.state.roster.next_call();
    call->channel = Channel::voice;
    call->state = ItemState::active;
    call->info = std::move(info);
    call->since = t.now;
    call->work = Legs{
        .id = {}, .line = LineState::dialling, .showing = Showing::shown, .routed = true, .dialled = true};
    t.open(*slot, t.state.roster.add_item(*slot, std::move(call)), SessionState::dialling, *decision);
    Operation first{.purpose = Purpose::dial_not_ready,
                    .deadline = t.now + t.settings.request_timeout,
                    .request = e.request,
                    .channel = Channel::voice,
                    .destination = e.destination};
    if (!ready) return dial(t, *slot, first);
    a.ready_after_call = true;  // R-DEC-38: not ready on voice only; the CRM's work mode stays
    const OperationId id = t.operate(*slot, std::move(first));
    t.act(SetVoiceState{id, a.id, VoiceWish::not_ready, t.settings.required_not_ready_reason});
}

void on(Turn& t, const CallPlaced& e) {
    const auto taken = t.take(e.operation);
    if (!taken || taken->operation.purpose != Purpose::dial) return;
    const Slot slot = taken->slot;
    Agent& a = t.agent(slot);
    if (is_none(e.call)) {
        t.unexpected(slot, {TextId::placed_call_without_id});
        const Phrase text{TextId::call_not_named};
        if (!unplaced(a)) return t.fault(taken->operation.request, Fault::unavailable, text);
        return dial_failed(t, slot, taken->operation, Fault::unavailable, text);
    }
    Session* s = a.session(e.call);
    if (!s) {
        s = unplaced(a);
        if (!s) return t.fault(taken->operation.request, Fault::unavailable, {TextId::call_ended_already});
        bind_dialled(t, slot, *s, e.call, nullptr);
    }
    if (taken->operation.request) {
        t.act(Reply{.request = *taken->operation.request, .item = view(a, *a.item(s->item), *s)});
    }
    t.tell_item(slot, *s);
}

namespace {

/// Of what a dialled call is made of only the number may not fit, so `unsent` is the number's fault.
Fault fault_of(Failure failure, Failure number_too) {
    if (failure == Failure::no_link) return Fault::unavailable;
    return failure == Failure::invalid_destination || failure == number_too ? Fault::invalid_destination
                                                                            : Fault::invalid_state;
}

}  // namespace

void dial_not_ready_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    if (outcome.failure == Failure::none) return dial(t, slot, o);
    t.request_failed(slot, o, outcome);
    dial_failed(t, slot, o, fault_of(outcome.failure, Failure::none),
                with(TextId::not_ready_refused_before_call, outcome));
}

void dial_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    if (outcome.failure == Failure::none) return;  // CallPlaced says it
    t.request_failed(slot, o, outcome);
    const bool unsent = outcome.failure == Failure::unsent;
    dial_failed(t, slot, o, fault_of(outcome.failure, Failure::unsent),
                with(unsent ? TextId::call_unsent : TextId::call_not_placed, outcome));
}

void call_outcome(Turn& t, Slot slot, const Operation& o, const Outcome& outcome) {
    if (outcome.failure == Failure::none) {
        if (o.request) t.done(*o.request);
        return;
    }
    t.request_failed(slot, o, outcome);
    const bool unsent = outcome.failure == Failure::unsent;
    t.fault(o.request, fault_of(outcome.failure, Failure::none),
            with(unsent ? TextId::unsent : TextId::refused, outcome));
}

}  // namespace cticonnector::engine
