#include "connector_client.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cticonnector::sim::sap {

std::optional<net::HttpTarget> parse_url(std::string_view text) {
    constexpr std::string_view scheme = "http://";
    if (!text.starts_with(scheme)) return std::nullopt;
    text.remove_prefix(scheme.size());
    net::HttpTarget url;
    const auto slash = std::min(text.find('/'), text.size());
    std::string_view authority = text.substr(0, slash);
    url.path = text.substr(slash);
    while (url.path.ends_with('/')) url.path.pop_back();

    const auto bracket = authority.rfind(']');  // an IPv6 address has colons of its own
    const auto colon = authority.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        const std::string_view port = authority.substr(colon + 1);
        const char* const end = port.data() + port.size();
        const auto [read, error] = std::from_chars(port.data(), end, url.port);
        if (error != std::errc{} || read != end || url.port == 0) return std::nullopt;
        authority = authority.substr(0, colon);
    }
    url.host = authority;
    if (bracket != std::string_view::npos && url.host.starts_with('['))
        url.host = url.host.substr(1, bracket - 1);
    if (url.host.empty()) return std::nullopt;
    return url;
}

ConnectorClient::ConnectorClient(boost::asio::io_context& io, net::HttpTarget base, Limits limits)
    : base_(std::move(base)),
      client_(io, {.connect_timeout = limits.connect,
                   .answer_timeout = limits.reply,
                   .connections = limits.connections,
                   .all_connections = limits.connections}) {}

void ConnectorClient::post(std::string_view service, std::string body, Done done) {
    net::HttpTarget target = base_;
    if (!service.empty()) target.path.append("/").append(service);
    if (target.path.empty()) target.path = "/";
    client_.post(
        {.target = std::move(target),
         .body = std::move(body),
         .content_type = "text/xml; charset=utf-8",
         .headers = {{"SOAPAction", "\"\""}}},
        [](std::chrono::nanoseconds) {}, std::move(done));
}

}  // namespace cticonnector::sim::sap
