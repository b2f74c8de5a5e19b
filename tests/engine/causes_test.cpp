// Why an agent is ready or not ready, and who made them so, as agent.state says it (R-DEC-82).

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using M = MediumState;

/// "not_ready 1005: supervisor by cc, 5" for each line of the last step.
std::vector<std::string> lines(const House& house) {
    std::vector<std::string> found;
    for (const Note& note : house.did<Note>()) {
        if (note.what != What::agent_state) continue;
        std::string line = std::string(note.state) + ' ' + std::to_string(note.workmode.value_or(0)) + ": " +
                           std::string(note.why) + " by " + std::string(name(note.origin.value()));
        if (!note.reason.empty()) line += ", " + note.reason;
        if (!note.item.value.empty()) line += ", " + note.item.value;
        found.push_back(std::move(line));
    }
    return found;
}

TEST(Causes, R_DEC_82_TheAgentAsked) {
    House house = House::with_agent();
    EXPECT_THAT(lines(house), ElementsAre("not_ready 3: login by crm")) << "the log-on";
    house.workmode(2);
    EXPECT_THAT(lines(house), ElementsAre("ready 2: asked by crm"));
    house.workmode(1005);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1005: asked by crm, 5"));
    house.workmode(1006);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1006: asked by crm, 6"));
    house.state(Channel::voice, M::not_ready, 6);
    EXPECT_THAT(lines(house), IsEmpty()) << "the event behind the answer says nothing new";
}

// The event may come before the answer to the request that brought it.
TEST(Causes, R_DEC_82_TheAgentAskedAndTheEventComesFirst) {
    House house = House::ready("12345;x;52513;p");
    house.cc<SetVoiceState>(House::Mood::silent);
    house.send(SetWorkmode{.workmode = 1005});
    house.state(Channel::voice, M::not_ready, 5);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1005: asked by crm, 5"));
    house.answer<SetVoiceState>();
    EXPECT_THAT(lines(house), IsEmpty());
}

TEST(Causes, R_DEC_82_SomebodyInTheContactCenter) {
    House house = House::ready();
    house.state(Channel::voice, M::not_ready, 5);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1005: supervisor by cc, 5"));
    house.state(Channel::voice, M::not_ready, 7);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1007: supervisor by cc, 7"));
    house.state(Channel::voice, M::ready);
    EXPECT_THAT(lines(house), ElementsAre("ready 2: supervisor by cc"));
    house.workmode(1005);
    house.state(Channel::voice, M::ready);
    house.workmode(2);
    house.state(Channel::voice, M::not_ready, 5);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1005: supervisor by cc, 5"))
        << "what was asked once is over";
}

TEST(Causes, R_DEC_82_AnItemThatTheCrmGaveBack) {
    struct Case {
        std::string reason, why;
    };
    for (const Case& c : {Case{"A1", "A1"}, Case{"A0", "A0"}, Case{"", "no_reason"}, Case{"A", "no_reason"},
                          Case{"X", "no_reason"}}) {
        House house = House::ready();
        const ItemKey item = house.offer(Channel::action);
        house.reroute(item, c.reason);
        EXPECT_THAT(lines(house), ElementsAre("not_ready 3: " + c.why + " by crm, act-1-1")) << c.reason;
        house.workmode(2);
        EXPECT_EQ(house.agent().cause, Cause{}) << "asked by the agent";
    }
    House by_hand = House::ready();
    by_hand.reroute(by_hand.offer(Channel::action), "M0");
    EXPECT_THAT(lines(by_hand), IsEmpty());
}

TEST(Causes, R_DEC_82_AnItemThatTheConnectorRefused) {
    House house = House::ready("12345;x;52513;m");
    house.accepted(Channel::action);
    house.offer(Channel::action);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 3: A1 by connector, act-2-1"));
}

TEST(Causes, R_DEC_82_WhatComesFirstCounts) {
    House house = House::ready();
    const ItemKey one = house.offer(Channel::action);
    const ItemKey other = house.offer(Channel::action);
    house.reroute(one, "A1");
    house.reroute(other, "A0");
    EXPECT_EQ(house.agent().cause, (Cause{Why::A1, Origin::crm, one}));
    house.workmode(1005);
    house.reroute(house.offer(Channel::chat), "A1");
    EXPECT_EQ(house.agent().cause.why, Why::asked) << "they were not ready already";
}

TEST(Causes, R_DEC_82_TheWayBackOfARejectIsTheConnectors) {
    SiteSettings settings = house_settings();
    settings.auto_ready_after_reject = true;
    House house = House::ready(House::pm2c, settings);
    const ItemKey other = house.accepted(Channel::action);
    const ItemKey refused = house.offer(Channel::action);
    house.reroute(refused, "A1");
    house.closed(refused);
    house.ask(Complete{.item = other});
    house.closed(other);
    EXPECT_EQ(house.agent().cause, (Cause{Why::A1, Origin::connector, other}));
}

TEST(Causes, R_DEC_82_NoAnswer) {
    House by_center = House::ready();
    const ItemKey item = by_center.offer(Channel::action);
    by_center.tell(MadeNotRoutable{by_center.id, Channel::action, by_center.item_of(item)->task().id});
    EXPECT_THAT(lines(by_center), ElementsAre("not_ready 3: RONA by cc, act-1-1"));

    SiteSettings settings = house_settings();
    settings.no_answer[Channel::action] = 30s;
    settings.rona_not_ready = true;
    House by_us = House::ready(House::pm2c, settings);
    by_us.offer(Channel::action);
    by_us.pass(30s);
    EXPECT_THAT(lines(by_us), ElementsAre("not_ready 3: RONA by connector, act-1-1"));
}

TEST(Causes, R_DEC_82_TheCrmIsGoneAndBack) {
    House house = House::ready("12345;x;52513;p");
    house.tell(SubscriptionLost{house.agent().subscription, false, "no answer"});
    EXPECT_THAT(lines(house), ElementsAre("not_ready 3: crm_gone by connector"));
    house.tell(DeliveryRestored{house.agent().subscription});
    EXPECT_THAT(lines(house), ElementsAre("ready 2: crm_back by connector"));
}

// The loss lies over what the agent was, and is not the cause of it.
TEST(Causes, R_DEC_82_TheLinkIsLostAndBack) {
    House house = House::ready();
    house.query_answer = {.logged_in = true, .extension = "52513", .instrument = "52513"};
    house.tell(LinkDown{});
    EXPECT_THAT(lines(house), ElementsAre("not_ready 3: link_lost by connector"));
    EXPECT_EQ(house.agent().cause, Cause{});
    house.tell(LinkUp{});
    EXPECT_THAT(lines(house), ElementsAre("ready 2: link_back by connector"));
    EXPECT_EQ(house.agent().cause, Cause{});

    house.reroute(house.offer(Channel::action), "A1");
    house.tell(LinkDown{});
    house.tell(LinkUp{});
    EXPECT_EQ(house.agent().cause.why, Why::A1) << "not ready before, and after";
}

TEST(Causes, R_DEC_82_AWishToLeave) {
    House house = House::ready();
    const ItemKey item = house.accepted(Channel::action);
    house.workmode(1);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 3: logout_wish by crm"));
    house.ask(Complete{.item = item});
    house.closed(item);
    EXPECT_THAT(lines(house), ElementsAre("logged_off 1: logout_wish by crm"));

    House at_once = House::ready("12345;x;52513;p");
    at_once.workmode(1);
    EXPECT_THAT(lines(at_once), ElementsAre("logged_off 1: asked by crm"));
}

TEST(Causes, R_DEC_82_ReadyAgainAfterAnOwnCall) {
    House house = House::ready("12345;x;52513;p");
    house.ask(MakeCall{.destination = "0313001234"});
    const CallId call = house.first_call();
    house.state(Channel::voice, M::active, 0, M::not_ready);
    house.tell(CallConnected{house.id, call});
    house.tell(CallEnded{house.id, call, CallEnding::cleared});
    EXPECT_THAT(lines(house), ElementsAre("ready 2: after_call by connector"));
}

// The wrap-up behind the call hides the Not Ready, and is no reason to forget who asked for it.
TEST(Causes, R_DEC_82_TheAgentAskedAndWrapsUpFirst) {
    House house = House::ready("12345;x;52513;p");
    const ItemKey call = house.talking();
    house.workmode(1005);
    EXPECT_THAT(lines(house), ElementsAre("busy 1005: asked by crm, 5"));
    house.hang_up(house.call_of(call), M::work_not_ready);
    ASSERT_EQ(lines(house).size(), 1u);
    EXPECT_EQ(lines(house)[0], "wrapup 4: asked by crm");
    house.state(Channel::voice, M::not_ready, 5);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1005: asked by crm, 5"));
}

/// The contact center makes the agent not ready since a routed call rang on.
void unanswered(House& house) {
    house.tell(AgentState{.agent = house.id,
                          .channel = Channel::voice,
                          .state = M::not_ready,
                          .reason = 32767,
                          .unanswered = true});
}

TEST(Causes, R_DEC_82_ACallWasNotAnswered) {
    House house = House::ready("12345;x;52513;p");
    const ItemKey call = house.ringing();
    house.tell(CallEnded{house.id, house.call_of(call), CallEnding::redirected});
    EXPECT_EQ(house.note(What::item_ended)->reason, "not_answered");
    unanswered(house);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 33767: RONA by cc, 32767, " + call.value));
    house.state(Channel::voice, M::not_ready, 5);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1005: supervisor by cc, 5"));
}

// The CRM has not answered the last event of the call before, so that one's session is still there.
TEST(Causes, R_DEC_82_ACallThatWasTakenIsNotTheOneThatWasNotAnswered) {
    House house = House::ready("12345;x;52513;p");
    const ItemKey taken = house.talking();
    house.hang_up(house.call_of(taken), M::ready);
    ASSERT_EQ(house.session(taken)->state, SessionState::closing);
    const ItemKey call = house.ringing();
    house.tell(CallEnded{house.id, house.call_of(call), CallEnding::redirected});
    unanswered(house);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 33767: RONA by cc, 32767, " + call.value));

    House ringing_on = House::ready("12345;x;52513;p");
    const ItemKey before = ringing_on.talking();
    ringing_on.hang_up(ringing_on.call_of(before), M::ready);
    const ItemKey rings = ringing_on.ringing();
    unanswered(ringing_on);
    EXPECT_EQ(ringing_on.agent().cause.item, rings) << "the state may come before the end of the call";
}

TEST(Causes, R_DEC_82_AnUnansweredCallIsTheCauseOfOneChange) {
    House house = House::ready("12345;x;52513;p");
    unanswered(house);
    house.state(Channel::voice, M::not_ready);
    EXPECT_EQ(house.agent().cause, (Cause{Why::supervisor, Origin::cc, {}})) << "another Not Ready";

    House told_twice = House::ready("12345;x;52513;p");
    unanswered(told_twice);
    told_twice.cc<SetVoiceState>(House::Mood::silent);
    told_twice.send(SetWorkmode{.workmode = 2});
    unanswered(told_twice);
    told_twice.state(Channel::voice, M::ready);
    EXPECT_EQ(told_twice.agent().cause, Cause{}) << "the agent asked for Ready";
}

// Nobody here knows who made them so before they were taken over.
TEST(Causes, R_DEC_82_AnAdoptedAgentIsAsHeWasFound) {
    House house;
    house.query_answer.logged_in = true;
    house.query_answer.extension = "52513";
    house.ask(house.subscription());
    EXPECT_EQ(house.agent().cause, (Cause{Why::login, Origin::cc, {}}));
    EXPECT_THAT(lines(house), ElementsAre("not_ready 3: login by cc"));

    House fresh;
    fresh.ask(fresh.subscription());
    EXPECT_THAT(lines(fresh), ElementsAre("not_ready 3: login by crm"));
}

// The contact center tells the reason of a medium only with its next state.
TEST(Causes, R_DEC_82_TheReasonThatAnAdoptedAgentHadBeforeIsNobodysAct) {
    House house;
    house.cc<LoginMedium>(House::Mood::refuses, Failure::already_in_medium);
    house.ask(house.subscription("12345;x;52513;m2"));
    ASSERT_EQ(house.agent().cause, (Cause{Why::login, Origin::cc, {}}));
    house.state(Channel::action, M::not_ready, 1);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1001: login by cc, 1"));
    house.state(Channel::action, M::not_ready, 5);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1005: supervisor by cc, 5"));

    House told_without;
    told_without.cc<LoginMedium>(House::Mood::refuses, Failure::already_in_medium);
    told_without.ask(told_without.subscription("12345;x;52513;m2"));
    told_without.state(Channel::action, M::not_ready);
    told_without.state(Channel::action, M::not_ready, 5);
    EXPECT_THAT(lines(told_without), ElementsAre("not_ready 1005: supervisor by cc, 5"));

    House fresh;
    fresh.ask(fresh.subscription("12345;x;52513;m2"));
    fresh.state(Channel::action, M::not_ready, 5);
    EXPECT_THAT(lines(fresh), ElementsAre("not_ready 1005: supervisor by cc, 5"));
}

TEST(Causes, R_DEC_82_WhoLeavesAfterAnA1LeavesByHisOwnWish) {
    House house = House::ready("12345;x;52513;m");
    const ItemKey key = house.offer(Channel::action);
    house.reroute(key, "A1");
    house.closed(key);
    house.workmode(1);
    EXPECT_THAT(lines(house), ElementsAre("logged_off 1: asked by crm"));
}

// A refused Not Routable of one medium takes nothing from a Not Ready that is still under way.
TEST(Causes, R_DEC_82_ARefusalForOneMediumLeavesTheWishForTheOthers) {
    House house = House::ready();
    house.accepted(Channel::action);
    house.cc<NotRoutable>(House::Mood::silent);
    house.cc<SetVoiceState>(House::Mood::silent);
    house.send(SetWorkmode{.workmode = 1005});
    house.answer<NotRoutable>(Failure::other);
    house.answer<SetVoiceState>();
    EXPECT_EQ(house.agent().cause, Cause{}) << "asked by crm";
}

// What was asked for and refused is the cause of nothing that comes later.
TEST(Causes, R_DEC_82_ARefusedWishIsNoCause) {
    House house = House::ready("12345;x;52513;p");
    house.cc<SetVoiceState>(House::Mood::refuses);
    house.workmode(1005);
    EXPECT_EQ(house.agent().cause, Cause{});
    house.state(Channel::voice, M::not_ready, 5);
    EXPECT_THAT(lines(house), ElementsAre("not_ready 1005: supervisor by cc, 5"));

    House media = House::ready("12345;x;52513;m");
    media.cc<NotRoutable>(House::Mood::silent);
    media.reroute(media.offer(Channel::action), "A1");
    media.answer<NotRoutable>(Failure::other);
    EXPECT_THAT(lines(media), ElementsAre("ready 2: A1 by cc, act-1-1")) << "it goes on routing to them";
}

}  // namespace
}  // namespace cticonnector::engine::testing
