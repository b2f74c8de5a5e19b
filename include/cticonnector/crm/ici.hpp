#pragma once
// The CRM's side of the connector: SAP's ICI requests come in by HTTP, ICI events go out, in order for each
// agent (ici.md; R-DEC-43, 44, 56, 58).
//
//     Ici ici(io, settings, languages, log, numbers, post, mr_serves);
//                                                     // listens; throws boost::system::system_error if not
//     io.run();                                       // requests arrive in post()
//     ici.perform(action, cause);                     // Reply, UserChanged, ItemChanged, EndSubscription
//     ici.stop();                                     // when the actions of engine::Shutdown are performed
//
// One thread: everything is called by, and calls back on, the thread that runs the io_context. Ici is made
// after the io_context and destroyed before it, on that thread; nothing of it calls post() afterwards.
// `settings` outlive it and are read anew each time, but for what their header says. `languages` may be
// replaced in place between two calls. post() only enqueues: it must not call back.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "cticonnector/base/current.hpp"
#include "cticonnector/base/log.hpp"
#include "cticonnector/base/metrics.hpp"
#include "cticonnector/base/numbers.hpp"
#include "cticonnector/crm/settings.hpp"
#include "cticonnector/crm/texts.hpp"
#include "cticonnector/engine/actions.hpp"
#include "cticonnector/engine/events.hpp"

namespace cticonnector::crm {

/// `received`: when the whole request, or SAP's answer to an event, had been read.
using Post = std::function<void(engine::Event, std::chrono::steady_clock::time_point received)>;

/// Whether the listener for media routing serves: a balancer asks for its health on the ICI port, too.
using MrServes = std::function<bool()>;

/// The numbers of observability.md that this side knows.
struct Counters {
    Counts requests;            ///< service, operation, result: ok, an errorId, malformed or unauthorized
    Histogram request_seconds;  ///< from the whole request to its answer
    Counts events;              ///< event, result: ok, fault, failed (one try), dropped
    Histogram event_wait;       ///< for SAP's answer to the same agent's previous event, and for a connection
    Histogram cti_to_crm;       ///< from `cause` to the event handed to the socket, without that wait
    Histogram crm_answer;       ///< SAP's time for an event, from the socket to its answer, whatever it says
    std::size_t event_queue = 0;
    std::uint64_t replies_dropped = 0;   ///< the connection was gone
    std::uint64_t peers_refused = 0;     ///< of the ICI listener
    std::uint64_t invariant_broken = 0;  ///< a request that an error of ours left without its answer
};

/// A worker session as the admin page shows it.
struct SessionFacts {
    std::string app_id;
    std::string language;  ///< of its subscribe
    std::size_t queue = 0;
    std::chrono::nanoseconds oldest{0};  ///< since when the first of the queue has no answer; 0 without one
    bool failing = false;
};

class Ici {
  public:
    /// `numbers` are those of all fronts.
    Ici(boost::asio::io_context&, const Current<Settings>&, const Languages&, Logger&, Numbers& numbers, Post,
        MrServes);
    Ici(const Ici&) = delete;
    Ici& operator=(const Ici&) = delete;
    ~Ici();

    std::uint16_t port() const;

    /// `cause`: when the message that led to the action was received.
    void perform(const engine::CrmAction&, std::optional<std::chrono::steady_clock::time_point> cause);

    /// No new requests from now on. Subscriptions that the engine has ended are told so for at most `limit`
    /// (R-DEC-46), then everything is closed and the io_context can run out: `closed` is called, unless Ici
    /// has gone before. A second call changes nothing.
    void stop(std::chrono::milliseconds limit = std::chrono::seconds{3}, std::function<void()> closed = {});

    const Counters& counters() const;
    /// Nothing for a subscription that is not there.
    std::optional<SessionFacts> session(engine::SubscriptionId) const;
    std::size_t connections() const;

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace cticonnector::crm
