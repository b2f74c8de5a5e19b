#pragma once
// What ICI promises about the events of one agent's items, checked as they come (ici.md sections 5, 6, 8;
// R-DEC-15, R-DEC-20, R-DEC-28, R-DEC-57). Pure; a violation is a sentence.

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "item_event.hpp"

namespace cticonnector::sim::sap {

class ItemRules {
  public:
    /// Everything that is wrong with this event after those before it; empty if nothing is.
    std::vector<std::string> check(const ItemEvent&);

    /// The subscription is over: no open item goes on. Ended ones are still known.
    void forget_open() { open_.clear(); }

  private:
    struct Ended {
        std::string id;
        std::string processing_status;
    };
    std::string last_status(const ItemEvent&) const;
    void remember(const ItemEvent&);

    std::unordered_map<std::string, std::string> open_;  // id -> processingStatus
    std::deque<Ended> ended_;                            // the latest few
};

}  // namespace cticonnector::sim::sap
