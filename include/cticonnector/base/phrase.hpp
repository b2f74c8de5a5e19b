#pragma once
// What is said to people, without its sentence: which one, and what stands in it. Who decides gives phrases;
// room `language` makes the sentence, in the language of whoever reads it (R-DEC-69).

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/base/described.hpp"

namespace cticonnector {

// clang-format off
/// Each has its sentence in each language that ships (src/language/english.cpp). `as_told` is what the contact
/// center or the CRM said, in their words.
#define CTICONNECTOR_TEXTS(ID)                                                                               \
    ID(none) ID(as_told)                                                                                     \
    /* faults of any request */                                                                              \
    ID(shutting_down) ID(moving_on) ID(not_logged_on) ID(not_logged_on_here) ID(being_logged_off)                          \
    ID(logged_off_meanwhile) ID(center_unreachable) ID(link_lost) ID(unanswered) ID(may_take_effect)         \
    ID(operation_in_progress) ID(item_unknown) ID(item_state_forbids) ID(refused) ID(unsent)                 \
    ID(workmode_not_offered) ID(state_refused) ID(state_unsent) ID(log_out_not_confirmed)                    \
    /* log-on */                                                                                             \
    ID(log_on_unreachable) ID(log_on_unanswered) ID(log_on_lost_link) ID(log_on_unsubscribed)                \
    ID(log_on_logged_off) ID(log_on_refused) ID(log_on_unsent) ID(log_on_no_link) ID(agent_unknown)          \
    ID(password_refused) ID(device_unknown) ID(in_use_elsewhere) ID(logged_on_by)                            \
    ID(log_on_under_way) ID(log_on_replaced) ID(logged_on_with_items) ID(shadow_not_in)                      \
    ID(at_another_device) ID(media_refused) ID(medium_refused) ID(log_out_too_slow)                          \
    /* work center string */                                                                                 \
    ID(fields_wrong) ID(agent_empty) ID(agent_too_long) ID(user_too_long) ID(password_empty)                 \
    ID(device_empty) ID(device_too_long) ID(media_malformed) ID(media_not_served)                            \
    ID(shadow_not_allowed) ID(actions_above) ID(chats_above) ID(sessions_above)                              \
    ID(sessions_above_crm)                                                                                   \
    /* calls */                                                                                              \
    ID(another_call_active) ID(no_phone) ID(destination_empty) ID(ready_forbids_dialling)                    \
    ID(no_session_for_call) ID(call_not_named) ID(call_ended_already)                                        \
    ID(not_ready_refused_before_call) ID(call_not_placed) ID(call_unsent)                                    \
    /* action items and chats */                                                                             \
    ID(no_media_routing) ID(selector_length) ID(selector_unwritable) ID(item_id_empty)                       \
    ID(item_id_unwritable) ID(has_foreign_character) ID(has_zero_character) ID(has_too_many_bytes)           \
    ID(item_here_already) ID(item_deleted_before_stored)                                                     \
    ID(customer_left_before_stored) ID(item_accepted_already) ID(target_not_logged_on)                       \
    /* why an item is parked */                                                                              \
    ID(route_try_overflow) ID(agent_without_task) ID(label_unknown)                                          \
    /* explanations of decisions */                                                                          \
    ID(explanation) ID(check_ok) ID(check_failed) ID(placed) ID(waited)                                      \
    /* lines of the log */                                                                                   \
    ID(call_rings_on) ID(gone_before_session) ID(link_back_logged_out) ID(late_log_on_taken_back)            \
    ID(reason_unknown) ID(call_without_id) ID(found_call_without_id) ID(found_task_without_id)               \
    ID(found_task_of_other) ID(placed_call_without_id) ID(task_without_id)                                   \
    /* what must always hold, and does not (allocation.md section 6) */                                      \
    ID(channel_over_limit) ID(sessions_over_limit) ID(item_in_two_sessions) ID(session_without_item)         \
    ID(work_owes_end) ID(two_active_calls) ID(wrong_workmode)
// clang-format on

#define CTICONNECTOR_ID(id) id,
enum class TextId : std::uint8_t { CTICONNECTOR_TEXTS(CTICONNECTOR_ID) };
#undef CTICONNECTOR_ID
#define CTICONNECTOR_ID(id) BOOST_DESCRIBE_ENUM_ENTRY(TextId, id)
BOOST_DESCRIBE_ENUM_BEGIN(TextId)
CTICONNECTOR_TEXTS(CTICONNECTOR_ID)
BOOST_DESCRIBE_ENUM_END(TextId)
#undef CTICONNECTOR_ID
#undef CTICONNECTOR_TEXTS

struct Phrase {
    TextId id = TextId::none;
    std::vector<std::string> arguments{};
    std::vector<Phrase> parts{};  ///< of which it is made, or that stand behind it
    bool empty() const { return id == TextId::none; }
    bool operator==(const Phrase&) const = default;
};

/// Nothing for an empty text.
inline Phrase as_told(std::string text) {
    return text.empty() ? Phrase{} : Phrase{TextId::as_told, {std::move(text)}};
}

BOOST_DESCRIBE_STRUCT(Phrase, (), (id, arguments, parts))

}  // namespace cticonnector
