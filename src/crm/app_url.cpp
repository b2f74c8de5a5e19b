#include "app_url.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>
#include <optional>
#include <utility>

#include "cticonnector/base/text.hpp"

namespace cticonnector::crm {
namespace {

constexpr std::size_t longest_url = 4096;
/// One in another of a path; nobody has a reason for more, and each costs a look at the whole path.
constexpr std::size_t most_encodings = 4;

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

/// One spelling for each address, so that a list is compared with what is connected to; nothing for a name.
std::optional<std::string> v6_address(std::string_view text) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address_v6(std::string{text}, error);
    return error ? std::nullopt : std::optional{address.to_string()};
}

bool read_authority(std::string_view authority, EventTarget& target) {
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos) return false;
        const auto address = v6_address(authority.substr(1, close - 1));
        if (!address) return false;
        target.host = *address;
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

std::optional<char> read_hex(std::string_view digits) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc{} || end != digits.data() + digits.size() || value > 0xFF) return std::nullopt;
    return static_cast<char>(value);
}

/// Once: %2e, and what some servers take besides, %u002e.
std::string percent_decoded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const bool wide = text.starts_with("%u") || text.starts_with("%U");
        const std::size_t before = wide ? 2 : 1;
        const std::size_t size = before + (wide ? 4 : 2);
        const auto byte = text.front() == '%' && text.size() >= size
                              ? read_hex(text.substr(before, size - before))
                              : std::nullopt;
        out += byte.value_or(text.front());
        text.remove_prefix(byte ? size : 1);
    }
    return out;
}

/// `.` and `..` would lead out of the path that EventUrlMap gives. A gateway may decode it, more than once,
/// part it at `\` too, and cut off parameters, blanks and what follows a zero byte before it looks for them.
bool has_dot_segment(std::string_view path) {
    std::string decoded{path.substr(0, path.find('?'))};
    std::size_t rounds = 0;
    for (std::string before; before != decoded && rounds <= most_encodings; ++rounds)
        before = std::exchange(decoded, percent_decoded(decoded));
    if (rounds > most_encodings) return true;
    if (decoded.find_first_of("\xC0\xC1") != std::string::npos) return true;  // `.` or `/` in overlong UTF-8
    for (std::string_view rest = decoded; !rest.empty();) {
        const auto segment = rest.substr(0, rest.find_first_of("/\\"));
        rest.remove_prefix(std::min(segment.size() + 1, rest.size()));
        const auto name = segment.substr(0, segment.find(';'));
        const auto past_dots = std::min(name.find_first_not_of('.'), name.size());
        if (past_dots > 0 && (past_dots == name.size() || static_cast<unsigned char>(name[past_dots]) <= ' '))
            return true;
    }
    return false;
}

std::optional<Url> read_url(std::string_view text) {
    if (text.size() > longest_url || !visible(text)) return std::nullopt;
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
    if (has_dot_segment(url.target.path)) return std::nullopt;
    return url;
}

bool names(std::string_view entry, const EventTarget& target) {
    const std::string host = lower(entry);
    if (host == target.host || host == target.authority()) return true;
    const bool bracketed = entry.starts_with('[') && entry.ends_with(']');
    return v6_address(bracketed ? entry.substr(1, entry.size() - 2) : entry) == target.host;
}

bool is_allowed(const EventTarget& target, const std::vector<std::string>& allowed) {
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

/// Host and port come from the map alone: an appUrl chooses no more than what stands behind the prefix.
std::variant<Url, UrlRefusal> mapped(const Url& asked, const std::vector<UrlRewrite>& rewrites) {
    for (const UrlRewrite& rewrite : rewrites) {
        const auto from = read_url(rewrite.from);
        if (!from || from->https != asked.https || from->target.authority() != asked.target.authority())
            continue;
        const auto rest = behind(asked.target.path, from->target.path);
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

std::string EventTarget::authority() const {
    const bool v6 = host.find(':') != std::string::npos;
    return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::variant<EventTarget, UrlRefusal> event_target(std::string_view app_url, const Settings& settings) {
    if (app_url.size() > longest_url)
        return UrlRefusal{"appUrl has " + std::to_string(app_url.size()) + " bytes, more than " +
                          std::to_string(longest_url)};
    const auto asked = read_url(app_url);
    if (!asked)
        return UrlRefusal{"appUrl '" + (visible(app_url) ? without_credentials(app_url) : "...") +
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
