#include "cticonnector/base/url.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cticonnector {
namespace {

/// One in another of a path; nobody has a reason for more, and each costs a look at the whole path.
constexpr std::size_t most_encodings = 4;

std::optional<char> read_hex(std::string_view digits) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc{} || end != digits.data() + digits.size() || value > 0xFF) return std::nullopt;
    return static_cast<char>(value);
}

/// %2e, and with `wide_too` what some servers take besides, %u002e.
std::string decoded_once(std::string_view text, bool wide_too) {
    std::string out;
    while (!text.empty()) {
        const bool wide = wide_too && (text.starts_with("%u") || text.starts_with("%U"));
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

}  // namespace

std::optional<Authority> split_authority(std::string_view text) {
    const bool bracketed = text.starts_with('[');
    const auto end = bracketed ? text.find(']') : std::string_view::npos;
    if (bracketed && end == std::string_view::npos) return std::nullopt;
    const auto host = text.substr(0, bracketed ? end + 1 : text.find(':'));
    const auto port = text.substr(host.size());
    if (!port.empty() && !port.starts_with(':')) return std::nullopt;
    return Authority{host, port};
}

std::string percent_decoded(std::string_view text) { return decoded_once(text, false); }

std::optional<std::string_view> query_value(std::string_view query,
                                            const std::function<bool(std::string_view)>& is_name) {
    while (!query.empty()) {
        const auto part = query.substr(0, query.find('&'));
        const auto equals = std::min(part.find('='), part.size());
        if (is_name(part.substr(0, equals))) return part.substr(std::min(equals + 1, part.size()));
        query.remove_prefix(std::min(part.size() + 1, query.size()));
    }
    return std::nullopt;
}

bool has_dot_segment(std::string_view path) {
    std::string decoded{path.substr(0, path.find('?'))};
    std::size_t rounds = 0;
    for (std::string before; before != decoded && rounds <= most_encodings; ++rounds)
        before = std::exchange(decoded, decoded_once(decoded, true));
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

std::string without_credentials(std::string_view text) {
    constexpr std::string_view separator = "://";
    std::string out;
    for (auto at = text.find(separator); at != std::string_view::npos; at = text.find(separator)) {
        out += text.substr(0, at + separator.size());
        text.remove_prefix(at + separator.size());
        // a password may hold whatever else ends a host: better too much is hidden than a part of it shown
        const auto user = text.substr(0, text.find(separator)).rfind('@');
        const bool host_alone =
            text.substr(0, text.find_first_of("/?#")).find_first_of("@:") == std::string_view::npos;
        if (user == std::string_view::npos || host_alone) continue;
        out += "***";
        text.remove_prefix(user);
    }
    return out += text;
}

}  // namespace cticonnector
