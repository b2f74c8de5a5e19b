#include "app_url.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>
#include <optional>

namespace cticonnector::crm {
namespace {

struct Url {
    bool https = false;
    EventTarget target;
};

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(
        out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

/// Anything else could not stand in a request line or a Host header.
bool visible(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}
bool is_host_name(std::string_view host) {
    return !host.empty() && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

std::optional<std::uint16_t> read_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
    return port;
}

bool read_authority(std::string_view authority, EventTarget& target) {
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos) return false;
        target.host = authority.substr(1, close - 1);
        boost::system::error_code error;
        boost::asio::ip::make_address_v6(target.host, error);
        if (error) return false;
        port = authority.substr(close + 1);
    } else {
        const auto colon = std::min(authority.find(':'), authority.size());
        target.host = lower(authority.substr(0, colon));
        if (!is_host_name(target.host)) return false;
        port = authority.substr(colon);
    }
    if (port.empty()) return true;
    if (!port.starts_with(':')) return false;
    const auto number = read_port(port.substr(1));
    if (!number) return false;
    target.port = *number;
    return true;
}

std::optional<Url> read_url(std::string_view text) {
    if (!visible(text)) return std::nullopt;
    constexpr std::string_view separator = "://";
    const auto scheme_end = text.find(separator);
    if (scheme_end == std::string_view::npos) return std::nullopt;
    const std::string scheme = lower(text.substr(0, scheme_end));
    Url url;
    url.https = scheme == "https";
    if (!url.https && scheme != "http") return std::nullopt;
    url.target.port = url.https ? 443 : 80;
    text.remove_prefix(scheme_end + separator.size());
    text = text.substr(0, text.find('#'));
    const auto path = std::min(text.find_first_of("/?"), text.size());
    if (!read_authority(text.substr(0, path), url.target)) return std::nullopt;
    url.target.path = text.substr(path);
    if (!url.target.path.starts_with('/')) url.target.path.insert(0, 1, '/');
    return url;
}

bool is_allowed(const EventTarget& target, const std::vector<std::string>& allowed) {
    return allowed.empty() || std::ranges::any_of(allowed, [&](const std::string& entry) {
               const std::string host = lower(entry);
               return host == target.host || host == target.authority();
           });
}

std::string rewritten(std::string_view url, const std::vector<UrlRewrite>& rewrites) {
    for (const auto& rewrite : rewrites) {
        if (url.starts_with(rewrite.from)) return rewrite.to + std::string(url.substr(rewrite.from.size()));
    }
    return std::string(url);
}

}  // namespace

std::string EventTarget::authority() const {
    const bool v6 = host.find(':') != std::string::npos;
    return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::variant<EventTarget, UrlRefusal> event_target(std::string_view app_url, const Settings& settings) {
    const auto asked = read_url(app_url);
    if (!asked) return UrlRefusal{"appUrl '" + std::string(app_url) + "' is not http://host:port/path"};
    if (!is_allowed(asked->target, settings.allowed_event_hosts))
        return UrlRefusal{"appUrl points to " + asked->target.authority() +
                          ", which AllowedEventHosts does not name"};
    const std::string mapped = rewritten(app_url, settings.event_url_map);
    const auto url = read_url(mapped);
    if (!url) return UrlRefusal{"EventUrlMap makes appUrl '" + mapped + "', not http://host:port/path"};
    if (url->https)
        return UrlRefusal{"appUrl '" + mapped +
                          "' asks for https, which is not served here; EventUrlMap can "
                          "lead it through a gateway"};
    return url->target;
}

}  // namespace cticonnector::crm
