#pragma once
// Bodies as clients compress them.

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace cticonnector::net::testing {

inline constexpr int gzip = MAX_WBITS + 16;
inline constexpr int zlib = MAX_WBITS;
inline constexpr int deflate_alone = -MAX_WBITS;

inline std::string packed(const std::string& plain, int format) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace cticonnector::net::testing
