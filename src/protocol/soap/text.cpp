#include "cticonnector/protocol/soap/text.hpp"

#include <array>
#include <cstdint>

namespace cticonnector::soap {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

enum class Kind : std::uint8_t { plain, attribute_only, special, forbidden, lead };

constexpr std::array<Kind, 256> kinds = [] {
    std::array<Kind, 256> table{};
    for (std::size_t i = 0; i < 0x20; ++i) table[i] = Kind::forbidden;
    for (std::size_t i = 0x80; i < 0x100; ++i) table[i] = Kind::lead;
    for (char c : {'\t', '\n', '"'}) table[static_cast<std::uint8_t>(c)] = Kind::attribute_only;
    for (char c : {'&', '<', '>', '\r'}) table[static_cast<std::uint8_t>(c)] = Kind::special;
    return table;
}();

std::string_view reference(char c) {
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\t': return "&#9;";
        case '\n': return "&#10;";
        default: return "&#13;";
    }
}

struct Lead {
    std::uint8_t first, last;  // range of the lead byte
    std::uint8_t low, high;    // range of the byte after it: shuts out overlong forms and surrogates
    std::size_t length;
};

// Unicode, table 3-7, well-formed UTF-8
constexpr std::array leads{
    Lead{0xC2, 0xDF, 0x80, 0xBF, 2}, Lead{0xE0, 0xE0, 0xA0, 0xBF, 3}, Lead{0xE1, 0xEC, 0x80, 0xBF, 3},
    Lead{0xED, 0xED, 0x80, 0x9F, 3}, Lead{0xEE, 0xEF, 0x80, 0xBF, 3}, Lead{0xF0, 0xF0, 0x90, 0xBF, 4},
    Lead{0xF1, 0xF3, 0x80, 0xBF, 4}, Lead{0xF4, 0xF4, 0x80, 0x8F, 4},
};

/// Length of the allowed character that starts there, 0 if none does.
std::size_t character_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[at + i]); };
    for (const auto& lead : leads) {
        if (byte(0) < lead.first || byte(0) > lead.last) continue;
        if (text.size() - at < lead.length || byte(1) < lead.low || byte(1) > lead.high) return 0;
        for (std::size_t i = 2; i < lead.length; ++i)
            if ((byte(i) & 0xC0) != 0x80) return 0;
        const bool noncharacter = byte(0) == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE;  // U+FFFE, U+FFFF
        return noncharacter ? 0 : lead.length;
    }
    return 0;
}

enum class Use { content, attribute, raw };

bool goes_as_it_is(Kind kind, Use use) {
    return kind == Kind::plain || (kind == Kind::attribute_only && use != Use::attribute) ||
           (kind == Kind::special && use == Use::raw);
}

void append(std::string& out, std::string_view text, Use use) {
    std::size_t run = 0;  // start of what is copied in one piece
    std::size_t at = 0;
    while (at < text.size()) {
        const Kind kind = kinds[static_cast<std::uint8_t>(text[at])];
        const std::size_t length = kind == Kind::lead ? character_at(text, at) : goes_as_it_is(kind, use);
        if (length > 0) {
            at += length;
            continue;
        }
        out.append(text, run, at - run);
        out += kind == Kind::lead || kind == Kind::forbidden ? replacement : reference(text[at]);
        run = ++at;
    }
    out.append(text, run, at - run);
}

}  // namespace

void append_text(std::string& out, std::string_view text) { append(out, text, Use::content); }

void append_attribute(std::string& out, std::string_view text) { append(out, text, Use::attribute); }

std::string clean(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    append(out, text, Use::raw);
    return out;
}

std::string_view local_name(std::string_view qualified_name) {
    return qualified_name.substr(qualified_name.rfind(':') + 1);
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace cticonnector::soap
