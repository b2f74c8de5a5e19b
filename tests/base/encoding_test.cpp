// R-DEC-70: texts in the encodings that SOAP clients and contact centers use.
#include "cticonnector/base/encoding.hpp"

#include <gmock/gmock.h>

#include <array>
#include <string>
#include <thread>

namespace cticonnector {
namespace {

using enum Encoding;
using namespace std::string_view_literals;

constexpr std::array all{utf_8,      utf_16,      utf_16le,     utf_16be,     us_ascii,    iso_8859_1,
                         iso_8859_2, iso_8859_15, windows_1250, windows_1251, windows_1252};

TEST(EncodingNames, AreTakenInAnyCaseAndByTheirAliases_R_DEC_70) {
    EXPECT_EQ(encoding_from("UTF-8"), utf_8);
    EXPECT_EQ(encoding_from("utf8"), utf_8);
    EXPECT_EQ(encoding_from("utf-16"), utf_16);
    EXPECT_EQ(encoding_from("Utf-16Le"), utf_16le);
    EXPECT_EQ(encoding_from("ascii"), us_ascii);
    EXPECT_EQ(encoding_from("LATIN1"), iso_8859_1);
    EXPECT_EQ(encoding_from("iso-8859-15"), iso_8859_15);
    EXPECT_EQ(encoding_from("Windows-1252"), windows_1252);
    EXPECT_EQ(encoding_from("cp1251"), windows_1251);
    for (const auto unknown : {"", " UTF-8", "EBCDIC-CP-US", "ISO-8859-7", "UTF-7", "UTF-32"})
        EXPECT_EQ(encoding_from(unknown), std::nullopt) << unknown;
}

TEST(EncodingNames, LeadBack_R_DEC_70) {
    for (const Encoding encoding : all) {
        EXPECT_EQ(encoding_from(name(encoding)), encoding);
        EXPECT_TRUE(available(encoding)) << name(encoding);
    }
}

struct Case {
    Encoding encoding;
    std::string_view bytes, utf8;
};

/// The same words as each encoding writes them.
const std::array cases{
    Case{utf_8, "J\xC3\x96RG", "J\xC3\x96RG"},
    Case{utf_16, "\xFE\xFF\0J\0\xD6"sv, "J\xC3\x96"},
    Case{utf_16le, "J\0\xD6\0"sv, "J\xC3\x96"},
    Case{utf_16be, "\0J\0\xD6"sv, "J\xC3\x96"},
    Case{utf_16le, "\x3D\xD8\xDE\xDC"sv, "\xF0\x9F\x93\x9E"},
    Case{utf_16be, "\xD8\x3D\xDC\xDE"sv, "\xF0\x9F\x93\x9E"},
    Case{us_ascii, "JOERG", "JOERG"},
    Case{iso_8859_1, "J\xD6RG \x80", "J\xC3\x96RG \xC2\x80"},
    Case{iso_8859_2,
         "\xA3\xF3"
         "d\xBC",
         "\xC5\x81\xC3\xB3"
         "d\xC5\xBA"},
    Case{iso_8859_15, "J\xD6RG \xA4 \xA6", "J\xC3\x96RG \xE2\x82\xAC \xC5\xA0"},
    Case{windows_1250,
         "\x8A \xA3\xF3"
         "d\x9F",
         "\xC5\xA0 \xC5\x81\xC3\xB3"
         "d\xC5\xBA"},
    Case{windows_1251, "\xC8\xE2\xE0\xED \x88", "\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD \xE2\x82\xAC"},
    Case{windows_1252, "J\xD6RG \x80 \x84x\x93 \x96 \x8A",
         "J\xC3\x96RG \xE2\x82\xAC \xE2\x80\x9Ex\xE2\x80\x9C \xE2\x80\x93 \xC5\xA0"},
};

TEST(Encodings, GoToUtf8AndBack_R_DEC_70) {
    for (const Case& c : cases) {
        EXPECT_EQ(decode(c.bytes, c.encoding), (Decoded{std::string(c.utf8), {}})) << name(c.encoding);
        EXPECT_EQ(decode_tolerant(c.bytes, c.encoding), c.utf8) << name(c.encoding);
        EXPECT_EQ(encode(c.utf8, c.encoding), std::string(c.bytes)) << name(c.encoding);
        EXPECT_EQ(encode_tolerant(c.utf8, c.encoding), c.bytes) << name(c.encoding);
    }
}

TEST(Encodings, Utf16IsReadByItsMarkElseBigEndian_R_DEC_70) {
    EXPECT_EQ(decode("\xFF\xFEJ\0"sv, utf_16).text, "J");
    EXPECT_EQ(decode("\xFE\xFF\0J"sv, utf_16).text, "J");
    EXPECT_EQ(decode("\0J"sv, utf_16).text, "J");
    EXPECT_EQ(decode("\xFF\xFEJ\0J"sv, utf_16).wrong, 4u) << "counted from the mark on";
}

struct Wrong {
    Encoding encoding;
    std::string_view bytes;
    std::size_t at;
    std::string_view before, shown;
};

TEST(Encodings, SayWhereTheFirstWrongByteIs_R_DEC_70) {
    const std::array wrongs{
        Wrong{utf_8,
              "ab\xFC"
              "c",
              2, "ab", "ab?c"},
        Wrong{us_ascii,
              "ab\xFC"
              "c",
              2, "ab", "ab?c"},
        Wrong{windows_1252,
              "ab\xFC\x81"
              "c\x9D",
              3, "ab\xC3\xBC",
              "ab\xC3\xBC\xC2\x81"
              "c\xC2\x9D"},
        Wrong{windows_1251, "\xC8\x98", 1, "\xD0\x98", "\xD0\x98\xC2\x98"},
        Wrong{utf_16le,
              "a\0\0\xD8"
              "b\0"sv,
              2, "a", "a?b"},
        Wrong{utf_16be, "\0a\xDC\0\0b"sv, 2, "a", "a?b"},
        Wrong{utf_16be, "\0a\0"sv, 2, "a", "a?"},
        Wrong{utf_16be, "\0a\xD8\x3D"sv, 2, "a", "a?"},
    };
    for (const Wrong& w : wrongs) {
        EXPECT_EQ(decode(w.bytes, w.encoding), (Decoded{std::string(w.before), w.at})) << name(w.encoding);
        EXPECT_EQ(decode_tolerant(w.bytes, w.encoding), w.shown) << name(w.encoding);
    }
}

/// Also where a run is longer than what is converted at once.
TEST(Encodings, TheWrongByteIsFoundAtAnyPlace_R_DEC_70) {
    for (const std::size_t before : {1u, 255u, 256u, 257u, 340u, 341u, 342u, 1023u, 1024u, 1025u, 5000u}) {
        const std::string bytes = std::string(before, '\xC4') + "\x81z";
        EXPECT_EQ(decode(bytes, windows_1252).wrong, before);
        EXPECT_EQ(decode(bytes, windows_1252).text.size(), 2 * before);
        const std::string wide(2 * before, 'A');
        EXPECT_EQ(decode(wide + "\xDC\xDC", utf_16le).wrong, 2 * before);
    }
}

TEST(Encodings, WhatCannotBeHeldIsReplacedOrRefused_R_DEC_70) {
    const std::string_view text = "5 \xE2\x82\xAC \xF0\x9F\x98\x80!";
    EXPECT_EQ(encode(text, iso_8859_1), std::nullopt);
    EXPECT_EQ(encode_tolerant(text, iso_8859_1), "5 ? ?!");
    EXPECT_EQ(encode(text, windows_1252), std::nullopt);
    EXPECT_EQ(encode_tolerant(text, windows_1252), "5 \x80 ?!");
    EXPECT_EQ(encode("5 \xE2\x82\xAC", windows_1252), "5 \x80");
    EXPECT_EQ(encode("\xC3\x96", us_ascii), std::nullopt);
    EXPECT_EQ(encode_tolerant("J\xC3\x96RG", us_ascii), "J?RG");
    EXPECT_EQ(encode_tolerant("J\xC3\x96RG", windows_1251), "J?RG");
    EXPECT_EQ(encode_tolerant("bad \xC3(\xFF", utf_16be), "\0b\0a\0d\0 \0?\0(\0?"sv);
}

TEST(Encodings, WhatIsNotUtf8IsReplacedOrRefused_R_DEC_70) {
    for (const Encoding encoding : {utf_8, us_ascii, iso_8859_15, windows_1252}) {
        EXPECT_EQ(encode("a\xFC", encoding), std::nullopt) << name(encoding);
        EXPECT_EQ(encode_tolerant("a\xFC"
                                  "b\xE2\x82",
                                  encoding),
                  "a?b??")
            << name(encoding);
    }
}

/// Nothing vanishes: also not the tag characters that glibc leaves out where it cannot write them.
TEST(Encodings, NoCharacterVanishes_R_DEC_70) {
    const std::string_view text =
        "a\xF3\xA0\x80\xA0\xF3\xA0\x81\xBF\xE2\x80\x8B\xEF\xBB\xBF"
        "b\xC2\xAD";
    EXPECT_EQ(encode("a\xF3\xA0\x81\x81", windows_1252), std::nullopt);
    EXPECT_EQ(encode_tolerant(text, windows_1252), "a????b\xAD");
    EXPECT_EQ(decode(*encode(text, utf_16le), utf_16le).text, text);
}

TEST(Encodings, EveryByteComesBackFromOneByteEncodings_R_DEC_70) {
    for (const Encoding encoding :
         {iso_8859_1, iso_8859_2, iso_8859_15, windows_1250, windows_1251, windows_1252}) {
        for (int value = 0; value < 256; ++value) {
            const std::string byte(1, static_cast<char>(value));
            EXPECT_EQ(encode(decode_tolerant(byte, encoding), encoding), byte)
                << name(encoding) << ' ' << value;
        }
    }
    EXPECT_EQ(encode("\xC2\x80", windows_1252), std::nullopt) << "its byte means the euro sign";
}

TEST(Encodings, LongTextsFullOfRefusalsCostNoMoreThanTheirLength_R_DEC_70) {
    std::string text;
    for (int i = 0; i < 300'000; ++i) text += "\xE6\xBC\xA2";
    EXPECT_EQ(encode_tolerant(text, windows_1252), std::string(300'000, '?'));
    EXPECT_EQ(decode_tolerant(std::string(300'000, '\x81'), windows_1252).size(), 600'000u);
}

TEST(Encodings, PiecesEndBetweenCharacters_R_DEC_70) {
    for (std::size_t before = 250; before < 260; ++before) {
        const std::string text = std::string(before, 'x') + "\xE2\x82\xAC\xC3\xBC";
        EXPECT_EQ(encode(text, windows_1252), std::string(before, 'x') + "\x80\xFC");
        EXPECT_EQ(encode(text, utf_8), text);
        EXPECT_EQ(encode_tolerant(text + "\xE2\x82", utf_8), text + "??");
    }
}

TEST(Encodings, EachThreadHasConvertersOfItsOwn_R_DEC_70) {
    std::string elsewhere;
    std::thread([&] { elsewhere = decode("\x80", windows_1252).text; }).join();
    EXPECT_EQ(elsewhere, decode("\x80", windows_1252).text);
}

}  // namespace
}  // namespace cticonnector
