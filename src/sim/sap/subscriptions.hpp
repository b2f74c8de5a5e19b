#pragma once
// The application IDs SAP has given out, and what ICI promises about the delivery to each: one event in
// flight, none after the last (ici.md sections 2 and 10; R-DEC-43, R-DEC-56). Pure.
//
//     subscriptions.open("0A1B", agent, now);           // before subscribe is sent
//     auto arrival = subscriptions.arrive("0A1B", hash, now);
//     subscriptions.answering("0A1B", true, true);      // just before the answer is written

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "behaviour.hpp"

namespace cticonnector::sim::sap {

struct Arrival {
    std::optional<AgentIndex> agent;  // nothing: answer UNKNOWN_APPID
    bool retry = false;               // the same bytes as before, whose answer was not a clean one
    bool processed = false;           // and they were understood then
    bool duplicate = false;           // the same bytes as before, which were answered well
    std::string violation;            // empty if there is none
};

class Subscriptions {
  public:
    /// Events are taken from `from` on; until then the ID is unknown.
    void open(const std::string& app_id, AgentIndex agent, Time from);

    /// The subscription did not come about.
    void forget(const std::string& app_id) { by_id_.erase(app_id); }

    /// subscriptionEnded has come: nothing may follow.
    void ended(const std::string& app_id);

    /// unsubscribe was answered: nothing may follow but what was under way.
    void left(const std::string& app_id, Time now);

    Arrival arrive(const std::string& app_id, std::size_t content, Time now);

    /// The answer goes out now. processed: the event was understood; clean: it is a good answer.
    void answering(const std::string& app_id, bool processed, bool clean);

  private:
    enum class State { live, ended, left };
    struct Subscription {
        AgentIndex agent{};
        State state = State::live;
        Time since{};  // live from, or left at
        bool in_flight = false;
        bool processed = false;
        bool clean = true;
        std::optional<std::size_t> last;  // content
    };

    std::unordered_map<std::string, Subscription> by_id_;
};

}  // namespace cticonnector::sim::sap
