// Call events per agent: what GED-188 section 8 tells about devices becomes what the engine needs to know.
#include "calls.hpp"

#include <gmock/gmock.h>

#include "messages.hpp"
#include "names.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using engine::AgentState;
using test::ann;
using test::ben;
using test::message_of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint16_t none = ConnectionDeviceIDType::CONNECTION_ID_NONE;

/// Fields that every call event has.
template <class M>
M of(std::uint32_t call, std::string_view device) {
    M m;
    m.peripheral_id = 5000;
    m.connection_call_id = call;
    m.connection_device_id_type = ConnectionDeviceIDType::CONNECTION_ID_DYNAMIC;
    m.connection_device_id = device;
    return m;
}

class CallsTest : public ::testing::Test {
  protected:
    CallsTest() {
        settings.ecc = {{"user.id", false}, {"user.list", true}};
        directory.set_phone(ann, "4001", "4001");
        directory.set_phone(ben, "4002", "4002");
    }

    template <class M>
    std::vector<std::string> receive(const M& m, wire::Version version = test::version) {
        const auto message = message_of(m, version);
        EXPECT_TRUE(calls.on(message.frame(), version)) << M::name;
        return words();
    }
    std::vector<std::string> words() {
        std::vector<std::string> result;
        for (const Event& event : events) result.push_back(std::visit(Words{*this}, event));
        events.clear();
        return result;
    }
    struct Words {
        CallsTest& test;
        static std::string who(const auto& e) {
            return (e.agent == ann ? " ann " : " ben ") + std::to_string(e.call.call) + "/" + e.call.device;
        }
        std::string operator()(const CallOffered& e) {
            test.info = *e.info;
            test.call = e.call;
            return std::string(e.routed ? "routed" : "offered") + who(e);
        }
        std::string operator()(const CallDialled& e) {
            test.info = *e.info;
            return "dialled" + who(e);
        }
        std::string operator()(const CallConnected& e) { return "connected" + who(e); }
        std::string operator()(const CallHeld& e) { return "held" + who(e); }
        std::string operator()(const CallRetrieved& e) { return "retrieved" + who(e); }
        std::string operator()(const CallEnded& e) {
            constexpr std::array endings{"cleared", "redirected", "failed"};
            return endings[static_cast<std::size_t>(e.ending)] + who(e);
        }
        std::string operator()(const CallData& e) {
            test.info = *e.info;
            return "data" + who(e);
        }
        std::string operator()(const CallFound& e) {
            test.info = *e.info;
            return "found" + who(e);
        }
        std::string operator()(const auto&) { return "?"; }
    };

    static BeginCallEvent begin(std::uint32_t call = 7, std::string_view device = "trunk") {
        auto m = of<BeginCallEvent>(call, device);
        m.call_type = CallType::CALLTYPE_OTHER_IN;
        return m;
    }
    static CallDeliveredEvent delivered(std::string_view device, std::string_view alerting,
                                        std::uint32_t call = 7) {
        auto m = of<CallDeliveredEvent>(call, device);
        m.local_connection_state = LocalConnectionState::LCS_ALERTING;
        m.alerting_device_id = alerting;
        m.skill_group_number = 0xFFFFFFFF;
        return m;
    }
    static CallEstablishedEvent established(std::string_view device, std::string_view answering,
                                            std::string_view calling = "+49 1", std::uint32_t call = 7) {
        auto m = of<CallEstablishedEvent>(call, device);
        m.local_connection_state = LocalConnectionState::LCS_CONNECT;
        m.answering_device_id = answering;
        m.calling_device_id = calling;
        m.skill_group_number = 0xFFFFFFFF;
        return m;
    }
    static CallConnectionClearedEvent released(std::string_view device, std::string_view releasing,
                                               std::uint16_t cause = EventCause::CEC_NONE,
                                               std::uint32_t call = 7) {
        auto m = of<CallConnectionClearedEvent>(call, device);
        m.releasing_device_id = releasing;
        m.event_cause = cause;
        return m;
    }
    /// Ann talks on call 7.
    void talk() {
        receive(begin());
        receive(delivered("a7", "4001"));
        EXPECT_THAT(receive(established("a7", "4001")), ElementsAre("connected ann 7/a7"));
    }
    /// Ann dials.
    void dial(std::uint32_t number, std::string_view device) {
        receive(begin(number, device));
        auto initiated = of<CallServiceInitiatedEvent>(number, device);
        initiated.calling_device_id = "4001";
        EXPECT_THAT(receive(initiated), IsEmpty());
        auto originated = of<CallOriginatedEvent>(number, device);
        originated.calling_device_id = "4001";
        originated.called_device_id = "0815";
        EXPECT_THAT(receive(originated),
                    ElementsAre("dialled ann " + std::to_string(number) + "/" + std::string(device)));
    }

    Settings settings;
    Directory directory;
    std::vector<Event> events;
    Oddities odd;
    Calls calls{settings, directory, events, odd};
    ItemInfo info;
    CallId call;
};

// R-DEC-37: the agent's own connection is that of the delivery to their device, not BEGIN_CALL's.
TEST_F(CallsTest, OffersWithTheConnectionOfTheAlertingDevice_R_DEC_37) {
    EXPECT_THAT(receive(begin()), IsEmpty());
    EXPECT_THAT(receive(delivered("a7", "4001")), ElementsAre("offered ann 7/a7"));
    EXPECT_EQ(call.device_type, ConnectionDeviceIDType::CONNECTION_ID_DYNAMIC);
    EXPECT_THAT(receive(delivered("a7", "4001")), IsEmpty()) << "told again";
    EXPECT_THAT(receive(established("a7", "4001")), ElementsAre("connected ann 7/a7"));
    EXPECT_THAT(receive(established("a7", "4001")), IsEmpty()) << "EventCause 50";
}

TEST_F(CallsTest, FallsBackToTheConnectionOfBeginCall_R_DEC_37) {
    receive(begin());
    auto m = delivered("", "4001");
    m.connection_device_id.reset();
    EXPECT_THAT(receive(m), ElementsAre("offered ann 7/trunk"));
}

TEST_F(CallsTest, IgnoresOtherPeripheralsDevicesAndSeizedTrunks) {
    receive(begin());
    EXPECT_THAT(receive(delivered("v7", "vru port")), IsEmpty());
    auto seized = delivered("a7", "4001");
    seized.local_connection_state = LocalConnectionState::LCS_INITIATE;
    EXPECT_THAT(receive(seized), IsEmpty());
    auto elsewhere = delivered("a7", "4001");
    elsewhere.peripheral_id = 5001;
    EXPECT_THAT(receive(elsewhere), IsEmpty());
    EXPECT_THAT(receive(established("v7", "vru port")), IsEmpty());
}

// R-DEC-39, R-DEC-54, R-DATA-1 to 3: what travels with the call, in UTF-8.
TEST_F(CallsTest, CarriesTheDataOfTheCall_R_DEC_39_R_DEC_54_R_DATA_1_R_DATA_2_R_DATA_3) {
    auto b = begin();
    b.ani = "4930123";
    b.dnis = "8000";
    b.call_variables[0] = "M\xFCller & Co";
    b.call_variables[9] = "ten";
    b.named_variables = {{"user.id", "17"}, {"user.secret", "not configured"}};
    b.named_arrays = {{2, "user.list", "two"}, {1, "user.id", "not an array"}};
    receive(b);
    auto d = delivered("a7", "4001");
    d.skill_group_number = 12;
    d.calling_device_id = "0049";
    receive(d);
    EXPECT_EQ(info.media_id, "7");
    EXPECT_EQ(info.queue, "12");
    EXPECT_EQ(info.local_number, "4001");
    EXPECT_EQ(info.called_number, "8000");
    EXPECT_THAT(info.remote_numbers, ElementsAre("4930123"));
    EXPECT_FALSE(info.outbound);
    EXPECT_EQ(info.call_variables[0], "M\xC3\xBCller & Co");
    EXPECT_EQ(info.call_variables[9], "ten");
    EXPECT_THAT(info.ecc, ElementsAre(std::pair<std::string, std::string>{"user.id", "17"},
                                      std::pair<std::string, std::string>{"user.list[2]", "two"}));
}

TEST_F(CallsTest, TakesTheCallingDeviceWithoutAni_R_DEC_39) {
    receive(begin());
    auto d = delivered("a7", "4001");
    d.calling_device_id = "0049";
    d.called_device_id = "8001";
    receive(d);
    EXPECT_THAT(info.remote_numbers, ElementsAre("0049"));
    EXPECT_EQ(info.called_number, "8001");
    EXPECT_EQ(info.queue, "") << "no skill group";
}

TEST_F(CallsTest, DataUpdatesReplaceWhatTheyName_R_DATA_2) {
    auto b = begin();
    b.call_variables[0] = "one";
    b.call_variables[1] = "two";
    b.named_variables = {{"user.id", "17"}};
    receive(b);
    receive(delivered("a7", "4001"));
    auto update = of<CallDataUpdateEvent>(7, "trunk");
    update.new_connection_device_id_type = none;
    update.new_connection_call_id = 0xFFFFFFFF;
    update.new_connection_device_id = "";
    update.call_variables[1] = "zwei";
    EXPECT_THAT(receive(update), ElementsAre("data ann 7/a7"));
    EXPECT_EQ(info.call_variables[0], "one");
    EXPECT_EQ(info.call_variables[1], "zwei");
    EXPECT_THAT(info.ecc, IsEmpty()) << "from version 22 on the set is whole";
}

TEST_F(CallsTest, BeforeVersion22AnUpdateKeepsOtherEcc) {
    constexpr wire::Version old{21};
    auto b = begin();
    b.named_variables = {{"user.id", "17"}};
    receive(b, old);
    receive(delivered("a7", "4001"), old);
    auto update = of<CallDataUpdateEvent>(7, "trunk");
    update.new_connection_device_id_type = none;
    update.new_connection_device_id = "";
    receive(update, old);
    EXPECT_EQ(info.ecc.size(), 1u);
}

// R-DEC-17: routed by call type, or because a pre-call was seen.
TEST_F(CallsTest, KnowsRoutedCallsByTheirType_R_DEC_17) {
    const struct {
        std::uint16_t type;
        bool routed;
    } cases[] = {{CallType::CALLTYPE_ACD_IN, true},
                 {CallType::CALLTYPE_PREROUTE_ACD_IN, true},
                 {CallType::CALLTYPE_PREROUTE_DIRECT_AGENT, true},
                 {CallType::CALLTYPE_OTHER_IN, false},
                 {CallType::CALLTYPE_AGENT_INSIDE, false},
                 {CallType::CALLTYPE_NON_ACD, false}};
    std::uint32_t number = 100;
    for (const auto& c : cases) {
        auto b = begin(++number);
        b.call_type = c.type;
        receive(b);
        const auto told = receive(delivered("a", "4001", number));
        EXPECT_EQ(told.at(0).starts_with("routed"), c.routed) << c.type;
    }
}

class PreCall : public CallsTest {
  protected:
    AgentPreCallEvent pre_call() {
        AgentPreCallEvent m;
        m.mrd_id = 1;
        m.agent_skill_target_id = 5001;
        m.agent_instrument = "4001";
        m.router_call_key_day = 15;
        m.router_call_key_call_id = 99;
        return m;
    }
    BeginCallEvent keyed(std::uint32_t router_call) {
        auto b = begin();
        b.router_call_key_day = 15;
        b.router_call_key_call_id = router_call;
        return b;
    }
};

TEST_F(PreCall, MakesTheNextCallARoutedOne_R_DEC_17_R_DEC_27) {
    directory.learn_answer(ann, 5001);
    receive(pre_call());
    receive(keyed(99));
    EXPECT_THAT(receive(delivered("a7", "4001")), ElementsAre("routed ann 7/a7"));
    receive(begin(8, "x8"));
    EXPECT_THAT(receive(delivered("a8", "4001", 8)), ElementsAre("offered ann 8/a8")) << "only the next";
}

TEST_F(PreCall, OfAnotherCallOrAbortedDoesNot_R_DEC_17_R_DEC_27) {
    receive(pre_call());
    receive(keyed(98));
    EXPECT_THAT(receive(delivered("a7", "4001")), ElementsAre("offered ann 7/a7"));
    AgentPreCallAbortEvent abort;
    abort.mrd_id = 1;
    abort.router_call_key_day = 15;
    abort.router_call_key_call_id = 99;
    receive(abort);
    receive(begin(8, "x8"));
    EXPECT_THAT(receive(delivered("a8", "4001", 8)), ElementsAre("offered ann 8/a8"));
}

TEST_F(PreCall, OfATaskSaysNothingAboutCalls_R_DEC_27) {
    auto task = pre_call();
    task.mrd_id = 5001;
    receive(task);
    receive(begin());
    EXPECT_THAT(receive(delivered("a7", "4001")), ElementsAre("offered ann 7/a7"));
}

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
    dial(9, "a9");
    auto ringing = delivered("b9", "4002", 9);
    ringing.calling_device_id = "4001";
    receive(ringing);
    receive(established("b9", "4002", "4001", 9));

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
    dial(9, "a9");
    auto ringing = delivered("b9", "4002", 9);
    ringing.calling_device_id = "4001";
    receive(ringing);
    receive(established("b9", "4002", "4001", 9));
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

// R-HA-5: after a lost link the tracker starts empty and learns from snapshots and from what happens.
TEST_F(CallsTest, StartsAnewAfterALostLink_R_HA_5) {
    talk();
    calls.clear();
    auto hold = of<CallHeldEvent>(7, "a7");
    hold.holding_device_id = "4001";
    EXPECT_THAT(receive(hold), ElementsAre("held ann 7/a7"));
    calls.clear();
    EXPECT_THAT(receive(released("a7", "4001")), ElementsAre("cleared ann 7/a7"));
    const SnapshotCallConf conf{.call_type = CallType::CALLTYPE_ACD_IN, .ani = "4930", .dnis = "8000"};
    calls.found(ann, {7, 1, "a7"}, WorkState::held, "4001", conf);
    EXPECT_THAT(words(), ElementsAre("found ann 7/a7"));
    EXPECT_THAT(info.remote_numbers, ElementsAre("4930"));
    EXPECT_EQ(info.local_number, "4001");
    EXPECT_THAT(receive(released("a7", "4001")), ElementsAre("cleared ann 7/a7"));
}

TEST_F(CallsTest, LeavesOtherMessagesAlone) {
    const auto message = message_of(HeartbeatConf{});
    EXPECT_FALSE(calls.on(message.frame(), test::version));
}

}  // namespace
}  // namespace cticonnector::routing
