// Multi-reference values, SOAP 1.1 section 5.4, and what a hostile sender makes of them.

#include <gtest/gtest.h>

#include <string>

#include "cticonnector/protocol/soap/envelope.hpp"
#include "envelopes.hpp"

namespace cticonnector::soap {
namespace {

TEST(References, AreFollowedForTextsStructuresAndArrays) {
    Envelope message;
    ASSERT_EQ(message.load(envelope(R"(<subscribe><appUrl href="#u"/><list href="#l"/></subscribe>
                <multiRef id="u" SOAP-ENC:root="0">http://sap.example</multiRef>
                <multiRef id="l"><item href="#e"/><item href="#e"/></multiRef>
                <multiRef id="e"><id>5</id></multiRef>)")),
              std::nullopt);
    EXPECT_EQ(message.operation().child("appUrl").text(), "http://sap.example");
    std::string ids;
    message.operation().child("list").for_each([&](Element item) { ids += item.child("id").text(); });
    EXPECT_EQ(ids, "55");
    EXPECT_EQ(message.error(), std::nullopt);
}

TEST(References, OfAChainLeadToItsEnd) {
    Envelope message;
    ASSERT_EQ(message.load(envelope(R"(<a><b href="#1"/></a><v id="1" href="#2"/><v id="2">x</v>)")),
              std::nullopt);
    EXPECT_EQ(message.operation().child("b").text(), "x");
}

TEST(References, InTheHeaderAreFollowed) {
    Envelope message;
    ASSERT_EQ(message.load(envelope(R"(<a/><v id="1">U</v>)", R"(<user href="#1"/>)")), std::nullopt);
    EXPECT_EQ(message.header().child("user").text(), "U");
}

TEST(References, FindTheOperationBehindItsValues) {
    Envelope message;
    ASSERT_EQ(message.load(envelope(
                  R"(<v id="1">x</v><w SOAP-ENC:root="0"/><a id="9" SOAP-ENC:root="1"><b href="#1"/></a>)")),
              std::nullopt);
    EXPECT_EQ(message.operation().name(), "a");
}

TEST(References, ToNothingAreAnErrorWhereRead) {
    Envelope message;
    ASSERT_EQ(message.load(envelope(R"(<a><b href="#gone"/></a>)")), std::nullopt);
    EXPECT_EQ(message.operation().child("b").text(), "");
    ASSERT_TRUE(message.error());
    EXPECT_EQ(message.error()->problem, Problem::bad_reference);
    EXPECT_EQ(message.error()->text, "Reference #gone does not name exactly one value");
}

TEST(References, ToADuplicatedIdAreAnErrorWhereRead) {
    Envelope message;
    ASSERT_EQ(message.load(envelope(R"(<a><b href="#1"/></a><v id="1">x</v><v id="1">y</v>)")), std::nullopt);
    message.operation().child("b");
    ASSERT_TRUE(message.error());
    EXPECT_EQ(message.error()->problem, Problem::bad_reference);
}

TEST(References, OutsideTheMessageAreNoReferences) {
    Envelope message;
    ASSERT_EQ(message.load(envelope(R"(<a><b href="http://x/#1">text</b></a>)")), std::nullopt);
    EXPECT_EQ(message.operation().child("b").text(), "text");
}

struct Cycle {
    std::string_view name, body;
};

class ReferenceCycle : public testing::TestWithParam<Cycle> {};

TEST_P(ReferenceCycle, IsRefused) {
    Envelope message;
    const auto error = message.load(envelope(GetParam().body));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->problem, Problem::bad_reference);
    EXPECT_EQ(error->text, "A value refers to itself");
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ReferenceCycle,
    testing::Values(Cycle{"Itself", R"(<a><b id="1" href="#1"/></a>)"},
                    Cycle{"Two", R"(<a><b href="#1"/></a><v id="1" href="#2"/><v id="2" href="#1"/>)"},
                    Cycle{"ItsOwnArray", R"(<a><b id="1"><item href="#1"/></b></a>)"},
                    Cycle{"TwoStructures",
                          R"(<a><b href="#1"/></a><v id="1"><x href="#2"/></v><v id="2"><y href="#1"/></v>)"},
                    Cycle{"NeverRead", R"(<a/><v id="1"><x href="#1"/></v>)"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(References, CountAsNesting) {
    std::string body = R"(<a><b href="#0"/></a>)";
    for (int i = 0; i < 100; ++i)
        body += "<v id=\"" + std::to_string(i) + "\" href=\"#" + std::to_string(i + 1) + "\"/>";
    Envelope message;
    const auto error = message.load(envelope(body));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->problem, Problem::too_deep);
}

/// Each value holds the next one twice: 2^30 texts if they were written out.
TEST(References, ThatMultiplyAreWalkedOnce) {
    std::string body = R"(<a href="#0"/>)";
    for (int i = 0; i < 30; ++i) {
        const auto next = "href=\"#" + std::to_string(i + 1) + "\"";
        body += "<v id=\"" + std::to_string(i) + "\"><x " + next + "/><y " + next + "/></v>";
    }
    body += R"(<v id="30">x</v>)";
    Envelope message;
    EXPECT_EQ(message.load(envelope(body)), std::nullopt);
}

TEST(References, CannotExpandAMessageWithoutLimit) {
    std::string body = "<a><list>";
    for (int i = 0; i < 5000; ++i) body += "<item href=\"#1\"/>";
    body += "</list></a><v id=\"1\">" + std::string(500'000, 'x') + "</v>";
    Envelope message;
    ASSERT_EQ(message.load(envelope(body)), std::nullopt);
    std::size_t taken = 0;
    message.operation().child("list").for_each([&](Element item) { taken += item.text().size(); });
    ASSERT_TRUE(message.error());
    EXPECT_EQ(message.error()->problem, Problem::too_large);
    EXPECT_LE(taken, max_expansion);
}

TEST(References, CannotExpandArraysOfArraysWithoutLimit) {
    std::string body = "<a><list>";
    for (int i = 0; i < 20000; ++i) body += "<item href=\"#1\"/>";
    body += "</list></a><v id=\"1\">";
    for (int i = 0; i < 20000; ++i) body += "<i/>";
    Envelope message;
    ASSERT_EQ(message.load(envelope(body + "</v>")), std::nullopt);
    std::size_t visited = 0;
    message.operation().child("list").for_each(
        [&](Element inner) { inner.for_each([&](Element) { ++visited; }); });
    ASSERT_TRUE(message.error());
    EXPECT_LT(visited, 1'000'000u);
}

}  // namespace
}  // namespace cticonnector::soap
