#pragma once
// The admin answers as JSON texts (observability.md), made from what the engine and the shells know. Pure.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "cticonnector/engine/engine.hpp"
#include "journal.hpp"

namespace cticonnector::app {

/// What the shells know of an agent's worker session.
struct WorkerFacts {
    std::string app_id;
    std::size_t queue = 0;
    bool failing = false;
};

/// What /health answers from.
struct HealthFacts {
    bool ici = false;
    bool voice = false;
    bool media_configured = false;
    bool media = false;
};

struct PageSources {
    const engine::Engine& engine;
    const Journal& journal;
    std::function<std::optional<WorkerFacts>(engine::SubscriptionId)> worker;
    HealthFacts health;
};

struct Page {
    int status = 200;
    std::string body;
};

Page health_page(const HealthFacts&);
/// GET target of the admin listener: /health, /agents, /agents/<id>, /items, /explain?item=|agent=.
Page page(const PageSources&, std::string_view target);

}  // namespace cticonnector::app
