#pragma once
// How large an HTTP message may be, in either direction (R-DEC-58).

#include <cstddef>

namespace cticonnector::net {

inline constexpr std::size_t max_body = 1024 * 1024;
inline constexpr std::size_t max_header = 16 * 1024;
/// Of what is held unread: a header and what came behind it, a chunk's first line, a trailer. Beast sets no
/// bound of its own to these two. A body is taken out as it comes.
inline constexpr std::size_t max_buffer = 4 * max_header;

}  // namespace cticonnector::net
