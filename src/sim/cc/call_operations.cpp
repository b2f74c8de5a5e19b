// What a client or somebody at the phone can do with a call: answer, hold, retrieve, alternate, drop, clear.
// Source: GED-188 sections 7 and 8.
#include <algorithm>

#include "switchboard.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;
using State = LocalConnectionState;

namespace {

constexpr ControlFailure call_state_wrong{ControlFailureCode::CF_INVALID_OBJECT_STATE,
                                          PeripheralErrorCode::PERERR_CM_ILLEGAL_CALLSTATE};
constexpr ControlFailure nothing_to_answer{ControlFailureCode::CF_NO_CALL_TO_ANSWER, 0};
constexpr ControlFailure nothing_active{ControlFailureCode::CF_NO_ACTIVE_CALL, 0};
constexpr ControlFailure nothing_held{ControlFailureCode::CF_NO_HELD_CALL, 0};
constexpr ControlFailure nothing_to_clear{ControlFailureCode::CF_NO_CONNECTION_TO_CLEAR, 0};

}  // namespace

bool Switchboard::has_connected_call(AgentIndex agent) const {
    return std::ranges::any_of(agents_.at(agent).voice.calls, [&](CallId id) {
        const Party* party = calls_.find(id, agent);
        return party != nullptr &&
               (party->state == State::LCS_CONNECT || party->state == State::LCS_INITIATE);
    });
}

Refusal Switchboard::answer(PartyId id, const Confirm& confirm) {
    Party* party = calls_.find(id);
    if (party == nullptr || !party->agent || party->state != State::LCS_ALERTING) return nothing_to_answer;
    if (has_connected_call(*party->agent)) return call_state_wrong;
    confirm(*party);
    connect(*calls_.find(id.call), *party);
    return {};
}

Refusal Switchboard::hold(PartyId id, const Confirm& confirm) {
    Party* party = calls_.find(id);
    if (party == nullptr || party->state != State::LCS_CONNECT || !party->agent) return nothing_active;
    confirm(*party);
    party->state = State::LCS_HOLD;
    events_.held(*calls_.find(id.call), *party);
    voice_.calls_changed(agents_.at(*party->agent));
    return {};
}

Refusal Switchboard::retrieve(PartyId id, const Confirm& confirm) {
    Party* party = calls_.find(id);
    if (party == nullptr || party->state != State::LCS_HOLD) return nothing_held;
    if (has_connected_call(*party->agent)) return call_state_wrong;
    confirm(*party);
    party->state = State::LCS_CONNECT;
    events_.retrieved(*calls_.find(id.call), *party);
    voice_.calls_changed(agents_.at(*party->agent));
    return {};
}

Refusal Switchboard::alternate(PartyId active, PartyId held, const Confirm& confirm) {
    const Party* mine = calls_.find(active);
    const Party* other = calls_.find(held);
    if (mine == nullptr || mine->state != State::LCS_CONNECT || !mine->agent) return nothing_active;
    if (other == nullptr || other->state != State::LCS_HOLD || other->agent != mine->agent)
        return nothing_held;
    confirm(*mine);
    hold(active, unconfirmed);
    retrieve(held, unconfirmed);
    return {};
}

Refusal Switchboard::drop(PartyId id, const Confirm& confirm) {
    Party* party = calls_.find(id);
    if (party == nullptr || !party->is_live()) return nothing_to_clear;
    // a ringing call cannot be refused at the device; the no-answer time takes it away (R-CALL-2)
    if (party->agent && party->state == State::LCS_ALERTING) return call_state_wrong;
    confirm(*party);
    end(*calls_.find(id.call), *party, EventCause::CEC_NONE, Parting::talked);
    return {};
}

Refusal Switchboard::clear(CallId id, const Confirm& confirm) {
    Call* call = calls_.find(id);
    if (call == nullptr || call->ended) return nothing_to_clear;
    const auto party = std::ranges::find_if(call->parties, &Party::is_live);
    if (party == call->parties.end()) return nothing_to_clear;
    confirm(*party);
    end(*call, *party, EventCause::CEC_NONE, Parting::abandoned);
    return {};
}

}  // namespace cticonnector::sim::cc
