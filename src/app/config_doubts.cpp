#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config_forms.hpp"
#include "config_keys.hpp"
#include "config_rules.hpp"

namespace cticonnector::app {
namespace {

/// Legal values of a key, from and to included, that are hardly meant.
struct Doubt {
    std::string_view section, name;
    std::int64_t from, to;
    std::string_view why;
    std::string_view rule = "R-DEC-13";
    std::string_view nearest = {};  ///< empty: the default
};

constexpr std::string_view no_time_to_answer = "an agent has hardly time to answer";

constexpr std::array table_of_doubts{
    Doubt{"CONFIG", "AppHttpSessionBudget", 1, 1,
          "the communication session takes it: every offer is refused with A0", "R-DEC-13", "2"},
    Doubt{"CONFIG", "AgentShadowLogin", 1, 1, "is as 0, no shadow login; 2 = an agent may ask for one",
          "R-DEC-8"},
    Doubt{"CONFIG", "RouteTryCount", 0, 0,
          "an item is parked at its first REJECT, RESTART or ROUTE_ERROR, until an operator sends it again",
          "R-DEC-25"},
    Doubt{"CONFIG", "RouteRonaTryCount", 0, 0,
          "an item is parked at the first offer that nobody answers, until an operator sends it again",
          "R-DEC-25"},
    Doubt{"CONFIG", "MediaMailRonaTimeout", 1, 4, no_time_to_answer, "R-DEC-30"},
    Doubt{"CONFIG", "MediaChatRonaTimeout", 1, 4, no_time_to_answer, "R-DEC-30"},
    Doubt{"CTI", "LostGraceSeconds", 0, 0,
          "every loss of the link, however short, logs all agents off in the CRM", "R-DEC-34"},
    Doubt{"ICI", "SubscriptionLostGraceSeconds", 0, 0,
          "an event that the CRM does not take logs the agent off at once", "R-DEC-34"},
    Doubt{"CTI", "HeartbeatIntervalSeconds", 61, 600,
          "a dead link is noticed after three to four times as long", "R-DEC-63"},
};

class Doubts : RulesOfFile {
  public:
    using RulesOfFile::RulesOfFile;

    void tell() {
        for (const Doubt& doubt : table_of_doubts) consider(doubt);
        for (const Key& key : keys()) seconds_of_milliseconds(key);
        small_offset();
        work_mode_for_reason("CtiRequiredNotReadyReasonCodeDefaultValue",
                             config_.engine.required_not_ready_reason);
        work_mode_for_reason("AppRejectNotReadyReason", config_.engine.reject_not_ready_reason);
        mapped_hosts();
    }

  private:
    void consider(const Doubt& doubt) {
        const Key& key = *find_key(doubt.section, doubt.name);
        const auto value = number_of(key);
        if (!value || *value < doubt.from || *value > doubt.to) return;
        report(Level::warning, key.section, key.name, std::string{doubt.why}, std::string{doubt.rule},
               doubt.nearest.empty() ? key.show(Config{}, key.rule) : std::string{doubt.nearest});
    }

    void seconds_of_milliseconds(const Key& key) {
        if (key.rule.unit.empty()) return;
        const auto value = number_of(key);
        if (!value || !means_seconds(*value, key.rule)) return;
        report(Level::warning, key.section, key.name, "are milliseconds, of which so few are hardly meant",
               "R-DEC-13", std::to_string(*value * 1'000));
    }

    /// Where the file gives one.
    std::optional<std::int64_t> number_of(const Key& key) const {
        if (config_.given.line(key.section, key.name) == 0) return {};
        return whole_number(key.show(config_, key.rule));
    }

    /// Reasons that come out among the CRM's own work modes are shown as plain not ready.
    void small_offset() {
        if (config_.engine.not_ready_offset >= engine::last_standard_workmode) return;
        report(Level::warning, "CONFIG", "TpiNotReadyReasonCodeOffset",
               "not-ready reasons up to " +
                   std::to_string(engine::last_standard_workmode - config_.engine.not_ready_offset) +
                   " are shown as plain not ready: work modes of reasons are above " +
                   std::to_string(engine::last_standard_workmode),
               "R-STATE-2", std::to_string(engine::Settings{}.not_ready_offset));
    }

    void mapped_hosts() {
        const auto& hosts = config_.crm.allowed_event_hosts;
        if (std::ranges::count(hosts, std::string{}) == std::ssize(hosts)) return;  // anybody, or nobody
        std::string missing;
        for (const crm::UrlRewrite& rewrite : config_.crm.event_url_map) {
            const std::string from = crm::host_not_in(hosts, rewrite.from);
            if (!from.empty()) missing += (missing.empty() ? "" : " and ") + from;
        }
        if (missing.empty()) return;
        report(Level::warning, "ICI", "AllowedEventHosts",
               "does not name " + missing +
                   ", which EventUrlMap leads elsewhere: an appUrl is held against the list as it comes, so "
                   "there is no log-on with this one",
               "R-DEC-58", {});
    }

    void work_mode_for_reason(std::string_view key, int given) {
        const auto reason = engine::reason_of(given, config_.engine);
        if (!reason || *reason == 0 || *reason == given || *reason > engine::last_standard_workmode) return;
        report(Level::warning, "CONFIG", key,
               "is a work mode: the reason is " + std::to_string(*reason) +
                   ", the work mode less TpiNotReadyReasonCodeOffset (" +
                   std::to_string(config_.engine.not_ready_offset) + ")",
               "R-STATE-2", std::to_string(*reason));
    }
};

}  // namespace

void tell_doubts(Config& config, const std::string& file, std::vector<Finding>& findings) {
    Doubts{config, file, findings}.tell();
}

}  // namespace cticonnector::app
