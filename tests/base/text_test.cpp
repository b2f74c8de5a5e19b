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

TEST(Visible, WritesOutWhatIsNotSeen) {
    struct Case {
        std::string_view text, shown;
    };
    for (const auto& [text, shown] :
         {Case{"", ""}, Case{"plain \"\\ text", "plain \"\\ text"},
          Case{"M\xC3\xBCller\xC2\xA0", "M\xC3\xBCller\xC2\xA0"},
          Case{"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"}, Case{"\n\r\t", R"(\n\r\t)"},
          Case{{"\0\x1B\x1F\x7F", 4}, R"(\x00\x1b\x1f\x7f)"}, Case{"\xC2\x80\xC2\x9F", R"(\u0080\u009f)"},
          Case{"\xC2\xAD\xD8\x9C", R"(\u00ad\u061c)"},
          Case{"\xE2\x80\x8B\xE2\x80\x8E\xE2\x80\x8F", R"(\u200b\u200e\u200f)"},
          Case{"\xE2\x80\xA8\xE2\x80\xAA\xE2\x80\xAE", R"(\u2028\u202a\u202e)"},
          Case{"\xE2\x81\xA0\xE2\x81\xA4\xE2\x81\xA6\xE2\x81\xA9", R"(\u2060\u2064\u2066\u2069)"},
          Case{"\xEF\xB8\x8F\xEF\xBB\xBF\xE3\x85\xA4", R"(\ufe0f\ufeff\u3164)"},
          Case{"\xF3\xA0\x81\x81", R"(\xf3\xa0\x81\x81)"}, Case{"\xFF\xC3", R"(\xff\xc3)"}}) {
        EXPECT_EQ(visible(text), shown);
        EXPECT_EQ(is_visible(text), text == shown) << shown;
    }
}

TEST(Utf8, IsWrittenAsItIsRead) {
    for (const std::uint32_t code :
         {0x0u, 0x41u, 0x7Fu, 0x80u, 0x7FFu, 0x800u, 0xD7FFu, 0xE000u, 0xFFFFu, 0x10000u, 0x10FFFFu}) {
        std::string text = "a";
        append_character(text, code);
        EXPECT_EQ(character(text, 1).code, code);
        EXPECT_EQ(character(text, 1).bytes, text.size() - 1) << code;
    }
    for (const std::uint32_t none : {0xD800u, 0xDFFFu, 0x110000u, 0xFFFFFFFFu}) {
        std::string text;
        append_character(text, none);
        EXPECT_EQ(text, replacement_character) << none;
    }
}

TEST(Text, IsTrimmedOfBlanksOrOfWhatIsNamed) {
    EXPECT_EQ(trim(" \t\r\n\v\f a b \n"), "a b");
    EXPECT_EQ(trim("\n a \n", " "), "\n a \n");
    EXPECT_EQ(trim(" \n "), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim("\xC2\xA0x"), "\xC2\xA0x") << "no blank of ASCII";
}

TEST(Text, IsFoldedInItsAsciiLetters) {
    EXPECT_EQ(to_lower(std::string("AZ[@`{az\xC3\x84")), "az[@`{az\xC3\x84");
    EXPECT_EQ(to_upper(std::string("AZ[@`{az\xC3\xA4")), "AZ[@`{AZ\xC3\xA4");
}

TEST(Text, ComparesWithoutCaseOfAsciiLetters) {
    EXPECT_TRUE(equal_ignoring_case("UTF-8", "utf-8"));
    EXPECT_FALSE(equal_ignoring_case("UTF-8", "utf-"));
    EXPECT_FALSE(equal_ignoring_case("[", "{")) << "letters only";
    EXPECT_FALSE(equal_ignoring_case("\xC4", "\xE4"));
}

}  // namespace
}  // namespace cticonnector
