#include "config_rules.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "config_keys.hpp"

namespace cticonnector::app {
namespace {

using engine::Channel;

class Rules {
  public:
    Rules(Config& config, const std::string& file, const LineOf& line_of, std::vector<Finding>& findings)
        : config_(config), file_(file), line_of_(line_of), findings_(findings) {}

    void apply() {
        default_above_ceiling(Channel::action, "AppActionRoutingDefaultSession");
        default_above_ceiling(Channel::chat, "AppChatDefaultSession");
        direct_call_check_with_several_items();
        too_many_defaults();
        default_total();
        small_offset();
        interrupt_answer();
        credentials_of_events();
        code_page();
        open_to_all();
        credentials_of_requests();
    }

  private:
    void default_above_ceiling(Channel channel, std::string_view key) {
        const int ceiling = config_.engine.max_sessions[channel].value;
        if (config_.engine.default_sessions[channel].value <= ceiling) return;
        report(Level::error, "CONFIG", key, "above its ceiling of " + std::to_string(ceiling), "R-DEC-13",
               std::to_string(ceiling));
    }

    void direct_call_check_with_several_items() {
        const auto& engine = config_.engine;
        const auto several = [](const engine::Limit& limit) { return limit.value > 1; };
        if (!engine.check_media_by_direct_call) return;
        if (!std::ranges::any_of(engine.max_sessions.values, several) &&
            !std::ranges::any_of(engine.default_sessions.values, several)) {
            return;
        }
        report(Level::error, "CONFIG", "CtiCheckMediaByDirectCall",
               "must be 0 when an agent may have several action items or chats", "R-DEC-13", "0");
    }

    /// The text is published and stays as it is.
    void too_many_defaults() {
        auto& defaults = config_.engine.default_sessions;
        int sum = 0;
        for (const Channel channel : engine::channels) sum += defaults[channel].value;
        const int ceiling = config_.engine.item_max.value;
        if (sum <= ceiling) return;
        report(
            Level::error, "CONFIG", "AppItemMaxSession",
            "Used default session values are greater than AppItemMaxSession = " + std::to_string(ceiling) +
                " -> set AppPhoneDefaultSession=1, AppActionRoutingDefaultSession=1, AppChatDefaultSession=1",
            "R-ALLOC-3", std::to_string(std::min(sum, config_.engine.crm.session_limit)));
        for (const Channel channel : engine::channels) defaults[channel] = engine::Limit{1};
    }

    /// Voice and chat each take a buffer session besides (allocation.md section 1).
    void default_total() {
        const auto& engine = config_.engine;
        int total = 2;
        for (const Channel channel : engine::channels) total += engine.default_sessions[channel].value;
        if (total <= engine.item_max.value) return;
        const int legal = std::min(total, engine.crm.session_limit);
        report(Level::warning, "CONFIG", "AppItemMaxSession",
               "the default sessions need " + std::to_string(total) +
                   " with their buffers: a login without a media field is refused",
               "R-DEC-13", std::to_string(legal));
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

    void interrupt_answer() {
        const auto& routing = config_.routing;
        if (routing.interruptible_mrds.empty() || routing.interrupt_answer == routing::InterruptAnswer::none)
            return;
        report(Level::error, "MRI", "ACCEPT_AGENT_INTERRUPT_ADVISORY_EVENT",
               "must be 0 when InterruptibleMRDs is set", "R-DEC-13", "0");
    }

    /// What nobody but the operator can know (R-DEC-67).
    void open_to_all() {
        const auto& crm = config_.crm;
        if (!crm.listen_address.is_loopback() && crm.allowed_peers.empty()) {
            report(Level::warning, "ICI", "AllowedPeers",
                   "whoever reaches " + crm.listen_address.to_string() +
                       " may act as any agent: name the hosts of the CRM",
                   "R-DEC-67", {});
        }
        if (crm.allowed_event_hosts.empty()) {
            report(Level::warning, "ICI", "AllowedEventHosts",
                   "events go wherever a subscriber points: name the hosts of the CRM", "R-DEC-67", {});
        }
        const auto& routing = config_.routing;
        const bool listens = routing.application_path != 0;
        if (listens && !routing.mr_address.is_loopback() && routing.mr_peers.empty()) {
            report(Level::warning, "MRI", "AllowedPeers",
                   "whoever reaches " + routing.mr_address.to_string() +
                       " may take and give the items' work: name the hosts of the PIM",
                   "R-DEC-67", {});
        }
    }

    void credentials_of_requests() {
        const auto& crm = config_.crm;
        if (crm.request_user.empty() == crm.request_password.empty()) return;
        report(Level::error, "ICI", crm.request_user.empty() ? "RequestUser" : "RequestPassword",
               "is empty though the other is set: requests are asked for an empty one", "R-DEC-67", {});
    }

    void code_page() {
        auto& routing = config_.routing;
        if (!available(routing.code_page)) {
            report(Level::error, "CTI", "CodePage",
                   "this system's iconv does not have it, the default is used", "R-DEC-70",
                   std::string{cticonnector::name(routing::Settings{}.code_page)});
            routing.code_page = routing::Settings{}.code_page;
        }
        if (!held_by_code_page("CTI", "ClientID", routing.client_id, "nothing is sent"))
            routing.client_id = {};
        if (!held_by_code_page("CTI", "ClientPassword", routing.client_password.reveal(), "nothing is sent"))
            routing.client_password = {};
        held_by_code_page("CONFIG", "AgentDefaultPassword", config_.engine.default_password.reveal(),
                          "agents who type none are refused");
    }

    /// What would be sent in its place is no credential.
    bool held_by_code_page(std::string_view section, std::string_view key, std::string_view text,
                           const std::string& consequence) {
        constexpr std::size_t longest = 64;  // AgentPassword and ClientPassword, GED-188 section 4
        const Encoding page = config_.routing.code_page;
        const std::string in_page = "CodePage " + std::string{cticonnector::name(page)};
        const auto encoded = encode(text, page);
        if (encoded && encoded->size() <= longest) return true;
        report(Level::error, section, key,
               (encoded ? "has " + std::to_string(encoded->size()) + " bytes in " + in_page + ", " +
                              std::to_string(longest) + " is the most, "
                        : "has a character that " + in_page + " does not have, ") +
                   consequence,
               "R-DEC-70", {});
        return false;
    }

    void credentials_of_events() {
        const auto& crm = config_.crm;
        if (crm.event_user.empty() || !crm.allowed_event_hosts.empty()) return;
        report(Level::error, "ICI", "EventUser",
               "is sent to nobody while AllowedEventHosts is empty: a subscriber could name the host that "
               "gets it with its password",
               "R-DEC-67", {});
    }

    void report(Level level, std::string_view section, std::string_view name, std::string text,
                std::string rule, std::string nearest) {
        const Key& key = *find_key(section, name);
        findings_.push_back({.level = level,
                             .file = file_,
                             .line = line_of_(section, name),
                             .section = std::string{section},
                             .key = std::string{name},
                             .value = key.show(config_, key.rule),
                             .text = std::move(text),
                             .rule = std::move(rule),
                             .nearest = std::move(nearest)});
    }

    Config& config_;
    const std::string& file_;
    const LineOf& line_of_;
    std::vector<Finding>& findings_;
};

}  // namespace

void apply_rules(Config& config, const std::string& file, const LineOf& line_of,
                 std::vector<Finding>& findings) {
    Rules{config, file, line_of, findings}.apply();
}

}  // namespace cticonnector::app
