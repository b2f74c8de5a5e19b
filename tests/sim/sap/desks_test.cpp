// The behaviour of simulated agents, event by event.
#include "desks.hpp"

#include <gmock/gmock.h>

#include "cticonnector/protocol/ici/codes.hpp"

namespace cticonnector::sim::sap::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace request = ici::request;

const Outcome done{ici::Reply{std::string{}}};

Outcome fault(ici::ErrorId id) { return ici::make_fault(id); }

std::string brief(const ici::Request& request) {
    std::string text(ici::operation_name(ici::operation_of(request)));
    std::visit(
        [&](const auto& r) {
            if constexpr (requires { r.item_id; }) text += " " + r.item_id;
            if constexpr (requires { r.phone_call_id; }) text += " " + r.phone_call_id;
            if constexpr (requires { r.action_session_id; }) text += " " + r.action_session_id;
            if constexpr (requires { r.chat_session_id; }) text += " " + r.chat_session_id;
            if constexpr (requires { r.reason; }) text += " " + r.reason;
            if constexpr (requires { r.workmode; }) text += " " + r.workmode;
        },
        request);
    return text;
}

/// One agent, a clock that only moves when told, and a list of what went out.
class DesksTest : public ::testing::Test {
  protected:
    AgentIndex add(const Behaviour& behaviour) {
        return desks.add({"U1", "EN", Secret("5001;pw;4711;pm2c"), behaviour});
    }

    std::vector<std::string> sent() {
        std::vector<std::string> texts;
        for (const Send& send : desks.take()) {
            texts.push_back(brief(send.request));
            if (const auto* subscribe = std::get_if<request::Subscribe>(&send.request))
                app_id = subscribe->app_id;
        }
        return texts;
    }

    std::vector<std::string> after(const Outcome& outcome) {
        desks.on_answer(0, outcome, now);
        return sent();
    }

    std::vector<std::string> after(milliseconds time) {
        now += time;
        desks.on_time(now);
        return sent();
    }

    void log_on() {
        desks.log_on(0, {}, now);
        sent();
        after(done);
        after(done);
        if (!after(Outcome{ici::Reply{ici::User{}}}).empty()) after(done);  // set ready
        ASSERT_EQ(desks.logged_on(), 1U);
    }

    std::vector<std::string> item(const std::string& id, const std::string& processing,
                                  ici::Channel channel = ici::Channel::action_item) {
        desks.on_item(0, {channel, id, {}, processing, {}, false}, now);
        return sent();
    }

    const Agent& agent() const { return desks.agents()[0]; }

    void told_workmode(const std::string& mode) {
        ici::User user;
        user.current_workmode.id = mode;
        desks.on_user(0, user, now);
    }

    Desks desks{"http://127.0.0.1/ici/events", 0xABCD};
    Time now{};
    std::string app_id;
};

TEST_F(DesksTest, LogsOnStepByStepAndSetsItselfReady) {
    add({});
    desks.log_on(0, {}, now);
    EXPECT_THAT(sent(), ElementsAre("exchangeProductInformation"));
    EXPECT_THAT(after(done), ElementsAre("getWorkcenterCapability"));
    EXPECT_THAT(after(done), ElementsAre("subscribe"));
    EXPECT_EQ(desks.logged_on(), 0U);
    EXPECT_THAT(after(Outcome{ici::Reply{ici::User{}}}), ElementsAre("setCurrentWorkmode 2"));
    EXPECT_EQ(desks.logged_on(), 1U);
    EXPECT_THAT(after(done), IsEmpty());
    EXPECT_EQ(desks.open_requests(), 0U);
    EXPECT_EQ(app_id, "000000000000ABCD0000000000000001");
}

TEST_F(DesksTest, RefusedLogOnLeavesTheAgentOff) {
    add({});
    desks.log_on(0, {}, now);
    sent();
    after(done);
    after(done);
    EXPECT_THAT(after(fault(ici::ErrorId::logon_failed)), IsEmpty());
    EXPECT_EQ(agent().presence, Presence::off);
    EXPECT_EQ(desks.open_requests(), 0U);
}

TEST_F(DesksTest, AcceptsAfterThinkingAndFinishesAfterHandling) {
    add({.think = 500ms, .handle = 3s});
    log_on();
    EXPECT_THAT(item("a1", "1"), IsEmpty());
    EXPECT_THAT(after(499ms), IsEmpty());
    EXPECT_THAT(after(1ms), ElementsAre("accept a1"));
    after(done);
    EXPECT_THAT(item("a1", "2"), IsEmpty());
    EXPECT_THAT(after(3s), ElementsAre("complete a1"));
    after(done);
    item("a1", "4");
    EXPECT_EQ(agent().counts.seen, 1U);
    EXPECT_EQ(agent().counts.accepted, 1U);
    EXPECT_EQ(agent().counts.completed, 1U);
    EXPECT_EQ(desks.open_items(), 0U);
}

TEST_F(DesksTest, FinishesEachChannelByItsOwnOperationAndEndsWrapUp) {
    add({.think = 0ms, .handle = 1s, .wrap_up = 2s});
    log_on();
    EXPECT_THAT(item("call", "1", ici::Channel::phone), ElementsAre("accept call"));
    after(done);
    item("call", "2", ici::Channel::phone);
    EXPECT_THAT(after(1s), ElementsAre("drop call"));
    after(done);
    item("call", "3", ici::Channel::phone);
    EXPECT_THAT(after(2s), ElementsAre("wrapUpEnded call"));
    after(done);
    item("call", "4", ici::Channel::phone);
    item("chat", "2", ici::Channel::chat);
    EXPECT_THAT(after(1s), ElementsAre("leave chat"));
}

// R-REROUTE-1, R-REROUTE-2: SAP answers by itself when no agent session is free.
TEST_F(DesksTest, RefusesByItselfWithA1WhenAllSessionsAreTaken) {
    add({.think = 10s, .sessions = 3});
    log_on();
    item("a1", "1");
    item("a2", "1");
    item("a3", "1");
    EXPECT_THAT(item("a4", "1"), ElementsAre("reroute a4 A1"));
    after(done);
    item("a4", "5");
    EXPECT_EQ(agent().counts.refused, 1U);
    EXPECT_EQ(agent().counts.lost, 0U);
    item("a1", "4");  // a session comes free
    EXPECT_THAT(item("a5", "1"), IsEmpty());
}

// R-DEC-65: the tab of an accepted item stays until End, whatever the CMS counts.
TEST_F(DesksTest, TheTabOfAnEndedItemIsTakenUntilEndIsPressed) {
    add({.think = 0ms, .end = 10s, .sessions = 2});
    log_on();
    EXPECT_THAT(item("a1", "1"), ElementsAre("accept a1"));
    after(done);
    item("a1", "2");
    item("a1", "4");
    EXPECT_THAT(item("a2", "1"), ElementsAre("accept a2"));
    after(done);
    EXPECT_THAT(item("a3", "1"), ElementsAre("reroute a3 A1"));
    after(done);
    item("a3", "5");  // a refused offer leaves no tab
    now += 10s;
    EXPECT_THAT(item("a4", "1"), ElementsAre("accept a4"));
}

// R-MULTI-6: manual sessions use up the six without the CMS knowing.
TEST_F(DesksTest, ManualSessionsAreTaken) {
    add({});
    log_on();
    desks.set_manual_sessions(0, 6);
    EXPECT_THAT(item("a1", "1"), ElementsAre("reroute a1 A1"));
    after(done);
    desks.set_manual_sessions(0, 5);
    EXPECT_THAT(item("a2", "1"), IsEmpty());
}

TEST_F(DesksTest, RefusesWithA0WhenHttpSessionsAreExhausted) {
    add({.http_exhausted = true});
    log_on();
    EXPECT_THAT(item("a1", "1"), ElementsAre("reroute a1 A0"));
}

TEST_F(DesksTest, RejectsByHandWithM0AllButEveryThird) {
    add({.accept_every = 3, .otherwise = Otherwise::reject, .think = 0ms});
    log_on();
    EXPECT_THAT(item("a1", "1"), ElementsAre("reroute a1 M0"));
    after(done);
    EXPECT_THAT(item("a2", "1"), ElementsAre("reroute a2 M0"));
    after(done);
    EXPECT_THAT(item("a3", "1"), ElementsAre("accept a3"));
    EXPECT_EQ(agent().counts.rejected, 2U);
}

TEST_F(DesksTest, IgnoredOfferKeepsItsSessionUntilItIsTakenAway) {
    add({.accept_every = 0, .otherwise = Otherwise::ignore, .sessions = 1});
    log_on();
    EXPECT_THAT(item("a1", "1"), IsEmpty());
    EXPECT_THAT(after(1h), IsEmpty());
    EXPECT_THAT(item("a2", "1"), ElementsAre("reroute a2 A1"));
    after(done);
    item("a1", "5");
    EXPECT_EQ(agent().counts.ignored, 1U);
    EXPECT_EQ(agent().counts.lost, 1U);
}

// R-DEC-21: a second call is refused until the first is held; the agent presses again.
TEST_F(DesksTest, PressesAgainAfterInvalidState) {
    add({.think = 0ms});
    log_on();
    item("c1", "1", ici::Channel::phone);
    EXPECT_THAT(after(fault(ici::ErrorId::invalid_state)), IsEmpty());
    EXPECT_THAT(after(1s), ElementsAre("accept c1"));
    EXPECT_THAT(after(fault(ici::ErrorId::unknown_item)), IsEmpty());
    EXPECT_THAT(after(1min), IsEmpty());
}

// R-DEC-20: a rerouted call that was answered at the phone comes back as accepted.
TEST_F(DesksTest, TakesACallShownAgainAsAccepted) {
    add({.handle = 1s, .sessions = 0});
    log_on();
    EXPECT_THAT(item("c1", "1", ici::Channel::phone), ElementsAre("reroute c1 A1"));
    after(done);
    item("c1", "5", ici::Channel::phone);
    item("c1", "2", ici::Channel::phone);
    EXPECT_EQ(agent().counts.overbooked, 1U);
    EXPECT_THAT(after(1s), ElementsAre("drop c1"));
}

TEST_F(DesksTest, SetsItselfReadyAgainAfterTheCmsTookItOut) {
    add({.ready_again = 30s});
    log_on();
    told_workmode("2");
    EXPECT_EQ(desks.ready(), 1U);
    told_workmode("3");
    EXPECT_EQ(desks.ready(), 0U);
    EXPECT_THAT(after(29s), IsEmpty());
    EXPECT_THAT(after(1s), ElementsAre("setCurrentWorkmode 2"));
}

TEST_F(DesksTest, StaysNotReadyWhenItChoseToBe) {
    add({.ready_again = 30s});
    log_on();
    told_workmode("2");
    desks.set_workmode(0, "1001");
    EXPECT_THAT(sent(), ElementsAre("setCurrentWorkmode 1001"));
    after(done);
    told_workmode("1001");
    EXPECT_THAT(after(1h), IsEmpty());
}

TEST_F(DesksTest, ChecksAvailabilityAndSubscribesAgainWhenTheCmsForgotIt) {
    add({.check_every = 10s, .log_on_again = 2s});
    log_on();
    EXPECT_THAT(after(10s), ElementsAre("getAttributes"));
    EXPECT_THAT(after(done), IsEmpty());
    EXPECT_THAT(after(10s), ElementsAre("getAttributes"));
    EXPECT_THAT(after(fault(ici::ErrorId::not_subscribed)), IsEmpty());
    EXPECT_EQ(desks.logged_on(), 0U);
    EXPECT_THAT(after(2s), ElementsAre("exchangeProductInformation"));
}

TEST_F(DesksTest, SubscriptionEndedFreesEverything) {
    add({});
    log_on();
    item("a1", "1");
    desks.on_subscription_ended(0, "another", now);
    EXPECT_EQ(desks.logged_on(), 1U);
    desks.on_subscription_ended(0, app_id, now);
    EXPECT_EQ(desks.logged_on(), 0U);
    EXPECT_EQ(desks.open_items(), 0U);
    EXPECT_THAT(after(1h), IsEmpty());
}

// R-LOGIN-15, R-DEC-10: a second log-on keeps the items and changes the appId.
TEST_F(DesksTest, SecondLogOnKeepsItems) {
    add({.think = 5s});
    log_on();
    const std::string first = app_id;
    item("a1", "1");
    desks.log_on(0, {}, now);
    EXPECT_THAT(sent(), ElementsAre("subscribe"));
    EXPECT_NE(app_id, first);
    after(Outcome{ici::Reply{ici::User{}}});
    desks.on_subscription_ended(0, first, now);
    item("a1", "1");
    EXPECT_EQ(agent().counts.seen, 1U);
    EXPECT_THAT(after(5s), ElementsAre("accept a1"));
}

TEST_F(DesksTest, SecondLogOnSurvivesTheEndOfTheFirstComingEarly) {
    add({.log_on_again = 1s});
    log_on();
    item("a1", "1");
    const std::string first = app_id;
    desks.log_on(0, {}, now);
    sent();
    desks.on_subscription_ended(0, first, now);
    after(Outcome{ici::Reply{ici::User{}}});
    EXPECT_EQ(desks.logged_on(), 1U);
    EXPECT_EQ(desks.open_items(), 1U);
    desks.on_subscription_ended(0, app_id, now);
    EXPECT_EQ(desks.logged_on(), 0U);
}

TEST_F(DesksTest, EndedAndRefusedAtOnceLeavesNothing) {
    add({});
    log_on();
    const std::string first = app_id;
    desks.log_on(0, {}, now);
    sent();
    desks.on_subscription_ended(0, first, now);
    after(fault(ici::ErrorId::logon_failed));
    EXPECT_EQ(agent().presence, Presence::off);
}

TEST_F(DesksTest, RefusedSecondLogOnLeavesTheFirstAlone) {
    add({});
    log_on();
    desks.log_on(0, {.same_app_id = true, .workcenter = Secret("5001;pw;9999;p")}, now);
    const std::string first = app_id;
    EXPECT_THAT(sent(), ElementsAre("subscribe"));
    EXPECT_EQ(app_id, first);
    after(fault(ici::ErrorId::already_logged_on));
    EXPECT_EQ(desks.logged_on(), 1U);
}

TEST_F(DesksTest, LogsOffWithTheSubscriptionItHas) {
    add({});
    log_on();
    desks.log_off(0, true);
    EXPECT_THAT(sent(), ElementsAre("setCurrentWorkmode 1"));
    desks.on_answer(0, done, now);
    const auto sends = desks.take();
    ASSERT_EQ(sends.size(), 1U);
    EXPECT_EQ(std::get<request::Unsubscribe>(sends[0].request).app_id, app_id);
    after(done);
    EXPECT_EQ(agent().presence, Presence::off);
}

TEST_F(DesksTest, OneRequestAtATime) {
    add({.think = 0ms});
    log_on();
    EXPECT_THAT(item("a1", "1"), ElementsAre("accept a1"));
    EXPECT_THAT(item("a2", "1"), IsEmpty());
    EXPECT_THAT(after(Outcome{NoAnswer{"time-out"}}), ElementsAre("accept a2"));
    after(done);
    EXPECT_THAT(after(1s), ElementsAre("accept a1"));
}

}  // namespace
}  // namespace cticonnector::sim::sap::testing
