#pragma once
// Waits for what another thread or program does to the files of a directory.

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <functional>

namespace cticonnector::app::testing {

/// Looks again whenever a file there was made, written or renamed, for at most this long.
inline bool until(const std::filesystem::path& directory, const std::function<bool()>& condition,
                  std::chrono::milliseconds limit = std::chrono::seconds{20}) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + limit;
    pollfd changes{inotify_init1(IN_CLOEXEC | IN_NONBLOCK), POLLIN, 0};
    // before the first look, so that nothing comes in between
    EXPECT_GE(inotify_add_watch(changes.fd, directory.c_str(), IN_CREATE | IN_MODIFY | IN_MOVE), 0);
    const auto left = [&] {
        const auto time = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        return static_cast<int>(std::max<std::int64_t>(time, 0));
    };
    bool is = condition();
    while (!is && poll(&changes, 1, left()) == 1) {
        std::array<char, 4096> seen;
        while (read(changes.fd, seen.data(), seen.size()) > 0) {
        }
        is = condition();
    }
    close(changes.fd);
    return is;
}

}  // namespace cticonnector::app::testing
