#pragma once
// The engine counts on the steady clock; people read the wall clock, in UTC.

#include <chrono>
#include <string>

#include "cticonnector/engine/types.hpp"

namespace cticonnector::app {

std::chrono::system_clock::time_point wall_time(engine::Time);
/// "2026-01-31T12:00:00.123Z"
std::string utc_text(std::chrono::system_clock::time_point);
/// A time as the log has it, as "2026-01-31 13:00:00.123" of here; as it stands if it is none. Not for
/// threads: std::localtime.
std::string local_text(const std::string& utc);

}  // namespace cticonnector::app
