#pragma once
// What the contact center holds of an agent: the voice state, and the state in every media routing domain
// (MRD). Source: ARM task model sections 3 and 4; GED-188 section 8.

#include <optional>
#include <string_view>
#include <vector>

#include "cticonnector/protocol/ged188/ged188.hpp"
#include "outside.hpp"
#include "phone_calls.hpp"
#include "settings.hpp"
#include "timers.hpp"

namespace cticonnector::sim::cc {

using AgentStateValue = std::uint16_t;  // ged188::AgentState

struct VoiceState {
    AgentStateValue state = ged188::AgentState::AGENT_STATE_LOGOUT;
    std::optional<AgentStateValue> next;  // asked for during a call, takes effect after it
    std::uint16_t next_reason = 0;
    AgentStateValue before = ged188::AgentState::AGENT_STATE_NOT_READY;  // the calls
    std::uint16_t reason = 0;
    std::optional<Device> device;        // while logged in
    std::vector<CallId> calls;           // alerting, connected, held, dialling
    std::optional<CallId> wrap_up_call;  // ended, its data may still be set
    Timers::TimerId wrap_up_timer;

    bool logged_in() const { return state != ged188::AgentState::AGENT_STATE_LOGOUT; }
};

struct MediaState {
    bool logged_in = false;
    bool ready = false;
    bool routable = false;
    bool interrupted = false;
    bool advised = false;  // AGENT_INTERRUPT_ADVISORY_EVENT was sent and is not over
    bool lost = false;     // the application that signed them in has lost its connection
    std::uint32_t limit = 1;
    std::uint32_t max_beyond = 0;
    std::uint32_t overrides = 0;  // granted, not used yet
    std::uint16_t reason = 0;
    ClientSessionId owner{};
    const ApplicationPath* path = nullptr;
    std::vector<wire::TaskId> tasks;
    std::vector<std::uint32_t> not_routable_requests;  // InvokeIDs that wait for a task to start
    Timers::TimerId life;                              // of the tasks, while lost
};

// What an AGENT_STATE_EVENT says.
struct Reported {
    AgentStateValue state = ged188::AgentState::AGENT_STATE_LOGOUT;
    std::optional<AgentStateValue> next{};
    std::uint16_t reason = 0;
    bool routable = false;
    std::uint32_t tasks = 0;
    std::uint32_t limit = 0;
    std::uint32_t max_beyond = 0;
    std::uint32_t availability = ged188::AgentAvailabilityStatus::NOT_AVAILABLE;
    bool operator==(const Reported&) const = default;
};

struct Agent {
    AgentIndex index;
    const AgentSettings* settings = nullptr;
    VoiceState voice;
    std::vector<MediaState> media;   // by MrdIndex; that of voice is not used
    std::vector<Reported> reported;  // by MrdIndex
    bool changed = false;

    std::string_view id() const { return settings->id; }
    std::int32_t icm_id() const { return settings->icm_agent_id; }
};

}  // namespace cticonnector::sim::cc
