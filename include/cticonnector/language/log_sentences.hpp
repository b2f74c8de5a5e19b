#pragma once
// The log in plain sentences: who was offered what, who got it, and why not; who is ready, and who made them
// so. For the demo, `cticonnectord tell` and /explain?text=1.

#include <cstdint>
#include <optional>
#include <string>

#include "cticonnector/language/log_line.hpp"

namespace cticonnector::language {

/// Of the times inside a sentence: that of the time in front of it.
enum class Zone : std::uint8_t { utc, local };

/// Nothing for a line that is no part of the story. Local times are not for threads (base/utc.hpp).
std::optional<std::string> sentence(const LogLine&, Zone = Zone::utc);

}  // namespace cticonnector::language
