#pragma once
// Base64 with padding (RFC 4648 section 4), for basic authentication.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace cticonnector::crm {

inline std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (j < have ? static_cast<unsigned char>(bytes[i + j]) : 0u);
        for (std::size_t j = 0; j < 4; ++j) out += j <= have ? digits[group >> (18 - 6 * j) & 63] : '=';
    }
    return out;
}

}  // namespace cticonnector::crm
