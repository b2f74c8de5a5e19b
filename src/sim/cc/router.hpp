#pragma once
// The routing script: items wait in the queue of a skill group of a media routing domain (MRD), the agent
// who is ready there for the longest time gets the oldest. Whoever is assigned an item goes to the end of
// the line. No step looks at all agents. Source: ARM task model section 4.4.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "settings.hpp"

namespace cticonnector::sim::cc {

using QueueIndex = std::size_t;

class Router {
  public:
    using Assign = std::function<void(AgentIndex, GroupNumber)>;
    using Ticket = std::optional<std::pair<QueueIndex, std::int64_t>>;

    explicit Router(const Settings& settings);

    QueueIndex queue(MrdIndex mrd, GroupNumber group) const;

    // `first`: before all others, for an item that was taken from an agent.
    Ticket enqueue(QueueIndex queue, bool first, std::optional<AgentIndex> preferred, Assign assign);
    void cancel(Ticket& ticket);
    void set_ready(AgentIndex agent, MrdIndex mrd, bool ready);

    // Gives one item to one agent; false when nobody fits anything.
    bool assign_one();
    std::size_t waiting() const { return waiting_; }

  private:
    struct Item {
        std::optional<AgentIndex> preferred;
        Assign assign;
    };
    struct Queue {
        MrdIndex mrd = voice_mrd;
        GroupNumber group;                          // nothing: everybody
        std::map<std::int64_t, Item> items;         // by order
        std::map<std::uint64_t, AgentIndex> ready;  // by the time since when
    };
    // An agent's place in the lines of one MRD.
    struct Standing {
        std::vector<QueueIndex> queues;
        std::uint64_t ready_since = 0;  // order of becoming ready, 0 = not ready
    };

    // That of everybody and those of their skill groups.
    std::vector<QueueIndex> queues_of(const AgentSettings& agent, MrdIndex mrd) const;
    Standing& standing(AgentIndex agent, MrdIndex mrd) { return standings_[agent.value][mrd]; }

    std::vector<Queue> queues_;
    std::vector<std::vector<Standing>> standings_;  // by agent and MRD
    std::set<QueueIndex> matching_;                 // those that may have both
    std::uint64_t last_ready_ = 0;
    std::int64_t last_item_ = 0;
    std::int64_t first_item_ = 0;
    std::size_t waiting_ = 0;
};

}  // namespace cticonnector::sim::cc
