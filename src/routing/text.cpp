#include "text.hpp"

#include <array>
#include <cstdint>

namespace cticonnector::routing {

namespace {

constexpr char32_t not_a_character = 0xFFFFFFFF;

struct Character {
    char32_t code = not_a_character;
    std::size_t bytes = 1;
};

/// The first character of a text that is not empty. Overlong forms and surrogates are no characters.
Character first_of(std::string_view text) {
    struct Form {
        unsigned char mask, lead;
        std::size_t bytes;
        char32_t smallest;
    };
    static constexpr std::array forms{Form{0x80, 0x00, 1, 0}, Form{0xE0, 0xC0, 2, 0x80},
                                      Form{0xF0, 0xE0, 3, 0x800}, Form{0xF8, 0xF0, 4, 0x10000}};
    const auto lead = static_cast<unsigned char>(text.front());
    for (const Form& form : forms) {
        if ((lead & form.mask) != form.lead) continue;
        if (text.size() < form.bytes) return {};
        char32_t code = lead & static_cast<unsigned char>(~form.mask);
        for (std::size_t i = 1; i < form.bytes; ++i) {
            const auto next = static_cast<unsigned char>(text[i]);
            if ((next & 0xC0) != 0x80) return {};
            code = code << 6 | (next & 0x3F);
        }
        if (code < form.smallest || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return {};
        return {code, form.bytes};
    }
    return {};
}

}  // namespace

std::string to_utf8(std::string_view text, CodePage page) {
    if (page == CodePage::utf_8) return from_utf8(text, page);
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            result += c;
        } else {
            result += static_cast<char>(0xC0 | byte >> 6);
            result += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return result;
}

std::string from_utf8(std::string_view text, CodePage page, std::size_t limit) {
    std::string result;
    text = text.substr(0, text.find('\0'));
    while (!text.empty()) {
        const Character c = first_of(text);
        if (c.code == not_a_character || (page == CodePage::iso_8859_1 && c.code > 0xFF)) {
            if (result.size() == limit) break;
            result += '?';
        } else if (page == CodePage::iso_8859_1) {
            if (result.size() == limit) break;
            result += static_cast<char>(c.code);
        } else {
            if (c.bytes > limit - result.size()) break;
            result += text.substr(0, c.bytes);
        }
        text.remove_prefix(c.bytes);
    }
    return result;
}

}  // namespace cticonnector::routing
