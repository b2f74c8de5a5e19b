#pragma once
// The voice state of an agent: login, logout, ready and not ready, work, and what their calls make of it. The
// state after a call is the one asked for during it, or wrap-up as their desk settings say.
// Source: GED-188 section 8 with the Unified CCE specifics; R-DEC-1, R-DEC-40, R-DEC-48, R-DEC-49.

#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "agents.hpp"

namespace cticonnector::sim::cc {

// How an agent's last call left them.
enum class Parting : std::uint8_t { talked, abandoned, no_answer };

// CONTROL_FAILURE_CONF without its InvokeID; no refusal: the request is fine.
struct ControlFailure {
    std::uint16_t code = 0;
    std::uint32_t peripheral = 0;
};
using Refusal = std::optional<ControlFailure>;
inline constexpr ControlFailure agent_unknown{ged188::ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED, 0};

struct StateRequest {
    AgentStateValue state = ged188::AgentState::AGENT_STATE_NOT_READY;
    std::uint16_t reason = 0;
    bool forced = false;
};

class Voice {
  public:
    Voice(Timers& timers, const PhoneCalls& calls, Agents& agents, Outside& outside)
        : timers_(timers), calls_(calls), agents_(agents), outside_(outside) {}

    // What happens with the call of a wrap-up that is over, and with the calls of an agent who is forced out.
    void on_wrap_up_over(std::function<void(CallId)> over) { wrap_up_over_ = std::move(over); }
    void on_forced_out(std::function<void(const Agent&)> out) { forced_out_ = std::move(out); }

    static Refusal check_password(const Agent* agent, std::string_view password);
    Refusal check_login(const Agent& agent, std::string_view device);
    void login(Agent& agent, std::string_view device);
    // Any state but login.
    Refusal check_state(const Agent& agent, const StateRequest& request) const;
    void set_state(Agent& agent, const StateRequest& request);

    // A call of theirs came, went, or changed its connection state.
    void calls_changed(Agent& agent);
    // Their last call is over; `call` may be wrapped up.
    void calls_over(Agent& agent, const Call& call, Parting how);
    bool in_call(const Agent& agent) const;

  private:
    void enter(Agent& agent, AgentStateValue state, std::uint16_t reason);
    void begin_wrap_up(Agent& agent, CallId call, AgentStateValue state);
    void end_wrap_up(Agent& agent);
    void logout(Agent& agent, std::uint16_t reason);

    std::optional<AgentStateValue> state_from_calls(const Agent& agent, AgentStateValue before) const;

    Timers& timers_;
    const PhoneCalls& calls_;
    Agents& agents_;
    Outside& outside_;
    std::function<void(CallId)> wrap_up_over_;
    std::function<void(const Agent&)> forced_out_;
};

}  // namespace cticonnector::sim::cc
