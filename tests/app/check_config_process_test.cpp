// R-DEC-13: exit codes and output of the real program.
#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cctype>
#include <limits>
#include <sstream>

#include "app/program.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string executable = CTICONNECTOR_BINARY_DIR "/bin/cticonnectord";

TEST_F(Program, AnAllDefaultFileHasOnlyTheWarningsOfWhoMayTalk_R_DEC_13_R_DEC_67) {
    const std::string shipped = CTICONNECTOR_SOURCE_DIR "/config/cticonnector.ini";
    for (const auto& checked : {check(""), run("check-config --config '" + shipped + "'")}) {
        EXPECT_EQ(checked.code, 0);
        EXPECT_THAT(checked.out, AllOf(HasSubstr("warning: [ICI] AllowedPeers: "),
                                       HasSubstr("warning: [ICI] AllowedEventHosts: ")));
        EXPECT_EQ(std::ranges::count(checked.out, '\n'), 3);
        EXPECT_THAT(checked.out, EndsWith(".ini, 0 keys, 2 warnings\n"));
        EXPECT_THAT(checked.err, IsEmpty());
    }
    const auto restricted = check("[ICI]\nAllowedPeers=10.0.0.1\nAllowedEventHosts=sap\n", "--strict");
    EXPECT_EQ(restricted.code, 0);
    EXPECT_EQ(restricted.out, "fine: " + (directory_ / "test.ini").string() + ", 2 keys\n");
}

TEST_F(Program, ErrorsAreExitCodeOneAndStandardOutput_R_DEC_13) {
    const auto checked = check("[CONFIG]\nAppItemMaxSession=9\nAppItemMaxSesion=5\n");
    EXPECT_EQ(checked.code, 1);
    EXPECT_THAT(checked.out,
                AllOf(HasSubstr("test.ini:2: error: [CONFIG] AppItemMaxSession=9"),
                      HasSubstr("test.ini:3: error: [CONFIG] AppItemMaxSesion: unknown key (nearest: "
                                "AppItemMaxSession"),
                      EndsWith((directory_ / "test.ini").string() + ": 2 errors, 2 warnings\n")));
    EXPECT_THAT(checked.err, IsEmpty());
}

TEST_F(Program, WarningsAreExitCodeZeroUnlessStrict_R_DEC_13_R_DEC_14) {
    const std::string migrated = "[MAIN]\nREMOTE_PORT=7010\n[MRI]\nRONA_TIMEOUT=30\n";
    EXPECT_EQ(check(migrated).code, 0);
    EXPECT_THAT(check(migrated).out,
                AllOf(HasSubstr(":2: warning: [MAIN]"), HasSubstr(":4: warning: [MRI]")));
    const auto strict = check(migrated, "--strict");
    EXPECT_EQ(strict.code, 1);
    EXPECT_THAT(strict.out, EndsWith("test.ini: 4 warnings\n"));
}

TEST_F(Program, AMissingNamedFileIsAnError) {
    const auto checked = run("check-config --config '" + (directory_ / "none.ini").string() + "'");
    EXPECT_EQ(checked.code, 1);
    EXPECT_THAT(checked.out, HasSubstr("none.ini: error: cannot be read: No such file or directory"));
    EXPECT_THAT(checked.out, EndsWith("none.ini: 1 error\n"));
}

// The defaults listen on all addresses, to everybody:
// not what a file that nobody can read was to say (R-OPS-23, R-DEC-70).
TEST_F(Program, RunEndsWhereTheFileCannotBeRead_R_OPS_23) {
    const std::string utf16{"[\0I\0C\0I\0]\0\n\0", 12};
    directory_.write("marked.ini", "\xFF\xFE" + utf16);
    directory_.write("unmarked.ini", utf16);
    for (const auto& [name, text] : {std::pair{"none.ini", ": error: cannot be read"},
                                     {"", ": error: cannot be read"},
                                     {"marked.ini", ": error: is UTF-16"},
                                     {"unmarked.ini", ": error: is UTF-16"}}) {
        const auto file = (directory_ / name).string();
        const auto ended = run("run --config '" + file + "'", "timeout' '10' '" + executable);
        EXPECT_EQ(ended.code, 1) << name;
        EXPECT_THAT(ended.err, AllOf(HasSubstr(file + text), HasSubstr("nothing is started"),
                                     Not(HasSubstr("service.started"))));
        EXPECT_THAT(run("check-config --config '" + file + "'").out, HasSubstr(file + text));
    }
}

TEST_F(Program, RunEndsWhereItsOwnFileCannotBeRead_R_OPS_23) {
    const auto program = directory_ / "cticonnectord";
    std::filesystem::copy_file(executable, program);
    directory_.write("cticonnector.ini", "\xFE\xFF");
    const auto ended = run("run", "timeout' '10' '" + program.string());
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.err, HasSubstr("cticonnector.ini: error: is UTF-16"));
}

// Where it cannot be logged, what is wrong must be said all the same.
TEST_F(Program, RunThatCannotLogTellsWhatIsWrongAndWhy) {
    directory_.write("file", "");
    const auto file = directory_.write("test.ini",
                                       "[ICI]\nListenAddress=127.0.0.1\nListenPort=0\n[ADMIN]\nListenPort=0\n"
                                       "[CTI]\nPortA=high\n[LOGGER]\nPath=file/x.log\n");
    const auto ended = run("run --config '" + file.string() + "'", "timeout' '10' '" + executable);
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.err, HasSubstr("test.ini:7: error: [CTI] PortA=high: not a legal value"));
    EXPECT_THAT(ended.err, HasSubstr("test.ini:9: error: [LOGGER] Path="));
    EXPECT_THAT(ended.err, Not(HasSubstr("warning")));
    EXPECT_THAT(ended.err, EndsWith("cticonnectord: the log file " + (directory_ / "file/x.log").string() +
                                    " cannot be opened: Not a directory\n"));
}

TEST_F(Program, OutputThatIsLostIsExitCodeOne) {
    const auto file = directory_.write("wrong.ini", "[CTI]\nPortA=high\n").string();
    for (const std::string& verb :
         {std::string{"default-config"}, "check-config --config " + file, std::string{"decode"},
          std::string{"version"}, std::string{"--version"}, std::string{"--help"}, std::string{"man"}}) {
        const auto lost = run("-c '\"" + executable + "\" " + verb + " </dev/null >/dev/full'", "/bin/sh");
        EXPECT_EQ(lost.code, verb == "decode" ? 0 : 1) << verb;
        if (lost.code != 0) {
            EXPECT_EQ(lost.err, "cticonnectord: standard output cannot be written\n") << verb;
        }
    }
}

TEST_F(Program, UnusableArgumentsAreExitCodeTwo) {
    EXPECT_EQ(run("").code, 2);
    EXPECT_EQ(run("check-config --config").code, 2);
    EXPECT_EQ(run("check-config stray").code, 2);
    EXPECT_EQ(run("nonsense").code, 2);
    EXPECT_THAT(run("nonsense").err, HasSubstr("Usage: cticonnectord"));
}

TEST_F(Program, NothingIsBound_R_DEC_13) {
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor taken{io, {boost::asio::ip::address_v4::loopback(), 0}};
    const auto port = std::to_string(taken.local_endpoint().port());
    EXPECT_EQ(
        check("[ICI]\nListenAddress=127.0.0.1\nAllowedEventHosts=sap\nListenPort=" + port + "\n", "--strict")
            .code,
        0);
}

TEST_F(Program, TheDefaultFileLiesBesideTheProgram) {
    const auto program = directory_ / "cticonnectord";
    std::filesystem::copy_file(CTICONNECTOR_BINARY_DIR "/bin/cticonnectord", program);
    const auto none = run("check-config", program.string());
    EXPECT_EQ(none.code, 0);
    EXPECT_THAT(none.out,
                AllOf(HasSubstr("/cticonnector.ini: warning: is not there, every key has its default"),
                      EndsWith("fine: no file, 0 keys, 3 warnings\n")));
    directory_.write("cticonnector.ini", "[CTI]\nPortA=high\n");
    const auto checked = run("check-config", program.string());
    EXPECT_EQ(checked.code, 1);
    EXPECT_THAT(checked.out, HasSubstr("cticonnector.ini:2: error: [CTI] PortA=high"));
}

// As an administrator would: everything at once, each with its line.
TEST_F(Program, EveryMistakeOfOneFileIsTold_R_DEC_80_R_DEC_84) {
    directory_.write("file", "");
    const auto checked = check(
        "[CONFIG]\nLanguagesPath=langs\nDefaultLanguage=English\nAgentDefaultPassword=geheim\n"
        "[ICI]\nAllowedPeers=10.0.0.5/24, 10.0.0.0/255.255.0.0\nAllowedEventHosts=sap\nListenPort=8081\n"
        "[CTI]\nHostA=cti1\nHostB=CTI1\nPortB=42027\n"
        "[MEDIA]\nActionMRDID=5002\nInterruptibleMRDs=5003\n"
        "[LOGGER]\nPath=file/x.log\nFileSize=50\n"
        "[ADMIN]\nListenAddress=0.0.0.0\n"
        "[SERVICE]\nRunDir=C:\\run\n");
    EXPECT_EQ(checked.code, 1);
    for (const std::string told :
         {":2: error: [CONFIG] LanguagesPath=langs: no such directory",
          ":3: error: [CONFIG] DefaultLanguage=English: is no language",
          ":4: warning: [CONFIG] AgentDefaultPassword=***: every user of this machine can read it: chmod "
          "o-r ",
          ":6: error: [ICI] AllowedPeers=10.0.0.5/24, 10.0.0.0/255.255.0.0: 10.0.0.5/24: has bits beyond",
          ":8: error: [ICI] ListenPort=8081: [ADMIN] listens there already",
          ":11: error: [CTI] HostB=CTI1: is side A, with the same port",
          ":14: warning: [MEDIA] ActionMRDID=5002: and 1 more of [MEDIA] and [MRI] have no effect",
          ":14: error: [MEDIA] ActionMRDID=5002: is ChatMRDID, too",
          ":15: error: [MEDIA] InterruptibleMRDs=5003: neither ActionMRDID",
          ":17: error: [LOGGER] Path=", "/file is no directory",
          ":18: error: [LOGGER] FileSize=50: has no KB or MB, so it is bytes, 1024 at least",
          ":22: error: [SERVICE] RunDir=C:\\run: is a path of Windows"})
        EXPECT_THAT(checked.out, HasSubstr(told));
    EXPECT_THAT(checked.out, Not(HasSubstr("fine: ")));
    std::istringstream out{checked.out};
    int before = 0;
    for (std::string text; std::getline(out, text) && !text.ends_with("warnings");) {
        const auto number = text.find(".ini:") + 5;
        const int line = std::isdigit(static_cast<unsigned char>(text[number])) != 0
                             ? std::stoi(text.substr(number))
                             : std::numeric_limits<int>::max();
        EXPECT_GE(line, before) << text;
        before = line;
    }
}

TEST_F(Program, LanguagesOfTheInstallationAreRead_R_DEC_68) {
    std::filesystem::create_directories(directory_ / "bin");
    std::filesystem::create_directories(directory_ / "etc/languages");
    std::filesystem::create_directories(directory_ / "share/cticonnector/languages");
    const auto program = directory_ / "bin/cticonnectord";
    std::filesystem::copy_file(CTICONNECTOR_BINARY_DIR "/bin/cticonnectord", program);
    directory_.write("etc/x.ini", "");
    directory_.write("etc/languages/DE.lfg", "[one]\n");
    directory_.write("share/cticonnector/languages/FR.lfg", "[two]\n");
    const auto checked =
        run("check-config --config '" + (directory_ / "etc/x.ini").string() + "'", program.string());
    EXPECT_EQ(checked.code, 0);
    EXPECT_THAT(checked.out, AllOf(HasSubstr("etc/languages/DE.lfg:1: warning: [one]"),
                                   HasSubstr("share/cticonnector/languages/FR.lfg:1: warning: [two]")));
}

}  // namespace
}  // namespace cticonnector::app::testing
