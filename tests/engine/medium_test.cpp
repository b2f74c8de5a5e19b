// The steps of our Not Ready in one medium: each row of the table as the story that it tells.

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using M = MediumState;
using ::testing::IsEmpty;

OwnNotReady own(const House& house) { return house.agent().media[Channel::action].own_not_ready; }

// R-DEC-26: asked for at once, or when the last task has ended.
TEST(OwnNotReady, R_DEC_26_IsAskedForWhenTheLastTaskHasEnded) {
    House house = House::ready("12345;x;52513;m");
    house.cc<NotReadyMedium>(House::Mood::silent);
    const ItemKey key = house.accepted(Channel::action);
    house.workmode(3);
    EXPECT_EQ(own(house), OwnNotReady::when_tasks_end);
    house.ask(Complete{.item = key});
    house.closed(key);
    EXPECT_EQ(own(house), OwnNotReady::asked);
    house.answer<NotReadyMedium>();
    EXPECT_EQ(own(house), OwnNotReady::none);
}

// R-DEC-25: refused with 14, the task that was on its way goes back, and Not Ready follows its END.
TEST(OwnNotReady, R_DEC_25_ATaskOnItsWayAfterARejectGoesBack) {
    House house = House::ready("12345;x;52513;m");
    const ItemKey key = house.offer(Channel::action);
    house.cc<NotReadyMedium>(House::Mood::silent);
    house.reroute(key, "A1");
    house.closed(key);
    const ItemId next = house.add(Channel::action);
    house.answer<NotReadyMedium>(Failure::task_on_its_way);
    EXPECT_EQ(own(house), OwnNotReady::task_on_its_way);
    house.assign(next);
    EXPECT_EQ(house.note(What::item_refused)->reason, name(Refusal::not_ready_on_its_way));
    EXPECT_EQ(house.only<EndTask>().end, TaskEnd::given_back);
    EXPECT_EQ(house.only<NotReadyMedium>().channel, Channel::action);
    EXPECT_EQ(own(house), OwnNotReady::asked);
}

// R-DEC-25, R-DEC-26: after a Not Ready of their own the task that was on its way is theirs.
TEST(OwnNotReady, R_DEC_26_ATaskOnItsWayAfterTheirOwnWishIsOffered) {
    House house = House::ready("12345;x;52513;m");
    house.cc<NotReadyMedium>(House::Mood::silent);
    house.workmode(3);
    house.answer<NotReadyMedium>(Failure::task_on_its_way);
    EXPECT_TRUE(house.note(What::cc_request_failed));
    const ItemKey key = house.offer(Channel::action);
    EXPECT_NE(key.value, "");
    EXPECT_THAT(house.did<NotReadyMedium>(), IsEmpty());
    house.ask(Accept{.item = key});
    house.ask(Complete{.item = key});
    house.closed(key);
    EXPECT_EQ(house.only<NotReadyMedium>().channel, Channel::action);
}

// R-DEC-25: a task that does not come is waited for 5 s.
TEST(OwnNotReady, R_DEC_25_IsRepeatedWhenTheTaskDoesNotCome) {
    House house = House::ready("12345;x;52513;m");
    house.cc<NotReadyMedium>(House::Mood::silent);
    house.workmode(3);
    house.answer<NotReadyMedium>(Failure::task_on_its_way);
    house.pass(4'999ms);
    EXPECT_THAT(house.did<NotReadyMedium>(), IsEmpty());
    house.pass(1ms);
    EXPECT_EQ(house.only<NotReadyMedium>().channel, Channel::action);
}

// What was under way when the link was lost is asked for again when it is back; silence is the end of it.
TEST(OwnNotReady, IsAskedForAgainAfterALostLinkAndNotAfterSilence) {
    House house = House::ready("12345;x;52513;m");
    house.cc<NotReadyMedium>(House::Mood::silent);
    house.workmode(3);
    house.tell(LinkDown{});
    EXPECT_EQ(own(house), OwnNotReady::when_tasks_end);
    house.tell(LinkUp{});
    EXPECT_EQ(house.only<NotReadyMedium>().channel, Channel::action);
    house.pass(house.engine.settings().request_timeout);
    EXPECT_EQ(own(house), OwnNotReady::none);
}

// R-DEC-30: what the contact center has said is not undone by the refusal of what we have asked for.
TEST(Routable, R_DEC_30_TheContactCentersNoOutlivesOurRequest) {
    House house = House::ready("12345;x;52513;m");
    house.accepted(Channel::action);
    house.cc<NotRoutable>(House::Mood::silent);
    house.workmode(3);
    EXPECT_EQ(house.agent().media[Channel::action].routable, Routable::no_at_our_request);
    house.tell(MadeNotRoutable{house.id, Channel::action, no_task});
    house.answer<NotRoutable>(Failure::other);
    EXPECT_EQ(house.agent().media[Channel::action].routable, Routable::no_by_contact_center);
    house.workmode(2);
    EXPECT_EQ(house.agent().media[Channel::action].routable, Routable::yes);
}

// R-DEC-30: what the contact center has said of a medium holds until the agent's next Ready, whatever comes
// of a request of ours.
TEST(Routable, R_DEC_30_TheContactCentersWordOutlivesOurs) {
    for (const RoutableStep ours : {RoutableStep::asked_not, RoutableStep::refused}) {
        EXPECT_EQ(after(Routable::no_by_contact_center, ours), Routable::no_by_contact_center) << name(ours);
    }
    EXPECT_EQ(after(Routable::no_by_contact_center, RoutableStep::ready), Routable::yes);
    EXPECT_EQ(after(Routable::no_at_our_request, RoutableStep::told_not), Routable::no_by_contact_center);
    EXPECT_EQ(after(Routable::no_at_our_request, RoutableStep::refused), Routable::yes);
}

}  // namespace
}  // namespace cticonnector::engine::testing
