#pragma once
// HTTP/1.1 server for small documents: one coroutine per connection, requests of one connection one after the
// other, so pipelined ones are answered in order (R-DEC-58, R-DEC-71, ici.md section 11).
// Beast stays behind this header.
//
// By itself it answers `OPTIONS *`, 400 (no HTTP, not one Host, doubtful framing, broken gzip), 413 (over 1
// MiB, also without its coding, and chunk sizes or trailers without end), 415 (a Content-Encoding but gzip
// and deflate, R-DEC-70), 431 (headers over 16 KiB), 501 (a Transfer-Encoding but chunked), 503 (too many
// connections) and 500 (an error of ours). Everything else goes to the handler, which may answer at once or
// later. What is waiting for a request when the peer has gone still takes effect; its answer is dropped.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/base/current.hpp"
#include "cticonnector/base/secret.hpp"
#include "cticonnector/net/network.hpp"
#include "cticonnector/net/tls.hpp"
#include "cticonnector/net/web_socket.hpp"

namespace cticonnector::net {

/// What is Live holds for the next connection, request or answer.
struct HttpServerSettings {
    boost::asio::ip::address address = boost::asio::ip::address_v4::loopback();
    std::uint16_t port = 0;  ///< 0 = pick one
    /// For a whole request to arrive, and for its answer to be taken.
    Live<std::chrono::milliseconds> request_read_timeout = std::chrono::seconds{10};
    Live<std::chrono::milliseconds> idle_timeout = std::chrono::seconds{120};
    /// Whoever comes beyond takes the place of the one that waits for a request the longest; where all have
    /// one in progress: 503 and close.
    std::size_t max_connections = 2048;
    std::size_t max_web_sockets = 0;                                    ///< besides them: each holds a file
    Live<std::vector<Network>> allowed_peers = std::vector<Network>{};  ///< empty = any
    std::shared_ptr<TlsContext> tls;                                    ///< none = plain HTTP
};

/// What of a request anybody here looks at.
struct HttpRequest {
    std::string method;  ///< HEAD comes as GET: its answer goes without the content
    std::string path;    ///< of the target in whatever form, as it was sent
    std::string query;   ///< what follows `?`
    /// Whom the client asked: the authority of an absolute target,
    /// else Host, else this end of the connection.
    std::string host;
    std::string origin;        ///< Origin
    std::string content_type;  ///< Content-Type
    Secret authorization;      ///< Authorization
    std::string body;          ///< without its Content-Encoding
    /// The other end of the TCP connection, whatever a header says (R-DEC-66).
    boost::asio::ip::address peer;
    bool web_socket = false;  ///< asks for one: it may be answered by upgrade()
    std::chrono::steady_clock::time_point received;
};

struct HttpAnswer {
    unsigned status = 200;
    std::string body;
    std::string_view content_type = "text/xml; charset=utf-8";
    std::string_view allow = {};            ///< Allow header of a 405
    std::string_view authenticate = {};     ///< WWW-Authenticate header of a 401
    std::string_view accept_encoding = {};  ///< Accept-Encoding header of a 415 for the Content-Encoding
    unsigned retry_after = 0;               ///< seconds, of a 503; 0 = no such header
};

/// One request that waits for its answer. One that is dropped without is answered 500.
class HttpExchange {
  public:
    using Written = std::function<void(bool written)>;
    virtual ~HttpExchange() = default;
    /// The first answer counts. `written` is called when the socket has taken it, or with false when nobody
    /// will read it.
    virtual void answer(HttpAnswer, Written written) = 0;
    /// In place of an answer the connection is reset: for a peer that plays a broken one.
    virtual void reset() = 0;
    /// In place of an answer the connection becomes a WebSocket, and counts among max_connections no more.
    /// Null when the peer has gone or did not ask for one, or when there are max_web_sockets:
    /// then no hook is called.
    virtual std::shared_ptr<WebSocket> upgrade(const WebSocketSettings&, WebSocketHooks) = 0;
};

/// What it throws is answered 500.
using HttpHandler = std::function<void(HttpRequest, std::shared_ptr<HttpExchange>)>;

/// An error of ours that cost a client its answer: which request, and what happened. It must not throw.
using HttpBroken = std::function<void(std::string_view text)>;

/// Nobody can be let in for want of file handles, and why; at most once a minute (R-DEC-74).
using HttpShortage = std::function<void(std::string_view why)>;

/// Who is not among allowed_peers: their connection is closed without a word.
using HttpRefused = std::function<void(const boost::asio::ip::address& peer)>;

class HttpServer {
  public:
    /// Connections being told 503 because of max_connections; beyond: closed without a word.
    static constexpr std::size_t most_refusals = 32;

    /// Listens; throws boost::system::system_error when it cannot.
    HttpServer(boost::asio::io_context&, const HttpServerSettings&, HttpHandler, HttpBroken, HttpShortage,
               HttpRefused = {});
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    std::uint16_t port() const;
    std::size_t connections() const;

    /// Idle connections are closed, the others after their next answer; whoever still comes can be told so.
    /// `drained` is called once, when no request is open any more, never from within.
    void stop(std::function<void()> drained);
    /// Drops everything. WebSockets end, too. The handler is not called any more.
    void close();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace cticonnector::net
