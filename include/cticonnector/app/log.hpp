#pragma once
// The log: one line per event, "UTC-time level event=NAME key=value ...", names and levels of
// observability.md. Lines wait in a bounded queue for a thread that writes them; when it is full the oldest
// goes and is counted, so that a slow disk delays nobody (architecture.md). Any thread may log. A line whose
// level is off costs a comparison.

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <variant>
#include <vector>

#include "cticonnector/app/config.hpp"
#include "cticonnector/base/id.hpp"
#include "cticonnector/base/secret.hpp"

namespace cticonnector::app {

struct EventName {
    std::string_view name;
    Level level;
    Level also;  ///< a second level some of its lines have; otherwise the same
};

/// The events of observability.md: other people's scripts read these names.
inline constexpr std::array event_names{
    EventName{"service.started", Level::info, Level::info},
    EventName{"service.stopping", Level::info, Level::info},
    EventName{"ici.listening", Level::info, Level::info},
    EventName{"cti.link_up", Level::info, Level::info},
    EventName{"cti.link_down", Level::info, Level::info},
    EventName{"mr.link_up", Level::info, Level::info},
    EventName{"mr.link_down", Level::info, Level::info},
    EventName{"agent.login", Level::info, Level::info},
    EventName{"agent.login_refused", Level::info, Level::info},
    EventName{"agent.logout", Level::info, Level::info},
    EventName{"agent.state", Level::info, Level::info},
    EventName{"item.offered", Level::info, Level::info},
    EventName{"item.refused", Level::info, Level::info},
    EventName{"item.accepted", Level::info, Level::info},
    EventName{"item.rerouted", Level::info, Level::info},
    EventName{"item.ended", Level::info, Level::info},
    EventName{"item.parked", Level::info, Level::info},
    EventName{"item.invisible", Level::info, Level::info},
    EventName{"config.finding", Level::warning, Level::error},
    EventName{"crm.delivery_failed", Level::warning, Level::warning},
    EventName{"cc.request_failed", Level::warning, Level::warning},
    EventName{"cc.unexpected", Level::warning, Level::warning},
    EventName{"item.unknown_reason", Level::warning, Level::warning},
    EventName{"invariant.broken", Level::error, Level::error},
    EventName{"crm.subscription_lost", Level::error, Level::error},
    EventName{"cti.open_refused", Level::error, Level::error},
    EventName{"ici.request", Level::debug, Level::trace},
    EventName{"ici.event", Level::debug, Level::trace},
    EventName{"cti.message", Level::debug, Level::trace},
    EventName{"mr.message", Level::debug, Level::trace},
};

/// A name of the table with one of its levels; anything else does not compile.
class Event {
  public:
    consteval Event(const char* name)
        : name_(name), level_(row(name).level) {}  // implicit: log.event("item.offered", ...)
    consteval Event(const char* name, Level level) : name_(name), level_(level) {
        if (level != row(name).level && level != row(name).also) throw "this event has no such level";
    }

    std::string_view name() const { return name_; }
    Level level() const { return level_; }

  private:
    static consteval EventName row(std::string_view name) {
        for (const EventName& event : event_names) {
            if (event.name == name) return event;
        }
        throw "no such event in observability.md";
    }

    std::string_view name_;
    Level level_;
};

/// key=value. The value is looked at, not copied: it must live until the call returns.
class LogField {
  public:
    LogField(std::string_view key, std::string_view value) : key_(key), value_(value) {}
    LogField(std::string_view key, const char* value) : key_(key), value_(std::string_view{value}) {}
    LogField(std::string_view key, const std::string& value) : key_(key), value_(std::string_view{value}) {}
    LogField(std::string_view key, const Secret&) : key_(key), value_(Secret::shown) {}
    LogField(std::string_view key, bool value) : key_(key), value_(std::int64_t{value}) {}
    LogField(std::string_view key, std::signed_integral auto value)
        : key_(key), value_(std::int64_t{value}) {}
    LogField(std::string_view key, std::unsigned_integral auto value)
        : key_(key), value_(std::uint64_t{value}) {}
    template <class Tag, class Rep>
    LogField(std::string_view key, const Id<Tag, Rep>& id) : LogField(key, id.value) {}

    void append_to(std::string& line) const;

  private:
    std::string_view key_;
    std::variant<std::string_view, std::int64_t, std::uint64_t> value_;
};

class Log {
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
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// log.event("item.offered", {{"agent", id}, {"sessions", 3}});
    /// log.event({"cti.message", Level::trace}, {{"fields", text}});
    void event(Event event, std::initializer_list<LogField> fields = {});

    /// For the caller that would have to prepare a value.
    bool writes(Level level) const { return level >= level_; }
    /// Lines lost to a full queue since the start.
    std::uint64_t dropped() const;

  private:
    struct Writer;
    Level level_;
    Clock clock_;
    std::unique_ptr<Writer> writer_;
};

/// One config.finding line each.
void log_findings(Log&, const std::vector<Finding>&);

}  // namespace cticonnector::app
