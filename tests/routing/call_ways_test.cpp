// What becomes of a call: held, dialled, ended, with several agents, transferred and in a conference.
#include "calls.hpp"

#include "calls_rig.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using engine::AgentState;
using test::ann;
using test::ben;
using test::CallsTest;
using test::none;
using test::of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(CallsTest, HoldsAndRetrieves) {
    talk();
    auto hold = of<CallHeldEvent>(7, "a7");
    hold.holding_device_id = "4001";
    EXPECT_THAT(receive(hold), ElementsAre("held ann 7/a7"));
    auto retrieve = of<CallRetrievedEvent>(7, "a7");
    retrieve.retrieving_device_id = "4001";
    EXPECT_THAT(receive(retrieve), ElementsAre("retrieved ann 7/a7"));
}

TEST_F(CallsTest, AMissedDeliveryIsMadeGood) {
    receive(begin());
    EXPECT_THAT(receive(established("a7", "4001")), ElementsAre("offered ann 7/a7", "connected ann 7/a7"));
}

// R-DEC-37: outbound, the agent's connection is that of MAKE_CALL_CONF, whichever comes first.
TEST_F(CallsTest, DialsAndIsAnswered_R_DEC_37) {
    dial(9, "a9");
    EXPECT_TRUE(info.outbound);
    EXPECT_THAT(info.remote_numbers, ElementsAre("0815"));
    EXPECT_THAT(receive(established("far", "0815", "4001", 9)), ElementsAre("connected ann 9/a9"));
}

TEST_F(CallsTest, MakeCallConfBeforeTheEvents_R_DEC_37) {
    const CallId own{9, 1, "conf9"};
    EXPECT_EQ(calls.placed(ann, own), own);
    EXPECT_THAT(words(), IsEmpty());
    auto originated = of<CallOriginatedEvent>(9, "event9");
    originated.calling_device_id = "4001";
    EXPECT_THAT(receive(originated), ElementsAre("dialled ann 9/conf9"));
    EXPECT_EQ(calls.connection(ann, own), own);
}

TEST_F(CallsTest, MakeCallConfAfterTheEvents_R_DEC_37) {
    dial(9, "event9");
    const CallId known{9, 1, "event9"}, own{9, 1, "conf9"};
    EXPECT_EQ(calls.placed(ann, own), known) << "the engine knows it by its first name";
    EXPECT_EQ(calls.connection(ann, known), own) << "but this is what requests must name";
}

TEST_F(CallsTest, ADeliveryFarAwaySaysThatTheAgentDials) {
    receive(begin(9, "a9"));
    auto initiated = of<CallServiceInitiatedEvent>(9, "a9");
    initiated.calling_device_id = "4001";
    receive(initiated);
    auto ringing = delivered("far", "0815", 9);
    ringing.calling_device_id = "4001";
    ringing.called_device_id = "0815";
    EXPECT_THAT(receive(ringing), ElementsAre("dialled ann 9/a9"));
}

TEST_F(CallsTest, OneAgentCallsAnother) {
    dial(9, "a9");
    auto ringing = delivered("b9", "4002", 9);
    ringing.calling_device_id = "4001";
    EXPECT_THAT(receive(ringing), ElementsAre("offered ben 9/b9"));
    EXPECT_THAT(receive(established("b9", "4002", "4001", 9)),
                ElementsAre("connected ann 9/a9", "connected ben 9/b9"));
    EXPECT_THAT(receive(released("b9", "4002", EventCause::CEC_NONE, 9)), ElementsAre("cleared ben 9/b9"));
    EXPECT_THAT(receive(of<CallClearedEvent>(9, "a9")), ElementsAre("cleared ann 9/a9"));
}

// The ends of a call are told apart.
TEST_F(CallsTest, EndsInDifferentWays_R_REROUTE_3) {
    const struct {
        std::uint16_t cause;
        std::string alerting, talking;
    } cases[] = {{EventCause::CEC_NONE, "cleared", "cleared"},
                 {EventCause::CEC_REDIRECTED, "redirected", "cleared"},
                 {EventCause::CEC_CALL_NOT_ANSWERED, "redirected", "cleared"},
                 {EventCause::CECX_RING_NO_ANSWER, "redirected", "cleared"},
                 {EventCause::CEC_BUSY, "cleared", "cleared"}};
    for (const auto& c : cases) {
        receive(begin());
        receive(delivered("a7", "4001"));
        EXPECT_THAT(receive(released("a7", "4001", c.cause)), ElementsAre(c.alerting + " ann 7/a7"));
        EXPECT_THAT(receive(of<EndCallEvent>(7, "trunk")), IsEmpty());
        talk();
        EXPECT_THAT(receive(released("a7", "4001", c.cause)), ElementsAre(c.talking + " ann 7/a7"));
        receive(of<EndCallEvent>(7, "trunk"));
        EXPECT_EQ(calls.size(), 0u);
    }
}

// GED-188 section 6: when the VRU hands a queued call to the agent, its connection ends with cause 28.
TEST_F(CallsTest, TheReleaseOfTheVruIsNotTheAgents) {
    talk();
    EXPECT_THAT(receive(released("v7", "vru port", EventCause::CEC_REDIRECTED)), IsEmpty());
}

TEST_F(CallsTest, ADialledCallFails) {
    dial(9, "a9");
    auto failed = of<CallFailedEvent>(9, "far");
    failed.failing_device_id = "0815";
    EXPECT_THAT(receive(failed), ElementsAre("failed ann 9/a9"));
    dial(10, "a10");
    EXPECT_THAT(receive(released("a10", "4001", EventCause::CEC_BUSY, 10)), ElementsAre("failed ann 10/a10"));
}

// R-TEL-3: failed is a call that never came about, not one that was talked in.
TEST_F(CallsTest, AnAnsweredCallDoesNotFail) {
    dial(9, "a9");
    receive(established("far", "0815", "4001", 9));
    EXPECT_THAT(receive(released("a9", "4001", EventCause::CEC_NETWORK_CONGESTION, 9)),
                ElementsAre("cleared ann 9/a9"));
}

TEST_F(CallsTest, EndCallEndsWhateverIsLeft) {
    talk();
    EXPECT_THAT(receive(of<EndCallEvent>(7, "trunk")), ElementsAre("cleared ann 7/a7"));
    EXPECT_EQ(calls.size(), 0u);
    EXPECT_THAT(receive(of<EndCallEvent>(7, "trunk")), IsEmpty());
}

TEST_F(CallsTest, SeveralAgentsOnOneCall) {
    talk();
    EXPECT_THAT(receive(delivered("b7", "4002")), ElementsAre("offered ben 7/b7"));
    EXPECT_THAT(receive(established("b7", "4002")), ElementsAre("connected ben 7/b7"));
    EXPECT_THAT(receive(released("a7", "4001")), ElementsAre("cleared ann 7/a7"));
    EXPECT_THAT(receive(of<CallClearedEvent>(7, "trunk")), ElementsAre("cleared ben 7/b7"));
}

// GED-188 section 7: two live calls may share a ConnectionCallID.
TEST_F(CallsTest, TwoLiveCallsWithOneNumber) {
    auto first = begin(7, "t1"), second = begin(7, "t2");
    first.ani = "111";
    second.ani = "222";
    receive(first);
    EXPECT_THAT(receive(delivered("a7", "4001")), ElementsAre("offered ann 7/a7"));
    EXPECT_THAT(info.remote_numbers, ElementsAre("111"));
    receive(second);
    EXPECT_THAT(receive(delivered("b7", "4002")), ElementsAre("offered ben 7/b7"));
    EXPECT_THAT(info.remote_numbers, ElementsAre("222"));
    EXPECT_THAT(receive(established("b7", "4002")), ElementsAre("connected ben 7/b7"));
    EXPECT_THAT(receive(of<EndCallEvent>(7, "t1")), ElementsAre("cleared ann 7/a7"));
    EXPECT_THAT(receive(of<EndCallEvent>(7, "t2")), ElementsAre("cleared ben 7/b7"));
}

// R-CALL-7: the consulted agent goes on with the customer's call and its data.
TEST_F(CallsTest, ATransferMovesTheConsultedAgent_R_CALL_7) {
    auto b = begin();
    b.ani = "4930";
    receive(b);
    receive(delivered("a7", "4001"));
    receive(established("a7", "4001"));
    consult();

    CallTransferredEvent transfer;
    transfer.peripheral_id = 5000;
    transfer.primary_call_id = 7;
    transfer.primary_device_id_type = 1;
    transfer.primary_device_id = "a7";
    transfer.secondary_call_id = 9;
    transfer.secondary_device_id_type = 1;
    transfer.secondary_device_id = "a9";
    transfer.transferring_device_id = "4001";
    transfer.parties = {{7, 1, "trunk"}, {7, 1, "b9"}};
    EXPECT_THAT(receive(transfer), ElementsAre("cleared ann 9/a9", "cleared ann 7/a7", "data ben 9/b9"));
    EXPECT_THAT(info.remote_numbers, ElementsAre("4930"));
    EXPECT_EQ(calls.connection(ben, {9, 1, "b9"}), (CallId{7, 1, "b9"}));
    EXPECT_THAT(receive(of<EndCallEvent>(9, "a9")), IsEmpty());
    EXPECT_THAT(receive(of<CallClearedEvent>(7, "trunk")), ElementsAre("cleared ben 9/b9"));
}

// R-DEC-38: after a conference the first call survives.
TEST_F(CallsTest, AConferenceKeepsTheFirstCall_R_DEC_38) {
    talk();
    consult();
    CallConferencedEvent conference;
    conference.peripheral_id = 5000;
    conference.primary_call_id = 7;
    conference.primary_device_id_type = 1;
    conference.primary_device_id = "a7";
    conference.secondary_call_id = 9;
    conference.secondary_device_id_type = 1;
    conference.secondary_device_id = "a9";
    conference.controller_device_id = "4001";
    conference.parties = {{7, 1, "trunk"}, {7, 1, "a7"}, {7, 1, "b9"}};
    EXPECT_THAT(receive(conference), ElementsAre("cleared ann 9/a9", "data ann 7/a7", "data ben 9/b9"));
    EXPECT_THAT(receive(released("b9", "4002")), ElementsAre("cleared ben 9/b9"));
    EXPECT_THAT(receive(released("a7", "4001")), ElementsAre("cleared ann 7/a7"));
}

TEST_F(CallsTest, AnUpdateRenamesAConnection) {
    talk();
    auto update = of<CallDataUpdateEvent>(7, "a7");
    update.new_connection_device_id_type = 1;
    update.new_connection_call_id = 8;
    update.new_connection_device_id = "a8";
    EXPECT_THAT(receive(update), ElementsAre("data ann 7/a7"));
    EXPECT_EQ(calls.connection(ann, {7, 1, "a7"}), (CallId{8, 1, "a8"}));
    EXPECT_THAT(receive(released("a8", "4001", EventCause::CEC_NONE, 8)), ElementsAre("cleared ann 7/a7"));
}

}  // namespace
}  // namespace cticonnector::routing
