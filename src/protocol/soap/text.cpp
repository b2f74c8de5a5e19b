#include "cticonnector/protocol/soap/text.hpp"

#include <array>
#include <cstdint>

#include "cticonnector/base/text.hpp"

namespace cticonnector::soap {
namespace {

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

/// Length of the allowed character that starts there, 0 if none does: XML has no U+FFFE and U+FFFF.
std::size_t allowed_length(std::string_view text, std::size_t at) {
    const auto length = character_length(text, at);
    const auto character = text.substr(at, length);
    return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF" ? 0 : length;
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
        const std::size_t length = kind == Kind::lead ? allowed_length(text, at) : goes_as_it_is(kind, use);
        if (length > 0) {
            at += length;
            continue;
        }
        out.append(text, run, at - run);
        out += kind == Kind::lead || kind == Kind::forbidden ? replacement_character : reference(text[at]);
        run = ++at;
    }
    out.append(text, run, at - run);
}

}  // namespace

void append_text(std::string& out, std::string_view text) { append(out, text, Use::content); }

void append_attribute(std::string& out, std::string_view text) { append(out, text, Use::attribute); }

std::size_t first_forbidden(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Kind kind = kinds[static_cast<std::uint8_t>(text[at])];
        const std::size_t length = kind == Kind::lead ? allowed_length(text, at) : kind != Kind::forbidden;
        if (length == 0) return at;
        at += length;
    }
    return std::string_view::npos;
}

std::string clean(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    append(out, text, Use::raw);
    return out;
}

std::string_view local_name(std::string_view qualified_name) {
    return qualified_name.substr(qualified_name.rfind(':') + 1);
}

}  // namespace cticonnector::soap
