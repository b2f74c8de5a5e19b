#include "agent_events.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

Audience audience_of(const Agent& agent, std::uint32_t call_mask, std::uint32_t agent_mask) {
    Audience audience{.call_mask = call_mask, .agent_mask = agent_mask, .agent_id = agent.settings->id};
    if (agent.voice.device) {
        audience.extension = agent.voice.device->extension;
        audience.instrument = agent.voice.device->instrument;
    }
    return audience;
}

// Of the call that the agent is in, or has just been in.
std::uint32_t AgentEvents::direction(const VoiceState& voice) const {
    const auto id = voice.calls.empty() ? voice.wrap_up_call : voice.calls.front();
    const Call* call = id ? calls_.find(*id) : nullptr;
    if (call == nullptr) return CallDirection::NONE;
    return call->inbound() ? CallDirection::IN_ : CallDirection::OUT_;
}

void AgentEvents::state(const Agent& agent, MrdIndex mrd, const Reported& now) {
    AgentStateEvent event{.peripheral_id = settings_.peripheral,
                          .session_id = agent.index.value + 1,
                          .peripheral_type = settings_.peripheral_type,
                          .skill_group_state = now.state,
                          .skill_group_number = SpecialValues::NULL_SKILL_GROUP,
                          .skill_group_id = SpecialValues::NULL_SKILL_GROUP,
                          .event_reason_code = now.reason};
    put(settings_, agent, mrd, now, event);
    event.next_agent_state = now.next;
    event.direction = mrd == voice_mrd ? direction(agent.voice) : CallDirection::NONE;
    for (const std::uint32_t number : agent.settings->skill_groups) {
        const SkillGroup* group = settings_.skill_group(number);
        if (group->mrd != mrd) continue;
        event.skill_groups.push_back({.flt_skill_group_number = static_cast<std::int32_t>(group->number),
                                      .flt_skill_group_id = group->id,
                                      .flt_skill_group_priority = group->priority,
                                      .flt_skill_group_state = now.state});
    }
    const auto bit = static_cast<std::uint32_t>(now.state);
    // the mask has no bit for AGENT_STATE_UNKNOWN: from HOLD on they are one lower
    const std::uint32_t mask = 1u << (bit > AgentState::AGENT_STATE_UNKNOWN ? bit - 1 : bit);
    sessions_.broadcast(audience_of(agent, 0, mask), event);
    report(agent, mrd, now);
}

void AgentEvents::report(const Agent& agent, MrdIndex mrd, const Reported& now) {
    Json fields{{"agent", agent.settings->id},
                {"mrd", settings_.mrds[mrd].id},
                {"state", wire::name_of(AgentState::names, now.state).value_or("")},
                {"tasks", now.tasks},
                {"routable", now.routable},
                {"availability", now.availability}};
    if (now.next) fields["next"] = wire::name_of(AgentState::names, *now.next).value_or("");
    if (now.reason != 0) fields["reason"] = now.reason;
    outside_.report("agent.state", fields);
}

}  // namespace cticonnector::sim::cc
