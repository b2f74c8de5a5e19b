// Golden bytes <-> values, in both directions, and every shorter body.

#include "golden.hpp"

#include <functional>
#include <set>

using namespace cticonnector;
using namespace cticonnector::ged188;
using namespace std::string_view_literals;

namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;
constexpr std::uint16_t none16 = 0xFFFF;
constexpr std::uint32_t peripheral = 5000;
constexpr std::uint32_t call = 16000001;
constexpr std::int32_t agent = 5121;
constexpr std::int32_t mrd = 5003;
constexpr std::uint16_t enterprise_agent = PeripheralType::PT_ENTERPRISE_AGENT;

// Where a body may end without breaking: behind the fixed part and behind each floating field.
std::set<std::size_t> field_ends(std::span<const std::uint8_t> body, std::size_t fixed_size,
                                 Version version) {
    const bool wide = version.number >= 20;  // GED-188 section 3
    std::set<std::size_t> ends{fixed_size};
    for (std::size_t at = fixed_size; at + (wide ? 4 : 2) <= body.size();) {
        at += wide ? 4u + body[at + 2] * 256u + body[at + 3] : 2u + body[at + 1];
        ends.insert(at);
    }
    return ends;
}

template <class M>
void check(const std::string& name, Version version, std::size_t fixed_size, const M& expected) {
    const Bytes bytes = golden_bytes(name);
    const Frame frame = frame_of(bytes);
    Notes notes;
    const auto decoded = decode<M>(frame, version, notes);
    ASSERT_TRUE(decoded) << describe(decoded.error());
    EXPECT_EQ(*decoded, expected);
    EXPECT_EQ(notes, Notes{});

    Bytes encoded;
    const auto done = encode(expected, version, encoded);
    ASSERT_TRUE(done) << describe(done.error());
    EXPECT_EQ(wire::print_hex(encoded), wire::print_hex(bytes));

    const std::set<std::size_t> ends = field_ends(frame.body, fixed_size, version);
    for (std::size_t size = 0; size < frame.body.size(); ++size) {
        const auto shorter = decode<M>({frame.type, frame.body.first(size)}, version);
        ASSERT_EQ(shorter.has_value(), ends.contains(size)) << "cut to " << size << " bytes";
        if (shorter) continue;
        EXPECT_EQ(shorter.error().code,
                  size < fixed_size ? wire::WireError::truncated_fixed : wire::WireError::truncated_floating);
    }
}

struct Case {
    std::string name;
    std::function<void(const std::string&)> run;
};

std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }

template <class M>
Case golden(const char* name, std::uint32_t version, std::size_t fixed_size, const M& expected) {
    return {name, [=](const std::string& file) { check(file, Version{version}, fixed_size, expected); }};
}

std::vector<Case> session_cases() {
    OpenReq open{.invoke_id = 1,
                 .version_number = 24,
                 .idle_timeout = 120,
                 .peripheral_id = none,
                 .services_requested = 0x416,
                 .call_msg_mask = 0xFFFFFF,
                 .agent_state_mask = 0x3FFF,
                 .client_id = "ClientID",
                 .client_password = "",
                 .client_signature = "ctic",
                 .application_path_id = 5000};
    OpenReq open_narrow{.invoke_id = 2,
                        .version_number = 15,
                        .idle_timeout = none,
                        .peripheral_id = peripheral,
                        .services_requested = CTIServiceMask::CTI_SERVICE_CLIENT_EVENTS,
                        .call_msg_mask = CallMsgMask::CALL_DELIVERED_MASK,
                        .agent_state_mask = 8,
                        .client_id = "ClientID",
                        .client_password = "secret",
                        .agent_id = "1001"};
    OpenConf conf{.invoke_id = 1,
                  .services_granted = 0x416,
                  .icm_central_controller_time = 1700000000,
                  .peripheral_online = true,
                  .peripheral_type = enterprise_agent,
                  .agent_state = AgentState::AGENT_STATE_UNKNOWN,
                  .department_id = -1,
                  .session_type = SessionType::ACTIVE,
                  .peripherals = {{5000, 0}, {5001, 1}}};
    OpenConf conf_narrow{.invoke_id = 2,
                         .services_granted = 1,
                         .pg_status = PGStatus::PGS_PERIPHERAL_OFFLINE,
                         .icm_central_controller_time = 1700000000,
                         .peripheral_type = enterprise_agent,
                         .agent_state = AgentState::AGENT_STATE_AVAILABLE,
                         .agent_extension = "2001",
                         .agent_id = "1001"};
    SystemEvent system{.pg_status = PGStatus::PGS_PERIPHERAL_OFFLINE,
                       .icm_central_controller_time = 1700000000,
                       .system_event_id = SystemEventID::SYS_PERIPHERAL_OFFLINE,
                       .system_event_arg1 = peripheral,
                       .event_device_type = DeviceIDType::DEVID_NONE,
                       .text = "lost"};
    return {golden("open_req", 24, 44, open), golden("open_req_narrow", 15, 44, open_narrow),
            golden("open_conf", 24, 32, conf), golden("open_conf_narrow", 18, 26, conf_narrow),
            golden("heartbeat_req", 24, 4, HeartbeatReq{7}),
            golden("heartbeat_conf", 24, 4, HeartbeatConf{7}), golden("close_req", 24, 8, CloseReq{8, 16}),
            golden("close_conf", 24, 4, CloseConf{8}),
            golden("failure_conf_status", 24, 8, FailureConf{.invoke_id = 17, .status = 36}),
            // Cut to eight bytes the FailureCode form becomes a Status form (section 11).
            golden("failure_conf_code", 24, 8,
                   FailureConf{.invoke_id = 18, .failure_code = 12, .peripheral_error_code = 10100}),
            golden("failure_event", 24, 4, FailureEvent{15}), golden("system_event", 24, 26, system),
            golden("control_failure_conf", 24, 10,
                   ControlFailureConf{44, ControlFailureCode::CF_NO_ACTIVE_CALL, 10103})};
}

std::vector<Case> alerting_cases() {
    CallDeliveredEvent delivered{.peripheral_id = peripheral,
                                 .peripheral_type = enterprise_agent,
                                 .connection_call_id = call,
                                 .line_handle = none16,
                                 .service_number = none,
                                 .service_id = none,
                                 .skill_group_number = 3,
                                 .skill_group_id = 5018,
                                 .last_redirect_device_type = none16,
                                 .local_connection_state = LocalConnectionState::LCS_ALERTING,
                                 .event_cause = 22,
                                 .connection_device_id = "2001",
                                 .alerting_device_id = "2001",
                                 .calling_device_id = "49123",
                                 .dnis = "8000",
                                 .named_variables = {{"user.id", "91234"}},
                                 .named_arrays = {{2, "user.a", "xy"}}};
    delivered.call_variables[0] = "A1";
    delivered.call_variables[9] = "J10";
    CallDeliveredEvent narrow{.monitor_id = 5,
                              .peripheral_id = peripheral,
                              .peripheral_type = enterprise_agent,
                              .connection_device_id_type = ConnectionDeviceIDType::CONNECTION_ID_DYNAMIC,
                              .connection_call_id = 42,
                              .line_handle = 1,
                              .line_type = LineType::LINETYPE_INSIDE,
                              .alerting_device_type = none16,
                              .calling_device_type = none16,
                              .called_device_type = none16,
                              .last_redirect_device_type = none16,
                              .local_connection_state = LocalConnectionState::LCS_INITIATE,
                              .event_cause = EventCause::CEC_NONE,
                              .connection_device_id = "T17",
                              .trunk_number = 17,
                              .secondary_connection_call_id = 43,
                              .ani_ii = "7",
                              .user_to_user_info = "\1\0\xFF"sv};
    CallEstablishedEvent established{.peripheral_id = peripheral,
                                     .peripheral_type = enterprise_agent,
                                     .connection_call_id = call,
                                     .line_handle = none16,
                                     .service_number = none,
                                     .service_id = none,
                                     .skill_group_number = 3,
                                     .skill_group_id = 5018,
                                     .last_redirect_device_type = none16,
                                     .local_connection_state = LocalConnectionState::LCS_CONNECT,
                                     .event_cause = none16,
                                     .connection_device_id = "2001",
                                     .answering_device_id = "2001",
                                     .called_device_id = "8000"};
    return {golden("call_delivered_event", 24, 54, delivered),
            golden("call_delivered_event_narrow", 19, 54, narrow),
            golden("call_established_event", 24, 50, established)};
}

std::vector<Case> call_state_cases() {
    CallHeldEvent held{.peripheral_id = peripheral,
                       .peripheral_type = enterprise_agent,
                       .connection_call_id = call,
                       .local_connection_state = LocalConnectionState::LCS_HOLD,
                       .event_cause = none16,
                       .connection_device_id = "2001",
                       .holding_device_id = "2001"};
    CallClearedEvent cleared{.peripheral_id = peripheral,
                             .peripheral_type = enterprise_agent,
                             .connection_call_id = call,
                             .event_cause = none16,
                             .connection_device_id = "2001"};
    CallConnectionClearedEvent released{.peripheral_id = peripheral,
                                        .peripheral_type = enterprise_agent,
                                        .connection_call_id = call,
                                        .event_cause = EventCause::CEC_REDIRECTED,
                                        .connection_device_id = "7001",
                                        .releasing_device_id = "7001"};
    CallConferencedEvent conferenced{.peripheral_id = peripheral,
                                     .peripheral_type = enterprise_agent,
                                     .primary_call_id = 101,
                                     .line_handle = none16,
                                     .skill_group_number = 3,
                                     .skill_group_id = 5018,
                                     .secondary_call_id = 102,
                                     .local_connection_state = LocalConnectionState::LCS_CONNECT,
                                     .event_cause = 10,
                                     .primary_device_id = "2001",
                                     .secondary_device_id = "2001",
                                     .parties = {{101, 0, "2001"}, {101, 1, "49123"}, {101, 0xFFFF, {}}}};
    CallTransferredEvent transferred{.peripheral_id = peripheral,
                                     .peripheral_type = enterprise_agent,
                                     .primary_call_id = 101,
                                     .line_handle = none16,
                                     .skill_group_number = 3,
                                     .skill_group_id = 5018,
                                     .secondary_call_id = 102,
                                     .event_cause = none16,
                                     .primary_device_id = "2001",
                                     .secondary_device_id = "2001",
                                     .transferring_device_id = "2001",
                                     .parties = {{101, 0, "2002"}}};
    EndCallEvent end{.peripheral_id = peripheral,
                     .peripheral_type = enterprise_agent,
                     .connection_call_id = call,
                     .connection_device_id = "2001"};
    return {golden("call_held_event", 24, 22, held),
            golden("call_cleared_event", 24, 20, cleared),
            golden("call_connection_cleared_event", 24, 22, released),
            golden("call_conferenced_event", 24, 46, conferenced),
            golden("call_transferred_event", 24, 46, transferred),
            golden("end_call_event", 24, 16, end)};
}

std::vector<Case> call_data_cases() {
    BeginCallEvent begin{.peripheral_id = peripheral,
                         .peripheral_type = enterprise_agent,
                         .call_type = CallType::CALLTYPE_ACD_IN,
                         .connection_call_id = call,
                         .connection_device_id = "2001",
                         .ani = "49123",
                         .router_call_key_day = 151539,
                         .router_call_key_call_id = 312,
                         .router_call_key_sequence_number = 1,
                         .named_variables = {{"a", "11"}, {"bc", ""}},
                         .cti_clients = {{"ctic", 1700000000}}};
    begin.call_variables[0] = "A";
    begin.call_variables[2] = "";
    CallDataUpdateEvent update{.peripheral_id = peripheral,
                               .peripheral_type = enterprise_agent,
                               .call_type = CallType::CALLTYPE_ACD_IN,
                               .connection_call_id = call,
                               .new_connection_call_id = 16000002,
                               .connection_device_id = "2001",
                               .new_connection_device_id = "2002",
                               .router_call_key_sequence_number = 2};
    update.call_variables[1] = "B2";
    SetCallDataReq set{.invoke_id = 33,
                       .peripheral_id = peripheral,
                       .connection_call_id = call,
                       .call_type = CallType::CALLTYPE_ACD_IN,
                       .called_party_disposition = 13,
                       .connection_device_id = "2001",
                       .call_wrapup_data = "done",
                       .named_variables = {{"k", "val"}}};
    set.call_variables[4] = "E5";
    ReleaseCallReq release{.invoke_id = 34,
                           .peripheral_id = peripheral,
                           .connection_call_id = call,
                           .connection_device_id = "2001"};
    return {golden("begin_call_event", 24, 26, begin), golden("call_data_update_event", 24, 40, update),
            golden("set_call_data_req_narrow", 14, 30, set), golden("release_call_req", 24, 14, release)};
}

std::vector<Case> agent_cases() {
    AgentStateEvent event{.peripheral_id = peripheral,
                          .session_id = 42,
                          .peripheral_type = enterprise_agent,
                          .skill_group_state = AgentState::AGENT_STATE_AVAILABLE,
                          .state_duration = 5,
                          .skill_group_number = 3,
                          .skill_group_id = 5018,
                          .agent_state = AgentState::AGENT_STATE_TALKING,
                          .mrd_id = 1,
                          .num_tasks = 1,
                          .agent_mode = AgentMode::ROUTABLE,
                          .max_task_limit = 1,
                          .icm_agent_id = agent,
                          .agent_availability_status = AgentAvailabilityStatus::ICM_AVAILABLE,
                          .cti_client_signature = "ctic",
                          .agent_id = "1001",
                          .agent_extension = "2001",
                          .next_agent_state = 6,
                          .direction = 1,
                          .skill_groups = {{3, 5018, 0, 4}, {-1, 5019, 1, 7}},
                          .max_beyond_task_limit = 0};
    AgentStateEvent narrow{.peripheral_id = peripheral,
                           .session_id = 42,
                           .peripheral_type = enterprise_agent,
                           .skill_group_state = AgentState::AGENT_STATE_NOT_READY,
                           .skill_group_number = none,
                           .skill_group_id = none,
                           .agent_state = AgentState::AGENT_STATE_NOT_READY,
                           .event_reason_code = 50000,
                           .mrd_id = 1,
                           .max_task_limit = 1,
                           .icm_agent_id = agent,
                           .agent_id = "1001"};
    QueryAgentStateConf state{.invoke_id = 45,
                              .agent_state = AgentState::AGENT_STATE_AVAILABLE,
                              .mrd_id = 1,
                              .agent_mode = AgentMode::ROUTABLE,
                              .max_task_limit = 1,
                              .icm_agent_id = agent,
                              .agent_availability_status = AgentAvailabilityStatus::ICM_AVAILABLE,
                              .agent_id = "1001",
                              .agent_instrument = "2001",
                              .skill_groups = {{3u, 5018, 0, 3}},
                              .internal_agent_state = 3};
    SetAgentStateReq login{.invoke_id = 46,
                           .peripheral_id = peripheral,
                           .agent_state = AgentState::AGENT_STATE_LOGIN,
                           .forced_flag = ForcedFlag::AGENT_AUTHENTICATION_ONLY,
                           .agent_instrument = "2001",
                           .agent_id = "1001",
                           .agent_password = "pw1"};
    AnswerCallReq answer{.invoke_id = 47,
                         .peripheral_id = peripheral,
                         .connection_call_id = call,
                         .connection_device_id = "2001",
                         .agent_instrument = "2001"};
    MakeCallReq make{.invoke_id = 48,
                     .peripheral_id = peripheral,
                     .skill_group_number = none,
                     .agent_instrument = "2001",
                     .dialed_number = "49621123"};
    AgentPreCallEvent pre_call{.service_number = none,
                               .service_id = none,
                               .skill_group_number = 3,
                               .skill_group_id = 5018,
                               .mrd_id = mrd,
                               .agent_skill_target_id = 5121,
                               .agent_instrument = "2001",
                               .router_call_key_day = 151635,
                               .router_call_key_call_id = 312,
                               .router_call_key_sequence_number = 1,
                               .agent_id = "1001",
                               .num_of_enabled_services = 2,
                               .flt_enabled_services = {1, 2}};
    return {
        golden("agent_state_event", 24, 62, event),      golden("agent_state_event_narrow", 18, 58, narrow),
        golden("query_agent_state_conf", 24, 34, state), golden("set_agent_state_req", 24, 21, login),
        golden("answer_call_req", 24, 14, answer),       golden("make_call_req", 24, 32, make),
        golden("agent_pre_call_event", 24, 34, pre_call)};
}

std::vector<Case> arm_cases() {
    const wire::TaskId task{151635, 312, 1};
    TaskInitInd init{.invoke_id = 54,
                     .mrd_id = mrd,
                     .icm_agent_id = agent,
                     .task_id = task,
                     .task_state = TaskState::TASK_STATE_ACTIVE,
                     .script_selector = "mail",
                     .named_variables = {{"a", "1"}, {"b", "2"}}};
    init.call_variables[9] = "j";
    return {golden("media_login_req", 24, 20,
                   MediaLoginReq{.invoke_id = 49,
                                 .peripheral_id = peripheral,
                                 .mrd_id = mrd,
                                 .icm_agent_id = -1,
                                 .max_task_limit = 3,
                                 .agent_id = "1001",
                                 .max_beyond_task_limit = 1}),
            golden("media_login_resp", 24, 12, MediaLoginResp{49, 1, agent}),
            golden("make_agent_ready_ind", 24, 14, MakeAgentReadyInd{50, mrd, agent, true}),
            golden("offer_task_ind", 24, 24, OfferTaskInd{51, mrd, agent, task}),
            golden("end_task_ind", 19, 28, EndTaskInd{52, mrd, agent, {-1, -1, -1}, 38}),
            golden("task_init_ind", 24, 28, init),
            golden("failure_resp", 24, 8, FailureResp{51, 18}),
            golden("agent_tasks_resp", 24, 10,
                   AgentTasksResp{.invoke_id = 53, .status = 0, .tasks = {task, {151635, 313, 2}}})};
}

std::vector<Case> all_cases() {
    std::vector<Case> all;
    for (auto make :
         {session_cases, alerting_cases, call_state_cases, call_data_cases, agent_cases, arm_cases}) {
        for (Case& one : make()) all.push_back(std::move(one));
    }
    return all;
}

class Golden : public testing::TestWithParam<Case> {};

TEST_P(Golden, DecodesEncodesAndRefusesEveryShorterBody) { GetParam().run(GetParam().name); }

INSTANTIATE_TEST_SUITE_P(Ged188, Golden, testing::ValuesIn(all_cases()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
