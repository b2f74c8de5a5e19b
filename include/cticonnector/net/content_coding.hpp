#pragma once
// Content-Encoding of an HTTP message (RFC 9110 section 8.4; R-DEC-70). By zlib, because it checks the
// checksums of gzip and zlib and knows their headers; Beast's own inflate reads the bare deflate data alone.

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace cticonnector::net {

/// How a body that cannot be read is answered, and why.
struct CodingRefusal {
    unsigned status = 0;  ///< 400 broken data, 413 longer than the limit, 415 a coding that is not read here
    std::string text;
    bool operator==(const CodingRefusal&) const = default;
};

/// What is sent back with a 415: the codings that are read (RFC 9110 section 12.5.3).
inline constexpr std::string_view read_codings = "gzip, deflate";

/// The body without its coding. No more than `limit` bytes are ever made of it. deflate is read with the zlib
/// header that belongs to it and, as some clients send it, without. Pure, any thread.
std::variant<std::string, CodingRefusal> uncoded(std::string body, std::string_view content_encoding,
                                                 std::size_t limit);

}  // namespace cticonnector::net
