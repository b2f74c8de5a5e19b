#pragma once
// Times as texts, in UTC, as log, admin pages and captures show them, and of here, as people do.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cticonnector {

/// "2026-01-31T12:00:00.123456Z", with so many digits of the second's fraction (3 or 6).
std::string utc_text(std::chrono::sys_time<std::chrono::microseconds>, int digits);

/// "2026-01-31T12:00:00.123Z"
std::string utc_text(std::chrono::system_clock::time_point);
/// Any time of four digits of a year fits in, other than in system_clock's own.
using LogTime = std::chrono::sys_time<std::chrono::microseconds>;

/// "2026-01-31T12:00:00.123456Z": what utc_text writes, with any part of a second or without. Nothing for
/// another text.
std::optional<LogTime> read_utc(std::string_view);

// Of here, and not for threads: std::localtime, std::mktime.

/// "2026-01-31 13:00:00.123" for a time as the log has it; the text as it stands if it is none.
std::string local_text(const std::string& utc);
/// What local_text writes, with any part of a second or without; "17:25" and "17:25:02" are of the day of
/// `now`. Nothing for another text.
std::optional<LogTime> read_local(std::string_view, LogTime now);

}  // namespace cticonnector
