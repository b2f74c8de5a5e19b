#include "cticonnector/app/log.hpp"

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace cticonnector::app {
namespace {

constexpr spdlog::level::level_enum spdlog_level(Level level) {
    constexpr std::array levels{spdlog::level::trace, spdlog::level::debug, spdlog::level::info,
                                spdlog::level::warn, spdlog::level::err};
    return levels[static_cast<std::size_t>(level)];
}

std::unique_ptr<spdlog::formatter> line_formatter(std::string end_of_line) {
    return std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%fZ %l %v", spdlog::pattern_time_type::utc, std::move(end_of_line));
}

class CollectSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
  public:
    explicit CollectSink(Log::Collect collect) : collect_(std::move(collect)) {}

  private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        collect_({line.data(), line.size()});
    }
    void flush_() override {}

    Log::Collect collect_;
};

std::shared_ptr<spdlog::sinks::sink> collect_sink(Log::Collect collect) {
    auto sink = std::make_shared<CollectSink>(std::move(collect));
    sink->set_formatter(line_formatter(""));
    return sink;
}

/// Path names a file, or a directory that exists or ends in a separator.
std::filesystem::path log_file(std::filesystem::path path) {
    std::error_code unknown;
    if (!path.has_filename() || std::filesystem::is_directory(path, unknown)) path /= "cticonnector.log";
    return path;
}

std::shared_ptr<spdlog::sinks::sink> settings_sink(const LogSettings& settings) {
    std::shared_ptr<spdlog::sinks::sink> sink;
    if (settings.path.empty()) {
        sink = std::make_shared<spdlog::sinks::stderr_sink_st>();
    } else {
        const std::string file = log_file(settings.path).string();
        try {
            sink = std::make_shared<spdlog::sinks::rotating_file_sink_st>(
                file, static_cast<std::size_t>(settings.file_size), settings.max_backup_index);
        } catch (const spdlog::spdlog_ex& error) {
            throw std::runtime_error("the log file cannot be opened: " + std::string{error.what()});
        }
    }
    sink->set_formatter(line_formatter("\n"));
    return sink;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool needs_quotes(std::string_view value) {
    return value.empty() || std::ranges::any_of(value, [](char c) {
               return c == ' ' || c == '"' || c == '=' || is_control(c);
           });
}

void append_escaped(std::string& line, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    constexpr std::array<std::pair<char, char>, 5> short_forms{
        {{'\n', 'n'}, {'\r', 'r'}, {'\t', 't'}, {'"', '"'}, {'\\', '\\'}}};
    const auto found = std::ranges::find(short_forms, c, &std::pair<char, char>::first);
    if (found != short_forms.end()) {
        line += {'\\', found->second};
    } else if (is_control(c)) {
        const auto byte = static_cast<unsigned char>(c);
        line += {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
    } else {
        line += c;
    }
}

void append_text(std::string& line, std::string_view value) {
    if (!needs_quotes(value)) {
        line += value;
        return;
    }
    line += '"';
    for (const char c : value) append_escaped(line, c);
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

}  // namespace

/// The logger holds only a weak reference to the pool, which joins its thread after the last waiting line.
struct Log::Writer {
    std::shared_ptr<spdlog::details::thread_pool> pool;
    std::shared_ptr<spdlog::logger> logger;

    Writer(std::shared_ptr<spdlog::sinks::sink> sink, std::size_t limit) {
        const std::string name = "cticonnector";
        if (limit == 0) {
            logger = std::make_shared<spdlog::logger>(name, std::move(sink));
        } else {
            pool = std::make_shared<spdlog::details::thread_pool>(limit, 1);
            logger = std::make_shared<spdlog::async_logger>(name, std::move(sink), pool,
                                                            spdlog::async_overflow_policy::overrun_oldest);
        }
        logger->set_level(spdlog::level::trace);  // Log has compared levels already
        logger->flush_on(spdlog::level::info);
    }
};

Log::Log(const LogSettings& settings)
    : level_(settings.level),
      clock_(std::chrono::system_clock::now),
      writer_(std::make_unique<Writer>(settings_sink(settings), queue_limit)) {}

Log::Log(Level level, Collect collect, Clock clock)
    : level_(level),
      clock_(std::move(clock)),
      writer_(std::make_unique<Writer>(collect_sink(std::move(collect)), 0)) {}

Log::Log(Level level, Collect collect, std::size_t limit)
    : level_(level),
      clock_(std::chrono::system_clock::now),
      writer_(std::make_unique<Writer>(collect_sink(std::move(collect)), limit)) {}

Log::~Log() = default;

void Log::write(LogEvent event, std::span<const LogField> fields) {
    if (!writes(event.level())) return;
    std::string line = "event=";
    line += event.name();
    for (const LogField& field : fields) append_field(line, field);
    writer_->logger->log(clock_(), spdlog::source_loc{}, spdlog_level(event.level()), line);
}

std::uint64_t Log::dropped() const { return writer_->pool ? writer_->pool->overrun_counter() : 0; }

void log_findings(Logger& log, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        const LogEvent event = finding.level == Level::error ? LogEvent{"config.finding", Level::error}
                                                             : LogEvent{"config.finding"};
        log.event(event, {{"file", finding.file},
                          {"line", finding.line},
                          {"section", finding.section},
                          {"key", finding.key},
                          {"value", finding.value},
                          {"text", finding.text},
                          {"rule", finding.rule},
                          {"nearest", finding.nearest}});
    }
}

}  // namespace cticonnector::app
