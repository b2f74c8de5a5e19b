// The router's half and the agents' half of the engine in two engines with a queue between: they touch each
// other only by ItemHandedOver and ItemReturned, and an item's record is in one place at a time (R-CLU-74).
#include <gmock/gmock.h>

#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <set>
#include <string>

#include "house.hpp"
#include "world.hpp"

namespace cticonnector::engine::testing {
namespace {

using Told = World::Told;

/// What a world of its own tells an engine.
std::vector<Told> history(std::uint64_t seed, int steps) {
    SiteSettings settings = house_settings();
    settings.records_per_turn = 10'000;
    std::vector<Told> told;
    World world(settings, seed, 8);
    world.keep(&told);
    world.be_punctual();
    for (int i = 0; i < steps && world.step(); ++i) {
    }
    EXPECT_TRUE(world.ok()) << world.report();
    return told;
}

SiteSettings settings() {
    SiteSettings all = house_settings();
    all.records_per_turn = 10'000;
    return all;
}

/// Two engines, and what is on its way between them.
class Halves {
  public:
    explicit Halves(std::uint64_t seed)
        : router(settings(), ItemId{1}, seed, {.router = true, .agents = false}),
          agents(settings(), ItemId{1}, seed, {.router = false, .agents = true}) {}

    void tell(const Told& told) {
        if (!told.event) {
            for (Engine* each : {&router, &agents})
                run(*each, [&](Engine& e, Actions& out) { e.on_time(told.time, out); });
        } else {
            Engine& to = engine_for(*told.event);
            run(to, [&](Engine& e, Actions& out) { e.on(*told.event, told.time, out); });
        }
    }
    /// All that is due, and all that is on its way.
    void settle(Time now) {
        const auto due = [&](const Engine& e) { return e.next_deadline() && *e.next_deadline() <= now; };
        while (!on_the_way.empty() || due(router) || due(agents)) {
            while (!on_the_way.empty()) deliver(now);
            for (Engine* each : {&router, &agents}) {
                if (due(*each)) run(*each, [&](Engine& e, Actions& out) { e.on_time(now, out); });
            }
        }
    }
    /// The value that has waited longest arrives.
    void deliver(Time now) {
        const HalfAction next = std::move(on_the_way.front());
        on_the_way.pop_front();
        Engine& to = std::holds_alternative<ItemHandedOver>(next) ? agents : router;
        const Event event = std::visit([](const auto& value) -> Event { return value; }, next);
        run(to, [&](Engine& e, Actions& out) { e.on(event, now, out); });
        ++delivered;
    }

    Engine router, agents;
    std::size_t delivered = 0;
    std::deque<HalfAction> on_the_way;
    Actions done;  ///< since it was cleared, but what goes between the halves

  private:
    template <class Do>
    void run(Engine& engine, Do&& act) {
        Actions actions;
        act(engine, actions);
        for (Action& action : actions) {
            if (auto* between = std::get_if<HalfAction>(&action)) {
                on_the_way.push_back(std::move(*between));
            } else {
                done.push_back(std::move(action));
            }
        }
    }

    /// As a shell finds it out (R-CLU-79).
    Engine& engine_for(const Event& event) {
        return std::visit(
            [this]<class E>(const E& e) -> Engine& {
                constexpr bool of_router = std::is_same_v<E, AddItem> || std::is_same_v<E, ItemStored> ||
                                           std::is_same_v<E, RouterUp> || std::is_same_v<E, RouterDown> ||
                                           std::is_same_v<E, TaskLabelled> ||
                                           std::is_same_v<E, RouteFailed> || std::is_same_v<E, RetryItem> ||
                                           std::is_same_v<E, TaskAssigned>;
                if constexpr (of_router) {
                    return router;
                } else if constexpr (std::is_same_v<E, DeleteItem>) {
                    return agents.where(e.external_id) == Where::here ? agents : router;
                } else if constexpr (std::is_same_v<E, CustomerLeft>) {
                    return agents.item(e.item) ? agents : router;
                } else {
                    return agents;
                }
            },
            event);
    }
};

/// Sorted: of one event the halves' actions may come in another order.
std::multiset<std::string> texts(const Actions& actions) {
    std::multiset<std::string> all;
    for (const Action& action : actions) {
        Action one = action;
        if (auto* to_router = std::get_if<RouterAction>(&one)) {  // it does not know who is logged on
            if (auto* route = std::get_if<RouteItem>(to_router)) route->preferred.reset();
        }
        if (auto* note = std::get_if<Note>(&one)) {  // nor do the agents' records know an item that has left
            if (note->what == What::agent_state) note->external_id.clear();
        }
        all.insert(printed(one));
    }
    return all;
}

TEST(TwoHalves, DoTogetherWhatOneEngineDoes_R_CLU_74) {
    constexpr std::uint64_t seed = 11;
    Engine one(settings(), ItemId{1}, seed);
    Halves two(seed);
    std::size_t acted = 0;
    for (const Told& told : history(seed, 6'000)) {
        Actions actions;
        told.event ? one.on(*told.event, told.time, actions) : one.on_time(told.time, actions);
        while (one.next_deadline() && *one.next_deadline() <= told.time) one.on_time(told.time, actions);
        two.done.clear();
        two.tell(told);
        two.settle(told.time);
        ASSERT_EQ(texts(two.done), texts(actions)) << (told.event ? printed(*told.event) : "time");
        acted += actions.size();
    }
    EXPECT_GT(two.delivered, 500u);
    EXPECT_GT(acted, 3'000u);
}

/// Where each item's record is: once, or it has ended.
class Records {
  public:
    void look(const Halves& halves) {
        std::map<ItemId, int> now;
        for (const Engine* engine : {&halves.router, &halves.agents}) {
            for (const auto& [item, agent] : engine->all_items()) ++now[item->id];
        }
        for (const HalfAction& value : halves.on_the_way) {
            std::visit(
                [&](const auto& between) {
                    if (between.item && between.item->id != ItemId{}) ++now[between.item->id];
                },
                value);
        }
        for (const auto& [id, places] : now) EXPECT_EQ(places, 1) << "item " << id.value;
        for (const ItemId id : live_) {
            EXPECT_TRUE(now.contains(id) || ended(halves.done, id)) << "item " << id.value << " is lost";
        }
        live_.clear();
        for (const auto& [id, places] : now) live_.insert(id);
        most = std::max(most, live_.size());
    }
    std::size_t most = 0;

  private:
    /// Or its record comes back without a reason, because it has ended before.
    bool ended(const Actions& done, ItemId id) {
        for (const Action& action : done) {
            const Note* note = as<Note>(action);
            if (!note || note->what != What::item_ended) continue;
            const auto key = read_key(note->item.value);
            if (key && key->id == id) ended_.insert(id);
        }
        return ended_.contains(id);
    }
    std::set<ItemId> live_, ended_;
};

TEST(TwoHalves, LoseNoItemWhateverTheQueueTakes_R_CLU_74) {
    for (const std::uint64_t seed : {21u, 22u, 23u}) {
        std::mt19937_64 random(seed);
        Halves two(seed);
        Records records;
        for (const Told& told : history(seed, 4'000)) {
            two.done.clear();
            two.tell(told);
            while (!two.on_the_way.empty() && random() % 4 == 0) two.deliver(told.time);
            records.look(two);
            for (const Action& action : two.done) {
                const Note* note = as<Note>(action);
                ASSERT_FALSE(note && note->what == What::invariant_broken) << printed(*note);
            }
            if (HasFailure()) FAIL() << "seed " << seed;
        }
        EXPECT_GT(records.most, 20u);
    }
}

TEST(TwoHalves, WhoHasLeftMeanwhileGivesTheItemBack_R_CLU_74) {
    House house = House::with_agent();
    Engine agents(settings(), ItemId{1}, 1, {.router = false, .agents = true});
    Actions out;
    agents.on(LinkUp{}, house.now, out);
    ItemPtr item = ItemPtr::make();
    item->id = {7};
    item->channel = Channel::action;
    item->external_id = "ext-7";
    item->work.emplace<Task>();
    out.clear();
    agents.on(ItemHandedOver{.id = {7},
                             .channel = Channel::action,
                             .item = item,
                             .agent = {5000, "nobody"},
                             .task = {1, 2, 3},
                             .told = {},
                             .found = WorkState::active},
              house.now, out);
    ASSERT_EQ(out.size(), 1u);
    const auto* back = as<ItemReturned>(out.front());
    ASSERT_TRUE(back);
    EXPECT_EQ(back->item->id, ItemId{7});
    EXPECT_EQ(back->reason, RouteReason::RESTART);
    EXPECT_EQ(agents.where(std::string("ext-7")), Where::unknown);
}

// ---- the other ends, and where things are

TEST(Ends, ReleaseTellsNobodyButWhoWaits_R_CLU_77) {
    House house = House::with_agent();
    house.accepted(Channel::action);
    house.add(Channel::action);
    house.cc<PlaceCall>(House::Mood::silent);
    const RequestId waits = house.send(MakeCall{.destination = "4711"});
    house.tell(Release{});
    EXPECT_EQ(house.reply(waits).fault, Fault::unavailable);
    EXPECT_EQ(house.did<UserChanged>().size() + house.did<ItemChanged>().size(), 0u);
    for (const EndSubscription& end : house.did<EndSubscription>()) EXPECT_FALSE(end.tell);
    EXPECT_TRUE(house.engine.all_items().empty());
    EXPECT_EQ(house.engine.roster().size(), 0u);
    EXPECT_EQ(house.engine.where(house.user), Where::unknown);
}

TEST(Ends, AbandonTellsNobodyAnything_R_CLU_77) {
    House house = House::with_agent();
    house.accepted(Channel::action);
    house.add(Channel::action);
    house.cc<PlaceCall>(House::Mood::silent);
    house.send(MakeCall{.destination = "4711"});
    Actions out;
    house.engine.on(Abandon{}, house.now, out);
    EXPECT_TRUE(out.empty());
    EXPECT_TRUE(house.engine.all_items().empty());
    EXPECT_EQ(house.engine.roster().size(), 0u);
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
