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
    for (Told& one : told) {  // whom to prefer is known to the agents' half alone
        if (auto* item = one.event ? std::get_if<AddItem>(&*one.event) : nullptr) item->preferred.clear();
    }
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

    Engine& engine_for(const Event& event) {
        return std::visit(
            [this]<class E>(const E&) -> Engine& {
                constexpr bool of_router = std::is_same_v<E, AddItem> || std::is_same_v<E, ItemStored> ||
                                           std::is_same_v<E, RouterUp> || std::is_same_v<E, RouterDown> ||
                                           std::is_same_v<E, TaskLabelled> ||
                                           std::is_same_v<E, RouteFailed> || std::is_same_v<E, RetryItem> ||
                                           std::is_same_v<E, TaskAssigned> || std::is_same_v<E, DeleteItem> ||
                                           std::is_same_v<E, CustomerLeft>;
                return of_router ? router : agents;
            },
            event);
    }
};

/// Sorted: of one event the halves' actions may come in another order.
std::multiset<std::string> texts(const Actions& actions) {
    std::multiset<std::string> all;
    for (const Action& action : actions) {
        Action one = action;
        if (auto* note = std::get_if<Note>(&one)) {  // the agents' half does not know an item that has left
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
    for (const Told& told : history(seed, 4'000)) {
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
    EXPECT_GT(acted, 2'000u);
}

/// Agents who log on, take items and give them back, a router that chooses among them, and a CRM that deletes
/// what it likes: all of it follows from what the two engines do, however late one hears of the other.
class Site {
  public:
    explicit Site(std::uint64_t seed) : two(seed), random_(seed) {
        tell(LinkUp{});
        tell(RouterUp{});
        for (int i = 0; i < agent_count; ++i) {
            const std::string n = std::to_string(i);
            tell(Subscribe{.request = request(),
                           .subscription = {++subscriptions_},
                           .user = user_id("U" + n),
                           .user_name = "U" + n,
                           .app_id = "app",
                           .work_center = Secret{"A" + n + ";x;D" + n + ";pm2c"},
                           .profile = profile_});
            tell(SetWorkmode{request(), user_id("U" + n), 2});
        }
    }

    void step() {
        now_ += Duration{50 + below(200)};
        tell_time();
        if (below(2) == 0) add();
        if (!routes_.empty() && below(3) > 0) assign();
        if (below(8) == 0) remove();
        for (const Roster::Slot slot : two.agents.roster().slots()) work(two.agents.roster().at(slot));
        while (!two.on_the_way.empty() && below(3) == 0) deliver();
        look();
    }
    void finish() {
        while (!two.on_the_way.empty()) deliver();
        look();
    }

    Halves two;
    std::size_t accepted = 0, withdrawn = 0, most_on_the_way = 0;

  private:
    static constexpr int agent_count = 6;

    std::uint64_t below(std::uint64_t n) { return random_() % n; }
    RequestId request() { return {++requests_}; }

    void tell(const Event& event) {
        two.tell({now_, event});
        react();
    }
    void tell_time() {
        two.tell({now_, std::nullopt});
        react();
    }
    void deliver() {
        two.deliver(now_);
        react();
    }
    /// The contact center, the store and the router answer at once, or remember.
    void react() {
        const Actions actions = std::exchange(two.done, {});
        most_on_the_way = std::max(most_on_the_way, two.on_the_way.size());
        for (const Action& action : actions) {
            if (const auto* query = as<QueryAgent>(action)) {
                tell(AgentFound{query->operation, false, "", ""});
            } else if (const auto* store = as<StoreItem>(action)) {
                tell(ItemStored{store->item});
            } else if (const auto* route = as<RouteItem>(action)) {
                routes_.push_back(route->item);
            } else if (const auto* cancel = as<CancelRoute>(action)) {
                std::erase(routes_, cancel->item);
            } else if (const auto* last = as<ItemChanged>(action); last && last->item.last()) {
                tell(LastEventAnswered{last->subscription, last->item.key});
            } else if (const auto* reply = as<Reply>(action)) {
                EXPECT_TRUE(answered_.insert(reply->request).second) << "answered twice";
            } else if (const auto* note = as<Note>(action)) {
                EXPECT_NE(note->what, What::invariant_broken) << printed(*note);
                accepted += note->what == What::item_accepted;
                if (note->what == What::item_ended) note_end(*note);
            } else if (const auto* center = std::get_if<CenterAction>(&action)) {
                std::visit(
                    [this](const auto& asked) {
                        if constexpr (requires { asked.operation; })
                            tell(Outcome{asked.operation, Failure::none, ""});
                    },
                    *center);
            }
        }
    }
    void note_end(const Note& note) {
        const auto key = read_key(note.item.value);
        if (key) ended_.insert(key->id);
    }

    void add() {
        tell(AddItem{.request = request(),
                     .channel = below(2) == 0 ? Channel::action : Channel::chat,
                     .external_id = "ext-" + std::to_string(++items_),
                     .selector = "S",
                     .preferred = {},
                     .info = nullptr});
    }
    void assign() {
        const std::size_t at = below(routes_.size());
        const ItemId item = routes_[at];
        routes_.erase(routes_.begin() + static_cast<std::ptrdiff_t>(at));
        const Item* record = two.router.item(item);
        if (!record) return;
        tell(TaskAssigned{.item = item,
                          .channel = record->channel,
                          .agent = {5000, "A" + std::to_string(below(agent_count))},
                          .task = {1, 1, ++tasks_},
                          .info = nullptr});
    }
    /// Of any item, wherever it is.
    void remove() {
        if (items_ == 0) return;
        ++withdrawn;
        if (below(2) == 0) return tell(DeleteItem{request(), "ext-" + std::to_string(1 + below(items_))});
        tell(CustomerLeft{{1 + below(items_)}});
    }
    void work(const Agent& agent) {
        std::vector<Event> wishes;
        for (const Session& s : agent.sessions) {
            if (s.state == SessionState::alerting) {
                below(3) > 0 ? wishes.emplace_back(Accept{request(), agent.user, s.key})
                             : wishes.emplace_back(Reroute{request(), agent.user, s.key, "M0"});
            } else if (s.state == SessionState::active) {
                wishes.emplace_back(Complete{request(), agent.user, s.key});
            }
        }
        for (const Event& wish : wishes) {
            if (below(4) == 0) tell(wish);
        }
    }

    /// Each record is in one place, or has ended.
    void look() {
        std::map<ItemId, int> places;
        std::set<TaskId> tasks;
        for (const Engine* engine : {&two.router, &two.agents}) {
            for (const auto& [item, agent] : engine->all_items()) {
                ++places[item->id];
                const TaskId& task = item->task().id;
                EXPECT_TRUE(task == no_task || tasks.insert(task).second) << "one task of two items";
            }
        }
        for (const HalfAction& value : two.on_the_way) {
            std::visit(
                [&](const auto& between) {
                    const auto count = [&]<class What>(const What& what) {
                        if constexpr (requires { what.item; }) {
                            if (what.item) ++places[between.id];
                        }
                    };
                    std::visit(count, between.what);
                },
                value);
        }
        for (std::uint64_t id = 1; id <= items_; ++id) {
            const int found = places[ItemId{id}];
            EXPECT_LE(found, 1) << "item " << id << " is twice";
            EXPECT_TRUE(found == 1 || ended_.contains(ItemId{id})) << "item " << id << " is lost";
        }
    }

    std::mt19937_64 random_;
    ProfilePtr profile_ = std::make_shared<const CrmProfile>(settings().crm);
    Time now_{1h};
    std::uint64_t requests_ = 0, subscriptions_ = 0, items_ = 0;
    std::int32_t tasks_ = 0;
    std::vector<ItemId> routes_;
    std::set<ItemId> ended_;
    std::set<RequestId> answered_;
};

TEST(TwoHalves, LoseNoItemHoweverLateOneHearsOfTheOther_R_CLU_74) {
    for (const std::uint64_t seed : {21u, 22u, 23u}) {
        Site site(seed);
        for (int i = 0; i < 1'500 && !HasFailure(); ++i) site.step();
        site.finish();
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
        EXPECT_GT(site.accepted, 100u);
        EXPECT_GT(site.two.delivered, 500u);
        EXPECT_GT(site.most_on_the_way, 3u);
        EXPECT_GT(site.withdrawn, 50u);
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
    agents.on(ItemHandedOver{{7},
                             ForAgent{.item = item,
                                      .channel = Channel::action,
                                      .agent = {5000, "nobody"},
                                      .task = {1, 2, 3},
                                      .told = {},
                                      .found = WorkState::active}},
              house.now, out);
    ASSERT_EQ(out.size(), 1u);
    const auto* returned = as<ItemReturned>(out.front());
    const auto* back = returned ? std::get_if<BackToRouting>(&returned->what) : nullptr;
    ASSERT_TRUE(back);
    EXPECT_EQ(back->item->id, ItemId{7});
    EXPECT_EQ(back->reason, RouteReason::RESTART);
    EXPECT_EQ(agents.where(std::string("ext-7")), Where::unknown);
}

}  // namespace
}  // namespace cticonnector::engine::testing
