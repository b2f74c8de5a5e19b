#pragma once
// The [ADMIN] listener: answers HTTP with what a function gives for a request, once it may be asked. For
// people and scrapers: few connections, short idle time. One thread.

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cticonnector/admin/settings.hpp"
#include "cticonnector/net/http_server.hpp"

namespace cticonnector::admin {

struct AdminRefusal {
    unsigned status = 0;
    std::string text;
};
/// What a page of another site could make a browser ask (R-OPS-5): 421 for a Host that is no IP literal,
/// localhost or one of `server_names`; for a POST 403 when it comes from a foreign origin, and 415 unless its
/// content type is JSON. Nothing: it may be answered. Pure.
std::optional<AdminRefusal> refuse(const net::HttpRequest&, const std::vector<std::string>& server_names);

class AdminServer {
  public:
    /// What it throws is answered 500 and told to `broken`.
    using Answer = std::function<net::HttpAnswer(const net::HttpRequest&)>;
    /// A request that is refused before it comes to that.
    using Refused = std::function<void(const net::HttpRequest&, const AdminRefusal&)>;

    /// Binds at once; throws boost::system::system_error when the address is taken. Port 0 of the settings
    /// means off: do not make one. `port` 0 here picks a free one.
    AdminServer(boost::asio::io_context&, const Settings&, Answer, Refused, net::HttpBroken,
                net::HttpShortage, net::HttpRefused);

    std::uint16_t port() const { return server_.port(); }
    void stop() { server_.close(); }

  private:
    net::HttpServer server_;
};

}  // namespace cticonnector::admin
