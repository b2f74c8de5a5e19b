// Golden call messages <-> values, in both directions, and every shorter body.

#include "golden_case.hpp"

using namespace cticonnector;
using namespace cticonnector::ged188;
using namespace cticonnector::ged188::golden_case;
using namespace std::string_view_literals;

namespace {

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
class GoldenCalls : public testing::TestWithParam<Case> {};

TEST_P(GoldenCalls, DecodesEncodesAndRefusesEveryShorterBody) { GetParam().run(GetParam().name); }

INSTANTIATE_TEST_SUITE_P(Ged188, GoldenCalls,
                         testing::ValuesIn(joined({alerting_cases(), call_state_cases(), call_data_cases()})),
                         [](const auto& test) { return test.param.name; });

}  // namespace
