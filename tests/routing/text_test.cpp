// R-DEC-39, R-DEC-54: texts of the contact center are Latin-1 or UTF-8, ours are UTF-8.
#include "text.hpp"

#include <gtest/gtest.h>

namespace cticonnector::routing {
namespace {

using enum CodePage;

struct Case {
    std::string_view utf8, contact_center;
    CodePage page;
};

TEST(Text, GoesToUtf8AndBack_R_DEC_39) {
    const Case cases[] = {{"Muster", "Muster", iso_8859_1},
                          {"M\xC3\xBCller", "M\xFCller", iso_8859_1},
                          {"\xC2\x80\xC3\xBF", "\x80\xFF", iso_8859_1},
                          {"M\xC3\xBCller \xE2\x82\xAC", "M\xC3\xBCller \xE2\x82\xAC", utf_8},
                          {"", "", iso_8859_1}};
    for (const Case& c : cases) {
        EXPECT_EQ(to_utf8(c.contact_center, c.page), c.utf8);
        EXPECT_EQ(from_utf8(c.utf8, c.page), c.contact_center);
    }
}

TEST(Text, WhatTheCodePageCannotHoldIsAQuestionMark_R_DEC_54) {
    EXPECT_EQ(from_utf8("5 \xE2\x82\xAC \xF0\x9F\x98\x80!", iso_8859_1), "5 ? ?!");
    EXPECT_EQ(from_utf8("bad \xC3(\xFF\xED\xA0\x80\xC0\xAF", utf_8), "bad ?(??????");
    EXPECT_EQ(to_utf8("cut \xE2\x82", utf_8), "cut ??");
}

TEST(Text, IsCutAtWholeCharacters_R_DEC_54) {
    EXPECT_EQ(from_utf8("a\xC3\xBC\xC3\xBC", iso_8859_1, 2), "a\xFC");
    EXPECT_EQ(from_utf8("a\xC3\xBC\xC3\xBC", utf_8, 4), "a\xC3\xBC");
    EXPECT_EQ(from_utf8("a\xC3\xBC\xC3\xBC", utf_8, 5), "a\xC3\xBC\xC3\xBC");
    EXPECT_EQ(from_utf8(std::string(50, 'x'), iso_8859_1, 40), std::string(40, 'x'));
}

TEST(Text, EndsAtANul) {
    const std::string text("ab\0cd", 5);
    EXPECT_EQ(from_utf8(text, iso_8859_1), "ab") << "a field of the protocol cannot carry it";
}

}  // namespace
}  // namespace cticonnector::routing
