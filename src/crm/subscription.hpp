#pragma once
// The hands of a worker session: carries its events to SAP and its pauses to a timer, writes what became of
// them to the log and the counters.
//
// Made as a shared_ptr, whose owner drops it when Hooks::gone says so. One thread.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cticonnector/base/log.hpp"
#include "cticonnector/crm/ici.hpp"
#include "cticonnector/net/alarm.hpp"
#include "event_client.hpp"
#include "worker_session.hpp"

namespace cticonnector::crm {

class Subscription : public std::enable_shared_from_this<Subscription> {
  public:
    using Time = WorkerSession::Time;

    /// Of all subscriptions.
    struct Hooks {
        std::function<void(engine::Event)> post;
        std::function<void(engine::SubscriptionId)> gone;
    };

    /// All that is referred to outlives it.
    Subscription(boost::asio::io_context&, const Current<Settings>&, EventClient&, Logger&, Counters&,
                 const Hooks&, Subscriber);
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;
    ~Subscription();

    // what happens to its worker session
    void add(Shown, std::optional<Time> cause);
    void end(engine::EndReason, std::optional<Time> cause);
    void drop();
    void hold() { session_.hold(); }
    void unhold();
    void subscribed();
    void heard(const std::string& peer);

    SessionFacts facts() const;
    const Subscriber& subscriber() const { return subscriber_; }
    bool ending() const { return session_.stage() != Stage::open; }
    /// The last that was told of the user.
    const engine::UserView& user() const { return user_; }
    void set_user(const engine::UserView& user) { user_ = user; }

  private:
    void came(const net::HttpOutcome&);
    /// One input of the session and all that follows from it.
    template <class Input>
    void feed(Input&& input);
    void carry_out(const Send&);
    void carry_out(const Cancel&);
    void carry_out(const Gone&);
    void carry_out(const Count&);
    void carry_out(const FirstTry&);
    void carry_out(const Answered&);
    void carry_out(const Done&);
    void carry_out(const NotTaken&);
    void carry_out(const Restored&);
    void carry_out(const PeerChanged&);
    void carry_out(const engine::DeliveryFailed& event) { hooks_.post(event); }
    void carry_out(const engine::DeliveryRestored& event) { hooks_.post(event); }
    void carry_out(const engine::SubscriptionLost& event) { hooks_.post(event); }
    void carry_out(const engine::LastEventAnswered& event) { hooks_.post(event); }

    EventClient& client_;
    Logger& log_;
    Counters& counters_;
    const Hooks& hooks_;
    const Subscriber subscriber_;
    engine::UserView user_;
    WorkerSession session_;
    net::Alarm alarm_;
    std::shared_ptr<net::HttpPosting> sent_;  ///< the first of the queue, in flight
};

}  // namespace cticonnector::crm
