#pragma once
// One subscription of SAP: its own ordered, bounded queue of events with one event in flight (R-DEC-18, 43,
// 56; R-HA-9, R-HA-11).
//
// Events wait as the engine's views and are written out for each try: a view shares its item's data with all
// others, so a queue costs a few hundred bytes per event for 10,000 agents instead of a whole document, and a
// failing session holds no text between its tries.
//
// Made as a shared_ptr, whose owner drops it when Surroundings::gone says so. One thread.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app_url.hpp"
#include "cticonnector/base/log.hpp"
#include "cticonnector/base/once_a_minute.hpp"
#include "cticonnector/crm/ici.hpp"
#include "cticonnector/engine/events.hpp"
#include "event_client.hpp"
#include "views.hpp"

namespace cticonnector::crm {

/// What all worker sessions share; outlives them.
struct Surroundings {
    boost::asio::io_context& io;
    const Settings& settings;
    const Languages& languages;
    Logger& log;
    EventClient& client;
    Counters& counters;
    std::function<void(engine::Event)> post;
    std::function<void(engine::SubscriptionId)> gone;
};

class WorkerSession : public std::enable_shared_from_this<WorkerSession> {
  public:
    using Time = std::chrono::steady_clock::time_point;

    struct Subscriber {
        engine::SubscriptionId id;
        engine::UserId user;
        std::string app_id;
        std::string language;
        net::HttpTarget target;
        std::string peer = {};  ///< who subscribed
    };

    /// Held until the reply to subscribe is written (subscribed()).
    WorkerSession(Surroundings&, Subscriber);
    WorkerSession(const WorkerSession&) = delete;
    WorkerSession& operator=(const WorkerSession&) = delete;
    ~WorkerSession();

    void add(Shown, std::optional<Time> cause);
    /// subscriptionEnded goes out after what is queued; then the session is gone.
    void end(engine::EndReason, std::optional<Time> cause);
    /// Gone at once.
    void drop();

    /// No event goes out while a reply to its user is being written: a reply comes before what it causes.
    void hold();
    void unhold();
    void subscribed();
    /// A request of its user: if the session is lost, try again now (R-DEC-18). The first from each further
    /// peer is told (R-DEC-81).
    void heard(const std::string& peer);

    SessionFacts facts() const;
    const Subscriber& subscriber() const { return subscriber_; }
    bool ending() const { return ending_; }
    /// The last that was told of the user.
    const engine::UserView& user() const { return user_; }
    void set_user(const engine::UserView& user) { user_ = user; }

  private:
    enum class Health : std::uint8_t {
        alive,
        failing,   ///< retries go on
        lost,      ///< retries are used up
        overflown  ///< events are missing: only a new subscribe helps
    };
    struct Queued {
        Shown shown;
        std::optional<Time> cause;
        Time since{};
        bool handed = false;
    };

    /// Remembers it, too. One that is put off is not remembered, so that it is told later.
    bool is_to_be_told(const std::string& peer);
    void push(Shown, std::optional<Time> cause);
    void pump();
    void send_head();
    void handed(std::chrono::nanoseconds waited);
    void answered(const net::HttpOutcome&);
    void delivered(std::string_view result);
    void failed(const std::string& why);
    void tell_failure(const std::string& why, std::optional<std::chrono::milliseconds> next);
    void unknown_app_id(const std::string& why);
    void pause(std::chrono::milliseconds);
    void stop_trying();
    void clear_queue(std::string_view result);
    void overflow();
    void leave();
    void count(const Shown&, std::string_view result);
    /// An ending session is nothing to the engine any more.
    void tell_engine(engine::Event);

    Surroundings& around_;
    const Subscriber subscriber_;
    std::deque<Queued> queue_;
    boost::asio::steady_timer retry_;
    std::shared_ptr<net::HttpPosting> delivery_;  ///< of the head
    Time head_since_{};
    Time subscribed_at_{};
    std::optional<Time> sent_;  ///< the head, at its last try
    Time failing_since_{};     ///< while it is not alive
    std::size_t tries_ = 0;    ///< that failed, of the head
    bool unanswered_ = false;  ///< the last try: the next one takes a new connection
    int holds_ = 1;
    std::vector<std::string> peers_;  ///< that its user's requests came from, the last one last
    std::optional<OnceAMinute<std::string>> further_;  ///< peers that took the place of a remembered one
    Health health_ = Health::alive;
    bool pausing_ = false;
    bool ending_ = false;
    engine::UserView user_;
};

}  // namespace cticonnector::crm
