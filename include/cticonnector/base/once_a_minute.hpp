#pragma once
// For lines of the log that would come again and again, or that a peer could cause at will: the first of its
// kind is let through, the next of that kind a minute later. It keeps so many kinds at most; a new one beyond
// them has to wait.

#include <chrono>
#include <concepts>
#include <cstddef>
#include <deque>
#include <set>
#include <utility>
#include <variant>

namespace cticonnector {

/// Without a kind all lines are of one.
template <class Kind = std::monostate>
class OnceAMinute {
  public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::size_t most_kinds = 1000;

    bool operator()(const Kind& kind, Time now) {
        while (!order_.empty() && now - order_.front().first >= std::chrono::minutes{1}) {
            seen_.erase(order_.front().second);
            order_.pop_front();
        }
        if (seen_.size() >= most_kinds || !seen_.insert(kind).second) return false;
        order_.emplace_back(now, kind);
        return true;
    }
    bool operator()(Time now) requires std::same_as<Kind, std::monostate> { return (*this)(Kind{}, now); }

  private:
    std::set<Kind> seen_;
    std::deque<std::pair<Time, Kind>> order_;
};

}  // namespace cticonnector
