// The way of an item is kept whole, to be explained (R-DEC-83).
#include "cticonnector/admin/stories.hpp"

#include <gmock/gmock.h>

#include "cticonnector/admin/journal.hpp"
#include "cticonnector/app/log.hpp"
#include "engine/house.hpp"

namespace cticonnector::admin {
namespace {

using engine::Channel;
using engine::ItemKey;
using engine::Note;
using engine::What;
using engine::testing::House;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class StoriesTest : public ::testing::Test {
  protected:
    void keep(const House& house) {
        for (const Note& note : house.did<Note>()) stories.add(note);
    }
    static std::vector<std::string> events(const std::vector<StoryRecord>& records) {
        std::vector<std::string> names;
        for (const StoryRecord& record : records) names.emplace_back(event_of(record.note.what).name());
        return names;
    }
    /// An item that SAP refused with A1.
    ItemKey refused(House& house) {
        const auto item = house.add(Channel::action);
        keep(house);
        house.assign(item);
        keep(house);
        const ItemKey key{"act-" + std::to_string(item.value) + "-1"};
        house.reroute(key, "A1");
        keep(house);
        return key;
    }

    Stories stories{2};
};

TEST_F(StoriesTest, HoldWhatSapSaidWhatWasLearnedAndTheNotReadyThatFollowed_R_DEC_82_R_DEC_83) {
    House house = House::ready();
    const ItemKey key = refused(house);
    EXPECT_THAT(events(stories.about_item(key.value)),
                ElementsAre("agent.state", "item.rerouted", "item.offered"));
    EXPECT_THAT(events(stories.about_item("act-1")),
                ElementsAre("agent.state", "item.rerouted", "item.offered", "item.requested", "item.added"));
    EXPECT_THAT(events(stories.about_agent("12345", 100)),
                ElementsAre("agent.state", "item.rerouted", "item.offered"));
    const auto steps = stories.about_item(key.value);
    EXPECT_EQ(steps[0].note.why, "A1");
    EXPECT_EQ(steps[1].note.reason, "A1");
    EXPECT_EQ(steps[1].note.hidden, 6);
    EXPECT_THAT(stories.about_item(steps[2].note.external_id), SizeIs(5)) << "by SAP's own id";
}

// What an item has done to its agent comes after its end, and must not keep it for ever.
TEST_F(StoriesTest, AStateNeitherBeginsAStoryNorBringsItBack) {
    const auto state = [&](const char* key) {
        stories.add(Note{.what = What::agent_state, .agent = {5000, "1"}, .item = {key}});
    };
    state("act-1-1");
    EXPECT_THAT(stories.about_agent("1", 100), IsEmpty());
    for (const char* key : {"act-1-1", "act-2-1", "act-3-1"}) {
        stories.add(Note{.what = What::item_ended, .agent = {5000, "1"}, .item = {key}});
        state(key);
    }
    EXPECT_THAT(stories.about_item("act-1"), IsEmpty()) << "two newer ones have ended";
    EXPECT_THAT(events(stories.about_item("act-3")), ElementsAre("agent.state", "item.ended"));
}

TEST_F(StoriesTest, AreBoundedForAnItemThatNeverEnds) {
    for (std::size_t i = 0; i < 3 * Stories::steps; ++i)
        stories.add(Note{.what = What::item_waiting, .item = {"act-1"}});
    EXPECT_THAT(stories.about_item("act-1"), SizeIs(Stories::steps));
}

// Whoever stood in a step that is kept no more is forgotten with the item.
TEST_F(StoriesTest, AreForgottenWithEachAgentThatTheyName) {
    const auto tell = [&](What what, const char* key, const char* agent) {
        stories.add(Note{.what = what, .agent = {5000, agent}, .item = {key}, .external_id = agent});
    };
    tell(What::item_offered, "act-1-1", "first");
    for (std::size_t i = 0; i < Stories::steps; ++i) tell(What::item_waiting, "act-1", "second");
    for (const char* key : {"act-1", "act-2", "act-3"}) tell(What::item_ended, key, "third");
    EXPECT_THAT(stories.about_item("act-1"), IsEmpty());
    EXPECT_THAT(stories.about_agent("first", 100), IsEmpty());
    EXPECT_THAT(stories.about_item("first"), IsEmpty());
    tell(What::item_offered, "act-4-1", "first");
    EXPECT_THAT(stories.about_agent("first", 100), SizeIs(1));
}

// Nothing ends what has not begun, or begins anew behind its end.
TEST_F(StoriesTest, WhatComesBehindTheEndBringsNoneBack) {
    for (const What late : {What::cc_request_failed, What::item_invisible, What::item_accepted}) {
        Stories kept{2};
        for (const char* key : {"call-1-1", "call-1-2", "call-1-3"}) {
            kept.add(Note{.what = What::item_refused, .item = {key}, .channel = Channel::voice});
            kept.add(Note{.what = late, .item = {key}, .channel = Channel::voice});
        }
        EXPECT_THAT(kept.about_item("call-1-1"), IsEmpty()) << "two newer ones have ended";
        EXPECT_THAT(kept.about_item("call-1-3"), SizeIs(2));
    }
    stories.add(Note{.what = What::cc_request_failed, .item = {"call-1-9"}, .channel = Channel::voice});
    EXPECT_THAT(stories.about_item("call-1-9"), IsEmpty());
}

// A call that hangs up while it waits for a closing session has an end, too.
TEST_F(StoriesTest, ACallThatLeavesWhileItWaitsHasAnEnd) {
    House house = House::ready("12345;x;52513;p");
    for (int i = 0; i < 2; ++i) house.hang_up(house.call_of(house.talking()), engine::MediumState::ready);
    const auto call = house.ring();
    keep(house);
    ASSERT_EQ(house.note(What::item_waiting)->why, "closing_session");
    const std::string key = house.note(What::item_waiting)->item.value;
    house.hang_up(call, engine::MediumState::ready);
    keep(house);
    EXPECT_THAT(events(stories.about_item(key)), ElementsAre("item.invisible", "item.waiting"));
    EXPECT_EQ(stories.about_item(key).front().note.reason, "customer_left");
}

TEST_F(StoriesTest, AnItemIsNotAnotherWhoseNumberBeginsAlike) {
    stories.add(Note{.what = What::item_waiting, .item = {"act-12"}});
    stories.add(Note{.what = What::item_waiting, .item = {"chat-1"}});
    EXPECT_THAT(stories.about_item("act-1"), IsEmpty());
    EXPECT_THAT(stories.about_item("act-12-x"), IsEmpty());
    EXPECT_THAT(stories.about_item("chat-1"), SizeIs(1));
    stories.add(Note{.what = What::item_waiting, .item = {"act-12-x"}});
    EXPECT_THAT(stories.about_item("act-12"), SizeIs(1)) << "no offer of it";
}

}  // namespace
}  // namespace cticonnector::admin
