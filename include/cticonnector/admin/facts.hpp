#pragma once
// What the pages show and others know.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/engine/item.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::admin {

/// What the shells know of an agent's worker session.
struct WorkerFacts {
    std::string app_id;
    std::size_t queue = 0;
    std::chrono::milliseconds oldest{0};  ///< since when the first of the queue has no answer of SAP
    bool failing = false;
};

/// What /health answers from.
struct HealthFacts {
    bool ici = false;
    bool voice = false;
    bool mr = false;  ///< the listener for media routing serves
    bool media_configured = false;
    bool media = false;
    std::vector<std::string> shortcomings = {};  ///< of the contact center (R-DEC-77)
    std::size_t agents = 0;                      ///< with a subscription
    std::size_t crm_failing = 0;                 ///< ... whose events SAP does not take
    std::size_t crm_slow = 0;                    ///< ... whose events wait for SAP's answers
    std::string slowest = {};                    ///< of these the user who waits longest
    std::chrono::milliseconds slowest_for{0};
};

/// The engine counts on the steady clock; people read the wall clock.
inline std::chrono::system_clock::time_point wall_time(engine::Time time) {
    using std::chrono::system_clock;
    const auto ago = std::chrono::steady_clock::now() - time;
    return system_clock::now() - std::chrono::duration_cast<system_clock::duration>(ago);
}

/// An item's state as people know it: waiting, delayed (its next try is ahead), offered, active or parked.
std::string_view item_state(const engine::Item&);

}  // namespace cticonnector::admin
