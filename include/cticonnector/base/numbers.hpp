#pragma once
// Numbers that are never used twice in one process: one source for all who choose ids.

#include <cstdint>

namespace cticonnector {

class Numbers {
  public:
    /// From 1 on; a later one is greater.
    std::uint64_t next() { return ++last_; }

  private:
    std::uint64_t last_ = 0;
};

}  // namespace cticonnector
