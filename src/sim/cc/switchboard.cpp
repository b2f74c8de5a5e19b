#include "switchboard.hpp"

#include <algorithm>
#include <vector>

namespace cticonnector::sim::cc {

using namespace ged188;
using State = LocalConnectionState;

Switchboard::Switchboard(const Settings& settings, Timers& timers, PhoneCalls& calls, Router& router,
                         Agents& agents, Voice& voice, CallEvents& events, Outside& outside)
    : settings_(settings),
      timers_(timers),
      calls_(calls),
      router_(router),
      agents_(agents),
      voice_(voice),
      events_(events),
      outside_(outside) {
    voice_.on_wrap_up_over([this](CallId call) { release(call); });
    voice_.on_forced_out([this](const Agent& agent) { drop_all(agent); });
}

Timers::TimerId Switchboard::later(milliseconds wait, PartyId id, Act act) {
    return timers_.after(wait, [this, id, act] {
        Call* call = calls_.find(id.call);
        Party* party = call == nullptr ? nullptr : call->party(id);
        if (party != nullptr) (this->*act)(*call, *party);
    });
}

Party& Switchboard::join(Call& call, std::string_view device, std::optional<AgentIndex> agent,
                         std::uint16_t state) {
    if (agent) agents_.at(*agent).voice.calls.push_back(call.id);
    return calls_.join(call, device, agent, state);
}

Call& Switchboard::enter(const NewCall& wanted) {
    const bool routed = !wanted.to;
    Call& call = calls_.create(routed ? CallType::CALLTYPE_ACD_IN : CallType::CALLTYPE_OTHER_IN);
    call.name = wanted.name;
    call.ani = wanted.ani;
    call.dnis = wanted.to.value_or(wanted.dnis);
    call.dialed_number = wanted.dnis;
    call.data = wanted.data;
    call.routed = routed;
    call.wanted_group = wanted.skill_group;
    call.talk = wanted.talk;
    call.answer_after = wanted.answer_after;
    calls_.enter_name(call);
    join(call, call.ani, std::nullopt, State::LCS_CONNECT);
    return call;
}

CallId Switchboard::place(const NewCall& wanted) {
    Call& call = enter(wanted);
    const CallId id = call.id;
    if (wanted.patience.count() > 0)
        call.patience_timer = timers_.after(wanted.patience, [this, id] { caller_hangs_up(id); });
    outside_.report("call.arrived", {{"call", id.value}, {"ani", call.ani}, {"dnis", call.dnis}});
    if (call.routed) {
        enqueue(call, false);
        return id;
    }
    const Agent& agent = *agents_.at_device(*wanted.to);
    Party& party = join(call, agent.voice.device->extension, agent.index, State::LCS_ALERTING);
    events_.begin(call, party);
    ring(call, party);
    return id;
}

void Switchboard::enqueue(Call& call, bool first) {
    call.ticket = router_.enqueue(router_.queue(voice_mrd, call.wanted_group), first, std::nullopt,
                                  [this, id = call.id](AgentIndex agent, GroupNumber group) {
                                      if (Call* waiting = calls_.find(id)) offer(*waiting, agent, group);
                                  });
}

void Switchboard::offer(Call& call, AgentIndex index, GroupNumber group) {
    const Agent& agent = agents_.at(index);
    call.ticket.reset();
    call.group = group;
    Party& party = join(call, agent.voice.device->extension, index, State::LCS_ALERTING);
    events_.pre_call(call, agent);
    events_.begin(call, party);
    ring(call, party);
}

void Switchboard::ring(Call& call, Party& party) {
    Agent& agent = agents_.at(*party.agent);
    party.state = State::LCS_ALERTING;
    events_.delivered(call, party);
    voice_.calls_changed(agent);
    party.ring_timer = later(agent.settings->desk.ring_no_answer, party.id, &Switchboard::no_answer);
    if (call.answer_after)
        party.answer_timer =
            timers_.after(*call.answer_after, [this, id = party.id] { answer(id, unconfirmed); });
}

void Switchboard::stop_ringing(Party& party) {
    timers_.cancel(party.ring_timer);
    timers_.cancel(party.answer_timer);
}

void Switchboard::no_answer(Call& call, Party& party) {
    outside_.report("call.not_answered", {{"call", call.id.value}, {"agent", agents_.at(*party.agent).id()}});
    if (!call.routed) return end(call, party, EventCause::CEC_CALL_NOT_ANSWERED, Parting::abandoned);
    // the router takes the call back and sends it out anew: another ConnectionCallID, the same call key
    Call& again = enter({.name = call.name,
                         .ani = call.ani,
                         .dnis = call.dnis,
                         .to = std::nullopt,
                         .skill_group = call.wanted_group,
                         .data = call.data,
                         .talk = call.talk,
                         .answer_after = call.answer_after});
    again.key = call.key;
    end(call, party, EventCause::CECX_RING_NO_ANSWER, Parting::no_answer);
    enqueue(again, true);
}

void Switchboard::connect(Call& call, Party& party) {
    stop_ringing(party);
    timers_.cancel(call.patience_timer);
    party.state = State::LCS_CONNECT;
    for (Party& each : call.parties) {
        if (each.state == State::LCS_INITIATE) each.state = State::LCS_CONNECT;
    }
    events_.established(call, party);
    for (const Party& each : call.parties) {
        if (each.agent) voice_.calls_changed(agents_.at(*each.agent));
    }
    if (call.talk.count() > 0)
        call.talk_timer = timers_.after(call.talk, [this, id = call.id] { caller_hangs_up(id); });
}

void Switchboard::caller_hangs_up(CallId id) {
    Call* call = calls_.find(id);
    if (call == nullptr || call->ended) return;
    outside_.report("call.caller_left", {{"call", id.value}});
    // of a call that an agent dialled it is the other end that hangs up
    auto caller = std::ranges::find_if(call->parties,
                                       [](const Party& party) { return party.is_live() && !party.agent; });
    if (caller == call->parties.end()) caller = call->parties.begin();
    end(*call, *caller, EventCause::CEC_NONE, Parting::abandoned);
}

void Switchboard::drop_all(const Agent& agent) {
    const std::vector<CallId> last_first(agent.voice.calls.rbegin(), agent.voice.calls.rend());
    for (const CallId id : last_first) {
        Call* call = calls_.find(id);
        Party* party = call == nullptr ? nullptr : call->party_of(agent.index);
        if (party != nullptr) end(*call, *party, EventCause::CEC_NONE, Parting::abandoned);
    }
}

void Switchboard::stop_timers(Call& call) {
    for (Party& party : call.parties) stop_ringing(party);
    timers_.cancel(call.talk_timer);
    timers_.cancel(call.patience_timer);
    router_.cancel(call.ticket);
}

void Switchboard::leave(Call& call, Party& party) {
    party.state = State::LCS_NULL;
    if (party.agent) std::erase(agents_.at(*party.agent).voice.calls, call.id);
}

void Switchboard::end(Call& call, Party& first, std::uint16_t cause, Parting how) {
    stop_timers(call);
    call.ended = true;
    struct Left {
        AgentIndex agent;
        Parting how;
    };
    std::vector<Left> left;
    std::vector<Party*> order{&first};
    for (Party& party : call.parties) {
        if (&party != &first && party.is_live()) order.push_back(&party);
    }
    const bool seen =
        std::ranges::any_of(call.parties, [](const Party& party) { return party.agent.has_value(); });
    for (Party* party : order) {
        const bool alerting = party->state == State::LCS_ALERTING;
        if (seen) events_.connection_cleared(call, *party, cause);
        leave(call, *party);
        if (party->agent) left.push_back({*party->agent, alerting ? how : Parting::talked});
    }
    if (seen) events_.cleared(call, first, cause);
    for (const auto& [index, parting] : left) {
        Agent& agent = agents_.at(index);
        if (agent.voice.calls.empty())
            voice_.calls_over(agent, call, parting);
        else
            voice_.calls_changed(agent);
    }
    const bool wrapped_up = std::ranges::any_of(
        left, [&](const Left& entry) { return agents_.at(entry.agent).voice.wrap_up_call == call.id; });
    if (!wrapped_up) release(call.id);
}

void Switchboard::release(CallId id) {
    Call* call = calls_.find(id);
    if (call == nullptr || !call->ended) return;
    const Party* mine = nullptr;
    for (const Party& party : call->parties) {
        if (!party.agent) continue;
        mine = &party;
        VoiceState& voice = agents_.at(*party.agent).voice;
        if (voice.wrap_up_call == id) voice.wrap_up_call.reset();
    }
    if (mine != nullptr) events_.ended(*call, *mine);
    calls_.remove(id);
}

void Switchboard::data_changed(CallId id) {
    const Call* call = calls_.find(id);
    if (call == nullptr) return;
    for (const Party& party : call->parties) {
        if (party.agent) return events_.data_update(*call, party);
    }
}

}  // namespace cticonnector::sim::cc
