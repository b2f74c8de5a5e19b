// Golden session, agent and ARM messages <-> values, in both directions, and every shorter body.

#include "golden_case.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;
using namespace cticonnector::ged188::golden_case;

namespace {

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
class GoldenAgents : public testing::TestWithParam<Case> {};

TEST_P(GoldenAgents, DecodesEncodesAndRefusesEveryShorterBody) { GetParam().run(GetParam().name); }

INSTANTIATE_TEST_SUITE_P(Ged188, GoldenAgents,
                         testing::ValuesIn(joined({session_cases(), agent_cases(), arm_cases()})),
                         [](const auto& test) { return test.param.name; });

}  // namespace
