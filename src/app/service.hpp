#pragma once
// The composition root: the engine between its two shells, one loop that drains what happened, the admin
// listener. One thread, one io_context; members stand in order of dependency.
// No rule about agents stands here.

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "cticonnector/admin/admin.hpp"
#include "cticonnector/app/config.hpp"
#include "cticonnector/app/log.hpp"
#include "cticonnector/base/current.hpp"
#include "cticonnector/base/numbers.hpp"
#include "cticonnector/crm/ici.hpp"
#include "cticonnector/crm/texts.hpp"
#include "cticonnector/engine/engine.hpp"
#include "cticonnector/routing/contact_center.hpp"
#include "event_queue.hpp"
#include "gate.hpp"

namespace cticonnector::app {

class Service {
  public:
    using Clock = std::chrono::steady_clock;

    /// Binds the ICI and admin listeners. A listener that cannot be bound, here or in run(), is a line of the
    /// log and a std::runtime_error that names section, key, address and port.
    Service(const Config&, crm::Languages, Log&);

    /// Binds the media routing listener. Runs until SIGINT, SIGTERM or stop(); returns when all work has
    /// ended, at most 5 s later. Meanwhile reopen_signal() opens the log anew (R-DEC-73).
    void run();
    /// From any thread.
    void stop();

  private:
    void enqueue(engine::Event, std::optional<Clock::time_point> cause);
    void drain();
    void perform(std::optional<Clock::time_point> cause);
    void send(const engine::Action&, std::optional<Clock::time_point> cause);
    void perform_at_front(const engine::CrmAction&, std::optional<Clock::time_point> cause);
    void arm();
    void tell_start() const;
    void await_reopen();
    void shut_down();
    bool mr_serves() const { return contact_center_.mr_port() != 0; }
    admin::HealthFacts health() const;
    std::optional<admin::WorkerFacts> worker(engine::SubscriptionId) const;
    std::string metrics() const;
    int shown_workmode(engine::SubscriptionId, int mode) const;
    engine::Note as_shown(engine::Note) const;

    Log& log_;
    Paths paths_;
    crm::Languages languages_;
    boost::asio::io_context io_{1};
    Numbers numbers_;
    engine::Engine engine_;
    admin::Journal journal_;
    EventQueue queue_;
    engine::Actions actions_;
    Gate gate_;
    bool draining_ = false;
    bool stopping_ = false;
    boost::asio::steady_timer deadline_{io_};
    std::optional<engine::Time> armed_;
    boost::asio::signal_set stop_signals_{io_, SIGINT, SIGTERM};
    boost::asio::signal_set reopen_signals_{io_};
    /// What its rooms read; swapped only between two events.
    Current<routing::Settings> routing_settings_;
    Current<crm::Settings> crm_settings_;
    Current<admin::Settings> admin_settings_;
    std::unique_ptr<admin::Admin> admin_;
    int open_ends_ = 2;  ///< CRM and contact center, until they have closed
    routing::ContactCenter contact_center_;
    crm::Ici ici_;
    std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
};

}  // namespace cticonnector::app
