#include "calls.hpp"

#include <algorithm>

namespace cticonnector::sim::cc {

using namespace ged188;
using State = LocalConnectionState;

namespace {

constexpr std::int32_t router_call_key_day = 151'635;

constexpr ControlFailure call_state_wrong{ControlFailureCode::CF_INVALID_OBJECT_STATE,
                                          PeripheralErrorCode::PERERR_CM_ILLEGAL_CALLSTATE};
constexpr ControlFailure nothing_to_answer{ControlFailureCode::CF_NO_CALL_TO_ANSWER, 0};
constexpr ControlFailure nothing_active{ControlFailureCode::CF_NO_ACTIVE_CALL, 0};
constexpr ControlFailure nothing_held{ControlFailureCode::CF_NO_HELD_CALL, 0};
constexpr ControlFailure nothing_to_clear{ControlFailureCode::CF_NO_CONNECTION_TO_CLEAR, 0};

bool is_live(const Party& party) { return party.state != State::LCS_NULL; }

}  // namespace

Party* Call::party_of(const Agent& agent) {
    const auto found = std::ranges::find(parties, &agent, &Party::agent);
    return found == parties.end() ? nullptr : &*found;
}

Calls::Calls(const Settings& settings, Timers& timers, Agents& agents, Router& router, Voice& voice,
             CallEvents& events, Outside& outside)
    : settings_(settings),
      timers_(timers),
      agents_(agents),
      router_(router),
      voice_(voice),
      events_(events),
      outside_(outside) {
    voice_.on_wrap_up_over([this](Call& call) { release(call); });
    voice_.on_forced_out([this](Agent& agent) { drop_all(agent); });
}

Call* Calls::find(std::uint32_t id) {
    const auto found = calls_.find(id);
    return found == calls_.end() ? nullptr : found->second.get();
}

Call* Calls::named(std::string_view name) {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : find(found->second);
}

Call& Calls::create(std::uint16_t type) {
    const std::uint32_t id = ++last_call_;
    Call& call = *calls_.emplace(id, std::make_unique<Call>()).first->second;
    call.id = id;
    call.type = type;
    call.key = {router_call_key_day, static_cast<std::int32_t>(id), 1};
    // parties are pointed at while they ring: they must not move
    call.parties.reserve(SpecialValues::MAX_NUM_PARTIES);
    return call;
}

Party& Calls::add_party(Call& call, std::string_view device, Agent* agent, std::uint16_t state) {
    Party& party = call.parties.emplace_back();
    party.device = device;
    party.connection = party.device + "/" + std::to_string(call.id);
    party.agent = agent;
    party.state = state;
    if (agent != nullptr) agent->voice.calls.push_back(&call);
    return party;
}

Call& Calls::place(const NewCall& wanted) {
    const bool routed = !wanted.to;
    Call& call = create(routed ? CallType::CALLTYPE_ACD_IN : CallType::CALLTYPE_OTHER_IN);
    call.name = wanted.name;
    call.ani = wanted.ani;
    call.dnis = wanted.to.value_or(wanted.dnis);
    call.dialed_number = wanted.dnis;
    call.data = wanted.data;
    call.routed = routed;
    call.wanted_group = wanted.skill_group;
    call.talk = wanted.talk;
    call.answer_after = wanted.answer_after;
    names_[call.name] = call.id;
    names_[""] = call.id;
    add_party(call, call.ani, nullptr, State::LCS_CONNECT);
    if (wanted.patience.count() > 0)
        call.patience_timer = timers_.after(wanted.patience, [this, &call] { caller_hangs_up(call); });
    outside_.report("call.arrived", {{"call", call.id}, {"ani", call.ani}, {"dnis", call.dnis}});
    if (routed) {
        enqueue(call, false);
    } else {
        Agent& agent = *agents_.at_device(*wanted.to);
        Party& party = add_party(call, agent.voice.device->extension, &agent, State::LCS_ALERTING);
        events_.begin(call, party);
        ring(call, party);
    }
    return call;
}

void Calls::enqueue(Call& call, bool first) {
    call.ticket =
        router_.enqueue(router_.queue(voice_mrd, call.wanted_group), first, nullptr,
                        [this, &call](Agent& agent, const SkillGroup* group) { offer(call, agent, group); });
}

void Calls::offer(Call& call, Agent& agent, const SkillGroup* group) {
    call.ticket.reset();
    call.group = group;
    Party& party = add_party(call, agent.voice.device->extension, &agent, State::LCS_ALERTING);
    events_.pre_call(call, agent);
    events_.begin(call, party);
    ring(call, party);
}

void Calls::ring(Call& call, Party& party) {
    party.state = State::LCS_ALERTING;
    events_.delivered(call, party);
    voice_.calls_changed(*party.agent);
    call.ring_timer = timers_.after(party.agent->settings->desk.ring_no_answer,
                                    [this, &call, &party] { no_answer(call, party); });
    if (call.answer_after)
        call.answer_timer =
            timers_.after(*call.answer_after, [this, &call, &party] { answer(call, party, unconfirmed); });
}

void Calls::no_answer(Call& call, Party& party) {
    outside_.report("call.not_answered", {{"call", call.id}, {"agent", party.agent->id()}});
    if (!call.routed) return end(call, party, EventCause::CEC_CALL_NOT_ANSWERED, Parting::abandoned);
    // the router takes the call back and sends it out anew: another ConnectionCallID, the same call key
    Call& again = create(call.type);
    again.key = call.key;
    again.name = call.name;
    again.ani = call.ani;
    again.dnis = call.dnis;
    again.dialed_number = call.dialed_number;
    again.data = call.data;
    again.routed = true;
    again.wanted_group = call.wanted_group;
    again.talk = call.talk;
    again.answer_after = call.answer_after;
    names_[again.name] = again.id;
    names_[""] = again.id;
    add_party(again, again.ani, nullptr, State::LCS_CONNECT);
    end(call, party, EventCause::CECX_RING_NO_ANSWER, Parting::no_answer);
    enqueue(again, true);
}

bool Calls::has_connected_call(const Agent& agent) const {
    return std::ranges::any_of(agent.voice.calls, [&](Call* call) {
        const std::uint16_t state = call->party_of(agent)->state;
        return state == State::LCS_CONNECT || state == State::LCS_INITIATE;
    });
}

Refusal Calls::answer(Call& call, Party& party, const Confirm& confirm) {
    if (party.agent == nullptr || party.state != State::LCS_ALERTING) return nothing_to_answer;
    if (has_connected_call(*party.agent)) return call_state_wrong;
    confirm(call);
    connect(call, party);
    return {};
}

void Calls::connect(Call& call, Party& party) {
    timers_.cancel(call.ring_timer);
    timers_.cancel(call.answer_timer);
    timers_.cancel(call.patience_timer);
    for (Party& each : call.parties) {
        if (is_live(each)) each.state = State::LCS_CONNECT;
    }
    events_.established(call, party);
    for (Party& each : call.parties) {
        if (each.agent != nullptr) voice_.calls_changed(*each.agent);
    }
    if (call.talk.count() > 0)
        call.talk_timer = timers_.after(call.talk, [this, &call] { caller_hangs_up(call); });
}

Refusal Calls::hold(Call& call, Party& party, const Confirm& confirm) {
    if (party.state != State::LCS_CONNECT || party.agent == nullptr) return nothing_active;
    confirm(call);
    party.state = State::LCS_HOLD;
    events_.held(call, party);
    voice_.calls_changed(*party.agent);
    return {};
}

Refusal Calls::retrieve(Call& call, Party& party, const Confirm& confirm) {
    if (party.state != State::LCS_HOLD) return nothing_held;
    if (has_connected_call(*party.agent)) return call_state_wrong;
    confirm(call);
    party.state = State::LCS_CONNECT;
    events_.retrieved(call, party);
    voice_.calls_changed(*party.agent);
    return {};
}

Refusal Calls::alternate(Call& active, Party& mine, Call& held, Party& other, const Confirm& confirm) {
    if (mine.state != State::LCS_CONNECT || mine.agent == nullptr) return nothing_active;
    if (other.state != State::LCS_HOLD || other.agent != mine.agent) return nothing_held;
    confirm(active);
    hold(active, mine, unconfirmed);
    retrieve(held, other, unconfirmed);
    return {};
}

Refusal Calls::drop(Call& call, Party& party, const Confirm& confirm) {
    if (!is_live(party)) return nothing_to_clear;
    // a ringing call cannot be refused at the device; the no-answer time takes it away (R-CALL-2)
    if (party.agent != nullptr && party.state == State::LCS_ALERTING) return call_state_wrong;
    confirm(call);
    end(call, party, EventCause::CEC_NONE, Parting::talked);
    return {};
}

Refusal Calls::clear(Call& call, const Confirm& confirm) {
    const auto party = std::ranges::find_if(call.parties, is_live);
    if (call.ended || party == call.parties.end()) return nothing_to_clear;
    confirm(call);
    end(call, *party, EventCause::CEC_NONE, Parting::abandoned);
    return {};
}

void Calls::caller_hangs_up(Call& call) {
    if (call.ended) return;
    outside_.report("call.caller_left", {{"call", call.id}});
    // of a call that an agent dialled it is the other end that hangs up
    auto caller = std::ranges::find_if(
        call.parties, [](const Party& party) { return is_live(party) && party.agent == nullptr; });
    if (caller == call.parties.end()) caller = call.parties.begin();
    end(call, *caller, EventCause::CEC_NONE, Parting::abandoned);
}

void Calls::drop_all(Agent& agent) {
    while (!agent.voice.calls.empty()) {
        Call& call = *agent.voice.calls.back();
        end(call, *call.party_of(agent), EventCause::CEC_NONE, Parting::abandoned);
    }
}

void Calls::stop_timers(Call& call) {
    timers_.cancel(call.ring_timer);
    timers_.cancel(call.talk_timer);
    timers_.cancel(call.answer_timer);
    timers_.cancel(call.patience_timer);
    router_.cancel(call.ticket);
}

void Calls::end(Call& call, Party& first, std::uint16_t cause, Parting how) {
    stop_timers(call);
    call.ended = true;
    struct Left {
        Agent* agent;
        Parting how;
    };
    std::vector<Left> left;
    std::vector<Party*> order{&first};
    for (Party& party : call.parties) {
        if (&party != &first && is_live(party)) order.push_back(&party);
    }
    const bool seen =
        std::ranges::any_of(call.parties, [](const Party& party) { return party.agent != nullptr; });
    for (Party* party : order) {
        const bool alerting = party->state == State::LCS_ALERTING;
        if (seen) events_.connection_cleared(call, *party, cause);
        party->state = State::LCS_NULL;
        if (party->agent == nullptr) continue;
        std::erase(party->agent->voice.calls, &call);
        left.push_back({party->agent, alerting ? how : Parting::talked});
    }
    if (seen) events_.cleared(call, first, cause);
    for (const auto& [agent, parting] : left) {
        if (agent->voice.calls.empty())
            voice_.calls_over(*agent, call, parting);
        else
            voice_.calls_changed(*agent);
    }
    const bool wrapped_up = std::ranges::any_of(
        left, [&](const Left& entry) { return entry.agent->voice.wrap_up_call == &call; });
    if (!wrapped_up) release(call);
}

void Calls::release(Call& call) {
    if (!call.ended) return;
    const Party* mine = nullptr;
    for (const Party& party : call.parties) {
        if (party.agent == nullptr) continue;
        mine = &party;
        if (party.agent->voice.wrap_up_call == &call) party.agent->voice.wrap_up_call = nullptr;
    }
    if (mine != nullptr) events_.ended(call, *mine);
    if (const auto named = names_.find(call.name); named != names_.end() && named->second == call.id)
        names_.erase(named);
    calls_.erase(call.id);
}

void Calls::data_changed(Call& call) {
    for (const Party& party : call.parties) {
        if (party.agent != nullptr) return events_.data_update(call, party);
    }
}

}  // namespace cticonnector::sim::cc
