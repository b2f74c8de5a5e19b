// One work mode for all media, set by the agent,
// the contact center or the engine (R-STATE, R-DEC-32, R-DEC-33).

#include <limits>

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::IsEmpty;
using M = MediumState;

struct Shown {
    M voice, action, chat;
    int workmode;
    UserStatus status;
};
// R-DEC-32, R-STATE-1, R-STATE-6: not ready if any medium is; the status is the highest of Busy, WrapUp,
// Reserved, NotReady, Ready.
TEST(WorkMode, R_DEC_32_IsComputedOverAllMedia) {
    for (const Shown& c : {
             Shown{M::ready, M::ready, M::ready, 2, UserStatus::ready},
             Shown{M::not_ready, M::ready, M::ready, 3, UserStatus::not_ready},
             Shown{M::ready, M::not_ready, M::ready, 3, UserStatus::not_ready},
             Shown{M::ready, M::ready, M::work_not_ready, 3, UserStatus::not_ready},  // after a lost link
             Shown{M::reserved, M::ready, M::ready, 2, UserStatus::reserved},
             Shown{M::ready, M::reserved, M::not_ready, 3, UserStatus::reserved},
             Shown{M::ready, M::active, M::ready, 2, UserStatus::busy},
             Shown{M::reserved, M::paused, M::ready, 2, UserStatus::busy},
             Shown{M::ready, M::interrupted, M::ready, 2, UserStatus::busy},
             Shown{M::work_ready, M::ready, M::ready, 4, UserStatus::wrapup},
             Shown{M::work_not_ready, M::ready, M::ready, 4, UserStatus::wrapup},
             Shown{M::work_ready, M::active, M::ready, 4, UserStatus::busy},
             Shown{M::work_ready, M::not_ready, M::ready, 3, UserStatus::wrapup},
         }) {
        House house = House::ready();
        house.state(Channel::voice, c.voice);
        house.state(Channel::action, c.action);
        house.state(Channel::chat, c.chat);
        const UserView view = house.agent().view(house.engine.settings());
        EXPECT_EQ(view.workmode, c.workmode) << name(c.voice) << name(c.action) << name(c.chat);
        EXPECT_EQ(view.status, c.status) << name(c.voice) << name(c.action) << name(c.chat);
        EXPECT_EQ(house.agent().told, view) << "the CRM knows";
    }
}
// R-STATE-1: while they work, the state afterwards counts, as the contact center tells it (NextAgentState).
TEST(WorkMode, R_STATE_1_ThePendingStateCountsDuringWork) {
    House house = House::ready();
    house.state(Channel::voice, M::active, 0, M::not_ready);
    EXPECT_EQ(house.workmode_told(), 3);
    house.state(Channel::voice, M::active, 0, M::ready);
    EXPECT_EQ(house.workmode_told(), 2);
}
// R-STATE-2, R-STATE-3, R-DEC-33: reason = work mode - offset;
// reason 0 is replaced; what fits no reason is refused.
TEST(WorkMode, R_STATE_2_BecomesAReasonByTheOffset) {
    SiteSettings settings = house_settings();
    settings.required_not_ready_reason = 7;
    House house = House::ready("12345;x;52513;p", settings);
    EXPECT_EQ(house.workmode(1004).fault, Fault::none);
    EXPECT_EQ(house.only<SetVoiceState>().reason, 4);
    EXPECT_EQ(house.workmode(3).fault, Fault::none);
    EXPECT_EQ(house.only<SetVoiceState>().reason, 7) << "R-STATE-3";
    EXPECT_EQ(house.workmode(1000 + 65'535).fault, Fault::none);
    for (const int wrong : {0, -1, 4, 999, 1000 + 65'536}) {
        EXPECT_EQ(house.workmode(wrong).fault, Fault::invalid_workmode) << wrong;
        EXPECT_THAT(house.did<SetVoiceState>(), IsEmpty());
        EXPECT_EQ(house.did<UserChanged>().size(), 1u) << "the true state again";
    }
}
// R-STATE-2: a reason that would come out as a standard work mode is plain not ready, never Ready.
TEST(WorkMode, R_STATE_2_AReasonIsNeverShownAsAStandardWorkMode) {
    struct Row {
        int offset, reason, shown;
    };
    for (const Row& row :
         {Row{0, 2, 3}, Row{0, 999, 3}, Row{0, 1000, 1000}, Row{-5, 7, 3}, Row{998, 1, 3}, Row{998, 2, 1000},
          Row{999, 1, 1000}, Row{1000, 0, 3}, Row{std::numeric_limits<int>::max(), 1, 3}}) {
        SiteSettings settings = house_settings();
        settings.not_ready_offset = row.offset;
        House house = House::ready("12345;x;52513;p", settings);
        house.state(Channel::voice, M::not_ready, row.reason);
        EXPECT_EQ(house.workmode_told(), row.shown) << row.offset << ' ' << row.reason;
    }
}
// R-DEC-33: numbers of any size are refused, not wrapped around.
TEST(WorkMode, R_DEC_33_NumbersOfAnySizeAreRefused) {
    using Int = std::numeric_limits<int>;
    for (const int offset : {-2'147'483, 0, 1000, 2'147'483, Int::min(), Int::max()}) {
        SiteSettings settings = house_settings();
        settings.not_ready_offset = offset;
        House house = House::ready("12345;x;52513;p", settings);
        EXPECT_EQ(house.workmode(Int::min()).fault, Fault::invalid_workmode) << offset;
        const Fault highest = offset == Int::max() ? Fault::none : Fault::invalid_workmode;  // reason 0
        EXPECT_EQ(house.workmode(Int::max()).fault, highest) << offset;
    }
}
// R-STATE-5: a supervisor's change reaches the CRM at once, with the reason.
TEST(WorkMode, R_STATE_5_AChangeInTheContactCenterIsTold) {
    House house = House::ready("12345;x;52513;p");
    house.state(Channel::voice, M::not_ready, 12);
    EXPECT_EQ(house.only<UserChanged>().user.workmode, 1012);
}
// R-STATE-6: one choice drives every medium.
TEST(WorkMode, R_STATE_6_IsFannedOutToAllMedia) {
    House house = House::ready();
    EXPECT_EQ(house.workmode(3).fault, Fault::none);
    EXPECT_EQ(house.did<NotReadyMedium>().size(), 2u);
    EXPECT_EQ(house.only<SetVoiceState>().wish, VoiceWish::not_ready);
    EXPECT_EQ(house.workmode(2).fault, Fault::none);
    EXPECT_EQ(house.did<ReadyMedium>().size(), 2u);
    EXPECT_EQ(house.only<SetVoiceState>().wish, VoiceWish::ready);
}
// R-STATE-7: refused, it is a fault, and the true state is sent again; also when nobody can be asked.
TEST(WorkMode, R_STATE_7_ARefusedChangeSendsTheTrueStateAgain) {
    House house = House::ready("12345;x;52513;p");
    house.cc<SetVoiceState>(House::Mood::refuses);
    EXPECT_EQ(house.workmode(3).fault, Fault::invalid_state);
    ASSERT_EQ(house.did<UserChanged>().size(), 1u);
    EXPECT_EQ(house.only<UserChanged>().user.workmode, 2);
    house.tell(LinkDown{});
    EXPECT_EQ(house.workmode(2).fault, Fault::unavailable);
    EXPECT_EQ(house.only<UserChanged>().user.workmode, 3);
}
// R-WRAP-5: choosing ready or not ready in wrap-up ends it at once.
TEST(WorkMode, R_WRAP_5_AChoiceInWrapUpEndsIt) {
    for (const auto& [mode, after] : {std::pair{2, M::ready}, std::pair{3, M::not_ready}}) {
        House house = House::ready("12345;x;52513;p");
        const ItemKey key = house.talking();
        house.hang_up(house.call_of(key), M::work_ready);
        ASSERT_EQ(house.session(key)->state, SessionState::wrapup);
        EXPECT_EQ(house.workmode(mode).fault, Fault::none);
        house.state(Channel::voice, after);
        ASSERT_NE(house.session(key), nullptr) << "until the CRM has answered";
        EXPECT_EQ(house.session(key)->state, SessionState::closing) << mode;
        EXPECT_EQ(house.item_of(key)->end->processing, Processing::ended);
    }
}
// R-ALLOC-13: what somebody else has changed meanwhile is not taken back.
TEST(WorkMode, ANotReadyOfASupervisorIsNotTakenBackWithOurs) {
    House house = House::ready("12345;x;52513;p");
    house.tell(DeliveryFailed{house.agent().subscription});
    house.tell(SubscriptionLost{house.agent().subscription, false, "no answer"});
    house.state(Channel::voice, M::not_ready, 0);
    house.state(Channel::voice, M::not_ready, 9);
    house.tell(DeliveryRestored{house.agent().subscription});
    EXPECT_THAT(house.did<SetVoiceState>(), IsEmpty()) << "reason 9 was set by somebody else";
}
TEST(WorkMode, ALateRefusalOfNotReadyDoesNotUndoTheAgentsReady) {
    House house = House::ready("12345;x;52513;m2");
    house.cc<NotReadyMedium>(House::Mood::silent);
    house.workmode(3);
    house.workmode(2);
    house.answer<NotReadyMedium>(Failure::task_on_its_way);
    EXPECT_THAT(house.did<NotRoutable>(), IsEmpty());
    EXPECT_EQ(house.agent().media[Channel::action].own_not_ready, OwnNotReady::none);
}
// R-DEC-38: ready again after their call, but not when the engine made them not ready meanwhile.
TEST(WorkMode, TheEndOfAnOwnCallDoesNotUndoANotReadyOfTheEngine) {
    House house = House::ready();
    house.ask(MakeCall{.destination = "0313001234"});
    const CallId call = house.first_call();
    house.tell(CallConnected{house.id, call});
    house.tell(SubscriptionLost{house.agent().subscription, false, "no answer"});
    house.tell(CallEnded{house.id, call, CallEnding::cleared});
    for (const SetVoiceState& set : house.did<SetVoiceState>()) EXPECT_NE(set.wish, VoiceWish::ready);
    EXPECT_EQ(house.agent().view(house.engine.settings()).workmode, 3);
}
// R-STATE-2, R-DEC-26: the agent may change their reason, also while their tasks still run.
TEST(WorkMode, AnotherReasonReachesTheMediaToo) {
    House house = House::ready("12345;x;52513;m2");
    EXPECT_EQ(house.workmode(3).fault, Fault::none);
    EXPECT_EQ(house.workmode(1005).fault, Fault::none);
    EXPECT_EQ(house.only<NotReadyMedium>().reason, 5);
    EXPECT_EQ(house.workmode(2).fault, Fault::none);
    const ItemKey key = house.accepted(Channel::action);
    EXPECT_EQ(house.workmode(1005).fault, Fault::none);
    EXPECT_EQ(house.workmode(1007).fault, Fault::none);
    EXPECT_EQ(house.workmode_told(), 1007);
    house.ask(Complete{.item = key});
    house.closed(key);
    EXPECT_EQ(house.only<NotReadyMedium>().reason, 7);
}
// R-HA-5: a state that is read back without its reason keeps the one that was known.
TEST(WorkMode, AStateReadBackWithoutAReasonKeepsTheReason) {
    House house = House::ready("12345;x;52513;p");
    house.state(Channel::voice, M::not_ready, 5);
    house.tell(AgentState{house.id, Channel::voice, M::not_ready, std::nullopt, {}});
    EXPECT_EQ(house.agent().view(house.engine.settings()).workmode, 1005);
}
TEST(WorkMode, AnOldReasonIsForgottenWhenTheAgentIsReady) {
    House house = House::ready("12345;x;52513;m2");
    house.state(Channel::action, M::not_ready, 5);
    house.state(Channel::action, M::ready);
    house.tell(MadeNotRoutable{house.id, Channel::action, no_task});
    EXPECT_EQ(house.workmode_told(), 3);
}
// R-DEC-38, R-DEC-30: ready on voice only; what the contact center took from another medium stays.
TEST(WorkMode, TheEndOfAnOwnCallMakesReadyOnVoiceOnly) {
    House house = House::ready();
    house.ask(MakeCall{.destination = "0313001234"});
    const CallId call = house.first_call();
    house.tell(CallConnected{house.id, call});
    house.tell(MadeNotRoutable{house.id, Channel::action, no_task});
    house.tell(CallEnded{house.id, call, CallEnding::cleared});
    EXPECT_EQ(house.only<SetVoiceState>().wish, VoiceWish::ready);
    EXPECT_THAT(house.did<ReadyMedium>(), IsEmpty());
    EXPECT_NE(house.agent().media[Channel::action].routable, Routable::yes);
}
// R-DEC-11, R-DEC-38: who has left during a call of their own is not made ready by its end.
TEST(LogOff, DuringAnOwnCallIsNotUndoneByTheEndOfTheCall) {
    House house = House::ready();
    house.ask(MakeCall{.destination = "0313001234"});
    const CallId call = house.first_call();
    house.tell(CallConnected{house.id, call});
    house.cc<Logout>(House::Mood::silent);
    const RequestId request = house.send(Unsubscribe{});
    EXPECT_TRUE(house.only<Logout>().forced) << "a call is up";
    house.tell(CallEnded{house.id, call, CallEnding::cleared});
    EXPECT_THAT(house.did<SetVoiceState>(), IsEmpty());
    house.answer<Logout>();
    EXPECT_EQ(house.reply(request).fault, Fault::none);
    EXPECT_FALSE(house.has_agent());
}
// R-HA-9: no phantom: who leaves while the link is away is logged out when it is back.
TEST(LogOff, DuringALostLinkIsMadeUpForWhenItIsBack) {
    House house = House::ready();
    house.tell(LinkDown{});
    EXPECT_EQ(house.ask(Unsubscribe{}).fault, Fault::none);
    EXPECT_EQ(house.ask(ReadUser{}).fault, Fault::not_subscribed);
    house.tell(LinkUp{});
    EXPECT_EQ(house.did<LogoutMedium>().size(), 2u);
    EXPECT_EQ(house.only<Logout>().agent, house.id);
    EXPECT_FALSE(house.has_agent());
    house.tell(LinkDown{});
    house.tell(LinkUp{});
    EXPECT_THAT(house.did<Logout>(), IsEmpty()) << "once";
}
// R-LOGIN-16: the configured reason code goes with the logout.
TEST(LogOff, CarriesTheConfiguredReasonCode) {
    SiteSettings settings = house_settings();
    settings.logout_reason = 42;
    House house = House::ready("12345;x;52513;p", settings);
    EXPECT_EQ(house.ask(Unsubscribe{}).fault, Fault::none);
    EXPECT_EQ(house.only<Logout>().reason, 42);
}
// R-LOGIN-9, R-HA-9: a shadow log-on never logs the agent out of where it found them, and leaves nobody in a
// medium that it logged in itself.
TEST(LogOff, OfAShadowLeavesTheAgentWhereHeIs) {
    SiteSettings settings = house_settings();
    settings.crm.shadow_login = 2;
    for (const bool was_in : {true, false}) {
        House house(settings);
        house.query_answer.logged_in = true;
        house.query_answer.extension = "52513";
        if (was_in) house.cc<LoginMedium>(House::Mood::refuses, Failure::already_in_medium);
        ASSERT_EQ(house.ask(house.subscription("12345;x;52513;pmSL")).fault, Fault::none);
        EXPECT_EQ(house.ask(Unsubscribe{}).fault, Fault::none);
        EXPECT_THAT(house.did<Logout>(), IsEmpty());
        EXPECT_EQ(house.did<LogoutMedium>().size(), was_in ? 0u : 1u);
        EXPECT_FALSE(house.has_agent());
    }
}
// R-DEC-11: the contact center lets nobody go while a call rings, unless it is told to.
TEST(LogOff, R_DEC_11_ARefusedLogOutIsForced) {
    House house = House::ready("12345;x;52513;p");
    house.ring();
    house.cc<Logout>(House::Mood::silent);
    const RequestId asked = house.send(Unsubscribe{});
    EXPECT_FALSE(house.only<Logout>().forced);
    house.answer<Logout>(Failure::other);
    EXPECT_TRUE(house.only<Logout>().forced);
    EXPECT_EQ(house.replies(asked), 0);
    house.answer<Logout>();
    EXPECT_EQ(house.reply(asked).fault, Fault::none);
    EXPECT_FALSE(house.has_agent());
}
TEST(LogOff, R_DEC_11_AForcedOneThatIsRefusedIsTold) {
    House house = House::ready("12345;x;52513;p");
    house.cc<Logout>(House::Mood::refuses);
    EXPECT_EQ(house.ask(Unsubscribe{}).fault, Fault::unavailable);
    EXPECT_TRUE(house.note(What::cc_request_failed));
    EXPECT_FALSE(house.has_agent());
}
// Somebody else was quicker: what was asked for is so.
TEST(LogOff, OfWhoIsOutAlreadyIsDone) {
    House house = House::ready("12345;x;52513;p");
    house.cc<Logout>(House::Mood::silent);
    const RequestId asked = house.send(Unsubscribe{});
    house.state(Channel::voice, MediumState::logged_out);
    house.answer<Logout>(Failure::other);
    EXPECT_THAT(house.did<Logout>(), IsEmpty());
    EXPECT_EQ(house.reply(asked).fault, Fault::none);
    EXPECT_FALSE(house.has_agent());
}
// R-STATE-5: a log-on whose phone was logged off by a supervisor meanwhile has failed.
TEST(LogOn, R_STATE_5_IsOverWhenTheAgentIsLoggedOffMeanwhile) {
    House house;
    house.cc<LoginMedium>(House::Mood::silent);
    const RequestId asked = house.send(house.subscription(House::pm2c));
    house.state(Channel::voice, MediumState::logged_out);
    EXPECT_EQ(house.reply(asked).fault, Fault::logon_failed);
    EXPECT_THAT(sentence(house.reply(asked).text), ::testing::HasSubstr("logged off in the contact center"));
    house.answer<LoginMedium>();
    house.answer<LoginMedium>();
    EXPECT_EQ(house.only<LogoutMedium>().channel, Channel::chat) << "the last of both, taken back";
    EXPECT_FALSE(house.has_agent());
}
TEST(LogOn, R_STATE_5_IsOverWhenNoMediumIsLeft) {
    House house;
    house.cc<LoginMedium>(House::Mood::silent);
    const RequestId asked = house.send(house.subscription("12345;x;52513;mc"));
    house.answer<LoginMedium>();
    house.state(Channel::action, MediumState::logged_out);
    EXPECT_EQ(house.replies(asked), 0) << "the other is still to come";
    house.answer<LoginMedium>(Failure::other);
    EXPECT_EQ(house.reply(asked).fault, Fault::logon_failed);
    EXPECT_FALSE(house.has_agent());
}
// R-DEC-48: a shadow, too, shows who they are, and names the phone that they use.
TEST(LogOn, R_DEC_48_OfAShadowChecksPasswordAndDevice) {
    SiteSettings settings = house_settings();
    settings.crm.shadow_login = 2;
    House house(settings);
    house.query_answer.logged_in = true;
    house.query_answer.extension = "52513";
    house.cc<Login>(House::Mood::refuses, Failure::wrong_password);
    EXPECT_EQ(house.ask(house.subscription("12345;guess;52513;pSL")).fault, Fault::logon_failed);
    EXPECT_TRUE(house.only<Login>().authenticate_only);
    house.cc<Login>(House::Mood::agrees);
    EXPECT_EQ(house.ask(house.subscription("12345;x;59999;pSL")).fault, Fault::already_logged_on);
    EXPECT_THAT(house.did<Login>(), IsEmpty());
    EXPECT_EQ(house.ask(house.subscription("12345;x;52513;pSL")).fault, Fault::none);
}
// R-DEC-55, R-DEC-51: withdrawn while it waits for a closing session:
// its task goes back at once, nothing stays.
TEST(Waiting, AnItemWithdrawnWhileItWaitsForASessionLeavesNothing) {
    House house = House::ready("12345;x;52513;m");
    const ItemKey key = house.accepted(Channel::action);
    house.ask(Complete{.item = key});
    const ItemId item = house.add(Channel::action);
    house.assign(item);
    ASSERT_EQ(house.agent().waiting.size(), 1u);
    const std::string name = house.item(item)->external_id;
    EXPECT_EQ(house.ask(DeleteItem{.external_id = name}).fault, Fault::none);
    EXPECT_THAT(house.agent().waiting, IsEmpty());
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::given_back);
}
// observability.md: origin says who decided.
TEST(Notes, ANoAnswerIsTheConnectorsAndARerouteTheCrms) {
    House house = House::ready();
    house.offer(Channel::action);
    house.pass(house.engine.settings().no_answer[Channel::action]);
    EXPECT_EQ(house.note(What::item_rerouted)->origin, Origin::connector);
    EXPECT_EQ(house.note(What::item_rerouted)->reason, "RONA");
    House other = House::ready();
    other.reroute(other.offer(Channel::action), "");
    EXPECT_EQ(other.note(What::item_rerouted)->origin, Origin::crm);
}
// R-CALL-7: the CRM's own document stays with the call, whatever the contact center tells of it later.
TEST(CallInfo, TheCrmsDocumentOutlivesTheContactCentersUpdates) {
    const auto mine = std::make_shared<const Document>(Document{"<mine/>", "", ""});
    House house = House::ready();
    const ItemKey key = house.talking();
    const CallId call = house.call_of(key);
    EXPECT_EQ(house.ask(SetItemData{.item = key, .attached_data = mine}).fault, Fault::none);
    auto told = std::make_shared<ItemInfo>();
    told->call_variables[0] = "new";
    house.tell(CallData{house.id, call, told});
    EXPECT_EQ(house.item_of(key)->shown()->attached_data, mine);
    EXPECT_EQ(house.item_of(key)->shown()->call_variables[0], "new");
    House dialling = House::ready();
    dialling.ask(MakeCall{.destination = "0313001234", .attached_data = mine});
    const CallId placed = dialling.first_call();
    dialling.tell(CallDialled{dialling.id, placed, std::make_shared<ItemInfo>()});
    EXPECT_EQ(dialling.call(placed)->info->attached_data, mine);
}
TEST(WorkMode, ACallThatComesWhileTheAgentLogsOnIsShownWhenHeIsIn) {
    House house;
    house.cc<LoginMedium>(House::Mood::silent);
    house.send(house.subscription("12345;x;52513;pm"));
    const CallId call{77, 0, "52513"};
    house.tell(CallOffered{house.id, call, false, nullptr});
    EXPECT_THAT(house.did<ItemChanged>(), IsEmpty());
    house.answer<LoginMedium>();
    EXPECT_EQ(house.only<ItemChanged>().item.processing, Processing::alerting);
}
// R-REROUTE-4: only a transfer sets the RONA counter to 0, not the label ROUTE_ERROR.
TEST(WorkMode, ARouteErrorDoesNotResetTheRonaCounter) {
    House house = House::ready();
    const ItemKey key = house.offer(Channel::action);
    const ItemId item = house.session(key)->item;
    house.pass(house.engine.settings().no_answer[Channel::action]);
    house.closed(key);
    ASSERT_EQ(house.item(item)->tries.rona, 1);
    house.pass(1s);
    ASSERT_EQ(house.item(item)->state, ItemState::routing);
    house.tell(TaskLabelled{item, RouteLabel::route_error, "ROUTE_ERROR"});
    EXPECT_EQ(house.item(item)->tries.rona, 1);
}

}  // namespace
}  // namespace cticonnector::engine::testing
