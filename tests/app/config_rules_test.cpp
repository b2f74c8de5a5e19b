// R-ALLOC-3, R-ALLOC-4, R-DEC-13: rules across keys.
#include <gmock/gmock.h>

#include <map>

#include "app/config_fixture.hpp"

namespace cticonnector::app::testing {
namespace {

using engine::Channel;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// R-ALLOC-3, R-MULTI-3
TEST(ConfigRules, DefaultsAboveTheCeilingBecomeOneWithThePublishedSentence_R_ALLOC_3) {
    const auto [config, findings] = load(
        "[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppItemMaxSession=5\nAppActionRoutingMaxSession=3\n"
        "AppActionRoutingDefaultSession=3\nAppChatMaxSession=2\nAppChatDefaultSession=2\n");
    ASSERT_EQ(findings.size(), 3u);
    EXPECT_EQ(findings[0].level, Level::error);
    EXPECT_EQ(findings[0].line, 3);
    EXPECT_EQ(findings[0].nearest, "") << "with 6, the buffers would have no place";
    EXPECT_EQ(
        findings[0].text,
        "Used default session values are greater than AppItemMaxSession = 5 -> set AppPhoneDefaultSession=1, "
        "AppActionRoutingDefaultSession=1, AppChatDefaultSession=1");
    for (const Channel channel : engine::channels) {
        EXPECT_EQ(config.crm.profile.default_sessions[channel], (engine::Limit{1, engine::Source::built_in}));
    }
    EXPECT_EQ(config.crm.profile.max_sessions[Channel::action].value, 3);
}

TEST(ConfigRules, TheDefaultsToLowerAreNamed_R_ALLOC_3) {
    const std::string several =
        "[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppActionRoutingMaxSession=6\nAppChatMaxSession=5\n";
    const auto told = [&](const std::string& keys) { return lines(load(several + keys).findings); };
    EXPECT_THAT(told("AppItemMaxSession=5\nAppActionRoutingDefaultSession=5\n"),
                ElementsAre(HasSubstr(":5: error: [CONFIG] AppItemMaxSession=5: Used default"),
                            "etc/cticonnector.ini:6: error: [CONFIG] AppActionRoutingDefaultSession=5: is "
                            "more than AppItemMaxSession leaves beside the other defaults and the buffers, 1 "
                            "is used (nearest: 1; R-ALLOC-3)"));
    EXPECT_THAT(told("AppItemMaxSession=6\nAppActionRoutingDefaultSession=6\n"),
                ElementsAre(HasSubstr("Used default"), HasSubstr("AppActionRoutingDefaultSession=6: is more "
                                                                 "than AppItemMaxSession leaves")));
    EXPECT_THAT(told("AppItemMaxSession=6\nAppActionRoutingDefaultSession=4\nAppChatDefaultSession=3\n"),
                ElementsAre(HasSubstr("Used default"), HasSubstr("AppActionRoutingDefaultSession=4: is more"),
                            HasSubstr("AppChatDefaultSession=3: is more")));
}

// Taken at their word, the findings leave nothing to say.
TEST(ConfigRules, TheNearestOfTheDefaultsPassesEveryRule_R_ALLOC_3) {
    for (int ceiling = 1; ceiling <= 6; ++ceiling) {
        for (int action = 1; action <= 6; ++action) {
            for (int chat = 1; chat <= 5; ++chat) {
                std::map<std::string, std::string> keys{
                    {"CtiCheckMediaByDirectCall", "0"},
                    {"AppActionRoutingMaxSession", "4"},
                    {"AppChatMaxSession", "5"},
                    {"AppItemMaxSession", std::to_string(ceiling)},
                    {"AppActionRoutingDefaultSession", std::to_string(action)},
                    {"AppChatDefaultSession", std::to_string(chat)},
                };
                const auto findings = [&] {
                    std::string text = "[CONFIG]\n";
                    for (const auto& [key, value] : keys) text += key + "=" + value + "\n";
                    return load(text).findings;
                };
                if (!has_errors(findings())) continue;
                for (const Finding& finding : findings()) {
                    if (!finding.nearest.empty()) keys[finding.key] = finding.nearest;
                }
                EXPECT_THAT(lines(findings()), IsEmpty()) << ceiling << ' ' << action << ' ' << chat;
            }
        }
    }
}

TEST(ConfigRules, TheSentenceCarriesTheRealCeiling_R_ALLOC_3) {
    EXPECT_THAT(
        lines(load("[CONFIG]\nAppItemMaxSession=2\n").findings),
        ElementsAre(HasSubstr("greater than AppItemMaxSession = 2 -> set AppPhoneDefaultSession=1, "
                              "AppActionRoutingDefaultSession=1, AppChatDefaultSession=1 (nearest: 5; "),
                    HasSubstr("warning: [CONFIG] AppItemMaxSession=2: the default sessions need 5")));
}

TEST(ConfigRules, DefaultsThatJustFitAreLeftAlone_R_ALLOC_3) {
    const auto [config, findings] = load(
        "[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppItemMaxSession=6\nAppActionRoutingMaxSession=2\n"
        "AppActionRoutingDefaultSession=2\n");
    EXPECT_THAT(findings, IsEmpty());
    EXPECT_EQ(config.crm.profile.default_sessions[Channel::action], (engine::Limit{2, engine::Source::ini}));
}

TEST(ConfigRules, ADefaultTotalAboveTheCeilingIsAWarning_R_DEC_13) {
    const auto findings = load("[CONFIG]\nAppItemMaxSession=4\n").findings;
    EXPECT_FALSE(has_errors(findings));
    EXPECT_THAT(lines(findings),
                ElementsAre("etc/cticonnector.ini:2: warning: [CONFIG] AppItemMaxSession=4: the default "
                            "sessions need 5 with their buffers: a login without a media field is "
                            "refused (nearest: 5; R-DEC-13)"));
}

// R-STATE-2
TEST(ConfigRules, AnOffsetThatHidesReasonsIsAWarning_R_STATE_2) {
    const auto findings = load("[CONFIG]\nTpiNotReadyReasonCodeOffset=0\n").findings;
    EXPECT_FALSE(has_errors(findings));
    EXPECT_THAT(
        lines(findings),
        ElementsAre("etc/cticonnector.ini:2: warning: [CONFIG] TpiNotReadyReasonCodeOffset=0: not-ready "
                    "reasons up to 999 are shown as plain not ready: work modes of reasons are above 999 "
                    "(nearest: 1000; R-STATE-2)"));
    EXPECT_THAT(load("[CONFIG]\nTpiNotReadyReasonCodeOffset=998\n").findings, SizeIs(1));
    EXPECT_THAT(load("[CONFIG]\nTpiNotReadyReasonCodeOffset=999\n").findings, IsEmpty());
}

TEST(ConfigRules, ADefaultAboveItsCeilingIsAnError_R_DEC_13) {
    EXPECT_THAT(lines(load("[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppItemMaxSession="
                           "6\nAppActionRoutingDefaultSession=2\n")
                          .findings),
                ElementsAre("etc/cticonnector.ini:4: error: [CONFIG] AppActionRoutingDefaultSession=2: above "
                            "its ceiling of 1, 1 is used (nearest: 1; R-DEC-13)"));
    EXPECT_THAT(
        lines(load("[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppItemMaxSession=6\nAppChatDefaultSession=2\n")
                  .findings),
        ElementsAre(HasSubstr("AppChatDefaultSession=2: above its ceiling of 1")));
}

TEST(ConfigRules, ADefaultAboveItsCeilingIsToldOnce_R_DEC_13) {
    const auto [config, findings] = load(
        "[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppActionRoutingMaxSession=3\n"
        "AppActionRoutingDefaultSession=4\n");
    EXPECT_THAT(lines(findings),
                ElementsAre("etc/cticonnector.ini:4: error: [CONFIG] AppActionRoutingDefaultSession=4: above "
                            "its ceiling of 3, and AppItemMaxSession=5 leaves 1 beside the other defaults "
                            "and the buffers, 1 is used (nearest: 1; R-DEC-13)"));
    EXPECT_EQ(config.crm.profile.default_sessions[Channel::action], engine::Limit{1});
}

// R-MULTI-5
TEST(ConfigRules, TheDirectCallCheckContradictsSeveralItems_R_DEC_13) {
    for (const std::string key : {"AppActionRoutingMaxSession", "AppChatMaxSession"}) {
        EXPECT_THAT(
            lines(load("[CONFIG]\n" + key + "=2\n").findings),
            ElementsAre(
                "etc/cticonnector.ini: error: [CONFIG] CtiCheckMediaByDirectCall=1: must be 0 when an "
                "agent may have several action items or chats (nearest: 0; R-DEC-13)"));
        EXPECT_THAT(load("[CONFIG]\nCtiCheckMediaByDirectCall=0\n" + key + "=2\n").findings, IsEmpty());
    }
}

TEST(ConfigRules, AnInterruptAnswerContradictsInterruptibleDomains_R_DEC_13) {
    EXPECT_THAT(lines(load("[MEDIA]\nInterruptibleMRDs=5001\n").findings),
                ElementsAre(HasSubstr("error: [MRI] ACCEPT_AGENT_INTERRUPT_ADVISORY_EVENT=1: must be 0 when "
                                      "InterruptibleMRDs is set (nearest: 0; R-DEC-13)")));
    EXPECT_THAT(
        load("[MEDIA]\nInterruptibleMRDs=5001\n[MRI]\nACCEPT_AGENT_INTERRUPT_ADVISORY_EVENT=0\n").findings,
        IsEmpty());
}

TEST(ConfigRules, CredentialsForAnyHostAreAnError_R_DEC_67) {
    EXPECT_THAT(lines(load_all("[ICI]\nEventUser=sap\nEventPassword=s3cret\n").findings),
                Contains("etc/cticonnector.ini:2: error: [ICI] EventUser=sap: is sent to nobody while "
                         "AllowedEventHosts is empty: a subscriber could name the host that gets it with its "
                         "password (R-DEC-67)"));
    for (const std::string named : {"sap.example", "10.0.0.0/8", "2001:db8::/32", "fc00::/7"})
        EXPECT_THAT(lines(load_all("[ICI]\nEventUser=sap\nEventPassword=x\nAllowedEventHosts=" + named + "\n")
                              .findings),
                    Not(Contains(HasSubstr("[ICI] Event"))));
}

TEST(ConfigRules, ANetworkOfEverybodyNamesNoEventHost_R_DEC_67) {
    for (const std::string everybody :
         {"0.0.0.0/0", "::/0", "sap,0.0.0.0/0", "0.0.0.0/1,128.0.0.0/1", "2000::/3"})
        EXPECT_THAT(
            lines(load_all(
                      "[ICI]\nListenAddress=127.0.0.1\nEventUser=sap\nEventPassword=x\nAllowedEventHosts=" +
                      everybody + "\n")
                      .findings),
            ElementsAre("etc/cticonnector.ini:3: error: [ICI] EventUser=sap: is sent to nobody while "
                        "AllowedEventHosts has a network that is too wide: a subscriber could name the host "
                        "that gets it with its password (R-DEC-67)",
                        HasSubstr(":5: warning: [ICI] AllowedEventHosts=" + everybody +
                                  ": events go wherever a subscriber points")))
            << everybody;
}

TEST(ConfigRules, WhoeverIsNotNamedMayTalkWhichIsAWarning_R_DEC_67) {
    EXPECT_THAT(
        lines(load_all("").findings),
        ElementsAre("etc/cticonnector.ini: warning: [ICI] AllowedPeers: whoever reaches 0.0.0.0 may act as "
                    "any agent: name the hosts of the CRM (R-DEC-67)",
                    "etc/cticonnector.ini: warning: [ICI] AllowedEventHosts: events go wherever a "
                    "subscriber points: name the hosts of the CRM (R-DEC-67)"));
    EXPECT_THAT(
        lines(load_all("[CTI]\nApplicationPathID=1\n[MRI]\nListenAddress=::\n").findings),
        ElementsAre(HasSubstr("[ICI] AllowedPeers: "), HasSubstr("[ICI] AllowedEventHosts: "),
                    "etc/cticonnector.ini: warning: [MRI] AllowedPeers: whoever reaches :: may take and give "
                    "the items' work: name the hosts of the PIM (R-DEC-67)"));
}

TEST(ConfigRules, WhoIsNamedOrOnThisMachineIsNoFinding_R_DEC_67) {
    EXPECT_THAT(load_all("[ICI]\nAllowedPeers=10.0.0.1\nAllowedEventHosts=sap\n"
                         "[CTI]\nApplicationPathID=1\n[MRI]\nAllowedPeers=10.0.0.2\n")
                    .findings,
                IsEmpty());
    EXPECT_THAT(load_all("[ICI]\nListenAddress=127.0.0.1\nAllowedEventHosts=sap\n"
                         "[CTI]\nApplicationPathID=1\n[MRI]\nListenAddress=::1\n")
                    .findings,
                IsEmpty());
}

TEST(ConfigRules, ANetworkOfEverybodyIsAsOpenAsNoList_R_DEC_67) {
    for (const std::string everybody :
         {"0.0.0.0/0", "::/0", "10.0.0.1, 0.0.0.0/0", "0.0.0.0/1,128.0.0.0/1", "2000::/3"}) {
        const std::string listener = everybody.find(':') == std::string::npos ? "0.0.0.0" : "::";
        EXPECT_THAT(lines(load_all("[ICI]\nListenAddress=" + listener +
                                   "\nAllowedEventHosts=sap\nAllowedPeers=" + everybody + "\n")
                              .findings),
                    ElementsAre(HasSubstr("whoever reaches " + listener + " may act as any agent")))
            << everybody;
    }
}

TEST(ConfigRules, AListOfTheOtherKindOfAddressLetsNobodyIn_R_DEC_80) {
    const auto told = [](const std::string& listener, const std::string& peers) {
        return lines(
            load_all("[ICI]\nListenAddress=" + listener + "\nAllowedPeers=" + peers + "\n").findings);
    };
    EXPECT_THAT(
        told("127.0.0.1", "2001:db8::1,fd00::/8"),
        Contains(HasSubstr("[ICI] AllowedPeers=2001:db8::1,fd00::/8: nobody is allowed: ListenAddress "
                           "127.0.0.1 is IPv4, and the list names IPv6 alone")));
    EXPECT_THAT(told("::1", "10.0.0.1"), Contains(HasSubstr("is IPv6, and the list names IPv4 alone")));
    EXPECT_THAT(told("127.0.0.1", "2001:db8::1,10.0.0.1"), Not(Contains(HasSubstr("nobody"))));
    EXPECT_THAT(told("::", "10.0.0.1"), Not(Contains(HasSubstr("nobody"))));
}

TEST(ConfigRules, ANumberMatchThatIsNeverUsedIsAWarning_R_DEC_85) {
    const auto told = [](const std::string& keys) { return lines(load("[CONFIG]\n" + keys).findings); };
    EXPECT_THAT(told("CtiNumberNationalMatch=0,41;031,4131;0,49;0,41\n"),
                ElementsAre("etc/cticonnector.ini:2: warning: [CONFIG] CtiNumberNationalMatch="
                            "0,41;031,4131;0,49;0,41: 0,49;0,41: never used, a match before has the same "
                            "beginning (nearest: 0,41;031,4131; R-DEC-85)"));
    EXPECT_THAT(told("CtiNumberNationalMatch=00,41;0,41\nCtiNumberInternationalMatch=00,;011,\n"),
                ElementsAre("etc/cticonnector.ini:3: warning: [CONFIG] CtiNumberInternationalMatch=00,;011,: "
                            "00,: never used, a match before has the same beginning, and national ones come "
                            "first (nearest: 011,; R-DEC-85)"));
    EXPECT_THAT(told("CtiNumberNationalMatch=00,41;0041,41\n"), IsEmpty()) << "it replaces the default";
}

TEST(ConfigRules, AnEventUrlThatIsNeverUsedIsAWarning) {
    const auto told = [](const std::string& map) {
        return lines(load("[ICI]\nEventUrlMap=" + map).findings);
    };
    for (const std::string later : {"http://sap/", "http://SAP/", "http://sap/events"})
        EXPECT_THAT(told("http://sap/=http://a/,http://b/=http://b/," + later + "=http://c/\n"),
                    ElementsAre(HasSubstr(
                        ": warning: [ICI] EventUrlMap=http://sap/=http://a/,http://b/="
                        "http://b/," +
                        later + "=http://c/: " + later +
                        "=http://c/: never used, a prefix before takes what begins with it (nearest: "
                        "http://sap/=http://a/,http://b/=http://b/; R-DEC-58)")));
    EXPECT_THAT(told("http://sap/events=http://a/,http://sap/=http://b/,http://sapphire/=http://c/\n"),
                IsEmpty());
}

TEST(ConfigRules, AnEventUrlIsNeverUsedWhereTheMapSaysSo_R_DEC_58) {
    const auto told = [](const std::string& first, const std::string& second) {
        return lines(
            load("[ICI]\nEventUrlMap=" + first + "=http://gw/a," + second + "=http://gw/b\n").findings);
    };
    for (const auto& [first, second] : {std::pair{"http://h/a", "http://h:80/a/b"},
                                        {"http://h/a", "http://h/a?x"},
                                        {"https://h:443/", "HTTPS://H"},
                                        {"http://[::1]/a/", "http://[0::1]/a"}})
        EXPECT_THAT(told(first, second),
                    ElementsAre(HasSubstr(std::string(second) + "=http://gw/b: never used")))
            << second;
    for (const auto& [first, second] : {std::pair{"http://sap/CRM", "http://sap/crm"},
                                        {"http://h/a", "http://h:81/a/b"},
                                        {"http://h/a", "https://h/a"},
                                        {"http://h/a?x", "http://h/a"}})
        EXPECT_THAT(told(first, second), IsEmpty()) << second;
}

TEST(ConfigRules, AdminPagesForOthersAreAWarning_R_DEC_67) {
    const std::string closed = "[ICI]\nAllowedPeers=10.0.0.1\nAllowedEventHosts=sap\n[ADMIN]\nListenAddress=";
    EXPECT_THAT(lines(load_all(closed + "0.0.0.0\n").findings),
                ElementsAre("etc/cticonnector.ini:5: warning: [ADMIN] ListenAddress=0.0.0.0: whoever reaches "
                            "0.0.0.0 sees agents, users and items, and may send items again: "
                            "leave it on 127.0.0.1, with a proxy in front that asks for a log-on (nearest: "
                            "127.0.0.1; R-DEC-67)"));
    EXPECT_THAT(load_all(closed + "10.0.0.5\n").findings, SizeIs(1));
    EXPECT_THAT(lines(load_all(closed + "0.0.0.0\nAllowedPeers=10.0.0.1\n").findings),
                ElementsAre(HasSubstr("=0.0.0.0: whoever is in AllowedPeers sees agents")));
    EXPECT_THAT(lines(load_all(closed + "0.0.0.0\nAllowedPeers=0.0.0.0/0\n").findings),
                ElementsAre(HasSubstr("=0.0.0.0: whoever reaches 0.0.0.0 sees agents")));
    EXPECT_THAT(load_all(closed + "0.0.0.0\nListenPort=0\n").findings, IsEmpty()) << "it does not listen";
    for (const std::string loopback : {"127.0.0.1", "::1", "127.0.0.2"})
        EXPECT_THAT(load_all(closed + loopback + "\n").findings, IsEmpty()) << loopback;
}

TEST(ConfigRules, HalfOfTheRequestsCredentialsIsAnError_R_DEC_67) {
    EXPECT_THAT(
        lines(load("[ICI]\nRequestUser=SAP\n").findings),
        ElementsAre("etc/cticonnector.ini: error: [ICI] RequestPassword: is empty though RequestUser is "
                    "set: requests are asked for an empty one (R-DEC-67)"));
    EXPECT_THAT(lines(load("[ICI]\nRequestPassword=s3cret\n").findings),
                ElementsAre(HasSubstr("error: [ICI] RequestUser: is empty though RequestPassword is set: ")));
    const auto both = load("[ICI]\nRequestUser=SAP\nRequestPassword=s3cret\n");
    EXPECT_THAT(both.findings, IsEmpty());
    EXPECT_EQ(both.config.crm.request_user, "SAP");
    EXPECT_EQ(both.config.crm.request_password.reveal(), "s3cret");
}

TEST(ConfigRules, HalfOfTheEventsCredentialsIsAnError_R_DEC_67) {
    const auto told = [](const std::string& keys) {
        return lines(load("[ICI]\nAllowedEventHosts=sap\n" + keys).findings);
    };
    EXPECT_THAT(told("EventUser=sap\n"),
                ElementsAre("etc/cticonnector.ini: error: [ICI] EventPassword: is empty though EventUser is "
                            "set: events are sent with an empty one (R-DEC-67)"));
    EXPECT_THAT(told("EventPassword=s3cret\n"),
                ElementsAre("etc/cticonnector.ini: error: [ICI] EventUser: is empty though EventPassword is "
                            "set: events are sent without credentials (R-DEC-67)"));
    EXPECT_THAT(told("EventUser=sap\nEventPassword=s3cret\n"), IsEmpty());
}

TEST(ConfigRules, EveryBrokenRuleIsTold_R_ALLOC_4) {
    const auto findings =
        load("[CONFIG]\nAppItemMaxSession=3\nAppChatDefaultSession=3\n[MEDIA]\nInterruptibleMRDs=1\n")
            .findings;
    EXPECT_EQ(findings.size(), 4u);
    EXPECT_THAT(findings, Each(Field(&Finding::nearest, Not(IsEmpty()))));
}

TEST(ConfigRules, TheDefaultPasswordMustFitIntoTheCodePageAndItsField_R_DEC_70) {
    EXPECT_THAT(lines(load("[CONFIG]\nAgentDefaultPassword=gr\xC3\xBC\xC3\x9F\xE2\x82\xAC\n").findings),
                IsEmpty());
    EXPECT_THAT(
        lines(load("[CONFIG]\nAgentDefaultPassword=\xD0\x96pw\n").findings),
        ElementsAre("etc/cticonnector.ini:2: error: [CONFIG] AgentDefaultPassword=***: has a character that "
                    "CodePage windows-1252 does not have, agents who type none are refused (R-DEC-70)"));
    EXPECT_THAT(
        lines(load("[CTI]\nCodePage=windows-1251\n[CONFIG]\nAgentDefaultPassword=\xD0\x96pw\n").findings),
        IsEmpty());
    // in the code page's bytes: sixty-four of these are twice as many in UTF-8
    std::string umlauts;
    for (int n = 0; n < 64; ++n) umlauts += "\xC3\xBC";
    EXPECT_THAT(lines(load("[CONFIG]\nAgentDefaultPassword=" + umlauts + "\n").findings), IsEmpty());
    EXPECT_THAT(
        lines(load("[CONFIG]\nAgentDefaultPassword=" + umlauts + "x\n").findings),
        ElementsAre(HasSubstr("AgentDefaultPassword=***: has 65 bytes in CodePage windows-1252, 64 is the "
                              "most, agents who type none are refused")));
}

TEST(ConfigRules, ClientCredentialsMustFitIntoTheCodePage_R_DEC_70) {
    const auto [config, findings] = load(
        "[CTI]\nClientID=K\xC3\xB6ln\nClientPassword=\xE2\x82\xAC"
        "5\n");
    EXPECT_THAT(lines(findings), IsEmpty());
    EXPECT_EQ(config.routing.client_password.reveal(),
              "\xE2\x82\xAC"
              "5");

    const auto bad = load(
        "[CTI]\nClientID=K\xC3\xB6ln\nClientPassword=\xE2\x82\xAC"
        "5\nCodePage=iso-8859-1\n");
    EXPECT_THAT(lines(bad.findings),
                ElementsAre("etc/cticonnector.ini:3: error: [CTI] ClientPassword=***: has a "
                            "character that CodePage ISO-8859-1 does not "
                            "have, nothing is sent (R-DEC-70)"));
    EXPECT_EQ(bad.config.routing.client_id, "K\xC3\xB6ln");
    EXPECT_TRUE(bad.config.routing.client_password.empty());

    const auto name = load("[CTI]\nClientID=\xE6\xBC\xA2\n");
    EXPECT_THAT(lines(name.findings),
                ElementsAre(HasSubstr("[CTI] ClientID=\xE6\xBC\xA2: has a character that")));
    EXPECT_EQ(name.config.routing.client_id, "");
}

}  // namespace
}  // namespace cticonnector::app::testing
