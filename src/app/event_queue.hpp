#pragma once
// What has happened and is not decided yet, in order of arrival. Between two rounds the loop reads sockets
// again; above `most_waiting` events a round goes on until they are fewer, so nothing more is read meanwhile
// and the peers' sockets fill: the queue holds no more than that
// and what one pass over the ready sockets brings.

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "cticonnector/engine/events.hpp"

namespace cticonnector::app {

class EventQueue {
  public:
    struct Happened {
        engine::Event event;
        /// When the message it came from was read.
        std::optional<std::chrono::steady_clock::time_point> cause;
    };
    static constexpr std::size_t round = 256;
    static constexpr std::size_t most_waiting = 10'000;

    void push(Happened happened) { waiting_.push_back(std::move(happened)); }
    bool empty() const { return waiting_.empty(); }
    void start_round() { taken_ = 0; }
    /// The next event of this round; nothing when the round is over.
    std::optional<Happened> take() {
        if (waiting_.empty() || (taken_ >= round && waiting_.size() <= most_waiting)) return std::nullopt;
        ++taken_;
        Happened next = std::move(waiting_.front());
        waiting_.pop_front();
        return next;
    }

  private:
    std::deque<Happened> waiting_;
    std::size_t taken_ = 0;
};

}  // namespace cticonnector::app
