// R-DEC-50, R-DEC-70, R-DEC-76: what the lines of the file are, and what is said about them.
#include <gmock/gmock.h>

#include <ostream>

#include "app/config_fixture.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(IniReader, ByteOrderMarkCarriageReturnsAndIndentsAreAccepted_R_DEC_50) {
    const auto [config, findings] =
        load("\xEF\xBB\xBF[CTI]\r\n  HostA=one\r\n\tHostB = two \r\n\r\n ; comment\r\n  # comment\r\n");
    EXPECT_THAT(lines(findings), IsEmpty());
    EXPECT_EQ(config.routing.sides[0].host, "one");
    EXPECT_EQ(config.routing.sides[1].host, "two");
}

TEST(IniReader, CarriageReturnsAloneEndALine_R_DEC_76) {
    const auto [config, findings] = load("[CTI]\rHostA=one\rHostB=two\n\r\nPortA=high\r");
    EXPECT_EQ(config.routing.sides[0].host, "one");
    EXPECT_EQ(config.routing.sides[1].host, "two");
    ASSERT_THAT(findings, SizeIs(1));
    EXPECT_EQ(findings[0].line, 5);
}

TEST(IniReader, AFileThatIsNotUtf8IsWindows1252_R_DEC_70) {
    const auto [config, findings] = load(
        "# \xE9\r\n[CTI]\nClientPassword=gr\xFC\xDF\x80\nPortA=high\n[CONFIG]\nAgentDefaultPassword=\xA4\n");
    EXPECT_EQ(config.routing.client_password.reveal(), "grüß€");
    EXPECT_EQ(config.engine.default_password.reveal(), "¤");
    EXPECT_THAT(lines(findings),
                ElementsAre("etc/cticonnector.ini:1: warning: is not UTF-8, the whole file is read as "
                            "windows-1252 (R-DEC-70)",
                            HasSubstr(":4: error: [CTI] PortA=high")));
}

TEST(IniReader, UTF16IsNamedAsSuch_R_DEC_70) {
    EXPECT_THAT(lines(load(std::string{"\xFF\xFE[\0C\0", 6}).findings),
                ElementsAre("etc/cticonnector.ini: error: is UTF-16, nothing in it is used; it must be saved "
                            "as UTF-8 (R-DEC-70)"));
}

TEST(IniReader, Utf8PassesUnchanged) {
    const auto [config, findings] = load("[CTI]\nClientPassword=gr\xC3\xBC\xC3\x9F\n");
    EXPECT_THAT(findings, IsEmpty());
    EXPECT_EQ(config.routing.client_password.reveal(), "grüß");
}

struct QuotedCase {
    std::string value, password;
    std::vector<std::string> findings;
};
std::ostream& operator<<(std::ostream& out, const QuotedCase& shown) { return out << shown.value; }
class QuotedValue : public ::testing::TestWithParam<QuotedCase> {};

TEST_P(QuotedValue, EndsWhereItsQuoteEnds_R_DEC_50) {
    const auto [config, findings] = load("[CTI]\nClientPassword=" + GetParam().value + "\n");
    EXPECT_EQ(config.routing.client_password.reveal(), GetParam().password);
    std::vector<std::string> texts;
    for (const Finding& finding : findings) {
        texts.push_back(finding.text);
        EXPECT_EQ(finding.rule, "R-DEC-50");
        EXPECT_EQ(finding.level, Level::error);
        EXPECT_THAT(finding.value + finding.nearest, IsEmpty()) << "a secret is never shown";
    }
    EXPECT_THAT(texts, ::testing::ElementsAreArray(GetParam().findings));
}

const std::string comment = "what follows the blank and ; is a comment, the value ends before it";
INSTANTIATE_TEST_SUITE_P(
    All, QuotedValue,
    ::testing::Values(
        QuotedCase{R"("a ;b")", "a ;b", {}}, QuotedCase{R"(" a ")", " a ", {}},
        QuotedCase{"\t\"a\"\t", "a", {}}, QuotedCase{R"("")", "", {}}, QuotedCase{R"("a=b:c")", "a=b:c", {}},
        QuotedCase{R"("say ""hello"" ;")", R"(say "hello" ;)", {}}, QuotedCase{R"("""a""")", R"("a")", {}},
        QuotedCase{R"(a"b)", R"(a"b)", {}}, QuotedCase{R"(a"")", R"(a"")", {}},
        QuotedCase{R"("a ;b" ; c)", "a ;b", {comment}}, QuotedCase{"a ;b", "a", {comment}},
        QuotedCase{
            R"("a)", R"("a)", {"begins with a quote that has no end, the value is taken as it stands"}},
        QuotedCase{R"(")", R"(")", {"begins with a quote that has no end, the value is taken as it stands"}},
        QuotedCase{
            R"("a" b)", R"("a" b)", {"goes on after its closing quote, the value is taken as it stands"}},
        QuotedCase{
            R"("a";b)", R"("a";b)", {"goes on after its closing quote, the value is taken as it stands"}},
        QuotedCase{R"("a ;b)",
                   R"("a)",
                   {"begins with a quote that has no end, the value is taken as it stands", comment}}));

TEST(IniReader, ACommentInAListMayHaveBeenMeantForAnEntry_R_DEC_50) {
    EXPECT_THAT(
        lines(load("[ICI]\nAllowedPeers=10.0.0.1 ;10.0.0.2\n").findings),
        ElementsAre(HasSubstr("the value ends before it; only commas separate the entries of a list (")));
}

TEST(IniReader, OverLongLinesAreFoundAndNotCut_R_DEC_50) {
    const std::string key = "EventUrlMap=http://x=http://y/";
    const std::string fits = key + std::string(199 - key.size(), 'y');
    EXPECT_THAT(lines(load("[ICI]\n" + fits + "\n").findings), IsEmpty());

    const auto [config, findings] =
        load("[ICI]\n" + fits + "z\nListenPort=81\n# " + std::string(300, '-') + "\n");
    EXPECT_THAT(
        lines(findings),
        ElementsAre(
            "etc/cticonnector.ini:2: error: [ICI] EventUrlMap: longer than 199 bytes, the line is not "
            "used (R-DEC-50)"));
    EXPECT_THAT(config.crm.event_url_map, IsEmpty());
    EXPECT_EQ(config.crm.listen_port, 81);
}

TEST(IniReader, ZeroBytesAreFound_R_DEC_50) {
    EXPECT_THAT(lines(load(std::string{"[CTI]\nHostA=a\0b\n", 16}).findings),
                ElementsAre(HasSubstr("has a zero byte")));
}

}  // namespace
}  // namespace cticonnector::app::testing
