#pragma once
// The agents and what the contact center holds of each: the voice state, and the state in every media routing
// domain (MRD). From these follow the reported state, mode and availability per MRD; what changed since the
// last report goes out as AGENT_STATE_EVENT. Changing code says changed(agent); publish() does the rest.
// Source: ARM task model sections 3 and 4; GED-188 sections 8 and 13 (30, 37).

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "client_sessions.hpp"
#include "cticonnector/protocol/ged188/ged188.hpp"
#include "outside.hpp"
#include "phone_calls.hpp"
#include "router.hpp"
#include "settings.hpp"
#include "tasks.hpp"
#include "timers.hpp"

namespace cticonnector::sim::cc {

using AgentStateValue = std::uint16_t;  // ged188::AgentState

struct VoiceState {
    AgentStateValue state = ged188::AgentState::AGENT_STATE_LOGOUT;
    std::optional<AgentStateValue> next;  // asked for during a call, takes effect after it
    std::uint16_t next_reason = 0;
    AgentStateValue before = ged188::AgentState::AGENT_STATE_NOT_READY;  // the calls
    std::uint16_t reason = 0;
    const Device* device = nullptr;      // while logged in
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

class Agents {
  public:
    Agents(const Settings& settings, const PhoneCalls& calls, const Tasks& tasks, ClientSessions& sessions,
           Router& router, Outside& outside);

    Agent& at(AgentIndex index) { return agents_[index.value]; }
    const Agent& at(AgentIndex index) const { return agents_[index.value]; }
    Agent* by_id(std::string_view id_or_login_name);
    Agent* by_icm_id(std::int32_t id);
    Agent* at_device(std::string_view extension_or_instrument);  // who is logged in there
    const Device* device(std::string_view extension_or_instrument) const;
    std::vector<Agent>& all() { return agents_; }

    void signed_on(Agent& agent, const Device& device);
    void signed_off(Agent& agent);

    void changed(Agent& agent);
    // Sends what changed and tells the router; false when nothing was waiting.
    bool publish();
    // Sends AGENT_STATE_LOGIN, which is an event rather than a state (GED-188 section 8).
    void publish_login(Agent& agent, MrdIndex mrd);
    // At once, for what is not true any more at the end of the input.
    void publish_now(Agent& agent, MrdIndex mrd) { publish(agent, mrd); }

    Reported report_of(const Agent& agent, MrdIndex mrd) const;
    // Working in a non-interruptible MRD other than `but`; waiting offers count when `offered` says so.
    bool busy_elsewhere(const Agent& agent, MrdIndex but, bool offered) const;
    Audience audience(const Agent& agent, std::uint32_t call_mask, std::uint32_t agent_mask) const;

    // The media part asks for a look at each agent before they are published.
    void on_publish(std::function<void(Agent&)> look) { look_ = std::move(look); }

  private:
    template <class Map, class Key>
    Agent* look_up(const Map& map, const Key& key) {
        const auto found = map.find(key);
        return found == map.end() ? nullptr : &at(found->second);
    }
    AgentStateValue state_from_tasks(const MediaState& media) const;
    AgentStateValue state_of(const MediaState& media) const;
    std::uint32_t direction(const VoiceState& voice) const;
    Reported voice_report(const Agent& agent) const;
    Reported media_report(const Agent& agent, MrdIndex mrd) const;
    void publish(Agent& agent, MrdIndex mrd);
    void send_event(const Agent& agent, MrdIndex mrd, const Reported& now);
    void update_router(Agent& agent, MrdIndex mrd, const Reported& now);

    const Settings& settings_;
    const PhoneCalls& calls_;
    const Tasks& tasks_;
    ClientSessions& sessions_;
    Router& router_;
    Outside& outside_;
    std::vector<Agent> agents_;
    std::unordered_map<std::string_view, AgentIndex> by_id_;
    std::unordered_map<std::int32_t, AgentIndex> by_icm_id_;
    std::unordered_map<std::string_view, const Device*> devices_;
    std::unordered_map<const Device*, AgentIndex> at_device_;
    std::vector<AgentIndex> changed_;
    std::function<void(Agent&)> look_;
};

// The fields in which AGENT_STATE_EVENT and QUERY_AGENT_STATE_CONF agree.
template <class Message>
void put(const Settings& settings, const Agent& agent, MrdIndex mrd, const Reported& now, Message& message) {
    message.agent_state = now.state;
    message.mrd_id = settings.mrds[mrd].id;
    message.num_tasks = now.tasks;
    message.agent_mode =
        now.routable ? settings.routable_mode : static_cast<std::uint16_t>(1 - settings.routable_mode);
    message.max_task_limit = now.limit;
    message.icm_agent_id = agent.icm_id();
    message.agent_availability_status = now.availability;
    message.agent_id = agent.settings->id;
    if (agent.voice.device != nullptr) {
        message.agent_extension = agent.voice.device->extension;
        message.agent_instrument = agent.voice.device->instrument;
    }
    if (mrd != voice_mrd) message.max_beyond_task_limit = now.max_beyond;
}

}  // namespace cticonnector::sim::cc
