#pragma once
// The closed lists of ICI (ici.md section 6, 11; R-DEC-34): codes as enumerators, without their spelling. Ids
// and English texts stand in names.hpp; codes.hpp looks them up.

#include <cstdint>

#include "cticonnector/base/described.hpp"

namespace cticonnector::ici {

enum class Service : std::uint8_t {
    system,
    user,
    item,
    phone_call,
    message,
    chat,
    action,
    container,
    monitor,
    event,
};
BOOST_DESCRIBE_ENUM(Service, system, user, item, phone_call, message, chat, action, container, monitor, event)

/// Custom not-ready reasons are work modes too, from first_custom_workmode up;
/// their texts come from language files.
enum class Workmode : std::uint8_t { logged_off, ready, not_ready, wrap_up };
inline constexpr int first_custom_workmode = 1000;

enum class Channel : std::uint8_t { phone, email, chat, action_item };
enum class ProcessingStatus : std::uint8_t { alerting, accepted, wrap_up, ended, rerouted, transferred };
enum class CallStatus : std::uint8_t {
    alerting,
    connected,
    held,
    dialing,
    conference,
    ended,
    failed,
    wrap_up
};
enum class ChatStatus : std::uint8_t { alerting, active, ended, wrap_up };
enum class ActionStatus : std::uint8_t { alerting, active, ended };
enum class UserStatus : std::uint8_t { logged_off, ready, not_ready, reserved, busy, wrap_up };
enum class PresenceStatus : std::uint8_t { available, busy, logged_off };
enum class PresenceOption : std::uint8_t { call, blind_transfer, warm_transfer };
enum class Direction : std::uint8_t { in, out };
enum class ParticipantType : std::uint8_t { agent, customer, queue };

/// A reason that is none of these is kept and passed on as it is.
enum class RerouteReason : std::uint8_t { http_sessions_reached, agent_sessions_reached, refused_by_agent };

enum class EndReason : std::uint8_t {
    shutting_down,
    contact_center_lost,
    logged_off_in_contact_center,
    replaced_by_new_logon,
    sap_session_lost,
};

enum class ErrorId : std::uint8_t {
    not_subscribed,
    logon_failed,
    already_logged_on,
    invalid_workcenter,
    invalid_workmode,
    unknown_item,
    invalid_state,
    invalid_destination,
    not_supported,
    unavailable,
    unknown_appid,
    internal,
};

}  // namespace cticonnector::ici
