// The defaults of config-keys.md, written down once more from the document, and small parsing rules.
#include "config_values.hpp"

#include <gmock/gmock.h>

#include <ostream>
#include <random>

#include "app/config_fixture.hpp"
#include "config_keys.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct DefaultCase {
    std::string_view section, name, value;
};
std::ostream& operator<<(std::ostream& out, const DefaultCase& shown) {
    return out << shown.section << ' ' << shown.name;
}
class ConfigDefault : public ::testing::TestWithParam<DefaultCase> {};

TEST_P(ConfigDefault, IsTheDocuments) {
    const auto& [section, name, value] = GetParam();
    const Key* key = find_key(section, name);
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(key->show(Config{}, key->rule), value);
}

INSTANTIATE_TEST_SUITE_P(
    ConfigKeys, ConfigDefault,
    ::testing::Values(
        // R-DEC-8
        DefaultCase{"CONFIG", "AgentLoginType", "0"}, DefaultCase{"CONFIG", "AgentShadowLogin", "0"},
        DefaultCase{"CONFIG", "AgentDefaultPassword", ""}, DefaultCase{"CONFIG", "AppItemMaxSession", "5"},
        DefaultCase{"CONFIG", "AppActionRoutingMaxSession", "1"},
        DefaultCase{"CONFIG", "AppActionRoutingDefaultSession", "1"},
        DefaultCase{"CONFIG", "AppChatMaxSession", "1"}, DefaultCase{"CONFIG", "AppChatDefaultSession", "1"},
        DefaultCase{"CONFIG", "AppChatMsWrapup", "0"},
        DefaultCase{"CONFIG", "CtiCheckMediaByDirectCall", "1"},
        DefaultCase{"CONFIG", "TpiNotReadyReasonCodeOffset", "1000"},
        DefaultCase{"CONFIG", "CtiRequiredNotReadyReasonCodeDefaultValue", "0"},
        DefaultCase{"CONFIG", "TpiReSendWrapupReqAfterSetState", "0"},
        DefaultCase{"CONFIG", "TpiUserPresenceEnabled", "0"},
        DefaultCase{"CONFIG", "CtiAllowMakeCallWhileReady", "1"},
        DefaultCase{"CONFIG", "CtiNumberInternMaxLength", "5"},
        DefaultCase{"CONFIG", "CtiNumberInternPrefix", ""},
        DefaultCase{"CONFIG", "CtiNumberNationalMatch", ""},
        DefaultCase{"CONFIG", "CtiNumberInternationalMatch", "00,"},
        DefaultCase{"CONFIG", "RouteRonaTryCount", "10"}, DefaultCase{"CONFIG", "RouteTryCount", "10"},
        DefaultCase{"CONFIG", "RouteWaitToRerouteTimeout", "60000"},
        DefaultCase{"CONFIG", "RouteRandomRerouteTimeoutRange", "0"},
        DefaultCase{"CONFIG", "MediaMailRonaTimeout", "25"},
        DefaultCase{"CONFIG", "MediaChatRonaTimeout", "25"}, DefaultCase{"CONFIG", "MediaRonaNotReady", "1"},
        DefaultCase{"CONFIG", "RouteMaxRequestsPerSecond", "8"},
        DefaultCase{"CONFIG", "RouteRejectDelayMs", "1000"},
        DefaultCase{"CONFIG", "AppHttpSessionBudget", "0"},
        DefaultCase{"CONFIG", "AppHiddenSessionMemory", "300"},
        DefaultCase{"CONFIG", "AppRejectNotReadyReason", "0"},
        DefaultCase{"CONFIG", "AppAutoReadyAfterReject", "0"},
        DefaultCase{"CONFIG", "CtiLogoutReasonCode", "0"}, DefaultCase{"CONFIG", "AppLoginPartialMedia", "0"},
        DefaultCase{"CONFIG", "LanguagesPath", "languages"}, DefaultCase{"CONFIG", "DefaultLanguage", "EN"},
        DefaultCase{"SERVICE", "RunDir", ""}, DefaultCase{"CONFIG", "AppPhoneWrapupSeconds", "0"}));

INSTANTIATE_TEST_SUITE_P(
    OurSections, ConfigDefault,
    ::testing::Values(
        DefaultCase{"ICI", "ListenAddress", "0.0.0.0"}, DefaultCase{"ICI", "ListenPort", "8080"},
        DefaultCase{"ICI", "BasePath", "/ici"}, DefaultCase{"ICI", "EventTimeoutMs", "10000"},
        DefaultCase{"ICI", "EventRetries", "3"}, DefaultCase{"ICI", "SubscriptionLostGraceSeconds", "30"},
        DefaultCase{"ICI", "EventQueueLimit", "1000"},
        // R-DEC-58
        DefaultCase{"ICI", "RequestReadTimeoutMs", "10000"}, DefaultCase{"ICI", "IdleTimeoutSeconds", "120"},
        DefaultCase{"ICI", "MaxConnections", "2048"}, DefaultCase{"ICI", "ConnectTimeoutMs", "3000"},
        DefaultCase{"ICI", "EventConnections", "256"}, DefaultCase{"ICI", "AllowedPeers", ""},
        DefaultCase{"ICI", "AllowedEventHosts", ""}, DefaultCase{"ICI", "EventUser", ""},
        DefaultCase{"ICI", "EventPassword", ""}, DefaultCase{"ICI", "EventUrlMap", ""},
        DefaultCase{"CTI", "HostA", "127.0.0.1"}, DefaultCase{"CTI", "PortA", "42027"},
        DefaultCase{"CTI", "HostB", ""}, DefaultCase{"CTI", "PortB", "43027"},
        DefaultCase{"CTI", "ClientID", "cticonnector"}, DefaultCase{"CTI", "ClientPassword", ""},
        DefaultCase{"CTI", "PeripheralID", "5000"}, DefaultCase{"CTI", "ProtocolVersion", "24"},
        DefaultCase{"CTI", "HeartbeatIntervalSeconds", "5"}, DefaultCase{"CTI", "ApplicationPathID", "0"},
        DefaultCase{"CTI", "RequestTimeoutSeconds", "15"}, DefaultCase{"CTI", "LostGraceSeconds", "120"},
        DefaultCase{"CTI", "CodePage", "windows-1252"}, DefaultCase{"MEDIA", "ActionMRDID", "5001"},
        DefaultCase{"MEDIA", "ChatMRDID", "5002"}, DefaultCase{"MEDIA", "VoiceMRDID", "1"},
        DefaultCase{"MEDIA", "InterruptibleMRDs", ""}, DefaultCase{"MRI", "ListenAddress", "0.0.0.0"},
        DefaultCase{"MRI", "ListenPort", "38001"}, DefaultCase{"MRI", "AllowedPeers", ""},
        DefaultCase{"MRI", "ACCEPT_AGENT_INTERRUPT_ADVISORY_EVENT", "1"},
        DefaultCase{"MRI", "WRAPUP_TIMEOUT", "60"}, DefaultCase{"LOGGER", "Path", ""},
        DefaultCase{"LOGGER", "FileSize", "100MB"}, DefaultCase{"LOGGER", "MaxBackupIndex", "10"},
        DefaultCase{"LOGGER", "Level", "info"}, DefaultCase{"ADMIN", "ListenAddress", "127.0.0.1"},
        DefaultCase{"ADMIN", "ListenPort", "8081"}));

TEST(ConfigValues, ARangeEndsWhereTheDocumentSays) {
    const auto legal = [](std::string_view section, std::string_view name, std::string_view text) {
        const Key* key = find_key(section, name);
        Config config;
        return !key->read(config, text, key->rule);
    };
    struct Edge {
        std::string_view section, name, below, low, high, above;
    };
    for (const Edge& edge : {
             Edge{"CONFIG", "AppItemMaxSession", "0", "1", "6", "7"},
             Edge{"CONFIG", "AppActionRoutingMaxSession", "0", "1", "6", "7"},
             Edge{"CONFIG", "AppChatMaxSession", "0", "1", "5", "6"},
             Edge{"CONFIG", "AppChatDefaultSession", "0", "1", "5", "6"},
             Edge{"CONFIG", "CtiNumberInternMaxLength", "0", "1", "16", "17"},
             Edge{"CONFIG", "RouteWaitToRerouteTimeout", "999", "1000", "600000", "600001"},
             Edge{"CONFIG", "RouteRandomRerouteTimeoutRange", "999", "1000", "7200000", "7200001"},
             Edge{"CONFIG", "AppHttpSessionBudget", "-1", "0", "16", "17"},
             Edge{"CONFIG", "MediaMailRonaTimeout", "-1", "0", "3600", "3601"},
             Edge{"CONFIG", "TpiNotReadyReasonCodeOffset", "-64536", "-64535", "2147483", "2147484"},
             Edge{"CONFIG", "AppHiddenSessionMemory", "-1", "0", "2147483", "2147484"},
             Edge{"ICI", "EventTimeoutMs", "0", "1", "2147483647", "2147483648"},
             Edge{"ICI", "RequestReadTimeoutMs", "0", "1", "2147483647", "2147483648"},
             Edge{"ICI", "ConnectTimeoutMs", "0", "1", "2147483647", "2147483648"},
             Edge{"CTI", "ProtocolVersion", "13", "14", "25", "26"},
             Edge{"CTI", "HeartbeatIntervalSeconds", "4", "5", "600", "601"},
             Edge{"CTI", "RequestTimeoutSeconds", "0", "1", "60", "61"},
             Edge{"CTI", "LostGraceSeconds", "-1", "0", "3600", "3601"},
             Edge{"CTI", "PortA", "-1", "0", "65535", "65536"},
             Edge{"MEDIA", "ActionMRDID", "0", "1", "2147483647", "2147483648"},
             Edge{"MRI", "ACCEPT_AGENT_INTERRUPT_ADVISORY_EVENT", "-2", "-1", "2", "3"},
             Edge{"LOGGER", "MaxBackupIndex", "0", "1", "50", "51"},
         }) {
        EXPECT_FALSE(legal(edge.section, edge.name, edge.below)) << edge.name;
        EXPECT_TRUE(legal(edge.section, edge.name, edge.low)) << edge.name;
        EXPECT_TRUE(legal(edge.section, edge.name, edge.high)) << edge.name;
        EXPECT_FALSE(legal(edge.section, edge.name, edge.above)) << edge.name;
    }
    EXPECT_TRUE(legal("CONFIG", "RouteRandomRerouteTimeoutRange", "0"));
}

struct NearestCase {
    std::string section, key, value, nearest;
};
std::ostream& operator<<(std::ostream& out, const NearestCase& shown) {
    return out << shown.section << ' ' << shown.key << '=' << shown.value;
}
class NearestValue : public ::testing::TestWithParam<NearestCase> {};

TEST_P(NearestValue, IsWhatWasProbablyMeant_R_ALLOC_5) {
    const auto& [section, key, value, nearest] = GetParam();
    const auto findings = load("[" + section + "]\n" + key + "=" + value + "\n").findings;
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].nearest, nearest) << to_text(findings[0]);
    EXPECT_THAT(load("[" + section + "]\n" + key + "=" + nearest + "\n").findings, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, NearestValue,
    ::testing::Values(
        // milliseconds where the key has seconds
        NearestCase{"CONFIG", "MediaMailRonaTimeout", "25000", "25"},
        NearestCase{"CONFIG", "MediaChatRonaTimeout", "30000", "30"},
        NearestCase{"CTI", "HeartbeatIntervalSeconds", "5000", "5"},
        NearestCase{"CTI", "RequestTimeoutSeconds", "15000", "15"},
        NearestCase{"CTI", "HeartbeatIntervalSeconds", "2000", "5"},
        NearestCase{"CONFIG", "MediaMailRonaTimeout", "7201", "3600"},
        NearestCase{"CONFIG", "RouteWaitToRerouteTimeout", "601000", "600000"},
        NearestCase{"CONFIG", "AppItemMaxSession", "6000", "6"},
        // seconds where it has milliseconds
        NearestCase{"CONFIG", "RouteWaitToRerouteTimeout", "60", "60000"},
        NearestCase{"CONFIG", "RouteWaitToRerouteTimeout", "900", "1000"},
        NearestCase{"CONFIG", "RouteRandomRerouteTimeoutRange", "30", "30000"},
        // nothing, or less: the default, for the least is no better a guess
        NearestCase{"CTI", "LostGraceSeconds", "-1", "120"},
        NearestCase{"CTI", "LostGraceSeconds", "-1 # never", "120"},
        NearestCase{"CTI", "RequestTimeoutSeconds", "0", "15"}, NearestCase{"CTI", "PortA", "-1", "42027"},
        NearestCase{"ICI", "ConnectTimeoutMs", "0", "3000"},
        NearestCase{"ICI", "MaxConnections", "0", "2048"},
        NearestCase{"CONFIG", "TpiNotReadyReasonCodeOffset", "-70000", "1000"},
        NearestCase{"CONFIG", "AppItemMaxSession", "0", "5"},
        NearestCase{"LOGGER", "FileSize", "-1", "100MB"},
        // no contact center has a media routing domain 0
        NearestCase{"MEDIA", "ActionMRDID", "0", "5001"}, NearestCase{"MEDIA", "ChatMRDID", "-1", "5002"},
        NearestCase{"MEDIA", "VoiceMRDID", "0", "1"}, NearestCase{"MEDIA", "InterruptibleMRDs", "0", ""},
        // yes and no in words
        NearestCase{"CONFIG", "AppAutoReadyAfterReject", "true", "1"},
        NearestCase{"CONFIG", "MediaRonaNotReady", "No", "0"},
        NearestCase{"CONFIG", "TpiUserPresenceEnabled", "on # SAP asks", "1"},
        NearestCase{"CONFIG", "AgentShadowLogin", "true", ""},
        NearestCase{"CONFIG", "AppAutoReadyAfterReject", "perhaps", ""},
        NearestCase{"CONFIG", "ECC.user.x", "true", "1"}, NearestCase{"CONFIG", "ECC.user.x", "off", "0"},
        // with a unit
        NearestCase{"CONFIG", "RouteRejectDelayMs", "2s", "2000"},
        NearestCase{"CONFIG", "RouteRejectDelayMs", "250 MS", "250"},
        NearestCase{"CONFIG", "MediaMailRonaTimeout", "25s", "25"},
        NearestCase{"CONFIG", "MediaMailRonaTimeout", "2 min", "120"},
        NearestCase{"CONFIG", "MediaMailRonaTimeout", "25000ms", "25"},
        NearestCase{"CONFIG", "MediaMailRonaTimeout", "250ms", ""},
        NearestCase{"CONFIG", "MediaMailRonaTimeout", "2h", ""},
        NearestCase{"CONFIG", "RouteRejectDelayMs", "9223372036854775807h", ""},
        NearestCase{"CONFIG", "RouteRejectDelayMs", "s", ""},
        NearestCase{"CONFIG", "RouteTryCount", "2s", ""}, NearestCase{"LOGGER", "FileSize", "100M", "100MB"},
        NearestCase{"LOGGER", "FileSize", "100 k", "100KB"},
        NearestCase{"LOGGER", "FileSize", "2g", "2048MB"}, NearestCase{"LOGGER", "FileSize", "2GB", "2048MB"},
        NearestCase{"LOGGER", "FileSize", "M", ""},
        // one of few
        NearestCase{"CTI", "CodePage", "cp850", ""}, NearestCase{"CTI", "CodePage", "EBCDIC", ""},
        NearestCase{"CTI", "CodePage", "UTF 8", "UTF-8"},
        NearestCase{"CTI", "CodePage", "windows1252", "windows-1252"},
        NearestCase{"LOGGER", "Level", "warn", "warning"}, NearestCase{"LOGGER", "Level", "verbose", ""},
        NearestCase{"CONFIG", "AgentLoginType", "4", "5"},
        NearestCase{"CONFIG", "AgentLoginType", "id", ""}));

TEST(ConfigValues, ARangeOfTimesNamesItsUnit) {
    EXPECT_THAT(lines(load("[CONFIG]\nMediaMailRonaTimeout=x\nRouteRandomRerouteTimeoutRange=x\n"
                           "AppItemMaxSession=x\n[ICI]\nConnectTimeoutMs=0\n")
                          .findings),
                ElementsAre(HasSubstr("not a legal value (seconds, 0-3600)"),
                            HasSubstr("not a legal value (milliseconds, 0 or 1000-7200000)"),
                            HasSubstr("not a legal value (1-6)"),
                            HasSubstr("not a legal value (milliseconds, 1-2147483647)")));
}

// R-DEC-85
TEST(ConfigValues, MatchesAreListsOfPairs) {
    const Key* key = find_key("CONFIG", "CtiNumberInternationalMatch");
    ASSERT_NE(key, nullptr);
    const auto shown = [&](std::string_view text) {
        Config config;
        const Outcome outcome = key->read(config, text, key->rule);
        return outcome ? "refused: " + outcome->text : key->show(config, key->rule);
    };
    EXPECT_EQ(shown("011,"), "011,");
    EXPECT_EQ(shown(" 00 , ; 0041,41 ;"), "00,;0041,41");
    EXPECT_EQ(shown("0011,1"), "0011,1");
    for (const auto* none : {",41", "0", "0,41,42", "0,x", "+,41", "0,41;1", "a,;00,"})
        EXPECT_THAT(shown(none), ::testing::StartsWith("refused: ")) << none;
}

TEST(ConfigValues, SizesTakeKilobytesAndMegabytes) {
    const Rule size{.form = Rule::Form::size, .min = 1, .max = INT64_MAX};
    const auto bytes = [&](std::string_view text) {
        std::int64_t value = -1;
        return read_number(value, text, size) ? -1 : value;
    };
    EXPECT_EQ(bytes("7"), 7);
    EXPECT_EQ(bytes("2KB"), 2048);
    EXPECT_EQ(bytes("3 mb"), 3 * 1024 * 1024);
    EXPECT_EQ(bytes("9223372036854775807MB"), INT64_MAX);
    EXPECT_EQ(bytes("-9223372036854775807MB"), -1);
    EXPECT_EQ(bytes("MB"), -1);
    EXPECT_EQ(bytes("1GB"), -1);
}

TEST(ConfigValues, ListsSkipBlanksAndEmptyParts) {
    EXPECT_THAT(split_list(" a , b,,c "), ElementsAre("a", "b", "c"));
    EXPECT_THAT(split_list(""), IsEmpty());
}

TEST(ConfigValues, EditDistanceIgnoresCase) {
    EXPECT_EQ(edit_distance("kitten", "SITTING"), 3u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
    EXPECT_EQ(edit_distance("abc", "abc"), 0u);
}

TEST(ConfigValues, EditDistanceIsExactUpToItsBound) {
    EXPECT_EQ(edit_distance("kitten", "sitting", 3), 3u);
    EXPECT_GT(edit_distance("kitten", "sitting", 2), 2u);
    EXPECT_GT(edit_distance("kitten", "kittens and more", 3), 3u);
    EXPECT_EQ(edit_distance("kitten", "kitten", 0), 0u);
    EXPECT_GT(edit_distance("kitten", "kittem", 0), 0u);
}

// The search stops early; what it finds is what a search without shortcuts finds.
TEST(ConfigValues, TheNearestKeyIsTheNearest) {
    std::mt19937 random{20260131};
    for (const Key& key : keys()) {
        std::string name{key.name};
        for (int change = 0; change < 3; ++change) name[random() % name.size()] = 'x';
        const auto distance = [&](std::string_view section, std::string_view other) {
            return edit_distance(other, name) + (section == key.section ? 0 : 1);
        };
        std::size_t least = distance(key.section, key.name);
        for (const Key& other : keys()) least = std::min(least, distance(other.section, other.name));
        std::string found = nearest_key(key.section, name);
        std::string section{key.section};
        if (found.starts_with('[')) {
            section = found.substr(1, found.find(']') - 1);
            found.erase(0, found.find(' ') + 1);
        }
        EXPECT_EQ(distance(section, found), least) << name << " -> " << section << ' ' << found;
    }
}

TEST(CodePage, IsTakenByItsNamesAndAliases_R_DEC_70) {
    for (const auto& [text, encoding] :
         std::initializer_list<std::pair<std::string, Encoding>>{{"utf-8", Encoding::utf_8},
                                                                 {"US-ASCII", Encoding::us_ascii},
                                                                 {"latin1", Encoding::iso_8859_1},
                                                                 {"ISO-8859-2", Encoding::iso_8859_2},
                                                                 {"iso-8859-15", Encoding::iso_8859_15},
                                                                 {"windows-1250", Encoding::windows_1250},
                                                                 {"cp1251", Encoding::windows_1251},
                                                                 {"Windows-1252", Encoding::windows_1252}}) {
        const auto [config, findings] = load("[CTI]\nCodePage=" + text + "\n");
        EXPECT_THAT(findings, ::testing::IsEmpty()) << text;
        EXPECT_EQ(config.routing.code_page, encoding) << text;
    }
}

/// Texts of the link end at a NUL byte.
TEST(CodePage, IsNeverUtf16_R_DEC_70) {
    for (const std::string text : {"UTF-16", "utf-16le", "EBCDIC", "windows-1253"}) {
        const auto [config, findings] = load("[CTI]\nCodePage=" + text + "\n");
        EXPECT_EQ(findings.size(), 1u) << text;
        EXPECT_EQ(config.routing.code_page, Encoding::windows_1252) << text;
    }
}

}  // namespace
}  // namespace cticonnector::app::testing
