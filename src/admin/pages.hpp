#pragma once
// The admin answers as JSON texts (observability.md), made from what the engine and the shells know, and
// from the clock, for the times in them.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cticonnector/admin/facts.hpp"
#include "cticonnector/admin/journal.hpp"
#include "cticonnector/engine/engine.hpp"

namespace cticonnector::admin {

struct PageSources {
    const engine::Engine& engine;
    const Journal& journal;
    std::function<std::optional<WorkerFacts>(engine::SubscriptionId)> worker;
    std::function<int(engine::SubscriptionId, int)> shown_workmode;  ///< as that agent's CRM is told it
    HealthFacts health;
};

struct Page {
    int status = 200;
    std::string body;
    std::string_view content_type = "application/json";
};

Page health_page(const HealthFacts&);
Page error_page(int status, std::string what);
/// For a proxy in front of several connectors: whether SAP's requests are served, whatever else is away.
Page ici_health_page(const HealthFacts&);
/// The same for the peripheral interface manager, while its listener is open: not without [CTI]
/// ApplicationPathID.
Page mr_health_page(const HealthFacts&);
/// GET path of the admin listener: /health, /health/ici, /health/mr, /agents, /agents/<id>, /items,
/// /explain?item=|agent=, with &text=1 in sentences.
Page page(const PageSources&, std::string_view path, std::string_view query);

/// The item that the path /items/<item>/retry names, to POST to (R-DEC-55, R-REROUTE-5).
std::optional<std::string> item_to_retry(std::string_view path);
struct RetryAnswer {
    Page page = {};
    std::optional<engine::ItemId> item = {};  ///< what the engine is to try again
    std::string key = {}, external_id = {};   ///< of the item, if there is one
    std::string refusal = {};                 ///< why not; empty with `item`
};
/// 202 for a parked item, named as /items shows it or by the CRM's own id; 404 for an unknown one, 409 for
/// one that is not parked.
RetryAnswer retry(const engine::Engine&, std::string_view item);

}  // namespace cticonnector::admin
