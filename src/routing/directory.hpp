#pragma once
// Who is who at the contact center: an agent's name, ICMAgentID (skill target id) and phone. Learned from
// answers and agent state events (R-DEC-2, R-DEC-37); survives a lost link. As large as the contact
// center's list of agents.

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "cticonnector/engine/types.hpp"

namespace cticonnector::routing {

class Directory {
  public:
    static constexpr std::int32_t unknown_id = -1;

    /// From an answer about an agent that we named, so the name is ours
    /// (it may be a login name, AgentLoginType 5).
    void learn_answer(const engine::AgentId&, std::int32_t icm_agent_id);
    /// The agent of an event: by ICMAgentID when it is known,
    /// else by the name in the event, which teaches the number.
    std::optional<engine::AgentId> of_event(std::int32_t icm_agent_id, const engine::AgentId& named);

    std::int32_t icm_agent_id(const engine::AgentId&) const;  ///< unknown_id when it is not known
    std::optional<engine::AgentId> agent(std::int32_t icm_agent_id) const;

    /// The device of the work center string; holds until the contact center names another.
    void set_device(const engine::AgentId&, const std::string& device);
    /// As the contact center reports them; empty ones say nothing.
    void set_phone(const engine::AgentId&, const std::string& extension, const std::string& instrument);
    void forget_phone(const engine::AgentId&);
    std::optional<engine::AgentId> at_device(const std::string& device) const;
    /// What requests name as AgentInstrument; empty when nothing is known.
    std::string instrument(const engine::AgentId&) const;

  private:
    struct Entry {
        std::int32_t icm_agent_id = unknown_id;
        std::string device, extension, instrument;
    };
    void bind_device(const engine::AgentId&, Entry&, std::string& slot, const std::string& device);
    void let_go(const engine::AgentId&, const std::string& device);

    std::unordered_map<engine::AgentId, Entry, engine::AgentIdHash> agents_;
    std::unordered_map<std::int32_t, engine::AgentId> by_id_;
    std::unordered_map<std::string, engine::AgentId> by_device_;
};

}  // namespace cticonnector::routing
