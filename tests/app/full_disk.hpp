#pragma once
#include <sys/resource.h>

#include <csignal>
#include <cstdint>

namespace cticonnector::app::testing {

/// While it lives, no file of this process grows beyond the size.
class FullDisk {
  public:
    explicit FullDisk(std::uint64_t size) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit full = before_;
        full.rlim_cur = size;
        setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_DFL);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    rlimit before_{};
};

}  // namespace cticonnector::app::testing
