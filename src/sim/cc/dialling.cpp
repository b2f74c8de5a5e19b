// Calls that agents dial: inside to a device where an agent is logged in, outside by the numbers of the
// script. Source: GED-188 section 8, Unified CCE specifics.

#include <optional>
#include <string>

#include "switchboard.hpp"

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

const Number* Switchboard::number_for(std::string_view number) const {
    for (const Number& row : settings_.numbers) {
        if (number.starts_with(row.prefix)) return &row;
    }
    return nullptr;
}

Refusal Switchboard::dial(AgentIndex index, const std::string& number, const Data& data,
                          const Confirm& confirm) {
    Agent& agent = agents_.at(index);
    if (const Refusal refusal = check_state(agent.voice)) return refusal;
    const Agent* callee = agents_.at_device(number);
    const bool device = agents_.device(number) != nullptr;
    const Number* outside = device ? nullptr : number_for(number);
    // nobody logged in: the phone on the desk is there, but nobody would answer it
    if (number.empty() || callee == &agent || (callee == nullptr && outside == nullptr))
        return number_unknown;
    Call& call = calls_.create(callee != nullptr ? CallType::CALLTYPE_AGENT_INSIDE : CallType::CALLTYPE_OUT);
    call.ani = agent.voice.device->extension;
    call.dnis = number;
    call.dialed_number = number;
    call.data = data;
    calls_.enter_name(call);
    Party& dialling = join(call, agent.voice.device->extension, index, State::LCS_INITIATE);
    confirm(dialling);
    events_.begin(call, dialling);
    events_.service_initiated(call, dialling);
    voice_.calls_changed(agent);
    events_.originated(call, dialling);
    if (callee != nullptr)
        ring(call, join(call, callee->voice.device->extension, callee->index, State::LCS_ALERTING));
    else
        dial_outside(call, dialling, *outside);
    return {};
}

void Switchboard::dial_outside(Call& call, Party& dialling, const Number& number) {
    if (number.outcome == Number::Outcome::busy) {
        events_.failed(call, dialling, EventCause::CEC_BUSY);
        return end(call, dialling, EventCause::CEC_BUSY, Parting::talked);
    }
    Party& outside = join(call, call.dialed_number, std::nullopt, State::LCS_ALERTING);
    events_.delivered(call, outside);
    if (number.outcome == Number::Outcome::ring) return;
    outside.ring_timer = later(number.answer_after, outside.id, &Switchboard::connect);
}

}  // namespace cticonnector::sim::cc
