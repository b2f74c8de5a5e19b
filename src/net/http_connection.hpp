#pragma once
// One connection of the HTTP server: reads a request, hands it over, writes the answer, and again.

#include <boost/asio/ip/tcp.hpp>
#include <list>
#include <memory>
#include <utility>

#include "cticonnector/net/http_server.hpp"
#include "cticonnector/net/listener.hpp"

namespace cticonnector::net {

class HttpConnection;

/// What the connections of one listener share.
struct HttpHost {
    HttpHost(const HttpServerSettings& how, HttpHandler to, HttpBroken told)
        : settings(how), handler(std::move(to)), broken(std::move(told)) {}
    virtual ~HttpHost() = default;
    /// Its next request has begun to arrive, or its answer was written: it waits from now on.
    virtual void waits(HttpConnection&) = 0;
    /// Its request goes to the handler.
    virtual void works(HttpConnection&) = 0;
    virtual bool may_upgrade() const = 0;
    /// It is a WebSocket from now on.
    virtual void upgraded(HttpConnection&) = 0;
    /// It serves nobody any more. Called once, by a connection that was started.
    virtual void ended(HttpConnection&) = 0;

    const HttpServerSettings settings;
    HttpHandler handler;
    HttpBroken broken;
    bool stopping = false;
};

using HttpConnections = std::list<HttpConnection*>;
using HttpConnectionPtr = std::shared_ptr<HttpConnection>;

/// Kept alive by its coroutine, and by whoever still owes it an answer.
class HttpConnection {
  public:
    static HttpConnectionPtr make(std::shared_ptr<HttpHost>, boost::asio::ip::tcp::socket,
                                  const boost::asio::ip::address& peer);
    virtual ~HttpConnection() = default;

    /// Starts to serve requests, until one side has had enough.
    virtual void serve() = 0;
    /// Starts to say 503, whatever is asked.
    virtual void refuse() = 0;
    virtual void close() = 0;

    /// Where its host keeps it.
    HttpConnections* list = nullptr;
    HttpConnections::iterator place;
    Listener::Seat seat;  ///< while it counts among max_connections
};

}  // namespace cticonnector::net
