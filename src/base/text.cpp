#include "cticonnector/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace cticonnector {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Lead {
    std::uint8_t first, last;  // range of the lead byte
    std::uint8_t low, high;    // range of the byte after it: shuts out overlong forms and surrogates
    std::size_t length;
};

constexpr std::array leads{
    Lead{0xC2, 0xDF, 0x80, 0xBF, 2}, Lead{0xE0, 0xE0, 0xA0, 0xBF, 3}, Lead{0xE1, 0xEC, 0x80, 0xBF, 3},
    Lead{0xED, 0xED, 0x80, 0x9F, 3}, Lead{0xEE, 0xEF, 0x80, 0xBF, 3}, Lead{0xF0, 0xF0, 0x90, 0xBF, 4},
    Lead{0xF1, 0xF3, 0x80, 0xBF, 4}, Lead{0xF4, 0xF4, 0x80, 0x8F, 4},
};

}  // namespace

std::size_t character_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
    if (byte(0) < 0x80) return 1;
    for (const auto& lead : leads) {
        if (byte(0) < lead.first || byte(0) > lead.last) continue;
        if (text.size() - at < lead.length || byte(1) < lead.low || byte(1) > lead.high) return 0;
        for (std::size_t i = 2; i < lead.length; ++i)
            if ((byte(i) & 0xC0) != 0x80) return 0;
        return lead.length;
    }
    return 0;
}

Character character(std::string_view text, std::size_t at) {
    const std::size_t bytes = character_length(text, at);
    if (bytes == 0) return {};
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<std::uint8_t>(text[at + i]));
    };
    std::uint32_t code = byte(0) & (bytes == 1 ? 0x7Fu : 0xFFu >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) code = code << 6 | (byte(i) & 0x3F);
    return {code, bytes};
}

namespace {

/// Controls and separators of lines; of the formatting characters those that do not print, and what Unicode
/// calls default ignorable.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 19> hidden{{
    {0x00, 0x1F},     {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
}};

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_byte(std::string& to, char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    to += {'\\', 'x', hex_digits[byte >> 4], hex_digits[byte & 15]};
}

void append_escaped(std::string& to, std::uint32_t code) {
    switch (code) {
        case '\n': to += "\\n"; return;
        case '\r': to += "\\r"; return;
        case '\t': to += "\\t"; return;
        default: break;
    }
    if (code < 0x80) return append_byte(to, static_cast<char>(code));
    to += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) to += hex_digits[code >> shift & 15];
}

}  // namespace

bool is_hidden(std::uint32_t code) {
    if (code >= 0x20 && code < 0x7F) return false;
    return std::ranges::any_of(
        hidden, [code](const auto& range) { return code >= range.first && code <= range.second; });
}

bool is_visible(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto [code, bytes] = character(text, at);
        if (bytes == 0 || is_hidden(code)) return false;
        at += bytes;
    }
    return true;
}

std::size_t append_visible(std::string& to, std::string_view text, std::size_t at) {
    const auto [code, bytes] = character(text, at);
    const std::string_view whole = text.substr(at, std::max<std::size_t>(bytes, 1));
    if (bytes > 0 && !is_hidden(code)) {
        to += whole;
    } else if (bytes > 0 && code <= 0xFFFF) {
        append_escaped(to, code);
    } else {
        for (const char byte : whole) append_byte(to, byte);
    }
    return whole.size();
}

std::string visible(std::string_view text) {
    std::string shown;
    for (std::size_t at = 0; at < text.size();) at += append_visible(shown, text, at);
    return shown;
}

std::size_t ascii_length(std::string_view text) {
    std::size_t at = 0;
    for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        if ((eight & 0x8080808080808080) != 0) break;
    }
    while (at < text.size() && static_cast<std::uint8_t>(text[at]) < 0x80) ++at;
    return at;
}

std::size_t first_wrong_byte(std::string_view text) {
    for (std::size_t at = ascii_length(text); at < text.size(); at += ascii_length(text.substr(at))) {
        const std::size_t length = character_length(text, at);
        if (length == 0) return at;
        at += length;
    }
    return std::string_view::npos;
}

namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

std::string shortened(std::string_view text, std::size_t most) {
    std::size_t seen = 0;
    const auto end = std::ranges::find_if(text, [&](char c) { return begins_character(c) && ++seen > most; });
    std::string first(text.begin(), end);
    return end == text.end() ? first : first + "...";
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace cticonnector
