#pragma once
// What sessions hear of an agent: AGENT_STATE_EVENT. Source: GED-188 sections 8 and 13 (30, 37).

#include "agent.hpp"
#include "client_sessions.hpp"

namespace cticonnector::sim::cc {

class AgentEvents {
  public:
    AgentEvents(const Settings& settings, const PhoneCalls& calls, ClientSessions& sessions, Outside& outside)
        : settings_(settings), calls_(calls), sessions_(sessions), outside_(outside) {}

    void state(const Agent& agent, MrdIndex mrd, const Reported& now);

  private:
    std::uint32_t direction(const VoiceState& voice) const;
    void report(const Agent& agent, MrdIndex mrd, const Reported& now);

    const Settings& settings_;
    const PhoneCalls& calls_;
    ClientSessions& sessions_;
    Outside& outside_;
};

// Who hears of an agent.
Audience audience_of(const Agent& agent, std::uint32_t call_mask, std::uint32_t agent_mask);

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
    if (agent.voice.device) {
        message.agent_extension = agent.voice.device->extension;
        message.agent_instrument = agent.voice.device->instrument;
    }
    if (mrd != voice_mrd) message.max_beyond_task_limit = now.max_beyond;
}

}  // namespace cticonnector::sim::cc
