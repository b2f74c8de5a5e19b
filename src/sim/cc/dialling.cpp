// Calls that agents dial: inside to a device where an agent is logged in, outside by the numbers of the
// script. Source: GED-188 section 8, Unified CCE specifics.

#include "calls.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;
using State = LocalConnectionState;

namespace {

constexpr ControlFailure available_or_work{ControlFailureCode::CF_INVALID_OBJECT_STATE,
                                           PeripheralErrorCode::PERERR_TELDRIVE_AGENTAVAILORWORK};
constexpr ControlFailure reserved{ControlFailureCode::CF_INVALID_OBJECT_STATE,
                                  PeripheralErrorCode::PERERR_TELDRIVE_AGENTRESERVED};
constexpr ControlFailure busy{ControlFailureCode::CF_INVALID_OBJECT_STATE,
                              PeripheralErrorCode::PERERR_TELDRIVE_BADSTATETRANSITION};
constexpr ControlFailure number_unknown{ControlFailureCode::CF_INVALID_DESTINATION, 0};

Refusal check_state(const VoiceState& voice) {
    switch (voice.state) {
        case AgentState::AGENT_STATE_NOT_READY:
            if (voice.calls.empty()) return {};
            return busy;
        case AgentState::AGENT_STATE_AVAILABLE:
        case AgentState::AGENT_STATE_WORK_READY:
        case AgentState::AGENT_STATE_WORK_NOT_READY: return available_or_work;
        case AgentState::AGENT_STATE_RESERVED: return reserved;
        default: return busy;
    }
}

}  // namespace

const Number* Calls::number_for(std::string_view number) const {
    for (const Number& row : settings_.numbers) {
        if (number.starts_with(row.prefix)) return &row;
    }
    return nullptr;
}

Refusal Calls::dial(Agent& agent, std::string number, const Data& data, const Confirm& confirm) {
    if (const Refusal refusal = check_state(agent.voice)) return refusal;
    Agent* callee = agents_.at_device(number);
    const bool device = agents_.device(number) != nullptr;
    const Number* outside = device ? nullptr : number_for(number);
    // nobody logged in: the phone on the desk is there, but nobody would answer it
    if (number.empty() || callee == &agent || (callee == nullptr && outside == nullptr))
        return number_unknown;
    Call& call = create(callee != nullptr ? CallType::CALLTYPE_AGENT_INSIDE : CallType::CALLTYPE_OUT);
    call.ani = agent.voice.device->extension;
    call.dnis = number;
    call.dialed_number = number;
    call.data = data;
    names_[""] = call.id;
    Party& dialling = add_party(call, agent.voice.device->extension, &agent, State::LCS_INITIATE);
    confirm(call);
    events_.begin(call, dialling);
    events_.service_initiated(call, dialling);
    voice_.calls_changed(agent);
    events_.originated(call, dialling);
    if (callee != nullptr)
        ring(call, add_party(call, callee->voice.device->extension, callee, State::LCS_ALERTING));
    else
        dial_outside(call, *outside);
    return {};
}

void Calls::dial_outside(Call& call, const Number& number) {
    if (number.outcome == Number::Outcome::busy) {
        Party& dialling = call.parties.front();
        events_.failed(call, dialling, EventCause::CEC_BUSY);
        return end(call, dialling, EventCause::CEC_BUSY, Parting::talked);
    }
    Party& outside = add_party(call, call.dialed_number, nullptr, State::LCS_ALERTING);
    events_.delivered(call, outside);
    if (number.outcome == Number::Outcome::ring) return;
    call.ring_timer = timers_.after(number.answer_after, [this, &call, &outside] { connect(call, outside); });
}

}  // namespace cticonnector::sim::cc
