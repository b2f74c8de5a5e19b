#include "platform.hpp"

#include <csignal>

namespace cticonnector::app {

std::filesystem::path executable_path() { return std::filesystem::read_symlink("/proc/self/exe"); }

std::FILE* open_to_append(const std::filesystem::path& file) { return std::fopen(file.c_str(), "ae"); }

void outlive_signals() {
    for (const int number : {SIGHUP, SIGUSR1, SIGUSR2, SIGPIPE, SIGXFSZ}) std::signal(number, SIG_IGN);
}

std::optional<int> reopen_signal() { return SIGHUP; }

}  // namespace cticonnector::app
