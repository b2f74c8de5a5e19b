#pragma once
// What the engine is told at start: the keys of config-keys.md that decide about agents and items, whatever
// their CRM, with their defaults. What differs between CRMs stands in the profile of a subscription. A reload
// will replace the whole value between two events.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "cticonnector/base/secret.hpp"
#include "cticonnector/engine/profile.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

/// Work modes up to this one are the CRM's own; those above are the customer's not-ready reasons.
inline constexpr int last_standard_workmode = 999;
inline constexpr int plain_not_ready = 3;

inline constexpr int largest_reason = 65'535;  ///< a not-ready reason has two bytes

struct Settings {
    std::uint32_t peripheral = 5000;  ///< [CTI] PeripheralID
    LinkId link;                      ///< to the contact center of the agents here, one per engine (R-CLU-73)
    LinkId router;                    ///< to the router of the items here

    // login
    Secret default_password;     ///< AgentDefaultPassword
    bool media = false;          ///< ApplicationPathID is set: action items and chats are possible (R-DEC-7)
    bool partial_media = false;  ///< AppLoginPartialMedia: go on with fewer media instead of rolling back

    // offers and reroutes
    int reject_not_ready_reason = 0;       ///< AppRejectNotReadyReason
    bool auto_ready_after_reject = false;  ///< AppAutoReadyAfterReject

    // states and reasons
    int not_ready_offset = 1000;        ///< TpiNotReadyReasonCodeOffset
    int required_not_ready_reason = 0;  ///< CtiRequiredNotReadyReasonCodeDefaultValue (R-STATE-3)
    int logout_reason = 0;              ///< CtiLogoutReasonCode
    bool make_call_while_ready = true;  ///< CtiAllowMakeCallWhileReady

    // wrap-up
    bool each_chat_wraps_up = false;  ///< AppChatMsWrapup (R-ALLOC-14)
    Duration chat_wrapup{60'000};     ///< [MRI] WRAPUP_TIMEOUT
    Duration phone_wrapup{0};         ///< AppPhoneWrapupSeconds, 0 = only the contact center's timer
    bool resend_wrapup_after_set_state = false;  ///< TpiReSendWrapupReqAfterSetState (R-WRAP-4)

    // items
    int rona_tries = 10;                 ///< RouteRonaTryCount
    int reject_tries = 10;               ///< RouteTryCount
    Duration route_error_wait{60'000};   ///< RouteWaitToRerouteTimeout
    Duration route_error_wait_range{0};  ///< RouteRandomRerouteTimeoutRange
    Duration reject_delay{1'000};        ///< RouteRejectDelayMs
    int requests_per_second = 8;         ///< RouteMaxRequestsPerSecond, 0 = no limit
    PerChannel<Duration> no_answer{
        {Duration{0}, Duration{25'000}, Duration{25'000}}};  ///< -, MediaMail-, MediaChatRonaTimeout
    bool rona_not_ready = true;                              ///< MediaRonaNotReady

    // waits
    Duration request_timeout{15'000};  ///< [CTI] RequestTimeoutSeconds (R-DEC-35)
    Duration link_grace{120'000};      ///< [CTI] LostGraceSeconds
    Duration crm_grace{30'000};        ///< [ICI] SubscriptionLostGraceSeconds

    /// Agents, and items, for which one turn does what concerns all of them, and whose deadlines it serves.
    /// No key: so few that a request does not wait for them, so many that all are soon done.
    int records_per_turn = 256;
};

/// The work modes that not-ready reasons have (R-STATE-2), first and last.
struct Workmodes {
    std::int64_t first, last;
};
constexpr Workmodes workmodes_of_reasons(const Settings& settings) {
    return {std::max(last_standard_workmode + 1, settings.not_ready_offset),
            std::int64_t{settings.not_ready_offset} + largest_reason};
}

/// The reason that a work mode asks for; nothing for one that asks for none.
constexpr std::optional<int> reason_of(std::int64_t workmode, const Settings& settings) {
    if (workmode == plain_not_ready) return 0;
    const auto [first, last] = workmodes_of_reasons(settings);
    if (workmode < first || workmode > last) return std::nullopt;
    return static_cast<int>(workmode - settings.not_ready_offset);
}

}  // namespace cticonnector::engine
