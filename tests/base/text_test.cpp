#include "cticonnector/base/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cticonnector {
namespace {

constexpr auto npos = std::string_view::npos;

TEST(Utf8, IsWellFormedOrNot) {
    for (const std::string_view good :
         {"", "a", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(is_utf8(good));
    }
    for (const std::string_view bad :
         {"\x80", "\xC0\x80", "\xC2", "\xC2\x41", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xFF"}) {
        EXPECT_FALSE(is_utf8(bad));
    }
}

TEST(Utf8, IsShortenedBetweenCharacters) {
    EXPECT_EQ(shortened("M\xC3\xBCller", 6), "M\xC3\xBCller");
    EXPECT_EQ(shortened("M\xC3\xBCller", 2), "M\xC3\xBC...");
    EXPECT_EQ(shortened("", 0), "");
    EXPECT_EQ(count_characters("M\xC3\xBCller"), 6u);
    EXPECT_EQ(shortened("\x80\x80\xFF\xFF", 1), "\x80\x80\xFF...") << "of bytes that are no text, too";
}

TEST(Utf8, SaysWhereTheFirstWrongByteIs) {
    EXPECT_EQ(first_wrong_byte("M\xC3\xBCller"), npos);
    for (std::size_t before = 0; before < 20; ++before) {
        for (const std::string_view wrong : {"\xFC", "\xC3", "\xE2\x82", "\xED\xA0\x80"}) {
            const std::string text = std::string(before, 'x') + "\xC3\xBC" + std::string(wrong) + "z\xC3\xBC";
            EXPECT_EQ(first_wrong_byte(text), before + 2) << text;
        }
    }
}

TEST(Utf8, AsciiEndsAtTheFirstHighByte) {
    for (std::size_t before = 0; before < 20; ++before) {
        EXPECT_EQ(ascii_length(std::string(before, 'x')), before);
        EXPECT_EQ(ascii_length(std::string(before, 'x') + "\x80yyyyyyyyyyyy"), before);
    }
}

TEST(Text, ComparesWithoutCaseOfAsciiLetters) {
    EXPECT_TRUE(equal_ignoring_case("UTF-8", "utf-8"));
    EXPECT_FALSE(equal_ignoring_case("UTF-8", "utf-"));
    EXPECT_FALSE(equal_ignoring_case("[", "{")) << "letters only";
    EXPECT_FALSE(equal_ignoring_case("\xC4", "\xE4"));
}

}  // namespace
}  // namespace cticonnector
