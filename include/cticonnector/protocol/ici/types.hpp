#pragma once
// The structures of ICI (ici.md section 5). Texts are UTF-8; an absent element and an empty text are the same
// value. How a member is spelled and ordered on the wire stands in names.hpp.
//
// attached_data is the whole XML document as text, not escaped; attached_data.hpp reads and writes it.

#include <string>
#include <vector>

namespace cticonnector::ici {

/// Code plus displayable text in the agent's language.
struct TextElement {
    std::string id;
    std::string description;
    bool operator==(const TextElement&) const = default;
};

struct ProductInformation {
    std::string product_name;
    std::string product_version;
    std::string ici_version;
    bool operator==(const ProductInformation&) const = default;
};

struct WorkcenterCapability {
    bool free_seating = false;  // true: SAP asks the agent for a work center id
    std::vector<TextElement> channels;
    bool operator==(const WorkcenterCapability&) const = default;
};

struct PresenceQueueInfo {
    std::string channel;
    bool free_seating = false;
    std::vector<TextElement> queues;
    bool operator==(const PresenceQueueInfo&) const = default;
};

struct User {
    std::string user_id;
    std::string workcenter_id;  // the device alone, never the password
    bool logged_on = false;
    TextElement current_workmode;
    std::vector<TextElement> possible_workmodes;
    std::vector<TextElement> current_queues;
    std::vector<TextElement> possible_queues;
    std::vector<TextElement> current_channels;
    std::vector<TextElement> possible_channels;
    TextElement user_status;
    bool operator==(const User&) const = default;
};

struct Presence {
    std::string user_id;
    TextElement presence_status;
    std::vector<std::string> options;
    bool operator==(const Presence&) const = default;
};

/// One party of a chat or action session.
struct Participant {
    std::string id;
    std::string name;
    std::string type;
    bool operator==(const Participant&) const = default;
};

struct PhoneCall {
    std::string phone_call_id;
    std::string direction;
    std::string local_number;
    std::string called_number;
    std::vector<std::string> remote_numbers;
    TextElement queue;
    TextElement call_status;
    TextElement processing_status;
    std::vector<std::string> capability_list;
    std::string related_call_id;  // other leg of a consultation
    std::string attached_data;
    bool operator==(const PhoneCall&) const = default;
};

/// An e-mail item.
struct Message {
    std::string message_id;
    std::string subject;
    std::string originator;
    TextElement processing_status;
    std::string folder;
    bool read = false;
    bool answered = false;
    bool notification = false;
    std::vector<std::string> destinations;
    std::string priority;
    std::string send_date;  // ISO 8601, UTC
    TextElement queue;
    std::vector<std::string> capability_list;
    std::string attached_data;
    bool operator==(const Message&) const = default;
};

struct ChatSession {
    std::string chat_session_id;
    std::string title;
    std::vector<Participant> chat_participants;
    std::vector<std::string> capability_list;
    TextElement chat_status;
    TextElement processing_status;
    TextElement queue;
    std::string attached_data;
    bool operator==(const ChatSession&) const = default;
};

struct ChatPosting {
    std::string chat_participant;
    std::string content_text;
    std::string chat_session_id;
    std::string system_message;  // "X" or empty
    std::string post_date;       // ISO 8601, UTC
    bool operator==(const ChatPosting&) const = default;
};

/// An action item as offered to an agent.
struct ActionSession {
    std::string action_session_id;
    std::string title;
    std::vector<Participant> action_participants;
    std::vector<std::string> capability_list;
    TextElement action_status;
    TextElement processing_status;
    TextElement queue;
    std::string attached_data;
    bool operator==(const ActionSession&) const = default;
};

/// The business object behind an action session.
struct ActionItem {
    std::string title;
    std::string object_type;
    std::string object_id;
    std::string logical_system;
    std::string priority;
    std::string originator;
    std::string description;
    std::string attached_data;
    bool operator==(const ActionItem&) const = default;
};

/// A folder of e-mail items.
struct Container {
    std::string container_id;
    std::string title;
    std::vector<std::string> message_ids;
    bool operator==(const Container&) const = default;
};

struct MonitorSubscription {
    std::string object_type;
    std::string object_id;
    bool operator==(const MonitorSubscription&) const = default;
};

}  // namespace cticonnector::ici
