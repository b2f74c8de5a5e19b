// How the CTI session notices that its link is lost, and how it comes back.
#include "cti_session.hpp"

#include "cti_session_rig.hpp"

namespace cticonnector::routing {
namespace {

using namespace ged188;
using namespace std::chrono_literals;
using test::message_of;
using test::SessionTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(SessionTest, SendsHeartbeatsOnlyWhenNothingElseWasSent_R_DEC_63) {
    open();
    EXPECT_THAT(at(5s - 1ms), IsEmpty());
    session.sent(now);
    receive(SystemEvent{});
    EXPECT_THAT(at(5s - 1ms), IsEmpty());
    EXPECT_THAT(at(1ms), ElementsAre("HEARTBEAT_REQ"));
    EXPECT_THAT(receive(HeartbeatConf{}), IsEmpty());
    EXPECT_THAT(at(5s - 1ms), IsEmpty());
    receive(SystemEvent{});
    EXPECT_THAT(at(1ms), ElementsAre("HEARTBEAT_REQ")) << "the server's IdleTimeout runs all the same";
}

// R-DEC-41: after missed heartbeats the other side comes first.
TEST_F(SessionTest, IsLostAfterThreeUnansweredHeartbeats_R_DEC_41_R_DEC_63) {
    open();
    EXPECT_THAT(at(5s), ElementsAre("HEARTBEAT_REQ"));
    EXPECT_THAT(at(5s), ElementsAre("HEARTBEAT_REQ"));
    EXPECT_THAT(receive(HeartbeatConf{}), IsEmpty());
    for (int i = 0; i < 3; ++i) EXPECT_THAT(at(5s), ElementsAre("HEARTBEAT_REQ"));
    EXPECT_THAT(at(5s), ElementsAre("reset", "down A", "connect B"));
    EXPECT_THAT(last_down.why, HasSubstr("3 heartbeats"));
}

// R-DEC-63: however much we send.
TEST_F(SessionTest, LeavesAPeerThatReadsAndNeverWrites_R_DEC_63) {
    open();
    std::vector<std::string> sent;
    const auto silent_since = now;
    while (session.up()) {
        ASSERT_LT(now - silent_since, 21s) << "it is not noticed";
        session.sent(now);
        for (const std::string& word : at(100ms)) sent.push_back(word);
    }
    EXPECT_THAT(
        sent, ElementsAre("HEARTBEAT_REQ", "HEARTBEAT_REQ", "HEARTBEAT_REQ", "reset", "down A", "connect B"));
    EXPECT_GE(now - silent_since, 15s);
    EXPECT_LE(now - silent_since, 20s);
}

TEST_F(SessionTest, LeavesAPeerThatFallsSilentWhileLittleIsSent_R_DEC_63) {
    open();
    now += 3s;
    session.sent(now);
    now += 1s;
    receive(SystemEvent{});
    const auto silent_since = now;
    while (session.up()) at(until_deadline());
    EXPECT_GE(now - silent_since, 15s);
    EXPECT_LE(now - silent_since, 20s);
}

// R-DEC-63: the heartbeats are answered, the request after 14 s.
TEST_F(SessionTest, KeepsAPeerThatAnswersHeartbeatsAndARequestLate_R_DEC_63) {
    open();
    for (auto since_request = 0ms; since_request < 14s; since_request += 100ms) {
        session.sent(now);
        for (const std::string& word : at(100ms)) {
            EXPECT_EQ(word, "HEARTBEAT_REQ");
            receive(HeartbeatConf{});
        }
    }
    EXPECT_TRUE(session.up());
    now += 4s;
    session.sent(now);
    EXPECT_FALSE(session.on(message_of(SetAgentStateConf{}).frame(), now, steps));
    EXPECT_EQ(until_deadline(), 5s) << "anything received clears the count";
}

TEST_F(SessionTest, WithoutHeartbeatsHasNoDeadlineWhileOpen) {
    settings.heartbeat_interval = -1ms;
    open();
    EXPECT_FALSE(session.next_deadline());
}

// R-DEC-41, R-HA-5: whatever ends an open session, the last good side is tried first.
TEST(SessionEnd, TriesTheLastGoodSideAgain_R_DEC_41_R_HA_5) {
    struct Ending : SessionTest {
        void TestBody() override {}
        std::vector<std::string> once_more() { return lose(); }
        std::vector<std::string> after(int how) {
            open();
            switch (how) {
                case 0: return lose();
                case 1: return receive(FailureEvent{.status = 15});
                case 2: return receive(FailureConf{.invoke_id = 99, .status = 15});
                case 3: return receive(CloseReq{});
                default: return {};
            }
        }
    };
    for (int how = 0; how <= 3; ++how) {  // missed heartbeats alone are different
        Ending ending;
        EXPECT_THAT(ending.after(how), ElementsAre("reset", "down A", "connect A")) << how;
        EXPECT_THAT(ending.once_more(), ElementsAre("reset", "failed A", "connect B")) << how;
    }
}

TEST_F(SessionTest, TriesBothSidesAfterGrowingPauses_R_DEC_41) {
    EXPECT_THAT(words(), ElementsAre("connect A"));
    EXPECT_THAT(lose(), ElementsAre("reset", "failed A", "connect B"));
    for (const auto pause : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 12000ms, 12000ms, 12000ms}) {
        EXPECT_THAT(lose(), ElementsAre("reset", "failed B"));
        EXPECT_EQ(last_down.retry, until_deadline());
        EXPECT_GE(until_deadline(), pause * 8 / 10);
        EXPECT_LE(until_deadline(), pause * 12 / 10);
        EXPECT_THAT(at(until_deadline()), ElementsAre("connect A"));
        EXPECT_THAT(lose(), ElementsAre("reset", "failed A", "connect B"));
    }
}

// An outage is never made much longer than it was (R-DEC-41).
TEST_F(SessionTest, IsBackSoonAfterALongOutage_R_DEC_41) {
    open();
    now += 1h;
    const auto begin = now;
    lose();
    while (now - begin < 65s) {
        lose("connection refused");
        if (session.next_deadline()) at(until_deadline());
    }
    open();
    EXPECT_LE(now - begin, 65s + 12s * 12 / 10);
}

TEST(Reconnect, PausesDependOnTheSeedAlone) {
    const auto pauses = [](std::uint64_t seed) {
        ReconnectSchedule schedule({true, true}, seed);
        std::vector<std::chrono::milliseconds> result;
        for (int i = 0; i < 12; ++i) result.push_back(schedule.next().pause);
        return result;
    };
    EXPECT_EQ(pauses(1), pauses(1));
    EXPECT_NE(pauses(1), pauses(2));
}

TEST(Reconnect, WithOneSidePausesAfterEachAttempt) {
    ReconnectSchedule schedule({false, true}, 1);
    for (int i = 0; i < 3; ++i) {
        const auto attempt = schedule.next();
        EXPECT_EQ(attempt.side, 1u);
        EXPECT_EQ(attempt.pause.count() > 0, i > 0);
    }
    schedule.restart(0);
    EXPECT_EQ(schedule.next().side, 1u) << "there is no other";
}

TEST_F(SessionTest, DoesNotSpinOnAServerThatThrowsItOut) {
    open();
    EXPECT_THAT(lose(), ElementsAre("reset", "down A", "connect A"));
    open();
    EXPECT_THAT(lose(), ElementsAre("reset", "down A", "connect B"));
    open();
    EXPECT_THAT(lose(), ElementsAre("reset", "down B")) << "now with a pause";
    EXPECT_GT(until_deadline(), 0ms);
    at(until_deadline());
    open();
    now += 6s;
    EXPECT_THAT(lose(), ElementsAre("reset", "down A", "connect A")) << "this one has lasted";
}

// The conversation, failing at each of its steps; each time it comes up again.
TEST(SessionConversation, SurvivesAFailureAtEveryStep_R_HA_5) {
    struct Conversation : SessionTest {
        void TestBody() override {}
        void fail_after(int steps_done) {
            words();
            if (steps_done >= 1) connect();
            if (steps_done >= 2) receive(confirmation());
            if (steps_done >= 3) at(5s);
            if (steps_done >= 4) receive(HeartbeatConf{});
            EXPECT_THAT(lose("connection reset"), ::testing::Contains("reset"));
            EXPECT_FALSE(session.up());
            open();
        }
    };
    for (int done = 0; done <= 4; ++done) Conversation{}.fail_after(done);
}

}  // namespace
}  // namespace cticonnector::routing
