#pragma once
// Carries events to SAP: HTTP POST on kept-alive connections, a pool for each host (R-DEC-43). Beast stays
// behind this header.
//
// A pool holds at most EventConnections; who finds none free is served in turn. A connection from the pool
// that breaks before any byte of the answer was stale: the event goes out again on a new one at once. Names
// are looked up beside the loop, within the connect limit.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "app_url.hpp"
#include "cticonnector/crm/settings.hpp"

namespace cticonnector::crm {

struct EventAnswer {
    unsigned status = 0;  ///< 0: there was none, `failure` says why
    std::string body;
    std::string failure;
};

/// An event that is on its way.
class Delivery {
  public:
    virtual ~Delivery() = default;
    /// Its connection is closed; none of its functions is called any more.
    virtual void cancel() = 0;
};

class EventClient {
  public:
    using Handed = std::function<void()>;
    using Done = std::function<void(EventAnswer)>;

    EventClient(boost::asio::io_context&, const Settings&);
    EventClient(const EventClient&) = delete;
    EventClient& operator=(const EventClient&) = delete;
    ~EventClient();

    /// `handed` when the event goes to the socket (again for a stale connection), then `done` once. Neither
    /// is called before post() returns.
    std::shared_ptr<Delivery> post(EventTarget, std::string envelope, Handed handed, Done done);

    /// Drops everything.
    void close();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace cticonnector::crm
