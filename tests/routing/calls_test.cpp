// Calls that come to an agent: whose they are, what they are about, and which the contact center has routed.
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
using test::message_of;
using test::none;
using test::of;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
