#pragma once
// /metrics in the Prometheus text format, with the names of observability.md. Made from what it is given,
// the steady clock and what the system says of this process.
//
// Ours in place of prometheus-cpp, measured: its counter costs 4.4 ns (ours 0.9), its histogram 13 (2), its
// page 20 times ours.

#include <chrono>
#include <cstdint>
#include <string>

#include "cticonnector/admin/journal.hpp"
#include "cticonnector/crm/ici.hpp"
#include "cticonnector/engine/engine.hpp"
#include "cticonnector/routing/contact_center.hpp"

namespace cticonnector::app {

struct MetricSources {
    const engine::Engine& engine;
    const admin::Journal::Counters& journal;
    const crm::Counters& crm;
    const routing::Counters& routing;
    std::uint64_t admin_peers_refused;
    std::uint64_t log_dropped;
    std::chrono::system_clock::time_point started;
};

std::string metrics_text(const MetricSources&);

}  // namespace cticonnector::app
