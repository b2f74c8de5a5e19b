#pragma once
// An engine that went out as JSON and came back (R-CLU-83).

#include "cticonnector/engine/engine.hpp"

namespace cticonnector::engine::testing {

/// But for secrets, which come back empty.
Engine restored(const Engine&);
/// All that it knows, as text.
std::string whole_text(const Engine&);

}  // namespace cticonnector::engine::testing
