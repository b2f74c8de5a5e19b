#pragma once
// Deadlines of the model as values: what is to be done later stands here until somebody says what time it
// is. The model's clock, too: now() is the time of the input that is being handled.

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace cticonnector::sim::cc {

using Time = std::chrono::steady_clock::time_point;

class Timers {
  public:
    using Key = std::pair<Time, std::uint64_t>;
    using TimerId = std::optional<Key>;

    Time now() const { return now_; }
    void set_now(Time now) { now_ = now; }

    TimerId after(std::chrono::milliseconds wait, std::function<void()> action) {
        const Key key{now_ + wait, ++last_};
        entries_.emplace(key, std::move(action));
        return key;
    }
    void cancel(TimerId& timer) {
        if (timer) entries_.erase(*timer);
        timer.reset();
    }

    std::optional<Time> next() const {
        if (entries_.empty()) return std::nullopt;
        return entries_.begin()->first.first;
    }
    // Runs the first action that is due; false when there is none.
    bool run_one() {
        if (entries_.empty() || entries_.begin()->first.first > now_) return false;
        const auto action = std::move(entries_.begin()->second);
        entries_.erase(entries_.begin());
        action();
        return true;
    }

  private:
    Time now_{};
    std::uint64_t last_ = 0;
    std::map<Key, std::function<void()>> entries_;
};

}  // namespace cticonnector::sim::cc
