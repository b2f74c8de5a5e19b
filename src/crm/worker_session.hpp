#pragma once
// A worker session: one subscription's own ordered, bounded queue of events with one event in flight
// (R-DEC-18, 43, 56; R-HA-9, R-HA-11). Pure: told what happened and the time, it says what to do. Orders come
// in order into a buffer that the caller owns.
//
// Events wait as the engine's views and are written out for each try: a view shares its item's data with all
// others, so a queue costs a few hundred bytes per event for 10,000 agents instead of a whole document, and a
// failing session holds no text between its tries.
//
// Three axes, a table each. That a session ends is an axis of its own: until it is gone what is queued goes
// out, or of one that is replaced the end alone, so it is held, sends and pauses as any other.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cticonnector/base/current.hpp"
#include "cticonnector/crm/settings.hpp"
#include "cticonnector/engine/events.hpp"
#include "delivery_outcome.hpp"
#include "peers.hpp"
#include "views.hpp"

namespace cticonnector::crm {

// ---- what to do
/// Write out the first of the queue and post it, on a new connection if `fresh`: its last try had no answer.
/// Then tell handed() and answered() or unanswered().
struct Send {
    bool fresh = false;
};
/// Drop what was sent; nothing of it is told any more.
struct Cancel {};
/// Nothing is to be done or told any more.
struct Gone {};
// ---- what to count
/// A try, or an event that will never be tried again.
struct Count {
    ici::EventKind kind{};
    std::string_view result;  ///< failed or dropped
};
/// An event is handed to the socket for the first time.
struct FirstTry {
    std::chrono::nanoseconds waited{};            ///< for SAP
    std::optional<std::chrono::nanoseconds> own;  ///< the rest since its cause
};
/// SAP's time for a try, whatever it says.
struct Answered {
    std::chrono::nanoseconds took{};
};
// ---- what to log
struct Done {
    Shown shown;
    std::string_view result;  ///< ok or fault; to be counted, too
};
struct NotTaken {
    struct Next {
        std::size_t tries = 0;  ///< so far
        std::size_t of = 0;
        std::chrono::milliseconds pause{};
    };
    Shown shown;
    std::string why;
    std::optional<Next> next;  ///< nothing: it is final
};
struct Restored {
    std::chrono::nanoseconds after{};
};
struct PeerChanged {
    std::string peer;
};
/// Besides these, what the engine is to be told.
using Order = std::variant<Send, Cancel, Gone, Count, FirstTry, Answered, Done, NotTaken, Restored,
                           PeerChanged, engine::DeliveryFailed, engine::DeliveryRestored,
                           engine::SubscriptionLost, engine::LastEventAnswered>;
using Orders = std::vector<Order>;

// ---- the tables
template <class State, class Cause>
struct Row {
    State from;
    Cause because;
    State to;
};
template <class State, class Cause>
Row(State, Cause, State) -> Row<State, Cause>;
/// What has no row changes nothing.
template <class Rows, class State, class Cause>
constexpr State after(const Rows& rows, State from, Cause because) {
    for (const auto& row : rows) {
        if (row.from == from && row.because == because) return row.to;
    }
    return from;
}

/// What the tries have shown.
enum class Health : std::uint8_t {
    alive,
    failing,   ///< retries go on
    lost,      ///< retries are used up: tried after longer pauses, and when its user is heard (R-DEC-18)
    overflown  ///< events are missing: only a new subscribe helps, so nothing but the end goes out
};
enum class Sign : std::uint8_t {
    taken,       ///< SAP has answered, were it with a fault
    not_taken,   ///< and is tried again
    given_up,    ///< the last retry has failed, too
    queue_full,  ///< SAP will not hear of something
};
inline constexpr std::array health_rows{
    Row{Health::alive, Sign::not_taken, Health::failing},
    Row{Health::alive, Sign::given_up, Health::lost},  // EventRetries=0
    Row{Health::failing, Sign::given_up, Health::lost},
    Row{Health::failing, Sign::taken, Health::alive},
    Row{Health::lost, Sign::taken, Health::alive},
    Row{Health::alive, Sign::queue_full, Health::overflown},
    Row{Health::failing, Sign::queue_full, Health::overflown},
    Row{Health::lost, Sign::queue_full, Health::overflown},
};

/// Where the first event of the queue is.
enum class SessionStep : std::uint8_t {
    held,     ///< none goes out while a reply to its user is being written (R-DEC-56)
    idle,     ///< there is none
    sending,  ///< in flight
    pausing,  ///< until it is tried again
};
/// What comes next.
enum class Next : std::uint8_t { reply, nothing, event, pause };
inline constexpr std::array step_rows{
    Row{SessionStep::held, Next::nothing, SessionStep::idle},
    Row{SessionStep::held, Next::event, SessionStep::sending},
    Row{SessionStep::idle, Next::reply, SessionStep::held},
    Row{SessionStep::idle, Next::event, SessionStep::sending},
    Row{SessionStep::sending, Next::event, SessionStep::sending},  // the one behind it
    Row{SessionStep::sending, Next::pause, SessionStep::pausing},
    Row{SessionStep::sending, Next::nothing, SessionStep::idle},
    Row{SessionStep::sending, Next::reply, SessionStep::held},
    Row{SessionStep::pausing, Next::event, SessionStep::sending},
    Row{SessionStep::pausing, Next::reply, SessionStep::held},
    Row{SessionStep::pausing, Next::nothing, SessionStep::idle},  // the queue was dropped
};

/// Whether it is still the engine's.
enum class Stage : std::uint8_t {
    open,
    ending,  ///< subscriptionEnded stands last in the queue; it is nothing to the engine any more
    gone
};
enum class Parting : std::uint8_t { ends, is_over };
inline constexpr std::array stage_rows{
    Row{Stage::open, Parting::ends, Stage::ending},
    Row{Stage::open, Parting::is_over, Stage::gone},
    Row{Stage::ending, Parting::is_over, Stage::gone},
};

class WorkerSession {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// Held until the reply to subscribe is written, subscribed(). `peer` sent it.
    WorkerSession(const Current<Settings>&, engine::SubscriptionId, std::string peer);

    /// `cause`: when the message was received that led to it.
    void add(Shown, std::optional<Time> cause, Time now, Orders&);
    /// subscriptionEnded goes out after what is queued, at once if the session is lost; what is added later
    /// is dropped. Of one that is replaced it goes out after what is in flight. Then the session is gone.
    void end(engine::EndReason, std::optional<Time> cause, Time now, Orders&);
    /// Gone at once.
    void drop(Orders&);

    /// A reply to its user is being written; it comes before what it causes.
    void hold();
    void unhold(Orders&);
    void subscribed(Time now, Orders&);
    /// A request of its user: if the session is lost, it tries again now (R-DEC-18).
    void heard(const std::string& peer, Time now, Orders&);

    /// The first of the queue went to the socket (again for a stale connection), `waited` for a connection
    /// that others wait on.
    void handed(std::chrono::nanoseconds waited, Time now, Orders&);
    void answered(const DeliveryOutcome&, Time now, Orders&);
    void unanswered(const std::string& why, Time now, Orders&);

    void on_time(Time now, Orders&);
    /// Only a pause has one: whoever carries the event knows how long an answer may take.
    std::optional<Time> next_deadline() const;

    Health health() const { return health_; }
    SessionStep step() const { return step_; }
    Stage stage() const { return stage_; }
    std::size_t queued() const { return queue_.size(); }
    /// Of the queue, which is not empty; its time is when it was added.
    const Shown& first() const { return queue_.front().shown; }
    Time first_since() const { return queue_.front().since; }

  private:
    struct Queued {
        Shown shown;
        std::optional<Time> cause;
        Time since{};
        bool handed = false;
    };

    void push(Shown, std::optional<Time> cause, Time now, Orders&);
    void proceed(Orders&);
    void cut_pause_short(Orders&);
    void took(Time now, Orders&);
    void taken(std::string_view result, Time now, Orders&);
    void not_taken(const std::string& why, Time now, Orders&);
    void unknown_app_id(const std::string& why, Time now, Orders&);
    void overflow(Orders&);
    void drop_queue(Orders&, std::ptrdiff_t but_first = 0);
    bool is_replaced() const;
    void leave(Orders&);
    template <class Event>
    void tell_engine(Event, Orders&);

    const Current<Settings>& settings_;
    const engine::SubscriptionId id_;
    std::deque<Queued> queue_;
    Time first_at_{};  ///< when the first became it
    Time subscribed_at_{};
    std::optional<Time> handed_at_;  ///< the first, at its last try
    Time failing_since_{};           ///< while it is not alive
    Time pause_until_{};
    std::size_t tries_ = 0;  ///< of the first, that failed
    int replies_ = 1;        ///< that are being written
    bool fresh_ = false;     ///< the last try was not answered
    Health health_ = Health::alive;
    SessionStep step_ = SessionStep::held;
    Stage stage_ = Stage::open;
    Peers peers_;
};

}  // namespace cticonnector::crm
