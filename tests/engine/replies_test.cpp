// allocation.md section 6, rule 9, and R-DEC-35: every request of the CRM gets exactly one reply, whatever
// becomes of it. The house itself fails when one is answered twice.

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::IsEmpty;

/// A kind of request: what must stand before it, how it is sent, and the fault when the contact center says
/// no (none: it is not asked).
struct Kind {
    std::string_view name;
    ItemKey (*prepare)(House&);
    RequestId (*send)(House&, const ItemKey&);
    Fault refused = Fault::none;
};
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

ItemKey nothing(House&) { return {}; }
template <Channel c>
ItemKey offered(House& h) {
    return c == Channel::voice ? h.ringing() : h.offer(c);
}
template <Channel c>
ItemKey accepted(House& h) {
    return c == Channel::voice ? h.talking() : h.accepted(c);
}
ItemKey in_wrapup(House& h) {
    const ItemKey key = h.talking();
    h.hang_up(h.call_of(key), MediumState::work_not_ready);
    return key;
}
ItemKey external(House& h) { return {h.item(h.add(Channel::action))->external_id}; }

template <class R>
RequestId plain(House& h, const ItemKey& key) {
    R request{};
    if constexpr (requires { request.item; }) request.item = key;
    return h.send(std::move(request));
}
template <int mode>
RequestId workmode(House& h, const ItemKey&) {
    return h.send(SetWorkmode{.workmode = mode});
}
RequestId other_user(House& h, std::string_view media) {
    return h.send(Subscribe{.user = user_id("OTHER"),
                            .user_name = "Other",
                            .app_id = "app-9",
                            .work_center = Secret{"777;x;52777;" + std::string(media)},
                            .profile = h.profile});
}

const Kind kinds[]{
    {"Subscribe", nothing, [](House& h, const ItemKey&) { return other_user(h, "p"); }, Fault::logon_failed},
    {"SubscribeWithMedia", nothing, [](House& h, const ItemKey&) { return other_user(h, "mc"); },
     Fault::logon_failed},
    {"SubscribeAgain", nothing,
     [](House& h, const ItemKey&) { return h.send(h.subscription(House::pm2c, "app-2")); }},
    {"SubscribeElsewhere", nothing,
     [](House& h, const ItemKey&) { return h.send(h.subscription("12345;x;52513;p", "app-2")); },
     Fault::logon_failed},
    {"Unsubscribe", nothing, plain<Unsubscribe>, Fault::unavailable},
    {"ReadUser", nothing, plain<ReadUser>},
    {"RefreshUser", nothing, plain<RefreshUser>},
    {"Ready", nothing, workmode<2>, Fault::invalid_state},
    {"NotReady", nothing, workmode<3>, Fault::invalid_state},
    {"NotReadyWithReason", nothing, workmode<1007>, Fault::invalid_state},
    {"LogOff", nothing, workmode<1>, Fault::unavailable},
    {"AcceptCall", offered<Channel::voice>, plain<Accept>, Fault::invalid_state},
    {"AcceptTask", offered<Channel::chat>, plain<Accept>},
    {"RerouteCall", offered<Channel::voice>, plain<Reroute>},
    {"RerouteTask", offered<Channel::action>, plain<Reroute>},
    {"Forward", accepted<Channel::chat>,
     [](House& h, const ItemKey& key) { return h.send(Forward{.item = key, .destination = "Script"}); }},
    {"Complete", accepted<Channel::action>, plain<Complete>},
    {"Drop", accepted<Channel::voice>, plain<Drop>, Fault::invalid_state},
    {"MakeCall", nothing, [](House& h, const ItemKey&) { return h.send(MakeCall{.destination = "4711"}); },
     Fault::invalid_state},
    {"SetItemData", accepted<Channel::chat>, plain<SetItemData>},
    {"ReadItemData", accepted<Channel::chat>, plain<ReadItemData>},
    {"RequireWrapup", accepted<Channel::voice>, plain<RequireWrapup>, Fault::invalid_state},
    {"EndWrapup", in_wrapup, plain<EndWrapup>, Fault::invalid_state},
    {"DeleteItem", external,
     [](House& h, const ItemKey& key) { return h.send(DeleteItem{.external_id = key.value}); }},
};

class EveryRequest : public ::testing::TestWithParam<Kind> {
  protected:
    void send() { request = GetParam().send(house, key); }
    bool asks() const { return GetParam().refused != Fault::none; }

    House house = House::ready();
    const ItemKey key = GetParam().prepare(house);
    RequestId request;
};

TEST_P(EveryRequest, R_DEC_35_IsAnsweredOnceWhenAllGoesWell) {
    send();
    EXPECT_EQ(house.reply(request).fault, Fault::none) << sentence(house.reply(request).text);
    house.pass(1min);
    EXPECT_EQ(house.replies(request), 1);
}

TEST_P(EveryRequest, R_DEC_35_IsAnsweredOnceWhenTheContactCenterRefuses) {
    house.cc_all(House::Mood::refuses);
    send();
    EXPECT_EQ(house.reply(request).fault, GetParam().refused) << sentence(house.reply(request).text);
    house.pass(1min);
    EXPECT_EQ(house.replies(request), 1);
}

TEST_P(EveryRequest, R_DEC_35_IsAnsweredInTimeWhenTheContactCenterIsSilent) {
    house.cc_all(House::Mood::silent);
    send();
    EXPECT_EQ(house.replies(request), asks() ? 0 : 1) << "what can be answered from memory does not wait";
    house.pass(asks() ? 15s : 1min);
    EXPECT_EQ(house.reply(request).fault, asks() ? Fault::unavailable : Fault::none);
    // late confirmations are ignored
    const std::vector<Action> late = house.silent;
    for (std::size_t i = 0; i < late.size(); ++i) house.answer_oldest();
    house.pass(1min);
    EXPECT_EQ(house.replies(request), 1);
}

TEST_P(EveryRequest, R_DEC_35_IsAnsweredWhenTheLinkIsLostMeanwhile) {
    house.cc_all(House::Mood::silent);
    send();
    house.tell(LinkDown{{}, "heartbeats missed"});
    EXPECT_EQ(house.reply(request).fault, asks() ? Fault::unavailable : Fault::none);
    house.pass(5min);
    EXPECT_EQ(house.replies(request), 1);
}

TEST_P(EveryRequest, R_DEC_35_IsAnsweredWhenTheAgentLogsOutMeanwhile) {
    house.cc_all(House::Mood::silent);
    send();
    const RequestId logout = house.send(Unsubscribe{});
    house.pass(1min);
    EXPECT_EQ(house.replies(request), 1);
    EXPECT_EQ(house.replies(logout), 1);
    EXPECT_EQ(house.unanswered(), 0u);
}

TEST_P(EveryRequest, R_DEC_35_IsAnsweredWhenTheContactCenterLogsTheAgentOutMeanwhile) {
    house.cc_all(House::Mood::silent);
    send();
    house.state(Channel::voice, MediumState::logged_out);
    house.pass(1min);
    EXPECT_EQ(house.replies(request), 1);
}

TEST_P(EveryRequest, R_DEC_46_IsAnsweredAtShutdown) {
    house.cc_all(House::Mood::silent);
    send();
    house.tell(Shutdown{});
    EXPECT_EQ(house.replies(request), 1);
    EXPECT_EQ(house.engine.roster().size(), 0u);
}

// R-HA-6: requests fail fast while the link is away; what can be answered from memory is answered.
TEST_P(EveryRequest, R_HA_6_FailsFastWithoutALink) {
    house.tell(LinkDown{{}, "heartbeats missed"});
    send();
    EXPECT_EQ(house.replies(request), 1);
    if (asks() && GetParam().name != std::string_view("Unsubscribe")) {
        EXPECT_EQ(house.reply(request).fault, Fault::unavailable) << sentence(house.reply(request).text);
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryRequest, ::testing::ValuesIn(kinds),
                         [](const auto& test) { return std::string(test.param.name); });

// Only the shell knows the message; what was wanted is known here.
TEST(Unanswered, R_DEC_87_TheLineSaysWhatWasWanted) {
    House house = House::ready("12345;x;52513;p");
    house.cc_all(House::Mood::silent);
    house.send(SetWorkmode{.workmode = 1005});
    house.pass(15s);
    ASSERT_TRUE(house.note(What::cc_request_failed));
    EXPECT_EQ(house.note(What::cc_request_failed)->request, "not_ready");
}

// R-DEC-11: after work mode 1 everything but subscribe, unsubscribe and getAttributes is NOT_SUBSCRIBED.
TEST(LoggedOff, R_DEC_11_OnlySubscribeLogsInAgain) {
    House house = House::ready();
    EXPECT_EQ(house.workmode(1).fault, Fault::none);
    EXPECT_EQ(house.workmode_told(), 1);
    EXPECT_EQ(house.ask(ReadUser{}).fault, Fault::none);
    EXPECT_EQ(house.workmode(2).fault, Fault::not_subscribed);
    EXPECT_EQ(house.ask(RefreshUser{}).fault, Fault::not_subscribed);
    EXPECT_EQ(house.ask(MakeCall{.destination = "1"}).fault, Fault::not_subscribed);
    EXPECT_EQ(house.ask(house.subscription()).fault, Fault::none);
    EXPECT_EQ(house.workmode_told(), 3);
}
TEST(LoggedOff, R_DEC_11_UnsubscribeEndsIt) {
    House house = House::ready();
    house.workmode(1);
    EXPECT_EQ(house.ask(Unsubscribe{}).fault, Fault::none);
    EXPECT_EQ(house.engine.roster().size(), 0u) << "no record is left behind";
}
// R-DEC-10, R-DEC-11: a subscribe that comes while work mode 1 logs the agent out logs them in afterwards.
TEST(LoggedOff, R_DEC_10_ASubscribeDuringTheLogOutIsServed) {
    House house = House::ready();
    house.cc_all(House::Mood::silent);
    house.send(SetWorkmode{.workmode = 1});
    const RequestId again = house.send(house.subscription(House::pm2c, "app-2"));
    house.cc_all(House::Mood::agrees);
    house.answer<LogoutMedium>();
    house.answer<LogoutMedium>();
    house.answer<SetVoiceState>();
    EXPECT_EQ(house.reply(again).fault, Fault::none);
    EXPECT_EQ(house.only<EndSubscription>().reason, EndReason::replaced);
    EXPECT_EQ(house.unanswered(), 0u);
}
TEST(LoggedOff, AnUnsubscribeDuringTheLogOutCallsOffTheNextLogOn) {
    House house = House::ready();
    house.cc_all(House::Mood::silent);
    house.send(SetWorkmode{.workmode = 1});
    const RequestId again = house.send(house.subscription(House::pm2c, "app-2"));
    EXPECT_EQ(house.ask(Unsubscribe{}).fault, Fault::none);
    EXPECT_EQ(house.reply(again).fault, Fault::logon_failed);
    house.pass(2min);
    EXPECT_EQ(house.unanswered(), 0u);
    EXPECT_EQ(house.engine.roster().size(), 0u);
}

// Rule 9 for what needs no subscription (R-DEC-28).
TEST(Items, R_DEC_28_AddActionItemIsAnsweredWhenItIsStored) {
    House house;
    const RequestId request = house.send(AddItem{.channel = Channel::action,
                                                 .external_id = "1",
                                                 .selector = "S",
                                                 .info = std::make_shared<ItemInfo>()});
    EXPECT_EQ(house.replies(request), 0);
    const ItemId item = house.only<StoreItem>().item;
    house.tell(ItemStored{item});
    EXPECT_EQ(house.reply(request).data, "1");
    house.tell(ItemStored{item});
    EXPECT_EQ(house.replies(request), 1);
}
TEST(Items, AnItemThatEndsBeforeItIsStoredIsAnswered) {
    House house;
    const auto add = [&](std::string id) {
        return house.send(AddItem{.channel = Channel::chat, .external_id = std::move(id), .selector = "S"});
    };
    const RequestId left = add("left");
    house.tell(CustomerLeft{house.only<StoreItem>().item});
    EXPECT_EQ(house.reply(left).fault, Fault::invalid_state);
    const RequestId deleted = add("deleted");
    EXPECT_EQ(house.ask(DeleteItem{.external_id = "deleted"}).fault, Fault::none);
    EXPECT_EQ(house.reply(deleted).fault, Fault::invalid_state);
}

/// A request that waits for the contact center, and what may be asked meanwhile.
class WhileOneWaits : public ::testing::Test {
  protected:
    void refused(const Reply& reply) {
        EXPECT_EQ(reply.fault, Fault::invalid_state);
        EXPECT_EQ(sentence(reply.text), "another operation is in progress");
    }
    House house = House::ready("12345;x;52513;p");
};

// R-DEC-35, R-TEL-11: the first goes on as if nobody had asked again.
TEST_F(WhileOneWaits, R_DEC_35_ASecondAcceptIsRefused) {
    const ItemKey key = house.ringing();
    house.cc<AnswerCall>(House::Mood::silent);
    const RequestId first = house.send(Accept{.item = key});
    refused(house.ask(Accept{.item = key}));
    EXPECT_THAT(house.did<AnswerCall>(), IsEmpty());
    house.answer<AnswerCall>();
    EXPECT_EQ(house.reply(first).fault, Fault::none);
    EXPECT_EQ(house.session(key)->state, SessionState::active);
}
TEST_F(WhileOneWaits, R_DEC_35_AnyOtherChangeOfTheItemIsRefused) {
    const ItemKey key = house.ringing();
    house.cc<AnswerCall>(House::Mood::silent);
    const RequestId accept = house.send(Accept{.item = key});
    refused(house.reroute(key, "A1"));
    EXPECT_EQ(house.session(key)->state, SessionState::alerting) << "the answer still finds the session";
    EXPECT_EQ(house.ask(ReadItemData{.item = key}).fault, Fault::none) << "reading changes nothing";
    house.answer<AnswerCall>();
    EXPECT_EQ(house.reply(accept).fault, Fault::none);

    house.cc<SetVoiceState>(House::Mood::silent);
    const RequestId wrapup = house.send(RequireWrapup{.item = key});
    refused(house.ask(RequireWrapup{.item = key}));
    refused(house.ask(SetItemData{.item = key, .attached_data = std::make_shared<Document>()}));
    house.answer<SetVoiceState>();
    EXPECT_EQ(house.reply(wrapup).fault, Fault::none);
}
TEST_F(WhileOneWaits, R_DEC_35_WrapupIsLeftOnce) {
    const ItemKey key = house.talking();
    house.hang_up(house.call_of(key), MediumState::work_ready);
    ASSERT_EQ(house.session(key)->state, SessionState::wrapup);
    house.cc<SetVoiceState>(House::Mood::silent);
    const RequestId first = house.send(EndWrapup{.item = key});
    refused(house.ask(EndWrapup{.item = key}));
    house.answer<SetVoiceState>();
    EXPECT_EQ(house.reply(first).fault, Fault::none);
}
TEST_F(WhileOneWaits, R_TEL_11_AnotherCallIsNotAcceptedNorDialled) {
    const ItemKey one = house.ringing();
    const ItemKey two = house.ringing();
    house.cc<AnswerCall>(House::Mood::silent);
    house.send(Accept{.item = one});
    refused(house.ask(Accept{.item = two}));
    refused(house.ask(MakeCall{.destination = "4711"}));
    EXPECT_THAT(house.did<AnswerCall>(), IsEmpty());
    EXPECT_THAT(house.did<PlaceCall>(), IsEmpty());
}
TEST_F(WhileOneWaits, R_TEL_11_ACallIsHungUpAtOnceButOnce) {
    const ItemKey key = house.talking();
    house.cc_all(House::Mood::silent);
    house.send(RequireWrapup{.item = key});
    house.send(Drop{.item = key});
    EXPECT_EQ(house.did<ClearCall>().size(), 1u) << "it does not wait for the wrap-up";
    refused(house.ask(Drop{.item = key}));
}
// The contact center cannot hang up what rings (R-TEL-5, R-CALL-2): nothing goes out.
TEST_F(WhileOneWaits, R_DEC_35_ARingingCallIsNotHungUp) {
    const ItemKey key = house.ringing();
    house.cc<AnswerCall>(House::Mood::silent);
    house.send(Accept{.item = key});
    EXPECT_EQ(house.ask(Drop{.item = key}).fault, Fault::invalid_state);
    EXPECT_THAT(house.did<ClearCall>(), IsEmpty());
}
// R-DEC-35: an answer that does not come frees the item.
TEST_F(WhileOneWaits, R_DEC_35_AfterTheTimeOutItMayBeTriedAgain) {
    const ItemKey key = house.ringing();
    house.cc<AnswerCall>(House::Mood::silent);
    house.send(Accept{.item = key});
    house.pass(15s);
    house.cc<AnswerCall>(House::Mood::agrees);
    EXPECT_EQ(house.ask(Accept{.item = key}).fault, Fault::none);
    EXPECT_EQ(house.session(key)->state, SessionState::active);
}
// The agent's own hang-up is no request: the connector's timer does not stand in its way.
TEST(WhileTheTimerWaits, R_WRAP_6_TheAgentMayStillLeaveWrapup) {
    SiteSettings settings = house_settings();
    settings.phone_wrapup = 5s;
    House house = House::ready("12345;x;52513;p", settings);
    const ItemKey key = house.talking();
    house.hang_up(house.call_of(key), MediumState::work_ready);
    house.cc<SetVoiceState>(House::Mood::silent);
    house.pass(5s);
    ASSERT_EQ(house.did<SetVoiceState>().size(), 1u);
    house.send(EndWrapup{.item = key});
    EXPECT_EQ(house.did<SetVoiceState>().size(), 1u);
}

}  // namespace
}  // namespace cticonnector::engine::testing
