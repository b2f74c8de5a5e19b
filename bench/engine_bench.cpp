// What the engine costs: one decision, one offered and ended item,
// and how that grows with the agents logged on.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "cticonnector/engine/engine.hpp"

namespace {

using namespace cticonnector;
using namespace cticonnector::engine;

/// An engine with `count` agents logged on as pm2c and ready; the contact center says yes to everything.
class Site {
  public:
    explicit Site(int count) : engine_(settings(), ItemId{1}) {
        tell(LinkUp{});
        turns();
        tell(RouterUp{});
        for (int i = 0; i < count; ++i) log_on(i);
    }

    AgentId agent(int i) const { return {5000, std::to_string(10'000 + i)}; }
    UserId user(int i) const { return user_id("USER" + std::to_string(i)); }
    SubscriptionId subscription(int i) const { return {static_cast<std::uint64_t>(i) + 1}; }
    RequestId request() { return {++requests_}; }
    Time now() const { return now_; }
    Engine& engine() { return engine_; }

    void tell(const Event& event) {
        actions_.clear();
        engine_.on(event, now_, actions_);
    }
    /// All that is to be done at once; the longest turn of it, in seconds.
    double turns() {
        double longest = 0;
        for (auto due = engine_.next_deadline(); due && *due <= now_; due = engine_.next_deadline()) {
            longest = std::max(longest, timed([&] {
                                   actions_.clear();
                                   engine_.on_time(now_, actions_);
                               }));
        }
        return longest;
    }
    template <class Work>
    static double timed(Work work) {
        const std::clock_t start = std::clock();  // of this process: others do not lengthen a turn
        work();
        return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    }
    void items_wait(std::int64_t count) {
        const auto info = std::make_shared<const ItemInfo>();
        for (std::int64_t i = 0; i < count; ++i) {
            tell(AddItem{request(), Channel::action, "waiting-" + std::to_string(i), "MAIL", {}, info});
            tell(ItemStored{last<StoreItem>()->item});
        }
    }
    const Actions& actions() const { return actions_; }
    template <class A>
    const A* last() const {
        for (auto at = actions_.rbegin(); at != actions_.rend(); ++at) {
            if (const A* found = as<A>(*at)) return found;
        }
        return nullptr;
    }

  private:
    static Settings settings() {
        Settings s;
        s.media = true;
        s.requests_per_second = 0;
        s.reject_tries = std::numeric_limits<int>::max();  // however often the router is lost
        return s;
    }
    static ProfilePtr profile() {
        CrmProfile crm;
        crm.item_max = Limit{6, Source::ini};
        crm.max_sessions[Channel::action] = Limit{2, Source::ini};
        crm.check_media_by_direct_call = false;
        return std::make_shared<const CrmProfile>(crm);
    }

    void log_on(int i) {
        tell(Subscribe{request(), subscription(i), user(i), "U", "app",
                       Secret{agent(i).name + ";pw;" + std::to_string(50'000 + i) + ";pm2c"}, profile_});
        tell(AgentFound{last<QueryAgent>()->operation, false, "", ""});
        tell(Outcome{last<Login>()->operation, Failure::none, ""});
        std::vector<OperationId> media;
        for (const Action& action : actions_) {
            if (const auto* login = as<LoginMedium>(action)) media.push_back(login->operation);
        }
        for (OperationId id : media) tell(Outcome{id, Failure::none, ""});
        for (Channel c : channels) tell(AgentState{agent(i), c, MediumState::ready, 0, {}});
    }

    const ProfilePtr profile_ = profile();
    Engine engine_;
    Actions actions_;
    Time now_{std::chrono::hours{1}};
    std::uint64_t requests_ = 0;
};

/// The pure function alone.
void Decide(benchmark::State& state) {
    Site site(1);
    const Agent& agent = site.engine().roster().at(*site.engine().roster().find(site.agent(0)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(decide(agent.facts(Channel::action, site.now())));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Decide);

/// One offer through the whole engine: decided, session taken, explained, told.
/// What ends the calls again is not counted.
void Offer(benchmark::State& state) {
    const int agents = static_cast<int>(state.range(0));
    Site site(agents);
    const auto info = std::make_shared<const ItemInfo>();
    std::uint32_t call = 0;
    while (state.KeepRunningBatch(agents)) {
        const std::uint32_t first = call;
        for (int i = 0; i < agents; ++i)
            site.tell(CallOffered{site.agent(i), {++call, 0, "5000"}, true, info});
        state.PauseTiming();
        for (int i = 0; i < agents; ++i) {
            const CallId id{first + static_cast<std::uint32_t>(i) + 1, 0, "5000"};
            const ItemKey key{"call-" + site.agent(i).name + "-" + std::to_string(id.call)};
            site.tell(CallEnded{site.agent(i), id, CallEnding::cleared});
            site.tell(LastEventAnswered{site.subscription(i), key});
        }
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Offer)->Arg(100)->Arg(1'000)->Arg(10'000);

/// An offer decided through the whole engine, its actions and its end included: a call rings, the caller
/// hangs up, the CRM answers the last event.
void OfferedCall(benchmark::State& state) {
    Site site(static_cast<int>(state.range(0)));
    const auto info = std::make_shared<const ItemInfo>();
    int next = 0;
    std::uint32_t call = 0;
    for (auto _ : state) {
        const int i = next++ % static_cast<int>(state.range(0));
        const CallId id{++call, 0, "5000"};
        site.tell(CallOffered{site.agent(i), id, true, info});
        const ItemKey key = site.last<ItemChanged>()->item.key;
        site.tell(CallEnded{site.agent(i), id, CallEnding::cleared});
        site.tell(LastEventAnswered{site.subscription(i), key});
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(OfferedCall)->Arg(1)->Arg(100)->Arg(10'000);

/// An action item from its arrival to its end: added, stored, routed, offered, accepted, completed, answered.
void ActionItem(benchmark::State& state) {
    Site site(static_cast<int>(state.range(0)));
    const auto info = std::make_shared<const ItemInfo>();
    int next = 0;
    std::int32_t task = 0;
    for (auto _ : state) {
        const int i = next++ % static_cast<int>(state.range(0));
        ++task;
        site.tell(
            AddItem{site.request(), Channel::action, "order-" + std::to_string(task), "MAIL", {}, info});
        site.tell(ItemStored{site.last<StoreItem>()->item});
        const ItemId item = site.last<RouteItem>()->item;
        site.tell(TaskAssigned{item, Channel::action, site.agent(i), TaskId{1, 2, task}, info});
        const ItemKey key = site.last<ItemChanged>()->item.key;
        site.tell(Accept{site.request(), site.user(i), key});
        site.tell(Complete{site.request(), site.user(i), key});
        site.tell(LastEventAnswered{site.subscription(i), key});
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ActionItem)->Arg(1)->Arg(100)->Arg(10'000);

/// What an event costs when many items wait for routing.
void ItemsWaiting(benchmark::State& state) {
    Site site(1);
    site.tell(RouterDown{});
    site.items_wait(state.range(0));
    for (auto _ : state) site.tell(AgentState{site.agent(0), Channel::action, MediumState::ready, 0, {}});
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ItemsWaiting)->Arg(0)->Arg(1'000)->Arg(100'000);

/// The link is lost and comes back, with all agents on. The longest turn of each is what a request waits for
/// at most; the whole is until the last agent has learned of it.
void LostLink(benchmark::State& state) {
    Site site(static_cast<int>(state.range(0)));
    double down = 0, up = 0;
    for (auto _ : state) {
        const double lost = Site::timed([&] { site.tell(LinkDown{}); });
        down = std::max({down, lost, site.turns()});
        const double back = Site::timed([&] { site.tell(LinkUp{}); });
        up = std::max({up, back, site.turns()});
    }
    state.counters["down_longest_turn"] = down;
    state.counters["up_longest_turn"] = up;
}
BENCHMARK(LostLink)->Arg(100)->Arg(10'000)->Arg(50'000)->Unit(benchmark::kMillisecond);

/// The router is lost and comes back, with all items requested from it.
void LostRouter(benchmark::State& state) {
    Site site(0);
    site.items_wait(state.range(0));
    double down = 0, up = 0;
    for (auto _ : state) {
        const double lost = Site::timed([&] { site.tell(RouterDown{}); });
        down = std::max({down, lost, site.turns()});
        const double back = Site::timed([&] { site.tell(RouterUp{}); });
        up = std::max({up, back, site.turns()});
    }
    state.counters["down_longest_turn"] = down;
    state.counters["up_longest_turn"] = up;
}
BENCHMARK(LostRouter)->Arg(100)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
