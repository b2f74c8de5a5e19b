#include "platform.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace cticonnector::app {

std::filesystem::path executable_path() { return std::filesystem::read_symlink("/proc/self/exe"); }

std::filesystem::path data_directory() {
    std::error_code unknown;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
    return unknown ? std::filesystem::path{}
                   : (program.parent_path() / CTICONNECTOR_DATA_FROM_BIN).lexically_normal();
}

namespace {

/// Set by systemd; a list when the unit names several (systemd.exec).
std::optional<std::filesystem::path> directory_of_service(const char* variable) {
    const char* set = std::getenv(variable);
    if (set == nullptr || *set == '\0') return {};
    const std::string_view all{set};
    return std::filesystem::path{all.substr(0, all.find(':'))};
}

std::int64_t number_in(int file) {
    std::array<char, 24> text{};
    const auto size = pread(file, text.data(), text.size(), 0);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + std::max<ssize_t>(size, 0), number);
    return number;
}

/// A lock that nobody can name its owner of is still one.
void write_number(int file, std::int64_t number) {
    const std::string text = std::to_string(number) + "\n";
    if (ftruncate(file, 0) != 0) return;
    [[maybe_unused]] const auto written = pwrite(file, text.data(), text.size(), 0);
}

struct flock lock_from_the_beginning(short type, off_t length) {
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_len = length;
    return lock;
}

/// The lock is this descriptor's, and as long as the number of its process, so that it says whose it is: the
/// system does not. Who may only read the file can share a lock, and is no writer.
FileLock hold_open_file(int file) {
    struct stat about {};
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) return {};
    for (int tries = 0; tries < 3; ++tries) {  // the other one may let go in between
        struct flock lock = lock_from_the_beginning(F_WRLCK, getpid());
        if (fcntl(file, F_OFD_SETLK, &lock) == 0) return {Held::by_us};
        lock = lock_from_the_beginning(F_RDLCK, 1);  // what is in its way is a writer's
        if (fcntl(file, F_OFD_GETLK, &lock) != 0) return {};
        if (lock.l_type != F_UNLCK) return {Held::by_another, lock.l_pid > 0 ? lock.l_pid : lock.l_len};
    }
    return {};
}

}  // namespace

std::optional<std::filesystem::path> state_directory() { return directory_of_service("STATE_DIRECTORY"); }
std::optional<std::filesystem::path> run_directory() { return directory_of_service("RUNTIME_DIRECTORY"); }

std::int64_t process_id() { return getpid(); }

ProcessUse process_use() {
    ProcessUse use;
    rusage usage{};
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        const auto seconds = [](const timeval& t) {
            return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
        };
        use.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    if (std::ifstream pages{"/proc/self/statm"}; pages >> size >> resident)
        use.resident_bytes = resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    std::error_code unknown;
    const std::filesystem::directory_iterator files{"/proc/self/fd", unknown};
    // one of them is that directory itself
    if (!unknown) use.open_files = static_cast<std::uint64_t>(std::distance(begin(files), end(files))) - 1;
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) use.most_files = limit.rlim_cur;
    return use;
}

bool may_write(const std::filesystem::path& path) {
    std::error_code unknown;
    const int wanted = std::filesystem::is_directory(path, unknown) ? W_OK | X_OK : W_OK;
    return faccessat(AT_FDCWD, path.c_str(), wanted, AT_EACCESS) == 0;
}

bool readable_by_others(const std::filesystem::path& file) {
    struct stat about {};
    return stat(file.c_str(), &about) == 0 && (about.st_mode & S_IROTH) != 0;
}

/// The file stays when the process has gone: who took it away could take away that of the next one. Nobody
/// else may open it, for whoever can could hold it; and what a link points to is another's.
FileLock hold_file(const std::filesystem::path& path) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (file < 0) return {Held::by_nobody, 0, errno};
    struct stat about {};
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(file);
        return {Held::by_nobody, 0, EINVAL};
    }
    if (flock(file, LOCK_EX | LOCK_NB) == 0) {
        write_number(file, getpid());
        return {Held::by_us};
    }
    const int why = errno;
    const FileLock other{why == EWOULDBLOCK ? Held::by_another : Held::by_nobody, number_in(file), why};
    close(file);
    return other;
}

AppendedFile open_to_append(const std::filesystem::path& path) {
    // does not wait for a reader of a pipe
    const int file = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0640);
    if (file >= 0) fcntl(file, F_SETFL, O_APPEND);
    if (file < 0) return {nullptr, {Held::by_nobody, 0, errno}};
    const FileLock lock = hold_open_file(file);
    if (lock.held != Held::by_another) return {fdopen(file, "a"), lock};
    close(file);
    return {nullptr, lock};
}

bool is_open_as(std::FILE* file, const std::filesystem::path& path) {
    struct stat open {};
    struct stat named {};
    return fstat(fileno(file), &open) == 0 && stat(path.c_str(), &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

std::uint64_t raise_open_files(std::uint64_t wanted) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;  // so there is none
    if (limit.rlim_cur >= wanted) return limit.rlim_cur;
    rlimit raised = limit;
    raised.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
    return setrlimit(RLIMIT_NOFILE, &raised) == 0 ? raised.rlim_cur : limit.rlim_cur;
}

bool standard_error_is_a_terminal() { return isatty(STDERR_FILENO) == 1; }

void outlive_signals() {
    for (const int number : {SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE, SIGXFSZ}) std::signal(number, SIG_IGN);
}

std::optional<int> reopen_signal() { return SIGHUP; }

}  // namespace cticonnector::app
