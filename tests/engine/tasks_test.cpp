// Action items and chats at an agent: offered, refused, given back, ended (allocation.md sections 3 to 5).

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::IsEmpty;

bool is_end_task(const Action& a) { return holds<EndTask>(a); }
bool is_not_ready(const Action& a) { return holds<NotReadyMedium>(a); }

// R-ALLOC-6, R-DEC-27: the session is taken with the offer; OFFER goes out with the alerting event.
TEST(Offers, R_ALLOC_6_TakeTheSessionWhenMade) {
    House house = House::ready();
    const ItemKey key = house.offer(Channel::action);
    ASSERT_NE(house.session(key), nullptr);
    EXPECT_EQ(house.session(key)->state, SessionState::alerting);
    EXPECT_EQ(house.only<StepTask>().step, TaskStep::offer);
    EXPECT_EQ(house.shown(key)->processing, Processing::alerting);
    ASSERT_TRUE(house.note(What::item_offered));
    EXPECT_EQ(house.note(What::item_offered)->decision->verdict, Verdict::admit);
}

// R-DEC-64: check 7 counts against the CRM's own limit.
TEST(Offers, R_DEC_64_SixActionItemsByDefault) {
    SiteSettings settings = house_settings();
    settings.crm.item_max = CrmProfile{}.item_max;
    House house = House::ready("12345;x;52513;m6", settings);
    for (int i = 0; i < 5; ++i) EXPECT_NE(house.accepted(Channel::action), ItemKey{});
    EXPECT_NE(house.offer(Channel::action), ItemKey{});
    EXPECT_EQ(house.agent().sessions.size(), 6u);
    EXPECT_EQ(house.agent().item_maximum(), (Limit{6, Source::crm_profile}));
}
// R-DEC-27: START goes out with the accept, which is answered at once.
TEST(Offers, R_DEC_27_AcceptIsAnsweredAtOnceAndStartsTheTask) {
    House house = House::ready();
    const ItemKey key = house.offer(Channel::chat);
    EXPECT_EQ(house.ask(Accept{.item = key}).fault, Fault::none);
    EXPECT_EQ(house.only<StepTask>().step, TaskStep::start);
    EXPECT_EQ(house.shown(key)->processing, Processing::accepted);
}

// R-DEC-27: FAILURE_RESP afterwards: processingStatus 5, the item is routed with RESTART.
// R-CHAT-4
TEST(Offers, R_DEC_27_ARefusedStartTakesTheAcceptBack) {
    House house = House::ready();
    const ItemKey key = house.accepted(Channel::chat);
    const Session s = *house.session(key);
    house.tell(TaskRefused{house.id, house.item_of(key)->task().id, Failure::task_unknown, "18"});
    EXPECT_EQ(house.shown(key)->processing, Processing::rerouted);
    EXPECT_TRUE(house.note(What::cc_request_failed));
    house.closed(key);
    EXPECT_THAT(house.did<EndTask>(), IsEmpty());
    EXPECT_EQ(house.item(s.item)->route().reason, RouteReason::RESTART);
}

struct Answer {
    std::string_view reason;
    bool not_ready;
    bool warning;
};
void PrintTo(const Answer& a, std::ostream* out) { *out << '"' << a.reason << '"'; }
class RerouteReason : public ::testing::TestWithParam<std::tuple<Channel, Answer>> {};

// R-ALLOC-10, R-REROUTE-2, R-REROUTE-4: the table of allocation.md section 4; only the first letter counts.
TEST_P(RerouteReason, R_ALLOC_10_DecidesTheAgentsState) {
    const auto& [channel, answer] = GetParam();
    House house = House::ready();
    const ItemKey key = channel == Channel::voice ? house.ringing() : house.offer(channel);
    const Session before = *house.session(key);
    const CallId call = channel == Channel::voice ? house.call_of(key) : CallId{};
    EXPECT_EQ(house.reroute(key, std::string(answer.reason)).fault, Fault::none);
    EXPECT_EQ(house.shown(key)->processing, Processing::rerouted);
    EXPECT_EQ(house.note(What::item_unknown_reason).has_value(), answer.warning);
    const bool not_ready = answer.not_ready && channel != Channel::voice;
    EXPECT_EQ(house.workmode_told(), not_ready ? 3 : 2);
    EXPECT_EQ(house.did<SetVoiceState>().size(), not_ready ? 1u : 0u);
    house.closed(key);
    if (channel == Channel::voice) {
        EXPECT_THAT(house.did<EndTask>(), IsEmpty());
        EXPECT_EQ(house.call(call)->legs().showing, Showing::invisible);
        return;
    }
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::given_back);
    EXPECT_EQ(house.item(before.item)->route().reason, RouteReason::REJECT);
    EXPECT_EQ(house.item(before.item)->route().next_try, house.now + 1s);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RerouteReason,
    ::testing::Combine(::testing::ValuesIn(channels),
                       ::testing::Values(Answer{"M0", false, false}, Answer{"M", false, false},
                                         Answer{"A0", true, false}, Answer{"A1", true, false},
                                         Answer{"Axyz", true, false}, Answer{"", true, false},
                                         Answer{"X9", true, true}, Answer{"m0", true, true},
                                         Answer{"a1", true, true}, Answer{"0", true, true})));

// R-ALLOC-12: Not Ready after an A-code covers all media, with AppRejectNotReadyReason, once.
TEST(Rejects, R_ALLOC_12_SetNotReadyOnceInAllMedia) {
    SiteSettings settings = house_settings();
    settings.reject_not_ready_reason = 42;
    House house = House::ready(House::pm2c, settings);
    const ItemKey one = house.offer(Channel::action);
    const ItemKey two = house.offer(Channel::action);
    const ItemKey chat = house.offer(Channel::chat);
    house.cc_all(House::Mood::silent);
    Actions all;
    for (const ItemKey& key : {one, two, chat}) {
        house.reroute(key, "A1");
        all.insert(all.end(), house.last.begin(), house.last.end());
    }
    for (const ItemKey& key : {one, two, chat}) {
        house.closed(key);
        all.insert(all.end(), house.last.begin(), house.last.end());
    }
    int voice = 0;
    PerChannel<int> not_ready, not_routable;
    for (const Action& a : all) {
        if (const auto* v = as<SetVoiceState>(a)) {
            ++voice;
            EXPECT_EQ(v->wish, VoiceWish::not_ready);
            EXPECT_EQ(v->reason, 42);
        }
        if (const auto* m = as<NotReadyMedium>(a)) {
            ++not_ready[m->channel];
            EXPECT_EQ(m->reason, 42);
        }
        if (const auto* m = as<NotRoutable>(a)) ++not_routable[m->channel];
    }
    EXPECT_EQ(voice, 1);
    EXPECT_EQ(not_ready, (PerChannel<int>{{0, 1, 1}}));
    EXPECT_EQ(not_routable, (PerChannel<int>{{0, 1, 1}}));
}

// R-DEC-25, R-DEC-26, R-DEC-51: NOT_ROUTABLE at once; END_TASK and NOT_READY together, in this order, when
// the CRM has answered the last event.
TEST(Rejects, R_DEC_25_EndTaskComesBeforeNotReady) {
    House house = House::ready();
    const ItemKey key = house.offer(Channel::action);
    house.reroute(key, "A1");
    EXPECT_EQ(house.only<NotRoutable>().channel, Channel::action);
    EXPECT_THAT(house.did<EndTask>(), IsEmpty());
    for (const NotReadyMedium& m : house.did<NotReadyMedium>()) EXPECT_EQ(m.channel, Channel::chat);
    house.closed(key);
    EXPECT_EQ(house.only<NotReadyMedium>().channel, Channel::action);
    EXPECT_LT(house.position(is_end_task), house.position(is_not_ready));
}

// R-DEC-26: the contact center becomes not routable only when no routed task waits. A Ready in between must
// not be undone by that.
TEST(NotRoutable, R_DEC_26_TakingEffectAfterTheNextReadyIsTakenBack) {
    House house = House::ready();
    house.offer(Channel::action);
    house.cc<NotRoutable>(House::Mood::silent);
    house.workmode(3);
    house.workmode(2);
    house.answer<NotRoutable>();
    EXPECT_EQ(house.only<ReadyMedium>().channel, Channel::action);
    EXPECT_EQ(house.agent().media[Channel::action].routable, Routable::yes);
}
TEST(NotRoutable, R_DEC_26_TakingEffectInTimeStays) {
    House house = House::ready();
    house.offer(Channel::action);
    house.cc<NotRoutable>(House::Mood::silent);
    house.workmode(3);
    house.answer<NotRoutable>();
    EXPECT_THAT(house.did<ReadyMedium>(), IsEmpty());
    EXPECT_EQ(house.agent().media[Channel::action].routable, Routable::no_at_our_request);
}

// R-DEC-51: END_TASK waits for the CRM's answer, at the latest 2 s; the session stays taken until the answer.
TEST(Closing, R_DEC_51_EndTaskGoesOutAfterTwoSecondsAtTheLatest) {
    House house = House::ready();
    const ItemKey key = house.accepted(Channel::action);
    house.ask(Complete{.item = key});
    house.pass(1999ms);
    EXPECT_THAT(house.did<EndTask>(), IsEmpty());
    house.pass(1ms);
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::completed);
    EXPECT_EQ(house.session(key)->state, SessionState::closing);
    house.closed(key);
    EXPECT_THAT(house.did<EndTask>(), IsEmpty());
    EXPECT_EQ(house.session(key), nullptr);
}

// R-DEC-51: an offer that fails only because a session is closing waits for it.
TEST(Closing, R_DEC_51_AnOfferWaitsForAClosingSession) {
    House house = House::ready("12345;x;52513;m");
    const ItemKey first = house.accepted(Channel::action);
    house.ask(Complete{.item = first});
    EXPECT_EQ(house.offer(Channel::action).value, "");
    EXPECT_THAT(house.did<EndTask>(), IsEmpty());
    house.pass(500ms);
    house.closed(first);
    EXPECT_EQ(house.only<StepTask>().step, TaskStep::offer);
    EXPECT_EQ(house.note(What::item_offered)->decision->waited, Duration{500});
}
TEST(Closing, R_DEC_51_AnOfferIsDecidedWhenItsWaitIsOver) {
    House house = House::ready("12345;x;52513;m");
    const ItemKey first = house.accepted(Channel::action);
    house.ask(Complete{.item = first});
    house.offer(Channel::action);
    house.pass(2s);
    const Note refused = house.note(What::item_refused).value();
    EXPECT_EQ(refused.reason, "A1");
    EXPECT_EQ(refused.origin, Origin::connector);
    EXPECT_EQ(refused.decision->waited, Duration{2000});
}

// R-DEC-51: a session of another channel that comes free is none of the offer's business.
TEST(Closing, R_DEC_51_AnOfferIsToldToWaitOnce) {
    House house = House::ready("12345;x;52513;mc");
    const ItemKey first = house.accepted(Channel::action);
    const ItemKey chat = house.accepted(Channel::chat);
    house.ask(Complete{.item = first});
    house.offer(Channel::action);
    EXPECT_EQ(house.note(What::item_waiting)->why, name(WaitReason::closing_session));
    house.reroute(chat, "M");
    house.closed(chat);
    for (const Note& note : house.did<Note>())
        EXPECT_NE(note.channel, Channel::action) << printed(house.last);
    EXPECT_EQ(house.agent().waiting.size(), 1u);
    house.closed(first);
    EXPECT_TRUE(house.note(What::item_offered));
}

// R-ALLOC-11, R-DEC-47: a refusal by the connector has the effects of the same code of the CRM.
TEST(Refusals, R_ALLOC_11_A1ByTheConnectorSetsNotReady) {
    House house = House::ready("12345;x;52513;m");
    house.offer(Channel::action);
    const ItemId second = house.add(Channel::action);
    house.assign(second);
    EXPECT_EQ(house.note(What::item_refused)->reason, "A1");
    EXPECT_EQ(house.note(What::item_refused)->origin, Origin::connector);
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::given_back);
    EXPECT_EQ(house.item(second)->route().reason, RouteReason::REJECT);
    EXPECT_EQ(house.workmode_told(), 3);
    EXPECT_EQ(house.agent().a1_rejects, 1);
    EXPECT_EQ(house.agent().hidden_sessions, 0) << "only the CRM's A1 teaches (R-DEC-16)";
}
TEST(Refusals, R_ALLOC_11_A0ByTheConnectorSetsNotReady) {
    SiteSettings settings = house_settings();
    settings.crm.http_budget = {2, Source::ini};
    House house = House::ready(House::pm2c, settings);
    house.offer(Channel::action);
    house.assign(house.add(Channel::chat));
    EXPECT_EQ(house.note(What::item_refused)->reason, "A0");
    EXPECT_EQ(house.workmode_told(), 3);
    EXPECT_EQ(house.agent().a0_rejects, 1);
}
/// What the contact center is told of a medium's routing, in order.
std::string told_of(const House& house, Channel channel) {
    std::string text;
    for (const Action& action : house.last) {
        if (const auto* a = as<NotRoutable>(action); a && a->channel == channel) text += "not routable, ";
        if (const auto* a = as<EndTask>(action); a && a->channel == channel) text += "end, ";
        if (const auto* a = as<NotReadyMedium>(action); a && a->channel == channel) text += "not ready, ";
    }
    return text;
}
// R-DEC-25, R-ALLOC-11: in the order of the CRM's own refusals, with another task open and without.
TEST(Refusals, R_DEC_25_A1EndsTheTaskOfANotRoutableAgent) {
    House house = House::ready("12345;x;52513;m");
    const ItemKey open = house.accepted(Channel::action);
    house.assign(house.add(Channel::action));
    EXPECT_EQ(told_of(house, Channel::action), "not routable, end, ");
    house.ask(Complete{.item = open});
    house.closed(open);
    EXPECT_EQ(told_of(house, Channel::action), "end, not ready, ");
}
TEST(Refusals, R_DEC_25_A0WithoutAnotherTaskEndsTheTaskOfANotRoutableAgent) {
    SiteSettings settings = house_settings();
    settings.crm.http_budget = {2, Source::ini};
    House house = House::ready(House::pm2c, settings);
    house.ringing();
    house.assign(house.add(Channel::action));
    ASSERT_EQ(house.note(What::item_refused)->reason, "A0");
    EXPECT_EQ(told_of(house, Channel::action), "not routable, end, not ready, ");
    EXPECT_EQ(told_of(house, Channel::chat), "not ready, ");
}
TEST(Refusals, R_DEC_25_ACrmThatIsGoneToo) {
    House house = House::ready();
    house.tell(DeliveryFailed{house.agent().subscription});
    house.assign(house.add(Channel::chat));
    EXPECT_EQ(told_of(house, Channel::chat), "not routable, end, not ready, ");
}
// allocation.md section 3, check 4; R-DEC-25: only waits, is no try, agent untouched.
TEST(Refusals, R_DEC_25_VoiceActiveIsNoTryAndLeavesTheAgentAlone) {
    House house = House::ready();
    house.talking();
    const ItemId item = house.add(Channel::action);
    house.assign(item);
    EXPECT_EQ(house.note(What::item_refused)->reason, "voice_active");
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::given_back);
    EXPECT_EQ(house.item(item)->tries.rejects, 0);
    EXPECT_THAT(house.did<NotRoutable>(), IsEmpty());
    EXPECT_THAT(house.did<NotReadyMedium>(), IsEmpty());
    EXPECT_THAT(house.did<SetVoiceState>(), IsEmpty());
}
// R-DEC-25: not_logged_in: NEW_TASK only.
TEST(Refusals, R_DEC_25_NotLoggedInIsRoutedAgainWithoutEndTask) {
    House house;
    const ItemId item = house.add(Channel::action);
    house.assign(item);
    EXPECT_EQ(house.note(What::item_refused)->reason, "not_logged_in");
    EXPECT_THAT(house.did<EndTask>(), IsEmpty());
    EXPECT_EQ(house.item(item)->state, ItemState::waiting);
    house.pass(1s);
    EXPECT_EQ(house.only<RouteItem>().reason, RouteReason::REJECT);
}
TEST(Refusals, NotLoggedInForTheChannelIsNotLoggedIn) {
    House house = House::ready("12345;x;52513;p");
    house.assign(house.add(Channel::action));
    EXPECT_EQ(house.note(What::item_refused)->reason, "not_logged_in");
}

}  // namespace
}  // namespace cticonnector::engine::testing
