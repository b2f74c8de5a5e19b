#include "cticonnector/language/log_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "cticonnector/base/text.hpp"
#include "cticonnector/base/utc.hpp"

namespace cticonnector::language {

namespace {

std::string_view take_word(std::string_view& rest) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    return word;
}

std::string_view take_last_word(std::string_view& front) {
    const auto blank = front.rfind(' ');
    const bool only = blank == std::string_view::npos;
    const std::string_view word = front.substr(only ? 0 : blank + 1);
    front = front.substr(0, only ? 0 : blank);
    return word;
}

/// `\xNN` is a byte, `\uNNNN` a character. False: the line breaks off, or nobody wrote it so.
bool take_number(std::string_view& rest, std::size_t digits, std::string& value) {
    unsigned code = 0;
    const char* const end = rest.data() + std::min(digits, rest.size());
    if (rest.size() < digits || std::from_chars(rest.data(), end, code, 16).ptr != end) return false;
    rest.remove_prefix(digits);
    if (digits == 2) {
        value += static_cast<char>(code);
    } else {
        append_character(value, code);
    }
    return true;
}

bool take_escaped(std::string_view& rest, std::string& value) {
    if (rest.empty()) return false;
    const char kind = rest.front();
    rest.remove_prefix(1);
    switch (kind) {
        case 'n': value += '\n'; return true;
        case 'r': value += '\r'; return true;
        case 't': value += '\t'; return true;
        case 'x': return take_number(rest, 2, value);
        case 'u': return take_number(rest, 4, value);
        default: value += kind; return true;
    }
}

std::optional<std::string> take_quoted(std::string_view& rest) {
    std::string value;
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c == '"') {
            if (rest.starts_with(' ')) rest.remove_prefix(1);
            return value;
        }
        if (c != '\\') {
            value += c;
        } else if (!take_escaped(rest, value)) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

using Field = std::pair<std::string, std::string>;

std::optional<Field> take_field(std::string_view& rest) {
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    Field field{std::string(rest.substr(0, equals)), {}};
    if (field.first.find(' ') != std::string::npos) return std::nullopt;
    rest.remove_prefix(equals + 1);
    if (!rest.starts_with('"')) {
        field.second = take_word(rest);
        return field;
    }
    rest.remove_prefix(1);
    auto value = take_quoted(rest);
    if (!value) return std::nullopt;
    field.second = std::move(*value);
    return field;
}

}  // namespace

std::string_view LogLine::operator[](std::string_view key) const {
    const auto found =
        std::ranges::find(fields, key, [](const auto& field) { return std::string_view(field.first); });
    return found == fields.end() ? std::string_view{} : found->second;
}

std::optional<LogLine> read_line(std::string_view text) {
    static constexpr std::array<std::string_view, 5> levels{"trace", "debug", "info", "warning", "error"};
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    // what stands in front of the line, by syslog or journalctl, has no event of its own
    const auto end = text.find(" event=");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view front = text.substr(0, end);
    text.remove_prefix(end + 1);
    LogLine line;
    line.level = take_last_word(front);
    line.time = take_last_word(front);
    if (!read_utc(line.time) || std::ranges::find(levels, line.level) == levels.end()) return std::nullopt;
    auto event = take_field(text);
    if (!event) return std::nullopt;
    line.event = std::move(event->second);
    while (!text.empty()) {
        auto field = take_field(text);
        if (!field) return std::nullopt;
        line.fields.push_back(std::move(*field));
    }
    return line;
}

}  // namespace cticonnector::language
