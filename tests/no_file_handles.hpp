#pragma once
// While it lives, this process cannot open a file or socket; those it has go on working.

#include <sys/resource.h>

namespace cticonnector::testing {

class NoFileHandles {
  public:
    NoFileHandles() {
        getrlimit(RLIMIT_NOFILE, &before_);
        rlimit none = before_;
        none.rlim_cur = 0;
        setrlimit(RLIMIT_NOFILE, &none);
    }
    ~NoFileHandles() { setrlimit(RLIMIT_NOFILE, &before_); }
    NoFileHandles(const NoFileHandles&) = delete;
    NoFileHandles& operator=(const NoFileHandles&) = delete;

  private:
    rlimit before_{};
};

}  // namespace cticonnector::testing
