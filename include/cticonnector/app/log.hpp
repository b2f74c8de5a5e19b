#pragma once
// The log: one line per event, "UTC-time level event=NAME key=value ...", names and levels of
// observability.md. Lines wait in a bounded queue for a thread that writes them; when it is full the oldest
// goes and is counted, so that a slow disk delays nobody (docs/architecture.md). Whatever its level, a line
// is in the file as soon as it was written, nothing buffers it (R-DEC-75). Any thread may log. A line whose
// level is off costs a comparison.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "cticonnector/app/config.hpp"
#include "cticonnector/base/log.hpp"

namespace cticonnector::app {

class Log final : public Logger {
  public:
    using Collect = std::function<void(std::string_view line)>;
    using Clock = std::function<std::chrono::system_clock::time_point()>;

    static constexpr std::size_t queue_limit = 8192;

    /// Writes to the rotating file of the settings, or to standard error. Throws std::runtime_error when the
    /// file cannot be opened. The destructor writes what waits.
    explicit Log(const LogSettings&);
    /// Hands each line to `collect` before event() returns.
    Log(Level, Collect collect, Clock clock = std::chrono::system_clock::now);
    /// Hands each line to `collect` from the writing thread, by way of a queue of `limit` lines.
    Log(Level, Collect collect, std::size_t limit);
    ~Log() override;
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void write(LogEvent, std::span<const LogField>) override;
    bool writes(Level level) const override { return level >= level_; }
    /// Lines lost since the start: to a full queue, or because they could not be written (R-DEC-75).
    std::uint64_t dropped() const;
    /// Where lines are written; empty: not to a file.
    const std::filesystem::path& file() const { return file_; }
    /// Opens the file anew, by its name (R-DEC-73). Returns at once; what goes wrong is a line of the log.
    void reopen();
    /// The last call: waits until the lines told so far are written. False when they are not after `limit`;
    /// the destructor then waits on, as long as whoever takes them does not.
    bool finish(std::chrono::milliseconds limit);

  private:
    struct Writer;
    Level level_;
    Clock clock_;
    std::filesystem::path file_;
    std::unique_ptr<Writer> writer_;
};

/// One config.finding line each.
void log_findings(Logger&, const std::vector<Finding>&);

}  // namespace cticonnector::app
