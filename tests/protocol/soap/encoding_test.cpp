// R-DEC-70: in which encoding a message is, and its text.
#include "cticonnector/protocol/soap/encoding.hpp"

#include <gtest/gtest.h>

#include <string>

#include "cticonnector/base/encoding.hpp"

namespace cticonnector::soap {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view joerg = "<?xml version=\"1.0\"?><u>J\xC3\x96RG</u>";

std::string in(Encoding encoding, std::string_view text = joerg) { return encode(text, encoding).value(); }
std::string declared_as(std::string_view name, Encoding encoding) {
    return in(encoding, "<?xml version='1.0' encoding='" + std::string(name) + "' ?><u>J\xC3\x96RG</u>");
}
/// The text, or what is wrong.
std::string read(std::string_view bytes, std::string_view content_type = "text/xml") {
    const auto text = decoded(bytes, content_type);
    return text ? *text : text.error().text;
}
bool says_joerg(const std::string& text) { return text.ends_with("<u>J\xC3\x96RG</u>"); }

TEST(MessageEncoding, IsUtf8WhenNothingIsSaid_R_DEC_70) {
    EXPECT_EQ(read(joerg), joerg);
    EXPECT_EQ(read(joerg, ""), joerg);
    EXPECT_EQ(read(""), "");
}

TEST(MessageEncoding, IsThatOfTheXmlDeclaration_R_DEC_70) {
    for (const auto& [name, encoding] : std::initializer_list<std::pair<std::string_view, Encoding>>{
             {"utf-8", Encoding::utf_8},
             {"ISO-8859-1", Encoding::iso_8859_1},
             {"iso-8859-2", Encoding::iso_8859_2},
             {"ISO-8859-15", Encoding::iso_8859_15},
             {"windows-1250", Encoding::windows_1250},
             {"Windows-1252", Encoding::windows_1252}}) {
        EXPECT_TRUE(says_joerg(read(declared_as(name, encoding)))) << name;
    }
    EXPECT_EQ(
        read(in(Encoding::windows_1251, "<?xml version=\"1.0\" encoding=\"windows-1251\"?><u>\xD0\x98</u>")),
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?><u>\xD0\x98</u>");
}

TEST(MessageEncoding, IsThatOfTheContentTypeWhateverIsDeclared_R_DEC_70) {
    for (const auto type : {"text/xml; charset=ISO-8859-15", "text/xml;charset=\"iso-8859-15\"",
                            "text/xml; action=\"x\"; Charset = 'ISO-8859-15' ; q=1"}) {
        EXPECT_TRUE(says_joerg(read(in(Encoding::iso_8859_15), type))) << type;
        EXPECT_TRUE(says_joerg(read(declared_as("UTF-8", Encoding::iso_8859_15), type))) << type;
    }
    EXPECT_EQ(read(joerg, "text/xml; charset="), joerg);
    EXPECT_EQ(read(joerg, "text/xml; notcharset=latin1"), joerg);
}

TEST(MessageEncoding, IsThatOfItsByteOrderMarkBeforeAllElse_R_DEC_70) {
    EXPECT_EQ(read("\xEF\xBB\xBF" + std::string(joerg), "text/xml; charset=ISO-8859-1"), joerg);
    EXPECT_EQ(read("\xFF\xFE" + in(Encoding::utf_16le), "text/xml; charset=utf-8"), joerg);
    EXPECT_EQ(read("\xFE\xFF" + in(Encoding::utf_16be)), joerg);
}

TEST(MessageEncoding, Utf16NeedsNoMark_R_DEC_70) {
    for (const auto encoding : {Encoding::utf_16le, Encoding::utf_16be}) {
        EXPECT_EQ(read(in(encoding)), joerg);
        EXPECT_EQ(read(in(encoding), "text/xml; charset=UTF-16"), joerg);
        EXPECT_EQ(read(in(encoding), "text/xml; charset=" + std::string(name(encoding))), joerg);
    }
}

TEST(MessageEncoding, DeclaredUtf16InBytesThatAreNoneIsUtf8_R_DEC_70) {
    EXPECT_TRUE(says_joerg(read(declared_as("utf-16", Encoding::utf_8))));
}

TEST(MessageEncoding, AnyOtherIsRefusedByName_R_DEC_70) {
    for (const auto& [bytes, type, text] : std::initializer_list<std::array<std::string_view, 3>>{
             {"<?xml version='1.0' encoding='EBCDIC-CP-US'?><u/>", "text/xml",
              "Text encoding EBCDIC-CP-US is not read here"},
             {"<u/>", "text/xml; charset=Shift_JIS", "Text encoding Shift_JIS is not read here"},
             {"\xFF\xFE\0\0<\0\0\0"sv, "text/xml", "Text encoding UTF-32 is not read here"}}) {
        const auto result = decoded(bytes, type);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error(), (Error{Problem::unknown_encoding, std::string(text)}));
        EXPECT_EQ(http_status(result.error().problem), 415);
    }
}

TEST(MessageEncoding, WrongBytesAreRefusedWithTheirPlace_R_DEC_70) {
    for (const auto& [bytes, type, text] : std::initializer_list<std::array<std::string_view, 3>>{
             {"<u>J\xD6RG</u>", "text/xml", "The message is not UTF-8: byte 0xD6 at offset 4"},
             {"\xEF\xBB\xBF<u>J\xD6RG</u>", "text/xml", "The message is not UTF-8: byte 0xD6 at offset 7"},
             {"<u>\x81</u>", "text/xml; charset=cp1252",
              "The message is not windows-1252: byte 0x81 at offset 3"},
             {"<u>\xD6</u>", "text/xml; charset=us-ascii",
              "The message is not US-ASCII: byte 0xD6 at offset 3"},
             {"\xFF\xFE<\0u"sv, "text/xml", "The message is not UTF-16LE: byte 0x75 at offset 4"}}) {
        const auto result = decoded(bytes, type);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error(), (Error{Problem::bad_text, std::string(text)}));
        EXPECT_EQ(http_status(result.error().problem), 400);
    }
}

}  // namespace
}  // namespace cticonnector::soap
