// Names of the engine's words, as log, explanations and admin answers show them.

#include "cticonnector/base/text.hpp"
#include "cticonnector/engine/actions.hpp"
#include "cticonnector/engine/agent.hpp"
#include "cticonnector/engine/events.hpp"
#include "cticonnector/engine/items.hpp"
#include "cticonnector/engine/offer.hpp"
#include "cticonnector/engine/types.hpp"
#include "cticonnector/engine/work_center.hpp"

namespace cticonnector::engine {

namespace {

template <class E, std::size_t N>
constexpr std::string_view pick(const std::array<std::string_view, N>& names, E value) {
    return names[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name(Channel v) {
    static constexpr std::array<std::string_view, 3> names{"voice", "action", "chat"};
    return pick(names, v);
}
std::string_view name(Front v) {
    static constexpr std::array<std::string_view, 4> names{"sap", "desk", "chat", "operator"};
    return pick(names, v);
}
std::string_view name(Origin v) {
    static constexpr std::array<std::string_view, 3> names{"crm", "cc", "connector"};
    return pick(names, v);
}
std::string_view name(Why v) {
    static constexpr std::array<std::string_view, 13> names{
        "asked",    "login",    "supervisor", "A0",        "A1",          "no_reason", "RONA",
        "crm_gone", "crm_back", "link_lost",  "link_back", "logout_wish", "after_call"};
    return pick(names, v);
}
std::string_view name(Source v) {
    static constexpr std::array<std::string_view, 4> names{"default", "ini", "login", "crm"};
    return pick(names, v);
}
std::string_view name(Placement v) {
    static constexpr std::array<std::string_view, 2> names{"new", "default"};
    return pick(names, v);
}
std::string_view name(Check v) {
    static constexpr std::array<std::string_view, check_count> names{
        "logged_in", "crm_alive",     "not_held",     "no_voice_active",
        "visible",   "channel_limit", "item_maximum", "http_budget"};
    return pick(names, v);
}
std::string_view name(Verdict v) {
    static constexpr std::array<std::string_view, 4> names{"admit", "hidden", "duplicate", "refuse"};
    return pick(names, v);
}
std::string_view name(Refusal v) {
    static constexpr std::array<std::string_view, 7> names{
        "", "not_logged_in", "crm_gone", "voice_active", "A1", "A0", "not_ready_on_its_way"};
    return pick(names, v);
}
std::string_view name(Part v) {
    static constexpr std::array<std::string_view, 2> names{"regular", "buffer"};
    return pick(names, v);
}
std::string_view name(LoginError v) {
    static constexpr std::array<std::string_view, 6> names{"malformed",
                                                           "action_count_above_maximum",
                                                           "chat_count_above_maximum",
                                                           "total_above_item_maximum",
                                                           "illegal_combination",
                                                           "media_not_served"};
    return pick(names, v);
}
std::string_view name(Failure v) {
    static constexpr std::array<std::string_view, 12> names{"none",
                                                            "unknown_agent",
                                                            "wrong_password",
                                                            "invalid_device",
                                                            "already_logged_on",
                                                            "already_in_medium",
                                                            "task_on_its_way",
                                                            "task_unknown",
                                                            "invalid_destination",
                                                            "no_link",
                                                            "unsent",
                                                            "other"};
    return pick(names, v);
}
std::string_view name(MediumState v) {
    static constexpr std::array<std::string_view, 9> names{"logged_out", "not_ready",      "ready",
                                                           "reserved",   "active",         "paused",
                                                           "work_ready", "work_not_ready", "interrupted"};
    return pick(names, v);
}
std::string_view name(Fault v) {
    static constexpr std::array<std::string_view, 12> names{"none",
                                                            "NOT_SUBSCRIBED",
                                                            "LOGON_FAILED",
                                                            "ALREADY_LOGGED_ON",
                                                            "INVALID_WORKCENTER",
                                                            "INVALID_WORKMODE",
                                                            "UNKNOWN_ITEM",
                                                            "INVALID_STATE",
                                                            "INVALID_DESTINATION",
                                                            "NOT_SUPPORTED",
                                                            "UNAVAILABLE",
                                                            "INTERNAL"};
    return pick(names, v);
}
std::string_view name(UserStatus v) {
    static constexpr std::array<std::string_view, 6> names{"logged_off", "ready", "not_ready",
                                                           "reserved",   "busy",  "wrapup"};
    return pick(names, v);
}
std::string_view name(Processing v) {
    static constexpr std::array<std::string_view, 7> names{"",      "alerting", "accepted",   "wrapup",
                                                           "ended", "rerouted", "transferred"};
    return pick(names, v);
}
std::string_view name(EndReason v) {
    static constexpr std::array<std::string_view, 6> names{
        "",         "shutting_down",   "contact_center_lost", "logged_off_in_contact_center",
        "replaced", "crm_session_lost"};
    return pick(names, v);
}
std::string_view name(WaitReason v) {
    static constexpr std::array<std::string_view, 6> names{"due",   "delayed", "mr_down",
                                                           "mr_up", "retry",   "closing_session"};
    return pick(names, v);
}
std::string_view name(Departure v) {
    static constexpr std::array<std::string_view, 5> names{"not_answered", "failed", "customer_left",
                                                           "deleted", "agent_logged_out"};
    return pick(names, v);
}
std::string_view name(RouteReason v) {
    static constexpr std::array<std::string_view, 6> names{"",        "RONA",    "REJECT",
                                                           "REROUTE", "RESTART", "TIMEOUT"};
    return pick(names, v);
}
std::string_view name(SessionState v) {
    static constexpr std::array<std::string_view, 8> names{"dialling", "alerting",    "active", "held",
                                                           "paused",   "interrupted", "wrapup", "closing"};
    return pick(names, v);
}
std::string_view name(Phase v) {
    static constexpr std::array<std::string_view, 4> names{"logging_in", "logged_in", "logging_out",
                                                           "logged_off"};
    return pick(names, v);
}
std::string_view name(ItemState v) {
    static constexpr std::array<std::string_view, 6> names{"storing", "waiting", "routing",
                                                           "offered", "active",  "parked"};
    return pick(names, v);
}

std::string task_text(const TaskId& task) {
    return std::to_string(task.group_high) + '_' + std::to_string(task.group_low) + '_' +
           std::to_string(task.sequence);
}

UserId user_id(std::string_view crm_user) { return {to_upper(std::string(trim(crm_user)))}; }

}  // namespace cticonnector::engine
