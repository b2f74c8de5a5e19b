// R-ALLOC-3, R-DEC-13: how many items at once an agent may have.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "config_rules.hpp"

namespace cticonnector::app {
namespace {

using engine::Channel;

class SessionRules : RulesOfFile {
  public:
    using RulesOfFile::RulesOfFile;

    void apply() {
        direct_call_check_with_several_items();
        default_above_ceiling(Channel::action, "AppActionRoutingDefaultSession");
        default_above_ceiling(Channel::chat, "AppChatDefaultSession");
        too_many_defaults();
        one_for_those_above_their_ceiling();
        default_total();
    }

  private:
    void default_above_ceiling(Channel channel, std::string_view key) {
        const int ceiling = config_.crm.profile.max_sessions[channel].value;
        if (!is_above_ceiling(channel)) return;
        const std::string fits = std::to_string(fitting(channel));
        const std::string less =
            fitting(channel) == ceiling
                ? ""
                : ", and AppItemMaxSession=" + std::to_string(config_.crm.profile.item_max.value) +
                      " leaves " + fits + " beside the other defaults and the buffers";
        report(Level::error, "CONFIG", key,
               "above its ceiling of " + std::to_string(ceiling) + less + ", 1 is used", "R-DEC-13", fits);
    }

    /// What the default may be beside the other one and the phone's, their buffers included: the smaller of
    /// the two stays as far as it can.
    int fitting(Channel channel) const {
        const engine::CrmProfile& profile = config_.crm.profile;
        const auto wanted = [&](Channel one) {
            return std::min(profile.default_sessions[one].value, profile.max_sessions[one].value);
        };
        const int mine = wanted(channel);
        const int other = wanted(channel == Channel::action ? Channel::chat : Channel::action);
        const int room = std::max(profile.item_max.value, least_total) - buffers - 1;
        const bool smaller = mine < other || (mine == other && channel == Channel::action);
        return std::min(mine, room - (smaller ? 1 : std::min(other, room - 1)));
    }

    bool is_above_ceiling(Channel channel) const {
        const engine::CrmProfile& profile = config_.crm.profile;
        return profile.default_sessions[channel].value > profile.max_sessions[channel].value;
    }

    /// One above its own ceiling is told already.
    bool is_to_lower(Channel channel) const {
        return config_.crm.profile.default_sessions[channel].value > fitting(channel) &&
               !is_above_ceiling(channel);
    }

    void default_to_lower(Channel channel, std::string_view key) {
        if (!is_to_lower(channel)) return;
        report(Level::error, "CONFIG", key,
               "is more than AppItemMaxSession leaves beside the other defaults and the buffers, 1 is used",
               "R-ALLOC-3", std::to_string(fitting(channel)));
    }

    void direct_call_check_with_several_items() {
        const engine::CrmProfile& profile = config_.crm.profile;
        const auto several = [](const engine::Limit& limit) { return limit.value > 1; };
        if (!profile.check_media_by_direct_call) return;
        if (!std::ranges::any_of(profile.max_sessions.values, several) &&
            !std::ranges::any_of(profile.default_sessions.values, several)) {
            return;
        }
        report(Level::error, "CONFIG", "CtiCheckMediaByDirectCall",
               "must be 0 when an agent may have several action items or chats", "R-DEC-13", "0");
    }

    /// The text is published and stays as it is.
    void too_many_defaults() {
        auto& defaults = config_.crm.profile.default_sessions;
        int sum = 0;
        for (const Channel channel : engine::channels) sum += defaults[channel].value;
        const int ceiling = config_.crm.profile.item_max.value;
        constexpr int least = std::size(engine::channels);
        if (sum <= ceiling ||
            (ceiling >= least && !is_to_lower(Channel::action) && !is_to_lower(Channel::chat)))
            return;
        report(
            Level::error, "CONFIG", "AppItemMaxSession",
            "Used default session values are greater than AppItemMaxSession = " + std::to_string(ceiling) +
                " -> set AppPhoneDefaultSession=1, AppActionRoutingDefaultSession=1, AppChatDefaultSession=1",
            "R-ALLOC-3", ceiling < least_total ? std::to_string(least_total) : std::string{});
        default_to_lower(Channel::action, "AppActionRoutingDefaultSession");
        default_to_lower(Channel::chat, "AppChatDefaultSession");
        for (const Channel channel : engine::channels) defaults[channel] = engine::Limit{1};
    }

    void one_for_those_above_their_ceiling() {
        for (const Channel channel : engine::channels) {
            if (is_above_ceiling(channel)) config_.crm.profile.default_sessions[channel] = engine::Limit{1};
        }
    }

    /// Voice and chat each take a buffer session besides (allocation.md section 1).
    static constexpr int buffers = 2;
    static constexpr int least_total = buffers + static_cast<int>(std::size(engine::channels));

    void default_total() {
        const engine::CrmProfile& profile = config_.crm.profile;
        int total = buffers;
        for (const Channel channel : engine::channels) total += profile.default_sessions[channel].value;
        if (total <= profile.item_max.value) return;
        const int most = profile.session_limit;
        report(Level::warning, "CONFIG", "AppItemMaxSession",
               "the default sessions need " + std::to_string(total) +
                   " with their buffers: a login without a media field is refused" +
                   (total > most ? "; as " + std::to_string(most) + " is the most, lower a default" : ""),
               "R-DEC-13", total > most ? "" : std::to_string(total));
    }
};

}  // namespace

void apply_session_rules(Config& config, const std::string& file, std::vector<Finding>& findings) {
    SessionRules{config, file, findings}.apply();
}

}  // namespace cticonnector::app
