#pragma once
// The one place by which what the engine wants leaves for the shells (R-CLU-78). While it is closed it keeps
// what comes, in its order: the engine and its deadlines go on. On one machine nothing closes it yet.

#include <chrono>
#include <cstddef>
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

    /// Keeps at most `bound` actions.
    Gate(std::size_t bound, Send send) : bound_(bound), send_(std::move(send)) {}

    /// False: it is full. What it kept is gone, and it lets nothing through any more: what the shells know
    /// and what the engine knows have parted, so the engine has to be told Abandon.
    bool pass(const engine::Action&, Cause);
    void close() { closed_ = true; }
    /// What was kept goes first.
    void open();

    std::size_t kept() const { return kept_.size(); }

  private:
    struct Kept {
        engine::Action action;
        Cause cause;
    };
    std::size_t bound_;
    Send send_;
    std::deque<Kept> kept_;
    bool closed_ = false;
    bool lost_ = false;
};

}  // namespace cticonnector::app
