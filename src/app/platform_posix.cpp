#include "platform.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace cticonnector::app {

std::filesystem::path executable_path() { return std::filesystem::read_symlink("/proc/self/exe"); }

std::filesystem::path data_directory() {
    std::error_code unknown;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
    return unknown ? std::filesystem::path{}
                   : (program.parent_path() / CTICONNECTOR_DATA_FROM_BIN).lexically_normal();
}

/// Set by systemd; a list when the unit names several (systemd.exec).
std::optional<std::filesystem::path> state_directory() {
    const char* set = std::getenv("STATE_DIRECTORY");
    if (set == nullptr || *set == '\0') return {};
    const std::string_view all{set};
    return std::filesystem::path{all.substr(0, all.find(':'))};
}

std::int64_t process_id() { return getpid(); }

std::FILE* open_to_append(const std::filesystem::path& file) { return std::fopen(file.c_str(), "ae"); }

std::uint64_t raise_open_files(std::uint64_t wanted) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;  // so there is none
    if (limit.rlim_cur >= wanted) return limit.rlim_cur;
    rlimit raised = limit;
    raised.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
    return setrlimit(RLIMIT_NOFILE, &raised) == 0 ? raised.rlim_cur : limit.rlim_cur;
}

void outlive_signals() {
    for (const int number : {SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE, SIGXFSZ}) std::signal(number, SIG_IGN);
}

std::optional<int> reopen_signal() { return SIGHUP; }

}  // namespace cticonnector::app
