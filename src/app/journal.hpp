#pragma once
// What the engine says for people: each Note becomes one line of the log, its decision is kept to be
// explained, and it is counted. Decisions are kept for live items and the last 10,000 ended ones.

#include <chrono>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
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

    /// Newest first. `item` is an item key ("act-000042-1"), an item with all its offers ("act-000042"), or
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
    void count(const engine::Note&);
    void keep(const engine::Note&);
    void ended(const std::string& item);

    Logger& log_;
    std::size_t kept_;
    std::unordered_map<std::string, std::vector<DecisionRecord>> by_item_;
    std::deque<std::string> ended_;
    Counters counters_;
};

}  // namespace cticonnector::app
