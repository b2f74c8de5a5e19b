#include "gate.hpp"

namespace cticonnector::app {

bool Gate::pass(const engine::Action& action, Cause cause) {
    if (lost_) return true;
    if (!closed_) {
        send_(action, cause);
        return true;
    }
    if (kept_.size() < bound_) {
        kept_.push_back({action, cause});
        return true;
    }
    kept_.clear();
    lost_ = true;
    return false;
}

void Gate::open() {
    closed_ = false;
    for (const Kept& kept : std::exchange(kept_, {})) send_(kept.action, kept.cause);
}

}  // namespace cticonnector::app
