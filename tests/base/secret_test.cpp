#include "cticonnector/base/secret.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "cticonnector/base/base64.hpp"

namespace cticonnector {
namespace {

TEST(Secret, IsNeverShown) {
    std::ostringstream out;
    out << Secret{"s3cret"};
    EXPECT_EQ(out.str(), "***");
}

// R-DEC-66: the comparison looks at every byte, so each must count
TEST(Secret, EqualsItselfAlone) {
    using namespace std::string_literals;
    EXPECT_EQ(Secret{}, Secret{""});
    const std::string text = "s3\0cret\xff"s;
    EXPECT_EQ(Secret{text}, Secret{text});
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const unsigned bit : {0x01u, 0x80u}) {
            std::string other = text;
            other[i] = static_cast<char>(static_cast<unsigned char>(other[i]) ^ bit);
            EXPECT_NE(Secret{text}, Secret{other}) << i;
        }
        EXPECT_NE(Secret{text}, Secret{text.substr(0, i)}) << i;
        EXPECT_NE(Secret{text.substr(0, i)}, Secret{text}) << i;
    }
}

TEST(Base64, HasTheVectorsOfItsRfc) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("\xFF\xEF\xBE"), "/+++");
}

}  // namespace
}  // namespace cticonnector
