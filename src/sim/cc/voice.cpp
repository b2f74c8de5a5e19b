#include "voice.hpp"

#include <algorithm>
#include <utility>

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

constexpr ControlFailure password_wrong{ControlFailureCode::CF_INVALID_PASSWORD_SPECIFIED, 0};
constexpr ControlFailure logon_device_unknown{ControlFailureCode::CF_INVALID_LOGON_DEVICE_SPECIFIED,
                                              PeripheralErrorCode::PERERR_TELDRIVE_NOINSTRUMENTFOREXTENSION};
constexpr ControlFailure device_taken{ControlFailureCode::CF_SPECIFIED_EXTENSION_ALREADY_IN_USE, 0};
constexpr ControlFailure already_signed_on{ControlFailureCode::CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON,
                                           PeripheralErrorCode::PERERR_TELDRIVE_AGENTALREADYSIGNEDON};
constexpr ControlFailure already_logged_out{ControlFailureCode::CF_INVALID_OBJECT_STATE,
                                            PeripheralErrorCode::PERERR_TELDRIVE_AGENTALREADYLOGGEDOUT};
constexpr ControlFailure cannot_log_out{ControlFailureCode::CF_INVALID_OBJECT_STATE,
                                        PeripheralErrorCode::PERERR_TELDRIVE_CANTLOGOUTFROMCURRENTSTATE};
constexpr ControlFailure bad_transition{ControlFailureCode::CF_INVALID_OBJECT_STATE,
                                        PeripheralErrorCode::PERERR_TELDRIVE_BADSTATETRANSITION};

bool is_work(AgentStateValue state) {
    return state == AgentState::AGENT_STATE_WORK_READY || state == AgentState::AGENT_STATE_WORK_NOT_READY;
}

// The state that follows work.
AgentStateValue without_work(AgentStateValue state) {
    if (state == AgentState::AGENT_STATE_WORK_READY) return AgentState::AGENT_STATE_AVAILABLE;
    if (state == AgentState::AGENT_STATE_WORK_NOT_READY) return AgentState::AGENT_STATE_NOT_READY;
    return state;
}

bool from_calls(AgentStateValue state) {
    return state == AgentState::AGENT_STATE_RESERVED || state == AgentState::AGENT_STATE_TALKING ||
           state == AgentState::AGENT_STATE_HOLD;
}

}  // namespace

// What the calls alone make of the agent: the most active connection decides.
std::optional<AgentStateValue> Voice::state_from_calls(const Agent& agent, AgentStateValue before) const {
    std::optional<AgentStateValue> state;
    for (const CallId id : agent.voice.calls) {
        const Call* call = calls_.find(id);
        const Party* party = call == nullptr ? nullptr : call->party_of(agent.index);
        if (party == nullptr) continue;
        switch (party->state) {
            case LocalConnectionState::LCS_CONNECT:
            case LocalConnectionState::LCS_INITIATE: return AgentState::AGENT_STATE_TALKING;
            case LocalConnectionState::LCS_HOLD: state = AgentState::AGENT_STATE_HOLD; break;
            default:
                // a direct call that rings does not reserve somebody who is not available
                if (!state && (call->routed || before == AgentState::AGENT_STATE_AVAILABLE))
                    state = AgentState::AGENT_STATE_RESERVED;
        }
    }
    return state;
}

Refusal Voice::check_password(const Agent* agent, std::string_view password) {
    if (agent == nullptr) return agent_unknown;
    if (agent->settings->password != password) return password_wrong;
    return {};
}

Refusal Voice::check_login(const Agent& agent, std::string_view name) {
    const Device* device = agents_.device(name);
    if (device == nullptr) return logon_device_unknown;
    if (agent.voice.logged_in()) return already_signed_on;
    if (agents_.at_device(name) != nullptr) return device_taken;
    return {};
}

void Voice::login(Agent& agent, std::string_view device) {
    agents_.signed_on(agent, *agents_.device(device));
    agent.voice.next.reset();
    enter(agent, AgentState::AGENT_STATE_NOT_READY, 0);
    outside_.report("agent.login", {{"agent", agent.id()}, {"device", agent.voice.device->extension}});
    agents_.publish_login(agent, voice_mrd);
}

Refusal Voice::check_state(const Agent& agent, const StateRequest& request) const {
    const VoiceState& voice = agent.voice;
    const bool busy = from_calls(voice.state) || !voice.calls.empty();
    switch (request.state) {
        case AgentState::AGENT_STATE_LOGOUT:
            if (!voice.logged_in()) return already_logged_out;
            if (!request.forced && (busy || voice.state != AgentState::AGENT_STATE_NOT_READY))
                return cannot_log_out;
            return {};
        case AgentState::AGENT_STATE_NOT_READY:
        case AgentState::AGENT_STATE_AVAILABLE:
            if (!voice.logged_in()) return bad_transition;
            return {};
        case AgentState::AGENT_STATE_WORK_READY:
        case AgentState::AGENT_STATE_WORK_NOT_READY:
            // wrap-up can be asked for during a call, or changed while it lasts
            if (!(busy && in_call(agent)) && !is_work(voice.state)) return bad_transition;
            if (agent.settings->desk.wrap_up == WrapUp::none) return bad_transition;
            return {};
        default: return bad_transition;
    }
}

void Voice::set_state(Agent& agent, const StateRequest& request) {
    VoiceState& voice = agent.voice;
    if (request.state == AgentState::AGENT_STATE_LOGOUT) {
        forced_out_(agent);
        return logout(agent, request.reason);
    }
    if (from_calls(voice.state)) {
        voice.next = request.state;
        voice.next_reason = request.reason;
        agents_.changed(agent);
        return;
    }
    if (is_work(voice.state) && !is_work(request.state)) end_wrap_up(agent);
    enter(agent, request.state, request.reason);
}

void Voice::enter(Agent& agent, AgentStateValue state, std::uint16_t reason) {
    agent.voice.state = state;
    agent.voice.reason = reason;
    agents_.changed(agent);
}

void Voice::logout(Agent& agent, std::uint16_t reason) {
    end_wrap_up(agent);
    enter(agent, AgentState::AGENT_STATE_LOGOUT, reason);
    // while the device is still known: the event names it
    agents_.publish_now(agent, voice_mrd);
    outside_.report("agent.logout", {{"agent", agent.id()}, {"reason", reason}});
    agents_.signed_off(agent);
}

bool Voice::in_call(const Agent& agent) const {
    return std::ranges::any_of(agent.voice.calls, [&](CallId id) {
        const Party* party = calls_.find(id, agent.index);
        return party != nullptr && party->state != LocalConnectionState::LCS_ALERTING;
    });
}

void Voice::calls_changed(Agent& agent) {
    VoiceState& voice = agent.voice;
    if (!voice.logged_in()) return;
    const AgentStateValue before = from_calls(voice.state) ? voice.before : without_work(voice.state);
    const auto state = state_from_calls(agent, before);
    agents_.changed(agent);
    if (!state || state == voice.state) return;
    if (is_work(voice.state)) end_wrap_up(agent);
    if (!from_calls(voice.state)) voice.before = before;
    enter(agent, *state, 0);
}

void Voice::calls_over(Agent& agent, const Call& call, Parting how) {
    VoiceState& voice = agent.voice;
    if (!voice.logged_in() || !from_calls(voice.state)) return agents_.changed(agent);
    const AgentStateValue wanted = voice.next.value_or(voice.before);
    const std::uint16_t reason = voice.next ? voice.next_reason : std::uint16_t{0};
    voice.next.reset();
    const DeskSettings& desk = agent.settings->desk;
    if (how == Parting::no_answer)
        return enter(agent, AgentState::AGENT_STATE_NOT_READY, desk.no_answer_reason);
    if (how == Parting::talked && is_work(wanted)) return begin_wrap_up(agent, call.id, wanted);
    if (how == Parting::talked && desk.wrap_up == WrapUp::required && call.inbound()) {
        return begin_wrap_up(agent, call.id,
                             wanted == AgentState::AGENT_STATE_AVAILABLE
                                 ? AgentState::AGENT_STATE_WORK_READY
                                 : AgentState::AGENT_STATE_WORK_NOT_READY);
    }
    enter(agent, without_work(wanted), reason);
}

void Voice::begin_wrap_up(Agent& agent, CallId call, AgentStateValue state) {
    agent.voice.wrap_up_call = call;
    enter(agent, state, 0);
    agent.voice.wrap_up_timer = timers_.after(agent.settings->desk.wrap_up_time, [this, index = agent.index] {
        Agent& working = agents_.at(index);
        const AgentStateValue after = without_work(working.voice.state);
        end_wrap_up(working);
        enter(working, after, 0);
    });
}

void Voice::end_wrap_up(Agent& agent) {
    timers_.cancel(agent.voice.wrap_up_timer);
    const auto call = std::exchange(agent.voice.wrap_up_call, std::nullopt);
    if (call) wrap_up_over_(*call);
}

}  // namespace cticonnector::sim::cc
