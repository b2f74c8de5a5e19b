#pragma once
// The HTTP client that posts ICI requests to the connector: a bounded pool of kept-alive connections, further
// requests wait in order (ici.md section 1). One thread; the object outlives the loop or is closed before.

#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "behaviour.hpp"

namespace cticonnector::sim::sap {

struct Url {
    std::string host;
    std::string port = "80";
    std::string path;  // without a slash at the end
    /// "host:port", as a Host header wants it.
    std::string authority() const;
};

/// Nothing if it is not http://host[:port][/path].
std::optional<Url> parse_url(std::string_view text);

struct HttpAnswer {
    std::string error;  // empty if there was an answer
    unsigned status = 0;
    std::string body;
};

class ConnectorClient {
  public:
    using Done = std::function<void(HttpAnswer)>;
    struct Limits {
        std::size_t connections = 64;
        milliseconds connect{3000};
        milliseconds reply{30000};
    };

    /// Resolves the host at once; throws boost::system::system_error.
    ConnectorClient(boost::asio::io_context& io, Url base, Limits limits);
    ~ConnectorClient();

    /// done is called once, unless close() comes first.
    void post(std::string_view service, std::string body, Done done);

    /// Drops what waits and ends every connection.
    void close();

  private:
    struct Job;
    struct Connection;
    struct Exchange;
    void start_waiting();

    boost::asio::io_context& io_;
    Url base_;
    Limits limits_;
    std::vector<boost::asio::ip::tcp::endpoint> endpoints_;
    std::deque<std::shared_ptr<Job>> waiting_;
    std::vector<std::shared_ptr<Connection>> idle_, busy_;
    bool closed_ = false;
};

}  // namespace cticonnector::sim::sap
