#pragma once
// The admin listener and what it answers: health, agents, items, explanations, metrics, and the acts of an
// operator (R-OPS-4 to R-OPS-7). One thread, that of the io_context, which must outlive it.

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cticonnector/admin/facts.hpp"
#include "cticonnector/admin/journal.hpp"
#include "cticonnector/admin/settings.hpp"
#include "cticonnector/base/current.hpp"
#include "cticonnector/base/log.hpp"
#include "cticonnector/engine/engine.hpp"

namespace cticonnector::admin {

/// What others know, asked for when somebody looks.
struct Sources {
    const engine::Engine& engine;
    Journal& journal;
    Logger& log;
    std::function<HealthFacts()> health;
    std::function<std::optional<WorkerFacts>(engine::SubscriptionId)> worker;
    std::function<int(engine::SubscriptionId, int)> shown_workmode;  ///< as that agent's CRM is told it
    std::function<std::string()> metrics;                            ///< as Prometheus wants them
};

class Admin {
  public:
    static constexpr std::size_t most_connections = 64;  ///< at a time (R-OPS-6)

    /// Listens at once; throws boost::system::system_error when it cannot. `retry`: an operator wants the
    /// parked item routed again. The settings outlive it and are read anew each time, but for what their
    /// header says.
    Admin(boost::asio::io_context&, const Current<Settings>&, Sources,
          std::function<void(engine::ItemId)> retry);
    Admin(const Admin&) = delete;
    Admin& operator=(const Admin&) = delete;
    ~Admin();

    std::uint16_t port() const;
    void stop();
    /// That are not among those allowed.
    std::uint64_t peers_refused() const;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace cticonnector::admin
