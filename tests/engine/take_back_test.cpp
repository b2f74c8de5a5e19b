// Log-ins whose cause is gone when they are confirmed, and log-outs that nobody confirms: nobody stays logged
// in at the contact center without a subscription (R-DEC-35, R-HA-9).

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::IsEmpty;

constexpr std::string_view phone = "12345;x;52513;p";
constexpr std::string_view media = "12345;x;52513;mc";

SiteSettings with_shadow() {
    SiteSettings settings = house_settings();
    settings.crm.shadow_login = 2;
    return settings;
}

/// A log-on that waits for the first answer to an action of this kind.
template <class A>
House waiting_for(std::string_view work_center, SiteSettings settings = house_settings()) {
    House house(std::move(settings));
    house.cc<A>(House::Mood::silent);
    house.send(house.subscription(work_center));
    return house;
}

// R-DEC-35: unsubscribe.
TEST(TakenBack, R_DEC_35_ALogInConfirmedAfterTheUnsubscribe) {
    House house = waiting_for<Login>(phone);
    EXPECT_EQ(house.ask(Unsubscribe{}).fault, Fault::none) << "it does not wait";
    EXPECT_EQ(house.unanswered(), 0u);
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    EXPECT_EQ(house.agent().phase, Phase::logging_out);
    house.answer<Login>();
    EXPECT_TRUE(house.only<Logout>().forced) << "in whatever state the agent came in";
    EXPECT_FALSE(house.has_agent());
}
TEST(TakenBack, R_DEC_35_EveryMediumConfirmedAfterTheUnsubscribe) {
    House house = waiting_for<LoginMedium>(House::pm2c);
    EXPECT_EQ(house.ask(Unsubscribe{}).fault, Fault::none);
    EXPECT_EQ(house.did<Logout>().size(), 1u) << "the phone was in already";
    EXPECT_THAT(house.did<LogoutMedium>(), IsEmpty());
    house.answer<LoginMedium>();
    EXPECT_EQ(house.only<LogoutMedium>().channel, Channel::action);
    EXPECT_TRUE(house.has_agent()) << "until the last has an outcome";
    house.answer<LoginMedium>();
    EXPECT_EQ(house.only<LogoutMedium>().channel, Channel::chat);
    EXPECT_FALSE(house.has_agent());
}
TEST(TakenBack, ARefusedLogInLeavesNothingToTakeBack) {
    House house = waiting_for<Login>(phone);
    house.ask(Unsubscribe{});
    house.answer<Login>(Failure::wrong_password);
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    EXPECT_FALSE(house.has_agent());
}
// R-DEC-35: time-out, and then the confirmation.
TEST(TakenBack, R_DEC_35_ALogInConfirmedAfterTheTimeOut) {
    House house = waiting_for<Login>(phone);
    house.pass(15s);
    EXPECT_EQ(house.unanswered(), 0u);
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    house.pass(30s);
    house.answer<Login>();
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    EXPECT_FALSE(house.has_agent());
}
// R-HA-9: never answered is not never done.
TEST(TakenBack, ALogInThatIsNeverAnsweredIsLoggedOutAllTheSame) {
    House house = waiting_for<Login>(phone);
    house.pass(74s);
    EXPECT_TRUE(house.has_agent());
    house.pass(1s);
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    EXPECT_FALSE(house.has_agent());
    House other = waiting_for<LoginMedium>(media);
    other.pass(75s);
    EXPECT_EQ(other.did<LogoutMedium>().size(), 2u);
    EXPECT_FALSE(other.has_agent());
}
// R-LOGIN-14: the media of a roll-back.
TEST(TakenBack, R_LOGIN_14_TheMediaOfALogOnThatIsRolledBack) {
    House house = waiting_for<LoginMedium>(media);
    house.answer<LoginMedium>();
    house.answer<LoginMedium>(Failure::other);
    EXPECT_EQ(house.only<LogoutMedium>().channel, Channel::action);
    EXPECT_FALSE(house.has_agent());
}

// R-DEC-48: what was logged in before stays.
TEST(TakenBack, R_DEC_48_NotWhoWasLoggedInBefore) {
    House house(house_settings());
    house.query_answer.logged_in = true;
    house.query_answer.extension = "52513";
    house.cc<LoginMedium>(House::Mood::silent);
    house.send(house.subscription());
    house.ask(Unsubscribe{});
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    house.answer<LoginMedium>(Failure::already_in_medium);
    EXPECT_THAT(house.did<LogoutMedium>(), IsEmpty());
    house.answer<LoginMedium>();
    EXPECT_EQ(house.only<LogoutMedium>().channel, Channel::chat) << "this one was not";
    EXPECT_FALSE(house.has_agent());
}
// R-DEC-48, R-DEC-6: nor who is logged in elsewhere; the contact center tells the state with its answer.
TEST(TakenBack, R_DEC_48_NotWhoIsLoggedInAtAnotherDevice) {
    House house = waiting_for<QueryAgent>(phone);
    const QueryAgent query = house.only<QueryAgent>();
    house.state(Channel::voice, MediumState::ready);
    house.tell(AgentFound{query.operation, true, "99999", "99999"});
    EXPECT_EQ(house.only<Reply>().fault, Fault::already_logged_on);
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    EXPECT_FALSE(house.has_agent());
}
// R-DEC-48: nor who came in elsewhere while our own log-in was on its way;
// only its answer tells whose it was.
TEST(TakenBack, R_DEC_48_NotWhoSomebodyElseLoggedInMeanwhile) {
    for (const bool unsubscribed : {false, true}) {
        House house = waiting_for<Login>(phone);
        house.state(Channel::voice, MediumState::not_ready);
        if (unsubscribed) house.ask(Unsubscribe{});
        EXPECT_THAT(house.did<Logout>(), IsEmpty());
        house.answer<Login>(Failure::already_logged_on);
        EXPECT_THAT(house.did<Logout>(), IsEmpty());
        EXPECT_FALSE(house.has_agent());
        House in_media = waiting_for<LoginMedium>(media);
        in_media.state(Channel::action, MediumState::not_ready);
        if (unsubscribed) in_media.ask(Unsubscribe{});
        in_media.answer<LoginMedium>(Failure::other);
        in_media.answer<LoginMedium>();
        EXPECT_EQ(in_media.only<LogoutMedium>().channel, Channel::chat);
        EXPECT_FALSE(in_media.has_agent());
    }
}
// ... also when a log-out was sent already, because the log-in was late: it is not told again.
TEST(TakenBack, R_DEC_48_NotWhoseLateLogInIsRefusedAfterAll) {
    House house = waiting_for<Login>(phone);
    house.pass(20s);
    house.cc<Logout>(House::Mood::silent);
    const RequestId again = house.send(house.subscription());
    ASSERT_EQ(house.did<Logout>().size(), 1u) << "it may have come in";
    house.cc<QueryAgent>(House::Mood::silent);
    house.answer<Login>(Failure::already_logged_on);
    EXPECT_EQ(house.did<QueryAgent>().size(), 1u) << "the new log-on goes on";
    house.tell(LinkDown{});
    EXPECT_EQ(house.reply(again).fault, Fault::unavailable);
    house.tell(LinkUp{});
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    EXPECT_FALSE(house.has_agent());
}
// R-HA-9: that somebody else has logged the agent out says nothing
// of a log-in of ours that is still on its way.
TEST(TakenBack, R_HA_9_ALogOutElsewhereDoesNotAnswerForALateLogIn) {
    for (const Channel channel : {Channel::voice, Channel::action}) {
        House house = channel == Channel::voice ? waiting_for<Login>(phone)
                                                : waiting_for<LoginMedium>("12345;x;52513;m");
        house.pass(20s);
        house.cc_all(House::Mood::silent);
        house.send(house.subscription(channel == Channel::voice ? phone : "12345;x;52513;m"));
        house.state(channel, MediumState::logged_out);
        house.tell(LinkDown{});
        house.cc_all(House::Mood::agrees);
        house.tell(LinkUp{});
        EXPECT_EQ(house.did<Logout>().size() + house.did<LogoutMedium>().size(), 1u) << name(channel);
        EXPECT_FALSE(house.has_agent());
    }
}
// R-LOGIN-9, R-DEC-8: a shadow attaches and never logs in or out; what it brought in itself is taken back.
TEST(TakenBack, R_DEC_8_OfAShadowOnlyTheMedia) {
    House house(with_shadow());
    house.query_answer.logged_in = true;
    house.query_answer.extension = "52513";
    house.cc<LoginMedium>(House::Mood::silent);
    house.send(house.subscription("12345;x;52513;pmSL"));
    house.ask(Unsubscribe{});
    house.answer<LoginMedium>();
    EXPECT_EQ(house.only<LogoutMedium>().channel, Channel::action);
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    EXPECT_FALSE(house.has_agent());
}
TEST(LogOn, R_DEC_8_AShadowNeverLogsIn) {
    House house(with_shadow());
    house.cc<QueryAgent>(House::Mood::refuses);
    EXPECT_EQ(house.ask(house.subscription("12345;x;52513;pSL")).fault, Fault::logon_failed);
    EXPECT_THAT(house.did<Login>(), IsEmpty());
}

// R-HA-9: the link is lost during the log-on; what came in, and what may have come in, is logged out.
TEST(TakenBack, R_HA_9_WhatALostLinkLeftOpen) {
    House house = waiting_for<LoginMedium>(House::pm2c);
    house.answer<LoginMedium>();
    house.tell(LinkDown{});
    EXPECT_EQ(house.unanswered(), 0u);
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    house.tell(LinkUp{});
    EXPECT_EQ(house.did<LogoutMedium>().size(), 2u) << "one is in, of the other nobody knows";
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    EXPECT_FALSE(house.has_agent());
    House first = waiting_for<Login>(phone);
    first.tell(LinkDown{});
    first.tell(LinkUp{});
    EXPECT_EQ(first.did<Logout>().size(), 1u);
}
TEST(TakenBack, R_HA_9_WhatALostLinkLeftOpenAfterTheUnsubscribe) {
    House house = waiting_for<Login>(phone);
    house.ask(Unsubscribe{});
    house.tell(LinkDown{});
    house.tell(LinkUp{});
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    EXPECT_FALSE(house.has_agent());
}
TEST(TakenBack, R_HA_9_NobodyOfALogOnThatHadOnlyAsked) {
    House house = waiting_for<QueryAgent>(House::pm2c);
    house.tell(LinkDown{});
    EXPECT_FALSE(house.has_agent());
    House authenticating = waiting_for<Login>(media);
    authenticating.tell(LinkDown{});
    EXPECT_FALSE(authenticating.has_agent()) << "R-DEC-1: no log-in, only the password";
}

// R-DEC-10: the same user comes again before the late log-in is known.
TEST(TakenBack, ANewLogOnOfTheSameUserFollowsTheTakingBack) {
    House house = waiting_for<Login>(phone);
    house.ask(Unsubscribe{});
    const RequestId again = house.send(house.subscription());
    EXPECT_THAT(house.did<QueryAgent>(), IsEmpty());
    house.cc<Login>(House::Mood::agrees);
    house.answer<Login>();
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    EXPECT_EQ(house.reply(again).fault, Fault::none);
    EXPECT_EQ(house.agent().phase, Phase::logged_in);
    EXPECT_TRUE(house.agent().media[Channel::voice].logged_in());
}
TEST(TakenBack, ANewLogOnDoesNotWaitForWhatIsLate) {
    House house = waiting_for<Login>(phone);
    house.pass(20s);
    house.cc<Login>(House::Mood::agrees);
    EXPECT_EQ(house.ask(house.subscription()).fault, Fault::none);
    EXPECT_EQ(house.did<Logout>().size(), 1u) << "first out of what may have come in";
    house.answer<Login>();
    EXPECT_EQ(house.agent().phase, Phase::logged_in) << "the late confirmation reaches nobody";
}
TEST(TakenBack, ANewLogOnIsAnsweredInItsOwnTime) {
    House house = waiting_for<Login>(phone);
    house.ask(Unsubscribe{});
    house.pass(5s);
    const RequestId again = house.send(house.subscription());
    house.tell(LinkDown{});
    EXPECT_EQ(house.reply(again).fault, Fault::unavailable) << "R-DEC-6: no link";
    house.tell(LinkUp{});
    EXPECT_FALSE(house.has_agent());
    House slow = House::ready();
    slow.cc_all(House::Mood::silent);
    slow.send(Unsubscribe{});
    slow.pass(10s);
    const RequestId late = slow.send(slow.subscription());
    slow.pass(15s);
    EXPECT_EQ(slow.reply(late).fault, Fault::unavailable);
}

// R-HA-9: a log-out that the contact center did not confirm is told again when the link was dead.
TEST(LogOff, R_HA_9_UnconfirmedWhenTheLinkIsLostIsToldAgain) {
    House house = House::ready();
    house.cc_all(House::Mood::silent);
    house.send(Unsubscribe{});
    house.pass(16s);
    EXPECT_EQ(house.unanswered(), 0u);
    house.tell(LinkDown{});
    house.cc_all(House::Mood::agrees);
    house.tell(LinkUp{});
    EXPECT_EQ(house.did<LogoutMedium>().size(), 2u);
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    ASSERT_TRUE(house.note(What::agent_logout));
    EXPECT_EQ(sentence(house.note(What::agent_logout)->text),
              "the link is back: logged out in the contact center, too");
    EXPECT_FALSE(house.has_agent());
    House only_media = House::ready(media);
    only_media.cc<LogoutMedium>(House::Mood::silent);
    EXPECT_EQ(only_media.ask(Unsubscribe{}).fault, Fault::none);
    only_media.tell(LinkDown{});
    only_media.cc<LogoutMedium>(House::Mood::agrees);
    only_media.tell(LinkUp{});
    EXPECT_EQ(only_media.did<LogoutMedium>().size(), 2u);
    EXPECT_FALSE(only_media.has_agent());
}
// R-HA-9, R-DEC-10: the same user comes back as another agent, and the link takes the log-out of the first.
TEST(LogOff, R_HA_9_OfTheAgentThatTheUserWasBeforeIsToldAgainToo) {
    House house = House::ready(media);
    house.cc<LogoutMedium>(House::Mood::silent);
    EXPECT_EQ(house.ask(house.subscription("54321;x;52514;mc")).fault, Fault::none) << "who need not wait";
    EXPECT_EQ(house.agent().id.name, "54321");
    house.tell(LinkDown{});
    house.cc<LogoutMedium>(House::Mood::agrees);
    house.tell(LinkUp{});
    const auto out = house.did<LogoutMedium>();
    ASSERT_EQ(out.size(), 2u);
    for (const LogoutMedium& one : out) EXPECT_EQ(one.agent, house.id);
    EXPECT_EQ(house.engine.roster().size(), 1u);
    EXPECT_EQ(house.agent().phase, Phase::logged_in);
}
TEST(LogOff, AUserMayComeBackAsAnAgentWhoseLogOutIsNotConfirmed) {
    House house = House::ready(media);
    house.cc<LogoutMedium>(House::Mood::silent);
    house.ask(house.subscription("54321;x;52514;mc"));
    const RequestId back = house.send(house.subscription(media));
    EXPECT_EQ(house.replies(back), 0) << "what the log-out does to the log-on nobody can know";
    house.answer<LogoutMedium>();
    house.answer<LogoutMedium>();
    EXPECT_EQ(house.reply(back).fault, Fault::none);
    EXPECT_EQ(house.agent().id, house.id);
    house.cc<LogoutMedium>(House::Mood::agrees);
    house.pass(2min);
    EXPECT_EQ(house.engine.roster().size(), 1u);
}
// R-DEC-35: the log-out that follows an unanswered Not Ready is unanswered after its own time, not at once.
TEST(LogOff, R_DEC_35_BehindAnUnansweredNotReadyHasItsOwnTime) {
    House house = House::ready(phone);
    house.cc_all(House::Mood::silent);
    house.send(Unsubscribe{});
    house.pass(15s);
    EXPECT_EQ(house.unanswered(), 0u) << "the request does not wait for it";
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    EXPECT_TRUE(house.note(What::cc_request_failed)) << "Not Ready";
    house.pass(15s - 1ms);
    EXPECT_THAT(house.did<Note>(), IsEmpty());
    house.pass(1ms);
    EXPECT_TRUE(house.note(What::cc_request_failed)) << "the log-out";
}
// ... and the next log-on learns its outcome, though not for longer than its own time.
TEST(LogOff, R_DEC_35_TheNextLogOnWaitsForTheLogOutBehindAnUnansweredNotReady) {
    for (const bool answered : {true, false}) {
        House house = House::ready(phone);
        house.cc<SetVoiceState>(House::Mood::silent);
        house.cc<Logout>(House::Mood::silent);
        house.send(Unsubscribe{});
        house.pass(10s);
        const RequestId next = house.send(house.subscription(phone));
        house.pass(5s);
        EXPECT_EQ(house.did<Logout>().size(), 1u);
        EXPECT_THAT(house.did<QueryAgent>(), IsEmpty());
        EXPECT_EQ(house.replies(next), 0);
        if (answered) {
            house.answer<Logout>();
        } else {
            house.pass(10s);
        }
        EXPECT_EQ(house.reply(next).fault, answered ? Fault::none : Fault::unavailable);
    }
}
TEST(LogOff, WhoIsNotConfirmedIsForgottenInTheEnd) {
    House house = House::ready();
    house.cc_all(House::Mood::silent);
    house.send(Unsubscribe{});
    house.pass(2min);
    EXPECT_FALSE(house.has_agent());
}
TEST(LogOff, TheNextLogOnWaitsForTheMediaButNotForLong) {
    for (const bool same_user : {true, false}) {
        for (const bool confirmed : {true, false}) {
            House house = House::ready(media);
            house.cc<LogoutMedium>(House::Mood::silent);
            house.ask(Unsubscribe{});
            Subscribe next = house.subscription(media);
            if (!same_user) next.user = user_id("OTHER");
            const RequestId request = house.send(next);
            EXPECT_THAT(house.did<QueryAgent>(), IsEmpty());
            if (confirmed) {
                house.answer<LogoutMedium>();
                house.answer<LogoutMedium>();
            } else {
                house.pass(2s);
            }
            EXPECT_EQ(house.reply(request).fault, Fault::none) << same_user << confirmed;
            EXPECT_EQ(house.engine.roster().size(), 1u);
        }
    }
}
TEST(LogOff, OnlyOneLogOnWaitsForTheEndOfTheLogOut) {
    House house = House::ready(media);
    house.cc<LogoutMedium>(House::Mood::silent);
    house.ask(Unsubscribe{});
    const RequestId first = house.send(house.subscription(media));
    Subscribe other = house.subscription(media);
    other.user = user_id("OTHER");
    EXPECT_EQ(house.ask(other).fault, Fault::already_logged_on);
    house.pass(2s);
    EXPECT_EQ(house.reply(first).fault, Fault::none);
}
TEST(LogOff, WhoHasLeftDoesNotDisturbTheNextUserOfTheAgent) {
    House house = House::ready(media);
    house.cc<LogoutMedium>(House::Mood::silent);
    house.ask(Unsubscribe{});
    Subscribe other = house.subscription(media);
    other.user = user_id("OTHER");
    const RequestId next = house.send(other);
    EXPECT_EQ(house.ask(Unsubscribe{}).fault, Fault::not_subscribed);
    EXPECT_EQ(house.ask(house.subscription(media)).fault, Fault::already_logged_on);
    house.pass(2s);
    EXPECT_EQ(house.reply(next).fault, Fault::none);
}
// R-DEC-35: who waits for the end of another's log-out can take the log-on back.
TEST(LogOff, R_DEC_35_TheNextUserMayUnsubscribeWhileWaiting) {
    House house = House::ready(media);
    house.cc<LogoutMedium>(House::Mood::silent);
    house.ask(Unsubscribe{});
    Subscribe other = house.subscription(media);
    other.user = user_id("OTHER");
    const RequestId next = house.send(other);
    EXPECT_EQ(house.ask(Unsubscribe{.user = other.user}).fault, Fault::none);
    EXPECT_EQ(house.reply(next).fault, Fault::logon_failed);
    house.pass(2min);
    EXPECT_EQ(house.engine.roster().size(), 0u);
}
TEST(LogOff, ARefusedLogOutOfAMediumEndsIt) {
    House house = House::ready(media);
    house.cc<LogoutMedium>(House::Mood::silent);
    house.ask(Unsubscribe{});
    for (const Channel c : {Channel::action, Channel::chat})
        house.tell(MediumRefused{house.id, c, Failure::other, "not logged in"});
    EXPECT_FALSE(house.has_agent());
}
// R-HA-9: the refusal of a Ready that was sent before says nothing of it.
TEST(LogOff, R_HA_9_ARefusedReadyDoesNotEndTheLogOutOfAMedium) {
    House house = House::ready(media);
    house.cc<LogoutMedium>(House::Mood::silent);
    house.ask(Unsubscribe{});
    for (const Channel c : {Channel::action, Channel::chat})
        house.tell(MediumRefused{house.id, c, Failure::other, "not now", true});
    ASSERT_TRUE(house.has_agent());
    house.tell(LinkDown{});
    house.cc<LogoutMedium>(House::Mood::agrees);
    house.tell(LinkUp{});
    EXPECT_EQ(house.did<LogoutMedium>().size(), 2u) << "the link may have taken the log-outs";
    EXPECT_FALSE(house.has_agent());
}
// R-DEC-11, R-HA-9: work mode 1 while the link goes.
TEST(LoggedOff, R_HA_9_ByWorkModeOneIsToldAgainWhenTheLinkIsBack) {
    House house = House::ready();
    house.cc_all(House::Mood::silent);
    const RequestId request = house.send(SetWorkmode{.workmode = 1});
    house.tell(LinkDown{});
    EXPECT_EQ(house.reply(request).fault, Fault::unavailable);
    EXPECT_EQ(house.workmode_told(), 1) << "off in the CRM";
    house.cc_all(House::Mood::agrees);
    house.tell(LinkUp{});
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    EXPECT_EQ(house.agent().phase, Phase::logged_off) << "the subscription stays";
    EXPECT_EQ(house.ask(house.subscription()).fault, Fault::none);
}
// Somebody else may log the agent in afterwards: that is not ours to end.
TEST(LoggedOff, WhomSomebodyElseLogsInLaterStaysLoggedIn) {
    House house = House::ready(phone);
    house.workmode(1);
    house.state(Channel::voice, MediumState::not_ready);
    house.tell(LinkDown{});
    house.tell(LinkUp{});
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    house.ask(Unsubscribe{});
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    EXPECT_FALSE(house.has_agent());
}
// R-DEC-11, R-DEC-35: the CRM is told in time, and may ask, whatever the contact center confirms.
TEST(LoggedOff, R_DEC_35_IsToldThoughTheContactCenterDoesNotAnswer) {
    House house = House::ready(phone);
    house.cc_all(House::Mood::silent);
    const RequestId request = house.send(SetWorkmode{.workmode = 1});
    EXPECT_EQ(house.ask(ReadUser{}).user->workmode, 1);
    house.pass(15s);
    EXPECT_EQ(house.reply(request).fault, Fault::unavailable);
    EXPECT_EQ(house.workmode_told(), 1);
    house.answer<SetVoiceState>();
    EXPECT_EQ(house.agent().phase, Phase::logging_out);
    house.answer<Logout>();
    EXPECT_EQ(house.agent().phase, Phase::logged_off);
}
// R-DEC-18: the CRM is lost while work mode 1 logs the agent out: one log-out is enough.
TEST(LoggedOff, R_DEC_18_TheCrmLostDuringTheLogOutEndsOnlyTheSubscription) {
    House house = House::ready();
    house.cc_all(House::Mood::silent);
    house.send(SetWorkmode{.workmode = 1});
    house.tell(SubscriptionLost{house.agent().subscription, true, "unknown"});
    EXPECT_EQ(house.did<EndSubscription>().size(), 1u);
    EXPECT_THAT(house.did<SetVoiceState>(), IsEmpty());
    house.cc_all(House::Mood::agrees);
    house.answer<LogoutMedium>();
    house.answer<LogoutMedium>();
    house.answer<SetVoiceState>();
    EXPECT_FALSE(house.has_agent());
}
TEST(LoggedOff, R_DEC_18_NorDoesItsGraceTimeEndMore) {
    House house = House::ready();
    house.cc_all(House::Mood::silent);
    house.send(SetWorkmode{.workmode = 1});
    house.tell(SubscriptionLost{house.agent().subscription, false, "refused"});
    house.pass(30s);
    EXPECT_EQ(house.did<EndSubscription>().size(), 1u);
    EXPECT_THAT(house.did<SetVoiceState>(), IsEmpty());
    EXPECT_TRUE(house.has_agent()) << "the log-out is not confirmed";
    house.pass(1min);
    EXPECT_FALSE(house.has_agent());
}
// R-DEC-11: the last "item" was a call that never came to be: work mode 1 waits for nothing.
TEST(LoggedOff, R_DEC_11_ACallNeverPlacedDoesNotHoldTheLogOut) {
    House house = House::ready();
    house.cc<PlaceCall>(House::Mood::silent);
    house.send(MakeCall{.destination = "0313001234"});
    EXPECT_EQ(house.workmode(1).fault, Fault::none);
    EXPECT_TRUE(house.agent().logout_after_items);
    house.tell(LinkDown{});
    EXPECT_EQ(house.workmode_told(), 1);
    house.tell(LinkUp{});
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    EXPECT_EQ(house.agent().phase, Phase::logged_off);
}

}  // namespace
}  // namespace cticonnector::engine::testing
