// R-DEC-76: what a host, a path and a URL look like, and what was probably meant by something else.
#include "config_forms.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "app/config_fixture.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ConfigForms, HostsAreNamesAndAddresses) {
    for (const auto* host : {"cti", "cti-a.example", "cti_a.example.", "10.0.0.1", "::1", "fe80::1%eth0",
                             "a1", "1a", "xn--grn-hoa.example"}) {
        EXPECT_FALSE(check_host(host)) << host;
    }
    for (const auto* none : {"", "a..b", "-", "10.0.0.300", "10.0.0", "grün", "a,b", "a b", "[::1]", "a:1",
                             "user@host", "http://a", "C:\\a"}) {
        EXPECT_EQ(check_host(none).has_value(), std::string_view{none} != "-") << none;
    }
    EXPECT_TRUE(check_host(std::string(64, 'a')));
}

TEST(ConfigForms, PathsAreAlmostAnything) {
    for (const auto* path : {"logs", "../logs/", "/var/log/a b.log", "a:b/c", "a#b", "[x]", "ü", "it's"}) {
        EXPECT_FALSE(check_path(path)) << path;
    }
}

TEST(ConfigForms, UrlsHaveASchemeAndVisibleCharacters) {
    for (const auto* url : {"http://a", "HTTPS://a:8000/x?y", "http://[::1]:80/"})
        EXPECT_FALSE(check_url(url)) << url;
    for (const auto* none : {"a", "http://", "http:///x", "ftp://a", "http://a b", "http://ü",
                             "http://a:99999", "http://a:0/", "http://a:", "http://a:x/", "http://[zz]/",
                             "http://a:1:2/", "http://user:pw@a/", "http://user@a", "http://a..b/"})
        EXPECT_TRUE(check_url(none)) << none;
}

TEST(ConfigForms, APortIsWhatStandsBehindTheColon) {
    struct Case {
        std::string text, host, port;
    };
    for (const auto& [text, expected_host, expected_port] :
         {Case{"a", "a", ""}, Case{"a:1", "a", ":1"}, Case{"a:", "a", ":"}, Case{"::1", "::1", ""},
          Case{"[::1]", "[::1]", ""}, Case{"[::1]:80", "::1", ":80"}, Case{"a:b", "a:b", ""},
          Case{"", "", ""}}) {
        const auto [host, port] = split_port(text);
        EXPECT_EQ(host, expected_host) << text;
        EXPECT_EQ(port, expected_port) << text;
    }
}

struct Form {
    std::string value, why, nearest;
};
void expect_findings(const std::string& section, const std::string& key, const std::vector<Form>& forms) {
    const auto load_value = [&](const std::string& value) {
        return load("[" + section + "]\n" + key + "=" + value + "\n").findings;
    };
    for (const auto& [value, why, nearest] : forms) {
        EXPECT_THAT(load_value(value),
                    ElementsAre(AllOf(Field(&Finding::level, Level::error), Field(&Finding::line, 2),
                                      Field(&Finding::key, key), Field(&Finding::value, value),
                                      Field(&Finding::rule, "R-DEC-76"), Field(&Finding::nearest, nearest),
                                      Field(&Finding::text, HasSubstr(why)))))
            << key << '=' << value;
        if (nearest.empty()) continue;
        for (const Finding& other : load_value(nearest)) EXPECT_NE(other.key, key) << to_text(other);
    }
}

TEST(ConfigForms, AFindingNamesTheNearestLegalValue_R_DEC_76) {
    const std::string more_than_one = "is more than one, only commas separate them";
    expect_findings("CTI", "HostA",
                    {{"x   # side A", "has a #, which begins a comment only at the start of a line", "x"},
                     {"x\t# side A", "has the invisible character U+0009", "x"},
                     {"\"x\"", "needs no quotes", "x"},
                     {"'x'", "has quotes around it", "x"},
                     {"x:42027", "has a port, which is a key of its own", "x"},
                     {"http://x", "has a scheme, http://", "x"},
                     {"http://x:42027/y", "has a scheme, http://", "x"},
                     {"x, y", "is more than one", "x"},
                     {"x y", "is more than one", "x"},
                     {"[::1]", "has brackets", "::1"},
                     {"[::1]:42027", "has a port", "::1"},
                     {"x/", "has a path", "x"},
                     {"x\xC2\xA0", "has the invisible character U+00A0", "x"},
                     {"\xE2\x80\x8Bx", "has the invisible character U+200B", "x"},
                     {"x\xF3\xA0\x81\x81", "has the invisible character U+E0041", "x"},
                     {"10.0.0.300", "is no host", ""},
                     {"# side A", "has a #", ""}});
    expect_findings("ICI", "ListenPort",
                    {{"18080 # ICI", "has a #, which begins a comment only at the start of a line", "18080"},
                     {"high\t# ICI", "has a #", ""}});
    expect_findings("CTI", "RequestTimeoutSeconds", {{"20 # was 15", "has a #", "20"}});
    expect_findings("LOGGER", "FileSize", {{"10MB # each", "has a #", "10MB"}});
    expect_findings("LOGGER", "Level", {{"debug #", "has a #", "debug"}, {"much # debug", "has a #", ""}});
    expect_findings("CTI", "CodePage", {{"latin1 # old", "has a #", "latin1"}});
    expect_findings("CONFIG", "CtiNumberInternPrefix", {{"4131 # 5 digits", "has a #", "4131"}});
    expect_findings("CONFIG", "CtiNumberNationalMatch", {{"0,41 # national", "has a #", "0,41"}});
    expect_findings("CONFIG", "DefaultLanguage", {{"DE # German", "has a #", "DE"}});
    expect_findings("ADMIN", "ListenAddress", {{"127.0.0.1 # here", "has a #", "127.0.0.1"}});
    expect_findings(
        "ICI", "AllowedPeers",
        {{"10.0.0.1 # sap", "has a #", "10.0.0.1"},
         {"10.0.0.1 10.0.0.2 # sap", "has a #", "10.0.0.1,10.0.0.2"},
         {"10.0.0.1;10.0.0.2", more_than_one, "10.0.0.1,10.0.0.2"},
         {"10.9.0.1, ::1 10.1.0.0/16\t10.0.0.2", more_than_one, "10.9.0.1,::1,10.1.0.0/16,10.0.0.2"},
         {"10.0.0.1; there", more_than_one, "10.0.0.1"},
         {"\"10.0.0.1\"", "needs no quotes", "10.0.0.1"}});
    expect_findings("ICI", "AllowedEventHosts",
                    {{"sap1;sap2 sap3", more_than_one, "sap1,sap2,sap3"},
                     {"\"a, b\"", "needs no quotes", "a, b"},
                     {"a, http://b", "http://b: has a scheme, http://", "a,b"},
                     {"[::1], 'b'", "[::1]: has brackets", "::1,b"},
                     {"a b # c", "has a #", "a,b"},
                     {"a # b", "has a #", "a"}});
    expect_findings("ADMIN", "ServerNames", {{"cti1 cti2", more_than_one, "cti1,cti2"}});
    expect_findings("MEDIA", "InterruptibleMRDs", {{"5001;5002", more_than_one, "5001,5002"}});
    expect_findings("LOGGER", "Path",
                    {{"\"logs/x.log\"", "needs no quotes", "logs/x.log"},
                     {"logs/x.log # here", "has a #", "logs/x.log"},
                     {"file:///var/log/x", "has a scheme, file://", "/var/log/x"}});
    expect_findings("CONFIG", "LanguagesPath",
                    {{"'lang'", "has quotes around it", "lang"},
                     {"la\xEF\xBB\xBFng", "has the invisible character U+FEFF", "lang"}});
    expect_findings("ICI", "BasePath",
                    {{"\"/ici\"", "needs no quotes", "/ici"},
                     {"/ici # base", "has a #", "/ici"},
                     {"http://x:8080/ici", "has a scheme, http://", "/ici"},
                     {"http://x", "has a scheme, http://", "/"},
                     {"ici", "does not begin with /", "/ici"},
                     {"/ici?x", "has a blank, ? or #", "/ici"}});
    expect_findings(
        "ICI", "EventUrlMap",
        {{"sap=http://gate", "has no http://", "http://sap=http://gate"},
         {"http://sap/='http://gate/'", "has quotes around it", "http://sap/=http://gate/"},
         {"http://a=http://b,ftp://a=http://b", "ftp://a=http://b: is no URL", "http://a=http://b"},
         {"http://a=http://b # x", "has a #", "http://a=http://b"},
         {"http://a=http://b:99999/", "has no legal port", ""},
         {"http://a:0=http://b/", "has no legal port", ""},
         {"http://a=https://b/", "leads to https, which is not served", ""},
         {"http://a=http://b/x/../y", "has . or .. in its path", ""},
         {"http://a=http://b/x/%2e%2E/y", "has . or .. in its path", ""},
         {"http://a/.../=http://b/", "has . or .. in its path", ""}});
}

TEST(ConfigForms, AFindingShowsWhatIsNotSeen) {
    EXPECT_THAT(lines(load("[CTI]\nHostA=\xE2\x80\x8Bx\n").findings),
                ElementsAre(HasSubstr(" HostA=\\u200bx: has the invisible character U+200B")));
}

// R-DEC-76, and R-DEC-69: no password stands in a finding
TEST(ConfigForms, AUrlHasNoUserAndPassword_R_DEC_76) {
    for (const auto* map : {"http://a=http://user:geheim@b/", "http://user:geheim@a=http://b/",
                            "http://a=http://user:ge@heim@b/", "http://a='http://user:geheim@b/'",
                            "http://a=http://user:ge/heim@b/", "http://user:ge,heim@a/=http://b/",
                            "ftp://user:geheim@a=http://b"}) {
        const auto [config, findings] = load("[ICI]\nEventUrlMap=" + std::string{map} + "\n");
        EXPECT_THAT(config.crm.event_url_map, IsEmpty()) << map;
        ASSERT_EQ(findings.size(), 1u) << map;
        EXPECT_EQ(findings[0].level, Level::error);
        EXPECT_THAT(lines(findings),
                    ElementsAre(AllOf(HasSubstr("***@"), ::testing::Not(HasSubstr("heim")))));
    }
    EXPECT_EQ(load("[ICI]\nEventUrlMap=http://a=http://user:geheim@b/\n").findings[0].nearest,
              "http://a=http://b/");
}

TEST(ConfigForms, QuotesThatAreNeededAreNoFinding_R_DEC_50) {
    for (const auto* path : {"\"logs ;old\"", "\" logs\""})
        EXPECT_THAT(load("[LOGGER]\nPath=" + std::string{path} + "\n").findings, IsEmpty()) << path;
    EXPECT_EQ(load("[LOGGER]\nPath=\"logs ;old\"\n").config.log.path, "etc/logs ;old");
}

TEST(ConfigForms, QuotedHostsCountWithoutTheirQuotes_R_DEC_76) {
    EXPECT_EQ(load("[CTI]\nHostA=\"x\"\n").config.routing.sides[0].host, "x");
}

TEST(ConfigForms, AListenAddressHasANearest_R_DEC_76) {
    struct Case {
        std::string value, nearest;
    };
    for (const auto& [value, nearest] :
         {Case{"localhost", "nearest: 127.0.0.1; "}, Case{"*", "nearest: 0.0.0.0; "},
          Case{"[::1]", "nearest: ::1; "}, Case{"[::1]:8081", "nearest: ::1; "},
          Case{"127.0.0.1:8081", "nearest: 127.0.0.1; "}, Case{"'127.0.0.1'", "nearest: 127.0.0.1; "},
          Case{"http://127.0.0.1/", "nearest: 127.0.0.1; "}, Case{"10.0.0.0/8", ""}, Case{"here", ""}})
        EXPECT_THAT(lines(load("[ADMIN]\nListenAddress=" + value + "\n").findings),
                    ElementsAre("etc/cticonnector.ini:2: error: [ADMIN] ListenAddress=" + value +
                                ": not an IP address, the default is used (" + nearest + "R-ALLOC-5)"));
}

// A typing error must not open what a list was to close.
TEST(ConfigForms, AnAccessListIsNeverWidened) {
    const auto [some, first] = load(
        "[ICI]\nAllowedPeers=10.0.0.1, there\nAllowedEventHosts=good, bad one\n[MRI]\nAllowedPeers=nobody\n");
    EXPECT_THAT(some.crm.allowed_peers, ElementsAre(*net::network_from("10.0.0.1")));
    EXPECT_THAT(some.crm.allowed_event_hosts, ElementsAre("good"));
    EXPECT_THAT(some.routing.mr_peers, ElementsAre(net::Network{})) << "no peer is in this one";
    EXPECT_THAT(
        lines(first),
        ElementsAre(
            "etc/cticonnector.ini:2: error: [ICI] AllowedPeers=10.0.0.1, there: there: not an IP address "
            "or network, the entry is left out (nearest: 10.0.0.1; R-ALLOC-5)",
            "etc/cticonnector.ini:3: error: [ICI] AllowedEventHosts=good, bad one: bad one: is more than "
            "one, only commas separate them, the entry is left out (nearest: good,bad,one; R-DEC-76)",
            "etc/cticonnector.ini:5: error: [MRI] AllowedPeers=nobody: not an IP address or network, "
            "the entry is left out; none is left, so nobody is allowed (R-ALLOC-5)"));
    EXPECT_THAT(load("[ICI]\nAllowedEventHosts='a'\n").config.crm.allowed_event_hosts, ElementsAre(""));
}

TEST(ConfigForms, TheOnlyEntryOfAListIsNotToldTwice) {
    EXPECT_THAT(lines(load("[ICI]\nAllowedPeers=127.0.0.1; 127.0.0.2\n").findings),
                ElementsAre("etc/cticonnector.ini:2: error: [ICI] AllowedPeers=127.0.0.1; 127.0.0.2: is more "
                            "than one, only commas separate them, the entry is left out; none is left, so "
                            "nobody is allowed (nearest: 127.0.0.1,127.0.0.2; R-DEC-76)"));
}

TEST(ConfigForms, APortInAListOfHostsIsAWarningAndCounts_R_DEC_76) {
    const auto [config, findings] = load("[ICI]\nAllowedEventHosts=sap:8000, [::1]:80, plain\n");
    EXPECT_THAT(
        lines(findings),
        ElementsAre("etc/cticonnector.ini:2: warning: [ICI] AllowedEventHosts=sap:8000, [::1]:80, plain: "
                    "sap:8000: allows this port only; [::1]:80: allows this port only (nearest: "
                    "sap,::1,plain; R-DEC-76)"));
    EXPECT_THAT(config.crm.allowed_event_hosts, ElementsAre("sap:8000", "[::1]:80", "plain"));
}

}  // namespace
}  // namespace cticonnector::app::testing
