// R-DEC-13, R-DEC-14, R-DEC-50, R-ALLOC-4, R-ALLOC-5: what the file says, and what is said about the file.
#include "cticonnector/app/config.hpp"

#include <gmock/gmock.h>

#include <cctype>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <ostream>
#include <random>

#include "app/config_fixture.hpp"
#include "app/temporary_directory.hpp"

namespace cticonnector::app::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(Config, AnEmptyFileIsAllDefaultsWithoutFinding_R_DEC_13) {
    const auto [config, findings] = load("");
    EXPECT_THAT(findings, IsEmpty());
    EXPECT_EQ(config.crm.profile.item_max, (engine::Limit{5, engine::Source::built_in}));
    EXPECT_FALSE(config.engine.media);
    EXPECT_EQ(config.routing.sides[0], (routing::Side{"127.0.0.1", 42027}));
    EXPECT_TRUE(config.routing.sides[1].host.empty());
    EXPECT_EQ(config.crm.listen_port, 8080);
    EXPECT_EQ(config.admin.listen_address.to_string(), "127.0.0.1");
    EXPECT_EQ(config.log.file_size, 104'857'600u);
    EXPECT_TRUE(config.log.path.empty());
}

TEST(Config, ValuesReachTheLayersThatNeedThem) {
    const auto [config, findings] = load(R"([CONFIG]
AgentLoginType=5
AgentDefaultPassword=geheim
AppItemMaxSession=6
AppActionRoutingMaxSession=3
AppHiddenSessionMemory=60
CtiCheckMediaByDirectCall=0
CtiNumberInternPrefix=4131555
CtiNumberNationalMatch=0,41; 031,4131
MediaChatRonaTimeout=0
RouteRandomRerouteTimeoutRange=1000
ECC.user.cim.activity.id=
ECCA.user.list=1
ECC.user.off=0
[ICI]
ListenAddress=::1
AllowedPeers=10.0.0.1, ::1
AllowedEventHosts=sap1.example, sap2.example
EventUser=cms
EventPassword=a;b
EventUrlMap(0)=http://sap1.example/=http://gate/a/
EventUrlMap(1)=http://sap2.example/=http://gate/b/
IdleTimeoutSeconds=7
[CTI]
HostA=side-a
HostB=side-b
PeripheralID=5001
ApplicationPathID=4711
RequestTimeoutSeconds=20
HeartbeatIntervalSeconds=10
CodePage=utf-8
[ADMIN]
ServerNames=cti1.example, CTI1
AllowedPeers=10.0.0.1, 10.2.0.0/16
[MEDIA]
InterruptibleMRDs=5001,5002
[MRI]
ACCEPT_AGENT_INTERRUPT_ADVISORY_EVENT=0
WRAPUP_TIMEOUT=45
[LOGGER]
Level=Debug
FileSize=512 KB
)");
    EXPECT_THAT(lines(findings), IsEmpty());
    EXPECT_EQ(config.crm.profile.login_type, engine::LoginType::agent_name);
    EXPECT_EQ(config.engine.default_password.reveal(), "geheim");
    EXPECT_EQ(config.crm.profile.item_max, (engine::Limit{6, engine::Source::ini}));
    EXPECT_EQ(config.crm.profile.max_sessions[engine::Channel::action],
              (engine::Limit{3, engine::Source::ini}));
    EXPECT_EQ(config.crm.profile.max_sessions[engine::Channel::chat],
              (engine::Limit{1, engine::Source::built_in}));
    EXPECT_EQ(config.crm.profile.hidden_session_memory, 60s);
    EXPECT_EQ(config.engine.no_answer[engine::Channel::chat], 0s);
    EXPECT_EQ(config.engine.route_error_wait_range, 1s);
    EXPECT_EQ(config.engine.chat_wrapup, 45s);
    EXPECT_EQ(config.engine.peripheral, 5001u);
    EXPECT_EQ(config.engine.request_timeout, 20s);
    EXPECT_EQ(config.crm.answer_timeout, 25s);  // R-DEC-35
    EXPECT_TRUE(config.engine.media);
    EXPECT_EQ(config.routing.peripheral, 5001u);
    EXPECT_EQ(config.routing.request_timeout, 20s);
    EXPECT_EQ(config.routing.heartbeat_interval, 10s);
    EXPECT_EQ(config.routing.application_path, 4711u);
    EXPECT_EQ(config.routing.sides[1], (routing::Side{"side-b", 43027}));
    EXPECT_EQ(config.routing.code_page, Encoding::utf_8);
    EXPECT_EQ(config.routing.interrupt_answer, routing::InterruptAnswer::none);
    EXPECT_THAT(config.routing.interruptible_mrds, ElementsAre(5001u, 5002u));
    EXPECT_THAT(config.routing.ecc, ElementsAre(routing::EccName{"user.cim.activity.id", false},
                                                routing::EccName{"user.list", true}));
    EXPECT_TRUE(config.crm.listen_address.is_v6());
    EXPECT_THAT(config.crm.allowed_peers, SizeIs(2));
    EXPECT_THAT(config.crm.allowed_event_hosts, ElementsAre("sap1.example", "sap2.example"));
    EXPECT_EQ(config.crm.event_password.reveal(), "a;b");
    EXPECT_THAT(config.crm.event_url_map,
                ElementsAre(crm::UrlRewrite{"http://sap1.example/", "http://gate/a/"},
                            crm::UrlRewrite{"http://sap2.example/", "http://gate/b/"}));
    EXPECT_EQ(config.crm.idle_timeout, 7s);
    EXPECT_EQ(config.crm.numbers.intern_prefix, "4131555");
    EXPECT_THAT(config.crm.numbers.national,
                ElementsAre(crm::PrefixMatch{"0", "41"}, crm::PrefixMatch{"031", "4131"}));
    EXPECT_THAT(config.crm.numbers.international, ElementsAre(crm::PrefixMatch{"00", ""}));
    EXPECT_THAT(config.admin.server_names, ElementsAre("cti1.example", "CTI1"));
    EXPECT_THAT(config.admin.allowed_peers,
                ElementsAre(net::network_from("10.0.0.1").value(), net::network_from("10.2.0.0/16").value()));
    EXPECT_EQ(config.log.level, Level::debug);
    EXPECT_EQ(config.log.file_size, 524'288u);
}

TEST(Config, NamesAreReadInAnyCaseAndOldNamesAreKnown) {
    const auto [config, findings] = load(
        "[config]\nAPPITEMMAXSESSION=4\n[Logger]\nPATH=x.log\nBsLoggerFileSize=2mb\nBsLoggerMaxBackupIndex="
        "3\n"
        "[config]\nagentlogintype=1\nAppActionRoutingMaxSession=\n");
    EXPECT_THAT(lines(findings), ElementsAre(HasSubstr("warning: [CONFIG] AppItemMaxSession=4")));
    EXPECT_EQ(config.crm.profile.item_max.value, 4);
    EXPECT_EQ(config.crm.profile.login_type, engine::LoginType::password);
    EXPECT_EQ(config.crm.profile.max_sessions[engine::Channel::action],
              (engine::Limit{1, engine::Source::built_in}));
    EXPECT_EQ(config.log.path, std::filesystem::path{"etc/x.log"});
    EXPECT_EQ(config.log.file_size, 2'097'152u);
    EXPECT_EQ(config.log.max_backup_index, 3u);
}

struct FindingCase {
    std::string text;
    std::string finding;
};
/// For the test's listed name: letters and digits of the finding.
std::ostream& operator<<(std::ostream& out, const FindingCase& shown) {
    for (const char c : shown.finding) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) out << c;
    }
    return out;
}
class ConfigFinding : public ::testing::TestWithParam<FindingCase> {};

TEST_P(ConfigFinding, IsToldWithFileLineKeyValueRuleAndNearest) {
    EXPECT_THAT(lines(load(GetParam().text).findings), ElementsAre(GetParam().finding));
}

const std::string at = "etc/cticonnector.ini:";
INSTANTIATE_TEST_SUITE_P(
    All, ConfigFinding,
    ::testing::Values(
        FindingCase{
            "[CONFIG]\n\nAppItemMaxSession=9\n",
            at + "3: error: [CONFIG] AppItemMaxSession=9: not a legal value (1-6), the default is used "
                 "(nearest: 6; R-ALLOC-5)"},
        FindingCase{"[CONFIG]\nRouteRandomRerouteTimeoutRange=900\n",
                    at + "2: error: [CONFIG] RouteRandomRerouteTimeoutRange=900: not a legal value "
                         "(milliseconds, 0 or 1000-7200000), the default is used (nearest: 1000; R-ALLOC-5)"},
        FindingCase{
            "[CONFIG]\nAgentLoginType=4\n",
            at + "2: error: [CONFIG] AgentLoginType=4: not a legal value (0, 1, 2, 5), the default is used "
                 "(nearest: 5; R-ALLOC-5)"},
        FindingCase{
            "[LOGGER]\nLevel=warn\n",
            at + "2: error: [LOGGER] Level=warn: not a legal value (trace, debug, info, warning, error), the "
                 "default is used (nearest: warning; R-ALLOC-5)"},
        FindingCase{"[CTI]\nPortA=high\n",
                    at + "2: error: [CTI] PortA=high: not a legal value (0-65535), the default "
                         "is used (R-ALLOC-5)"},
        FindingCase{"[LOGGER]\nFileSize=50\n",
                    at + "2: error: [LOGGER] FileSize=50: has no KB or MB, so it is bytes, 1024 at "
                         "least, the default is used (nearest: 50MB; R-ALLOC-5)"},
        FindingCase{"[LOGGER]\nFileSize=9999999999999\n",
                    at + "2: error: [LOGGER] FileSize=9999999999999: not a legal value (1KB-1048576MB), the "
                         "default is used (nearest: 1048576MB; R-ALLOC-5)"},
        FindingCase{
            "[LOGGER]\nFileSize=0KB\n",
            at + "2: error: [LOGGER] FileSize=0KB: not a legal value (1KB-1048576MB), the default is used "
                 "(nearest: 100MB; R-ALLOC-5)"},
        FindingCase{
            "[MRI]\nAllowedPeers=10.0.0.1, somewhere\n",
            at + "2: error: [MRI] AllowedPeers=10.0.0.1, somewhere: somewhere: not an IP address or network, "
                 "the entry is "
                 "left out (nearest: 10.0.0.1; R-ALLOC-5)"},
        FindingCase{
            "[CONFIG]\nCtiNumberInternPrefix=+41 31\n",
            at +
                "2: error: [CONFIG] CtiNumberInternPrefix=+41 31: not a legal value (digits), the default is "
                "used (nearest: 4131; R-ALLOC-5)"},
        FindingCase{
            "[CONFIG]\nAppItemMaxSesion=6\n",
            at + "2: error: [CONFIG] AppItemMaxSesion: unknown key (nearest: AppItemMaxSession; R-DEC-13)"},
        FindingCase{"[CONFIG]\nHostA=x\n",
                    at + "2: error: [CONFIG] HostA: unknown key (nearest: [CTI] HostA; R-DEC-13)"},
        FindingCase{"[CTI]\nHostA(0)=x\n",
                    at + "2: error: [CTI] HostA(0): unknown key (nearest: HostA; R-DEC-13)"},
        FindingCase{"HostA=x\n", at + "1: error: HostA: unknown key (nearest: [CTI] HostA; R-DEC-13)"},
        FindingCase{"[CTII]\nHostA=x\n",
                    at + "1: error: [CTII] unknown section, its keys are not used (nearest: "
                         "[CTI]; R-DEC-50)"},
        FindingCase{"[CTI] PortA=1\nPortA=2\n",
                    at + "1: error: [CTI] what follows the ] is not used (nearest: [CTI]; R-DEC-76)"},
        FindingCase{"[CTI]; side A\n",
                    at + "1: error: [CTI] what follows the ] is not used (nearest: [CTI]; R-DEC-76)"},
        FindingCase{"[CTI\nHostA=x\n",
                    at + "1: error: '[CTI' has no ], the keys behind it are not used (nearest: [CTI]; "
                         "R-DEC-50)"},
        FindingCase{"[ICI]\n[CTI PortA=1\nHostA=x\n", at + "2: error: '[CTI PortA' has no ], the keys behind "
                                                           "it are not used (nearest: [CTI]; R-DEC-50)"},
        FindingCase{std::string{"[CTI]\n[ICI]\0\n", 13},
                    at + "2: error: has a zero byte, the line is not used (R-DEC-50)"},
        FindingCase{"[CTI]\nHostA\n",
                    at + "2: error: [CTI] 'HostA' is neither a section nor Key=value, the line is not used "
                         "(R-DEC-50)"},
        FindingCase{"[CTI]\nHostA ;=x\n",
                    at + "2: error: [CTI] 'HostA ...' is neither a section nor Key=value, the line is not "
                         "used (R-DEC-50)"},
        FindingCase{"[CTI]\nClientPassword\ts3cret\n",
                    at + "2: error: [CTI] 'ClientPassword ...' is neither a section nor Key=value, the line "
                         "is not used (R-DEC-50)"},
        FindingCase{"[CTI]\nHostA=a\nhosta=b\n",
                    at + "3: error: [CTI] hosta: stands in line 2 already, that one is used (R-DEC-50)"},
        FindingCase{
            "[LOGGER]\nPath=a\nBsLoggerFile=b\n",
            at + "3: error: [LOGGER] BsLoggerFile: stands in line 2 already, that one is used (R-DEC-50)"},
        FindingCase{
            "[CTI]\nClientPassword=abc ;def\n",
            at + "2: error: [CTI] ClientPassword: what follows the blank and ; is a comment, the value ends "
                 "before it (R-DEC-50)"},
        FindingCase{
            "[CTI]\nClientPassword=" + std::string(65, 'x') + "\n",
            at +
                "2: error: [CTI] ClientPassword=***: not a legal value (text, at most 64 bytes), the default "
                "is used (R-ALLOC-5)"},
        FindingCase{
            "[ICI]\nAllowedEventHosts(0)=a\nAllowedEventHosts(2)=b\n",
            at + "3: error: [ICI] AllowedEventHosts(2): indexes begin at 0 and leave none out, the value is "
                 "not used (nearest: AllowedEventHosts(1); R-ALLOC-4)"},
        FindingCase{"[CONFIG]\nECC.=1\n",
                    at + "2: error: [CONFIG] ECC.: the variable's name has 1 to 32 bytes (R-DATA-2)"},
        FindingCase{
            "[CONFIG]\nECC.user.x=yes\n",
            at + "2: error: [CONFIG] ECC.user.x=yes: 1 = the variable is handed to the CRM, 0 = it is not "
                 "(nearest: 1; R-DATA-2)"},
        FindingCase{"[MAIN]\nES_FLAGS=0x0\n",
                    at + "2: warning: [MAIN] ES_FLAGS: published for a component that is not "
                         "needed here, the key has no effect (R-DEC-14)"},
        FindingCase{"[MRI]\nRONA_TIMEOUT=30\n",
                    at + "2: warning: [MRI] RONA_TIMEOUT: the Media...RonaTimeout keys "
                         "decide, the key has no effect (R-DEC-14)"},
        FindingCase{"[CONFIG]\nMediaDefaultRonaTimeout=30\n",
                    at + "2: warning: [CONFIG] MediaDefaultRonaTimeout: not used by this version, the key "
                         "has no effect (R-DEC-14)"},
        FindingCase{"[CONFIG]\nAppWrapupReasonDefault=none\n",
                    at + "2: warning: [CONFIG] AppWrapupReasonDefault: not used by this version, the key has "
                         "no effect (R-DEC-14)"},
        FindingCase{"[CHAT_XMPP]\nUsername(0)=bot\n",
                    at + "2: warning: [CHAT_XMPP] Username(0): not used by this "
                         "version, the key has no effect (R-DEC-14)"},
        FindingCase{"[CHAT_WEB]\nResumeSecond=1\n",
                    at + "2: error: [CHAT_WEB] ResumeSecond: unknown key (nearest: "
                         "ResumeSeconds; R-DEC-13)"}));

// The processor's time, so that it matters less how busy the machine is.
// Sanitizers slow both the good and the bad.
TEST(Config, ThousandsOfUnknownKeysAreReadAtOnce_R_DEC_50) {
    std::string text = "[CONFIG]\n";
    for (int n = 0; n < 5'000; ++n) text += std::string(190, 'a') + std::to_string(n) + "=1\n";
    const std::clock_t before = std::clock();
    const auto findings = load(text).findings;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr double limit = 10;
#else
    constexpr double limit = 2;
#endif
    EXPECT_LT(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC, limit);
    EXPECT_THAT(findings, SizeIs(5'000));
}

TEST(Config, TheFirstOfTwoEqualKeysIsUsed_R_DEC_50) {
    EXPECT_EQ(load("[CTI]\nHostA=a\nHostA=b\n").config.routing.sides[0].host, "a");
}

TEST(Config, OutOfRangeUsesTheDefault_R_ALLOC_5) {
    const auto loaded =
        load("[CONFIG]\nAppItemMaxSession=7\n[CTI]\nHeartbeatIntervalSeconds=99999999999999999999\n");
    EXPECT_EQ(loaded.config.crm.profile.item_max, (engine::Limit{5, engine::Source::built_in}));
    EXPECT_EQ(loaded.config.routing.heartbeat_interval, 5s);
    EXPECT_THAT(lines(loaded.findings), ElementsAre(HasSubstr("nearest: 6"), HasSubstr("nearest: 600")));
}

TEST(Config, AllFindingsComeAtOnceInTheOrderOfTheFile_R_ALLOC_4) {
    // lines 2 and 8 break a rule across keys, and one of a default has no line
    const auto findings = load(
                              "[CONFIG]\nAppItemMaxSession=4\nNoSuch=1\n[XX]\nHostA=a\n[CTI]\nPortA=-1\n"
                              "[MEDIA]\nActionMRDID=1\nInterruptibleMRDs=1\n")
                              .findings;
    std::vector<int> at_lines;
    for (const Finding& finding : findings) at_lines.push_back(finding.line);
    EXPECT_THAT(at_lines, ElementsAre(2, 3, 4, 7, 9, 0));
}

TEST(ConfigFile, WhatIsNotThereStandsInTheOrderOfTheFile_R_ALLOC_4) {
    const TemporaryDirectory directory;
    const auto findings =
        load_config_file(directory.write("a.ini", "[CONFIG]\nLanguagesPath=none\n[CTI]\nPortA=-1\n"))
            .findings;
    ASSERT_GE(findings.size(), 3u);
    EXPECT_EQ(findings[0].line, 2);
    EXPECT_EQ(findings[1].line, 4);
    EXPECT_EQ(findings[2].line, 0);
}

TEST(Config, ValuesOfUnknownKeysStayUnseen) {
    for (const auto& line : lines(load("[ICI]\nEventPasword=geheim\n[NOPE]\nPassword=geheim\n").findings)) {
        EXPECT_THAT(line, Not(HasSubstr("geheim")));
    }
}

TEST(Config, NoContentEverThrows) {
    std::mt19937 random{20260131};
    const std::string sample = sample_config();
    const std::string_view alphabet{"[]=:;#() \t\r\n\0\xEF\xBB\xBF", 16};
    for (int round = 0; round < 60; ++round) {
        std::string text = sample.substr(0, random() % sample.size());
        for (int change = 0; change < 200 && !text.empty(); ++change) {
            text[random() % text.size()] = alphabet[random() % alphabet.size()];
        }
        const auto loaded = load(text);
        for (const Finding& finding : loaded.findings) {
            ASSERT_FALSE(finding.text.empty());
            ASSERT_EQ(finding.line > 0, loaded.config.paths.readable);
        }
    }
}

TEST(Config, LanguagesAreBesideTheFileThenWithTheInstallation_R_DEC_33_R_DEC_68) {
    const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    const auto installed = (program / "../share/cticonnector").lexically_normal();
    EXPECT_THAT(load("").config.paths.languages, ElementsAre("etc/languages", installed / "languages"));
    EXPECT_THAT(load("[CONFIG]\nLanguagesPath=texts\n").config.paths.languages,
                ElementsAre("etc/texts", installed / "texts"));
    EXPECT_THAT(load("[CONFIG]\nLanguagesPath=/opt/texts\n").config.paths.languages,
                ElementsAre("/opt/texts"));
}

/// While it lives, the environment has the variable.
class Variable {
  public:
    Variable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
    ~Variable() { unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    const char* name_;
};

TEST(Config, WhatIsWrittenStandsWhereTheSystemWantsItElseBesideTheFile_R_DEC_68) {
    EXPECT_EQ(load("").config.paths.state, "etc");
    {
        const Variable empty{"STATE_DIRECTORY", ""};
        EXPECT_EQ(load("").config.paths.state, "etc");
    }
    const Variable two{"STATE_DIRECTORY", "/var/lib/cticonnector:/var/lib/more"};
    EXPECT_EQ(load("").config.paths.state, "/var/lib/cticonnector");
}

TEST(ConfigFile, AMissingNamedFileIsAnError) {
    const TemporaryDirectory directory;
    const auto loaded = load_config_file(directory / "none.ini");
    EXPECT_TRUE(has_errors(loaded.findings));
    EXPECT_THAT(lines(loaded.findings),
                ElementsAre(directory.path().string() +
                            "/none.ini: error: cannot be read: No such file or directory (R-OPS-23)"));
    EXPECT_THAT(lines(load_config_file(directory.path()).findings),
                ElementsAre(HasSubstr(": error: cannot be read: Is a directory (R-OPS-23)")));
    EXPECT_THAT(lines(load_config_file(directory.write("file", "") / "x.ini").findings),
                ElementsAre(HasSubstr(": error: cannot be read: Not a directory (R-OPS-23)")));
}

TEST(ConfigFile, TheDefaultFileMayBeMissingAndIsReadWhenThere) {
    const TemporaryDirectory directory;
    // R-DEC-67: it has the warnings of an empty file besides
    EXPECT_THAT(lines(load_default_config(directory.path()).findings),
                ElementsAre(HasSubstr("cticonnector.ini: warning: is not there, every key has its default"),
                            HasSubstr("cticonnector.ini: warning: [ICI] AllowedPeers"),
                            HasSubstr("cticonnector.ini: warning: [ICI] AllowedEventHosts")));
    EXPECT_TRUE(load_default_config(directory.path()).config.paths.ini.empty());
    EXPECT_EQ(load_default_config(directory.path()).config.paths.languages.front(), directory / "languages");
    directory.write("cticonnector.ini", "[CTI]\nHostA=from-file\n");
    EXPECT_EQ(load_default_config(directory.path()).config.routing.sides[0].host, "from-file");
}

}  // namespace
}  // namespace cticonnector::app::testing
