// R-DEC-13, R-DEC-84: mistakes that pass each key for itself.
#include <gmock/gmock.h>

#include "app/config_fixture.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(ConfigMistakes, SideBThatIsSideAIsLeftOut_R_DEC_13) {
    const auto [config, findings] = load("[CTI]\nHostA=cti1\nPortA=42027\nHostB=CTI1\nPortB=42027\n");
    EXPECT_THAT(lines(findings),
                ElementsAre("etc/cticonnector.ini:4: error: [CTI] HostB=CTI1: is side A, with the same port: "
                            "there is nothing to fail over to, side B is left out (R-DEC-13)"));
    EXPECT_EQ(config.routing.sides[1].host, "");
    EXPECT_THAT(load("[CTI]\nHostA=cti1\nHostB=cti1\n").findings, IsEmpty()) << "the ports differ";
    EXPECT_THAT(load("[CTI]\nHostA=cti1\nHostB=cti2\nPortB=42027\n").findings, IsEmpty());
}

TEST(ConfigMistakes, OneHostIsOneHoweverItIsWritten_R_DEC_13) {
    const auto sides = [](const std::string& a, const std::string& b) {
        return load("[CTI]\nHostA=" + a + "\nPortA=42027\nHostB=" + b + "\nPortB=42027\n").findings;
    };
    const std::vector<std::pair<std::string, std::string>> same{
        {"localhost", "127.0.0.1"}, {"127.0.0.1", "LocalHost"}, {"::1", "127.0.0.1"},
        {"localhost", "::1"},       {"::1", "0:0::1"},          {"cti1.", "CTI1"},
    };
    for (const auto& [a, b] : same)
        EXPECT_THAT(lines(sides(a, b)), ElementsAre(HasSubstr("HostB=" + b + ": is side A"))) << a;
    EXPECT_THAT(sides("127.0.0.1", "127.0.0.2"), IsEmpty());
    EXPECT_THAT(sides("10.0.0.1", "10.0.0.2"), IsEmpty());
}

TEST(ConfigMistakes, SideBWithoutSideAIsAWarning_R_DEC_13) {
    for (const std::string none : {"", "HostA=\n"})
        EXPECT_THAT(
            lines(load("[CTI]\n" + none + "HostB=cti2\n").findings),
            ElementsAre("etc/cticonnector.ini: warning: [CTI] HostA=127.0.0.1: is not set, though HostB "
                        "is: side A is looked for on this machine (R-DEC-13)"));
    EXPECT_THAT(load("[CTI]\nHostA=127.0.0.1\nHostB=cti2\n").findings, IsEmpty());
    EXPECT_THAT(load("[CTI]\nHostB=\n").findings, IsEmpty());
}

// What stands in its place then is no second mistake.
TEST(ConfigMistakes, AKeyWhoseLineIsRefusedHasNoWarningOfItsDefault_R_DEC_13) {
    EXPECT_THAT(lines(load("[cti]\nhosta=127.0.0.1:\nHostB=cti2\n").findings),
                ElementsAre(HasSubstr(":2: error: [cti] hosta=127.0.0.1:: has a port")));
    EXPECT_THAT(lines(load("[CTI]\nHostA=a b\nHostB=cti2\nPortB=99999\n").findings),
                ElementsAre(HasSubstr("HostA=a b: is more than one"), HasSubstr("PortB=99999: not a legal")));
    EXPECT_THAT(lines(load("[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppItemMaxSession=9\n"
                           "AppActionRoutingMaxSession=2\nAppActionRoutingDefaultSession=2\n")
                          .findings),
                ElementsAre(HasSubstr("AppItemMaxSession=9: not a legal value")));
}

TEST(ConfigMistakes, TwoListenersOnOnePortAreTold_R_DEC_13) {
    EXPECT_THAT(lines(load("[ICI]\nListenAddress=127.0.0.1\nListenPort=8081\n").findings),
                ElementsAre("etc/cticonnector.ini:3: error: [ICI] ListenPort=8081: [ADMIN] listens there "
                            "already: the start fails (R-DEC-13)"));
    EXPECT_THAT(lines(load("[ADMIN]\nListenPort=8080\n").findings),
                ElementsAre(HasSubstr(":2: error: [ADMIN]")))
        << "0.0.0.0 is 127.0.0.1, too";
    EXPECT_THAT(lines(load("[ADMIN]\nListenAddress=::\nListenPort=8080\n").findings),
                ElementsAre(HasSubstr(":3: error: [ADMIN] ListenPort=8080: [ICI] listens there already")))
        << ":: takes IPv4 in";
    EXPECT_THAT(load("[ADMIN]\nListenAddress=::1\nListenPort=8080\n").findings, IsEmpty());
    EXPECT_THAT(load("[ICI]\nListenPort=0\n[ADMIN]\nListenPort=0\n").findings, IsEmpty());
}

TEST(ConfigMistakes, TheMediaListenerCountsWhereThereIsOne_R_DEC_13) {
    EXPECT_THAT(load("[MRI]\nListenPort=8080\n").findings, IsEmpty()) << "it does not listen";
    EXPECT_THAT(lines(load("[CTI]\nApplicationPathID=1\n[MRI]\nListenPort=8080\n").findings),
                ElementsAre(HasSubstr(":4: error: [MRI] ListenPort=8080: [ICI] listens there already")));
}

TEST(ConfigMistakes, EqualRoutingDomainsAreTold_R_DEC_13) {
    EXPECT_THAT(
        lines(load("[MEDIA]\nActionMRDID=7\nChatMRDID=7\n").findings),
        ElementsAre("etc/cticonnector.ini:3: error: [MEDIA] ChatMRDID=7: is ActionMRDID, too: their work "
                    "cannot be told apart (R-DEC-13)"));
    EXPECT_THAT(lines(load("[MEDIA]\nActionMRDID=5002\n").findings),
                ElementsAre(HasSubstr(":2: error: [MEDIA] ActionMRDID=5002: is ChatMRDID, too")));
    EXPECT_THAT(lines(load("[MEDIA]\nActionMRDID=1\n").findings),
                ElementsAre(HasSubstr(":2: error: [MEDIA] ActionMRDID=1: is VoiceMRDID, too")));
}

TEST(ConfigMistakes, AnInterruptibleDomainThatNobodyServesIsLeftOut_R_DEC_13) {
    const auto [config, findings] =
        load("[MEDIA]\nInterruptibleMRDs=5001,5003,5004\n[MRI]\nACCEPT_AGENT_INTERRUPT_ADVISORY_EVENT=0\n");
    EXPECT_THAT(lines(findings),
                ElementsAre("etc/cticonnector.ini:2: error: [MEDIA] InterruptibleMRDs=5001,5003,5004: 5003, "
                            "5004: neither ActionMRDID (5001) nor ChatMRDID (5002) nor VoiceMRDID (1), the "
                            "entry is left out (R-DEC-13)"));
    EXPECT_THAT(config.routing.interruptible_mrds, ElementsAre(5001u));
    EXPECT_THAT(lines(load("[MEDIA]\nInterruptibleMRDs=5003\n").findings),
                ElementsAre(HasSubstr(" InterruptibleMRDs=5003: neither ActionMRDID (5001) nor ")));
}

TEST(ConfigMistakes, MediaKeysWithoutAnApplicationPathAreAWarning_R_DEC_84) {
    const auto told = [](const std::string& text) { return lines(load_all(text).findings); };
    const auto no_effect = HasSubstr("no effect while [CTI] ApplicationPathID is 0");
    EXPECT_THAT(
        told("[MRI]\nListenPort=38002\nWRAPUP_TIMEOUT=5\n[MEDIA]\nChatMRDID=5005\n"),
        Contains(AllOf(HasSubstr("ini:2: warning: [MRI] ListenPort=38002: and 2 more of [MEDIA] and [MRI]"),
                       no_effect, HasSubstr("R-DEC-84"))));
    EXPECT_THAT(told("[MEDIA]\nActionMRDID=5005\n"),
                Contains(HasSubstr(":2: warning: [MEDIA] ActionMRDID=5005: has no effect while")));
    EXPECT_THAT(told(""), Each(Not(no_effect)));
    EXPECT_THAT(told("[CTI]\nApplicationPathID=1\n[MEDIA]\nActionMRDID=5005\n"), Each(Not(no_effect)));
}

TEST(ConfigMistakes, PathsOfWindowsAreToldOnOtherSystems_R_DEC_76) {
    for (const std::string path :
         {"C:\\cticonnector\\x.log", "c:/cticonnector/x.log", "C:", "\\\\server\\x"}) {
        const auto [config, findings] = load("[LOGGER]\nPath=" + path + "\n");
        EXPECT_THAT(lines(findings),
                    ElementsAre(HasSubstr("Path=" + path + ": is a path of Windows, not a")));
        EXPECT_EQ(findings.at(0).nearest, "");
        EXPECT_TRUE(config.log.path.empty());
    }
    EXPECT_EQ(load("[CONFIG]\nLanguagesPath=texts\\lang\n").findings.at(0).nearest, "texts/lang");
}

// R-DEC-76
TEST(ConfigMistakes, TheNearestIsNeverWhatWasRefused) {
    for (const std::string text :
         {"[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppItemMaxSession=6\nAppActionRoutingMaxSession=6\n"
          "AppActionRoutingDefaultSession=4\n",
          "[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppItemMaxSession=6\nAppActionRoutingMaxSession=6\n"
          "AppActionRoutingDefaultSession=6\nAppChatMaxSession=5\nAppChatDefaultSession=5\n",
          "[MEDIA]\nActionMRDID=5002\n", "[LOGGER]\nFileSize=50\n", "[ICI]\nAllowedPeers=10.0.0.1, x\n",
          "[CTI]\nHostA(0)=x\n", "[ICl]\nx=1\n"}) {
        const auto findings = load(text).findings;
        EXPECT_THAT(findings, Not(IsEmpty())) << text;
        for (const Finding& finding : findings)
            EXPECT_TRUE(finding.nearest.empty() || finding.nearest != finding.value) << to_text(finding);
    }
    EXPECT_THAT(
        lines(load("[CONFIG]\nCtiCheckMediaByDirectCall=0\nAppItemMaxSession=6\n"
                   "AppActionRoutingMaxSession=6\nAppActionRoutingDefaultSession=4\n")
                  .findings),
        ElementsAre(HasSubstr("AppItemMaxSession=6: the default sessions need 8 with their buffers: a "
                              "login without a media field is refused; as 6 is the most, lower a "
                              "default (R-DEC-13)")));
}

TEST(ConfigMistakes, TheDefaultLanguageIsALanguage_R_DEC_86) {
    EXPECT_EQ(load("[CONFIG]\nDefaultLanguage=de-CH\n").config.default_language, "de-CH");
    for (const std::string wrong : {"English", "12", "x"})
        EXPECT_THAT(lines(load("[CONFIG]\nDefaultLanguage=" + wrong + "\n").findings),
                    ElementsAre(HasSubstr("is no language")))
            << wrong;
}

TEST(ConfigMistakes, KeysThatTheFileSetsAreCounted) {
    const auto keys = [](const std::string& text) { return load(text).config.given.keys(); };
    EXPECT_EQ(keys(""), 0u);
    EXPECT_EQ(keys("[CONFIG]\nECC.user.x=1\nLanguagesPath=\n[CTI]\nHostA=x\n[MAIN]\nREMOTE_PORT=1\n"), 2u);
    EXPECT_EQ(keys("[ICI]\nAllowedPeers(0)=10.0.0.1\nAllowedPeers(1)=10.0.0.2\nListenPort=high\n"), 1u);
}

}  // namespace
}  // namespace cticonnector::app::testing
