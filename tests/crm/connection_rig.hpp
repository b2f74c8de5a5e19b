#pragma once
// The rig with connections that are kept, and what failed on them.

#include <iomanip>
#include <sstream>

#include "event_rig.hpp"

namespace cticonnector::crm::testing {

inline std::string hex(std::size_t number, int width = 0) {
    std::ostringstream text;
    text << std::uppercase << std::hex << std::setfill('0') << std::setw(width) << number;
    return text.str();
}

class Connections : public Events {
  protected:
    /// One agent each, whose events travel at the same time: so many connections are kept afterwards.
    std::vector<engine::SubscriptionId> pool(int agents) {
        std::vector<engine::SubscriptionId> ids;
        hang();
        for (int agent = 0; agent < agents; ++agent) {
            ids.push_back(
                subscribe(sap.url(), "APP" + std::to_string(agent), "USER" + std::to_string(agent)));
            changed(ids.back(), "first");
        }
        EXPECT_TRUE(received(static_cast<std::size_t>(agents)));
        take();
        sap.answer_all();
        for (const auto id : ids) EXPECT_TRUE(delivered(id));
        EXPECT_EQ(sap.open(), static_cast<std::size_t>(agents));
        return ids;
    }
    std::uint64_t failed_tries() {
        return counted(ici().counters().events, R"(event="phoneCallChanged",result="failed")");
    }
    std::string last_failure() const {
        std::string last;
        for (const std::string& line : log.lines) {
            if (line.starts_with("crm.delivery_failed")) last = line;
        }
        return last;
    }
};

}  // namespace cticonnector::crm::testing
