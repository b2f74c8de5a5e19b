// Arguments, verbs and exit codes without a process.
#include "command_line.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "app/temporary_directory.hpp"
#include "cticonnector/app/config.hpp"
#include "cticonnector/protocol/ged188/dump.hpp"
#include "cticonnector/protocol/mr/mr.hpp"
#include "cticonnector/protocol/wire/print.hpp"
#include "protocol/pcap_file.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Result {
    int code;
    std::string out, err;
};

Result run(std::vector<std::string> arguments, const std::string& input = {}) {
    const std::vector<std::string_view> views(arguments.begin(), arguments.end());
    std::istringstream in{input};
    std::ostringstream out, err;
    const int code = run_command_line(views, {in, out, err});
    return {code, out.str(), err.str()};
}

TEST(CommandLine, WithoutAKnownVerbItExplainsAndFails) {
    const auto none = run({});
    EXPECT_EQ(none.code, exit_usage);
    EXPECT_THAT(none.err, AllOf(StartsWith("cticonnectord: no verb given\n"), HasSubstr("check-config")));
    EXPECT_THAT(none.out, IsEmpty());
    const auto unknown = run({"chekc"});
    EXPECT_EQ(unknown.code, exit_usage);
    EXPECT_THAT(unknown.err, StartsWith("cticonnectord: unknown verb 'chekc'\n"));
}

TEST(CommandLine, HelpGoesToStandardOutput) {
    for (const auto& asked : {"--help", "-h"}) {
        const auto help = run({asked});
        EXPECT_EQ(help.code, exit_fine);
        EXPECT_THAT(help.err, IsEmpty());
        EXPECT_THAT(help.out, AllOf(HasSubstr("check-config"), HasSubstr("Exit codes: 0 fine"),
                                    Not(HasSubstr("man page"))));
    }
    EXPECT_EQ(run({"check-config", "-h"}).code, exit_fine);
    EXPECT_THAT(run({"check-config", "--help"}).out,
                AllOf(HasSubstr("--config FILE"), HasSubstr("--strict")));
}

TEST(CommandLine, HelpIsAVerb) {
    EXPECT_EQ(run({"help"}).out, run({"--help"}).out);
    EXPECT_EQ(run({"help"}).code, exit_fine);
    EXPECT_EQ(run({"help", "run"}).out, run({"run", "--help"}).out);
    const auto unknown = run({"help", "chekc"});
    EXPECT_EQ(unknown.code, exit_usage);
    EXPECT_THAT(unknown.err, StartsWith("cticonnectord: unknown verb 'chekc'\n"));
}

TEST(CommandLine, HelpNamesTheDefaultFileTheFilesAndTheSignals) {
    EXPECT_THAT(run({"--help"}).out,
                AllOf(HasSubstr("Without --config: /"), HasSubstr("/bin/cticonnector.ini\n"),
                      HasSubstr("languages/*.lfg"), HasSubstr("cticonnector.log"),
                      HasSubstr("cticonnector.lock"), HasSubstr("SIGTERM, SIGINT"), HasSubstr("SIGHUP")));
}

TEST(CommandLine, ConfigHasAShortName) {
    const TemporaryDirectory directory;
    const auto file = directory.write("a.ini", "[CTI]\nPortA=high\n").string();
    EXPECT_THAT(run({"check-config", "-c", file}).out, HasSubstr("a.ini:2: error: [CTI] PortA=high"));
    EXPECT_THAT(man_page(), AllOf(HasSubstr("[\\fB\\-\\-config\\fR \\fIFILE\\fR]"),
                                  HasSubstr("\\fB\\-c\\fR, \\fB\\-\\-config\\fR")));
}

TEST(CommandLine, AnExceptionIsOneLineAndExitCodeOne) {
    const auto broken = run({"decode", "no/such/file"});
    EXPECT_EQ(broken.code, exit_wrong);
    EXPECT_EQ(broken.err, "cticonnectord: no/such/file: cannot be read\n");
}

TEST(CommandLine, UnusableArgumentsAreRefusedByNameWithTheUsageOfTheirVerb) {
    const auto refusal = [](std::vector<std::string> given) {
        given.insert(given.begin(), "check-config");
        const auto refused = run(given);
        EXPECT_EQ(refused.code, exit_usage);
        EXPECT_THAT(refused.out, IsEmpty());
        EXPECT_THAT(refused.err, AllOf(StartsWith("cticonnectord: "),
                                       HasSubstr("Usage: cticonnectord check-config [OPTIONS]")));
        return refused.err.substr(0, refused.err.find('\n'));
    };
    EXPECT_THAT(refusal({"--confg", "x"}), HasSubstr("--confg"));
    EXPECT_THAT(refusal({"--config"}), HasSubstr("--config"));
    EXPECT_THAT(refusal({"--config="}), HasSubstr("--config"));
    EXPECT_THAT(refusal({"--config", ""}), HasSubstr("--config"));
    EXPECT_THAT(refusal({"--config", "a", "--config", "b"}), HasSubstr("--config"));
    EXPECT_THAT(refusal({"--strict=x"}), HasSubstr("--strict"));
    EXPECT_THAT(refusal({"stray"}), HasSubstr("stray"));
}

TEST(ManPage, InThePackageSaysWhatTheProgramSays) {
    std::ifstream in{CTICONNECTOR_SOURCE_DIR "/packaging/cticonnectord.8"};
    const std::string kept{std::istreambuf_iterator<char>{in}, {}};
    EXPECT_EQ(kept, man_page()) << "cticonnectord man > packaging/cticonnectord.8";
    EXPECT_EQ(run({"man"}).out, man_page());
    EXPECT_THAT(man_page(),
                AllOf(HasSubstr("check\\-config"), HasSubstr("\\-\\-strict"), Not(HasSubstr("\\-h,"))));
    EXPECT_THAT(man_page(), HasSubstr("] \\fILOG\\fR...\nTell log files"))
        << "is required, and may be several";
}

TEST(CheckConfig, FindingsOfTheLanguageFilesAreTold_R_STATE_4) {
    const TemporaryDirectory directory;
    const auto file = directory.write("a.ini", "").string();
    std::filesystem::create_directory(directory / "languages");
    directory.write("languages/DE.lfg", "[workModeSupplementary]\n12=x\n");
    const auto checked = run({"check-config", "--config", file});
    EXPECT_EQ(checked.code, exit_fine);
    EXPECT_THAT(
        checked.out,
        HasSubstr("DE.lfg:2: warning: [workModeSupplementary] 12=x: a customer's work mode is above"));
    EXPECT_EQ(run({"check-config", "--config", file, "--strict"}).code, exit_wrong);
}

// R-STATE-2: what an agent would choose and be refused is not offered
TEST(CheckConfig, AWorkModeThatNoReasonStandsBehindIsAFinding_R_STATE_2_R_STATE_4) {
    const TemporaryDirectory directory;
    std::filesystem::create_directory(directory / "languages");
    directory.write("languages/DE.lfg",
                    "[workModeSupplementary]\n1001=a\n66535=b\n66536=c\n2147483647=d\n67535=e\n");
    const auto findings = [&](const std::string& offset) {
        const auto file =
            directory.write("a.ini", "[CONFIG]\nTpiNotReadyReasonCodeOffset=" + offset + "\n").string();
        std::string numbers;
        std::istringstream lines{run({"check-config", "--config", file}).out};
        for (std::string line; std::getline(lines, line);) {
            const auto at = line.find("[workModeSupplementary] ");
            if (at == std::string::npos) continue;
            EXPECT_THAT(line, HasSubstr("TpiNotReadyReasonCodeOffset is " + offset)) << line;
            numbers += line.substr(at + 24, line.find("=", at) - at - 24) + " ";
        }
        return numbers;
    };
    EXPECT_EQ(findings("1000"), "66536 2147483647 67535 ");
    EXPECT_EQ(findings("2000"), "1001 2147483647 ");
    EXPECT_EQ(findings("-100"), "66535 66536 2147483647 67535 ");
}

TEST(DefaultConfig, PrintsTheSample) { EXPECT_EQ(run({"default-config"}).out, sample_config()); }

TEST(Version, PrintsNameAndNumber) {
    for (const auto* asked : {"version", "--version"}) {
        EXPECT_EQ(run({asked}).code, exit_fine) << asked;
        EXPECT_THAT(run({asked}).out, StartsWith("cticonnectord 0.")) << asked;
        EXPECT_THAT(run({asked}).err, IsEmpty());
    }
    EXPECT_THAT(run({"--help"}).out, HasSubstr("--version"));
}

TEST(Decode, ExplainsHexadecimalTextAndRawBytes) {
    const auto text = run({"decode"}, "00 00 00 04  00 00 00 05  00 00 00 2a\n");
    EXPECT_EQ(text.code, exit_fine);
    EXPECT_THAT(text.out, AllOf(HasSubstr("HEARTBEAT_REQ"), HasSubstr("InvokeID"), HasSubstr("42")));

    const TemporaryDirectory directory;
    const auto file = directory.write("capture", std::string{"\0\0\0\4\0\0\0\5\0\0\0\x2a", 12}).string();
    EXPECT_EQ(run({"decode", file}).out, text.out);
    EXPECT_EQ(run({"decode", "--version", "14", file}).code, exit_fine);
}

TEST(Decode, ReadsCapturesByThemselves_R_DEC_89) {
    const std::string heartbeat("\0\0\0\4\0\0\0\5\0\0\0\x2a", 12);
    const TemporaryDirectory directory;
    const auto file =
        directory.write("cti.pcap", cticonnector::testing::PcapFile{}.open(0, 0).to_server(1, heartbeat).text)
            .string();
    const auto found = run({"decode", file});
    EXPECT_EQ(found.code, exit_fine) << found.out;
    EXPECT_THAT(found.out, HasSubstr("10.0.0.1:40000 > 10.0.0.2:42027, byte 0: HEARTBEAT_REQ"));
    EXPECT_EQ(run({"decode", "--port", "42027", file}).out, found.out);
    EXPECT_EQ(run({"decode", "--port", "1", file}).code, exit_wrong);
    EXPECT_EQ(run({"decode", "--port", "65536", file}).code, exit_usage);
}

TEST(Decode, ReadsMediaRouting_R_DEC_89) {
    std::vector<std::uint8_t> bytes;
    ASSERT_TRUE(mr::encode(mr::CancelTask{.dialogue_id = 7}, bytes));
    const auto found = run({"decode", "--protocol", "mr"}, wire::print_hex(bytes));
    EXPECT_EQ(found.code, exit_fine) << found.out;
    EXPECT_THAT(found.out, AllOf(StartsWith("0: CANCEL_TASK ("), HasSubstr("DialogueID = 7\n")));
    EXPECT_EQ(run({"decode", "--protocol", "sip"}).code, exit_usage);
}

TEST(Decode, ReadsALogAtTrace_R_DEC_89) {
    std::vector<std::uint8_t> open, cancel;
    ASSERT_TRUE(ged188::encode(
        ged188::OpenReq{.invoke_id = 1, .version_number = 15, .client_id = "me", .client_password = "geheim"},
        ged188::Version{15}, open));
    ASSERT_TRUE(mr::encode(mr::CancelTask{.dialogue_id = 7}, cancel));
    const auto hex = [](const wire::Protocol& protocol, const std::vector<std::uint8_t>& bytes,
                        wire::Version version) {
        const std::span all{bytes};
        const auto type = wire::read_header(all.first<wire::header_size>()).type;
        return wire::print_masked(protocol, {type, all.subspan(wire::header_size)}, version);
    };
    const std::string log =
        "2026-01-31T12:00:00.000000Z info event=cti.link_up side=A\n"
        "2026-01-31T12:00:01.000000Z trace event=cti.message direction=out message=OPEN_REQ invoke=1 "
        "fields=\"OPEN_REQ x hex=00\" hex=" +
        hex(ged188::protocol, open, ged188::Version{15}) +
        "\n2026-01-31T12:00:02.000000Z trace event=mr.message direction=in message=CANCEL_TASK hex=" +
        hex(mr::protocol, cancel, mr::version) + "\r\n";
    const auto found = run({"decode", "--log", "-"}, log);
    EXPECT_EQ(found.code, exit_fine) << found.out;
    EXPECT_THAT(found.out, AllOf(StartsWith("line 2, 2026-01-31T12:00:01.000000Z out: OPEN_REQ (3), "),
                                 HasSubstr("ClientID = \"me\"\n"), HasSubstr("ClientPassword = ***\n"),
                                 HasSubstr("line 3, 2026-01-31T12:00:02.000000Z in: CANCEL_TASK (")));
    EXPECT_EQ(run({"decode", "--log", "-", "capture"}, log).code, exit_usage) << "one of them";
}

TEST(Decode, ShowsOfALogWhatIsWanted_R_DEC_89) {
    std::vector<std::uint8_t> open, query;
    ASSERT_TRUE(
        ged188::encode(ged188::OpenReq{.version_number = 15, .client_id = "me", .client_password = "x"},
                       ged188::Version{15}, open));
    ASSERT_TRUE(ged188::encode(ged188::QueryAgentStateReq{.agent_id = "1"}, ged188::Version{15}, query));
    const auto line = [](int second, const std::string& fields, const std::vector<std::uint8_t>& bytes) {
        return "2026-01-31T12:00:0" + std::to_string(second) +
               ".000000Z trace event=cti.message direction=out " + fields + " hex=" + wire::print_hex(bytes) +
               "\n";
    };
    const std::string log = line(1, "message=OPEN_REQ", open) + line(2, "agent=1 call=7", query) +
                            line(3, "agent=2 call=8", query);
    const auto found = [&](const std::string& option, const std::string& value) {
        return run({"decode", "--log", "-", option, value}, log);
    };
    for (const auto& [option, value] : {std::pair{"--agent", "1"}, std::pair{"--call", "7"}}) {
        const auto one = found(option, value);
        EXPECT_EQ(one.code, exit_fine) << "the version of a session that is passed over counts\n" << one.out;
        EXPECT_THAT(one.out, AllOf(StartsWith("line 2, "), Not(HasSubstr("line 3"))));
    }
    EXPECT_THAT(found("--since", "2026-01-31T12:00:03Z").out, StartsWith("line 3, "));
    const auto none = found("--call", "9");
    EXPECT_EQ(none.code, exit_wrong);
    EXPECT_EQ(none.out, "! no message of this log is about call 9\n");
    EXPECT_EQ(run({"decode", "--agent", "1", "-"}).code, exit_usage) << "of a log only";
}

TEST(Decode, FindsALogInItsDirectory) {
    const TemporaryDirectory directory;
    directory.write("cticonnector.log", "");
    EXPECT_EQ(run({"decode", "--log", directory.path().string()}).out,
              "! no line of this log has a message\n");
}

TEST(Decode, SaysWhatItMissesInALog_R_DEC_89) {
    const std::string line = "2026-01-31T12:00:01.000000Z trace event=cti.message direction=in message=X";
    const auto said = [](const std::string& log) {
        const auto result = run({"decode", "--log", "-"}, log);
        EXPECT_EQ(result.code, exit_wrong);
        return result.out;
    };
    EXPECT_EQ(said(""), "! no line of this log has a message\n");
    EXPECT_EQ(said("x\n"), "! no line of this log has a message\n");
    EXPECT_EQ(said("2026-01-31T12:00:01.000000Z info event=item.parked\n"),
              "! no line of this log has a message: [LOGGER] Level=trace writes them\n");
    EXPECT_EQ(said(line + " bytes=4\n"),
              "! 1 of 1 lines of messages have no hex=: [LOGGER] Level=trace writes it\n");
    EXPECT_THAT(said(line + " hex=0g\n"), StartsWith("! line 1: hex= is not whole bytes"));
    EXPECT_EQ(said(line + " hex=0000\n"), "! line 1: hex= ends inside the header\n");
    EXPECT_THAT(said("Jan 31 13:00:01 host cticonnectord[1]: " + line + " hex=00\n"),
                StartsWith("! line 1: hex= "));
    EXPECT_EQ(said("\n" + line + " hex=7fffffff00000005\n"),
              "! line 2: hex= has 8 bytes, its header says 2147483655\n");
}

TEST(Tell, WhatNobodyIsAboutIsNoFault) {
    const auto none = run({"tell", "--agent", "klara", "-"}, "not a line\n");
    EXPECT_EQ(none.code, exit_fine);
    EXPECT_THAT(none.out, IsEmpty());
    EXPECT_EQ(none.err, "no line is about agent klara\n");
    EXPECT_EQ(run({"tell", "--no-times", "-"}, "2026-01-31T12:00:00Z info event=mr.link_up\n").out,
              "media routing is connected\n");
    EXPECT_THAT(run({"tell", "--help"}).out, AllOf(HasSubstr("LOG..."), HasSubstr("--no-times  ")));
    const auto unusable = run({"tell", "--since", "200000d", "-"});
    EXPECT_EQ(unusable.code, exit_wrong);
    EXPECT_THAT(unusable.err, StartsWith("cticonnectord: --since 200000d: give 90s, "));
}

TEST(Decode, WhatCannotBeExplainedIsExitCodeOne) {
    const auto cut = run({"decode", "-"}, "00 00 00 04  00 00 00 05  00 00\n");
    EXPECT_EQ(cut.code, exit_wrong);
    EXPECT_THAT(cut.out, HasSubstr("!"));
    EXPECT_EQ(run({"decode", "--version", "13"}).code, exit_usage);
    EXPECT_EQ(run({"decode", "--version", "x"}).code, exit_usage);
}

}  // namespace
}  // namespace cticonnector::app::testing
