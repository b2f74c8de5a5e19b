// What one look-up in a table costs, with few entries and with many: no table on a message's path may be
// walked over, so the two differ by what memory costs (bench/README.md): Bare is the measure of that. Which
// entry is met changes with each step.

#include <benchmark/benchmark.h>

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "cti.hpp"
#include "cticonnector/admin/journal.hpp"
#include "dialogues.hpp"

namespace {

using namespace cticonnector;
using namespace cticonnector::engine;
using namespace cticonnector::routing;
using namespace std::chrono_literals;

constexpr int few = 100;
constexpr int many = 100'000;

AgentId agent(int i) { return {5000, std::to_string(100'000 + i)}; }
std::string phone(int i) { return std::to_string(4'000'000 + i); }
std::string connection(int i) { return phone(i) + ".1"; }
std::uint32_t number(int i) { return static_cast<std::uint32_t>(10'000 + i); }

/// Another entry each time, near none of the last ones.
class Walk {
  public:
    explicit Walk(int count) : count_(static_cast<unsigned>(count)) {}
    int next() {
        at_ = (at_ + 0x9E3779B1u) % 0xFFFFFFFBu;
        return static_cast<int>(at_ % count_);
    }

  private:
    unsigned count_;
    std::uint64_t at_ = 1;
};

/// Filling a table may take longer than what is measured: each size is filled once.
template <class T>
T& filled(int count) {
    static std::map<int, std::unique_ptr<T>> all;
    auto& one = all[count];
    if (!one) one = std::make_unique<T>(count);
    return *one;
}

/// One look-up in a hash table of the standard library, with nothing of ours around it.
void Bare(benchmark::State& state) {
    struct Table {
        explicit Table(int count) {
            for (int i = 0; i < count; ++i) entries.emplace(agent(i), i);
        }
        std::unordered_map<AgentId, int, AgentIdHash> entries;
    };
    const int count = static_cast<int>(state.range(0));
    auto& table = filled<Table>(count);
    Walk walk(count);
    for (auto _ : state) benchmark::DoNotOptimize(table.entries.find(agent(walk.next()))->second);
}

/// The CTI side with `count` agents at their phones, of whom each has a call.
class Site {
  public:
    explicit Site(int count) {
        cti.link_up(now);
        for (int i = 0; i < count; ++i) {
            directory().learn_answer(agent(i), i + 1);
            directory().set_phone(agent(i), phone(i), phone(i));
            call(i);
        }
        forget();
    }
    void call(int i) {
        auto begin = of<ged188::BeginCallEvent>(i);
        begin.call_type = ged188::CallType::CALLTYPE_ACD_IN;
        receive(begin);
        auto ringing = of<ged188::CallDeliveredEvent>(i);
        ringing.local_connection_state = ged188::LocalConnectionState::LCS_ALERTING;
        const std::string ringing_at = phone(i);
        ringing.alerting_device_id = ringing_at;
        receive(ringing);
        auto answered = of<ged188::CallEstablishedEvent>(i);
        answered.answering_device_id = device;
        receive(answered);
    }
    template <class M>
    M of(int i) {
        M m;
        m.peripheral_id = 5000;
        m.connection_call_id = number(i);
        device = connection(i);
        m.connection_device_id = device;
        return m;
    }
    template <class M>
    void receive(const M& m) {
        bytes.clear();
        ged188::encode(m, {24}, bytes).value();
        cti.on({M::type, std::span{bytes}.subspan(wire::header_size)}, now);
        if (cti.state().events.size() > 1000) forget();
    }
    void perform(const CenterAction& action) {
        cti.perform(action, now);
        if (cti.state().out.size() > 1 << 16) forget();
    }
    void forget() {
        cti.state().events.clear();
        cti.state().out.clear();
    }
    Directory& directory() { return cti.state().directory; }

    static routing::Settings with_media() {
        routing::Settings settings;
        settings.application_path = 5001;
        return settings;
    }

    Current<routing::Settings> settings{with_media()};
    InvokeIds ids;
    Cti cti{settings, ids, LinkId{1}};
    Time now = Time{} + 1h;
    std::string device;
    std::vector<std::uint8_t> bytes;
};

/// An event of an agent's own connection.
void CallHeld(benchmark::State& state) {
    const int count = static_cast<int>(state.range(0));
    auto& site = filled<Site>(count);
    Walk walk(count);
    for (auto _ : state) site.receive(site.of<ged188::CallHeldEvent>(walk.next()));
}

/// An event that names the connection of somebody else and the agent's phone.
void CallByItsNumber(benchmark::State& state) {
    const int count = static_cast<int>(state.range(0));
    auto& site = filled<Site>(count);
    Walk walk(count);
    for (auto _ : state) {
        const int i = walk.next();
        auto held = site.of<ged188::CallHeldEvent>(i);
        held.connection_device_id = "elsewhere";
        const std::string device = phone(i);
        held.holding_device_id = device;
        site.receive(held);
    }
}

/// What the engine asks for a call.
void CallAnswered(benchmark::State& state) {
    const int count = static_cast<int>(state.range(0));
    auto& site = filled<Site>(count);
    Walk walk(count);
    for (auto _ : state) {
        const int i = walk.next();
        site.perform(ReleaseCall{agent(i), {number(i), 0, connection(i)}});
        site.cti.state().requests.take(site.ids.last);
    }
}

/// A call from its beginning to its end, while the others are there.
void CallFromBeginToEnd(benchmark::State& state) {
    const int count = static_cast<int>(state.range(0));
    auto& site = filled<Site>(count);
    Walk walk(count);
    for (auto _ : state) {
        const int i = walk.next();
        site.receive(site.of<ged188::EndCallEvent>(i));
        site.call(i);
    }
}

/// An announced call that does not come.
void PreCallAborted(benchmark::State& state) {
    struct Announced : Site {
        explicit Announced(int count) : Site(0) {
            for (int i = 0; i < count; ++i) {
                directory().learn_answer(agent(i), i + 1);
                announce(i);
            }
        }
        void announce(int i) {
            receive(ged188::AgentPreCallEvent{.mrd_id = 1,
                                              .agent_skill_target_id = static_cast<std::uint32_t>(i + 1),
                                              .router_call_key_day = 151'635u,
                                              .router_call_key_call_id = number(i)});
        }
    };
    const int count = static_cast<int>(state.range(0));
    auto& site = filled<Announced>(count);
    Walk walk(count);
    for (auto _ : state) {
        const int i = walk.next();
        site.receive(ged188::AgentPreCallAbortEvent{
            .mrd_id = 1, .router_call_key_day = 151'635u, .router_call_key_call_id = number(i)});
        site.announce(i);
    }
}

/// A request is sent and an older one answered, while the others wait.
void RequestAnswered(benchmark::State& state) {
    struct Open {
        explicit Open(int count) {
            for (int i = 0; i < count; ++i) add();
        }
        void add() { requests.add(++last, {.agent = agent(7), .sent = Time{} + 1h}); }
        Requests requests;
        std::uint32_t last = 0;
    };
    auto& open = filled<Open>(static_cast<int>(state.range(0)));
    const auto count = static_cast<std::uint32_t>(state.range(0));
    for (auto _ : state) {
        open.add();
        benchmark::DoNotOptimize(open.requests.take(open.last - count));
    }
}

/// An agent's work is asked for while it is for all others.
void WorkSearched(benchmark::State& state) {
    struct Searching : Site {
        explicit Searching(int count) : Site(0) {
            for (int i = 0; i < count; ++i) search(agent(i));
            forget();
        }
        void search(const AgentId& who) {
            perform(FindWork{OperationId{++last}, who, "", {{false, true, false}}});
        }
        std::uint64_t last = 0;
    };
    auto& site = filled<Searching>(static_cast<int>(state.range(0)));
    for (auto _ : state) {
        site.search(agent(7));
        site.receive(ged188::AgentTasksResp{.invoke_id = site.ids.last});
    }
}

/// An agent leaves their phone and comes back.
void PhoneForgotten(benchmark::State& state) {
    struct Phones {
        explicit Phones(int count) {
            for (int i = 0; i < count; ++i) directory.set_phone(agent(i), phone(i), phone(i));
        }
        Directory directory;
    };
    const int count = static_cast<int>(state.range(0));
    auto& phones = filled<Phones>(count);
    Walk walk(count);
    for (auto _ : state) {
        const int i = walk.next();
        phones.directory.forget_phone(agent(i));
        phones.directory.set_phone(agent(i), phone(i), phone(i));
    }
}

/// An item is withdrawn while others wait for an agent, and another one comes.
void ItemWithdrawn(benchmark::State& state) {
    struct Waiting {
        explicit Waiting(int count) : items(static_cast<std::size_t>(count)) {
            dialogues.router_up();
            for (std::uint64_t& item : items) add(item);
        }
        void add(std::uint64_t& item) {
            item = ++last;  // the first dialogue has number 1, too
            dialogues.perform(RouteItem{
                .item = ItemId{item}, .channel = Channel::action, .selector = "MAIL", .external_id = "1"});
        }
        void withdraw(std::uint64_t item) {
            dialogues.perform(CancelRoute{ItemId{item}});
            bytes.clear();
            mr::encode(mr::CancelTaskConf{.dialogue_id = static_cast<std::uint32_t>(item)}, bytes).value();
            dialogues.on({mr::CancelTaskConf::type, std::span{bytes}.subspan(wire::header_size)},
                         Time{} + 1h);
            dialogues.out.clear();
        }
        Current<routing::Settings> settings{routing::Settings{}};
        Directory directory;
        Dialogues dialogues{settings, directory};
        std::vector<std::uint64_t> items;
        std::vector<std::uint8_t> bytes;
        std::uint64_t last = 0;
    };
    const int count = static_cast<int>(state.range(0));
    auto& waiting = filled<Waiting>(count);
    Walk walk(count);
    for (auto _ : state) {
        std::uint64_t& item = waiting.items[static_cast<std::size_t>(walk.next())];
        waiting.withdraw(item);
        waiting.add(item);
    }
}

class Silent : public Logger {
  public:
    void write(LogEvent, std::span<const LogField>) override {}
    bool writes(Level) const override { return false; }
};

/// The decisions about `count` items that have ended, ten of each agent.
struct Decided {
    explicit Decided(int count) : journal(log, static_cast<std::size_t>(count)) {
        for (int i = 0; i < count; ++i) decide(i);
    }
    void decide(int i) {
        Note note{.what = What::item_refused,
                  .agent = agent(i / 10),
                  .item = ItemKey{"act-" + std::to_string(i) + "-1"},
                  .external_id = std::to_string(i)};
        note.decision = Decision{};
        journal.write(note);
    }
    Silent log;
    admin::Journal journal;
};

void DecisionKept(benchmark::State& state) {
    const int count = static_cast<int>(state.range(0));
    auto& decided = filled<Decided>(count);
    static std::map<int, int> next;
    int& i = next.try_emplace(count, count).first->second;
    for (auto _ : state) decided.decide(i++);
}

void ItemExplained(benchmark::State& state) {
    const int count = static_cast<int>(state.range(0));
    auto& decided = filled<Decided>(count);
    Walk walk(count);
    for (auto _ : state)
        benchmark::DoNotOptimize(decided.journal.stories().about_item("act-" + std::to_string(walk.next())));
}

void AgentExplained(benchmark::State& state) {
    const int count = static_cast<int>(state.range(0));
    auto& decided = filled<Decided>(count);
    Walk walk(count / 10);
    for (auto _ : state)
        benchmark::DoNotOptimize(decided.journal.stories().about_agent(agent(walk.next()).name, 20));
}

BENCHMARK(RequestAnswered)->Arg(few)->Arg(many);
BENCHMARK(CallHeld)->Arg(few)->Arg(many);
BENCHMARK(CallByItsNumber)->Arg(few)->Arg(many);
BENCHMARK(CallAnswered)->Arg(few)->Arg(many);
BENCHMARK(CallFromBeginToEnd)->Arg(few)->Arg(many);
BENCHMARK(PreCallAborted)->Arg(few)->Arg(many);
BENCHMARK(WorkSearched)->Arg(few)->Arg(many);
BENCHMARK(PhoneForgotten)->Arg(few)->Arg(many);
BENCHMARK(ItemWithdrawn)->Arg(few)->Arg(many);
BENCHMARK(ItemExplained)->Arg(few)->Arg(many);
BENCHMARK(AgentExplained)->Arg(few)->Arg(many);
BENCHMARK(DecisionKept)->Arg(few)->Arg(many);
BENCHMARK(Bare)->Arg(few)->Arg(many);

}  // namespace

BENCHMARK_MAIN();
