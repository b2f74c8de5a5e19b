#include "agents.hpp"

#include <algorithm>
#include <array>

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

// The state that a task gives its agent; ARM section 4.1, the highest wins.
struct Rank {
    std::uint32_t task;
    AgentStateValue agent;
};
constexpr std::array ranks{
    Rank{TaskState::TASK_STATE_ACTIVE, AgentState::AGENT_STATE_ACTIVE},
    Rank{TaskState::TASK_STATE_WRAPUP, AgentState::AGENT_STATE_WORK_READY},
    Rank{TaskState::TASK_STATE_PAUSED, AgentState::AGENT_STATE_PAUSED},
    Rank{TaskState::TASK_STATE_PRE_CALL, AgentState::AGENT_STATE_RESERVED},
    Rank{TaskState::TASK_STATE_OFFERED, AgentState::AGENT_STATE_RESERVED},
};

bool is_offered(const Task& task) {
    return task.state == TaskState::TASK_STATE_PRE_CALL || task.state == TaskState::TASK_STATE_OFFERED;
}

}  // namespace

Agents::Agents(const Settings& settings, const Tasks& tasks, Router& router, AgentEvents& events)
    : settings_(settings), tasks_(tasks), router_(router), events_(events) {
    for (const Device& device : settings.devices) {
        devices_.emplace(device.extension, &device);
        devices_.emplace(device.instrument, &device);
    }
    agents_.resize(settings.agents.size());
    for (std::uint32_t number = 0; number < agents_.size(); ++number) {
        const AgentIndex index{number};
        Agent& agent = at(index);
        agent.index = index;
        agent.settings = &settings.agents[number];
        agent.media.resize(settings.mrds.size());
        agent.reported.resize(settings.mrds.size());
        by_id_.emplace(agent.settings->id, index);
        by_icm_id_.emplace(agent.icm_id(), index);
        if (!agent.settings->login_name.empty()) by_id_.emplace(agent.settings->login_name, index);
    }
}

Agent* Agents::by_id(std::string_view id_or_login_name) { return look_up(by_id_, id_or_login_name); }
Agent* Agents::by_icm_id(std::int32_t id) { return look_up(by_icm_id_, id); }
const Device* Agents::device(std::string_view name) const {
    const auto found = devices_.find(name);
    return found == devices_.end() ? nullptr : found->second;
}
Agent* Agents::at_device(std::string_view name) {
    const Device* found = device(name);
    return found == nullptr ? nullptr : look_up(at_device_, *found);
}

void Agents::signed_on(Agent& agent, const Device& device) {
    agent.voice.device = device;
    at_device_[device] = agent.index;
}

void Agents::signed_off(Agent& agent) {
    if (agent.voice.device) at_device_.erase(*agent.voice.device);
    agent.voice.device.reset();
}

void Agents::changed(Agent& agent) {
    if (agent.changed) return;
    agent.changed = true;
    changed_.push_back(agent.index);
}

bool Agents::publish() {
    if (changed_.empty()) return false;
    std::vector<AgentIndex> agents;
    agents.swap(changed_);
    for (const AgentIndex index : agents) {
        Agent& agent = at(index);
        agent.changed = false;
        if (look_) look_(agent);
        for (MrdIndex mrd = 0; mrd < settings_.mrds.size(); ++mrd) publish(agent, mrd);
    }
    return true;
}

void Agents::publish(Agent& agent, MrdIndex mrd) {
    const Reported now = report_of(agent, mrd);
    if (now != agent.reported[mrd]) events_.state(agent, mrd, now);
    agent.reported[mrd] = now;
    update_router(agent, mrd, now);
}

void Agents::publish_login(Agent& agent, MrdIndex mrd) {
    Reported now = report_of(agent, mrd);
    now.state = AgentState::AGENT_STATE_LOGIN;
    now.availability = AgentAvailabilityStatus::NOT_AVAILABLE;
    events_.state(agent, mrd, now);
    agent.reported[mrd] = now;
    changed(agent);
}

void Agents::update_router(Agent& agent, MrdIndex mrd, const Reported& now) {
    const bool ready = now.availability == AgentAvailabilityStatus::ICM_AVAILABLE &&
                       agent.media[mrd].not_routable_requests.empty();
    router_.set_ready(agent.index, mrd, ready);
}

bool Agents::busy_elsewhere(const Agent& agent, MrdIndex but, bool offered) const {
    if (but != voice_mrd) {
        const AgentStateValue state = agent.voice.state;
        const bool at_work =
            state == AgentState::AGENT_STATE_TALKING || state == AgentState::AGENT_STATE_HOLD ||
            state == AgentState::AGENT_STATE_WORK_READY || state == AgentState::AGENT_STATE_WORK_NOT_READY;
        if (at_work || (offered && !agent.voice.calls.empty())) return true;
    }
    for (MrdIndex mrd = 1; mrd < settings_.mrds.size(); ++mrd) {
        if (mrd == but || settings_.mrds[mrd].interruptible) continue;
        for (const wire::TaskId& id : agent.media[mrd].tasks) {
            const Task* task = tasks_.find(id);
            if (task != nullptr && (offered || !is_offered(*task))) return true;
        }
    }
    return false;
}

Reported Agents::report_of(const Agent& agent, MrdIndex mrd) const {
    return mrd == voice_mrd ? voice_report(agent) : media_report(agent, mrd);
}

Reported Agents::voice_report(const Agent& agent) const {
    const VoiceState& voice = agent.voice;
    Reported now{.state = voice.state, .next = voice.next, .reason = voice.reason};
    if (!voice.logged_in()) return now;
    now.routable = true;
    now.tasks = static_cast<std::uint32_t>(voice.calls.size());
    now.limit = 1;
    if (voice.state == AgentState::AGENT_STATE_AVAILABLE && !busy_elsewhere(agent, voice_mrd, true))
        now.availability = AgentAvailabilityStatus::ICM_AVAILABLE;
    return now;
}

AgentStateValue Agents::state_from_tasks(const MediaState& media) const {
    for (const Rank& rank : ranks) {
        const bool there = std::ranges::any_of(media.tasks, [&](const wire::TaskId& id) {
            const Task* task = tasks_.find(id);
            return task != nullptr && task->state == rank.task;
        });
        if (there) return rank.agent;
    }
    return AgentState::AGENT_STATE_NOT_ACTIVE;
}

AgentStateValue Agents::state_of(const MediaState& media) const {
    if (media.lost) return AgentState::AGENT_STATE_WORK_NOT_READY;
    if (!media.ready) return AgentState::AGENT_STATE_NOT_READY;
    if (media.interrupted) return AgentState::AGENT_STATE_INTERRUPTED;
    return state_from_tasks(media);
}

Reported Agents::media_report(const Agent& agent, MrdIndex mrd) const {
    const MediaState& media = agent.media[mrd];
    Reported now{.reason = media.reason};
    if (!media.logged_in) return now;
    now.tasks = static_cast<std::uint32_t>(media.tasks.size());
    now.limit = media.limit;
    now.max_beyond = media.max_beyond;
    now.routable = media.routable && !media.lost;
    now.state = state_of(media);
    const bool available = media.ready && !media.lost && !media.interrupted && now.tasks < now.limit &&
                           !busy_elsewhere(agent, mrd, true);
    if (available) {
        now.availability = now.routable ? AgentAvailabilityStatus::ICM_AVAILABLE
                                        : AgentAvailabilityStatus::APPLICATION_AVAILABLE;
    }
    return now;
}

}  // namespace cticonnector::sim::cc
