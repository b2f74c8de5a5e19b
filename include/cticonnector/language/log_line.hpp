#pragma once
// A line of the log, taken apart again (docs/operate.md): the other way round of what the log writes.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cticonnector::language {

struct LogLine {
    std::string time;   ///< as it stands there, UTC: "2026-01-31T12:00:00.123456Z"
    std::string level;  ///< empty for a line that was never written
    std::string event;
    std::vector<std::pair<std::string, std::string>> fields;

    /// Empty when the line does not have it.
    std::string_view operator[](std::string_view key) const;
};

/// Nothing for what is no line of the log: a part of one, another program's. What syslog or journalctl write
/// in front of one is passed over.
std::optional<LogLine> read_line(std::string_view);

}  // namespace cticonnector::language
