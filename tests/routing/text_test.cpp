// R-DEC-39, R-DEC-54, R-DEC-70: texts of the contact center are in its code page, ours are UTF-8.
#include "text.hpp"

#include <gtest/gtest.h>

#include "cticonnector/routing/new_item.hpp"

namespace cticonnector::routing {
namespace {

using enum Encoding;

struct Case {
    std::string_view utf8, contact_center;
    Encoding page;
};

// R-DEC-70: two ids that differ stay two.
TEST(NewItem, IsRefusedWhereItsIdsWouldBeChanged_R_DEC_70) {
    const auto marked = [](std::string id, std::string selector, Encoding page) {
        engine::AddItem item{.external_id = std::move(id), .selector = std::move(selector)};
        mark_unwritable(item, page);
        return item;
    };
    const std::string umlauts = [] {
        std::string text;
        for (int n = 0; n < 63; ++n) text += "\xC3\xBC";
        return text;
    }();
    for (const auto& good : {marked(std::string(63, 'e'), std::string(31, 's'), windows_1252),
                             marked(umlauts, "\xC3\xBC", windows_1252),
                             marked("\xD0\x96", "\xD0\x94", windows_1251), marked("\xD0\x96", "S", utf_8)}) {
        EXPECT_TRUE(good.unwritable_id.empty());
        EXPECT_TRUE(good.unwritable_selector.empty());
    }
    EXPECT_EQ(marked(std::string(64, 'e'), "S", windows_1252).unwritable_id,
              (Phrase{TextId::has_too_many_bytes, {"64", "windows-1252", "63"}}));
    EXPECT_EQ(marked(umlauts, "S", utf_8).unwritable_id,
              (Phrase{TextId::has_too_many_bytes, {"126", "UTF-8", "63"}}));
    EXPECT_EQ(marked("\xD0\x96", "S", windows_1252).unwritable_id,
              (Phrase{TextId::has_foreign_character, {"windows-1252"}}));
    EXPECT_EQ(marked(std::string("a\0b", 3), "S", windows_1252).unwritable_id,
              Phrase{TextId::has_zero_character});
    EXPECT_EQ(marked("e", "\xD0\x94", windows_1252).unwritable_selector,
              (Phrase{TextId::has_foreign_character, {"windows-1252"}}));
}

TEST(Text, GoesToUtf8AndBack_R_DEC_39_R_DEC_70) {
    const Case cases[] = {{"Muster", "Muster", windows_1252},
                          {"M\xC3\xBCller", "M\xFCller", windows_1252},
                          {"\xE2\x82\xAC \xE2\x80\x9Eso\xE2\x80\x9C \xE2\x80\x93 \xC5\xA0",
                           "\x80 \x84so\x93 \x96 \x8A", windows_1252},
                          {"a\xC2\x81z", "a\x81z", windows_1252},
                          {"\xC2\x80\xC3\xBF", "\x80\xFF", iso_8859_1},
                          {"\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD", "\xC8\xE2\xE0\xED", windows_1251},
                          {"M\xC3\xBCller \xE2\x82\xAC", "M\xC3\xBCller \xE2\x82\xAC", utf_8},
                          {"", "", windows_1252}};
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

TEST(Text, NobodyIsTakenForAnother_R_DEC_70) {
    EXPECT_EQ(identity_of("J\xD6RG", windows_1252), "J\xC3\x96RG");
    EXPECT_EQ(identity_of("a\x81", windows_1252), "a\xC2\x81") << "it can be sent back";
    EXPECT_EQ(identity_of("J\xD6RG", utf_8), "") << "J?RG may be somebody else";
    EXPECT_EQ(identity_of("J?RG", utf_8), "J?RG");
    EXPECT_EQ(identity_of(std::nullopt, utf_8), "");
}

TEST(Text, IsCutAtWholeCharacters_R_DEC_54) {
    EXPECT_EQ(from_utf8("a\xC3\xBC\xC3\xBC", iso_8859_1, 2), "a\xFC");
    EXPECT_EQ(from_utf8("a\xC3\xBC\xC3\xBC", utf_8, 4), "a\xC3\xBC");
    EXPECT_EQ(from_utf8("a\xC3\xBC\xC3\xBC", utf_8, 5), "a\xC3\xBC\xC3\xBC");
    EXPECT_EQ(from_utf8("a\xC3\xBC\xC3\xBC", utf_8, 0), "");
    EXPECT_EQ(from_utf8("\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80", windows_1252, 2), "??");
    EXPECT_EQ(from_utf8("ab\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80", windows_1252, 3), "ab?");
    EXPECT_EQ(from_utf8("ab\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80", utf_8, 3), "ab");
    EXPECT_EQ(from_utf8(std::string(50, 'x'), iso_8859_1, 40), std::string(40, 'x'));
}

TEST(Text, EndsAtANul) {
    const std::string text("ab\0cd", 5);
    EXPECT_EQ(from_utf8(text, iso_8859_1), "ab") << "a field of the protocol cannot carry it";
}

}  // namespace
}  // namespace cticonnector::routing
