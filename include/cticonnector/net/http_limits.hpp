#pragma once
// How large an HTTP message may be, in either direction (R-DEC-58).

#include <cstddef>

namespace cticonnector::net {

inline constexpr std::size_t max_body = 1024 * 1024;
inline constexpr std::size_t max_header = 16 * 1024;

}  // namespace cticonnector::net
