#pragma once
// The log in plain sentences: who was offered what, who got it, and why not; who is ready, and who made them
// so. For the demo, `cticonnectord tell` and /explain?text=1.

#include <cstdint>
#include <optional>
#include <string>

#include "log_line.hpp"

namespace cticonnector::app::tell {

/// Of the times inside a sentence: that of the time in front of it.
enum class Zone : std::uint8_t { utc, local };

/// Nothing for a line that is no part of the story. Local times are not for threads (wall_time.hpp).
std::optional<std::string> sentence(const LogLine&, Zone = Zone::utc);

}  // namespace cticonnector::app::tell
