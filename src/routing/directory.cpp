#include "directory.hpp"

#include <utility>

namespace cticonnector::routing {

void Directory::learn_answer(const engine::AgentId& agent, std::int32_t icm_agent_id) {
    if (icm_agent_id == unknown_id || icm_agent_id == 0) return;
    Entry& entry = agents_[agent];
    const auto former = by_id_.find(entry.icm_agent_id);
    if (former != by_id_.end() && former->second == agent) by_id_.erase(former);
    entry.icm_agent_id = icm_agent_id;
    by_id_.insert_or_assign(icm_agent_id, agent);
}

std::optional<engine::AgentId> Directory::of_event(std::int32_t icm_agent_id, const engine::AgentId& named) {
    if (const auto known = agent(icm_agent_id)) return known;
    if (named.name.empty()) return std::nullopt;
    learn_answer(named, icm_agent_id);
    return named;
}

std::int32_t Directory::icm_agent_id(const engine::AgentId& agent) const {
    const auto found = agents_.find(agent);
    return found == agents_.end() ? unknown_id : found->second.icm_agent_id;
}

std::optional<engine::AgentId> Directory::agent(std::int32_t icm_agent_id) const {
    const auto found = by_id_.find(icm_agent_id);
    if (found == by_id_.end()) return std::nullopt;
    return found->second;
}

void Directory::bind_device(const engine::AgentId& agent, Entry& entry, std::string& slot,
                            const std::string& device) {
    if (device.empty()) return;
    // one phone may be an agent's extension and their instrument at once: only what nothing names is let go
    const std::string before = std::exchange(slot, device);
    const bool named = before == entry.device || before == entry.extension || before == entry.instrument;
    if (!named) let_go(agent, before);
    by_device_.insert_or_assign(device, agent);
}

void Directory::let_go(const engine::AgentId& agent, const std::string& device) {
    const auto bound = device.empty() ? by_device_.end() : by_device_.find(device);
    if (bound != by_device_.end() && bound->second == agent) by_device_.erase(bound);
}

void Directory::set_device(const engine::AgentId& agent, const std::string& device) {
    Entry& entry = agents_[agent];
    bind_device(agent, entry, entry.device, device);
}

void Directory::set_phone(const engine::AgentId& agent, const std::string& extension,
                          const std::string& instrument) {
    Entry& entry = agents_[agent];
    bind_device(agent, entry, entry.extension, extension);
    bind_device(agent, entry, entry.instrument, instrument);
}

void Directory::forget_phone(const engine::AgentId& agent) {
    const auto found = agents_.find(agent);
    if (found == agents_.end()) return;
    Entry& entry = found->second;
    for (std::string* slot : {&entry.device, &entry.extension, &entry.instrument}) {
        let_go(agent, *slot);
        slot->clear();
    }
}

std::optional<engine::AgentId> Directory::at_device(const std::string& device) const {
    const auto found = by_device_.find(device);
    if (found == by_device_.end()) return std::nullopt;
    return found->second;
}

std::string Directory::instrument(const engine::AgentId& agent) const {
    const auto found = agents_.find(agent);
    if (found == agents_.end()) return {};
    const Entry& entry = found->second;
    if (!entry.instrument.empty()) return entry.instrument;
    return entry.device.empty() ? entry.extension : entry.device;
}

}  // namespace cticonnector::routing
