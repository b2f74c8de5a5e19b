#pragma once
// Big-endian integers in bytes.

#include <cstddef>
#include <cstdint>
#include <span>

namespace cticonnector::wire {

inline std::uint32_t load(std::span<const std::uint8_t> bytes) {
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes) value = (value << 8) | byte;
    return value;
}

inline std::uint32_t load16(const std::uint8_t* bytes) { return (std::uint32_t{bytes[0]} << 8) | bytes[1]; }

inline std::uint32_t load32(const std::uint8_t* bytes) { return (load16(bytes) << 16) | load16(bytes + 2); }

}  // namespace cticonnector::wire
