#include "cticonnector/protocol/soap/text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace cticonnector::soap {
namespace {

using namespace std::string_view_literals;

struct TextCase {
    std::string_view name, in, content, attribute, cleaned;
};

class Text : public testing::TestWithParam<TextCase> {};

TEST_P(Text, IsEscapedForItsPlace) {
    const auto& c = GetParam();
    std::string content;
    append_text(content, c.in);
    EXPECT_EQ(content, c.content);
    std::string value;
    append_attribute(value, c.in);
    EXPECT_EQ(value, c.attribute);
    EXPECT_EQ(clean(c.in), c.cleaned);
}

TEST_P(Text, IsCleanOnceCleaned) { EXPECT_EQ(clean(clean(GetParam().in)), GetParam().cleaned); }

TEST_P(Text, SaysWhereItIsNotClean) {
    const auto& c = GetParam();
    std::size_t same = 0;
    while (same < c.in.size() && c.in[same] == c.cleaned[same]) ++same;
    // a replacement may share its first bytes with what it replaces
    const auto at = first_forbidden(c.in);
    if (c.in == c.cleaned)
        EXPECT_EQ(at, std::string_view::npos);
    else
        EXPECT_TRUE(at <= same && same < at + 3) << at << ' ' << same;
}

#define FFFD "\xEF\xBF\xBD"

INSTANTIATE_TEST_SUITE_P(
    Cases, Text,
    testing::Values(
        TextCase{"Empty", "", "", "", ""},
        TextCase{"Plain", "call-5001-17", "call-5001-17", "call-5001-17", "call-5001-17"},
        TextCase{"Markup", "a<b>&c", "a&lt;b&gt;&amp;c", "a&lt;b&gt;&amp;c", "a<b>&c"},
        TextCase{"Quotes", "\"'", "\"'", "&quot;'", "\"'"},
        TextCase{"EndOfCdata", "x]]>y", "x]]&gt;y", "x]]&gt;y", "x]]>y"},
        TextCase{"Blanks", " \t\r\n", " \t&#13;\n", " &#9;&#13;&#10;", " \t\r\n"},
        TextCase{"Controls", "a\0b\x01\x1F"sv, "a" FFFD "b" FFFD FFFD, "a" FFFD "b" FFFD FFFD,
                 "a" FFFD "b" FFFD FFFD},
        TextCase{"Delete", "\x7F", "\x7F", "\x7F", "\x7F"},
        TextCase{"TwoBytes", "M\xC3\xBCller", "M\xC3\xBCller", "M\xC3\xBCller", "M\xC3\xBCller"},
        TextCase{"ThreeBytes", "\xE2\x82\xAC", "\xE2\x82\xAC", "\xE2\x82\xAC", "\xE2\x82\xAC"},
        TextCase{"FourBytes", "\xF0\x9F\x93\x9E", "\xF0\x9F\x93\x9E", "\xF0\x9F\x93\x9E", "\xF0\x9F\x93\x9E"},
        TextCase{"Highest", "\xF4\x8F\xBF\xBD", "\xF4\x8F\xBF\xBD", "\xF4\x8F\xBF\xBD", "\xF4\x8F\xBF\xBD"},
        TextCase{"Latin1", "M\xFCller", "M" FFFD "ller", "M" FFFD "ller", "M" FFFD "ller"},
        TextCase{"CutAtEnd", "\xE2\x82", FFFD FFFD, FFFD FFFD, FFFD FFFD},
        TextCase{"CutBeforePlain", "\xE2\x82z", FFFD FFFD "z", FFFD FFFD "z", FFFD FFFD "z"},
        TextCase{"Overlong", "\xC0\xAF", FFFD FFFD, FFFD FFFD, FFFD FFFD},
        TextCase{"OverlongThree", "\xE0\x80\xAF", FFFD FFFD FFFD, FFFD FFFD FFFD, FFFD FFFD FFFD},
        TextCase{"Surrogate", "\xED\xA0\x80", FFFD FFFD FFFD, FFFD FFFD FFFD, FFFD FFFD FFFD},
        TextCase{"BeyondUnicode", "\xF4\x90\x80\x80", FFFD FFFD FFFD FFFD, FFFD FFFD FFFD FFFD,
                 FFFD FFFD FFFD FFFD},
        TextCase{"Noncharacter", "\xEF\xBF\xBF", FFFD FFFD FFFD, FFFD FFFD FFFD, FFFD FFFD FFFD}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(LocalName, IsWhatFollowsThePrefix) {
    EXPECT_EQ(local_name("accept"), "accept");
    EXPECT_EQ(local_name("n:accept"), "accept");
    EXPECT_EQ(local_name("n:"), "");
}

}  // namespace
}  // namespace cticonnector::soap
