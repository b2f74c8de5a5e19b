// The three ends of an engine (R-CLU-77), where things are (R-CLU-79), and whose links it hears (R-CLU-73).
#include <gmock/gmock.h>

#include <map>

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

class Ends : public ::testing::Test {
  protected:
    /// With an item in work, one that waits, one that is stored, and a call that is being dialled.
    Ends() {
        house.accepted(Channel::action);
        house.add(Channel::action);
        house.cc<PlaceCall>(House::Mood::silent);
        dialling = house.send(MakeCall{.destination = "4711"});
        on(LinkDown{});
        on(LinkUp{});  // what it owes everybody is not done yet
        on(AddItem{.request = {900}, .channel = Channel::action, .external_id = "new", .selector = "S"});
    }
    Actions on(const Event& event) {
        Actions out;
        house.engine.on(event, house.now, out);
        return out;
    }
    void expect_nothing_left() {
        EXPECT_TRUE(house.engine.all_items().empty());
        EXPECT_EQ(house.engine.roster().size(), 0u);
        EXPECT_EQ(house.engine.where(house.user), Where::unknown);
        EXPECT_EQ(house.engine.next_deadline(), std::nullopt);
        Actions out;
        house.engine.on_time(house.now + 1h, out);
        EXPECT_TRUE(out.empty()) << printed(out);
        EXPECT_TRUE(on(LinkUp{}).empty());
    }
    House house = House::with_agent();
    RequestId dialling;
};

std::map<RequestId, TextId> answers(const Actions& actions) {
    std::map<RequestId, TextId> found;
    for (const Action& action : actions) {
        if (const auto* reply = as<Reply>(action)) found[reply->request] = reply->text.id;
    }
    return found;
}

TEST_F(Ends, ReleaseTellsNobodyButWhoWaits_R_CLU_77) {
    const Actions out = on(Release{});
    EXPECT_EQ(answers(out), (std::map<RequestId, TextId>{{dialling, TextId::moving_on},
                                                         {RequestId{900}, TextId::moving_on}}));
    int ends = 0;
    for (const Action& action : out) {
        EXPECT_FALSE(holds<UserChanged>(action) || holds<ItemChanged>(action)) << printed(out);
        EXPECT_FALSE(std::holds_alternative<CenterAction>(action)) << printed(out);
        const auto* end = as<EndSubscription>(action);
        ends += end != nullptr;
        EXPECT_FALSE(end && end->tell);
    }
    EXPECT_EQ(ends, 1);
    EXPECT_EQ(answers(on(ReadUser{{901}, house.user})).at({901}), TextId::moving_on) << "and who comes later";
    expect_nothing_left();
}

TEST_F(Ends, AbandonTellsNobodyAnything_R_CLU_77) {
    EXPECT_TRUE(on(Abandon{}).empty());
    EXPECT_TRUE(on(ReadUser{{901}, house.user}).empty()) << "its front closes";
    expect_nothing_left();
}

TEST_F(Ends, ShutdownTellsTheCrm_R_CLU_77) {
    int told = 0;
    for (const Action& action : on(Shutdown{})) {
        if (const auto* end = as<EndSubscription>(action)) told += end->tell;
    }
    EXPECT_EQ(told, 1);
    EXPECT_EQ(answers(on(ReadUser{{901}, house.user})).at({901}), TextId::not_logged_on_here);
}

TEST(Whereabouts, KnowsUsersItemsAndKeys_R_CLU_79) {
    House house = House::with_agent();
    const ItemId item = house.add(Channel::action);
    EXPECT_EQ(house.engine.where(house.user), Where::here);
    EXPECT_EQ(house.engine.where(user_id("nobody")), Where::unknown);
    EXPECT_EQ(house.engine.where(house.engine.item(item)->external_id), Where::here);
    EXPECT_EQ(house.engine.where(std::string("nothing")), Where::unknown);
    EXPECT_EQ(house.engine.where(ItemKey{item_text(*house.engine.item(item))}), Where::here);
    EXPECT_EQ(house.engine.where(ItemKey{"act-999"}), Where::unknown);
    EXPECT_EQ(house.engine.where(ItemKey{"call-12345-99"}), Where::unknown);
    EXPECT_EQ(house.engine.where(house.ringing()), Where::here);
}

TEST(Links, OthersThanItsOwnAreNoneOfTheEngines_R_CLU_73) {
    Settings own;
    own.link = {3};
    own.router = {4};
    Engine engine(own, ItemId{1});
    Actions out;
    engine.on(LinkUp{{5}}, {}, out);
    engine.on(RouterUp{{3}}, {}, out);
    EXPECT_FALSE(engine.link_up({3}) || engine.link_up({5}) || engine.router_up({3}) ||
                 engine.router_up({4}));
    engine.on(LinkUp{{3}}, {}, out);
    engine.on(RouterUp{{4}}, {}, out);
    EXPECT_TRUE(engine.link_up({3}) && engine.router_up({4}));
    EXPECT_FALSE(engine.link_up({4}) || engine.router_up({3}));
    engine.on(LinkDown{{4}, "another"}, {}, out);
    EXPECT_TRUE(engine.link_up({3}));
}

}  // namespace
}  // namespace cticonnector::engine::testing
