// Login, states and wrap-up on voice. GED-188 section 8 with the Unified CCE specifics.
#include "voice_bench.hpp"

namespace cticonnector::sim::cc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = AgentState;

struct VoiceTest : VoiceBench {};

TEST_F(VoiceTest, LoginIsAnEventBeforeNotReady) {
    bench.login(id, "1001", "pw1", "52513");
    EXPECT_THAT(bench.names(id),
                ElementsAre("SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT", "AGENT_STATE_EVENT"));
    EXPECT_THAT(bench.states(id, "1001"),
                ElementsAre(State::AGENT_STATE_LOGIN, State::AGENT_STATE_NOT_READY));
    const auto event = *bench.state(id, "1001");
    EXPECT_EQ(event.agent_extension, "52513");
    EXPECT_EQ(event.agent_instrument, "52513");
    EXPECT_EQ(event.icm_agent_id, 5001);
    EXPECT_EQ(event.mrd_id, 1);
    ASSERT_EQ(event.skill_groups.size(), 1u);
    EXPECT_EQ(event.skill_groups[0].flt_skill_group_number, 10);
}

TEST_F(VoiceTest, LoginIsRefusedWithThePublishedCodes_R_DEC_49) {
    bench.login(id, "4711", "pw1", "52513");
    EXPECT_EQ(failure().first, ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED);
    bench.login(id, "1001", "wrong", "52513");
    EXPECT_EQ(failure().first, ControlFailureCode::CF_INVALID_PASSWORD_SPECIFIED);
    bench.login(id, "1001", "pw1", "99999");
    EXPECT_EQ(failure(), std::pair(260u, 10004u));
    bench.login(id, "1001", "pw1", "52513");
    EXPECT_EQ(failure(), none);
    bench.login(id, "1002", "pw2", "52513");
    EXPECT_EQ(failure().first, ControlFailureCode::CF_SPECIFIED_EXTENSION_ALREADY_IN_USE);
    bench.login(id, "1001", "pw1", "52514");
    EXPECT_EQ(failure(), std::pair(259u, 10102u));
    bench.login(id, "jdoe", "pw1", "52513");
    EXPECT_EQ(failure(), std::pair(259u, 10102u));
}

TEST_F(VoiceTest, ForcedFlag2OnlyChecksThePassword_R_DEC_1_R_DEC_48) {
    const auto authenticate = [this](std::string_view password) {
        bench.tell(id, SetAgentStateReq{.invoke_id = 7,
                                        .agent_state = State::AGENT_STATE_LOGIN,
                                        .forced_flag = ForcedFlag::AGENT_AUTHENTICATION_ONLY,
                                        .agent_id = "1001",
                                        .agent_password = password});
    };
    authenticate("pw1");
    EXPECT_THAT(bench.names(id), ElementsAre("SET_AGENT_STATE_CONF"));
    EXPECT_EQ(failure(), none);
    authenticate("wrong");
    EXPECT_EQ(failure().first, ControlFailureCode::CF_INVALID_PASSWORD_SPECIFIED);
    bench.login(id, "1001", "pw1", "52513");
    bench.clear();
    authenticate("pw1");
    EXPECT_THAT(bench.names(id), ElementsAre("SET_AGENT_STATE_CONF"));
}

TEST_F(VoiceTest, LogoutOnlyFromNotReadyUnlessForced) {
    bench.set_state(id, "1001", State::AGENT_STATE_LOGOUT);
    EXPECT_EQ(failure().second, 10101u);
    bench.ready_agent(id);
    bench.set_state(id, "1001", State::AGENT_STATE_LOGOUT);
    EXPECT_EQ(failure().second, 10112u);
    bench.set_state(id, "1001", State::AGENT_STATE_LOGOUT, 3, ForcedFlag::TRUE_);
    const auto event = *bench.state(id, "1001");
    EXPECT_EQ(event.agent_state, State::AGENT_STATE_LOGOUT);
    EXPECT_EQ(event.event_reason_code, 3);
    EXPECT_EQ(event.agent_extension, "52513");
    bench.clear();
    bench.login(id, "1002", "pw2", "52513");
    EXPECT_EQ(failure(), none);
}

TEST_F(VoiceTest, IllegalTransitionsAre10108) {
    bench.set_state(id, "1001", State::AGENT_STATE_AVAILABLE);
    EXPECT_EQ(failure().second, 10108u);
    bench.ready_agent(id);
    bench.set_state(id, "1001", State::AGENT_STATE_WORK_READY);
    EXPECT_EQ(failure().second, 10108u);
    bench.set_state(id, "1001", State::AGENT_STATE_TALKING);
    EXPECT_EQ(failure().second, 10108u);
}

TEST_F(VoiceTest, StateEventsSayTheDirectionOfTheCall) {
    bench.login(id, "1002", "pw2", "52514");
    EXPECT_EQ(bench.state(id, "1002")->direction, CallDirection::NONE);
    bench.ready_agent(id);
    bench.place({.ani = "030"});
    answer();
    EXPECT_EQ(bench.state(id, "1001")->direction, CallDirection::IN_);
    bench.hang_up();
    EXPECT_EQ(bench.state(id, "1001")->direction, CallDirection::NONE);
}

TEST_F(VoiceTest, QueryTellsTheState) {
    bench.ready_agent(id);
    bench.tell(id, QueryAgentStateReq{.invoke_id = 4, .mrd_id = 1, .icm_agent_id = -1, .agent_id = "1001"});
    const auto conf = bench.take<QueryAgentStateConf>(id).front();
    EXPECT_EQ(conf.agent_state, State::AGENT_STATE_AVAILABLE);
    EXPECT_EQ(conf.icm_agent_id, 5001);
    EXPECT_EQ(conf.agent_extension, "52513");
    EXPECT_EQ(conf.agent_availability_status, AgentAvailabilityStatus::ICM_AVAILABLE);
    bench.tell(id, QueryAgentStateReq{.invoke_id = 4, .mrd_id = 1, .icm_agent_id = -1, .agent_id = "4711"});
    EXPECT_EQ(failure().first, ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED);
}

TEST_F(VoiceTest, APendingStateIsShownAndTakesEffectAfterTheCall_R_DEC_40) {
    bench.ready_agent(id);
    bench.place({.ani = "0123"});
    answer();
    bench.clear();
    bench.set_state(id, "1001", State::AGENT_STATE_NOT_READY, 5);
    auto event = *bench.state(id, "1001");
    EXPECT_EQ(event.agent_state, State::AGENT_STATE_TALKING);
    EXPECT_EQ(event.next_agent_state, State::AGENT_STATE_NOT_READY);
    bench.hang_up();
    event = *bench.state(id, "1001");
    EXPECT_EQ(event.agent_state, State::AGENT_STATE_NOT_READY);
    EXPECT_EQ(event.event_reason_code, 5);
    EXPECT_EQ(event.next_agent_state, std::nullopt);
}

TEST_F(VoiceTest, RequiredWrapUpKeepsTheCallUntilReleaseOrItsTimer) {
    bench.login(id, "1002", "pw2", "52514");
    bench.set_state(id, "1002", State::AGENT_STATE_AVAILABLE);
    bench.place({.ani = "0123", .answer_after = 0ms});
    bench.pass(1ms);
    const std::uint32_t call_id = bench.center.calls.named("")->id.value;
    bench.hang_up();
    EXPECT_EQ(bench.state(id, "1002")->agent_state, State::AGENT_STATE_WORK_READY);
    EXPECT_THAT(bench.take<EndCallEvent>(id), IsEmpty());
    bench.tell(id, SetCallDataReq{.invoke_id = 5, .connection_call_id = call_id, .call_wrapup_data = "sold"});
    EXPECT_EQ(bench.take<SetCallDataConf>(id).size(), 1u);
    ASSERT_EQ(bench.take<CallDataUpdateEvent>(id).size(), 1u);
    EXPECT_EQ(bench.take<CallDataUpdateEvent>(id).back().call_wrapup_data, "sold");
    bench.tell(id, ReleaseCallReq{.invoke_id = 6, .connection_call_id = call_id});
    EXPECT_EQ(bench.take<ReleaseCallConf>(id).size(), 1u);
    EXPECT_EQ(bench.take<EndCallEvent>(id).size(), 1u);
    EXPECT_EQ(bench.state(id, "1002")->agent_state, State::AGENT_STATE_WORK_READY);
    bench.pass(30s);
    EXPECT_EQ(bench.state(id, "1002")->agent_state, State::AGENT_STATE_AVAILABLE);
}

}  // namespace
}  // namespace cticonnector::sim::cc
