#pragma once
// What the engine says for people: each Note becomes one line of the log, its decision is kept to be
// explained, and it is counted. Decisions are kept for live items and the last 10,000 ended ones, and found
// by item, the CRM's id or agent without a look at the others.

#include <chrono>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/base/log.hpp"
#include "cticonnector/base/metrics.hpp"
#include "cticonnector/engine/actions.hpp"

namespace cticonnector::app {

/// One decision about an offer, as /explain shows it.
struct DecisionRecord {
    std::chrono::system_clock::time_point time;
    engine::AgentId agent;
    std::string item;
    std::string external_id;
    engine::Channel channel{};
    engine::Decision decision;
};

class Journal {
  public:
    explicit Journal(Logger& log, std::size_t kept = 10'000) : log_(log), kept_(kept) {}

    void write(const engine::Note&);

    /// Newest first. `item` is an item key ("act-42-1"), an item with all its offers ("act-42"), or
    /// the CRM's own id of an action item.
    std::vector<DecisionRecord> about_item(std::string_view item) const;
    std::vector<DecisionRecord> about_agent(std::string_view agent) const;

    struct Counters {
        Counts offers;    ///< by channel, outcome
        Counts reroutes;  ///< by channel, reason, origin
        std::uint64_t invariant_broken = 0;
    };
    const Counters& counters() const { return counters_; }

  private:
    struct Item {
        std::vector<DecisionRecord> records;
        std::optional<std::list<std::string>::iterator> ended;  ///< its place in ended_
    };
    using Items = std::map<std::string, Item, std::less<>>;  ///< ordered: the offers of one stand together
    using Found = std::map<std::string_view, const Item*>;   ///< into items_, by their keys
    /// The items that a name leads to.
    using Index = std::map<std::string, Found, std::less<>>;

    void count(const engine::Note&);
    void keep(const engine::Note&);
    void lives(Item&);
    void ended(const std::string& key);
    void forget(const std::string& key);

    Logger& log_;
    std::size_t kept_;
    Items items_;
    Index by_agent_, by_external_id_;
    std::list<std::string> ended_;  ///< the oldest in front
    Counters counters_;
};

}  // namespace cticonnector::app
