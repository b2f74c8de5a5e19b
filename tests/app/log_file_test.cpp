// R-OPS-25, R-DEC-73: one process writes a log file, under whatever name it is, through rotation and renames.
#include "log_file.hpp"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>

#include "app/full_disk.hpp"
#include "app/temporary_directory.hpp"
#include "platform.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OneWriter : public ::testing::Test {
  protected:
    LogFile open(const std::filesystem::path& path, std::uint64_t size = 1 << 20) {
        return {path, size, 1, [this](const std::string& text) { complaints.push_back(text); }};
    }
    /// Why a further one may not write it.
    std::string refusal(const std::filesystem::path& path) {
        try {
            open(path);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "none";
    }
    /// This process is the other one, too.
    static std::string held(const std::filesystem::path& path, std::int64_t by = process_id()) {
        return "the log file " + path.string() + " cannot be opened: process " + std::to_string(by) +
               " writes it (another one needs a [LOGGER] Path of its own)";
    }

    TemporaryDirectory directory;
    const std::filesystem::path file = directory / "x.log";
    std::vector<std::string> complaints;
};

TEST_F(OneWriter, HoldsTheFileAsLongAsItWrites_R_OPS_25) {
    directory.write("x.log", "of the last run\n");
    {
        LogFile log = open(file);
        EXPECT_EQ(refusal(file), held(file));
        std::filesystem::create_symlink(file, directory / "link");
        EXPECT_EQ(refusal(directory / "link"), held(directory / "link"));
        EXPECT_EQ(refusal(directory / "y.log"), "none");
    }
    EXPECT_EQ(refusal(file), "none");
    EXPECT_EQ(directory.read("x.log"), "of the last run\n");
}

TEST_F(OneWriter, HoldsEachFileThatRotationBegins_R_OPS_25) {
    LogFile log = open(file, 10);
    for (const auto* line : {"of ten ..\n", "and more.\n", "and more.\n"}) {
        EXPECT_TRUE(log.write(line));
        EXPECT_EQ(refusal(file), held(file));
    }
    EXPECT_EQ(refusal(directory / "x.1.log"), "none") << "that one is read only by now";
    EXPECT_THAT(complaints, IsEmpty());
}

TEST_F(OneWriter, HoldsWhatItOpensAnewWhenTheOldOneWasMovedAway_R_DEC_73) {
    LogFile log = open(file);
    log.reopen();
    EXPECT_EQ(refusal(file), held(file)) << "asked though nobody has moved it";
    std::filesystem::rename(file, directory / "old");
    EXPECT_EQ(refusal(directory / "old"), held(directory / "old")) << "still written";
    log.reopen();
    EXPECT_EQ(refusal(file), held(file));
    EXPECT_EQ(refusal(directory / "old"), "none");
    EXPECT_THAT(complaints, IsEmpty());
    EXPECT_TRUE(log.write("new\n"));
    EXPECT_EQ(directory.read("x.log"), "new\n");
}

/// A lock as another program may take it.
class Locked {
  public:
    Locked(const std::filesystem::path& path, int mode, short kind, off_t from = 0, off_t length = 0)
        : file_(::open(path.c_str(), mode)) {
        struct flock lock {};
        lock.l_type = kind;
        lock.l_start = from;
        lock.l_len = length;
        held_ = fcntl(file_, F_OFD_SETLK, &lock) == 0;
    }
    ~Locked() { close(file_); }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;
    bool held() const { return held_; }

  private:
    int file_;
    bool held_;
};

TEST_F(OneWriter, UsesTheOldFileOnWhileAnotherWritesTheNewOne_R_DEC_73) {
    LogFile log = open(file);
    std::filesystem::rename(file, directory / "old");
    directory.write("x.log", "");
    std::optional<Locked> other(std::in_place, file, O_WRONLY, F_WRLCK);
    ASSERT_TRUE(other->held());
    log.reopen();
    EXPECT_THAT(complaints,
                ElementsAre("the log file " + file.string() +
                            " cannot be opened: another process has it open (another one needs a [LOGGER] "
                            "Path of its own), the old one is used on"));
    EXPECT_TRUE(log.write("line\n"));
    EXPECT_EQ(directory.read("old"), "line\n");
    EXPECT_EQ(directory.read("x.log"), "");
    other.reset();
    log.reopen();
    EXPECT_TRUE(log.write("line\n"));
    EXPECT_EQ(directory.read("x.log"), "line\n");
}

// In another container there may be a process of the same number.
TEST_F(OneWriter, TakesNobodysLockForItsOwn_R_DEC_73) {
    LogFile log = open(file);
    std::filesystem::rename(file, directory / "old");
    directory.write("x.log", "");
    const Locked other(file, O_WRONLY, F_WRLCK, 0, getpid());
    ASSERT_TRUE(other.held());
    log.reopen();
    EXPECT_THAT(complaints, ElementsAre(held(file) + ", the old one is used on"));
}

TEST_F(OneWriter, CountsAnewWhatWasEmptied_R_DEC_73) {
    directory.write("x.1.log", "older\n");
    LogFile log = open(file, 10);
    EXPECT_TRUE(log.write("of ten ..\n"));
    std::filesystem::resize_file(file, 0);
    log.reopen();
    EXPECT_TRUE(log.write("of ten ..\n"));
    EXPECT_EQ(directory.read("x.1.log"), "older\n");
}

// Found by the system first, and in nobody's way.
TEST_F(OneWriter, IsSeenBehindAReader_R_OPS_25) {
    directory.write("x.log", "");
    const Locked reader(file, O_RDONLY, F_RDLCK, getpid());
    ASSERT_TRUE(reader.held());
    LogFile log = open(file);
    const pid_t other = fork();
    if (other == 0) _exit(refusal(file) == held(file, getppid()) ? 0 : 1);
    int status = -1;
    ASSERT_EQ(waitpid(other, &status, 0), other);
    EXPECT_EQ(status, 0);
}

// A group may read the log; that must not let it keep the daemon from starting.
TEST_F(OneWriter, IsNotKeptOutByAReader_R_OPS_25) {
    directory.write("x.log", "");
    const Locked reader(file, O_RDONLY, F_RDLCK);
    ASSERT_TRUE(reader.held());
    LogFile log = open(file);
    EXPECT_TRUE(log.write("line\n"));
    EXPECT_EQ(directory.read("x.log"), "line\n");
}

TEST(LogFile, WritesOnWhenAFullDiskHasRoomAgain_R_DEC_75) {
    const TemporaryDirectory directory;
    LogFile log{directory / "x.log", 1 << 20, 1, {}};
    EXPECT_TRUE(log.write("first\n"));
    {
        const FullDisk disk{10};
        for (int n = 1; n <= 40; ++n) EXPECT_FALSE(log.write("does not fit\n"));
    }
    EXPECT_TRUE(log.write("last\n"));
    EXPECT_EQ(directory.read("x.log"), "first\ndoes\nlast\n")
        << "what there was room for of a line does not swallow the next one";
}

TEST_F(OneWriter, RotatesNothingButFiles_R_DEC_75) {
    ASSERT_EQ(mkfifo((directory / "pipe").c_str(), 0600), 0);
    EXPECT_NE(refusal(directory / "pipe").find("No such device or address"), std::string::npos)
        << "no reader";
    const int reader = ::open((directory / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
    LogFile log = open(directory / "pipe", 10);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(log.write("of ten ..\n"));
    EXPECT_TRUE(std::filesystem::is_fifo(directory / "pipe"));
    EXPECT_FALSE(std::filesystem::exists(directory / "pipe.1"));
    close(reader);
}

TEST_F(OneWriter, LeavesALinkWhereItIs_R_DEC_75) {
    std::filesystem::create_directory(directory / "far");
    std::filesystem::create_symlink(directory / "far" / "y.log", file);
    LogFile log = open(file, 10);
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(log.write("of ten ..\n"));
    EXPECT_TRUE(std::filesystem::is_symlink(file));
    EXPECT_EQ(directory.read("far/y.1.log"), "of ten ..\n");
    EXPECT_EQ(directory.read("far/y.log"), "of ten ..\n");
    EXPECT_THAT(complaints, IsEmpty());
}

TEST_F(OneWriter, SharesWhatIsNoFile) {
    LogFile log = open("/dev/null");
    EXPECT_EQ(refusal("/dev/null"), "none");
}

}  // namespace
}  // namespace cticonnector::app::testing
