#pragma once
// The one place by which what the engine wants leaves for the shells (R-CLU-78). While it is closed it keeps
// what comes, in its order: the engine and its deadlines go on. What shells say by themselves does not come
// by here: heartbeats, answers of the protocols, further tries of an event. On one machine nothing closes it
// yet.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <utility>

#include "cticonnector/engine/actions.hpp"

namespace cticonnector::app {

class Gate {
  public:
    using Cause = std::optional<std::chrono::steady_clock::time_point>;
    using Send = std::function<void(const engine::Action&, Cause)>;
    /// What was sent since the last time is written together.
    using Flush = std::function<void()>;

    /// Keeps at most `bound` actions.
    Gate(std::size_t bound, Send send, Flush flush)
        : bound_(bound), send_(std::move(send)), flush_(std::move(flush)) {}

    /// False: it is full. What it kept is gone, and it lets nothing through any more: what the shells know
    /// and what the engine knows have parted, so the engine has to be told Abandon, and the process to end.
    bool pass(const engine::Action&, Cause);
    void flush() { flush_(); }
    void close() { state_ = state_ == State::open ? State::closed : state_; }
    /// What was kept goes first, and is flushed. One that is lost stays so.
    void open();

    std::size_t kept() const { return kept_.size(); }

  private:
    enum class State : std::uint8_t {
        open,
        closed,
        lost  ///< was full
    };
    struct Kept {
        engine::Action action;
        Cause cause;
    };
    std::size_t bound_;
    Send send_;
    Flush flush_;
    std::deque<Kept> kept_;
    State state_ = State::open;
};

}  // namespace cticonnector::app
