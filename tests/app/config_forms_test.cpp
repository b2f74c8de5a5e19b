// R-DEC-76: what a host, a path and a URL look like, and what was probably meant by something else.
#include "config_forms.hpp"

#include <gmock/gmock.h>

#include <cctype>
#include <ostream>

#include "app/config_fixture.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
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

struct PortCase {
    std::string text, host, port;
};
std::ostream& operator<<(std::ostream& out, const PortCase& shown) { return out << shown.text; }
class SplitPort : public ::testing::TestWithParam<PortCase> {};
TEST_P(SplitPort, TakesWhatStandsBehindTheColon) {
    const auto [host, port] = split_port(GetParam().text);
    EXPECT_EQ(host, GetParam().host);
    EXPECT_EQ(port, GetParam().port);
}
INSTANTIATE_TEST_SUITE_P(All, SplitPort,
                         ::testing::Values(PortCase{"a", "a", ""}, PortCase{"a:1", "a", ":1"},
                                           PortCase{"a:", "a", ":"}, PortCase{"::1", "::1", ""},
                                           PortCase{"[::1]", "[::1]", ""}, PortCase{"[::1]:80", "::1", ":80"},
                                           PortCase{"a:b", "a:b", ""}, PortCase{"", "", ""}));

struct FormCase {
    std::string section, key, value;
    std::string why, nearest;
};
std::ostream& operator<<(std::ostream& out, const FormCase& shown) {
    for (const char c : shown.key + shown.value)
        out << (std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_');
    return out;
}
class FormFinding : public ::testing::TestWithParam<FormCase> {};

TEST_P(FormFinding, NamesTheNearestLegalValue_R_DEC_76) {
    const auto& [section, key, value, why, nearest] = GetParam();
    const auto loaded = load("[" + section + "]\n" + key + "=" + value + "\n");
    ASSERT_EQ(loaded.findings.size(), 1u);
    const Finding& finding = loaded.findings.front();
    EXPECT_EQ(finding.level, Level::error);
    EXPECT_EQ(finding.line, 2);
    EXPECT_EQ(finding.key, key);
    EXPECT_EQ(finding.value, value);
    EXPECT_EQ(finding.rule, "R-DEC-76");
    EXPECT_EQ(finding.nearest, nearest);
    EXPECT_THAT(finding.text, HasSubstr(why));
    if (!nearest.empty()) {
        for (const Finding& other : load("[" + section + "]\n" + key + "=" + nearest + "\n").findings)
            EXPECT_NE(other.key, key) << to_text(other);
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, FormFinding,
    ::testing::Values(
        FormCase{"CTI", "HostA", "x   # side A",
                 "has a #, which begins a comment only at the start of a line", "x"},
        FormCase{"ICI", "ListenPort", "18080 # ICI",
                 "has a #, which begins a comment only at the start of a line", "18080"},
        FormCase{"ICI", "ListenPort", "high\t# ICI", "has a #", ""},
        FormCase{"CTI", "RequestTimeoutSeconds", "20 # was 15", "has a #", "20"},
        FormCase{"LOGGER", "FileSize", "10MB # each", "has a #", "10MB"},
        FormCase{"LOGGER", "Level", "debug #", "has a #", "debug"},
        FormCase{"LOGGER", "Level", "much # debug", "has a #", ""},
        FormCase{"CTI", "CodePage", "latin1 # old", "has a #", "latin1"},
        FormCase{"CONFIG", "CtiNumberInternPrefix", "4131 # 5 digits", "has a #", "4131"},
        FormCase{"CONFIG", "CtiNumberNationalMatch", "0,41 # national", "has a #", "0,41"},
        FormCase{"CONFIG", "DefaultLanguage", "DE # German", "has a #", "DE"},
        FormCase{"ADMIN", "ListenAddress", "127.0.0.1 # here", "has a #", "127.0.0.1"},
        FormCase{"ICI", "AllowedPeers", "10.0.0.1 # sap", "10.0.0.1 # sap: has a #", "10.0.0.1"},
        FormCase{"ICI", "AllowedPeers", "10.0.0.1 10.0.0.2 # sap", "has a #", "10.0.0.1,10.0.0.2"},
        FormCase{"ICI", "AllowedPeers", "10.0.0.1;10.0.0.2",
                 "10.0.0.1;10.0.0.2: is more than one, only commas separate them", "10.0.0.1,10.0.0.2"},
        FormCase{"ICI", "AllowedPeers", "::1, 10.0.0.1 10.1.0.0/16\t10.0.0.2",
                 "is more than one, only commas separate them", "::1,10.0.0.1,10.1.0.0/16,10.0.0.2"},
        FormCase{"ICI", "AllowedPeers", "10.0.0.1; there", "is more than one, only commas separate them",
                 "10.0.0.1"},
        FormCase{"ICI", "AllowedEventHosts", "sap1;sap2 sap3", "is more than one, only commas separate them",
                 "sap1,sap2,sap3"},
        FormCase{"ADMIN", "ServerNames", "cti1 cti2", "is more than one, only commas separate them",
                 "cti1,cti2"},
        FormCase{"MEDIA", "InterruptibleMRDs", "5001;5002", "is more than one, only commas separate them",
                 "5001,5002"},
        FormCase{"CTI", "HostA", "x\t# side A", "has the invisible character U+0009", "x"},
        FormCase{"CTI", "HostA", "\"x\"", "needs no quotes", "x"},
        FormCase{"CTI", "HostA", "'x'", "has quotes around it", "x"},
        FormCase{"CTI", "HostA", "x:42027", "has a port, which is a key of its own", "x"},
        FormCase{"CTI", "HostA", "http://x", "has a scheme, http://", "x"},
        FormCase{"CTI", "HostA", "http://x:42027/y", "has a scheme, http://", "x"},
        FormCase{"CTI", "HostA", "x, y", "is more than one", "x"},
        FormCase{"CTI", "HostA", "x y", "is more than one", "x"},
        FormCase{"CTI", "HostA", "[::1]", "has brackets", "::1"},
        FormCase{"CTI", "HostA", "[::1]:42027", "has a port", "::1"},
        FormCase{"CTI", "HostA", "x/", "has a path", "x"},
        FormCase{"CTI", "HostA", "x\xC2\xA0", "has the invisible character U+00A0", "x"},
        FormCase{"CTI", "HostA", "\xE2\x80\x8Bx", "has the invisible character U+200B", "x"},
        FormCase{"CTI", "HostA", "x\xF3\xA0\x81\x81", "has the invisible character U+E0041", "x"},
        FormCase{"CTI", "HostA", "10.0.0.300", "is no host", ""},
        FormCase{"CTI", "HostA", "# side A", "has a #", ""},
        FormCase{"LOGGER", "Path", "\"logs/x.log\"", "needs no quotes", "logs/x.log"},
        FormCase{"LOGGER", "Path", "logs/x.log # here", "has a #", "logs/x.log"},
        FormCase{"LOGGER", "Path", "file:///var/log/x", "has a scheme, file://", "/var/log/x"},
        FormCase{"CONFIG", "LanguagesPath", "'lang'", "has quotes around it", "lang"},
        FormCase{"CONFIG", "LanguagesPath", "la\xEF\xBB\xBFng", "has the invisible character U+FEFF", "lang"},
        FormCase{"ICI", "BasePath", "\"/ici\"", "needs no quotes", "/ici"},
        FormCase{"ICI", "BasePath", "/ici # base", "has a #", "/ici"},
        FormCase{"ICI", "BasePath", "http://x:8080/ici", "has a scheme, http://", "/ici"},
        FormCase{"ICI", "BasePath", "http://x", "has a scheme, http://", "/"},
        FormCase{"ICI", "BasePath", "ici", "does not begin with /", "/ici"},
        FormCase{"ICI", "BasePath", "/ici?x", "has a blank, ? or #", "/ici"},
        FormCase{"ICI", "EventUrlMap", "sap=http://gate", "sap=http://gate: has no http://",
                 "http://sap=http://gate"},
        FormCase{"ICI", "EventUrlMap", "http://sap/='http://gate/'", "has quotes around it",
                 "http://sap/=http://gate/"},
        FormCase{"ICI", "EventUrlMap", "http://a=http://b,ftp://a=http://b", "ftp://a=http://b: is no URL",
                 "http://a=http://b"},
        FormCase{"ICI", "EventUrlMap", "http://a=http://b # x", "has a #", "http://a=http://b"},
        FormCase{"ICI", "EventUrlMap", "http://a=http://b:99999/", "has no legal port", ""},
        FormCase{"ICI", "EventUrlMap", "http://a:0=http://b/", "has no legal port", ""},
        FormCase{"ICI", "EventUrlMap", "http://a=https://b/", "leads to https, which is not served", ""},
        FormCase{"ICI", "EventUrlMap", "http://a=http://b/x/../y", "has . or .. in its path", ""},
        FormCase{"ICI", "EventUrlMap", "http://a=http://b/x/%2e%2E/y", "has . or .. in its path", ""},
        FormCase{"ICI", "EventUrlMap", "http://a/.../=http://b/", "has . or .. in its path", ""},
        FormCase{"ICI", "AllowedEventHosts", "\"a, b\"", "needs no quotes", "a, b"},
        FormCase{"ICI", "AllowedEventHosts", "a, http://b", "http://b: has a scheme, http://", "a,b"},
        FormCase{"ICI", "AllowedEventHosts", "[::1], 'b'", "[::1]: has brackets", "::1,b"},
        FormCase{"ICI", "AllowedEventHosts", "a b # c", "a b # c: has a #", "a,b"},
        FormCase{"ICI", "AllowedEventHosts", "a # b", "a # b: has a #", "a"},
        FormCase{"ICI", "AllowedPeers", "\"10.0.0.1\"", "needs no quotes", "10.0.0.1"}));

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

struct AddressCase {
    std::string value, nearest;
};
std::ostream& operator<<(std::ostream& out, const AddressCase& shown) { return out << shown.value; }
class ListenAddress : public ::testing::TestWithParam<AddressCase> {};

TEST_P(ListenAddress, HasANearest_R_DEC_76) {
    EXPECT_THAT(lines(load("[ADMIN]\nListenAddress=" + GetParam().value + "\n").findings),
                ElementsAre("etc/cticonnector.ini:2: error: [ADMIN] ListenAddress=" + GetParam().value +
                            ": not an IP address, the default is used (" +
                            (GetParam().nearest.empty() ? "" : "nearest: " + GetParam().nearest + "; ") +
                            "R-ALLOC-5)"));
}
INSTANTIATE_TEST_SUITE_P(All, ListenAddress,
                         ::testing::Values(AddressCase{"localhost", "127.0.0.1"}, AddressCase{"*", "0.0.0.0"},
                                           AddressCase{"[::1]", "::1"}, AddressCase{"[::1]:8081", "::1"},
                                           AddressCase{"127.0.0.1:8081", "127.0.0.1"},
                                           AddressCase{"'127.0.0.1'", "127.0.0.1"},
                                           AddressCase{"http://127.0.0.1/", "127.0.0.1"},
                                           AddressCase{"10.0.0.0/8", ""}, AddressCase{"here", ""}));

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
            "etc/cticonnector.ini:5: error: [MRI] AllowedPeers=nobody: nobody: not an IP address or network, "
            "the entry is left out; none is left, so nobody is allowed (R-ALLOC-5)"));
    EXPECT_THAT(load("[ICI]\nAllowedEventHosts='a'\n").config.crm.allowed_event_hosts, ElementsAre(""));
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
