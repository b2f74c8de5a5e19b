#pragma once
// Posts ICI requests to the connector: a bounded number of kept-alive connections, further requests wait in
// order (ici.md section 1). One thread; the object outlives the loop or is closed before.

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "behaviour.hpp"
#include "cticonnector/net/http_client.hpp"

namespace cticonnector::sim::sap {

/// Its path without a slash at the end. Nothing if it is not http://host[:port][/path].
std::optional<net::HttpTarget> parse_url(std::string_view text);

class ConnectorClient {
  public:
    using Done = net::HttpClient::Done;
    struct Limits {
        std::size_t connections = 64;
        milliseconds connect{3000};
        milliseconds reply{30000};
    };

    ConnectorClient(boost::asio::io_context& io, net::HttpTarget base, Limits limits);

    /// done is called once, unless close() comes first.
    void post(std::string_view service, std::string body, Done done);

    /// Drops what waits and ends every connection.
    void close() { client_.close(); }

  private:
    net::HttpTarget base_;
    net::HttpClient client_;
};

}  // namespace cticonnector::sim::sap
