#pragma once
// All agents, found by agent id, CRM user, subscription or operation. Records keep their place while they
// live, so the order in which agents are visited depends on the order of log-ins alone.

#include <cassert>
#include <deque>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "cticonnector/engine/agent.hpp"

namespace cticonnector::engine {

struct WholeRoster;

class Roster {
  public:
    /// A place and its generation. Places are used again; the slot of an agent who has left is never that of
    /// a successor at the same place. Slot{} is nobody's.
    using Slot = Id<struct SlotTag, std::uint64_t>;

    Roster() = default;
    explicit Roster(WholeRoster);
    WholeRoster whole() const;

    Slot add(const AgentId&, const UserId&);
    void erase(Slot);
    /// The record goes over to this user; the one it had has none any more.
    void set_user(Slot, const UserId&);
    /// The record stays without its user, who may have another.
    void drop_user(Slot);
    void set_subscription(Slot, SubscriptionId);
    void drop_subscription(Slot);

    Agent& at(Slot slot) {
        assert(holds(slot));
        return *agents_[place(slot)];
    }
    const Agent& at(Slot slot) const {
        assert(holds(slot));
        return *agents_[place(slot)];
    }
    bool holds(Slot slot) const {
        return slot != Slot{} && place(slot) < seats_.size() && seats_[place(slot)].slot == slot;
    }
    std::optional<Slot> find(const AgentId&) const;
    std::optional<Slot> find(const UserId&) const;
    std::optional<Slot> find(SubscriptionId) const;
    /// The agent for whom the contact center was asked; nobody when that agent has left.
    std::optional<Slot> find(OperationId) const;
    /// The agent who has the action item or chat.
    std::optional<Slot> find(ItemId) const;
    const Item* item(ItemId) const;
    /// A record comes to the agent, or goes from them. Only what is routed is found by its id.
    Item& add_item(Slot, ItemPtr);
    ItemPtr take_item(Slot, ItemId);
    /// Calls are numbered apart from what is routed: their ids are never told to anybody.
    ItemId next_call() { return {call_bit | ++calls_}; }
    /// Below 2^24, and small while few agents are on.
    static std::size_t place(Slot slot) { return place(slot.value); }
    /// The slots in use, by place.
    std::vector<Slot> slots() const;
    /// As slots(), without a list of them.
    template <class Visit>
    void each(Visit visit) const {
        for (const Seat& seat : seats_) {
            if (seat.slot != Slot{}) visit(seat.slot);
        }
    }
    std::size_t size() const { return by_id_.size(); }

    OperationId next_operation(Slot slot) { return {number(place(slot))}; }

    /// Keeps the order of deadlines in step with the record; call it when an agent was touched.
    void reschedule(Slot);
    std::optional<Time> next_deadline() const;
    /// An agent whose deadline has passed.
    std::optional<Slot> overdue(Time now) const;

  private:
    /// Agents and operations are numbered by one counter, and the values of their ids end in the agent's
    /// place. So an outcome finds its agent without a table of its own, and an operation that is older than
    /// the agent at its place belongs to somebody who has left.
    static constexpr std::uint64_t place_bits = 24;
    static constexpr std::uint64_t place_mask = (std::uint64_t{1} << place_bits) - 1;
    static constexpr std::uint64_t call_bit = std::uint64_t{1} << 63;
    static std::size_t place(std::uint64_t id) { return static_cast<std::size_t>(id & place_mask); }
    std::uint64_t number(std::uint64_t place) { return ++last_ << place_bits | place; }

    /// What is looked at without the record: small, so that visiting all is cheap.
    struct Seat {
        Slot slot;  ///< Slot{} while it is free
        std::optional<Time> deadline;
    };

    std::deque<std::optional<Agent>> agents_;
    std::vector<Seat> seats_;
    std::vector<std::size_t> free_;
    std::unordered_map<AgentId, Slot, AgentIdHash> by_id_;
    std::unordered_map<UserId, Slot> by_user_;
    std::unordered_map<SubscriptionId, Slot> by_subscription_;
    std::unordered_map<ItemId, Slot> by_item_;
    std::set<std::pair<Time, Slot>> agenda_;
    std::uint64_t last_ = 0;
    std::uint64_t calls_ = 0;
};

}  // namespace cticonnector::engine
