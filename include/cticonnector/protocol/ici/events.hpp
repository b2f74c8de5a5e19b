#pragma once
// What the CMS tells SAP (ici.md section 4): one structure per event. Each names the subscriptions it is for
// and carries the whole object, never a difference.
// EventKind and the alternatives of Event stand in the same order.
//
// SAP answers every event with a text. phoneLineChanged and statisticsChanged are never sent by the CMS, but
// a receiver takes them.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "cticonnector/protocol/ici/types.hpp"

namespace cticonnector::ici {

enum class EventKind : std::uint8_t {
    subscription_ended,
    message_changed,
    monitor_data_changed,
    chat_new_posting,
    action_item_changed,
    user_changed,
    phone_call_changed,
    chat_changed,
    container_changed,
    phone_line_changed,
    statistics_changed,
};

using AppIds = std::vector<std::string>;

namespace event {

struct SubscriptionEnded {
    AppIds app_ids;
    TextElement reason;
    bool operator==(const SubscriptionEnded&) const = default;
};

struct MessageChanged {
    AppIds app_ids;
    Message message;
    bool operator==(const MessageChanged&) const = default;
};

struct MonitorDataChanged {
    AppIds app_ids;
    std::string data_form;  // an XML document with the figures, not escaped
    bool operator==(const MonitorDataChanged&) const = default;
};

struct ChatNewPosting {
    AppIds app_ids;
    ChatPosting chat_posting;
    bool operator==(const ChatNewPosting&) const = default;
};

/// user_ids is the chosen agent; scenario_id and item_data repeat addActionItem.
struct ActionItemChanged {
    AppIds app_ids;
    ActionSession action_session;
    std::string action_item_id;
    TextElement scenario_id;
    ActionItem item_data;
    std::vector<Participant> user_ids;
    bool operator==(const ActionItemChanged&) const = default;
};

struct UserChanged {
    AppIds app_ids;
    User user;
    bool operator==(const UserChanged&) const = default;
};

struct PhoneCallChanged {
    AppIds app_ids;
    PhoneCall phone_call;
    bool operator==(const PhoneCallChanged&) const = default;
};

struct ChatChanged {
    AppIds app_ids;
    ChatSession chat_session;
    bool operator==(const ChatChanged&) const = default;
};

struct ContainerChanged {
    AppIds app_ids;
    Container container;
    bool operator==(const ContainerChanged&) const = default;
};

struct PhoneLineChanged {
    AppIds app_ids;
    bool operator==(const PhoneLineChanged&) const = default;
};

struct StatisticsChanged {
    AppIds app_ids;
    bool operator==(const StatisticsChanged&) const = default;
};

}  // namespace event

using Event = std::variant<event::SubscriptionEnded, event::MessageChanged, event::MonitorDataChanged,
                           event::ChatNewPosting, event::ActionItemChanged, event::UserChanged,
                           event::PhoneCallChanged, event::ChatChanged, event::ContainerChanged,
                           event::PhoneLineChanged, event::StatisticsChanged>;

static_assert(std::variant_size_v<Event> == static_cast<std::size_t>(EventKind::statistics_changed) + 1);

constexpr EventKind kind_of(const Event& event) { return static_cast<EventKind>(event.index()); }

}  // namespace cticonnector::ici
