// Log-on, the second log-on, adoption after a restart, and the link (R-DEC-1, 6, 10, 48, 49; R-HA-5, 6).

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// R-DEC-1, R-ALLOC-7: no phone: the password is checked, then each medium with its limit without the buffer.
TEST(LogOn, R_DEC_1_WithoutAPhoneOnlyAuthenticates) {
    House house;
    ASSERT_EQ(house.ask(house.subscription("12345;x;52513;m2c3")).fault, Fault::none);
    EXPECT_TRUE(house.only<Login>().authenticate_only);
    const auto media = house.did<LoginMedium>();
    ASSERT_EQ(media.size(), 2u);
    EXPECT_EQ(media[0].task_limit, 2);
    EXPECT_EQ(media[1].task_limit, 3) << "R-ALLOC-7: the buffer is not told";
}

struct Refusal {
    Failure failure;
    Fault fault;
};
// R-DEC-6, R-DEC-49.
TEST(LogOn, R_DEC_6_GivesEachRefusalItsFault) {
    for (const Refusal& c :
         {Refusal{Failure::unknown_agent, Fault::logon_failed},
          Refusal{Failure::wrong_password, Fault::logon_failed},
          Refusal{Failure::invalid_device, Fault::logon_failed},
          Refusal{Failure::already_logged_on, Fault::already_logged_on},
          Refusal{Failure::other, Fault::logon_failed}, Refusal{Failure::no_link, Fault::unavailable}}) {
        House house;
        house.cc<Login>(House::Mood::refuses, c.failure);
        const Reply reply = house.ask(house.subscription());
        EXPECT_EQ(reply.fault, c.fault);
        EXPECT_NE(sentence(reply.text).find("refused by the contact center"), std::string::npos)
            << sentence(reply.text);
        EXPECT_EQ(house.engine.roster().size(), 0u) << "no record is left behind";
    }
}
// R-DEC-49: who it was that refused; the contact center was never asked.
TEST(LogOn, R_DEC_49_SaysWhoRefused) {
    House house;
    house.cc<Login>(House::Mood::refuses, Failure::unsent);
    const Reply reply = house.ask(house.subscription());
    EXPECT_EQ(reply.fault, Fault::logon_failed);
    EXPECT_THAT(sentence(reply.text), HasSubstr("the connector could not send the log-on"));
    EXPECT_THAT(sentence(reply.text), ::testing::Not(HasSubstr("the contact center refused")));
}
/// All that the CRM and the log were told by the last step.
std::string told(const House& house) {
    std::string text;
    for (const Reply& reply : house.did<Reply>()) text += sentence(reply.text) + '\n';
    for (const Note& note : house.did<Note>()) text += printed(note) + '\n';
    return text;
}
constexpr std::string_view slipped = "secret;secret;secret;p";  // into every field that the check lets pass

// R-DEC-69, R-DEC-59: neither fault nor log names a field before the contact center has confirmed the log-on.
TEST(LogOn, R_DEC_69_NamesNoFieldBeforeItIsConfirmed) {
    for (const Failure failure : {Failure::unknown_agent, Failure::wrong_password, Failure::invalid_device,
                                  Failure::already_logged_on, Failure::no_link, Failure::other}) {
        House house;
        house.cc<Login>(House::Mood::refuses, failure);
        EXPECT_NE(house.ask(house.subscription(slipped)).fault, Fault::none);
        EXPECT_THAT(told(house), Not(HasSubstr("secret")));
    }
    House elsewhere;
    elsewhere.query_answer = {.logged_in = true, .extension = "99999", .instrument = "99999"};
    EXPECT_EQ(elsewhere.ask(elsewhere.subscription(slipped)).fault, Fault::already_logged_on);
    EXPECT_THAT(told(elsewhere), Not(HasSubstr("secret")));

    House silent;
    silent.cc<Login>(House::Mood::silent);
    silent.send(silent.subscription(slipped));
    silent.pass(2min);  // time-out, taken back, forgotten
    EXPECT_THAT(silent.did<Logout>(), ::testing::SizeIs(1));
    EXPECT_THAT(told(silent), AllOf(HasSubstr("***"), Not(HasSubstr("secret"))));
    House lost;
    lost.cc<Login>(House::Mood::silent);
    lost.send(lost.subscription(slipped));
    lost.tell(LinkDown{});
    EXPECT_THAT(told(lost), AllOf(HasSubstr("***"), Not(HasSubstr("secret"))));
}
// R-DEC-6: who is logged on already is named by their user.
TEST(LogOn, R_DEC_69_TheHolderOfTheAgentIsNamedByTheirUser) {
    House house = House::with_agent();
    Subscribe other = house.subscription();
    other.user = user_id("OTHER");
    const Reply reply = house.ask(other);
    EXPECT_EQ(reply.fault, Fault::already_logged_on);
    EXPECT_THAT(sentence(reply.text), AllOf(HasSubstr("MILLER"), Not(HasSubstr("12345"))));
}
// R-DEC-62: what is a key is in no text.
TEST(LogOn, R_DEC_62_TellsDeviceAndCountsByKeys) {
    House house = House::with_agent();
    const Note note = *house.note(What::agent_login);
    EXPECT_EQ(note.agent, house.id);
    EXPECT_EQ(note.log_on->device, "52513");
    EXPECT_EQ(note.log_on->limits, (PerChannel<int>{{1, 2, 1}}));
    EXPECT_EQ(sentence(note.text), "");
    const Note state = *house.note(What::agent_state);
    EXPECT_EQ(state.state, "not_ready");
    EXPECT_EQ(state.workmode, 3);
    EXPECT_EQ(state.reason + sentence(state.text), "");
}
// R-DEC-81: whoever reaches the port may act as any agent, so each log-on says where it came from.
TEST(LogOn, R_DEC_81_SaysWhoSentIt) {
    House house;
    const auto from = [&](std::string_view work_center, std::string peer) {
        Subscribe asked = house.subscription(work_center);
        asked.peer = std::move(peer);
        return asked;
    };
    house.ask(from("12345;x", "10.0.0.1"));
    EXPECT_EQ(house.note(What::agent_login_refused)->log_on->peer, "10.0.0.1") << "malformed";
    house.cc<Login>(House::Mood::refuses, Failure::wrong_password);
    house.ask(from(House::pm2c, "10.0.0.2"));
    EXPECT_EQ(house.note(What::agent_login_refused)->log_on->peer, "10.0.0.2")
        << "refused by the contact center";
    house.cc<Login>(House::Mood::agrees);
    house.ask(from(House::pm2c, "10.0.0.3"));
    EXPECT_EQ(house.note(What::agent_login)->log_on->peer, "10.0.0.3");
    house.accepted(Channel::action);
    house.ask(from("12345;x;52513;p", "10.0.0.4"));
    EXPECT_EQ(house.note(What::agent_login_refused)->log_on->peer, "10.0.0.4") << "with open items";
}
// R-ALLOC-2: before the contact center hears of it.
TEST(LogOn, R_ALLOC_2_IsRefusedBeforeTheContactCenterHearsOfIt) {
    House house;
    EXPECT_EQ(house.ask(house.subscription("12345;x;52513;pm6")).fault, Fault::invalid_workcenter);
    EXPECT_THAT(house.did<QueryAgent>(), IsEmpty());
    EXPECT_THAT(house.did<Login>(), IsEmpty());
}
// R-LOGIN-14: atomic by default, or with fewer media.
TEST(LogOn, R_LOGIN_14_RollsBackWhenAMediumFails) {
    House house;
    house.cc<LoginMedium>(House::Mood::refuses);
    EXPECT_EQ(house.ask(house.subscription()).fault, Fault::logon_failed);
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    SiteSettings settings = house_settings();
    settings.partial_media = true;
    House partial(settings);
    partial.cc<LoginMedium>(House::Mood::refuses);
    EXPECT_EQ(partial.ask(partial.subscription()).fault, Fault::none);
    EXPECT_EQ(partial.agent().limits[Channel::action].value, 0);
    EXPECT_EQ(partial.agent().limits[Channel::voice].value, 1);
}
// R-LOGIN-14, R-LOGIN-12: with no medium left there is no log-on; every refusal is told.
TEST(LogOn, R_LOGIN_14_FailsWhenEveryMediumIsRefused) {
    SiteSettings settings = house_settings();
    settings.partial_media = true;
    House house(settings);
    house.cc<LoginMedium>(House::Mood::silent);
    const RequestId request = house.send(house.subscription("12345;x;52513;m2c"));
    house.answer<LoginMedium>(Failure::other);
    house.answer<LoginMedium>(Failure::unknown_agent);
    EXPECT_EQ(house.reply(request).fault, Fault::logon_failed);
    EXPECT_THAT(sentence(house.reply(request).text),
                AllOf(HasSubstr("action: the contact center refused the log-on"),
                      HasSubstr("chat: the contact center does not know the agent")));
    EXPECT_FALSE(house.has_agent());
}
// R-LOGIN-14, R-LOGIN-12: nor when the last medium has gone by the time the agent's work is known.
TEST(LogOn, R_LOGIN_14_FailsWhenTheLastMediumIsLoggedOutWhileWorkIsSought) {
    for (const bool another : {false, true}) {
        House house;
        house.cc<LoginMedium>(House::Mood::refuses, Failure::already_in_medium);
        house.cc<FindWork>(House::Mood::silent);
        const RequestId request =
            house.send(house.subscription(another ? "12345;x;52513;m2c" : "12345;x;52513;m2"));
        house.state(Channel::action, MediumState::logged_out);
        house.answer<FindWork>();
        EXPECT_EQ(house.reply(request).fault, another ? Fault::none : Fault::logon_failed);
        EXPECT_EQ(house.has_agent(), another);
        if (another) continue;
        EXPECT_THAT(sentence(house.reply(request).text), HasSubstr("logged off in the contact center"));
        EXPECT_THAT(house.did<UserChanged>(), IsEmpty()) << "nobody is told of an agent who is ready";
    }
}
// R-DEC-48: status 1 of MEDIA_LOGIN counts as success, the limit is told again.
TEST(LogOn, R_DEC_48_AlreadyInTheMediumIsNoFailure) {
    House house;
    house.cc<LoginMedium>(House::Mood::refuses, Failure::already_in_medium);
    EXPECT_EQ(house.ask(house.subscription("12345;x;52513;m2")).fault, Fault::none);
    EXPECT_EQ(house.only<SetTaskLimit>().task_limit, 2);
}
// R-DEC-48: logged in on the same device: adopted with calls and tasks; elsewhere: ALREADY_LOGGED_ON.
TEST(Adoption, R_DEC_48_TakesTheAgentOverWithHisWork) {
    House house;
    house.query_answer.logged_in = true;
    house.query_answer.extension = "52513";
    house.work = {CallFound{house.id, {7, 0, "52513"}, WorkState::held, nullptr},
                  TaskFound{house.id, Channel::chat, {1, 2, 3}, WorkState::active, "chat-7", "S", nullptr}};
    EXPECT_EQ(house.ask(house.subscription()).fault, Fault::none);
    EXPECT_TRUE(house.only<Login>().authenticate_only);
    EXPECT_EQ(house.agent().sessions.size(), 2u);
    EXPECT_EQ(house.did<ItemChanged>().size(), 2u) << "each item is shown once";
    EXPECT_TRUE(house.note(What::agent_login)->log_on->adopted);
    EXPECT_FALSE(House::with_agent().note(What::agent_login)->log_on->adopted)
        << "logged in by the connector";
}
TEST(Adoption, R_DEC_48_AnotherDeviceIsAlreadyLoggedOn) {
    House house;
    house.query_answer.logged_in = true;
    house.query_answer.extension = "99999";
    EXPECT_EQ(house.ask(house.subscription()).fault, Fault::already_logged_on);
    EXPECT_THAT(house.did<Login>(), IsEmpty());
}
TEST(Adoption, WorkThatWasFoundIsNotLostWhenTheLinkGoes) {
    House house;
    house.query_answer.logged_in = true;
    house.query_answer.extension = "52513";
    house.cc<FindWork>(House::Mood::silent);
    house.send(house.subscription());
    house.tell(TaskFound{house.id, Channel::chat, {1, 2, 3}, WorkState::active, "chat-7", "S", nullptr});
    house.tell(LinkDown{{}, "heartbeats missed"});
    ASSERT_EQ(house.engine.all_items().size(), 1u);
    EXPECT_EQ(house.engine.all_items().at(0).item->route().reason, RouteReason::RESTART);
}

// R-DEC-10, R-LOGIN-15: the same work center string: adopted, with live items; code 4 to another appId.
TEST(SecondLogOn, R_DEC_10_TheSameStringAdopts) {
    for (const std::string app : {"app-1", "app-2"}) {
        House house = House::ready();
        const ItemKey key = house.accepted(Channel::action);
        const SubscriptionId old = house.agent().subscription;
        EXPECT_EQ(house.ask(house.subscription(House::pm2c, app)).fault, Fault::none);
        EXPECT_EQ(house.only<EndSubscription>().subscription, old);
        EXPECT_EQ(house.only<EndSubscription>().reason, EndReason::replaced);
        EXPECT_EQ(house.only<EndSubscription>().tell, app != "app-1");
        EXPECT_THAT(house.did<Login>(), IsEmpty()) << "the agent is not bounced out";
        EXPECT_EQ(house.shown(key)->processing, Processing::accepted);
        EXPECT_EQ(house.workmode_told(), 2);
        EXPECT_TRUE(house.note(What::agent_login)->log_on->adopted);
    }
}
TEST(SecondLogOn, R_DEC_10_AnotherStringWithOpenItemsIsRefused) {
    House house = House::ready();
    house.offer(Channel::action);
    EXPECT_EQ(house.ask(house.subscription("12345;x;52513;p")).fault, Fault::already_logged_on);
    EXPECT_EQ(house.agent().sessions.size(), 1u);
}
TEST(SecondLogOn, R_DEC_10_AnotherStringWithoutItemsLogsOutAndIn) {
    House house = House::ready();
    EXPECT_EQ(house.ask(house.subscription("12345;x;52513;p", "app-2")).fault, Fault::none);
    EXPECT_EQ(house.did<Logout>().size(), 1u);
    EXPECT_EQ(house.agent().limits[Channel::action].value, 0);
}
// R-DEC-10, R-ALLOC-2: the string is checked first; what cannot become a log-on leaves everything as it was.
TEST(SecondLogOn, R_DEC_10_AnIllegalStringChangesNothing) {
    for (const std::string_view illegal : {"12345;x;52513;pm6c5", "12345;x;52513;zz", "12345"}) {
        House house = House::ready();
        const SubscriptionId before = house.agent().subscription;
        EXPECT_EQ(house.ask(house.subscription(illegal, "app-2")).fault, Fault::invalid_workcenter);
        EXPECT_THAT(house.did<EndSubscription>(), IsEmpty());
        EXPECT_THAT(house.did<LogoutMedium>(), IsEmpty());
        EXPECT_EQ(house.agent().subscription, before);
        EXPECT_EQ(house.workmode_told(), 2);
    }
}
TEST(SecondLogOn, R_DEC_10_AnIllegalStringChangesNothingForWhoIsLoggedOff) {
    House house = House::ready();
    EXPECT_EQ(house.workmode(1).fault, Fault::none);
    const SubscriptionId before = house.agent().subscription;
    EXPECT_EQ(house.ask(house.subscription("12345;x;52513;pm6c5", "app-2")).fault, Fault::invalid_workcenter);
    EXPECT_EQ(house.agent().subscription, before);
    EXPECT_EQ(house.agent().phase, Phase::logged_off);
    house.tell(LinkDown{});
    EXPECT_EQ(house.ask(house.subscription()).fault, Fault::unavailable);
    EXPECT_EQ(house.agent().subscription, before) << "nor does a log-on that cannot be tried now";
}
TEST(SecondLogOn, R_DEC_10_AnIllegalStringDoesNotTouchALogOnOrLogOutUnderWay) {
    House house;
    house.cc<Login>(House::Mood::silent);
    const RequestId first = house.send(house.subscription());
    EXPECT_EQ(house.ask(house.subscription("12345;x")).fault, Fault::invalid_workcenter);
    house.answer<Login>();
    EXPECT_EQ(house.reply(first).fault, Fault::none);
    house.cc<Logout>(House::Mood::silent);
    house.send(Unsubscribe{});
    EXPECT_EQ(house.ask(house.subscription("12345;x")).fault, Fault::invalid_workcenter);
    EXPECT_FALSE(house.agent().next_login);
}
TEST(SecondLogOn, R_DEC_6_AnAgentOfAnotherUserIsRefusedBeforeTheOldOneIsLoggedOut) {
    House house = House::ready();
    Subscribe other = house.subscription("99999;x;52514;p");
    other.user = user_id("OTHER");
    ASSERT_EQ(house.ask(other).fault, Fault::none);
    EXPECT_EQ(house.ask(house.subscription("99999;x;52514;p")).fault, Fault::already_logged_on);
    EXPECT_EQ(house.workmode_told(), 2);
}
TEST(SecondLogOn, R_DEC_6_AnotherUserOfTheSameAgentIsRefused) {
    House house = House::ready();
    Subscribe other = house.subscription();
    other.user = user_id("OTHER");
    EXPECT_EQ(house.ask(other).fault, Fault::already_logged_on);
}

// observability.md: each log-out says why in a word, and with the number that SAP was told
TEST(LogOut, SaysWhy) {
    const auto why = [](auto happens) {
        House house = House::ready();
        happens(house);
        const Note note = house.note(What::agent_logout).value_or(Note{});
        return std::string(note.why) + " " + note.reason;
    };
    EXPECT_EQ(why([](House& house) { house.ask(Unsubscribe{}); }), "asked ");
    EXPECT_EQ(why([](House& house) { house.workmode(1); }), "asked ");
    EXPECT_EQ(why([](House& house) { house.ask(house.subscription("12345;x;52513;p", "app-2")); }),
              "replaced 4");
    EXPECT_EQ(why([](House& house) {
                  house.tell(LinkDown{});
                  house.pass(house_settings().link_grace);
              }),
              "contact_center_lost 2");
    EXPECT_EQ(why([](House& house) {
                  house.tell(SubscriptionLost{house.agent().subscription, true, ""});
              }),
              "crm_session_lost 5");
}

// R-DEC-34, R-HA-6: shown not ready while the link is away, logged off in the CRM after the grace time.
TEST(Link, R_HA_6_AgentsAreShownNotReadyThenLoggedOff) {
    House house = House::ready();
    house.tell(LinkDown{{}, "heartbeats missed"});
    EXPECT_TRUE(house.agent().told->contact_center_lost);
    EXPECT_EQ(house.workmode_told(), 3);
    house.pass(119s);
    EXPECT_TRUE(house.has_agent());
    house.pass(1s);
    EXPECT_EQ(house.only<EndSubscription>().reason, EndReason::contact_center_lost);
    EXPECT_EQ(house.ask(ReadUser{}).fault, Fault::not_subscribed);
    house.tell(LinkUp{});
    EXPECT_EQ(house.only<Logout>().agent, house.id) << "R-HA-9: the contact center hears of it";
    EXPECT_EQ(house.engine.roster().size(), 0u);
}
TEST(Link, R_HA_5_ReturningInTimeOnlyTheDifferenceIsTold) {
    House house = House::ready();
    const ItemKey key = house.accepted(Channel::chat);
    house.tell(LinkDown{{}, "heartbeats missed"});
    house.query_answer.logged_in = true;
    house.query_answer.extension = "52513";
    house.tell(LinkUp{});
    EXPECT_EQ(house.did<RestoreTask>().size(), 1u);
    EXPECT_EQ(house.workmode_told(), 2);
    EXPECT_THAT(house.did<ItemChanged>(), IsEmpty());
    EXPECT_EQ(house.session(key)->state, SessionState::active) << "R-HA-7: stays with its agent";
}
TEST(Link, R_DEC_26_NotReadyThatCouldNotBeSaidFollowsWhenItIsBack) {
    House house = House::ready();
    house.tell(LinkDown{{}, "heartbeats missed"});
    house.tell(SubscriptionLost{house.agent().subscription, false, "refused"});
    EXPECT_THAT(house.did<SetVoiceState>(), IsEmpty());
    house.query_answer.logged_in = true;
    house.tell(LinkUp{});
    EXPECT_EQ(house.only<SetVoiceState>().wish, VoiceWish::not_ready);
    EXPECT_EQ(house.did<NotReadyMedium>().size(), 2u);
}

// R-DEC-18: not ready while the CRM does not take events,
// taken back when it does, logged out after the grace.
TEST(Crm, R_DEC_18_NotReadyIsTakenBackWhenItReturns) {
    House house = House::ready();
    const SubscriptionId subscription = house.agent().subscription;
    house.tell(SubscriptionLost{subscription, false, "refused"});
    EXPECT_EQ(house.workmode_told(), 3);
    house.pass(29s);
    house.tell(DeliveryRestored{subscription});
    EXPECT_EQ(house.workmode_told(), 2);
    house.pass(1min);
    EXPECT_TRUE(house.has_agent());
}
TEST(Crm, R_DEC_18_TheAgentIsLoggedOutWhenTheGraceTimeEnds) {
    House house = House::ready();
    house.accepted(Channel::action);
    house.tell(SubscriptionLost{house.agent().subscription, false, "refused"});
    house.pass(30s);
    EXPECT_EQ(house.only<EndSubscription>().reason, EndReason::crm_session_lost);
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::rerouted_at_logout);
    EXPECT_EQ(house.engine.roster().size(), 0u);
    EXPECT_EQ(house.engine.all_items().size(), 1u) << "the item is not lost";
}
// R-DEC-18, R-ALLOC-6: check 2 fails from the first failed delivery.
TEST(Crm, R_DEC_18_OffersAreRefusedFromTheFirstFailedDelivery) {
    House house = House::ready();
    house.tell(DeliveryFailed{house.agent().subscription});
    const ItemId item = house.add(Channel::action);
    house.assign(item);
    EXPECT_EQ(house.note(What::item_refused)->reason, "crm_gone");
    EXPECT_EQ(house.item(item)->tries.rejects, 0) << "R-DEC-25: it only waits";
    EXPECT_EQ(house.workmode_told(), 3);
}

}  // namespace
}  // namespace cticonnector::engine::testing
