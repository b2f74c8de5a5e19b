#pragma once
// Carries events to SAP: HTTP POST on kept-alive connections, a pool for each authority (R-DEC-43). Beast
// stays behind this header.
//
// One time limit holds for the whole answer, however slowly it drips; interim answers are skipped, at
// most 16. An answer is taken as it comes, also before the request has left whole; its connection is then not
// kept. A kept connection that breaks before any byte of the answer was stale: the event goes out again on a
// new one at once. Whenever a connection has failed, all that are idle toward that authority go with it.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "app_url.hpp"
#include "cticonnector/crm/settings.hpp"
#include "event_answer.hpp"

namespace cticonnector::crm {

/// An event that is on its way.
class Delivery {
  public:
    virtual ~Delivery() = default;
    /// Its connection is closed; none of its functions is called any more.
    virtual void cancel() = 0;
};

class EventClient {
  public:
    struct Event {
        EventTarget target;
        std::string envelope;
        bool fresh = false;  ///< on a new connection: the last try had no answer
    };
    /// `waited`: for one of EventConnections.
    using Handed = std::function<void(std::chrono::nanoseconds waited)>;
    using Done = std::function<void(EventOutcome)>;

    EventClient(boost::asio::io_context&, const Settings&);
    EventClient(const EventClient&) = delete;
    EventClient& operator=(const EventClient&) = delete;
    ~EventClient();

    /// `handed` when the event goes to the socket (again for a stale connection), then `done` once. Neither
    /// is called before post() returns.
    std::shared_ptr<Delivery> post(Event, Handed handed, Done done);

    /// Drops everything.
    void close();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace cticonnector::crm
