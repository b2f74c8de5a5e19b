#pragma once
// Times as texts, in UTC, as log, admin pages and captures show them.

#include <chrono>
#include <string>

namespace cticonnector {

/// "2026-01-31T12:00:00.123456Z", with so many digits of the second's fraction (3 or 6).
std::string utc_text(std::chrono::sys_time<std::chrono::microseconds>, int digits);

}  // namespace cticonnector
