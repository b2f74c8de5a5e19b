#include "media_events.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

void MediaEvents::pre_call(const Task& task) {
    const Agent& agent = agent_of(task);
    const SkillGroup group = settings_.told_group(task.group);
    AgentPreCallEvent event{.service_number = SpecialValues::NULL_SERVICE,
                            .service_id = SpecialValues::NULL_SERVICE,
                            .skill_group_number = group.number,
                            .skill_group_id = group.id,
                            .mrd_id = settings_.mrds[task.mrd].id,
                            .agent_skill_target_id = static_cast<std::uint32_t>(agent.icm_id())};
    event.agent_id = agent.settings->id;
    event.router_call_key_day = static_cast<std::uint32_t>(task.id.task_group_high);
    event.router_call_key_call_id = static_cast<std::uint32_t>(task.id.task_group_low);
    event.router_call_key_sequence_number = static_cast<std::uint32_t>(task.id.sequence_number);
    put(task.context.data, event);
    const Audience audience = audience_of(agent, CallMsgMask::AGENT_PRE_CALL_MASK, 0);
    sessions_.broadcast(audience, event);
    // the application that reports them gets it whatever its masks say (ARM section 6.2)
    const ClientSession* owner = sessions_.find(owner_of(task));
    if (owner != nullptr && !sessions_.wants(*owner, audience)) sessions_.send(*owner, event);
}

void MediaEvents::made_not_routable(const Task& task) {
    sessions_.send(owner_of(task), AgentMadeNotRoutableEvent{.mrd_id = settings_.mrds[task.mrd].id,
                                                             .icm_agent_id = agent_of(task).icm_id(),
                                                             .task_id = task.id});
}

void MediaEvents::too_old(const Task& task) {
    sessions_.send(owner_of(task), MaxTaskLifetimeExceededEvent{.mrd_id = settings_.mrds[task.mrd].id,
                                                                .icm_agent_id = agent_of(task).icm_id(),
                                                                .task_id = task.id});
}

void MediaEvents::interrupt(const Agent& agent, MrdIndex mrd, bool done) {
    const ClientSessionId owner = agent.media[mrd].owner;
    const std::int32_t mrd_id = settings_.mrds[mrd].id;
    if (done)
        sessions_.send(owner,
                       AgentInterruptDoneAdvisoryEvent{.mrd_id = mrd_id, .icm_agent_id = agent.icm_id()});
    else
        sessions_.send(owner, AgentInterruptAdvisoryEvent{.mrd_id = mrd_id, .icm_agent_id = agent.icm_id()});
    outside_.report(done ? "interrupt.done" : "interrupt.advised", {{"agent", agent.id()}, {"mrd", mrd_id}});
}

Json MediaEvents::about(const Task& task) const {
    Json fields{{"task", shown(task.id)}, {"mrd", settings_.mrds[task.mrd].id}};
    if (task.agent) fields["agent"] = agent_of(task).settings->id;
    return fields;
}

void MediaEvents::state(const Task& task) {
    Json fields = about(task);
    fields["state"] = wire::name_of(TaskState::names, task.state).value_or("");
    outside_.report("task.state", fields);
}

void MediaEvents::ended(const Task& task, std::uint32_t disposition) {
    Json fields = about(task);
    fields["disposition"] = disposition;
    outside_.report("task.ended", fields);
}

}  // namespace cticonnector::sim::cc
