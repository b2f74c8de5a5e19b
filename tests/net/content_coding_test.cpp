// R-DEC-70: Content-Encoding gzip and deflate are read up to the limit, others are not.
#include "cticonnector/net/content_coding.hpp"

#include <gtest/gtest.h>

#include <random>

#include "packed.hpp"

namespace cticonnector::net {
namespace {

using testing::deflate_alone;
using testing::gzip;
using testing::packed;
using testing::zlib;

constexpr std::size_t limit = 1'000'000;
std::string text_of(const std::variant<std::string, CodingRefusal>& result) {
    const auto* plain = std::get_if<std::string>(&result);
    return plain ? *plain : std::get<CodingRefusal>(result).text;
}
unsigned status_of(const std::variant<std::string, CodingRefusal>& result) {
    const auto* refusal = std::get_if<CodingRefusal>(&result);
    return refusal ? refusal->status : 200;
}

std::string long_text() {
    std::mt19937 random{7};
    std::string text;
    while (text.size() < 100'000) text += "item " + std::to_string(random()) + '\n';
    return text;
}

TEST(ContentCoding, GzipAndDeflateAreTakenOff_R_DEC_70) {
    for (const std::string& plain : {std::string(), std::string("<a>J\xC3\x96RG</a>"), long_text()}) {
        EXPECT_EQ(text_of(uncoded(packed(plain, gzip), "gzip", limit)), plain);
        EXPECT_EQ(text_of(uncoded(packed(plain, gzip), " X-GZip ", limit)), plain);
        EXPECT_EQ(text_of(uncoded(packed(plain, zlib), "deflate", limit)), plain);
        EXPECT_EQ(text_of(uncoded(packed(plain, deflate_alone), "Deflate", limit)), plain);
    }
    EXPECT_EQ(text_of(uncoded(packed("<a>", gzip) + packed("</a>", gzip), "gzip", limit)), "<a></a>");
}

TEST(ContentCoding, WithoutOneTheBodyStaysAsItIs_R_DEC_70) {
    const std::string bytes("\x1F\x8B\0x", 4);
    EXPECT_EQ(text_of(uncoded(bytes, "", limit)), bytes);
    EXPECT_EQ(text_of(uncoded(bytes, "identity", limit)), bytes);
    EXPECT_EQ(text_of(uncoded("", "gzip", limit)), "");
}

TEST(ContentCoding, OthersAreRefusedByName_R_DEC_70) {
    for (const std::string coding : {"br", "compress", "gzip, gzip", "zstd"}) {
        EXPECT_EQ(uncoded("x", coding, limit),
                  (std::variant<std::string, CodingRefusal>{CodingRefusal{
                      415, "Content-Encoding " + coding + " is not read here, gzip and deflate are"}}));
    }
}

TEST(ContentCoding, ABombEndsAtTheLimit_R_DEC_70) {
    const std::string bomb = packed(std::string(200 * limit, ' '), gzip);
    ASSERT_LT(bomb.size(), limit) << "it would be refused for its own length";
    EXPECT_EQ(status_of(uncoded(bomb, "gzip", limit)), 413u);
    EXPECT_EQ(status_of(uncoded(packed(std::string(limit, ' '), zlib), "deflate", limit)), 200u);
    EXPECT_EQ(status_of(uncoded(packed(std::string(limit + 1, ' '), zlib), "deflate", limit)), 413u);
}

TEST(ContentCoding, BrokenDataIsRefused_R_DEC_70) {
    const std::string whole = packed("<a>J\xC3\x96RG</a>", gzip);
    for (std::size_t size = 1; size < whole.size(); ++size)
        EXPECT_EQ(status_of(uncoded(whole.substr(0, size), "gzip", limit)), 400u) << size;
    std::string wrong_sum = whole;
    wrong_sum[whole.size() - 8] = static_cast<char>(wrong_sum[whole.size() - 8] ^ 1);
    EXPECT_EQ(status_of(uncoded(wrong_sum, "gzip", limit)), 400u);
    EXPECT_EQ(status_of(uncoded(whole + "junk", "gzip", limit)), 400u);
    EXPECT_EQ(status_of(uncoded("<a/>", "gzip", limit)), 400u);
    EXPECT_EQ(status_of(uncoded("<a/>", "deflate", limit)), 400u);
}

}  // namespace
}  // namespace cticonnector::net
