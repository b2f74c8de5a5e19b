#pragma once
// What every layer above the pure ones logs through: one line per event, "UTC-time level event=NAME key=value
// ...", with the names and levels that the documentation promises (docs/operate.md). The logger is handed in;
// app has the one that writes files, tests collect lines.

#include <array>
#include <boost/describe/enum.hpp>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "cticonnector/base/described.hpp"
#include "cticonnector/base/id.hpp"
#include "cticonnector/base/secret.hpp"

namespace cticonnector {

enum class Level : std::uint8_t { trace, debug, info, warning, error };
BOOST_DESCRIBE_ENUM(Level, trace, debug, info, warning, error)

struct EventName {
    std::string_view name;
    Level level;
    Level also;  ///< a second level some of its lines have; otherwise the same
};

/// Other people's scripts read these names.
inline constexpr std::array event_names{
    EventName{"service.started", Level::info, Level::info},
    EventName{"service.stopping", Level::info, Level::info},
    EventName{"ici.listening", Level::info, Level::info},
    EventName{"cti.link_up", Level::info, Level::info},
    EventName{"cti.link_down", Level::warning, Level::warning},
    EventName{"mr.link_up", Level::info, Level::info},
    EventName{"mr.link_down", Level::warning, Level::warning},
    EventName{"agent.login", Level::info, Level::info},
    EventName{"agent.login_refused", Level::warning, Level::warning},
    EventName{"agent.logout", Level::info, Level::info},
    EventName{"agent.peer_changed", Level::info, Level::info},
    EventName{"agent.state", Level::info, Level::info},
    EventName{"crm.delivery_restored", Level::info, Level::info},
    EventName{"item.added", Level::info, Level::info},
    EventName{"item.requested", Level::info, Level::info},
    EventName{"item.label", Level::info, Level::info},
    EventName{"item.waiting", Level::info, Level::info},
    EventName{"item.offered", Level::info, Level::info},
    EventName{"item.dialled", Level::info, Level::info},
    EventName{"item.adopted", Level::info, Level::info},
    EventName{"item.refused", Level::info, Level::info},
    EventName{"item.accepted", Level::info, Level::info},
    EventName{"item.rerouted", Level::info, Level::info},
    EventName{"item.ended", Level::info, Level::info},
    EventName{"item.parked", Level::warning, Level::warning},
    EventName{"item.invisible", Level::info, Level::info},
    EventName{"operator.act", Level::info, Level::warning},
    EventName{"config.finding", Level::warning, Level::error},
    EventName{"crm.delivery_failed", Level::warning, Level::warning},
    EventName{"language.missing", Level::warning, Level::warning},
    EventName{"peer.refused", Level::warning, Level::warning},
    EventName{"ici.unauthorized", Level::warning, Level::warning},
    EventName{"cc.request_failed", Level::warning, Level::warning},
    EventName{"cc.unexpected", Level::warning, Level::warning},
    EventName{"item.unknown_reason", Level::warning, Level::warning},
    EventName{"invariant.broken", Level::error, Level::error},
    EventName{"crm.subscription_lost", Level::error, Level::error},
    EventName{"cti.open_refused", Level::error, Level::info},
    EventName{"ici.request", Level::debug, Level::trace},
    EventName{"ici.event", Level::debug, Level::trace},
    EventName{"cti.message", Level::debug, Level::trace},
    EventName{"mr.message", Level::debug, Level::trace},
};

/// A name of the table with one of its levels; anything else does not compile.
class LogEvent {
  public:
    consteval LogEvent(const char* name)
        : name_(name), level_(row(name).level) {}  // implicit: event("item.offered", ...)
    consteval LogEvent(const char* name, Level level) : name_(name), level_(level) {
        if (level != row(name).level && level != row(name).also) throw "this event has no such level";
    }

    constexpr std::string_view name() const { return name_; }
    constexpr Level level() const { return level_; }

  private:
    static consteval EventName row(std::string_view name) {
        for (const EventName& event : event_names) {
            if (event.name == name) return event;
        }
        throw "no such event in the table";
    }

    std::string_view name_;
    Level level_;
};

/// key=value. The value is looked at, not copied: it must live until the call returns.
/// An empty text is not written.
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

    std::string_view key() const { return key_; }
    const std::variant<std::string_view, std::int64_t, std::uint64_t>& value() const { return value_; }

  private:
    std::string_view key_;
    std::variant<std::string_view, std::int64_t, std::uint64_t> value_;
};

/// log.event("item.offered", {{"agent", id}, {"sessions", 3}});
/// log.event({"cti.message", Level::trace}, {{"fields", text}});
class Logger {
  public:
    virtual ~Logger() = default;

    void event(LogEvent event, std::initializer_list<LogField> fields = {}) {
        if (writes(event.level())) write(event, {fields.begin(), fields.size()});
    }
    /// For fields that are gathered one by one; ask writes() first.
    virtual void write(LogEvent, std::span<const LogField>) = 0;
    virtual bool writes(Level) const = 0;
};

}  // namespace cticonnector
