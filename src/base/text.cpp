#include "cticonnector/base/text.hpp"

#include <algorithm>
#include <array>
#include <boost/locale/utf.hpp>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <utility>

namespace cticonnector {

namespace {

using Utf8 = boost::locale::utf::utf_traits<char>;

}  // namespace

Character character(std::string_view text, std::size_t at) {
    const char* next = text.data() + at;
    const auto code = Utf8::decode(next, text.data() + text.size());
    if (code == boost::locale::utf::illegal || code == boost::locale::utf::incomplete) return {};
    return {code, static_cast<std::size_t>(next - text.data()) - at};
}

std::size_t character_length(std::string_view text, std::size_t at) { return character(text, at).bytes; }

void append_character(std::string& to, std::uint32_t code) {
    if (boost::locale::utf::is_valid_codepoint(code)) {
        Utf8::encode(code, std::back_inserter(to));
    } else {
        to += replacement_character;
    }
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

std::string_view first_word(std::string_view text) {
    const auto is_part = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    };
    return {text.begin(), std::ranges::find_if_not(text, is_part)};
}

std::string_view trim(std::string_view text, std::string_view what) {
    const auto first = std::min(text.find_first_not_of(what), text.size());
    return text.substr(first, text.find_last_not_of(what) + 1 - first);
}

std::string to_lower(std::string text) {
    for (char& c : text) c = to_lower(c);
    return text;
}
std::string to_upper(std::string text) {
    for (char& c : text) c = to_upper(c);
    return text;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return to_lower(x) == to_lower(y); });
}

}  // namespace cticonnector
