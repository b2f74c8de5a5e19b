#include "reconnect.hpp"

#include <algorithm>

namespace cticonnector::routing {

ReconnectSchedule::ReconnectSchedule(std::array<bool, 2> sides, std::uint64_t seed)
    : sides_(sides), random_(seed), first_(sides[0] ? 0 : 1) {}

void ReconnectSchedule::restart(std::size_t first) {
    first_ = sides_[first] ? first : 1 - first;
    round_ = 0;
    tried_ = 0;
}

ReconnectSchedule::Attempt ReconnectSchedule::next() {
    const std::size_t in_round = sides_[0] && sides_[1] ? 2 : 1;
    if (tried_ == in_round) {
        tried_ = 0;
        ++round_;
    }
    Attempt attempt;
    if (tried_ == 0 && round_ > 0) {
        const auto pause = pauses[std::min(round_, pauses.size()) - 1];
        std::uniform_int_distribution<std::int64_t> percent(80, 120);
        attempt.pause = pause * percent(random_) / 100;
    }
    attempt.side = tried_ == 0 ? first_ : 1 - first_;
    ++tried_;
    return attempt;
}

}  // namespace cticonnector::routing
