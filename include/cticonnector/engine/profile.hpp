#pragma once
// All that differs between CRMs, as data of the agent's subscription (allocation.md section 1): agents of two
// kinds stand side by side in one engine, and nothing asks which kind it is.

#include <cstdint>
#include <memory>
#include <string>

#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

/// Where a number came from: built in, the ini file, the agent's login string, the CRM's profile.
enum class Source : std::uint8_t { built_in, ini, login, crm_profile };
BOOST_DESCRIBE_ENUM(Source, built_in, ini, login, crm_profile)
constexpr auto own_words(Source) {
    return std::array{Word{Source::built_in, "default"}, Word{Source::crm_profile, "crm"}};
}

struct Limit {
    int value = 0;
    Source source = Source::built_in;
    bool operator==(const Limit&) const = default;
};
BOOST_DESCRIBE_STRUCT(Limit, (), (value, source))

/// AgentLoginType: which fields the work center string carries (R-LOGIN-2).
enum class LoginType : std::uint8_t { agent_id = 0, password = 1, device = 2, agent_name = 5 };
BOOST_DESCRIBE_ENUM(LoginType, agent_id, password, device, agent_name)

/// What becomes of a call when every session is taken.
enum class OnFull : std::uint8_t {
    refuse,           ///< A1: it rings on, invisible
    show_in_default,  ///< it has the default session, which is always there
};
BOOST_DESCRIBE_ENUM(OnFull, refuse, show_in_default)

/// Where an item is shown, and whether its session counts.
enum class Placement : std::uint8_t {
    own,              ///< a session of its own: "new"
    default_session,  ///< beside all others: counts in neither check 7 nor invariant 2
};
BOOST_DESCRIBE_ENUM(Placement, own, default_session)
constexpr auto own_words(Placement) {
    return std::array{Word{Placement::own, "new"}, Word{Placement::default_session, "default"}};
}

/// The defaults are SAP's.
struct CrmProfile {
    // the login
    LoginType login_type = LoginType::agent_id;
    int shadow_login = 0;  ///< AgentShadowLogin: 2 = an agent may ask for it with SL

    // sessions
    int session_limit = 6;  ///< the CRM's own
    Limit item_max{5};      ///< ceiling of all items: AppItemMaxSession
    std::string item_max_key = "AppItemMaxSession";
    PerChannel<int> range{{1, 6, 5}};  ///< largest legal limit of each channel (R-ALLOC-1)
    PerChannel<Limit> max_sessions{{Limit{1}, Limit{1}, Limit{1}}};
    PerChannel<std::string> max_sessions_keys{{"", "AppActionRoutingMaxSession", "AppChatMaxSession"}};
    PerChannel<Limit> default_sessions{{Limit{1}, Limit{1}, Limit{1}}};  ///< without a media field
    PerChannel<int> buffers{{1, 0, 1}};
    OnFull calls_when_full = OnFull::refuse;
    Limit http_budget{0};                     ///< AppHttpSessionBudget, 0 = not limited
    Duration hidden_session_memory{300'000};  ///< AppHiddenSessionMemory, 0 = off (R-ALLOC-9)
    /// CtiCheckMediaByDirectCall: a direct call takes no session while the agent has an active item.
    bool check_media_by_direct_call = true;

    bool operator==(const CrmProfile&) const = default;
    /// Sessions beside the limit of a channel that the agent is in.
    int buffer(Channel channel, int limit) const { return limit > 0 ? buffers[channel] : 0; }
    int buffer(Channel channel, const Limit& limit) const { return buffer(channel, limit.value); }
    /// Sessions that a combination needs, buffers included.
    int total(const PerChannel<int>& limits) const;
    bool legal(const PerChannel<int>& limits) const;
    /// The ceiling of check 7. Its default is there because of voice and chat: with action items only, the
    /// CRM's own limit counts unless the key is set (R-DEC-64).
    Limit item_maximum(bool only_actions) const {
        const Limit of_crm{session_limit, Source::crm_profile};
        if (only_actions && item_max.source == Source::built_in) return of_crm;
        return item_max.value <= of_crm.value ? item_max : of_crm;
    }
};
BOOST_DESCRIBE_STRUCT(CrmProfile, (),
                      (login_type, shadow_login, session_limit, item_max, item_max_key, range, max_sessions,
                       max_sessions_keys, default_sessions, buffers, calls_when_full, http_budget,
                       hidden_session_memory, check_media_by_direct_call))
/// A subscription's, never null.
using ProfilePtr = std::shared_ptr<const CrmProfile>;

}  // namespace cticonnector::engine
