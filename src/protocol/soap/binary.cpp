#include "binary.hpp"

#include <cstdint>

#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/soap/text.hpp"

namespace cticonnector::soap {
namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view hex_digits = "0123456789abcdef";

/// Digits of `bits` each, most significant first; nothing for one that is none.
/// Bits that fill no byte are padding.
template <class Value>
std::optional<std::string> joined(std::string_view text, unsigned bits, Value value_of) {
    std::string bytes;
    std::uint32_t held = 0;
    unsigned count = 0;
    for (const char c : text) {
        const std::size_t value = value_of(c);
        if (value == std::string_view::npos) return std::nullopt;
        held = held << bits | static_cast<std::uint32_t>(value);
        count += bits;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(held >> count & 0xFF);
    }
    return bytes;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (!trim({&c, 1}).empty()) digits += c;  // line breaks are usual
    if (digits.size() % 4 != 0) return std::nullopt;
    for (int padding = 0; padding < 2 && digits.ends_with('='); ++padding) digits.pop_back();
    return joined(digits, 6, [](char c) { return base64_digits.find(c); });
}

std::optional<std::string> from_hex(std::string_view text) {
    text = trim(text);
    if (text.size() % 2 != 0) return std::nullopt;
    const auto lower = [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c | 0x20) : c; };
    return joined(text, 4, [&](char c) { return hex_digits.find(lower(c)); });
}

}  // namespace

Decoder decoder_of(std::string_view type) {
    if (type == "base64Binary" || type == "base64") return from_base64;
    if (type == "hexBinary") return from_hex;
    return nullptr;
}

}  // namespace cticonnector::soap
