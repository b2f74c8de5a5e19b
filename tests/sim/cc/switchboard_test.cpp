// Calls on the phone: queued, direct and dialled ones, and what can be done with them. GED-188 section 8.
#include "voice_bench.hpp"

namespace cticonnector::sim::cc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = AgentState;

struct SwitchboardTest : VoiceBench {};

TEST_F(SwitchboardTest, ChangedDataReachesWhoeverGetsEventsOfTheCall) {
    const ClientSessionId other = bench.open(CTIServiceMask::CTI_SERVICE_ALL_EVENTS);
    bench.ready_agent(id);
    bench.place({.ani = "030"});
    answer();
    bench.clear();
    const CallId call = bench.center.calls.named("")->id;
    bench.center.act(bench.now, [&] { bench.center.switchboard.data_changed(call); });
    EXPECT_EQ(bench.take<CallDataUpdateEvent>(other).size(), 1u);
}

TEST_F(SwitchboardTest, AQueuedCallRunsThroughAllItsEvents_R_DEC_37) {
    bench.ready_agent(id);
    Data data;
    data.variables[0] = "account";
    data.ecc = {{"user.mail", "a@b", {}}};
    bench.place({.ani = "0123", .dnis = "8000", .data = data});
    EXPECT_THAT(bench.names(id), ElementsAre("AGENT_PRE_CALL_EVENT", "BEGIN_CALL_EVENT",
                                             "CALL_DELIVERED_EVENT", "AGENT_STATE_EVENT"));
    const auto event = delivered();
    EXPECT_EQ(event.alerting_device_id, "52513");
    EXPECT_EQ(event.local_connection_state, LocalConnectionState::LCS_ALERTING);
    EXPECT_EQ(event.ani, "0123");
    EXPECT_EQ(event.call_variables[0], "account");
    EXPECT_EQ(event.named_variables, std::vector({wire::NamedVariable{"user.mail", "a@b"}}));
    const auto begin = bench.take<BeginCallEvent>(id).front();
    EXPECT_EQ(begin.call_type, CallType::CALLTYPE_ACD_IN);
    EXPECT_EQ(begin.connection_device_id, event.connection_device_id);
    const auto pre_call = bench.take<AgentPreCallEvent>(id).front();
    EXPECT_EQ(pre_call.router_call_key_call_id, begin.router_call_key_call_id);
    EXPECT_EQ(pre_call.agent_instrument, "52513");
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_RESERVED);

    answer();
    EXPECT_THAT(bench.names(id),
                ElementsAre("ANSWER_CALL_CONF", "CALL_ESTABLISHED_EVENT", "AGENT_STATE_EVENT"));
    EXPECT_EQ(bench.take<CallEstablishedEvent>(id).front().answering_device_id, "52513");
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_TALKING);
    bench.clear();

    bench.hang_up();
    EXPECT_THAT(bench.names(id), ElementsAre("CALL_CONNECTION_CLEARED_EVENT", "CALL_CONNECTION_CLEARED_EVENT",
                                             "CALL_CLEARED_EVENT", "END_CALL_EVENT", "AGENT_STATE_EVENT"));
    EXPECT_EQ(bench.take<CallConnectionClearedEvent>(id).front().releasing_device_id, "0123");
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_AVAILABLE);
}

TEST_F(SwitchboardTest, TheLongestReadyAgentGetsTheCall) {
    bench.login(id, "1002", "pw2", "52514");
    bench.set_state(id, "1002", State::AGENT_STATE_AVAILABLE);
    bench.pass(1s);
    bench.ready_agent(id);
    bench.place({.ani = "1"});
    EXPECT_EQ(delivered().alerting_device_id, "52514");
    bench.place({.ani = "2"});
    EXPECT_EQ(delivered().alerting_device_id, "52513");
    bench.place({.ani = "3"});
    EXPECT_EQ(bench.take<CallDeliveredEvent>(id).size(), 2u);
    EXPECT_EQ(bench.center.router.waiting(), 1u);
}

TEST_F(SwitchboardTest, ASkillGroupGetsOnlyItsAgents) {
    bench.login(id, "1002", "pw2", "52514");
    bench.set_state(id, "1002", State::AGENT_STATE_AVAILABLE);
    bench.clear();
    bench.place({.ani = "1", .skill_group = 10});
    EXPECT_THAT(bench.take<CallDeliveredEvent>(id), IsEmpty());
    bench.ready_agent(id);
    EXPECT_EQ(bench.center.calls.named("")->group, 10u);
    EXPECT_EQ(bench.center.agents.by_id("1001")->voice.calls.size(), 1u);
}

TEST_F(SwitchboardTest, RingNoAnswerTakesTheCallAwayAndOffersItToTheNext) {
    bench.ready_agent(id);
    bench.place({.ani = "0123"});
    const std::uint32_t first = delivered().connection_call_id;
    bench.pass(11'999ms);
    EXPECT_THAT(bench.take<EndCallEvent>(id), IsEmpty());
    bench.clear();
    bench.pass(1ms);
    EXPECT_EQ(bench.take<CallConnectionClearedEvent>(id).front().event_cause,
              EventCause::CECX_RING_NO_ANSWER);
    EXPECT_EQ(bench.take<EndCallEvent>(id).front().connection_call_id, first);
    const auto event = *bench.state(id, "1001");
    EXPECT_EQ(event.agent_state, State::AGENT_STATE_NOT_READY);
    EXPECT_EQ(event.event_reason_code, 32767);
    EXPECT_EQ(bench.center.router.waiting(), 1u);
    bench.login(id, "1002", "pw2", "52514");
    bench.set_state(id, "1002", State::AGENT_STATE_AVAILABLE);
    EXPECT_EQ(delivered().alerting_device_id, "52514");
    EXPECT_NE(delivered().connection_call_id, first);
}

TEST_F(SwitchboardTest, ADirectCallComesWithoutPreCallAndLeavesANotReadyAgentAsTheyAre) {
    bench.login(id, "1001", "pw1", "52513");
    bench.clear();
    bench.place({.ani = "0123", .to = "52513"});
    EXPECT_THAT(bench.take<AgentPreCallEvent>(id), IsEmpty());
    EXPECT_EQ(bench.take<BeginCallEvent>(id).front().call_type, CallType::CALLTYPE_OTHER_IN);
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_NOT_READY);
    answer();
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_TALKING);
    bench.hang_up();
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_NOT_READY);
}

TEST_F(SwitchboardTest, HoldRetrieveAndTheirRefusals) {
    bench.ready_agent(id);
    bench.place({.ani = "0123"});
    const std::uint32_t call = delivered().connection_call_id;
    const HoldCallReq hold{.invoke_id = 30, .connection_call_id = call, .agent_instrument = "52513"};
    bench.tell(id, hold);
    EXPECT_EQ(failure().first, ControlFailureCode::CF_NO_ACTIVE_CALL);
    bench.center.act(bench.now, [&] {
        const Agent& agent = *bench.center.agents.by_id("1001");
        const Party& ringing = *bench.center.calls.find(agent.voice.calls.front(), agent.index);
        EXPECT_FALSE(bench.center.switchboard.answer(ringing.id, unconfirmed));
    });
    bench.clear();
    bench.tell(id, hold);
    EXPECT_THAT(bench.names(id), ElementsAre("HOLD_CALL_CONF", "CALL_HELD_EVENT", "AGENT_STATE_EVENT"));
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_HOLD);
    bench.tell(
        id, RetrieveCallReq{.invoke_id = 31, .held_connection_call_id = call, .agent_instrument = "52513"});
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_TALKING);
    bench.tell(id, AnswerCallReq{.invoke_id = 32, .connection_call_id = 99});
    EXPECT_EQ(failure().first, ControlFailureCode::CF_INVALID_CSTA_CALL_IDENTIFIER);
}

TEST_F(SwitchboardTest, AlternateSwapsTheHeldAndTheActiveCall) {
    bench.ready_agent(id);
    bench.place({.ani = "1", .answer_after = 0ms});
    bench.pass(1ms);
    const Agent& agent = *bench.center.agents.by_id("1001");
    const std::uint32_t first = agent.voice.calls.front().value;
    bench.place({.ani = "2", .to = "52513"});
    bench.tell(id, HoldCallReq{.connection_call_id = first, .agent_instrument = "52513"});
    const std::uint32_t second = agent.voice.calls.back().value;
    bench.tell(id, AnswerCallReq{.connection_call_id = second, .agent_instrument = "52513"});
    bench.clear();
    bench.tell(id, AlternateCallReq{.invoke_id = 40,
                                    .active_connection_call_id = second,
                                    .other_connection_call_id = first,
                                    .agent_instrument = "52513"});
    EXPECT_THAT(bench.names(id),
                ElementsAre("ALTERNATE_CALL_CONF", "CALL_HELD_EVENT", "CALL_RETRIEVED_EVENT"));
    bench.tell(id, SnapshotDeviceReq{.invoke_id = 41, .agent_instrument = "52513"});
    const auto snapshot = bench.take<SnapshotDeviceConf>(id).front();
    ASSERT_EQ(snapshot.calls.size(), 2u);
    EXPECT_EQ(snapshot.calls[0].call_state, LocalConnectionState::LCS_CONNECT);
    EXPECT_EQ(snapshot.calls[1].call_state, LocalConnectionState::LCS_HOLD);
}

TEST_F(SwitchboardTest, ASecondCallIsNotAnsweredWhileTheFirstIsConnected_R_DEC_21) {
    bench.ready_agent(id);
    bench.place({.ani = "1", .answer_after = 0ms});
    bench.pass(1ms);
    bench.place({.ani = "2", .to = "52513"});
    const std::uint32_t second = bench.center.agents.by_id("1001")->voice.calls.back().value;
    bench.tell(id, AnswerCallReq{.connection_call_id = second, .agent_instrument = "52513"});
    EXPECT_EQ(failure().first, ControlFailureCode::CF_INVALID_OBJECT_STATE);
    bench.tell(id, ClearConnectionReq{.connection_call_id = second, .agent_instrument = "52513"});
    EXPECT_EQ(failure().first, ControlFailureCode::CF_INVALID_OBJECT_STATE);
}

TEST_F(SwitchboardTest, MakeCallOnlyFromNotReady) {
    const MakeCallReq request{.invoke_id = 50, .agent_instrument = "52513", .dialed_number = "0301234"};
    bench.ready_agent(id);
    bench.tell(id, request);
    EXPECT_EQ(failure().second, 10103u);
    bench.place({.ani = "1"});
    bench.tell(id, request);
    EXPECT_EQ(failure().second, 10106u);
    bench.hang_up();
    bench.set_state(id, "1001", State::AGENT_STATE_NOT_READY);
    bench.clear();
    bench.tell(id, request);
    EXPECT_THAT(bench.names(id),
                ElementsAre("MAKE_CALL_CONF", "BEGIN_CALL_EVENT", "CALL_SERVICE_INITIATED_EVENT",
                            "CALL_ORIGINATED_EVENT", "CALL_DELIVERED_EVENT", "AGENT_STATE_EVENT"));
    const auto conf = bench.take<MakeCallConf>(id).front();
    EXPECT_EQ(bench.take<BeginCallEvent>(id).front().connection_device_id, conf.new_connection_device_id);
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_TALKING);
    bench.pass(1s);
    EXPECT_EQ(bench.take<CallEstablishedEvent>(id).front().answering_device_id, "0301234");
    bench.tell(id, ClearConnectionReq{.invoke_id = 51,
                                      .connection_call_id = conf.new_connection_call_id,
                                      .connection_device_id = conf.new_connection_device_id});
    EXPECT_EQ(bench.take<ClearConnectionConf>(id).size(), 1u);
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_NOT_READY);
}

TEST_F(SwitchboardTest, UnknownAndBusyDestinationsFail) {
    bench.login(id, "1001", "pw1", "52513");
    bench.tell(id, MakeCallReq{.invoke_id = 50, .agent_instrument = "52513", .dialed_number = "777"});
    EXPECT_EQ(failure().first, ControlFailureCode::CF_INVALID_DESTINATION);
    bench.tell(id, MakeCallReq{.invoke_id = 51, .agent_instrument = "52513", .dialed_number = "0911"});
    EXPECT_EQ(bench.take<CallFailedEvent>(id).front().event_cause, EventCause::CEC_BUSY);
    EXPECT_EQ(bench.take<EndCallEvent>(id).size(), 1u);
    EXPECT_EQ(bench.center.calls.size(), 0u);
}

TEST_F(SwitchboardTest, AnInsideCallRingsAtTheOtherAgent) {
    bench.login(id, "1001", "pw1", "52513");
    bench.login(id, "1002", "pw2", "52514");
    bench.tell(id, MakeCallReq{.invoke_id = 50, .agent_instrument = "52513", .dialed_number = "52514"});
    EXPECT_EQ(delivered().alerting_device_id, "52514");
    const std::uint32_t call = delivered().connection_call_id;
    bench.tell(id, AnswerCallReq{.connection_call_id = call, .agent_instrument = "52514"});
    EXPECT_EQ(bench.state(id, "1002")->agent_state, State::AGENT_STATE_TALKING);
    bench.tell(id, ClearCallReq{.invoke_id = 52, .connection_call_id = call});
    EXPECT_EQ(bench.take<ClearCallConf>(id).size(), 1u);
    EXPECT_EQ(bench.state(id, "1001")->agent_state, State::AGENT_STATE_NOT_READY);
}

TEST_F(SwitchboardTest, WhatIsNotOfferedIsRefused) {
    bench.tell(id, TransferCallReq{.invoke_id = 60});
    EXPECT_EQ(failure().first, ControlFailureCode::CF_INVALID_FEATURE);
    bench.tell(id, QueryDeviceInfoReq{.invoke_id = 61, .agent_instrument = "52513"});
    EXPECT_EQ(bench.take<QueryDeviceInfoConf>(id).front().lines.size(), 2u);
}

}  // namespace
}  // namespace cticonnector::sim::cc
