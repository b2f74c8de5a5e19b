#pragma once
// HTTP/1.1 server for small documents: one coroutine per connection, requests of one connection one after the
// other, so pipelined ones are answered in order (R-DEC-58, ici.md section 11). Beast stays behind this
// header.
//
// By itself it answers 400 (no HTTP), 413 (over 1 MiB), 431 (headers over 16 KiB) and 503 (too many
// connections). Everything else goes to the handler, which may answer at once or later. What is waiting for
// a request when the peer has gone still takes effect; its answer is dropped.

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

namespace cticonnector::net {

struct HttpServerSettings {
    boost::asio::ip::address address = boost::asio::ip::address_v4::loopback();
    std::uint16_t port = 0;  ///< 0 = pick one
    std::chrono::milliseconds request_read_timeout{
        10'000};  ///< for a whole request, and for its answer to be taken
    std::chrono::milliseconds idle_timeout{120'000};
    std::size_t max_connections = 2048;                   ///< beyond: 503 and close
    std::vector<boost::asio::ip::address> allowed_peers;  ///< empty = any
};

struct HttpRequest {
    std::string method;
    std::string target;  ///< as in the request line
    std::string host;    ///< the address the client used: its Host header, else this end of the connection
    std::string body;
    std::chrono::steady_clock::time_point received;
};

struct HttpAnswer {
    unsigned status = 200;
    std::string body;
    std::string_view content_type = "text/xml; charset=utf-8";
    std::string_view allow = {};  ///< Allow header of a 405
};

/// One request that waits for its answer.
class HttpExchange {
  public:
    using Written = std::function<void(bool written)>;
    virtual ~HttpExchange() = default;
    /// Once. `written` is called when the socket has taken the answer, or with false when nobody will read
    /// it.
    virtual void answer(HttpAnswer, Written written) = 0;
};

/// Must not throw.
using HttpHandler = std::function<void(HttpRequest, std::shared_ptr<HttpExchange>)>;

class HttpServer {
  public:
    /// Connections above the maximum that are being told 503; beyond these they are closed without a word.
    static constexpr std::size_t most_refusals = 64;

    /// Listens; throws boost::system::system_error when it cannot.
    HttpServer(boost::asio::io_context&, const HttpServerSettings&, HttpHandler);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    std::uint16_t port() const;
    std::size_t connections() const;

    /// No new connection and no new request; what was asked already may still be answered. `drained` is
    /// called when no connection is left, never from within.
    void stop(std::function<void()> drained);
    /// Drops everything. The handler is not called any more.
    void close();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace cticonnector::net
