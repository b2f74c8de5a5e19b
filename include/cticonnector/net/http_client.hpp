#pragma once
// HTTP client for small documents: POST on kept-alive connections, a pool for each scheme and authority.
// Beast stays behind this header. One thread.
//
// One time limit holds for the whole answer, however slowly it drips; interim answers are skipped, at most
// 16. An answer is taken as it comes, also before the request has left whole; its connection is then not
// kept. A kept connection that breaks before any byte of the answer was stale: the request goes out again on
// a new one at once. Whenever a connection has failed, all that are idle toward that authority go with it. A
// redirect is an answer, and is never followed.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cticonnector/base/current.hpp"
#include "cticonnector/net/http_target.hpp"
#include "cticonnector/net/tls.hpp"

namespace cticonnector::net {

/// What is Live holds for the next connection, request or pause.
struct HttpClientSettings {
    Live<std::chrono::milliseconds> connect_timeout = std::chrono::seconds{3};
    Live<std::chrono::milliseconds> answer_timeout = std::chrono::seconds{15};
    std::size_t connections = 1;         ///< toward one authority
    std::size_t all_connections = 1024;  ///< toward all together
    Live<std::chrono::milliseconds> idle_limit = std::chrono::seconds{30};
    std::shared_ptr<TlsContext> tls;  ///< of https; without it there is none
};

struct HttpPost {
    HttpTarget target;
    std::string body;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;  ///< besides Host, Content-Type and -Length
    bool fresh = false;  ///< on a new connection: the last try had no answer
};

struct HttpResponse {
    unsigned status = 0;  ///< three digits, 000 too
    std::string content_type;
    std::string body;  ///< without its Content-Encoding, at most 1 MiB
};
/// None, or none that can be read.
struct NoResponse {
    std::string why;  ///< for the log
};
using HttpOutcome = std::variant<NoResponse, HttpResponse>;

/// A request that is on its way.
class HttpPosting {
  public:
    virtual ~HttpPosting() = default;
    /// Its connection is closed; none of its functions is called any more.
    virtual void cancel() = 0;
};

class HttpClient {
  public:
    /// `waited`: for one of the connections.
    using Handed = std::function<void(std::chrono::nanoseconds waited)>;
    using Done = std::function<void(HttpOutcome)>;

    HttpClient(boost::asio::io_context&, HttpClientSettings);
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient();

    /// `handed` when the request goes to the socket (again for a stale connection), then `done` once. Neither
    /// is called before post() returns.
    std::shared_ptr<HttpPosting> post(HttpPost, Handed handed, Done done);

    /// Drops everything, and what is posted later.
    void close();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace cticonnector::net
