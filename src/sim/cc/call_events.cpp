#include "call_events.hpp"

#include <optional>

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

std::uint16_t device_type(std::string_view device) {
    return device.empty() ? DeviceIDType::DEVID_NONE : DeviceIDType::DEVID_DEVICE_IDENTIFIER;
}

std::optional<std::string_view> given(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

std::uint16_t line_type(const Call& call) {
    if (!call.inbound()) return LineType::LINETYPE_OUTBOUND_ACD;
    return call.routed ? LineType::LINETYPE_INBOUND_ACD : LineType::LINETYPE_DID;
}

// The fields of a message that say who calls whom.
template <class Message>
void put_parties(const Call& call, Message& message) {
    message.calling_device_type = device_type(call.ani);
    message.calling_device_id = given(call.ani);
    message.called_device_type = device_type(call.dnis);
    message.called_device_id = given(call.dnis);
}

template <class Message>
void put_route(const Call& call, const SkillGroup& group, Message& message) {
    message.line_type = line_type(call);
    message.service_number = SpecialValues::NULL_SERVICE;
    message.service_id = SpecialValues::NULL_SERVICE;
    message.skill_group_number = group.number;
    message.skill_group_id = group.id;
    message.skill_group_priority = group.priority;
}

template <class Message>
void put_key(const Call& call, Message& message) {
    message.router_call_key_day = static_cast<std::uint32_t>(call.key.task_group_high);
    message.router_call_key_call_id = static_cast<std::uint32_t>(call.key.task_group_low);
    message.router_call_key_sequence_number = static_cast<std::uint32_t>(call.key.sequence_number);
}

template <class Message>
void put_caller(const Call& call, Message& message) {
    message.ani = given(call.ani);
    message.dnis = given(call.dnis);
    message.dialed_number = given(call.dialed_number);
    put(call.data, message);
}

}  // namespace

template <class Message>
Message CallEvents::about(const Call& call, const Party& party) const {
    Message message;
    message.peripheral_id = settings_.peripheral;
    message.peripheral_type = settings_.peripheral_type;
    message.connection_device_id_type = ConnectionDeviceIDType::CONNECTION_ID_STATIC;
    message.connection_device_id = party.connection;
    message.connection_call_id = call.id.value;
    if constexpr (requires { message.local_connection_state; }) {
        message.local_connection_state = party.state;
        message.event_cause = EventCause::CEC_NONE;
    }
    return message;
}

template <class Message>
void CallEvents::send(const Message& message, const Call& call, std::uint32_t mask) {
    Audience audience;
    for (const Party& party : call.parties) {
        if (party.agent) audience = audience_of(agents_.at(*party.agent), mask, 0);
    }
    audience.call_mask = mask;
    sessions_.broadcast(audience, message);
}

void CallEvents::report(std::string_view event, const Call& call, const Party& party) {
    Json fields{{"call", call.id.value}, {"device", party.device}};
    if (party.agent) fields["agent"] = agents_.at(*party.agent).settings->id;
    if (!call.name.empty()) fields["name"] = call.name;
    outside_.report(event, fields);
}

void CallEvents::pre_call(const Call& call, const Agent& agent) {
    const SkillGroup group = settings_.told_group(call.group);
    AgentPreCallEvent event{.service_number = SpecialValues::NULL_SERVICE,
                            .service_id = SpecialValues::NULL_SERVICE,
                            .skill_group_number = group.number,
                            .skill_group_id = group.id,
                            .skill_group_priority = group.priority,
                            .mrd_id = settings_.mrds[voice_mrd].id,
                            .agent_skill_target_id = static_cast<std::uint32_t>(agent.icm_id())};
    event.agent_instrument = agent.voice.device->instrument;
    event.agent_id = agent.settings->id;
    event.ani = given(call.ani);
    event.dialed_number = given(call.dialed_number);
    put_key(call, event);
    put(call.data, event);
    sessions_.broadcast(audience_of(agent, CallMsgMask::AGENT_PRE_CALL_MASK, 0), event);
}

void CallEvents::begin(const Call& call, const Party& party) {
    auto event = about<BeginCallEvent>(call, party);
    event.call_type = call.type;
    put_caller(call, event);
    put_key(call, event);
    send(event, call, CallMsgMask::BEGIN_CALL_MASK);
}

void CallEvents::service_initiated(const Call& call, const Party& party) {
    auto event = about<CallServiceInitiatedEvent>(call, party);
    put_route(call, settings_.told_group(call.group), event);
    event.calling_device_type = device_type(party.device);
    event.calling_device_id = given(party.device);
    send(event, call, CallMsgMask::CALL_SERVICE_INITIATED_MASK);
    report("call.dialled", call, party);
}

void CallEvents::originated(const Call& call, const Party& party) {
    auto event = about<CallOriginatedEvent>(call, party);
    put_route(call, settings_.told_group(call.group), event);
    put_parties(call, event);
    send(event, call, CallMsgMask::CALL_ORIGINATED_MASK);
}

void CallEvents::delivered(const Call& call, const Party& alerting) {
    auto event = about<CallDeliveredEvent>(call, alerting);
    put_route(call, settings_.told_group(call.group), event);
    put_parties(call, event);
    event.alerting_device_type = device_type(alerting.device);
    event.alerting_device_id = given(alerting.device);
    event.last_redirect_device_type = DeviceIDType::DEVID_NONE;
    put_caller(call, event);
    send(event, call, CallMsgMask::CALL_DELIVERED_MASK);
    report("call.delivered", call, alerting);
}

void CallEvents::established(const Call& call, const Party& answering) {
    auto event = about<CallEstablishedEvent>(call, answering);
    put_route(call, settings_.told_group(call.group), event);
    put_parties(call, event);
    event.answering_device_type = device_type(answering.device);
    event.answering_device_id = given(answering.device);
    event.last_redirect_device_type = DeviceIDType::DEVID_NONE;
    send(event, call, CallMsgMask::CALL_ESTABLISHED_MASK);
    report("call.established", call, answering);
}

void CallEvents::held(const Call& call, const Party& party) {
    auto event = about<CallHeldEvent>(call, party);
    event.holding_device_type = device_type(party.device);
    event.holding_device_id = given(party.device);
    send(event, call, CallMsgMask::CALL_HELD_MASK);
    report("call.held", call, party);
}

void CallEvents::retrieved(const Call& call, const Party& party) {
    auto event = about<CallRetrievedEvent>(call, party);
    event.retrieving_device_type = device_type(party.device);
    event.retrieving_device_id = given(party.device);
    send(event, call, CallMsgMask::CALL_RETRIEVED_MASK);
    report("call.retrieved", call, party);
}

void CallEvents::failed(const Call& call, const Party& party, std::uint16_t cause) {
    auto event = about<CallFailedEvent>(call, party);
    event.local_connection_state = LocalConnectionState::LCS_FAIL;
    event.event_cause = cause;
    event.failing_device_type = device_type(party.device);
    event.failing_device_id = given(party.device);
    event.called_device_type = device_type(call.dialed_number);
    event.called_device_id = given(call.dialed_number);
    send(event, call, CallMsgMask::CALL_FAILED_MASK);
    report("call.failed", call, party);
}

void CallEvents::connection_cleared(const Call& call, const Party& party, std::uint16_t cause) {
    auto event = about<CallConnectionClearedEvent>(call, party);
    event.local_connection_state = LocalConnectionState::LCS_NULL;
    event.event_cause = cause;
    event.releasing_device_type = device_type(party.device);
    event.releasing_device_id = given(party.device);
    send(event, call, CallMsgMask::CALL_CONNECTION_CLEARED_MASK);
    report("call.connection_cleared", call, party);
}

void CallEvents::cleared(const Call& call, const Party& party, std::uint16_t cause) {
    auto event = about<CallClearedEvent>(call, party);
    event.local_connection_state = LocalConnectionState::LCS_NULL;
    event.event_cause = cause;
    send(event, call, CallMsgMask::CALL_CLEARED_MASK);
}

void CallEvents::ended(const Call& call, const Party& party) {
    send(about<EndCallEvent>(call, party), call, CallMsgMask::END_CALL_MASK);
    report("call.ended", call, party);
}

void CallEvents::data_update(const Call& call, const Party& party) {
    auto event = about<CallDataUpdateEvent>(call, party);
    event.call_type = call.type;
    // the fields that would rename the connection are required: they repeat its name
    event.new_connection_device_id_type = event.connection_device_id_type;
    event.new_connection_device_id = event.connection_device_id;
    event.new_connection_call_id = event.connection_call_id;
    put_caller(call, event);
    put_key(call, event);
    event.call_wrapup_data = given(call.wrap_up_data);
    send(event, call, CallMsgMask::CALL_DATA_UPDATE_MASK);
}

}  // namespace cticonnector::sim::cc
