#include "cticonnector/app/log.hpp"

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <future>
#include <initializer_list>
#include <string>
#include <utility>
#include <variant>

#include "cticonnector/base/described.hpp"
#include "cticonnector/base/text.hpp"
#include "log_file.hpp"

namespace cticonnector::app {
namespace {

struct LevelRow {
    Level level;
    spdlog::level::level_enum theirs;
};
constexpr std::array level_rows{
    LevelRow{Level::trace, spdlog::level::trace}, LevelRow{Level::debug, spdlog::level::debug},
    LevelRow{Level::info, spdlog::level::info}, LevelRow{Level::warning, spdlog::level::warn},
    LevelRow{Level::error, spdlog::level::err}};
static_assert(one_row_each(level_rows, &LevelRow::level));
spdlog::level::level_enum spdlog_level(Level level) {
    return level_rows[static_cast<std::size_t>(level)].theirs;
}

std::unique_ptr<spdlog::formatter> line_formatter(std::string end_of_line) {
    return std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%fZ %l %v", spdlog::pattern_time_type::utc, std::move(end_of_line));
}

bool needs_quotes(std::string_view value) {
    return value.empty() || value.find_first_of(" \"=") != std::string_view::npos || !is_visible(value);
}

void append_text(std::string& line, std::string_view value) {
    if (!needs_quotes(value)) {
        line += value;
        return;
    }
    line += '"';
    for (std::size_t at = 0; at < value.size();) {
        if (value[at] == '"' || value[at] == '\\') line += '\\';
        at += append_visible(line, value, at);
    }
    line += '"';
}

void append_field(std::string& line, const LogField& field) {
    const auto* text = std::get_if<std::string_view>(&field.value());
    if (text != nullptr && text->empty()) return;
    line += ' ';
    line += field.key();
    line += '=';
    std::visit(
        [&line](auto value) {
            if constexpr (std::is_integral_v<decltype(value)>) {
                line += std::to_string(value);
            } else {
                append_text(line, value);
            }
        },
        field.value());
}

std::string text_of(LogEvent event, std::span<const LogField> fields) {
    std::string line = "event=";
    line += event.name();
    for (const LogField& field : fields) append_field(line, field);
    return line;
}

/// No line has this level; what has it comes behind the last line.
constexpr auto last_of_all = spdlog::level::critical;

/// What the writing thread does with a line, and what other threads may ask about it.
class LineSink : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
  public:
    std::uint64_t lost() const { return lost_; }
    void reopen_soon() { reopen_wanted_ = true; }
    std::future<void> finished() { return finished_.get_future(); }

  protected:
    /// False: the line is lost.
    virtual bool write(std::string_view line) = 0;
    virtual void reopen() {}
    /// A line that does not go through the queue: it is about writing.
    void write_own(LogEvent event, std::initializer_list<LogField> fields) {
        const std::string text = text_of(event, fields);
        format_and_write({spdlog::string_view_t{}, spdlog_level(event.level()), text});
    }

  private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        if (reopen_wanted_.exchange(false)) reopen();
        if (message.level == last_of_all) return finished_.set_value();
        if (message.payload.size() > 0) format_and_write(message);  // else it came for that alone
    }
    void format_and_write(const spdlog::details::log_msg& message) {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        if (!write({line.data(), line.size()})) ++lost_;
    }
    void flush_() override {}  // nothing is buffered

    std::atomic<std::uint64_t> lost_ = 0;
    std::atomic<bool> reopen_wanted_ = false;
    std::promise<void> finished_;
};

class CollectSink final : public LineSink {
  public:
    explicit CollectSink(Log::Collect collect) : collect_(std::move(collect)) {
        set_formatter(line_formatter(""));
    }

  private:
    bool write(std::string_view line) override {
        collect_(line);
        return true;
    }

    Log::Collect collect_;
};

class StandardErrorSink final : public LineSink {
  public:
    StandardErrorSink() { set_formatter(line_formatter("\n")); }

  private:
    bool write(std::string_view line) override { return write_all(stderr, line) == line.size(); }
};

class FileSink final : public LineSink {
  public:
    FileSink(const std::filesystem::path& file, const LogSettings& settings)
        : file_(file, settings.file_size, settings.max_backup_index, [this](const std::string& text) {
              write_own({"config.finding", Level::error},
                        {{"section", "LOGGER"}, {"key", "Path"}, {"text", text}});
          }) {
        set_formatter(line_formatter("\n"));
    }

  private:
    bool write(std::string_view line) override { return file_.write(line); }
    void reopen() override { file_.reopen(); }

    LogFile file_;
};

std::shared_ptr<LineSink> settings_sink(const std::filesystem::path& file, const LogSettings& settings) {
    if (file.empty()) return std::make_shared<StandardErrorSink>();
    return std::make_shared<FileSink>(file, settings);
}

}  // namespace

/// The logger holds only a weak reference to the pool, which joins its thread after the last waiting line.
struct Log::Writer {
    std::shared_ptr<LineSink> sink;
    std::shared_ptr<spdlog::details::thread_pool> pool;
    std::shared_ptr<spdlog::logger> logger;

    Writer(std::shared_ptr<LineSink> to, std::size_t limit) : sink(std::move(to)) {
        const std::string name = "cticonnector";
        if (limit == 0) {
            logger = std::make_shared<spdlog::logger>(name, sink);
        } else {
            pool = std::make_shared<spdlog::details::thread_pool>(limit, 1);
            logger = std::make_shared<spdlog::async_logger>(name, sink, pool,
                                                            spdlog::async_overflow_policy::overrun_oldest);
        }
        logger->set_level(spdlog::level::trace);  // Log has compared levels already
    }
};

Log::Log(const LogSettings& settings)
    : level_(settings.level),
      clock_(std::chrono::system_clock::now),
      file_(log_file(settings.path)),
      writer_(std::make_unique<Writer>(settings_sink(file_, settings), queue_limit)) {}

Log::Log(Level level, Collect collect, Clock clock)
    : level_(level),
      clock_(std::move(clock)),
      writer_(std::make_unique<Writer>(std::make_shared<CollectSink>(std::move(collect)), 0)) {}

Log::Log(Level level, Collect collect, std::size_t limit)
    : level_(level),
      clock_(std::chrono::system_clock::now),
      writer_(std::make_unique<Writer>(std::make_shared<CollectSink>(std::move(collect)), limit)) {}

Log::~Log() = default;

void Log::write(LogEvent event, std::span<const LogField> fields) {
    if (!writes(event.level())) return;
    writer_->logger->log(clock_(), spdlog::source_loc{}, spdlog_level(event.level()), text_of(event, fields));
}

std::uint64_t Log::dropped() const {
    return writer_->sink->lost() + (writer_->pool ? writer_->pool->overrun_counter() : 0);
}

void Log::reopen() {
    writer_->sink->reopen_soon();
    writer_->logger->log(spdlog::level::info, "");  // wakes the writing thread
}

bool Log::finish(std::chrono::milliseconds limit) {
    const std::future<void> finished = writer_->sink->finished();
    writer_->logger->log(last_of_all, "");
    return finished.wait_for(limit) == std::future_status::ready;
}

void log_findings(Logger& log, const std::vector<Finding>& findings) {
    // of their own: clang 14 breaks at constants made within ?:
    constexpr LogEvent error{"config.finding", Level::error};
    constexpr LogEvent warning{"config.finding"};
    for (const Finding& finding : findings) {
        const std::string line = finding.line > 0 ? std::to_string(finding.line) : std::string{};
        log.event(finding.level == Level::error ? error : warning, {{"file", finding.file},
                                                                    {"line", line},
                                                                    {"section", finding.section},
                                                                    {"key", finding.key},
                                                                    {"value", finding.value},
                                                                    {"text", finding.text},
                                                                    {"rule", finding.rule},
                                                                    {"nearest", finding.nearest}});
    }
}

}  // namespace cticonnector::app
