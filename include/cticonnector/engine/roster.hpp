#pragma once
// All agents, found by agent id, CRM user, subscription or operation. Records keep their place while they
// live, so the order in which agents are visited depends on the order of log-ins alone.

#include <deque>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "cticonnector/engine/agent.hpp"

namespace cticonnector::engine {

struct AgentIdHash {
    std::size_t operator()(const AgentId& id) const noexcept {
        return std::hash<std::string>{}(id.name) ^ (std::size_t{id.peripheral} * 0x9E3779B97F4A7C15u);
    }
};

class Roster {
  public:
    using Slot = std::uint32_t;

    Slot add(const AgentId&, const UserId&);
    void erase(Slot);
    void set_subscription(Slot, SubscriptionId);
    void drop_subscription(Slot);

    Agent& at(Slot slot) { return *agents_[slot]; }
    const Agent& at(Slot slot) const { return *agents_[slot]; }
    bool holds(Slot slot) const { return slot < agents_.size() && agents_[slot].has_value(); }
    std::optional<Slot> find(const AgentId&) const;
    std::optional<Slot> find(const UserId&) const;
    std::optional<Slot> find(SubscriptionId) const;
    /// The slots in use, in order.
    std::vector<Slot> slots() const;
    std::size_t size() const { return by_id_.size(); }

    /// An operation id names its agent's slot, so an outcome finds its agent without a table of its own.
    OperationId next_operation(Slot);
    /// An id whose outcome nobody waits for.
    OperationId unheard_operation() { return next_operation(static_cast<Slot>(slot_mask)); }
    static Slot slot_of(OperationId id) { return static_cast<Slot>(id.value & slot_mask); }

    /// Keeps the order of deadlines in step with the record; call it when an agent was touched.
    void reschedule(Slot);
    std::optional<Time> next_deadline() const;
    /// An agent whose deadline has passed.
    std::optional<Slot> overdue(Time now) const;

  private:
    static constexpr std::uint64_t slot_bits = 24;
    static constexpr std::uint64_t slot_mask = (std::uint64_t{1} << slot_bits) - 1;

    std::deque<std::optional<Agent>> agents_;
    std::vector<std::optional<Time>> deadlines_;
    std::vector<Slot> free_;
    std::unordered_map<AgentId, Slot, AgentIdHash> by_id_;
    std::unordered_map<UserId, Slot> by_user_;
    std::unordered_map<SubscriptionId, Slot> by_subscription_;
    std::set<std::pair<Time, Slot>> agenda_;
    std::uint64_t operations_ = 0;
};

}  // namespace cticonnector::engine
