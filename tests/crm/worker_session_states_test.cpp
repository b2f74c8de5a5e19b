// Every state that a worker session can reach, and every input in each of them.
#include <deque>
#include <functional>
#include <iostream>
#include <set>
#include <unordered_set>

#include "worker_session_rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using Time = WorkerSession::Time;
constexpr std::size_t queue_limit = 2;
constexpr int most_replies = 2;

Settings small_settings(std::size_t retries) {
    Settings settings;
    settings.event_queue_limit = queue_limit;
    settings.event_retries = retries;
    settings.retry_pause = 10ms;
    settings.lost_pause = 50ms;
    settings.unknown_app_id_grace = 1h;
    return settings;
}

/// What may make a lost session try (R-DEC-18): `calls` must.
enum class Kind { other, wakes, calls, answers };

/// The session, and what a bystander remembers of it.
struct Situation {
    explicit Situation(const Current<Settings>& told)
        : settings(told), session(told, the_subscription, "peer") {}

    const Current<Settings>& settings;
    WorkerSession session;
    Time now = Time{} + 1h;
    Orders orders{};

    struct Event {
        std::string name;
        char kind;  ///< user, item, last of an item, end
    };
    std::deque<Event> queue{};
    int added = 0;
    bool in_flight = false;
    std::string last_sent{};
    bool may_repeat = false;  ///< the last sent was not taken
    std::size_t failed = 0;   ///< tries of the first
    bool unanswered = false;  ///< the last try
    bool handed = false;
    bool subscribed = false;
    bool grace_over = false;
    int replies = 1;
    bool told_failed = false;
    bool told_lost = false;
    std::optional<std::string> breach{};

    void must(bool holds, const char* what) {
        if (!holds && !breach) breach = what;
    }
    bool gone() const { return session.stage() == Stage::gone; }
    bool overdue() const { return session.next_deadline() && *session.next_deadline() <= now; }
};

/// All that decides what can come, with names left out and counts cut off where they make no difference.
std::string canonical(const Situation& s, std::size_t retries) {
    std::string text;
    for (const auto& one : s.queue) text += one.kind;
    for (const int value :
         {static_cast<int>(s.session.health()), static_cast<int>(s.session.step()),
          static_cast<int>(s.session.stage()), s.replies, static_cast<int>(std::min(s.failed, retries + 1)),
          s.unanswered + 2 * s.handed + 4 * s.subscribed + 8 * s.grace_over + 16 * s.overdue()})
        text.append(" ").append(std::to_string(value));
    return text;
}

/// Holds one order after another against what was before.
struct Watch {
    Situation& s;
    Health before;
    Stage stage_before;
    Kind kind;
    bool over = false;
    std::size_t dropped = 0;
    std::size_t sent = 0;
    std::optional<Situation::Event> done{};

    void to_engine() const { s.must(stage_before == Stage::open, "an ending session tells the engine"); }

    void operator()(const Send& o) {
        ++sent;
        s.must(!s.in_flight, "two in flight");
        s.must(s.replies == 0, "sent while held");
        s.must(s.session.queued() > 0 && !s.queue.empty(), "sent without an event");
        const std::string name = name_of(s.session.first());
        s.must(name == s.queue.front().name, "sent out of turn");
        s.must(name != s.last_sent || s.may_repeat, "sent twice");
        s.must(s.session.health() != Health::overflown || name == "end", "an overflown session sends");
        s.must(before != Health::lost || kind != Kind::other, "a lost session tries by itself");
        s.must(o.fresh == s.unanswered, "the connection of the next try");
        s.in_flight = true;
        s.last_sent = name;
        s.may_repeat = false;
        s.handed = s.failed > 0 && s.handed;
    }
    void operator()(const Cancel&) {
        s.must(s.in_flight, "nothing to cancel");
        s.in_flight = false;
    }
    void operator()(const Gone&) { over = true; }
    void operator()(const Count& o) {
        if (o.result == "dropped") {
            ++dropped;
            return;
        }
        s.must(o.result == "failed" && kind == Kind::answers, "what is counted");
        ++s.failed;
        s.may_repeat = true;
    }
    void operator()(const Done& o) {
        s.must(kind == Kind::answers, "done without an answer");
        s.must(!s.queue.empty() && s.queue.front().name == name_of(o.shown), "done out of turn");
        done = s.queue.front();
        s.queue.pop_front();
        s.failed = 0;
        s.handed = false;
    }
    void operator()(const FirstTry&) { s.must(!s.handed, "a second first try"); }
    void operator()(const Answered&) { s.must(kind == Kind::answers, "answered by nobody"); }
    void operator()(const NotTaken& o) {
        s.must(!o.next || o.next->tries == s.failed, "the number of the try");
        s.must(!o.next || before == Health::alive || before == Health::failing,
               "a lost session says it again");
    }
    void operator()(const Restored&) {
        s.must(before == Health::failing || before == Health::lost, "restored what was well");
    }
    void operator()(const PeerChanged&) { s.must(false, "there is one peer"); }
    void operator()(const engine::DeliveryFailed&) {
        to_engine();
        s.must(!std::exchange(s.told_failed, true), "failed twice");
    }
    void operator()(const engine::DeliveryRestored&) {
        to_engine();
        s.must(std::exchange(s.told_failed, false), "restored what did not fail");
        s.told_lost = false;
    }
    void operator()(const engine::SubscriptionLost& e) {
        to_engine();
        const bool full = s.session.health() == Health::overflown;
        s.must(e.final || full || !s.told_lost, "lost twice");
        s.told_lost = true;
    }
    void operator()(const engine::LastEventAnswered& e) {
        to_engine();
        s.must(done && done->kind == 'l' && done->name == e.item.value, "the last event of another item");
    }
};

/// Between two inputs.
void whole(Situation& s) {
    const WorkerSession& session = s.session;
    s.must(session.queued() == s.queue.size(), "the queue");
    s.must(s.queue.size() <= queue_limit + (session.stage() == Stage::ending), "the limit");
    s.must(s.in_flight == (session.step() == SessionStep::sending), "sending is in flight");
    s.must((session.step() == SessionStep::pausing) == session.next_deadline().has_value(), "the deadline");
    s.must(session.step() != SessionStep::pausing || !s.queue.empty(), "a pause before nothing");
    s.must(session.step() != SessionStep::idle || (s.queue.empty() && s.replies == 0), "idle with work");
    s.must(session.step() != SessionStep::held || s.replies > 0, "held by nothing");
    s.must(s.gone() ? s.queue.empty() : true, "gone with a queue");
    const bool end_queued = !s.queue.empty() && s.queue.back().kind == 'e';
    s.must(end_queued == (session.stage() == Stage::ending), "ending is the end in the queue");
    s.must(session.health() != Health::overflown || s.queue.size() <= 1, "an overflown session has a queue");
    s.must(session.stage() != Stage::open || session.health() == Health::overflown ||
               s.told_failed == (session.health() != Health::alive),
           "the engine knows another health");
}

/// The last try failed.
std::chrono::nanoseconds pause_after(const Situation& s) {
    if (s.failed > s.settings->event_retries) return s.settings->lost_pause;
    return s.settings->retry_pause * (1 << (s.failed - 1));
}

template <class State>
using Ways = std::set<std::pair<State, State>>;

struct Seen {
    Ways<Health> health;
    Ways<SessionStep> step;
    Ways<Stage> stage;
};

/// One input: `act` feeds it, and says what the bystander knows of it.
struct Input {
    const char* name;
    std::function<Kind(Situation&)> act;
};

void feed(Situation& s, const Input& input, Seen& seen) {
    const bool was_gone = s.gone();
    const Health health = s.session.health();
    const SessionStep step = s.session.step();
    const Stage stage = s.session.stage();
    const Kind kind = input.act(s);
    Watch watch{s, health, stage, kind};
    for (const Order& order : std::exchange(s.orders, {})) {
        s.must(!was_gone && !watch.over, "something after gone");
        std::visit(watch, order);
    }
    if (watch.over || watch.dropped > 1) {  // the whole queue, and what was too much for it
        s.must(watch.dropped == s.queue.size() + (watch.over ? 0 : 1), "not done and dropped once");
        s.queue.clear();
        s.failed = 0;
        s.handed = false;
    }
    s.must(watch.over == (!was_gone && s.gone()), "gone is said once");
    if (s.session.step() == SessionStep::pausing && kind == Kind::answers)
        s.must(*s.session.next_deadline() - s.now == pause_after(s), "the pause");
    if (health == Health::lost && kind == Kind::calls && stage == Stage::open)
        s.must(s.session.step() != SessionStep::pausing, "a lost session does not hear");
    whole(s);
    if (s.gone()) s.in_flight = false;
    if (health != s.session.health()) seen.health.insert({health, s.session.health()});
    if (stage != s.session.stage()) seen.stage.insert({stage, s.session.stage()});
    if (step != s.session.step() || watch.sent > 0) seen.step.insert({step, s.session.step()});
}

void add(Situation& s, char kind) {
    const std::string name = std::to_string(++s.added);
    const bool is_kept = s.session.stage() == Stage::open && s.session.health() != Health::overflown &&
                         s.queue.size() < queue_limit;
    if (is_kept) s.queue.push_back({name, kind});
    s.session.add(kind == 'u' ? user(name) : item(name, kind == 'l'), std::nullopt, s.now, s.orders);
}

Kind answer(Situation& s, const DeliveryOutcome* outcome) {
    const bool is_awaited = std::exchange(s.in_flight, false);
    if (is_awaited) s.unanswered = outcome == nullptr;
    if (outcome)
        s.session.answered(*outcome, s.now, s.orders);
    else
        s.session.unanswered("no answer", s.now, s.orders);
    return is_awaited ? Kind::answers : Kind::other;
}

std::vector<Input> inputs_of_events() {
    std::vector<Input> all;
    for (const char kind : {'u', 'i', 'l'})
        all.push_back({"add", [kind](Situation& s) { return add(s, kind), Kind::other; }});
    all.push_back({"end", [](Situation& s) {
                       if (s.session.stage() == Stage::open) s.queue.push_back({"end", 'e'});
                       s.session.end(engine::EndReason::crm_session_lost, std::nullopt, s.now, s.orders);
                       return Kind::calls;
                   }});
    all.push_back({"drop", [](Situation& s) { return s.session.drop(s.orders), Kind::other; }});
    return all;
}

std::vector<Input> inputs_of_sap() {
    std::vector<Input> all;
    const auto answers = [&](const char* name, DeliveryOutcome outcome) {
        all.push_back({name, [outcome](Situation& s) { return answer(s, &outcome); }});
    };
    answers("taken", Delivered{});
    answers("fault", fault(ici::ErrorId::internal));
    answers("unknown appId", fault(ici::ErrorId::unknown_appid));
    answers("not taken", Undelivered{"503"});
    all.push_back({"no answer", [](Situation& s) { return answer(s, nullptr); }});
    all.push_back({"handed", [](Situation& s) {
                       s.session.handed(0ns, s.now, s.orders);
                       if (!s.in_flight || s.handed) s.must(s.orders.empty(), "handed again");
                       if (s.in_flight) s.handed = true;
                       std::erase_if(s.orders,
                                     [](const Order& o) { return std::holds_alternative<FirstTry>(o); });
                       return Kind::other;
                   }});
    return all;
}

std::vector<Input> inputs_of_requests() {
    return {{"hold",
             [](Situation& s) {
                 if (s.replies < most_replies) ++s.replies, s.session.hold();
                 return Kind::other;
             }},
            {"unhold",
             [](Situation& s) {
                 // a lost session whose pause is over waits for nothing else
                 const Kind kind = s.session.step() == SessionStep::held ? Kind::wakes : Kind::other;
                 if (s.replies > (s.subscribed ? 0 : 1)) --s.replies, s.session.unhold(s.orders);
                 return kind;
             }},
            {"subscribed",
             [](Situation& s) {
                 if (!std::exchange(s.subscribed, true)) --s.replies, s.session.subscribed(s.now, s.orders);
                 return Kind::other;
             }},
            {"heard", [](Situation& s) {
                 s.session.heard("peer", s.now, s.orders);
                 return Kind::calls;
             }}};
}

std::vector<Input> inputs_of_time() {
    return {{"too early",
             [](Situation& s) {
                 const auto due = s.session.next_deadline();
                 s.session.on_time(due ? *due - 1ns : s.now, s.orders);
                 s.must(s.orders.empty(), "too early");
                 return Kind::other;
             }},
            {"in time",
             [](Situation& s) {
                 s.now = std::max(s.now, s.session.next_deadline().value_or(s.now));
                 s.session.on_time(s.now, s.orders);
                 return Kind::wakes;
             }},
            {"the grace time is over", [](Situation& s) {
                 if (s.subscribed && !std::exchange(s.grace_over, true)) s.now += 1h;
                 return Kind::other;
             }}};
}

std::vector<Input> all_inputs() {
    std::vector<Input> all;
    for (auto&& some : {inputs_of_events(), inputs_of_sap(), inputs_of_requests(), inputs_of_time()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

/// The states that can be reached.
std::size_t walk(std::size_t retries, Seen& seen) {
    const Current<Settings> settings{small_settings(retries)};
    const std::vector<Input> inputs = all_inputs();
    Situation start{settings};
    std::unordered_set<std::string> known{canonical(start, retries)};
    std::deque<Situation> open{std::move(start)};
    std::size_t steps = 0;
    while (!open.empty()) {
        const Situation from = std::move(open.front());
        open.pop_front();
        for (const Input& input : inputs) {
            ++steps;
            Situation to = from;
            feed(to, input, seen);
            if (to.breach) {
                ADD_FAILURE() << *to.breach << ": " << canonical(from, retries) << ", " << input.name;
                return known.size();
            }
            if (known.insert(canonical(to, retries)).second) open.push_back(std::move(to));
        }
    }
    std::cout << retries << " retries: " << known.size() << " states, " << steps << " steps\n";
    return known.size();
}

/// Each row was taken, and no other way.
template <class Rows, class State>
void expect_all(const Rows& rows, const Ways<State>& seen) {
    Ways<State> ways;
    for (const auto& row : rows)
        EXPECT_TRUE(ways.insert({row.from, row.to}).second) << "two rows are one way";
    EXPECT_EQ(ways, seen);
}

TEST(WorkerSessionStates, KeepWhatMustAlwaysHoldAndUseEachRow) {
    Seen seen;
    for (const std::size_t retries : {0u, 1u, 2u}) EXPECT_GT(walk(retries, seen), 100u);
    expect_all(health_rows, seen.health);
    expect_all(step_rows, seen.step);
    expect_all(stage_rows, seen.stage);
}

}  // namespace
}  // namespace cticonnector::crm::testing
