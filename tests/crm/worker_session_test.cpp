// The worker session as a pure machine: each row of its tables as the story that it tells.
#include "worker_session_rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using engine::EndReason;
using ici::ErrorId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Words = std::vector<std::string>;

/// In the tests an input takes no time.
class Worker : public ::testing::Test {
  protected:
    Worker() {
        settings.event_retries = 2;
        settings.retry_pause = 100ms;
        settings.lost_pause = 5s;
        settings.event_queue_limit = 3;
        settings.unknown_app_id_grace = 5s;
    }

    Words words() {
        Words result;
        for (const Order& order : std::exchange(orders, {}))
            result.push_back(std::visit(Word{session}, order));
        return result;
    }
    Words subscribed() {
        session.subscribed(now, orders);
        return words();
    }
    Words add(Shown shown) {
        session.add(std::move(shown), cause, now, orders);
        return words();
    }
    Words end(EndReason reason = EndReason::logged_off_in_contact_center) {
        session.end(reason, cause, now, orders);
        return words();
    }
    Words drop() {
        session.drop(orders);
        return words();
    }
    Words unhold() {
        session.unhold(orders);
        return words();
    }
    Words heard(const std::string& peer = "a") {
        session.heard(peer, now, orders);
        return words();
    }
    Words handed(std::chrono::nanoseconds waited = 0ns) {
        session.handed(waited, now, orders);
        return words();
    }
    Words answer(const DeliveryOutcome& outcome) {
        session.answered(outcome, now, orders);
        return words();
    }
    Words taken() { return answer(Delivered{}); }
    Words refused() { return answer(Undelivered{"503"}); }
    Words silent() {
        session.unanswered("hung up", now, orders);
        return words();
    }
    Words at(std::chrono::nanoseconds later) {
        now += later;
        session.on_time(now, orders);
        return words();
    }
    std::chrono::milliseconds pause() {
        return std::chrono::duration_cast<std::chrono::milliseconds>(*session.next_deadline() - now);
    }
    /// In flight: `key`.
    void sending(const std::string& key = "1") {
        subscribed();
        EXPECT_THAT(add(item(key)), ElementsAre("send " + key));
    }
    void failing() {
        sending();
        refused();
        EXPECT_EQ(session.health(), Health::failing);
    }
    void lost() {
        failing();
        at(100ms), refused();
        at(200ms), refused();
        EXPECT_EQ(session.health(), Health::lost);
    }
    void overflown() {
        sending();
        for (const char* key : {"2", "3", "4"}) add(item(key));
        EXPECT_EQ(session.health(), Health::overflown);
    }

    Settings settings;
    Current<Settings> current{lent(settings)};
    WorkerSession session{current, the_subscription, "a"};
    WorkerSession::Time now = WorkerSession::Time{} + 1h;
    std::optional<WorkerSession::Time> cause;
    Orders orders;
};

// ---- steps

TEST_F(Worker, R_DEC_56_IsHeldUntilTheReplyToSubscribeIsWritten) {
    EXPECT_EQ(session.step(), SessionStep::held);
    EXPECT_THAT(add(item("1")), IsEmpty());
    EXPECT_THAT(subscribed(), ElementsAre("send 1"));
}

TEST_F(Worker, IsIdleWhenNothingHasComeMeanwhile) {
    EXPECT_THAT(subscribed(), IsEmpty());
    EXPECT_EQ(session.step(), SessionStep::idle);
    EXPECT_THAT(add(item("1")), ElementsAre("send 1"));
    EXPECT_EQ(session.step(), SessionStep::sending);
}

TEST_F(Worker, R_DEC_43_SendsTheNextWhenTheFirstIsAnswered) {
    sending();
    EXPECT_THAT(add(item("2")), IsEmpty());
    EXPECT_THAT(taken(), ElementsAre("ok 1", "send 2"));
    EXPECT_THAT(taken(), ElementsAre("ok 2"));
    EXPECT_EQ(session.step(), SessionStep::idle);
}

TEST_F(Worker, R_DEC_56_IsHeldWhileRepliesAreBeingWritten) {
    subscribed();
    session.hold();
    session.hold();
    EXPECT_THAT(add(item("1")), IsEmpty());
    EXPECT_THAT(unhold(), IsEmpty());
    EXPECT_EQ(session.step(), SessionStep::held);
    EXPECT_THAT(unhold(), ElementsAre("send 1"));
}

TEST_F(Worker, R_DEC_56_WhatIsInFlightIsNotHeldAndTheNextIs) {
    sending();
    add(item("2"));
    session.hold();
    EXPECT_EQ(session.step(), SessionStep::sending);
    EXPECT_THAT(taken(), ElementsAre("ok 1"));
    EXPECT_EQ(session.step(), SessionStep::held);
    EXPECT_THAT(unhold(), ElementsAre("send 2"));
}

TEST_F(Worker, AReplyThatIsWrittenMeanwhileHoldsNothing) {
    sending();
    add(item("2"));
    session.hold();
    EXPECT_THAT(unhold(), IsEmpty());
    EXPECT_THAT(taken(), ElementsAre("ok 1", "send 2"));
}

TEST_F(Worker, APauseThatEndsWhileAReplyIsWrittenIsNotBegunAgain) {
    failing();
    session.hold();
    EXPECT_EQ(session.step(), SessionStep::pausing);
    EXPECT_THAT(at(100ms), IsEmpty());
    EXPECT_EQ(session.step(), SessionStep::held);
    EXPECT_EQ(session.next_deadline(), std::nullopt);
    EXPECT_THAT(unhold(), ElementsAre("send 1"));
}

// ---- tries

TEST_F(Worker, R_HA_9_TriesAgainAfterPausesThatDouble) {
    sending();
    EXPECT_THAT(refused(), ElementsAre("failed", "not taken 1 (503) 1/3 100", "tell failed"));
    EXPECT_EQ(pause(), 100ms);
    EXPECT_THAT(at(99ms), IsEmpty());
    EXPECT_THAT(at(1ms), ElementsAre("send 1"));
    EXPECT_THAT(refused(), ElementsAre("failed", "not taken 1 (503) 2/3 200"));
    EXPECT_THAT(at(200ms), ElementsAre("send 1"));
    EXPECT_THAT(taken(), ElementsAre("ok 1", "restored 300", "tell restored"));
    EXPECT_EQ(session.health(), Health::alive);
}

TEST_F(Worker, PausesDoubleFiveTimesAtMost) {
    settings.event_retries = 100;
    sending();
    for (const int expected : {100, 200, 400, 800, 1600, 3200, 3200, 3200}) {
        refused();
        EXPECT_EQ(pause(), expected * 1ms);
        at(expected * 1ms);
    }
}

TEST_F(Worker, R_DEC_43_ATryWithoutAnAnswerIsFollowedByOneOnANewConnection) {
    sending();
    EXPECT_THAT(silent(), ElementsAre("failed", "not taken 1 (hung up) 1/3 100", "tell failed"));
    EXPECT_THAT(at(100ms), ElementsAre("send 1 fresh"));
    refused();
    EXPECT_THAT(at(200ms), ElementsAre("send 1"));
}

TEST_F(Worker, R_DEC_18_IsLostWhenRetriesAreUsedUpAndTriesGoOn) {
    failing();
    at(100ms), refused();
    at(200ms);
    EXPECT_THAT(refused(), ElementsAre("failed", "not taken 1 (503) 3/3 5000", "tell lost: 503"));
    EXPECT_EQ(session.health(), Health::lost);
    EXPECT_EQ(pause(), 5s);
    EXPECT_THAT(at(5s), ElementsAre("send 1"));
    EXPECT_THAT(refused(), ElementsAre("failed")) << "nothing new";
    EXPECT_THAT(at(5s), ElementsAre("send 1"));
    EXPECT_THAT(taken(), ElementsAre("ok 1", "restored 10300", "tell restored"));
}

TEST_F(Worker, WithoutRetriesIsLostAtOnce) {
    settings.event_retries = 0;
    sending();
    EXPECT_THAT(refused(),
                ElementsAre("failed", "not taken 1 (503) 1/1 5000", "tell failed", "tell lost: 503"));
    EXPECT_EQ(session.health(), Health::lost);
}

TEST_F(Worker, R_DEC_18_ALostOneTriesWhenItsUserIsHeard) {
    lost();
    EXPECT_THAT(add(item("2")), IsEmpty());
    EXPECT_THAT(heard(), ElementsAre("send 1"));
    EXPECT_THAT(heard(), IsEmpty()) << "it is on its way";
}

TEST_F(Worker, AFailingOneKeepsItsPauseWhenItsUserIsHeard) {
    failing();
    EXPECT_THAT(heard(), IsEmpty());
    EXPECT_EQ(session.step(), SessionStep::pausing);
}

TEST_F(Worker, R_DEC_43_AFaultIsFinal) {
    sending();
    add(item("2"));
    EXPECT_THAT(answer(fault(ErrorId::internal)),
                ElementsAre(::testing::StartsWith("not taken 1 (fault: "), "fault 1", "send 2"));
    EXPECT_EQ(session.health(), Health::alive);
}

TEST_F(Worker, AFaultIsAnAnswerAfterFailures) {
    failing();
    at(100ms);
    EXPECT_THAT(answer(fault(ErrorId::internal)), ElementsAre(::testing::StartsWith("not taken 1"), "fault 1",
                                                              "restored 100", "tell restored"));
}

TEST_F(Worker, R_DEC_56_AnUnknownAppIdRightAfterSubscribeIsTriedAgain) {
    sending();
    EXPECT_THAT(answer(fault(ErrorId::unknown_appid)),
                ElementsAre("failed", ::testing::StartsWith("not taken 1"), "tell failed"));
    EXPECT_EQ(session.step(), SessionStep::pausing);
}

TEST_F(Worker, R_DEC_56_AnUnknownAppIdLaterIsTheEnd) {
    sending();
    add(item("2"));
    now += 5s;
    EXPECT_THAT(answer(fault(ErrorId::unknown_appid)),
                ElementsAre(::testing::StartsWith("tell lost for good: "), "dropped", "dropped", "gone"));
    EXPECT_EQ(session.stage(), Stage::gone);
}

TEST_F(Worker, R_DEC_15_TellsThatTheLastEventOfAnItemIsAnswered) {
    subscribed();
    add(item("1", true));
    EXPECT_THAT(taken(), ElementsAre("ok 1", "tell last 1"));
    add(user("anna"));
    EXPECT_THAT(taken(), ElementsAre("ok anna"));
}

// ---- too many

TEST_F(Worker, R_DEC_43_AFullQueueIsDroppedAndTheSubscriptionLost) {
    sending();
    add(item("2")), add(item("3"));
    EXPECT_THAT(add(item("4")), ElementsAre("dropped", "cancel", "dropped", "dropped", "dropped",
                                            "tell lost: 3 events wait for SAP: EventQueueLimit is reached"));
    EXPECT_EQ(session.step(), SessionStep::idle);
    EXPECT_THAT(add(item("5")), ElementsAre("dropped"));
}

TEST_F(Worker, WhatIsFullWhilePausingOrHeldIsNotSentLater) {
    failing();
    for (const char* key : {"2", "3", "4"}) add(item(key));
    EXPECT_EQ(session.step(), SessionStep::idle);
    EXPECT_EQ(session.next_deadline(), std::nullopt);
    EXPECT_EQ(session.health(), Health::overflown);
}

TEST_F(Worker, OfAnOverflownOneOnlyTheEndGoesOut) {
    overflown();
    EXPECT_THAT(heard(), IsEmpty());
    EXPECT_THAT(end(), ElementsAre("send end"));
    EXPECT_THAT(refused(), ElementsAre("failed")) << "SAP is known to miss something";
    EXPECT_THAT(at(100ms), ElementsAre("send end"));
    EXPECT_THAT(taken(), ElementsAre("ok end", "gone"));
}

TEST_F(Worker, TheLimitIsOneAtLeast) {
    settings.event_queue_limit = 0;
    sending();
    EXPECT_EQ(session.health(), Health::alive);
}

// ---- the end

TEST_F(Worker, R_DEC_34_TheEndGoesOutAfterWhatIsQueued) {
    sending();
    add(item("2", true));
    EXPECT_THAT(end(), IsEmpty());
    EXPECT_EQ(session.stage(), Stage::ending);
    EXPECT_THAT(add(item("3")), ElementsAre("dropped"));
    EXPECT_THAT(end(), IsEmpty());
    EXPECT_THAT(taken(), ElementsAre("ok 1", "send 2"));
    EXPECT_THAT(taken(), ElementsAre("ok 2", "send end")) << "it is nothing to the engine any more";
    EXPECT_THAT(taken(), ElementsAre("ok end", "gone"));
}

// R-DEC-10: the new appId is shown all items; by an old event behind that an accepted one would ring again.
TEST_F(Worker, R_DEC_10_OneThatIsReplacedHearsNothingOldAnyMore) {
    sending();
    add(item("2"));
    EXPECT_THAT(end(EndReason::replaced), ElementsAre("dropped"));
    EXPECT_THAT(taken(), ElementsAre("ok 1", "send end"));
    EXPECT_THAT(taken(), ElementsAre("ok end", "gone"));
}

TEST_F(Worker, R_DEC_10_WhatWasInFlightThenIsNotTriedAgain) {
    sending();
    EXPECT_THAT(end(EndReason::replaced), IsEmpty());
    EXPECT_THAT(refused(), ElementsAre("failed", "dropped", "send end"));
    EXPECT_THAT(refused(), ElementsAre("failed", "not taken end (503) 1/3 100")) << "the end is";
}

TEST_F(Worker, R_DEC_10_APauseEndsWithTheSessionThatIsReplaced) {
    sending();
    add(item("2"));
    refused();
    EXPECT_THAT(end(EndReason::replaced), ElementsAre("dropped", "dropped", "send end"));
}

TEST_F(Worker, TheEndHasItsPlaceThoughTheQueueIsFull) {
    sending();
    add(item("2")), add(item("3"));
    EXPECT_THAT(end(), IsEmpty());
    EXPECT_EQ(session.queued(), 4u);
}

TEST_F(Worker, TheEndOfALostOneIsTriedAtOnceAndOnce) {
    lost();
    EXPECT_THAT(end(), ElementsAre("send 1"));
    EXPECT_THAT(refused(), ElementsAre("failed", "dropped", "dropped", "gone"));
}

TEST_F(Worker, R_LOGIN_15_AnEndThatNobodyTakesIsGivenUp) {
    subscribed();
    EXPECT_THAT(end(), ElementsAre("send end"));
    EXPECT_THAT(refused(), ElementsAre("failed", "not taken end (503) 1/3 100"));
    at(100ms), refused();
    at(200ms);
    EXPECT_THAT(refused(), ElementsAre("failed", "not taken end (503) 3/3 5000", "dropped", "gone"));
}

TEST_F(Worker, WhatEndsIsHeldToo) {
    EXPECT_THAT(end(), IsEmpty());
    EXPECT_THAT(subscribed(), ElementsAre("send end"));
}

TEST_F(Worker, IsDroppedAtOnceAndSilentAfterwards) {
    sending();
    add(item("2"));
    EXPECT_THAT(drop(), ElementsAre("cancel", "dropped", "dropped", "gone"));
    EXPECT_THAT(drop(), IsEmpty());
    EXPECT_THAT(taken(), IsEmpty());
    EXPECT_THAT(end(), IsEmpty());
    EXPECT_THAT(heard("b"), IsEmpty());
    EXPECT_THAT(add(item("3")), IsEmpty());
}

TEST_F(Worker, ADroppedOneIsNotHeldForLong) {
    EXPECT_THAT(drop(), ElementsAre("gone"));
    EXPECT_THAT(subscribed(), IsEmpty());
}

// ---- what is measured

TEST_F(Worker, TheWaitForSapIsNotOurs) {
    subscribed();
    cause = now;
    now += 3ms;
    add(item("1"));
    now += 1ms;
    EXPECT_THAT(handed(1ms), ElementsAre("waited 1 own 3"));
    add(item("2"));
    now += 50ms;
    EXPECT_THAT(taken(), ElementsAre("took 50", "ok 1", "send 2"));
    EXPECT_THAT(handed(), ElementsAre("waited 50 own 4"));
}

TEST_F(Worker, OnlyTheFirstTryWaitsAndEachIsAnswered) {
    sending();
    EXPECT_THAT(handed(), ElementsAre("waited 0"));
    EXPECT_THAT(handed(), IsEmpty()) << "again, for a stale connection";
    now += 7ms;
    EXPECT_THAT(refused(), ::testing::Contains("took 7"));
    at(100ms);
    EXPECT_THAT(handed(), IsEmpty());
    now += 10s;
    EXPECT_THAT(silent(), ::testing::Contains("took 10000")) << "also what SAP never answered";
}

TEST_F(Worker, WhatNeverReachedASocketTakesNoTime) {
    sending();
    EXPECT_THAT(silent(), ::testing::Not(::testing::Contains(::testing::StartsWith("took"))));
}

TEST_F(Worker, R_DEC_81_AFurtherPeerIsTold) {
    EXPECT_THAT(heard("a"), IsEmpty());
    EXPECT_THAT(heard("b"), ElementsAre("peer b"));
    EXPECT_THAT(heard("b"), IsEmpty());
}

}  // namespace
}  // namespace cticonnector::crm::testing
