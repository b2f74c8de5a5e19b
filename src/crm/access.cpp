#include "access.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "cticonnector/base/base64.hpp"
#include "cticonnector/base/text.hpp"

namespace cticonnector::crm {
namespace {

constexpr std::string_view scheme = "basic ";

/// What follows "Basic", whose case does not matter (RFC 7617); empty for another scheme.
Secret credentials(const Secret& authorization) {
    std::string_view text = authorization.reveal();
    if (!equal_ignoring_case(text.substr(0, scheme.size()), scheme)) return {};
    text.remove_prefix(std::min(text.find_first_not_of(' ', scheme.size()), text.size()));
    return Secret{std::string(text)};
}

/// The credentials as basic authentication sends them; empty = anybody may.
Secret expected(const Settings& settings) {
    if (settings.request_user.empty() && settings.request_password.empty()) return {};
    return Secret{base64(settings.request_user + ":" + settings.request_password.reveal())};
}

}  // namespace

std::optional<net::HttpAnswer> Access::refuse(const net::HttpRequest& request) {
    const Secret needed = expected(*settings_);
    if (needed.empty() || credentials(request.authorization) == needed) return std::nullopt;
    const bool none = request.authorization.empty();
    if (log_now_({request.peer, none}, request.received)) {
        log_.event("ici.unauthorized", {{"peer", request.peer.to_string()},
                                        {"why", none ? "missing" : "wrong"},
                                        {"text", "requests need [ICI] RequestUser and RequestPassword"}});
    }
    return net::HttpAnswer{.status = 401,
                           .body = "Requests need a user and a password\n",
                           .content_type = "text/plain",
                           .authenticate = "Basic realm=\"ICI\", charset=\"UTF-8\""};
}

}  // namespace cticonnector::crm
