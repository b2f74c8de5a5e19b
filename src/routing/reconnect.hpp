#pragma once
// Which side is tried next, and when (R-DEC-41): a preferred side at once, then the other, then both again
// after growing pauses of +-20 %. Pure; the randomness comes from the seed.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>

namespace cticonnector::routing {

class ReconnectSchedule {
  public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::array pauses{std::chrono::milliseconds{500},   std::chrono::milliseconds{1'000},
                                       std::chrono::milliseconds{2'000}, std::chrono::milliseconds{4'000},
                                       std::chrono::milliseconds{8'000}, std::chrono::milliseconds{12'000}};

    /// At least one side exists.
    ReconnectSchedule(std::array<bool, 2> sides, std::uint64_t seed);

    struct Attempt {
        std::size_t side = 0;
        std::chrono::milliseconds pause{0};
    };
    /// `first` is tried at once, then the other.
    void restart(std::size_t first);
    Attempt next();

  private:
    std::array<bool, 2> sides_;
    std::mt19937_64 random_;
    std::size_t first_ = 0;
    std::size_t round_ = 0;  ///< 0: no pause before it
    std::size_t tried_ = 0;  ///< sides of this round
};

}  // namespace cticonnector::routing
