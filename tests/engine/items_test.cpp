// Items between their arrival and an agent: tries, delays, labels, the request rate, deletion (R-REROUTE-4 to
// 6, R-DEC-23 to 30, 55).

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::IsEmpty;

// The CRM may still show items of an earlier run: numbers go on from what the constructor is given.
TEST(ItemKeys, NumbersStartWhereTheEngineIsTold) {
    House house(house_settings(), ItemId{1'769'860'800'042});
    ASSERT_EQ(house.ask(house.subscription()).fault, Fault::none);
    EXPECT_EQ(house.offer(Channel::action), ItemKey{"act-1769860800042-1"});
    EXPECT_EQ(house.offer(Channel::chat), ItemKey{"chat-1769860800043-1"});
}

TEST(ItemKeys, AreReadAsTheyAreWritten_R_DEC_28) {
    House house(house_settings(), ItemId{42});
    ASSERT_EQ(house.ask(house.subscription()).fault, Fault::none);
    const Engine& engine = house.engine;
    for (const Channel channel : {Channel::action, Channel::chat}) {
        const ItemKey key = house.offer(channel);
        const Item* item = engine.item(key);
        ASSERT_TRUE(item) << key.value;
        EXPECT_EQ(item->channel, channel);
        EXPECT_EQ(engine.item(ItemKey{item_text(*item)}), item) << "itself";
    }
    for (const char* none : {"",
                             "act",
                             "act-",
                             "act-x",
                             "act-42x",
                             "act-42-",
                             "act-42-x",
                             "act-42-1x",
                             "act-42-1-1",
                             "act--42",
                             "act-+42",
                             "act- 42",
                             "act-042",
                             "act-42-01",
                             "Act-42",
                             "xact-42",
                             "chat-42",
                             "act-43",
                             "act-18446744073709551658",
                             "call-42-1"})
        EXPECT_FALSE(engine.item(ItemKey{none})) << none;
}

// R-REROUTE-5, R-REROUTE-4: over its tries an item is parked, never dropped;
// R-ITEM-6: tried again on request.
TEST(Tries, R_REROUTE_5_AnItemOverItsTriesIsParked) {
    SiteSettings settings = house_settings();
    settings.reject_tries = 2;
    House house(settings);
    const ItemId item = house.add(Channel::action);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(house.item(item)->state, ItemState::routing);
        house.assign(item);  // nobody is logged in
        if (i < 2) house.pass(1s);
    }
    EXPECT_EQ(house.item(item)->state, ItemState::parked);
    EXPECT_TRUE(house.note(What::item_parked));
    house.pass(1h);
    EXPECT_EQ(house.item(item)->state, ItemState::parked);
    house.tell(RetryItem{item});
    EXPECT_EQ(house.only<RouteItem>().reason, RouteReason::REJECT);
}
// observability.md, /items: since when an item waits, was offered, accepted or parked
TEST(Since, BeginsAnewWithAnAgentAndWithParkingOnly) {
    SiteSettings settings = house_settings();
    settings.reject_tries = 0;
    House house(settings);
    const ItemId item = house.add(Channel::action);
    const Time added = house.now;
    EXPECT_EQ(house.item(item)->since, added);
    house.pass(5s);
    house.tell(TaskLabelled{item, RouteLabel::timeout, "TIMEOUT"});
    EXPECT_EQ(house.item(item)->state, ItemState::waiting);
    EXPECT_EQ(house.item(item)->since, added) << "no agent has had it yet";
    house.pass(60s);
    EXPECT_EQ(house.item(item)->since, added);
    house.assign(item);  // nobody is logged in
    EXPECT_EQ(house.item(item)->state, ItemState::parked);
    EXPECT_EQ(house.item(item)->since, house.now);
    house.pass(1h);
    house.tell(RetryItem{item});
    EXPECT_EQ(house.item(item)->since, house.now);
}
TEST(Since, BeginsAnewWhenAnAgentIsOfferedTakesAndReturnsIt) {
    House house = House::ready();
    const ItemKey key = house.offer(Channel::chat);
    const ItemId item = house.session(key)->item;
    EXPECT_EQ(house.item(item)->since, house.now);
    house.pass(3s);
    house.ask(Accept{.item = key});
    EXPECT_EQ(house.item(item)->since, house.now);
    house.pass(3s);
    house.reroute(key, "A1");
    house.closed(key);
    EXPECT_EQ(house.item(item)->since, house.now);
}
// R-DEC-30, R-REROUTE-7: no answer: END_TASK 19, Rerouted, Not Ready; R-DEC-24.
TEST(Tries, R_DEC_30_NoAnswerIsRonaAndSetsNotReady) {
    House house = House::ready();
    const ItemKey key = house.offer(Channel::chat);
    const ItemId item = house.session(key)->item;
    house.pass(25s);
    EXPECT_EQ(house.shown(key)->processing, Processing::rerouted);
    EXPECT_EQ(house.workmode_told(), 3);
    house.closed(key);
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::no_answer);
    EXPECT_EQ(house.item(item)->route().reason, RouteReason::RONA);
    EXPECT_EQ(house.item(item)->tries.rona, 1);
}
// R-REROUTE-4: REROUTE sets the RONA counter to 0; R-DEC-19: rerouting an active item leaves the agent alone.
TEST(Tries, R_REROUTE_4_RerouteResetsTheRonaCounter) {
    House house = House::ready();
    const ItemKey first = house.offer(Channel::chat);
    const ItemId item = house.session(first)->item;
    house.pass(25s);
    house.closed(first);
    house.workmode(2);
    house.pass(1s);
    house.assign(item);
    const ItemKey key = house.agent().sessions.front().key;
    house.ask(Accept{.item = key});
    house.reroute(key, "A1");
    EXPECT_EQ(house.workmode_told(), 2);
    house.closed(key);
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::forwarded);
    EXPECT_EQ(house.only<RouteItem>().reason, RouteReason::REROUTE);
    EXPECT_EQ(house.item(item)->tries.rona, 0);
}
// R-DEC-29: in any sliding second at most RouteMaxRequestsPerSecond.
TEST(Rate, R_DEC_29_HoldsInAnySlidingSecond) {
    House house;
    std::vector<Time> sent;
    const auto count = [&] { sent.insert(sent.end(), house.did<RouteItem>().size(), house.now); };
    house.tell(RouterDown{});
    for (int i = 0; i < 20; ++i) house.add(Channel::action);
    house.tell(RouterUp{});
    count();
    for (int ms = 0; ms < 3000; ++ms) {
        house.pass(1ms);
        count();
    }
    ASSERT_EQ(sent.size(), 20u);
    for (std::size_t i = 8; i < sent.size(); ++i) EXPECT_GE(sent[i] - sent[i - 8], 1s);
    EXPECT_EQ(sent.back() - sent.front(), 2s);
}
// R-DEC-29: without a limit all that wait go out at once, but no turn visits all of them.
TEST(Rate, WithoutALimitManyGoOutInPieces_R_DEC_29) {
    SiteSettings settings = house_settings();
    settings.requests_per_second = 0;
    House house(settings);
    house.tell(RouterDown{});
    for (int i = 0; i < 600; ++i) house.add(Channel::action);
    house.prompt = false;
    house.tell(RouterUp{});
    for (const std::size_t routed : {0u, 0u, 256u, 256u, 88u}) {  // all have been seen in the third turn
        EXPECT_EQ(house.engine.next_deadline(), house.now);
        house.turn();
        EXPECT_EQ(house.did<RouteItem>().size(), routed);
    }
    EXPECT_NE(house.engine.next_deadline(), house.now);
}
// R-DEC-29, R-REROUTE-4, R-REROUTE-6: both labels wait; only ROUTE_ERROR counts, and its reason is REROUTE.
TEST(Labels, R_DEC_29_WaitBeforeTheNextTry) {
    for (const RouteLabel label : {RouteLabel::route_error, RouteLabel::timeout}) {
        House house;
        const ItemId item = house.add(Channel::action);
        house.tell(TaskLabelled{item, label, ""});
        house.pass(60s - 1ms);
        EXPECT_THAT(house.did<RouteItem>(), IsEmpty());
        house.pass(1ms);
        const bool error = label == RouteLabel::route_error;
        EXPECT_EQ(house.only<RouteItem>().reason, error ? RouteReason::REROUTE : RouteReason::TIMEOUT);
        EXPECT_EQ(house.item(item)->tries.rejects, error ? 1 : 0);
    }
}
// R-DEC-55: NEW_TASK_FAILURE parks; tried again when the link to the router comes back. R-HA-7: RESTART.
TEST(Router, R_DEC_55_AFailedItemIsTriedAgainWhenTheRouterReturns) {
    House house;
    const ItemId item = house.add(Channel::action);
    house.tell(RouteFailed{item, as_told("class 2")});
    EXPECT_EQ(house.item(item)->route().parked_because, as_told("class 2"));
    house.tell(RouterDown{});
    house.tell(RouterUp{});
    EXPECT_EQ(house.only<RouteItem>().item, item);
}
// R-DEC-55, R-REROUTE-5: ... but not when an agent has had it since and it is parked for another reason.
TEST(Router, R_DEC_55_AnItemOverItsTriesStaysParkedWhenTheRouterReturns) {
    SiteSettings settings = house_settings();
    settings.reject_tries = 0;
    House house = House::ready(House::pm2c, settings);
    const ItemId item = house.add(Channel::action);
    const Item before = *house.item(item);
    house.tell(RouteFailed{item, as_told("class 2")});
    house.tell(TaskFound{house.id,
                         before.channel,
                         {1, 2, 3},
                         WorkState::alerting,
                         before.external_id,
                         before.route().selector,
                         before.info});
    ASSERT_EQ(house.item(item)->state, ItemState::offered);
    EXPECT_TRUE(house.item(item)->route().parked_because.empty());
    const ItemKey key = house.agent().sessions.at(0).key;
    EXPECT_EQ(house.reroute(key, "REJECT").fault, Fault::none);
    house.closed(key);
    ASSERT_EQ(house.item(item)->route().parked_because.id, TextId::route_try_overflow);
    house.tell(RouterDown{});
    house.tell(RouterUp{});
    EXPECT_EQ(house.item(item)->state, ItemState::parked);
    EXPECT_EQ(house.item(item)->tries.rejects, 1) << "its tries are not forgotten";
}
TEST(Router, R_HA_7_WhatWasRequestedIsRequestedAgainAsRestart) {
    House house;
    const ItemId item = house.add(Channel::action);
    house.tell(RouterDown{});
    EXPECT_EQ(house.item(item)->state, ItemState::waiting);
    house.tell(RouterUp{});
    EXPECT_EQ(house.only<RouteItem>().reason, RouteReason::RESTART);
}
// What a lost router means for its items is done for some of them at a time.
TEST(Router, R_HA_7_NoTurnSeesEveryItem) {
    SiteSettings settings = house_settings();
    settings.requests_per_second = 0;
    settings.records_per_turn = 3;
    House house(settings);
    for (int i = 0; i < 8; ++i) house.add(Channel::action);
    house.prompt = false;
    const auto out = [&] {
        return std::ranges::count_if(house.engine.items().all(), [](const auto& entry) {
            return entry.second->state == ItemState::routing;
        });
    };
    house.tell(RouterDown{});
    for (const int left : {8, 5, 2, 0}) {
        EXPECT_EQ(out(), left);
        EXPECT_EQ(house.engine.next_deadline() == house.now, left > 0);
        house.turn();
    }
    EXPECT_THAT(house.did<RouteItem>(), IsEmpty());
}
// The link may be back before all have learned that it was lost:
// no item is forgotten, and none goes out twice.
TEST(Router, R_HA_7_ComesBackBeforeEveryItemWasSeen) {
    SiteSettings settings = house_settings();
    settings.requests_per_second = 0;
    settings.records_per_turn = 3;
    House house(settings);
    std::vector<ItemId> items;
    for (int i = 0; i < 8; ++i) items.push_back(house.add(Channel::action));
    house.tell(RouteFailed{items.front(), as_told("class 2")});
    house.prompt = false;
    house.tell(RouterDown{});
    house.turn();
    house.tell(RouterUp{});
    std::vector<ItemId> routed;
    while (house.engine.next_deadline() == house.now) {
        house.turn();
        for (const RouteItem& route : house.did<RouteItem>()) routed.push_back(route.item);
    }
    EXPECT_THAT(routed, ::testing::UnorderedElementsAreArray(items));
}
// An event about an item finds it as the loss left it: there is no request to be taken back any more.
TEST(Router, R_HA_7_AnItemThatAnEventIsAboutIsSeenFirst) {
    SiteSettings settings = house_settings();
    settings.records_per_turn = 1;
    House house(settings);
    std::vector<ItemId> items;
    for (int i = 0; i < 4; ++i) items.push_back(house.add(Channel::action));
    house.prompt = false;
    house.tell(RouterDown{});
    house.send(DeleteItem{.external_id = house.item(items[2])->external_id});
    EXPECT_THAT(house.did<CancelRoute>(), IsEmpty());
    house.tell(TaskLabelled{items[3], RouteLabel::timeout, ""});
    EXPECT_EQ(house.item(items[3])->state, ItemState::waiting);
    EXPECT_EQ(house.item(items[3])->route().reason, RouteReason::RESTART) << "the label came too late";
}
// R-DEC-28: without a PIM the item is accepted and kept.
TEST(Router, R_DEC_28_WithoutARouterTheItemIsKept) {
    House house;
    house.tell(RouterDown{});
    const ItemId item = house.add(Channel::action);
    EXPECT_THAT(house.did<RouteItem>(), IsEmpty());
    EXPECT_EQ(house.item(item)->state, ItemState::waiting);
}
// R-DEC-23: PreferredAgent is the first that is logged in; PreviousTask and reason name the last offer.
TEST(Requests, R_DEC_23_NameThePreferredAgentAndThePreviousTask) {
    House house = House::ready();
    const ItemId item = house.add(Channel::action, {user_id("NOBODY"), house.user});
    EXPECT_EQ(house.only<RouteItem>().preferred, house.id);
    EXPECT_EQ(house.only<RouteItem>().previous, no_task);
    EXPECT_EQ(house.only<RouteItem>().reason, RouteReason::none);
    const TaskId task = house.assign(item);
    const ItemKey key = house.agent().sessions.front().key;
    house.reroute(key, "M0");
    house.closed(key);
    house.pass(1s);
    EXPECT_EQ(house.only<RouteItem>().previous, task);
    EXPECT_EQ(house.only<RouteItem>().reason, RouteReason::REJECT);
}
// R-DEC-84: nobody would ever route it.
TEST(Add, R_DEC_84_IsNotSupportedWithoutAnApplicationPath) {
    SiteSettings settings = house_settings();
    settings.media = false;
    House house(settings);
    const auto refused = house.ask(AddItem{.external_id = "x", .selector = "S"});
    EXPECT_EQ(refused.fault, Fault::not_supported);
    EXPECT_THAT(sentence(refused.text), ::testing::HasSubstr("ApplicationPathID"));
    EXPECT_THAT(house.engine.all_items(), IsEmpty());
}
// R-DEC-28: the same actionItemId twice; R-DEC-54: a selector over 31 bytes.
TEST(Requests, R_DEC_28_TheSameIdTwiceIsRefused) {
    House house;
    const ItemId item = house.add(Channel::action);
    const std::string id = house.item(item)->external_id;
    EXPECT_EQ(house.ask(AddItem{.external_id = id, .selector = "S"}).fault, Fault::invalid_state);
    EXPECT_EQ(house.ask(AddItem{.external_id = "n", .selector = std::string(32, 's')}).fault,
              Fault::invalid_destination);
}
// R-DEC-70: an identity goes out as it came, or not at all.
TEST(Requests, R_DEC_70_AnIdThatWouldBeChangedIsRefused) {
    House house;
    const auto id =
        house.ask(AddItem{.external_id = "x", .selector = "S", .unwritable_id = as_told("has too much")});
    EXPECT_EQ(id.fault, Fault::invalid_state);
    EXPECT_EQ(sentence(id.text), "actionItemId has too much");
    const auto selector =
        house.ask(AddItem{.external_id = "x", .selector = "S", .unwritable_selector = as_told("is bad")});
    EXPECT_EQ(selector.fault, Fault::invalid_destination);
    EXPECT_EQ(sentence(selector.text), "scenarioId is bad");
    const auto long_one = house.ask(AddItem{.external_id = "y", .selector = std::string(500'000, 's')});
    EXPECT_EQ(sentence(long_one.text), "scenarioId has 500000 bytes; it has 1 to 31");
}
// R-DEC-55: deleteActionItem in every state.
TEST(Delete, R_DEC_55_AnswersByTheItemsState) {
    House house = House::ready();
    const auto remove = [&](ItemId item) {
        return house.ask(DeleteItem{.external_id = house.item(item)->external_id}).fault;
    };
    EXPECT_EQ(house.ask(DeleteItem{.external_id = "unknown"}).fault, Fault::unknown_item);

    const ItemId routing = house.add(Channel::action);
    EXPECT_EQ(remove(routing), Fault::none);
    EXPECT_EQ(house.only<CancelRoute>().item, routing);
    EXPECT_EQ(house.item(routing), nullptr);

    const ItemKey alerting = house.offer(Channel::action);
    const ItemId offered = house.session(alerting)->item;
    EXPECT_EQ(remove(offered), Fault::none);
    EXPECT_EQ(house.shown(alerting)->processing, Processing::ended);
    house.closed(alerting);
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::given_back);
    EXPECT_EQ(house.item(offered), nullptr);

    const ItemKey active = house.accepted(Channel::action);
    EXPECT_EQ(remove(house.session(active)->item), Fault::invalid_state);

    const ItemId parked = house.add(Channel::action);
    house.tell(RouteFailed{parked, as_told("class 2")});
    EXPECT_EQ(remove(parked), Fault::none);
    EXPECT_EQ(house.item(parked), nullptr);
}
// R-CHAT-8, R-DEC-24: the customer leaves while routing, alerting, active.
TEST(Customer, R_CHAT_8_MayLeaveAtAnyTime) {
    House house = House::ready();
    const ItemId routing = house.add(Channel::chat);
    house.tell(CustomerLeft{routing});
    EXPECT_EQ(house.only<CancelRoute>().item, routing);
    const ItemKey alerting = house.offer(Channel::chat);
    house.tell(CustomerLeft{house.session(alerting)->item});
    house.closed(alerting);
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::given_back);
    const ItemKey active = house.accepted(Channel::chat);
    house.tell(CustomerLeft{house.session(active)->item});
    EXPECT_EQ(house.session(active)->state, SessionState::wrapup);
    house.pass(60s);
    house.closed(active);
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::completed);
    EXPECT_THAT(house.engine.all_items(), IsEmpty());
}
// R-ALLOC-14, R-WRAP-2: AppChatMsWrapup.
TEST(Wrapup, R_ALLOC_14_OnlyTheLastChatOrEachOfThem) {
    for (const bool each : {false, true}) {
        SiteSettings settings = house_settings();
        settings.each_chat_wraps_up = each;
        House house = House::ready("12345;x;52513;c2", settings);
        const ItemKey one = house.accepted(Channel::chat);
        const ItemKey two = house.accepted(Channel::chat);
        house.tell(CustomerLeft{house.session(one)->item});
        EXPECT_EQ(house.session(one)->state, each ? SessionState::wrapup : SessionState::closing);
        house.tell(CustomerLeft{house.session(two)->item});
        EXPECT_EQ(house.session(two)->state, SessionState::wrapup);
    }
}
// R-ALLOC-15, R-WRAP-1: action items never enter wrap-up.
TEST(Wrapup, R_ALLOC_15_ActionItemsHaveNone) {
    House house = House::ready();
    const ItemKey key = house.accepted(Channel::action);
    house.tell(CustomerLeft{house.session(key)->item});
    EXPECT_EQ(house.session(key)->state, SessionState::active);
    house.ask(Complete{.item = key});
    EXPECT_EQ(house.session(key)->state, SessionState::closing);
}
// R-ALLOC-9, R-DEC-16: A1 of the CRM teaches a lower bound; it ends with time, a report, or their own ready.
TEST(Hidden, R_ALLOC_9_SessionsAreLearnedAndForgotten) {
    const auto learn = [](House& house) {
        house.accepted(Channel::action);
        house.reroute(house.offer(Channel::action), "A1");
        EXPECT_EQ(house.agent().hidden_sessions, 5) << "6 of SAP less the one besides the refused";
        EXPECT_EQ(house.agent().manual(house.now), 5);
    };
    House by_time = House::ready("12345;x;52513;pm3");
    learn(by_time);
    by_time.pass(299s);
    EXPECT_EQ(by_time.agent().manual(by_time.now), 5);
    by_time.pass(1s);
    EXPECT_EQ(by_time.agent().manual(by_time.now), 0);
    House by_report = House::ready("12345;x;52513;pm3");
    learn(by_report);
    by_report.tell(ManualSessions{by_report.user, 1});
    EXPECT_EQ(by_report.agent().manual(by_report.now), 1);
    House by_ready = House::ready("12345;x;52513;pm3");
    learn(by_ready);
    by_ready.workmode(2);
    EXPECT_EQ(by_ready.agent().manual(by_ready.now), 0);
}
// R-ALLOC-13, R-DEC-22: ready again when another session comes free, not the refused one.
TEST(AutoReady, R_ALLOC_13_WaitsForAnotherSession) {
    SiteSettings settings = house_settings();
    settings.auto_ready_after_reject = true;
    House house = House::ready(House::pm2c, settings);
    const ItemKey other = house.accepted(Channel::action);
    const ItemKey refused = house.offer(Channel::action);
    house.reroute(refused, "A1");
    house.closed(refused);
    EXPECT_EQ(house.workmode_told(), 3);
    house.ask(Complete{.item = other});
    house.closed(other);
    EXPECT_EQ(house.workmode_told(), 2);
}
TEST(AutoReady, R_ALLOC_13_TheSessionOfAFailedDialIsAnotherOne) {
    SiteSettings settings = house_settings();
    settings.auto_ready_after_reject = true;
    House house = House::ready("12345;x;52513;pm2", settings);
    house.accepted(Channel::action);
    house.accepted(Channel::action);
    house.cc<PlaceCall>(House::Mood::silent);
    house.send(MakeCall{.destination = "4711"});
    house.offer(Channel::action);  // one too many: A1 by the connector itself
    EXPECT_EQ(house.workmode_told(), 3);
    house.answer<PlaceCall>(Failure::other);
    EXPECT_EQ(house.workmode_told(), 2);
}
// R-DEC-55: what has ended does not end again while the CRM owes its answer.
TEST(CustomerLeaves, R_DEC_55_AnEndedItemIsNotEndedASecondTime) {
    House house = House::ready("12345;x;52513;m");
    const ItemKey key = house.accepted(Channel::action);
    const ItemId item = house.session(key)->item;
    house.ask(Complete{.item = key});
    EXPECT_TRUE(house.note(What::item_ended));
    house.tell(CustomerLeft{item});
    EXPECT_FALSE(house.note(What::item_ended));
    house.closed(key);
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::completed);
}

}  // namespace
}  // namespace cticonnector::engine::testing
