// Ids of none name nothing, also when they come off the wire: task -1:-1:-1, call 0 without a device, an item
// key or external id that is empty. An empty external id identifies nothing:
// each item without one is its own.

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::IsEmpty;

TaskFound found(const House& house, std::int32_t number, std::string external_id = "") {
    return {house.id, Channel::action, {1, 2, number}, WorkState::active, std::move(external_id),
            "S",      nullptr};
}

// R-DEC-48
TEST(Nameless, R_DEC_48_EachAdoptedTaskWithoutAnExternalIdIsAnItemOfItsOwn) {
    House house;
    house.cc<LoginMedium>(House::Mood::refuses, Failure::already_in_medium);
    house.work = {found(house, 1), found(house, 2)};
    ASSERT_EQ(house.ask(house.subscription("12345;x;52513;m2")).fault, Fault::none);
    ASSERT_EQ(house.agent().sessions.size(), 2u);
    EXPECT_NE(house.agent().sessions[0].item, house.agent().sessions[1].item);
    EXPECT_EQ(house.engine.all_items().size(), 2u);

    const ItemKey first = house.agent().sessions[0].key, second = house.agent().sessions[1].key;
    EXPECT_EQ(house.ask(Complete{.item = first}).fault, Fault::none);
    house.closed(first);
    EXPECT_EQ(house.only<EndTask>().task, (TaskId{1, 2, 1}));
    EXPECT_EQ(house.engine.all_items().size(), 1u);
    EXPECT_EQ(house.ask(Complete{.item = second}).fault, Fault::none);
    house.closed(second);
    EXPECT_EQ(house.only<EndTask>().task, (TaskId{1, 2, 2}));
}
// A task whose ApplicationString2 is missing is not the item that has none either.
TEST(Nameless, AFoundTaskDoesNotGoOntoAnotherItemsRecord) {
    House house = House::ready("12345;x;52513;m2");
    house.tell(found(house, 1));
    const ItemId first = house.agent().sessions.at(0).item;
    house.reroute(house.agent().sessions.at(0).key, "");  // active: back to routing, without a name
    house.closed(house.agent().sessions.at(0).key);
    ASSERT_EQ(house.item(first)->state, ItemState::routing);
    house.tell(found(house, 2));
    EXPECT_EQ(house.item(first)->state, ItemState::routing) << "the other item waits as before";
    ASSERT_EQ(house.agent().sessions.size(), 1u);
    EXPECT_NE(house.agent().sessions[0].item, first);
}
TEST(Nameless, AnEmptyExternalIdIsNotLookedUp) {
    House house = House::ready("12345;x;52513;m2");
    house.tell(found(house, 1));
    EXPECT_EQ(house.ask(DeleteItem{.external_id = ""}).fault, Fault::unknown_item);
    EXPECT_EQ(house.agent().sessions.size(), 1u);
}
// One of two items that the contact center calls alike ends: the other is still found by its id.
TEST(Nameless, AnItemThatEndsForgetsItsOwnIdOnly) {
    const auto settings = std::make_shared<const Settings>();
    Items items(settings, ItemId{1}, 1);
    const ItemId one = items.add({.external_id = "x"}, Time{}).id;
    const ItemId two = items.add({.external_id = "x"}, Time{}).id;
    items.erase(one);
    EXPECT_EQ(items.id_of("x"), two);
}
TEST(Nameless, ATaskThatWaitsForASessionIsNotFoundASecondTime) {
    House house = House::ready("12345;x;52513;m");
    house.tell(found(house, 1));
    const ItemKey active = house.agent().sessions.at(0).key;
    const ItemId other = house.add(Channel::action);
    house.ask(Complete{.item = active});
    const TaskId task = house.assign(other);
    ASSERT_EQ(house.agent().waiting.size(), 1u);
    house.tell(TaskFound{house.id, Channel::action, task, WorkState::alerting, "", "S", nullptr});
    EXPECT_THAT(house.did<EndTask>(), IsEmpty());
    EXPECT_EQ(house.engine.all_items().size(), 2u);
}

// R-DEC-27: the router's answer without a task is no offer; the item is not lost.
TEST(IdsOfNone, R_DEC_27_AnAgentWithoutATaskIsNoOffer) {
    House house = House::ready();
    const ItemId item = house.add(Channel::action);
    house.tell(TaskAssigned{item, Channel::action, house.id, no_task, nullptr});
    EXPECT_THAT(house.did<StepTask>(), IsEmpty());
    EXPECT_THAT(house.did<EndTask>(), IsEmpty());
    EXPECT_THAT(house.agent().sessions, IsEmpty());
    EXPECT_TRUE(house.note(What::cc_unexpected));
    EXPECT_EQ(house.item(item)->route().reason, RouteReason::RESTART);
    house.pass(1s);
    EXPECT_EQ(house.only<RouteItem>().reason, RouteReason::RESTART);
    house.assign(item);
    EXPECT_EQ(house.agent().sessions.size(), 1u);
    house.tell(TaskAssigned{item, Channel::action, house.id, no_task, nullptr});  // said late
    EXPECT_THAT(house.did<EndTask>(), IsEmpty());
}
TEST(IdsOfNone, ATaskWithoutAnIdIsNotFound) {
    House house = House::ready("12345;x;52513;m2");
    house.tell(TaskFound{house.id, Channel::action, no_task, WorkState::active, "x", "S", nullptr});
    EXPECT_THAT(house.agent().sessions, IsEmpty());
    EXPECT_TRUE(house.note(What::cc_unexpected));
    EXPECT_THAT(house.engine.all_items(), IsEmpty());
}
// A task that the contact center has lost already:
// its session has no task, which is not the one that is gone.
TEST(IdsOfNone, ATaskWithoutAnIdDoesNotGo) {
    House house = House::ready("12345;x;52513;m2");
    const ItemKey key = house.accepted(Channel::action);
    house.tell(TaskGone{house.id, house.item_of(key)->task().id, "lifetime exceeded"});
    ASSERT_EQ(house.item_of(key)->task().id, no_task);
    house.tell(TaskRefused{house.id, no_task, Failure::task_unknown, "18"});
    EXPECT_EQ(house.session(key)->state, SessionState::active);
}
TEST(IdsOfNone, ACallWithoutAnIdIsNoCall) {
    House house = House::ready("12345;x;52513;p");
    for (const Event& event :
         {Event{CallOffered{house.id, {}, true, nullptr}}, Event{CallDialled{house.id, {}, nullptr}},
          Event{CallFound{house.id, {0, 3, ""}, WorkState::active, nullptr}}}) {
        house.tell(event);
        EXPECT_THAT(house.agent().items, IsEmpty());
        EXPECT_THAT(house.agent().sessions, IsEmpty());
        EXPECT_TRUE(house.note(What::cc_unexpected));
    }
}
// R-DEC-53: a makeCall that waits for its call has a session without an id: no event means it.
TEST(IdsOfNone, R_DEC_53_ACallThatIsBeingPlacedIsMeantByNobody) {
    House house = House::ready("12345;x;52513;p");
    house.cc<PlaceCall>(House::Mood::silent);
    const RequestId request = house.send(MakeCall{.destination = "4711"});
    house.tell(CallDialled{house.id, {}, nullptr});
    house.tell(CallConnected{house.id, {}});
    house.tell(CallEnded{house.id, {}, CallEnding::cleared});
    house.tell(LastEventAnswered{house.agent().subscription, {}});
    EXPECT_EQ(house.ask(Drop{.item = {}}).fault, Fault::unknown_item);
    EXPECT_EQ(house.ask(ReadItemData{.item = {}}).fault, Fault::unknown_item);
    ASSERT_EQ(house.agent().sessions.size(), 1u);
    house.answer<PlaceCall>();
    EXPECT_EQ(house.reply(request).fault, Fault::none);
    EXPECT_EQ(house.agent().sessions.size(), 1u);
}
TEST(IdsOfNone, R_DEC_53_APlacedCallWithoutAnIdIsAFault) {
    House house = House::ready("12345;x;52513;p");
    house.cc<PlaceCall>(House::Mood::silent);
    const RequestId request = house.send(MakeCall{.destination = "4711"});
    house.tell(CallPlaced{as<PlaceCall>(house.silent.at(0))->operation, {}});
    EXPECT_EQ(house.reply(request).fault, Fault::unavailable);
    EXPECT_THAT(house.agent().sessions, IsEmpty());
    EXPECT_EQ(house.workmode_told(), 2);
}

}  // namespace
}  // namespace cticonnector::engine::testing
