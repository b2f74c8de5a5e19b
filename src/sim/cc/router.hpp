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

struct Agent;

using QueueIndex = std::size_t;

// An agent's place in the lines of one MRD.
struct Standing {
    std::vector<QueueIndex> queues;
    std::uint64_t ready_since = 0;  // order of becoming ready, 0 = not ready
};

class Router {
  public:
    using Assign = std::function<void(Agent&, const SkillGroup*)>;
    using Ticket = std::optional<std::pair<QueueIndex, std::int64_t>>;

    explicit Router(const Settings& settings);

    // The queues of an agent in an MRD: that of everybody and those of their skill groups.
    std::vector<QueueIndex> queues_of(const AgentSettings& agent, MrdIndex mrd) const;
    QueueIndex queue(MrdIndex mrd, std::optional<std::uint32_t> skill_group) const;

    // `first`: before all others, for an item that was taken from an agent.
    Ticket enqueue(QueueIndex queue, bool first, Agent* preferred, Assign assign);
    void cancel(Ticket& ticket);
    void set_ready(Agent& agent, Standing& standing, bool ready);

    // Gives one item to one agent; false when nobody fits anything.
    bool assign_one();
    std::size_t waiting() const { return waiting_; }

  private:
    struct Item {
        Agent* preferred;
        Assign assign;
    };
    struct Queue {
        MrdIndex mrd = voice_mrd;
        const SkillGroup* group = nullptr;      // null: everybody
        std::map<std::int64_t, Item> items;     // by order
        std::map<std::uint64_t, Agent*> ready;  // by the time since when
    };

    std::vector<Queue> queues_;
    std::set<QueueIndex> matching_;  // those that may have both
    std::uint64_t last_ready_ = 0;
    std::int64_t last_item_ = 0;
    std::int64_t first_item_ = 0;
    std::size_t waiting_ = 0;
};

}  // namespace cticonnector::sim::cc
