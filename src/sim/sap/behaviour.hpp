#pragma once
// How a simulated SAP agent behaves: data that a script sets and changes (docs/simulators.md, "SAP side").
//
// Times are milliseconds. The defaults are those of a quick, willing agent with the six agent sessions that
// SAP allows (ici.md section 9).

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "cticonnector/base/secret.hpp"

namespace cticonnector::sim::sap {

using Time = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

/// Index into the roster of agents.
using AgentIndex = std::size_t;

/// What happens to the offers that accept_every leaves out.
enum class Otherwise : std::uint8_t { reject, ignore };

struct Behaviour {
    unsigned accept_every = 1;  // each nth offer is accepted, 0 = none
    Otherwise otherwise = Otherwise::reject;
    milliseconds think{500};     // from the offer to the answer
    milliseconds handle{5000};   // from processingStatus 2 to drop, leave, close or complete
    milliseconds wrap_up{2000};  // from processingStatus 3 to wrapUpEnded
    milliseconds end{0};         // from an accepted item's last event to End, which closes its tab (R-DEC-65)
    bool ready = true;           // set ready after log-on
    milliseconds ready_again{0};   // ready again so long after the CMS showed not ready, 0 = never
    milliseconds check_every{0};   // getAttributes (ici.md section 10), 0 = never
    milliseconds log_on_again{0};  // after the subscription is lost, 0 = never
    unsigned sessions = 6;         // agent sessions, manual ones included
    bool http_exhausted = false;   // every new offer is refused with A0
};

struct AgentSpec {
    std::string user;
    std::string language = "EN";
    Secret workcenter;
    Behaviour behaviour;
};

}  // namespace cticonnector::sim::sap
