// R-OPS-25: a second daemon on the same log and ports.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "app/program.hpp"
#include "app/until.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

const std::string executable = CTICONNECTOR_BINARY_DIR "/bin/cticonnectord";

/// The daemon, killed with this.
class Daemon {
  public:
    explicit Daemon(const std::string& ini, int standard_error = STDERR_FILENO) : pid_(fork()) {
        if (pid_ != 0) return;
        if (standard_error != STDERR_FILENO) dup2(standard_error, STDERR_FILENO);
        execl(executable.c_str(), "cticonnectord", "run", "-c", ini.c_str(), nullptr);
        _exit(127);
    }
    ~Daemon() { end(SIGKILL); }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    pid_t pid() const { return pid_; }
    void end(int signal) {
        if (pid_ <= 0) return;
        kill(pid_, signal);
        waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }

  private:
    pid_t pid_;
};

class Instance : public Program {
  protected:
    std::size_t count(std::string_view event, const std::string& file = "log.txt") const {
        const std::string log = directory_.read(file);
        std::size_t seen = 0;
        for (auto at = log.find(event); at != std::string::npos; at = log.find(event, at + 1)) ++seen;
        return seen;
    }
    bool started(std::size_t times = 1, const std::string& file = "log.txt") {
        return until(directory_.path(), [&] { return count("event=service.started ", file) == times; });
    }
    /// It goes on where it was; whoever else had written to it would have begun with the finding.
    bool is_the_first_ones(const std::string& before) const {
        return directory_.read("log.txt").starts_with(before) && count("event=config.finding ") == 1;
    }
    std::string ini(const std::string& more = {}, const std::string& log = "log.txt") {
        return directory_
            .write("test.ini",
                   "[ICI]\nListenAddress=127.0.0.1\nListenPort=0\n[ADMIN]\nListenPort=0\n"
                   "[LOGGER]\nPath=" +
                       log + "\n" + more)
            .string();
    }
    Result second(const std::string& more = {}, const std::string& log = "log.txt") {
        return run("run --config '" + ini(more, log) + "'", "timeout' '20' '" + executable);
    }
};

TEST_F(Instance, ASecondOneEndsAndNamesTheFirst_R_OPS_25) {
    Daemon first(ini());
    ASSERT_TRUE(started());
    const std::string log = directory_.read("log.txt");
    const auto ended = second();
    EXPECT_EQ(ended.code, 1);
    EXPECT_EQ(ended.err, "cticonnectord: it runs already: process " + std::to_string(first.pid()) +
                             " holds " + (directory_ / "cticonnector.lock").string() +
                             "; nothing is started (a second one needs a [SERVICE] RunDir of its own)\n");
    EXPECT_TRUE(is_the_first_ones(log));
}

TEST_F(Instance, WhateverEndedItLeavesTheLockToTheNext_R_OPS_25) {
    Daemon first(ini());
    ASSERT_TRUE(started());
    first.end(SIGKILL);
    Daemon next(ini());
    EXPECT_TRUE(started(2));
}

TEST_F(Instance, ARunDirOfItsOwnLetsASecondOneRun_R_OPS_25) {
    Daemon first(ini());
    ASSERT_TRUE(started());
    Daemon other(ini("[SERVICE]\nRunDir=other/run\n", "other.txt"));
    ASSERT_TRUE(started(1, "other.txt"));
    EXPECT_EQ(directory_.read("other/run/cticonnector.lock"), std::to_string(other.pid()) + "\n");
    EXPECT_THAT(directory_.read("other.txt"), HasSubstr(" run=" + (directory_ / "other/run").string() + " "));
}

TEST_F(Instance, WithAnotherRunDirTheLogIsTheFirstOnesStill_R_OPS_25) {
    Daemon first(ini());
    ASSERT_TRUE(started());
    const std::string log = directory_.read("log.txt");
    std::filesystem::create_symlink("log.txt", directory_ / "link.txt");
    for (const auto* name : {"log.txt", "link.txt"}) {
        const auto ended = second("[SERVICE]\nRunDir=other/run\n", name);
        EXPECT_EQ(ended.code, 1);
        EXPECT_EQ(ended.err, "cticonnectord: the log file " + (directory_ / name).string() +
                                 " cannot be opened: process " + std::to_string(first.pid()) +
                                 " writes it (another one needs a [LOGGER] Path of its own)\n");
    }
    EXPECT_TRUE(is_the_first_ones(log));
}

// What a link points to is somebody else's, and whoever could open the lock could hold it.
TEST_F(Instance, TheLockIsAFileOfItsOwn_R_OPS_25) {
    directory_.write("victim", "precious");
    std::filesystem::create_symlink(directory_ / "victim", directory_ / "cticonnector.lock");
    Daemon first(ini());
    EXPECT_TRUE(started());
    EXPECT_EQ(directory_.read("victim"), "precious");
    EXPECT_THAT(directory_.read("log.txt"), HasSubstr("a second daemon would not be noticed"));
    first.end(SIGKILL);
    std::filesystem::remove(directory_ / "cticonnector.lock");
    Daemon next(ini());
    EXPECT_TRUE(started(2));
    const auto mode = std::filesystem::status(directory_ / "cticonnector.lock").permissions();
    EXPECT_EQ(static_cast<unsigned>(mode), 0600U);
}

TEST_F(Instance, ALockThatCannotBeMadeIsToldAndItRuns_R_OPS_25) {
    directory_.write("file", "");
    Daemon first(ini("[SERVICE]\nRunDir=file\n"));
    EXPECT_TRUE(started());
    EXPECT_THAT(directory_.read("log.txt"), HasSubstr("a second daemon would not be noticed"));
}

/// The daemon's standard error.
class Terminal {
  public:
    Terminal() : ours_(posix_openpt(O_RDWR | O_NOCTTY)) {
        if (grantpt(ours_) == 0 && unlockpt(ours_) == 0) theirs_ = open(ptsname(ours_), O_RDWR | O_NOCTTY);
    }
    ~Terminal() {
        close(ours_);
        if (theirs_ >= 0) close(theirs_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    int theirs() const { return theirs_; }
    std::string shown() const {
        std::array<char, 1024> text{};
        pollfd waiting{ours_, POLLIN, 0};
        if (poll(&waiting, 1, 0) != 1) return {};
        return {text.data(),
                static_cast<std::size_t>(std::max<ssize_t>(read(ours_, text.data(), text.size()), 0))};
    }

  private:
    int ours_;
    int theirs_ = -1;
};

TEST_F(Instance, WhoStartsItAtATerminalIsToldWhereItLogs) {
    const Terminal terminal;
    ASSERT_GE(terminal.theirs(), 0);
    Daemon daemon(ini(), terminal.theirs());
    ASSERT_TRUE(started());
    EXPECT_EQ(terminal.shown(), "logging to " + (directory_ / "log.txt").string() + "\r\n");
}

TEST_F(Instance, AsAServiceItSaysNothingOfItsLog) {
    const auto file = (directory_ / "err").string();
    const int err = open(file.c_str(), O_RDWR | O_CREAT, 0600);
    Daemon daemon(ini(), err);
    close(err);
    ASSERT_TRUE(started());
    EXPECT_EQ(directory_.read("err"), "");
}

TEST_F(Instance, TheLogIsForItsOwnerAndHisGroup_R_OPS_28) {
    const auto before = umask(0);
    Daemon daemon(ini());
    umask(before);
    ASSERT_TRUE(started());
    const auto mode = std::filesystem::status(directory_ / "log.txt").permissions();
    EXPECT_EQ(static_cast<unsigned>(mode), 0640U);
}

}  // namespace
}  // namespace cticonnector::app::testing
