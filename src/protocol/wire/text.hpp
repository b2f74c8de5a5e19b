#pragma once
// Numbers and bytes as text.

#include <cstdint>
#include <string>
#include <string_view>

namespace cticonnector::wire {

std::string hex_number(std::uint32_t value);  // "0x1F"
// Printable ASCII as it is, other bytes as \xNN, quotes and backslashes escaped.
std::string escaped(std::string_view bytes);

}  // namespace cticonnector::wire
