#pragma once
// The way of each item, as the log tells it, kept to be explained (R-DEC-83): from its arrival to its end,
// with every decision and what came of it. Kept for live items and the last 10,000 ended ones, and found by
// item, the CRM's id or agent without a look at the others.

#include <chrono>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/engine/actions.hpp"

namespace cticonnector::admin {

/// One step of an item's way.
struct StoryRecord {
    std::chrono::system_clock::time_point time;
    engine::Note note;
};

class Stories {
  public:
    static constexpr std::size_t steps = 100;  ///< kept of one item: the newest

    explicit Stories(std::size_t kept) : kept_(kept) {}

    void add(const engine::Note&);

    /// Newest first. `item` is an item key ("act-42-1": that offer), an item with all its offers ("act-42"),
    /// or the CRM's own id of an action item.
    std::vector<StoryRecord> about_item(std::string_view item) const;
    /// The newest `most`, without a copy of the others.
    std::vector<StoryRecord> about_agent(std::string_view agent, std::size_t most) const;

  private:
    struct Story {
        std::list<StoryRecord> records;
        std::vector<std::string> agents, external_ids;  ///< by which it is found, also without their records
        std::optional<std::list<std::string>::iterator> ended;  ///< its place in ended_
    };
    using Items = std::map<std::string, Story, std::less<>>;  ///< by the item's own key, without the offer
    using Found = std::map<std::string_view, const Story*>;   ///< into items_, by their keys
    /// The items that a name leads to.
    using Index = std::map<std::string, Found, std::less<>>;

    void lives(Story&);
    void ended(Items::iterator);
    void forget(Items::iterator);

    std::size_t kept_;
    Items items_;
    Index by_agent_, by_external_id_;
    std::list<std::string> ended_;  ///< the oldest in front
};

}  // namespace cticonnector::admin
