#include "cticonnector/protocol/ici/attached_data.hpp"

#include <gtest/gtest.h>

#include <string>

#include "cticonnector/protocol/ici/codec.hpp"
#include "samples.hpp"

namespace cticonnector::ici {
namespace {

AttachedData read(std::string_view document) {
    const auto data = read_attached_data(document);
    EXPECT_TRUE(data) << data.error().text;
    return data ? *data : AttachedData{};
}

TEST(AttachedData, IsReadFromTheSample) {
    AttachedData expected;
    expected.call_variables[0] = "4711-A";
    expected.media_id = "17";
    EXPECT_EQ(read(sample::attached_data), expected);
}

TEST(AttachedData, IsWrittenLikeTheSample) {
    AttachedData data;
    data.call_variables[0] = "4711-A";
    data.media_id = "17";
    EXPECT_EQ(write_attached_data(data), sample::attached_data);
}

// R-DATA-1: all ten call variables, MID and ECC are sent even when empty
TEST(AttachedData, AlwaysHasAllItsElements) {
    EXPECT_EQ(
        write_attached_data({}),
        R"(<?xml version="1.0" encoding="UTF-8"?><ItemAttachedData><Application id="SAP-IC"><CV01/><CV02/>)"
        R"(<CV03/><CV04/><CV05/><CV06/><CV07/><CV08/><CV09/><CV10/><MID/><ECC/></Application></ItemAttachedData>)");
}

TEST(AttachedData, NamesEccVariablesWithoutDots) {
    AttachedData data;
    data.ecc = {{"user.account.id", "A&B"}, {"user.empty", ""}};
    const auto text = write_attached_data(data);
    EXPECT_NE(text.find("<ECC><user_account_id>A&amp;B</user_account_id><user_empty/></ECC>"),
              std::string::npos)
        << text;
    EXPECT_EQ(read(text).ecc, (std::vector<EccVariable>{{"user_account_id", "A&B"}, {"user_empty", ""}}));
}

TEST(AttachedData, NamesEccVariablesSoThatXmlTakesThem) {
    EXPECT_EQ(ecc_element_name("user.a"), "user_a");
    EXPECT_EQ(ecc_element_name("user.a[2]"), "user_a_2_");
    EXPECT_EQ(ecc_element_name("1st"), "_1st");
    EXPECT_EQ(ecc_element_name("-x"), "_-x");
    EXPECT_EQ(ecc_element_name("<&>"), "___");
    EXPECT_EQ(ecc_element_name(""), "_");
}

constexpr std::string_view hard_texts[] = {"a & b",         "<CV02>x</CV02>",
                                           "]]>",           "\"quoted\" 'single'",
                                           "&amp;",         " leading and trailing ",
                                           "\r\n\t",        "</Application>",
                                           "M\xC3\xBCller", "\xE2\x82\xAC \xF0\x9F\x93\x9E",
                                           "<!-- x -->",    "<![CDATA[x]]>"};

// R-DATA-4: the document is XML text inside an XML element
TEST(AttachedData, SurvivesBothLevelsOfEscaping) {
    for (auto text : hard_texts) {
        AttachedData data;
        data.call_variables[9] = text;
        data.media_id = text;
        data.ecc = {{"x", std::string(text)}};
        PhoneCall call;
        call.attached_data = write_attached_data(data);
        const auto event = read_event(write_event(event::PhoneCallChanged{{}, call}));
        ASSERT_TRUE(event);
        EXPECT_EQ(read(std::get<event::PhoneCallChanged>(*event).phone_call.attached_data), data) << text;
    }
}

TEST(AttachedData, ReadsEccNamesAsTheyAreWritten) {
    const auto data = read(
        "<ItemAttachedData><Application id='SAP-IC'><ECC><gr\xC3\xB6sse>9</gr\xC3\xB6sse></ECC>"
        "</Application></ItemAttachedData>");
    EXPECT_EQ(data.ecc, (std::vector<EccVariable>{{"gr__sse", "9"}}));
    EXPECT_EQ(read(write_attached_data(data)), data);
}

TEST(AttachedData, ReplacesWhatXmlCannotCarry) {
    AttachedData data;
    data.media_id = "a\x01\xFC";
    EXPECT_EQ(read(write_attached_data(data)).media_id, "a\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(AttachedData, KeepsWhatBelongsToOthersUnchanged) {
    constexpr std::string_view other =
        "<x:Application id='OTHER' note='a>b \"c\"'>\n  <!-- </x:Application> --><![CDATA[</x:Application>]]>"
        "<?pi </x:Application>?><Application/><Application id=\"SAP-IC\"></Application> "
        "&#65;&amp;\r\n</x:Application>";
    constexpr std::string_view reason = "<WrapUp  code='7'>Sold &gt; 1</WrapUp>";
    const auto text = std::string(R"(<ItemAttachedData xmlns:x="urn:x"  xmlns:y='urn:"y"'>)")
                          .append(other)
                          .append(R"(<Application id="SAP-IC"><MID>1</MID>)")
                          .append(reason)
                          .append("</Application><Empty/></ItemAttachedData>");
    auto data = read(text);
    EXPECT_EQ(data.media_id, "1");
    EXPECT_EQ(data.root_attributes, R"(xmlns:x="urn:x"  xmlns:y='urn:"y"')");
    EXPECT_EQ(data.other_applications, (std::vector<std::string>{std::string(other), "<Empty/>"}));
    EXPECT_EQ(data.other_elements, (std::vector<std::string>{std::string(reason)}));

    data.media_id = "2";
    const auto again = write_attached_data(data);
    EXPECT_NE(again.find(other), std::string::npos) << again;
    EXPECT_NE(again.find(reason), std::string::npos) << again;
    EXPECT_EQ(read(again), data);
}

TEST(AttachedData, IsReadTolerantly) {
    const auto data = read(
        "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-16'?>\n<p:ItemAttachedData>\n"
        " <p:Application p:id='SAP-IC'>\n  <p:MID>17</p:MID><CV10>x<!-- -->y</CV10>\n"
        " </p:Application>\n</p:ItemAttachedData>\n");
    EXPECT_EQ(data.media_id, "17");
    EXPECT_EQ(data.call_variables[9], "xy");
    EXPECT_TRUE(data.other_elements.empty());
    EXPECT_TRUE(data.other_applications.empty());
}

TEST(AttachedData, OfABlankTextIsNone) {
    EXPECT_EQ(read(""), AttachedData{});
    EXPECT_EQ(read(" \n"), AttachedData{});
}

struct BrokenCase {
    std::string_view name;
    std::string text;
    soap::Problem problem;
};

class BrokenAttachedData : public testing::TestWithParam<BrokenCase> {};

TEST_P(BrokenAttachedData, IsAnErrorValue) {
    const auto data = read_attached_data(GetParam().text);
    ASSERT_FALSE(data);
    EXPECT_EQ(data.error().problem, GetParam().problem) << data.error().text;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BrokenAttachedData,
    testing::Values(
        BrokenCase{"Text", "hello", soap::Problem::not_xml},
        BrokenCase{"Cut", "<ItemAttachedData><Application id=\"SAP-IC\">", soap::Problem::not_xml},
        BrokenCase{"TwoRoots", "<ItemAttachedData/><ItemAttachedData/>", soap::Problem::not_xml},
        BrokenCase{"OtherRoot", "<Data/>", soap::Problem::bad_value},
        BrokenCase{"Doctype", "<!DOCTYPE a [<!ENTITY x 'y'>]><ItemAttachedData/>", soap::Problem::doctype},
        BrokenCase{"Junk", std::string(1 << 20, 'x'), soap::Problem::not_xml},
        BrokenCase{"Deep",
                   [] {
                       std::string text = "<ItemAttachedData>";
                       for (int i = 0; i < 100; ++i) text += "<a>";
                       for (int i = 0; i < 100; ++i) text += "</a>";
                       return text + "</ItemAttachedData>";
                   }(),
                   soap::Problem::too_deep}),
    [](const auto& test) { return std::string{test.param.name}; });

}  // namespace
}  // namespace cticonnector::ici
