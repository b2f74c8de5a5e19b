#include "peers.hpp"

#include <algorithm>

namespace cticonnector::crm {

bool Peers::is_to_be_told(const std::string& peer, Time now) {
    if (const auto known = std::ranges::find(known_, peer); known != known_.end()) {
        std::rotate(known, known + 1, known_.end());
        return false;
    }
    if (known_.size() == most) {
        if (!further_) further_.emplace();
        if (!(*further_)(peer, now)) return false;
        known_.erase(known_.begin());
    }
    known_.push_back(peer);
    return true;
}

}  // namespace cticonnector::crm
