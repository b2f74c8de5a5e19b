#include "app_url.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "cticonnector/base/text.hpp"
#include "cticonnector/base/url.hpp"

namespace cticonnector::crm {
namespace {

constexpr std::size_t longest_url = 4096;

struct Url {
    bool https = false;
    net::HttpTarget target;
};

/// Anything else could not stand in a request line or a Host header.
bool is_printable_ascii(std::string_view text) {
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

/// One spelling for each address, so that a list is compared with what is connected to; nothing for a name.
std::optional<std::string> v6_address(std::string_view text) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address_v6(std::string{text}, error);
    return error ? std::nullopt : std::optional{address.to_string()};
}

bool read_authority(std::string_view authority, net::HttpTarget& target) {
    const auto parts = split_authority(authority);
    if (!parts) return false;
    if (parts->host.starts_with('[')) {
        const auto address = v6_address(parts->host.substr(1, parts->host.size() - 2));
        if (!address) return false;
        target.host = *address;
    } else {
        target.host = to_lower(std::string(parts->host));
        if (!is_host_name(target.host)) return false;
    }
    if (parts->port.empty()) return true;
    const auto number = read_port(parts->port.substr(1));
    if (!number) return false;
    target.port = *number;
    return true;
}

std::optional<Url> read_url(std::string_view text) {
    if (text.size() > longest_url || !is_printable_ascii(text)) return std::nullopt;
    constexpr std::string_view separator = "://";
    const auto scheme_end = text.find(separator);
    if (scheme_end == std::string_view::npos) return std::nullopt;
    const std::string scheme = to_lower(std::string(text.substr(0, scheme_end)));
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
    if (has_dot_segment(url.target.path)) return std::nullopt;
    return url;
}

/// A network holds addresses; nobody asks the name service whether a name leads into it, whose answer the
/// subscriber may own.
bool holds(const net::Network& network, const net::HttpTarget& target) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(target.host, error);
    return !error && network.contains(net::unmapped(address));
}

bool names(std::string_view entry, const net::HttpTarget& target) {
    if (entry.find('/') != std::string_view::npos) {
        const auto network = net::network_from(entry);
        return network && holds(*network, target);
    }
    const std::string host = to_lower(std::string(entry));
    if (host == target.host || host == target.authority()) return true;
    const bool bracketed = entry.starts_with('[') && entry.ends_with(']');
    return v6_address(bracketed ? entry.substr(1, entry.size() - 2) : entry) == target.host;
}

bool is_allowed(const net::HttpTarget& target, const std::vector<std::string>& allowed) {
    return allowed.empty() ||
           std::ranges::any_of(allowed, [&](const std::string& entry) { return names(entry, target); });
}

/// What of the path stands behind the prefix; nothing if it is none. Only whole segments count.
std::optional<std::string_view> behind(std::string_view path, std::string_view prefix) {
    if (prefix.ends_with('/')) prefix.remove_suffix(1);
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    if (!path.empty() && path.front() != '/' && path.front() != '?') return std::nullopt;
    return path;
}

/// The same of whole URLs.
std::optional<std::string_view> behind(const Url& asked, const Url& prefix) {
    if (prefix.https != asked.https || prefix.target.authority() != asked.target.authority()) return {};
    return behind(asked.target.path, prefix.target.path);
}

/// Host and port come from the map alone: an appUrl chooses no more than what stands behind the prefix.
std::variant<Url, UrlRefusal> mapped(const Url& asked, const std::vector<UrlRewrite>& rewrites) {
    for (const UrlRewrite& rewrite : rewrites) {
        const auto from = read_url(rewrite.from);
        const auto rest = from ? behind(asked, *from) : std::nullopt;
        if (!rest) continue;
        auto to = read_url(rewrite.to);
        if (!to)
            return UrlRefusal{"EventUrlMap leads appUrl to '" + without_credentials(rewrite.to) +
                              "', which is not http://host:port/path"};
        std::string& path = to->target.path;
        if (!rest->empty() && path.ends_with('/')) path.pop_back();
        path += *rest;
        return *std::move(to);
    }
    return asked;
}

}  // namespace

bool UrlRewrite::takes(std::string_view url) const {
    const auto prefix = read_url(from);
    const auto asked = read_url(url);
    return prefix && asked && behind(*asked, *prefix);
}

std::string host_not_in(const std::vector<std::string>& allowed_event_hosts, std::string_view url) {
    const auto asked = read_url(url);
    return !asked || is_allowed(asked->target, allowed_event_hosts) ? std::string{}
                                                                    : asked->target.authority();
}

std::variant<net::HttpTarget, UrlRefusal> event_target(std::string_view app_url, const Settings& settings) {
    if (app_url.size() > longest_url)
        return UrlRefusal{"appUrl has " + std::to_string(app_url.size()) + " bytes, more than " +
                          std::to_string(longest_url)};
    const auto asked = read_url(app_url);
    if (!asked)
        return UrlRefusal{"appUrl '" + (is_printable_ascii(app_url) ? without_credentials(app_url) : "...") +
                          "' is not http://host:port/path"};
    if (!is_allowed(asked->target, settings.allowed_event_hosts))
        return UrlRefusal{"appUrl points to " + asked->target.authority() +
                          ", which AllowedEventHosts does not name"};
    auto url = mapped(*asked, settings.event_url_map);
    if (auto* refusal = std::get_if<UrlRefusal>(&url)) return std::move(*refusal);
    auto& [https, target] = std::get<Url>(url);
    if (https)
        return UrlRefusal{"appUrl '" + without_credentials(app_url) +
                          "' asks for https, which is not served here; EventUrlMap can lead it through a "
                          "gateway"};
    return std::move(target);
}

}  // namespace cticonnector::crm
