#include "gate.hpp"

namespace cticonnector::app {

bool Gate::pass(const engine::Action& action, Cause cause) {
    if (state_ == State::lost) return true;
    if (state_ == State::open) {
        send_(action, cause);
        return true;
    }
    if (kept_.size() < bound_) {
        kept_.push_back({action, cause});
        return true;
    }
    kept_.clear();
    state_ = State::lost;
    return false;
}

void Gate::open() {
    if (state_ != State::closed) return;
    state_ = State::open;
    for (const Kept& kept : std::exchange(kept_, {})) send_(kept.action, kept.cause);
    flush_();
}

}  // namespace cticonnector::app
