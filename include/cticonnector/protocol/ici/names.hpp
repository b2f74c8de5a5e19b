#pragma once
// Every name and code of ICI, and nothing else:
// correct one here when a real trace shows better, no logic changes.
//
// Each entry carries the tag of ici.md: C confirmed by a source, I inferred, R required by the project, O our
// choice. A description lists the fields of its structure in wire order and drives reading, writing and the
// comparison with the WSDL files (src/protocol/ici/wsdl), which a test holds to this table.

#include <array>
#include <string_view>

#include "cticonnector/protocol/ici/describe.hpp"
#include "cticonnector/protocol/ici/enums.hpp"
#include "cticonnector/protocol/ici/events.hpp"
#include "cticonnector/protocol/ici/requests.hpp"
#include "cticonnector/protocol/ici/types.hpp"

namespace cticonnector::ici::names {

// A table reads better with one entry to the line.
// clang-format off

// ---- Messages: ici.md sections 1, 7, 11

inline constexpr Name header_user{"user", C};
inline constexpr Name header_language{"language", C};
inline constexpr Name response{"response", C};
inline constexpr Name response_suffix{"Response", O};
inline constexpr Name array_item{"item", O};
inline constexpr Name types_namespace{"urn:IciTypes", O};
inline constexpr Name exception{"iciException", O};
inline constexpr Name error_id{"errorId", O};
inline constexpr Name error_description{"description", O};

inline constexpr Name attached_root{"ItemAttachedData", C};
inline constexpr Name attached_application{"Application", C};
inline constexpr Name attached_application_id{"id", C};
inline constexpr Name attached_sap{"SAP-IC", C};
inline constexpr std::array attached_call_variables{
    Name{"CV01", C}, Name{"CV02", C}, Name{"CV03", C}, Name{"CV04", C}, Name{"CV05", C},
    Name{"CV06", C}, Name{"CV07", C}, Name{"CV08", C}, Name{"CV09", C}, Name{"CV10", C}};
inline constexpr Name attached_media_id{"MID", C};
inline constexpr Name attached_ecc{"ECC", C};

// ---- Languages: R-DEC-78. SAP's language keys, case counts, with the ISO 639-1 code where it has one; the tag is that
// of the row.

struct LanguageRow {
    char key;
    std::string_view code;
    Tag tag;
};

inline constexpr std::array languages{
    LanguageRow{'D', "DE", R}, LanguageRow{'E', "EN", R}, LanguageRow{'F', "FR", R}, LanguageRow{'I', "IT", R},
    LanguageRow{'S', "ES", R}, LanguageRow{'P', "PT", R}, LanguageRow{'N', "NL", R},
    LanguageRow{'A', "AR", I}, LanguageRow{'B', "HE", I}, LanguageRow{'C', "CS", I}, LanguageRow{'G', "EL", I},
    LanguageRow{'H', "HU", I}, LanguageRow{'J', "JA", I}, LanguageRow{'K', "DA", I}, LanguageRow{'L', "PL", I},
    LanguageRow{'O', "NO", I}, LanguageRow{'Q', "SK", I}, LanguageRow{'R', "RU", I}, LanguageRow{'T', "TR", I},
    LanguageRow{'U', "FI", I}, LanguageRow{'V', "SV", I}, LanguageRow{'W', "BG", I}, LanguageRow{'X', "LT", I},
    LanguageRow{'Y', "LV", I}, LanguageRow{'0', "SR", I}, LanguageRow{'1', "ZH", I}, LanguageRow{'2', "TH", I},
    LanguageRow{'3', "KO", I}, LanguageRow{'4', "RO", I}, LanguageRow{'5', "SL", I}, LanguageRow{'6', "HR", I},
    LanguageRow{'7', "MS", I}, LanguageRow{'8', "UK", I}, LanguageRow{'9', "ET", I}, LanguageRow{'a', "AF", I},
    LanguageRow{'b', "IS", I}, LanguageRow{'c', "CA", I}, LanguageRow{'i', "ID", I}};

// ---- Services: ici.md sections 1, 3, 4; the tag is that of the namespace

struct ServiceRow {
    Service service;
    std::string_view name;
    std::string_view name_space;
    Tag tag;
};

inline constexpr std::array services{
    ServiceRow{Service::system, "IciSystem", "urn:IciSystemInterface", I},
    ServiceRow{Service::user, "IciUser", "urn:IciUserInterface", I},
    ServiceRow{Service::item, "IciItem", "urn:IciItemInterface", C},
    ServiceRow{Service::phone_call, "IciPhoneCall", "urn:IciPhoneCallInterface", I},
    ServiceRow{Service::message, "IciMessage", "urn:IciMessageInterface", I},
    ServiceRow{Service::chat, "IciChat", "urn:IciChatInterface", I},
    ServiceRow{Service::action, "IciAction", "urn:IciActionInterface", I},
    ServiceRow{Service::container, "IciContainer", "urn:IciContainerInterface", I},
    ServiceRow{Service::monitor, "IciMonitor", "urn:IciMonitorInterface", I},
    ServiceRow{Service::event, "IciEvent", "urn:IciEventInterface", O},
};
static_assert(one_row_each(services, &ServiceRow::service),
              "a service lacks its row, or stands in another order");

// ---- Structures: ici.md section 5

template <> inline constexpr auto type<TextElement> = describe("TextElement",
    Field{"id", C, &TextElement::id},
    Field{"description", I, &TextElement::description});
template <> inline constexpr auto type<ProductInformation> = describe("ProductInformation",
    Field{"productName", O, &ProductInformation::product_name},
    Field{"productVersion", O, &ProductInformation::product_version},
    Field{"iciVersion", O, &ProductInformation::ici_version});
template <> inline constexpr auto type<WorkcenterCapability> = describe("WorkcenterCapability",
    Field{"freeSeating", O, &WorkcenterCapability::free_seating},
    Field{"channels", O, &WorkcenterCapability::channels});
template <> inline constexpr auto type<PresenceQueueInfo> = describe("PresenceQueueInfo",
    Field{"channel", O, &PresenceQueueInfo::channel},
    Field{"freeSeating", O, &PresenceQueueInfo::free_seating},
    Field{"queues", O, &PresenceQueueInfo::queues});
template <> inline constexpr auto type<User> = describe("User",
    Field{"userId", O, &User::user_id},
    Field{"workcenterId", O, &User::workcenter_id},
    Field{"loggedOn", O, &User::logged_on},
    Field{"currentWorkmode", I, &User::current_workmode},
    Field{"possibleWorkmodes", I, &User::possible_workmodes},
    Field{"currentQueues", I, &User::current_queues},
    Field{"possibleQueues", O, &User::possible_queues},
    Field{"currentChannels", R, &User::current_channels},
    Field{"possibleChannels", O, &User::possible_channels},
    Field{"userStatus", I, &User::user_status});
template <> inline constexpr auto type<Presence> = describe("Presence",
    Field{"userId", O, &Presence::user_id},
    Field{"presenceStatus", O, &Presence::presence_status},
    Field{"options", O, &Presence::options});
template <> inline constexpr auto type<Participant> = describe("Participant",
    Field{"id", O, &Participant::id},
    Field{"name", O, &Participant::name},
    Field{"type", O, &Participant::type});
template <> inline constexpr auto type<PhoneCall> = describe("PhoneCall",
    Field{"phoneCallId", O, &PhoneCall::phone_call_id},
    Field{"direction", O, &PhoneCall::direction},
    Field{"localNumber", O, &PhoneCall::local_number},
    Field{"calledNumber", O, &PhoneCall::called_number},
    Field{"remoteNumbers", C, &PhoneCall::remote_numbers},
    Field{"queue", O, &PhoneCall::queue},
    Field{"callStatus", I, &PhoneCall::call_status},
    Field{"processingStatus", I, &PhoneCall::processing_status},
    Field{"capabilityList", I, &PhoneCall::capability_list},
    Field{"relatedCallId", O, &PhoneCall::related_call_id},
    Field{"attachedData", C, &PhoneCall::attached_data, Form::embedded});
template <> inline constexpr auto type<Message> = describe("Message",
    Field{"messageId", C, &Message::message_id},
    Field{"subject", C, &Message::subject},
    Field{"originator", C, &Message::originator},
    Field{"processingStatus", C, &Message::processing_status},
    Field{"folder", C, &Message::folder},
    Field{"read", C, &Message::read},
    Field{"answered", C, &Message::answered},
    Field{"notification", C, &Message::notification},
    Field{"destinations", O, &Message::destinations},
    Field{"priority", O, &Message::priority},
    Field{"sendDate", O, &Message::send_date},
    Field{"queue", O, &Message::queue},
    Field{"capabilityList", O, &Message::capability_list},
    Field{"attachedData", O, &Message::attached_data, Form::embedded});
template <> inline constexpr auto type<ChatSession> = describe("ChatSession",
    Field{"chatSessionId", C, &ChatSession::chat_session_id},
    Field{"title", I, &ChatSession::title},
    Field{"chatParticipants", I, &ChatSession::chat_participants},
    Field{"capabilityList", I, &ChatSession::capability_list},
    Field{"chatStatus", I, &ChatSession::chat_status},
    Field{"processingStatus", O, &ChatSession::processing_status},
    Field{"queue", O, &ChatSession::queue},
    Field{"attachedData", I, &ChatSession::attached_data, Form::embedded});
template <> inline constexpr auto type<ChatPosting> = describe("ChatPosting",
    Field{"chatParticipant", C, &ChatPosting::chat_participant},
    Field{"contentText", C, &ChatPosting::content_text},
    Field{"chatSessionId", C, &ChatPosting::chat_session_id},
    Field{"systemMessage", C, &ChatPosting::system_message},
    Field{"postDate", C, &ChatPosting::post_date});
template <> inline constexpr auto type<ActionSession> = describe("ActionSession",
    Field{"actionSessionId", C, &ActionSession::action_session_id},
    Field{"title", C, &ActionSession::title},
    Field{"actionParticipants", C, &ActionSession::action_participants},
    Field{"capabilityList", C, &ActionSession::capability_list},
    Field{"actionStatus", C, &ActionSession::action_status},
    Field{"processingStatus", O, &ActionSession::processing_status},
    Field{"queue", O, &ActionSession::queue},
    Field{"attachedData", I, &ActionSession::attached_data, Form::embedded});
template <> inline constexpr auto type<ActionItem> = describe("ActionItem",
    Field{"title", O, &ActionItem::title},
    Field{"objectType", O, &ActionItem::object_type},
    Field{"objectId", O, &ActionItem::object_id},
    Field{"logicalSystem", O, &ActionItem::logical_system},
    Field{"priority", O, &ActionItem::priority},
    Field{"originator", O, &ActionItem::originator},
    Field{"description", O, &ActionItem::description},
    Field{"attachedData", O, &ActionItem::attached_data, Form::embedded});
template <> inline constexpr auto type<Container> = describe("Container",
    Field{"containerId", O, &Container::container_id},
    Field{"title", O, &Container::title},
    Field{"messageIds", O, &Container::message_ids});
template <> inline constexpr auto type<MonitorSubscription> = describe("MonitorSubscription",
    Field{"objectType", O, &MonitorSubscription::object_type},
    Field{"objectId", O, &MonitorSubscription::object_id});

// ---- Operations: ici.md section 3

template <> inline constexpr auto call<request::ExchangeProductInformation> =
    describe(Service::system, "exchangeProductInformation", C,
    Field{"productInformation", O, &request::ExchangeProductInformation::product_information});
template <> inline constexpr auto call<request::GetWorkcenterCapability> =
    describe(Service::system, "getWorkcenterCapability", C);
template <> inline constexpr auto call<request::GetPresenceQueueInfo> =
    describe(Service::system, "getPresenceQueueInfo", C,
    Field{"channel", O, &request::GetPresenceQueueInfo::channel});
template <> inline constexpr auto call<request::Subscribe> = describe(Service::user, "subscribe", R,
    Field{"appUrl", I, &request::Subscribe::app_url},
    Field{"appId", I, &request::Subscribe::app_id},
    Field{"workcenterId", O, &request::Subscribe::workcenter_id});
template <> inline constexpr auto call<request::Unsubscribe> = describe(Service::user, "unsubscribe", R,
    Field{"appUrl", I, &request::Unsubscribe::app_url},
    Field{"appId", I, &request::Unsubscribe::app_id});
template <> inline constexpr auto call<request::GetAttributes> = describe(Service::user, "getAttributes", O);
template <> inline constexpr auto call<request::SetCurrentWorkmode> =
    describe(Service::user, "setCurrentWorkmode", C,
    Field{"workmode", O, &request::SetCurrentWorkmode::workmode});
template <> inline constexpr auto call<request::SetCurrentQueues> =
    describe(Service::user, "setCurrentQueues", C,
    Field{"queues", O, &request::SetCurrentQueues::queues});
template <> inline constexpr auto call<request::SetCurrentChannels> =
    describe(Service::user, "setCurrentChannels", R,
    Field{"channels", O, &request::SetCurrentChannels::channels});
template <> inline constexpr auto call<request::GetPossibleWorkmodes> =
    describe(Service::user, "getPossibleWorkmodes", O);
template <> inline constexpr auto call<request::GetPossibleQueues> =
    describe(Service::user, "getPossibleQueues", O);
template <> inline constexpr auto call<request::GetPossibleChannels> =
    describe(Service::user, "getPossibleChannels", O);
template <> inline constexpr auto call<request::GetPresence> = describe(Service::user, "getPresence", O,
    Field{"userIds", O, &request::GetPresence::user_ids});
template <> inline constexpr auto call<request::Accept> = describe(Service::item, "accept", R,
    Field{"itemId", R, &request::Accept::item_id});
template <> inline constexpr auto call<request::Reject> = describe(Service::item, "reject", R,
    Field{"itemId", R, &request::Reject::item_id});
template <> inline constexpr auto call<request::Reroute> = describe(Service::item, "reroute", R,
    Field{"itemId", R, &request::Reroute::item_id},
    Field{"reason", R, &request::Reroute::reason});
template <> inline constexpr auto call<request::Forward> = describe(Service::item, "forward", R,
    Field{"itemId", R, &request::Forward::item_id},
    Field{"destination", O, &request::Forward::destination});
template <> inline constexpr auto call<request::SetAttachedData> =
    describe(Service::item, "setAttachedData", C,
    Field{"itemId", R, &request::SetAttachedData::item_id},
    Field{"attachedData", I, &request::SetAttachedData::attached_data, Form::embedded});
template <> inline constexpr auto call<request::GetAttachedData> =
    describe(Service::item, "getAttachedData", O,
    Field{"itemId", R, &request::GetAttachedData::item_id});
template <> inline constexpr auto call<request::WrapUpRequired> = describe(Service::item, "wrapUpRequired", C,
    Field{"itemId", O, &request::WrapUpRequired::item_id});
template <> inline constexpr auto call<request::WrapUpEnded> = describe(Service::item, "wrapUpEnded", O,
    Field{"itemId", O, &request::WrapUpEnded::item_id});
template <> inline constexpr auto call<request::MakeCall> = describe(Service::phone_call, "makeCall", O,
    Field{"destination", O, &request::MakeCall::destination},
    Field{"attachedData", O, &request::MakeCall::attached_data, Form::embedded});
template <> inline constexpr auto call<request::Drop> = describe(Service::phone_call, "drop", O,
    Field{"phoneCallId", O, &request::Drop::phone_call_id});
template <> inline constexpr auto call<request::Hold> = describe(Service::phone_call, "hold", O,
    Field{"phoneCallId", O, &request::Hold::phone_call_id});
template <> inline constexpr auto call<request::Retrieve> = describe(Service::phone_call, "retrieve", O,
    Field{"phoneCallId", O, &request::Retrieve::phone_call_id});
template <> inline constexpr auto call<request::Toggle> = describe(Service::phone_call, "toggle", O,
    Field{"heldCallId", O, &request::Toggle::held_call_id},
    Field{"activeCallId", O, &request::Toggle::active_call_id});
template <> inline constexpr auto call<request::BlindTransfer> =
    describe(Service::phone_call, "blindTransfer", O,
    Field{"phoneCallId", O, &request::BlindTransfer::phone_call_id},
    Field{"destination", O, &request::BlindTransfer::destination});
template <> inline constexpr auto call<request::Consult> = describe(Service::phone_call, "consult", O,
    Field{"phoneCallId", O, &request::Consult::phone_call_id},
    Field{"destination", O, &request::Consult::destination});
template <> inline constexpr auto call<request::WarmTransfer> =
    describe(Service::phone_call, "warmTransfer", O,
    Field{"phoneCallId", O, &request::WarmTransfer::phone_call_id},
    Field{"consultCallId", O, &request::WarmTransfer::consult_call_id});
template <> inline constexpr auto call<request::Conference> = describe(Service::phone_call, "conference", O,
    Field{"phoneCallId", O, &request::Conference::phone_call_id},
    Field{"consultCallId", O, &request::Conference::consult_call_id});
template <> inline constexpr auto call<request::SendDtmf> = describe(Service::phone_call, "sendDtmf", O,
    Field{"phoneCallId", O, &request::SendDtmf::phone_call_id},
    Field{"digits", O, &request::SendDtmf::digits});
template <> inline constexpr auto call<request::Close> = describe(Service::message, "close", O,
    Field{"messageId", O, &request::Close::message_id});
template <> inline constexpr auto call<request::Post> = describe(Service::chat, "post", O,
    Field{"chatSessionId", I, &request::Post::chat_session_id},
    Field{"contentText", I, &request::Post::content_text});
template <> inline constexpr auto call<request::Leave> = describe(Service::chat, "leave", O,
    Field{"chatSessionId", I, &request::Leave::chat_session_id});
template <> inline constexpr auto call<request::AddActionItem> = describe(Service::action, "addActionItem", O,
    Field{"actionItemId", I, &request::AddActionItem::action_item_id},
    Field{"scenarioId", I, &request::AddActionItem::scenario_id},
    Field{"userIds", I, &request::AddActionItem::user_ids},
    Field{"itemData", I, &request::AddActionItem::item_data});
template <> inline constexpr auto call<request::DeleteActionItem> =
    describe(Service::action, "deleteActionItem", O,
    Field{"actionItemId", I, &request::DeleteActionItem::action_item_id});
template <> inline constexpr auto call<request::Complete> = describe(Service::action, "complete", O,
    Field{"actionSessionId", I, &request::Complete::action_session_id});
template <> inline constexpr auto call<request::GetContainer> =
    describe(Service::container, "getContainer", O,
    Field{"containerId", O, &request::GetContainer::container_id});
template <> inline constexpr auto call<request::SubscribeMonitor> =
    describe(Service::monitor, "subscribeMonitor", O,
    Field{"monitorId", I, &request::SubscribeMonitor::monitor_id},
    Field{"timePeriod", I, &request::SubscribeMonitor::time_period},
    Field{"appUrl", I, &request::SubscribeMonitor::app_url},
    Field{"appId", I, &request::SubscribeMonitor::app_id},
    Field{"objects", I, &request::SubscribeMonitor::objects});
template <> inline constexpr auto call<request::UnsubscribeMonitor> =
    describe(Service::monitor, "unsubscribeMonitor", O,
    Field{"monitorId", I, &request::UnsubscribeMonitor::monitor_id});

struct Synonym {
    std::string_view name;
    Tag tag;
    Operation operation;
};
inline constexpr std::array synonyms{Synonym{"deflect", O, Operation::reject}};

// ---- Events: ici.md section 4

template <> inline constexpr auto call<event::SubscriptionEnded> =
    describe(Service::event, "subscriptionEnded", C,
    Field{"appIds", C, &event::SubscriptionEnded::app_ids},
    Field{"reason", C, &event::SubscriptionEnded::reason});
template <> inline constexpr auto call<event::MessageChanged> = describe(Service::event, "messageChanged", C,
    Field{"appIds", C, &event::MessageChanged::app_ids},
    Field{"message", C, &event::MessageChanged::message});
template <> inline constexpr auto call<event::MonitorDataChanged> =
    describe(Service::event, "monitorDataChanged", C,
    Field{"appIds", C, &event::MonitorDataChanged::app_ids},
    Field{"dataForm", C, &event::MonitorDataChanged::data_form, Form::embedded});
template <> inline constexpr auto call<event::ChatNewPosting> = describe(Service::event, "chatNewPosting", I,
    Field{"appIds", C, &event::ChatNewPosting::app_ids},
    Field{"chatPosting", C, &event::ChatNewPosting::chat_posting});
template <> inline constexpr auto call<event::ActionItemChanged> =
    describe(Service::event, "actionItemChanged", I,
    Field{"appIds", C, &event::ActionItemChanged::app_ids},
    Field{"actionSession", C, &event::ActionItemChanged::action_session},
    Field{"actionItemId", C, &event::ActionItemChanged::action_item_id},
    Field{"scenarioId", C, &event::ActionItemChanged::scenario_id},
    Field{"itemData", C, &event::ActionItemChanged::item_data},
    Field{"userIds", C, &event::ActionItemChanged::user_ids});
template <> inline constexpr auto call<event::UserChanged> = describe(Service::event, "userChanged", R,
    Field{"appIds", I, &event::UserChanged::app_ids},
    Field{"user", O, &event::UserChanged::user});
template <> inline constexpr auto call<event::PhoneCallChanged> =
    describe(Service::event, "phoneCallChanged", R,
    Field{"appIds", I, &event::PhoneCallChanged::app_ids},
    Field{"phoneCall", O, &event::PhoneCallChanged::phone_call});
template <> inline constexpr auto call<event::ChatChanged> = describe(Service::event, "chatChanged", R,
    Field{"appIds", I, &event::ChatChanged::app_ids},
    Field{"chatSession", O, &event::ChatChanged::chat_session});
template <> inline constexpr auto call<event::ContainerChanged> =
    describe(Service::event, "containerChanged", R,
    Field{"appIds", I, &event::ContainerChanged::app_ids},
    Field{"container", O, &event::ContainerChanged::container});
template <> inline constexpr auto call<event::PhoneLineChanged> =
    describe(Service::event, "phoneLineChanged", R,
    Field{"appIds", O, &event::PhoneLineChanged::app_ids});
template <> inline constexpr auto call<event::StatisticsChanged> =
    describe(Service::event, "statisticsChanged", R,
    Field{"appIds", O, &event::StatisticsChanged::app_ids});

// ---- Codes: ici.md sections 6 and 11; R-DEC-34

template <> inline constexpr auto codes<Workmode> = std::to_array<Code<Workmode>>({
    {Workmode::logged_off, "1", "Logged off", C},
    {Workmode::ready, "2", "Ready", C},
    {Workmode::not_ready, "3", "Not ready", C},
    {Workmode::wrap_up, "4", "Wrap-up", O},
});
template <> inline constexpr auto codes<Channel> = std::to_array<Code<Channel>>({
    {Channel::phone, "1", "Phone", O},
    {Channel::email, "2", "E-mail", O},
    {Channel::chat, "3", "Chat", O},
    {Channel::action_item, "4", "Action item", O},
});
template <> inline constexpr auto codes<ProcessingStatus> = std::to_array<Code<ProcessingStatus>>({
    {ProcessingStatus::alerting, "1", "Alerting", O},
    {ProcessingStatus::accepted, "2", "Accepted", O},
    {ProcessingStatus::wrap_up, "3", "WrapUp", O},
    {ProcessingStatus::ended, "4", "Ended", O},
    {ProcessingStatus::rerouted, "5", "Rerouted", O},
    {ProcessingStatus::transferred, "6", "Transferred", O},
});
template <> inline constexpr auto codes<CallStatus> = std::to_array<Code<CallStatus>>({
    {CallStatus::alerting, "1", "Alerting", O},
    {CallStatus::connected, "2", "Connected", O},
    {CallStatus::held, "3", "Held", O},
    {CallStatus::dialing, "4", "Dialing", O},
    {CallStatus::conference, "5", "Conference", O},
    {CallStatus::ended, "6", "Ended", O},
    {CallStatus::failed, "7", "Failed", O},
    {CallStatus::wrap_up, "8", "WrapUp", O},
});
template <> inline constexpr auto codes<ChatStatus> = std::to_array<Code<ChatStatus>>({
    {ChatStatus::alerting, "1", "Alerting", O},
    {ChatStatus::active, "2", "Active", O},
    {ChatStatus::ended, "3", "Ended", O},
    {ChatStatus::wrap_up, "4", "WrapUp", O},
});
template <> inline constexpr auto codes<ActionStatus> = std::to_array<Code<ActionStatus>>({
    {ActionStatus::alerting, "1", "Alerting", O},
    {ActionStatus::active, "2", "Active", O},
    {ActionStatus::ended, "3", "Ended", O},
});
template <> inline constexpr auto codes<UserStatus> = std::to_array<Code<UserStatus>>({
    {UserStatus::logged_off, "1", "LoggedOff", O},
    {UserStatus::ready, "2", "Ready", O},
    {UserStatus::not_ready, "3", "NotReady", O},
    {UserStatus::reserved, "4", "Reserved", O},
    {UserStatus::busy, "5", "Busy", O},
    {UserStatus::wrap_up, "6", "WrapUp", O},
});
template <> inline constexpr auto codes<PresenceStatus> = std::to_array<Code<PresenceStatus>>({
    {PresenceStatus::available, "1", "Available", O},
    {PresenceStatus::busy, "2", "Busy", O},
    {PresenceStatus::logged_off, "3", "Logged off", O},
});
template <> inline constexpr auto codes<PresenceOption> = std::to_array<Code<PresenceOption>>({
    {PresenceOption::call, "call", "Call", O},
    {PresenceOption::blind_transfer, "blindTransfer", "Blind transfer", O},
    {PresenceOption::warm_transfer, "warmTransfer", "Warm transfer", O},
});
template <> inline constexpr auto codes<Direction> = std::to_array<Code<Direction>>({
    {Direction::in, "in", "Inbound", O},
    {Direction::out, "out", "Outbound", O},
});
template <> inline constexpr auto codes<ParticipantType> = std::to_array<Code<ParticipantType>>({
    {ParticipantType::agent, "agent", "Agent", O},
    {ParticipantType::customer, "customer", "Customer", O},
    {ParticipantType::queue, "queue", "Queue", O},
});
template <> inline constexpr auto codes<RerouteReason> = std::to_array<Code<RerouteReason>>({
    {RerouteReason::http_sessions_reached, "A0", "Maximum number of HTTP sessions reached", R},
    {RerouteReason::agent_sessions_reached, "A1", "Maximum number of agent sessions reached", R},
    {RerouteReason::refused_by_agent, "M0", "Refused by the agent", R},
});
template <> inline constexpr auto codes<EndReason> = std::to_array<Code<EndReason>>({
    {EndReason::shutting_down, "1", "Communication system is shutting down", O},
    {EndReason::contact_center_lost, "2", "Contact center is not reachable", O},
    {EndReason::logged_off_in_contact_center, "3", "Logged off in the contact center", O},
    {EndReason::replaced_by_new_logon, "4", "Replaced by a new logon", O},
    {EndReason::sap_session_lost, "5", "Session in SAP is lost", O},
});
template <> inline constexpr auto codes<ErrorId> = std::to_array<Code<ErrorId>>({
    {ErrorId::not_subscribed, "NOT_SUBSCRIBED", "User is not subscribed", O},
    {ErrorId::logon_failed, "LOGON_FAILED", "Logon failed", O},
    {ErrorId::already_logged_on, "ALREADY_LOGGED_ON", "Agent or device is in use elsewhere", O},
    {ErrorId::invalid_workcenter, "INVALID_WORKCENTER", "Work center id is not valid", O},
    {ErrorId::invalid_workmode, "INVALID_WORKMODE", "Work mode is not offered", O},
    {ErrorId::unknown_item, "UNKNOWN_ITEM", "Item is not known", O},
    {ErrorId::invalid_state, "INVALID_STATE", "Operation is not allowed in this state", O},
    {ErrorId::invalid_destination, "INVALID_DESTINATION", "Destination is not reachable", O},
    {ErrorId::not_supported, "NOT_SUPPORTED", "Operation is not supported", O},
    {ErrorId::unavailable, "UNAVAILABLE", "Contact center is not available", O},
    {ErrorId::unknown_appid, "UNKNOWN_APPID", "Application id is not known", O},
    {ErrorId::internal, "INTERNAL", "Internal error", O},
});

/// Section 11 tells bad requests (Client) from what the sender cannot help (Server); these are the latter.
inline constexpr std::array server_errors{ErrorId::unavailable, ErrorId::internal};

// clang-format on

}  // namespace cticonnector::ici::names
