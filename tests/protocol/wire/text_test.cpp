// Names of enumerators, hexadecimal, counters: what print() is made of.

#include <gtest/gtest.h>

#include "cticonnector/protocol/wire/descriptor.hpp"
#include "cticonnector/protocol/wire/print.hpp"

using namespace cticonnector::wire;

namespace {

constexpr Enumerator states[] = {{0, "LOGIN"}, {2, "NOT_READY"}, {65535, "NONE"}};
constexpr Enumeration state{"State", false, states};
constexpr Enumerator bits[] = {{0, "NOTHING"}, {1, "ONE"}, {4, "FOUR"}, {12, "TWELVE"}};
constexpr Enumeration mask{"Mask", true, bits};

TEST(NameOf, FindsOneValue) {
    EXPECT_EQ(name_of(state, 2), "NOT_READY");
    EXPECT_EQ(name_of(state, 65535), "NONE");
    EXPECT_EQ(name_of(state, 1), std::nullopt);
}

TEST(NameOf, JoinsTheBitsOfAMask) {
    EXPECT_EQ(name_of(mask, 0), "NOTHING");
    EXPECT_EQ(name_of(mask, 5), "ONE|FOUR");
    EXPECT_EQ(name_of(mask, 0x20000001), "ONE|0x20000000");
    EXPECT_EQ(name_of(mask, 0x40), std::nullopt);
}

TEST(PrintHex, WritesEachByteAsTwoDigits) {
    const std::uint8_t bytes[] = {0x00, 0x0A, 0xFF};
    EXPECT_EQ(print_hex(bytes), "000aff");
}

TEST(PrintNotes, SaysOnlyWhatHappened) {
    EXPECT_EQ(print_notes({}), "");
    Notes notes;
    notes.unknown_tags = 2;
    notes.unterminated = 1;
    EXPECT_EQ(print_notes(notes), "2 unknown tags, 1 text without NUL");
}

}  // namespace
