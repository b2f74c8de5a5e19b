#pragma once
// What SAP asks of the CMS (ici.md section 3): one structure per operation, named like it, with its
// parameters and the type it returns. Operation and the alternatives of Request stand in the same order.
//
// A void operation returns a text that is empty on success. The acting agent stands in Header, nowhere else.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "cticonnector/base/secret.hpp"
#include "cticonnector/protocol/ici/types.hpp"

namespace cticonnector::ici {

enum class Operation : std::uint8_t {
    // IciSystem
    exchange_product_information,
    get_workcenter_capability,
    get_presence_queue_info,
    // IciUser
    subscribe,
    unsubscribe,
    get_attributes,
    set_current_workmode,
    set_current_queues,
    set_current_channels,
    get_possible_workmodes,
    get_possible_queues,
    get_possible_channels,
    get_presence,
    // IciItem
    accept,
    reject,
    reroute,
    forward,
    set_attached_data,
    get_attached_data,
    wrap_up_required,
    wrap_up_ended,
    // IciPhoneCall
    make_call,
    drop,
    hold,
    retrieve,
    toggle,
    blind_transfer,
    consult,
    warm_transfer,
    conference,
    send_dtmf,
    // IciMessage
    close,
    // IciChat
    post,
    leave,
    // IciAction
    add_action_item,
    delete_action_item,
    complete,
    // IciContainer
    get_container,
    // IciMonitor
    subscribe_monitor,
    unsubscribe_monitor,
};

namespace request {

struct ExchangeProductInformation {
    using Returns = ProductInformation;
    ProductInformation product_information;
    bool operator==(const ExchangeProductInformation&) const = default;
};

struct GetWorkcenterCapability {
    using Returns = WorkcenterCapability;
    bool operator==(const GetWorkcenterCapability&) const = default;
};

struct GetPresenceQueueInfo {
    using Returns = PresenceQueueInfo;
    std::string channel;
    bool operator==(const GetPresenceQueueInfo&) const = default;
};

/// workcenter_id holds a password, so it prints as *** everywhere
struct Subscribe {
    using Returns = User;
    std::string app_url;
    std::string app_id;
    Secret workcenter_id;
    bool operator==(const Subscribe&) const = default;
};

struct Unsubscribe {
    using Returns = std::string;
    std::string app_url;
    std::string app_id;
    bool operator==(const Unsubscribe&) const = default;
};

struct GetAttributes {
    using Returns = User;
    bool operator==(const GetAttributes&) const = default;
};

struct SetCurrentWorkmode {
    using Returns = std::string;
    std::string workmode;
    bool operator==(const SetCurrentWorkmode&) const = default;
};

struct SetCurrentQueues {
    using Returns = std::string;
    std::vector<std::string> queues;
    bool operator==(const SetCurrentQueues&) const = default;
};

struct SetCurrentChannels {
    using Returns = std::string;
    std::vector<std::string> channels;
    bool operator==(const SetCurrentChannels&) const = default;
};

struct GetPossibleWorkmodes {
    using Returns = std::vector<TextElement>;
    bool operator==(const GetPossibleWorkmodes&) const = default;
};

struct GetPossibleQueues {
    using Returns = std::vector<TextElement>;
    bool operator==(const GetPossibleQueues&) const = default;
};

struct GetPossibleChannels {
    using Returns = std::vector<TextElement>;
    bool operator==(const GetPossibleChannels&) const = default;
};

struct GetPresence {
    using Returns = std::vector<Presence>;
    std::vector<std::string> user_ids;
    bool operator==(const GetPresence&) const = default;
};

struct Accept {
    using Returns = std::string;
    std::string item_id;
    bool operator==(const Accept&) const = default;
};

/// `deflect` is read as this
struct Reject {
    using Returns = std::string;
    std::string item_id;
    bool operator==(const Reject&) const = default;
};

/// reason: RerouteReason, anything else, or empty
struct Reroute {
    using Returns = std::string;
    std::string item_id;
    std::string reason;
    bool operator==(const Reroute&) const = default;
};

struct Forward {
    using Returns = std::string;
    std::string item_id;
    std::string destination;
    bool operator==(const Forward&) const = default;
};

struct SetAttachedData {
    using Returns = std::string;
    std::string item_id;
    std::string attached_data;
    bool operator==(const SetAttachedData&) const = default;
};

struct GetAttachedData {
    using Returns = std::string;
    std::string item_id;
    bool operator==(const GetAttachedData&) const = default;
};

struct WrapUpRequired {
    using Returns = std::string;
    std::string item_id;
    bool operator==(const WrapUpRequired&) const = default;
};

struct WrapUpEnded {
    using Returns = std::string;
    std::string item_id;
    bool operator==(const WrapUpEnded&) const = default;
};

struct MakeCall {
    using Returns = PhoneCall;
    std::string destination;
    std::string attached_data;
    bool operator==(const MakeCall&) const = default;
};

struct Drop {
    using Returns = std::string;
    std::string phone_call_id;
    bool operator==(const Drop&) const = default;
};

struct Hold {
    using Returns = std::string;
    std::string phone_call_id;
    bool operator==(const Hold&) const = default;
};

struct Retrieve {
    using Returns = std::string;
    std::string phone_call_id;
    bool operator==(const Retrieve&) const = default;
};

struct Toggle {
    using Returns = std::string;
    std::string held_call_id;
    std::string active_call_id;
    bool operator==(const Toggle&) const = default;
};

struct BlindTransfer {
    using Returns = std::string;
    std::string phone_call_id;
    std::string destination;
    bool operator==(const BlindTransfer&) const = default;
};

struct Consult {
    using Returns = PhoneCall;
    std::string phone_call_id;
    std::string destination;
    bool operator==(const Consult&) const = default;
};

struct WarmTransfer {
    using Returns = std::string;
    std::string phone_call_id;
    std::string consult_call_id;
    bool operator==(const WarmTransfer&) const = default;
};

struct Conference {
    using Returns = std::string;
    std::string phone_call_id;
    std::string consult_call_id;
    bool operator==(const Conference&) const = default;
};

struct SendDtmf {
    using Returns = std::string;
    std::string phone_call_id;
    std::string digits;
    bool operator==(const SendDtmf&) const = default;
};

struct Close {
    using Returns = std::string;
    std::string message_id;
    bool operator==(const Close&) const = default;
};

struct Post {
    using Returns = std::string;
    std::string chat_session_id;
    std::string content_text;
    bool operator==(const Post&) const = default;
};

struct Leave {
    using Returns = std::string;
    std::string chat_session_id;
    bool operator==(const Leave&) const = default;
};

/// returns the actionItemId; user_ids are the users to be preferred
struct AddActionItem {
    using Returns = std::string;
    std::string action_item_id;
    TextElement scenario_id;
    std::vector<Participant> user_ids;
    ActionItem item_data;
    bool operator==(const AddActionItem&) const = default;
};

struct DeleteActionItem {
    using Returns = std::string;
    std::string action_item_id;
    bool operator==(const DeleteActionItem&) const = default;
};

struct Complete {
    using Returns = std::string;
    std::string action_session_id;
    bool operator==(const Complete&) const = default;
};

struct GetContainer {
    using Returns = Container;
    std::string container_id;
    bool operator==(const GetContainer&) const = default;
};

/// time_period in seconds, 0 = once
struct SubscribeMonitor {
    using Returns = std::string;
    std::string monitor_id;
    double time_period{};
    std::string app_url;
    std::string app_id;
    std::vector<MonitorSubscription> objects;
    bool operator==(const SubscribeMonitor&) const = default;
};

struct UnsubscribeMonitor {
    using Returns = std::string;
    std::string monitor_id;
    bool operator==(const UnsubscribeMonitor&) const = default;
};

}  // namespace request

using Request =
    std::variant<request::ExchangeProductInformation, request::GetWorkcenterCapability,
                 request::GetPresenceQueueInfo, request::Subscribe, request::Unsubscribe,
                 request::GetAttributes, request::SetCurrentWorkmode, request::SetCurrentQueues,
                 request::SetCurrentChannels, request::GetPossibleWorkmodes, request::GetPossibleQueues,
                 request::GetPossibleChannels, request::GetPresence, request::Accept, request::Reject,
                 request::Reroute, request::Forward, request::SetAttachedData, request::GetAttachedData,
                 request::WrapUpRequired, request::WrapUpEnded, request::MakeCall, request::Drop,
                 request::Hold, request::Retrieve, request::Toggle, request::BlindTransfer, request::Consult,
                 request::WarmTransfer, request::Conference, request::SendDtmf, request::Close, request::Post,
                 request::Leave, request::AddActionItem, request::DeleteActionItem, request::Complete,
                 request::GetContainer, request::SubscribeMonitor, request::UnsubscribeMonitor>;

static_assert(std::variant_size_v<Request> == static_cast<std::size_t>(Operation::unsubscribe_monitor) + 1);

constexpr Operation operation_of(const Request& request) { return static_cast<Operation>(request.index()); }

/// What any operation may return.
using Reply = std::variant<std::string, ProductInformation, WorkcenterCapability, PresenceQueueInfo, User,
                           std::vector<TextElement>, std::vector<Presence>, PhoneCall, Container>;

/// ici.md section 1, "Request header": SAP user of the agent,
/// and two capital letters for the language of texts.
struct Header {
    std::string user;
    std::string language;
    bool operator==(const Header&) const = default;
};

}  // namespace cticonnector::ici
