// What a client asks for calls and devices. Source: GED-188 sections 7, 8 and the call messages of
// section 13.
#include <string>

#include "control.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

constexpr ControlFailure call_unknown{ControlFailureCode::CF_INVALID_CSTA_CALL_IDENTIFIER, 0};
constexpr ControlFailure connection_unknown{ControlFailureCode::CF_INVALID_CSTA_CONNECTION_IDENTIFIER, 0};
constexpr ControlFailure device_unknown{ControlFailureCode::CF_INVALID_CSTA_DEVICE_IDENTIFIER,
                                        PeripheralErrorCode::PERERR_TELDRIVE_NOINSTRUMENTFOREXTENSION};
constexpr ControlFailure nobody_there{ControlFailureCode::CF_INVALID_CALLING_DEVICE,
                                      PeripheralErrorCode::PERERR_TELDRIVE_NOINSTRUMENTFOREXTENSION};

constexpr std::uint16_t most_active_calls = 1;
constexpr std::uint16_t most_held_calls = 2;

}  // namespace

Control::Found Control::find(const Named& named) {
    const Call* call = calls_.find(CallId{named.call_id});
    if (call == nullptr) return {.failure = call_unknown};
    const Agent* there = named.instrument ? agents_.at_device(*named.instrument) : nullptr;
    for (const Party& party : call->parties) {
        const bool meant = named.connection ? party.connection == *named.connection
                                            : there != nullptr && party.agent == there->index;
        if (meant) return {.party = party.id};
    }
    return {.failure = connection_unknown};
}

template <class Conf>
void Control::operate(const ClientSession& session, std::uint32_t invoke_id, const Named& named,
                      Operation operation) {
    const Found found = find(named);
    if (!found.party) return refuse(session, invoke_id, found.failure);
    const Confirm confirm = [&](const Party&) { sessions_.send(session, Conf{.invoke_id = invoke_id}); };
    if (const Refusal refusal = (switchboard_.*operation)(*found.party, confirm))
        refuse(session, invoke_id, *refusal);
}

void Control::on(ClientSession& session, const AnswerCallReq& request) {
    operate<AnswerCallConf>(
        session, request.invoke_id,
        {request.connection_call_id, request.connection_device_id, request.agent_instrument},
        &Switchboard::answer);
}

void Control::on(ClientSession& session, const ClearConnectionReq& request) {
    operate<ClearConnectionConf>(
        session, request.invoke_id,
        {request.connection_call_id, request.connection_device_id, request.agent_instrument},
        &Switchboard::drop);
}

void Control::on(ClientSession& session, const HoldCallReq& request) {
    operate<HoldCallConf>(
        session, request.invoke_id,
        {request.connection_call_id, request.connection_device_id, request.agent_instrument},
        &Switchboard::hold);
}

void Control::on(ClientSession& session, const RetrieveCallReq& request) {
    operate<RetrieveCallConf>(
        session, request.invoke_id,
        {request.held_connection_call_id, request.held_connection_device_id, request.agent_instrument},
        &Switchboard::retrieve);
}

void Control::on(ClientSession& session, const ClearCallReq& request) {
    Call* call = calls_.find(CallId{request.connection_call_id});
    if (call == nullptr) return refuse(session, request.invoke_id, call_unknown);
    const Confirm confirm = [&](const Party&) {
        sessions_.send(session, ClearCallConf{.invoke_id = request.invoke_id});
    };
    if (const Refusal refusal = switchboard_.clear(call->id, confirm))
        refuse(session, request.invoke_id, *refusal);
}

void Control::on(ClientSession& session, const AlternateCallReq& request) {
    const Found active = find(
        {request.active_connection_call_id, request.active_connection_device_id, request.agent_instrument});
    const Found held = find(
        {request.other_connection_call_id, request.other_connection_device_id, request.agent_instrument});
    if (!active.party) return refuse(session, request.invoke_id, active.failure);
    if (!held.party) return refuse(session, request.invoke_id, held.failure);
    const Confirm confirm = [&](const Party&) {
        sessions_.send(session, AlternateCallConf{.invoke_id = request.invoke_id});
    };
    if (const Refusal refusal = switchboard_.alternate(*active.party, *held.party, confirm))
        refuse(session, request.invoke_id, *refusal);
}

void Control::on(ClientSession& session, const MakeCallReq& request) {
    const Agent* agent = agents_.at_device(request.agent_instrument.value_or(""));
    if (agent == nullptr) return refuse(session, request.invoke_id, nobody_there);
    Data data;
    take(data, request);
    const Confirm confirm = [&](const Party& mine) {
        MakeCallConf answer{
            .invoke_id = request.invoke_id,
            .new_connection_call_id = mine.id.call.value,
            .new_connection_device_id_type = ConnectionDeviceIDType::CONNECTION_ID_STATIC,
            .line_type = LineType::LINETYPE_OUTBOUND_ACD,
        };
        answer.new_connection_device_id = mine.connection;
        sessions_.send(session, answer);
    };
    if (const Refusal refusal =
            switchboard_.dial(agent->index, std::string(request.dialed_number.value_or("")), data, confirm))
        refuse(session, request.invoke_id, *refusal);
}

void Control::on(ClientSession& session, const ReleaseCallReq& request) {
    Call* call = calls_.find(CallId{request.connection_call_id});
    if (call == nullptr) return refuse(session, request.invoke_id, call_unknown);
    sessions_.send(session, ReleaseCallConf{.invoke_id = request.invoke_id});
    switchboard_.release(call->id);
}

void Control::on(ClientSession& session, const SetCallDataReq& request) {
    Call* call = calls_.find(CallId{request.connection_call_id});
    if (call == nullptr) return refuse(session, request.invoke_id, call_unknown);
    sessions_.send(session, SetCallDataConf{.invoke_id = request.invoke_id});
    take(call->data, request);
    if (request.call_wrapup_data) call->wrap_up_data = *request.call_wrapup_data;
    if (request.ani) call->ani = *request.ani;
    Json fields{{"call", call->id.value}, {"wrapup", call->wrap_up_data}};
    for (std::size_t i = 0; i < call->data.variables.size(); ++i) {
        if (request.call_variables[i]) fields["variable" + std::to_string(i + 1)] = *call->data.variables[i];
    }
    outside_.report("call.data_set", fields);
    switchboard_.data_changed(call->id);
}

void Control::on(ClientSession& session, const SnapshotDeviceReq& request) {
    const std::string_view name = request.agent_instrument.value_or("");
    if (agents_.device(name) == nullptr) return refuse(session, request.invoke_id, device_unknown);
    SnapshotDeviceConf answer{.invoke_id = request.invoke_id};
    if (const Agent* agent = agents_.at_device(name)) {
        for (const CallId id : agent->voice.calls) {
            const Party* party = calls_.find(id, agent->index);
            if (party == nullptr) continue;
            answer.calls.push_back(
                {.call_connection_call_id = id.value,
                 .call_connection_device_id_type = ConnectionDeviceIDType::CONNECTION_ID_STATIC,
                 .call_connection_device_id = party->connection,
                 .call_state = party->state});
        }
    }
    sessions_.send(session, answer);
}

void Control::on(ClientSession& session, const SnapshotCallReq& request) {
    Call* call = calls_.find(CallId{request.connection_call_id});
    if (call == nullptr) return refuse(session, request.invoke_id, call_unknown);
    SnapshotCallConf answer{.invoke_id = request.invoke_id, .call_type = call->type};
    answer.ani = call->ani;
    answer.dnis = call->dnis;
    answer.dialed_number = call->dialed_number;
    answer.router_call_key_day = static_cast<std::uint32_t>(call->key.task_group_high);
    answer.router_call_key_call_id = static_cast<std::uint32_t>(call->key.task_group_low);
    answer.call_wrapup_data = call->wrap_up_data;
    put(call->data, answer);
    for (const Party& party : call->parties) {
        answer.call_devices.push_back(
            {.call_connection_call_id = call->id.value,
             .call_connection_device_id_type = ConnectionDeviceIDType::CONNECTION_ID_STATIC,
             .call_connection_device_id = party.connection,
             .call_device_type = DeviceIDType::DEVID_DEVICE_IDENTIFIER,
             .call_device_id = party.device,
             .call_device_connection_state = party.state});
    }
    sessions_.send(session, answer);
}

void Control::on(ClientSession& session, const QueryDeviceInfoReq& request) {
    if (agents_.device(request.agent_instrument.value_or("")) == nullptr)
        return refuse(session, request.invoke_id, device_unknown);
    QueryDeviceInfoConf answer{.invoke_id = request.invoke_id,
                               .peripheral_type = settings_.peripheral_type,
                               .type_of_device = TypeOfDevice::DEVT_STATION,
                               .max_active_calls = most_active_calls,
                               .max_held_calls = most_held_calls,
                               .call_events_supported = all_bits(CallMsgMask::names)};
    answer.lines.push_back({.line_handle = std::uint16_t{0}, .line_type = LineType::LINETYPE_INBOUND_ACD});
    answer.lines.push_back({.line_handle = std::uint16_t{1}, .line_type = LineType::LINETYPE_OUTBOUND_ACD});
    sessions_.send(session, answer);
}

}  // namespace cticonnector::sim::cc
