#pragma once
// Is a text well-formed UTF-8 (RFC 3629: shortest forms, no surrogates, nothing above U+10FFFF)?

#include <cstddef>
#include <string_view>

namespace cticonnector::app {

constexpr bool is_utf8(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    for (std::size_t at = 0; at < text.size();) {
        const unsigned char first = byte(at);
        const std::size_t length = first < 0x80   ? 1
                                   : first < 0xC2 ? 0
                                   : first < 0xE0 ? 2
                                   : first < 0xF0 ? 3
                                   : first < 0xF5 ? 4
                                                  : 0;
        if (length == 0 || at + length > text.size()) return false;
        for (std::size_t next = 1; next < length; ++next) {
            if (byte(at + next) >> 6 != 2) return false;
        }
        // the second byte tells overlong forms, surrogates and what lies above U+10FFFF
        if ((first == 0xE0 && byte(at + 1) < 0xA0) || (first == 0xED && byte(at + 1) > 0x9F) ||
            (first == 0xF0 && byte(at + 1) < 0x90) || (first == 0xF4 && byte(at + 1) > 0x8F)) {
            return false;
        }
        at += length;
    }
    return true;
}

}  // namespace cticonnector::app
