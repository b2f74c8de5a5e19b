#include "text.hpp"

namespace cticonnector::wire {

namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

}  // namespace

std::string hex_number(std::uint32_t value) {
    std::string text;
    do {
        text.insert(text.begin(), digits[value & 0xF]);
        value >>= 4;
    } while (value != 0);
    return "0x" + text;
}

std::string escaped(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        if (byte < 0x20 || byte >= 0x7F) {
            text.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 0xF]);
            continue;
        }
        if (c == '"' || c == '\\') text += '\\';
        text += c;
    }
    return text;
}

}  // namespace cticonnector::wire
