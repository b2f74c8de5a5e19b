#pragma once
// The log in plain sentences: who was offered what, who got it, and why not; who is ready, and who made him
// so. For the demo, `cticonnectord tell` and /explain?text=1.

#include <optional>
#include <string>

#include "log_line.hpp"

namespace cticonnector::app::tell {

/// Nothing for a line that is no part of the story.
std::optional<std::string> sentence(const LogLine&);

}  // namespace cticonnector::app::tell
