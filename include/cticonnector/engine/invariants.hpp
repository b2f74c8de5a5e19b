#pragma once
// What must always hold (allocation.md section 6), for one agent's record. Cheap enough for every event.

#include <optional>

#include "cticonnector/engine/agent.hpp"

namespace cticonnector::engine {

/// The first rule that the record breaks; nothing when all hold.
std::optional<Phrase> broken_invariant(const Agent&, const Settings&);

}  // namespace cticonnector::engine
