#pragma once
// Announcements of routed calls that are on their way to an agent: at most one per agent, ended by the call
// itself or by an abort that names only the router's key of the call (R-DEC-17).
// Neither walks over the others.

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "cticonnector/engine/types.hpp"

namespace cticonnector::routing {

/// RouterCallKeyDay and RouterCallKeyCallID: of a pre-call and of its call.
using RouterKey = std::pair<std::uint32_t, std::uint32_t>;

class PreCalls {
  public:
    void add(const engine::AgentId& agent, const std::optional<RouterKey>& key) {
        forget(agent);
        by_agent_.emplace(agent, key);
        if (key) by_key_[*key].insert(agent);
    }
    /// Whether a call with this key may be the one that was announced: then it is, and the announcement has
    /// done its work.
    bool take(const engine::AgentId& agent, const std::optional<RouterKey>& key) {
        const auto found = by_agent_.find(agent);
        if (found == by_agent_.end() || (found->second && key && found->second != key)) return false;
        forget(agent);
        return true;
    }
    void abort(const RouterKey& key) {
        const auto announced = by_key_.extract(key);
        if (!announced) return;
        for (const engine::AgentId& agent : announced.mapped()) by_agent_.erase(agent);
    }
    void clear() {
        by_agent_.clear();
        by_key_.clear();
    }

  private:
    struct KeyHash {
        std::size_t operator()(const RouterKey& key) const noexcept {
            return std::hash<std::uint64_t>{}(std::uint64_t{key.first} << 32 | key.second);
        }
    };

    void forget(const engine::AgentId& agent) {
        const auto found = by_agent_.find(agent);
        if (found == by_agent_.end()) return;
        if (const auto key = found->second) {
            const auto announced = by_key_.find(*key);
            announced->second.erase(agent);
            if (announced->second.empty()) by_key_.erase(announced);
        }
        by_agent_.erase(found);
    }

    std::unordered_map<engine::AgentId, std::optional<RouterKey>, engine::AgentIdHash> by_agent_;
    std::unordered_map<RouterKey, std::set<engine::AgentId>, KeyHash> by_key_;
};

}  // namespace cticonnector::routing
