// Calls and parties are found by their ids, however many there are, and not any more once they are gone.
#include "bench.hpp"

namespace cticonnector::sim::cc {
namespace {

using ::testing::IsEmpty;
using State = LocalConnectionState;

constexpr AgentIndex jane{0}, joe{1};

TEST(PhoneCallsTest, PartiesKeepTheirIdsWhileOthersJoin) {
    PhoneCalls calls;
    Call& call = calls.create(CallType::CALLTYPE_ACD_IN);
    std::vector<PartyId> ids;
    for (const char* device : {"030", "52513", "52514", "0301", "0302", "0303", "0304", "0305", "0306"})
        ids.push_back(calls.join(call, device, std::nullopt, State::LCS_CONNECT).id);
    EXPECT_EQ(calls.find(ids.front())->device, "030");
    EXPECT_EQ(calls.find(ids[2])->connection, "52514/" + std::to_string(call.id.value));
    EXPECT_EQ(calls.find(ids.back())->device, "0306");
    EXPECT_EQ(calls.find(PartyId{call.id, 99}), nullptr);
}

TEST(PhoneCallsTest, AnAgentIsAPartyOfTwoCalls) {
    PhoneCalls calls;
    const CallId first = calls.create(CallType::CALLTYPE_ACD_IN).id;
    const CallId second = calls.create(CallType::CALLTYPE_OUT).id;
    calls.join(*calls.find(first), "52513", jane, State::LCS_HOLD);
    calls.join(*calls.find(second), "52513", jane, State::LCS_CONNECT);
    calls.join(*calls.find(second), "52514", joe, State::LCS_ALERTING);
    EXPECT_EQ(calls.find(first, jane)->state, State::LCS_HOLD);
    EXPECT_EQ(calls.find(second, jane)->state, State::LCS_CONNECT);
    EXPECT_EQ(calls.find(first, joe), nullptr);
    EXPECT_NE(calls.find(first, jane)->connection, calls.find(second, jane)->connection);
}

TEST(PhoneCallsTest, ANameIsThatOfTheYoungestAndGoesWithIt) {
    PhoneCalls calls;
    const auto named = [&](const char* name) {
        Call& call = calls.create(CallType::CALLTYPE_ACD_IN);
        call.name = name;
        calls.enter_name(call);
        return call.id;
    };
    const CallId first = named("x"), second = named("x"), other = named("y");
    EXPECT_EQ(calls.named("x")->id, second);
    EXPECT_EQ(calls.named("")->id, other);
    calls.remove(first);
    EXPECT_EQ(calls.named("x")->id, second);
    calls.remove(second);
    EXPECT_EQ(calls.named("x"), nullptr);
    calls.remove(second);
    EXPECT_EQ(calls.size(), 1u);
}

TEST(PhoneCallsTest, NothingHappensToACallThatIsGone) {
    Bench bench;
    const ClientSessionId id = bench.open();
    bench.ready_agent(id);
    const CallId call = bench.place({.ani = "030", .talk = 1s});
    const PartyId alerting = bench.center.calls.find(call, jane)->id;
    bench.hang_up();
    ASSERT_EQ(bench.center.calls.find(call), nullptr);
    bench.clear();
    Switchboard& switchboard = bench.center.switchboard;
    bench.center.act(bench.now, [&] {
        EXPECT_TRUE(switchboard.answer(alerting, unconfirmed));
        EXPECT_TRUE(switchboard.hold(alerting, unconfirmed));
        EXPECT_TRUE(switchboard.retrieve(alerting, unconfirmed));
        EXPECT_TRUE(switchboard.alternate(alerting, alerting, unconfirmed));
        EXPECT_TRUE(switchboard.drop(alerting, unconfirmed));
        EXPECT_TRUE(switchboard.clear(call, unconfirmed));
        switchboard.caller_hangs_up(call);
        switchboard.data_changed(call);
        switchboard.release(call);
    });
    bench.pass(60s);
    EXPECT_THAT(bench.names(id), IsEmpty());
    EXPECT_THAT(bench.reports, IsEmpty());
}

}  // namespace
}  // namespace cticonnector::sim::cc
