#include "refusal.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <string_view>

#include "cticonnector/base/text.hpp"
#include "cticonnector/base/url.hpp"

namespace cticonnector::admin {
namespace {

bool is_ip_literal(std::string_view host) {
    boost::system::error_code error;
    if (host.starts_with('[') && host.ends_with(']')) {
        boost::asio::ip::make_address_v6(std::string(host.substr(1, host.size() - 2)), error);
    } else {
        boost::asio::ip::make_address_v4(std::string(host), error);
    }
    return !error;
}

bool is_json(std::string_view content_type) {
    return equal_ignoring_case(trim(content_type.substr(0, content_type.find(';'))), "application/json");
}

/// Its page was served by whom it asks now, whatever stands in front of us.
bool is_own(std::string_view origin, std::string_view host) {
    const auto scheme = origin.find("://");
    return scheme != std::string_view::npos && equal_ignoring_case(origin.substr(scheme + 3), host);
}

}  // namespace

std::optional<AdminRefusal> refuse(const net::HttpRequest& request,
                                   const std::vector<std::string>& server_names) {
    const auto asked = split_authority(request.host);
    const std::string_view host = asked ? asked->host : request.host;
    const auto is_host = [&](std::string_view name) { return equal_ignoring_case(name, host); };
    if (!is_ip_literal(host) && !is_host("localhost") && !std::ranges::any_of(server_names, is_host)) {
        return AdminRefusal{421, "this is not " + std::string(host) + "; [ADMIN] ServerNames says who it is"};
    }
    if (request.method != "POST") return std::nullopt;
    if (!request.origin.empty() && !is_own(request.origin, request.host))
        return AdminRefusal{403, "a page of " + request.origin + " may not act here"};
    if (!is_json(request.content_type))
        return AdminRefusal{415, "a POST needs Content-Type: application/json"};
    return std::nullopt;
}

}  // namespace cticonnector::admin
