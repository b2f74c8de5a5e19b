// The states of logging on and off that one agent can reach, breadth first over copies of the engine:
// requests of the CRM, a contact center that agrees, refuses, says nothing or answers late, a link that is
// lost with what is on its way, deadlines. After each step the onlooker (watch.hpp) and the contact center's
// own list (center.hpp) check their rules, and from each state all must still end well: everybody answered,
// nobody left behind.
//
// Left out: items and calls, which states_test.cpp has, and requests of the CRM while many requests to the
// contact center wait; the random test has both.

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <iostream>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "center.hpp"
#include "house.hpp"
#include "watch.hpp"

namespace cticonnector::engine::testing {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t states_at_most = 2'000;
#else
constexpr std::size_t states_at_most = 2'000'000;
#endif

struct Walk {
    std::string_view name;
    std::string_view first;  ///< the work center string
    std::string_view other;  ///< a second work center string: another set of media, or another agent
    std::size_t at_once;     ///< so many requests may wait while the CRM makes another
    std::size_t states;      ///< as seen; far fewer or more means that the steps or the engine have changed
};
void PrintTo(const Walk& walk, std::ostream* out) { *out << walk.name; }

const AgentId me{5000, "12345"};
const UserId user = user_id("MILLER");
const std::string device = "52513";

SiteSettings walk_settings() {
    SiteSettings s = house_settings();
    s.crm.shadow_login = 2;
    return s;
}

struct Situation {
    Engine engine;
    ProfilePtr profile = std::make_shared<const CrmProfile>(walk_settings().crm);
    Watch watch;
    Center center;
    Time now{1h};
    struct Request {
        Action action;
        Time sent;
    };
    std::deque<Request> asked;  ///< of the contact center, not carried out
    std::deque<Event> late;     ///< carried out, the answer is on its way
    std::uint64_t requests = 0, subscriptions = 0;
    std::string way;  ///< the steps that led here

    const Agent* agent() const {
        const auto slot = engine.roster().find(me);
        return slot ? &engine.roster().at(*slot) : nullptr;
    }
    RequestId request() { return RequestId{++requests}; }
    std::optional<std::string> breach() { return watch.breach() ? watch.breach() : center.breach(engine); }

    void on(const Event& event) {
        center.told(event);
        Actions actions;
        engine.on(event, now, actions);
        note(&event, actions);
    }
    void tick() {
        Actions actions;
        now = std::max(now, *engine.next_deadline());
        forget();
        engine.on_time(now, actions);
        note(nullptr, actions);
    }
    void note(const Event* event, const Actions& actions) {
        watch.seen(engine, event, actions);
        center.asked(actions, now);
        center.breach(engine);
        for (const Action& action : actions) {
            const bool for_center = visit_each(
                                        [](const auto& a) {
                                            return requires { a.operation; };
                                        },
                                        action) ||
                                    holds<LogoutMedium>(action);
            if (for_center) asked.push_back({action, now});
        }
    }
    /// What the contact center has not done in a minute it does not do any more.
    void forget() {
        while (!asked.empty() && now - asked.front().sent >= 1min) center.ignore(take());
    }
    Action take() {
        const Action first = asked.front().action;
        asked.pop_front();
        return first;
    }
};

std::string canonical_form(const Situation& s) {
    Printer printer(Printer::Form::canonical);
    printer.put(s.engine.next_deadline());
    printer.put(s.engine.link_up({}));
    for (const auto slot : s.engine.roster().slots()) {
        for (std::size_t i = 0; i < errand_count; ++i)
            printer.put(s.engine.errands().of(slot).has(static_cast<Errand>(i)));
        printer.put(s.engine.roster().at(slot));
    }
    for (const auto& request : s.asked) {
        printer.put(request.action);
        printer.put(request.sent + 1min);
    }
    for (const Event& event : s.late) printer.put(event);
    return printer.take_ranked(s.now) + s.center.print();
}

/// What the contact center says to a request that it has carried out, or refused.
std::vector<Event> answers(const Situation& s, const Action& action, Failure failure) {
    if (const auto* out = as<LogoutMedium>(action)) {
        if (failure != Failure::none) return {MediumRefused{out->agent, out->channel, failure, "refused"}};
        return {AgentState{out->agent, out->channel, MediumState::logged_out, 0, {}}};
    }
    const OperationId operation = visit_each(
        [](const auto& a) {
            if constexpr (requires { a.operation; }) return a.operation;
            return OperationId{};
        },
        action);
    if (const auto* query = as<QueryAgent>(action); query && failure == Failure::none) {
        const bool in = s.center.in(query->agent, Channel::voice);
        std::vector<Event> told{AgentFound{operation, in, device, device}};
        if (in)
            told.insert(told.begin(), AgentState{query->agent, Channel::voice, MediumState::ready, {}, {}});
        return told;
    }
    std::vector<Event> told{Outcome{operation, failure, failure == Failure::none ? "" : "refused"}};
    if (failure != Failure::none) return told;
    if (const auto* set = as<SetVoiceState>(action))
        told.push_back(AgentState{set->agent, Channel::voice, MediumState::not_ready, set->reason, {}});
    if (const auto* out = as<Logout>(action))
        told.push_back(AgentState{out->agent, Channel::voice, MediumState::logged_out, 0, {}});
    return told;
}

void agree(Situation& s) {
    const Action action = s.take();
    const Failure failure = s.center.carry_out(action);
    const auto* query = as<QueryAgent>(action);
    if (query ? s.center.in(query->agent, Channel::voice) : is_in_already(failure))
        s.center.found(s.engine, action);
    for (const Event& event : answers(s, action, failure)) s.on(event);
}

struct Step {
    std::string_view name;
    std::function<void(Situation&)> take;
};

void steps_of_center(const Situation& s, std::vector<Step>& steps) {
    if (!s.late.empty()) {
        steps.push_back({"late answer", [](Situation& next) {
                             const Event event = next.late.front();
                             next.late.pop_front();
                             next.on(event);
                         }});
    }
    if (s.asked.empty()) return;
    steps.push_back({"agrees", agree});
    steps.push_back({"refuses", [](Situation& next) {
                         const Action action = next.take();
                         next.center.refuse(next.engine, action);
                         for (const Event& event : answers(next, action, Failure::other)) next.on(event);
                     }});
    if (!logs_in_or_out(s.asked.front().action)) return;
    steps.push_back({"does it and is silent", [](Situation& next) { next.center.carry_out(next.take()); }});
    if (!s.late.empty()) return;
    steps.push_back({"does it and answers late", [](Situation& next) {
                         const Action action = next.take();
                         const Failure failure = next.center.carry_out(action);
                         for (const Event& event : answers(next, action, failure)) {
                             if (std::holds_alternative<Outcome>(event)) {
                                 next.late.push_back(event);
                             } else {
                                 next.on(event);
                             }
                         }
                     }});
}

/// What is on its way is lost; the contact center may have done it all the same.
void lose_link(Situation& s, bool carried_out) {
    for (const auto& request : s.asked)
        carried_out ? void(s.center.carry_out(request.action)) : s.center.lose(request.action, s.now);
    s.asked.clear();
    s.late.clear();
    s.on(LinkDown{{}, "reset"});
}

void subscribe(Situation& s, std::string_view work_center) {
    s.on(Subscribe{.request = s.request(),
                   .subscription = {++s.subscriptions},
                   .user = user,
                   .user_name = "Miller",
                   .app_id = "app",
                   .work_center = Secret{std::string(work_center)},
                   .profile = s.profile});
}

/// A supervisor, or the agent in another client, before the contact center comes to the requests that wait.
void steps_of_others(const Situation& s, std::vector<Step>& steps) {
    if (!s.engine.link_up({})) return;
    for (const Channel c : channels) {
        if (!s.center.in(me, c)) continue;
        steps.push_back({"logged out elsewhere", [c](Situation& next) {
                             next.on(AgentState{me, c, MediumState::logged_out, 0, {}});
                         }});
    }
    if (s.center.in(me, Channel::voice)) return;
    steps.push_back({"logged in elsewhere", [](Situation& next) {
                         next.center.log_in(me, Channel::voice);
                         next.on(AgentState{me, Channel::voice, MediumState::not_ready, 0, {}});
                     }});
}

std::vector<Step> steps_from(const Situation& s, const Walk& walk) {
    std::vector<Step> steps;
    if (s.engine.next_deadline()) steps.push_back({"time", [](Situation& next) { next.tick(); }});
    steps_of_center(s, steps);
    if (s.engine.link_up({})) {
        steps.push_back({"link lost", [](Situation& next) { lose_link(next, false); }});
        if (!s.asked.empty())
            steps.push_back({"link lost after all", [](Situation& next) { lose_link(next, true); }});
    } else {
        steps.push_back({"link up", [](Situation& next) { next.on(LinkUp{}); }});
    }
    if (s.asked.size() > walk.at_once) return steps;
    steps.push_back({"unsubscribe", [](Situation& next) { next.on(Unsubscribe{next.request(), user}); }});
    steps.push_back({"subscribe", [&](Situation& next) { subscribe(next, walk.first); }});
    steps.push_back({"subscribe otherwise", [&](Situation& next) { subscribe(next, walk.other); }});
    steps.push_back({"subscribe illegally", [](Situation& next) { subscribe(next, "12345;x;52513;pm6c5"); }});
    steps_of_others(s, steps);
    const Agent* a = s.agent();
    if (!a) return steps;
    if (a->phase == Phase::logged_in)
        steps.push_back({"work mode 1", [](Situation& next) {
                             next.on(SetWorkmode{next.request(), user, 1});
                         }});
    if (a->subscribed()) {
        steps.push_back({"CRM lost", [id = a->subscription](Situation& next) {
                             next.on(SubscriptionLost{id, true, "gone"});
                         }});
    }
    return steps;
}

/// The agent unsubscribes and everything comes to its end.
std::optional<std::string> ends_badly(Situation s) {
    if (!s.engine.link_up({})) s.on(LinkUp{});
    const auto settle = [&] {
        for (int round = 0; round < 100 && (!s.asked.empty() || !s.late.empty()); ++round) {
            if (s.late.empty()) {
                agree(s);
                continue;
            }
            const Event event = s.late.front();
            s.late.pop_front();
            s.on(event);
        }
    };
    settle();
    s.on(Unsubscribe{s.request(), user});
    for (int round = 0; round < 20 && (s.engine.next_deadline() || !s.asked.empty()); ++round) {
        settle();
        if (s.engine.next_deadline()) s.tick();
    }
    s.watch.nothing_open();
    if (s.breach()) return s.breach();
    if (s.engine.roster().size() > 0) return "a record is left behind: " + canonical_form(s);
    return std::nullopt;
}

class LogOnStates : public ::testing::TestWithParam<Walk> {};

// R-DEC-35, R-HA-9, R-DEC-10, R-DEC-11, R-DEC-48, and allocation.md section 6, rules 7 and 9.
TEST_P(LogOnStates, LeaveNobodyBehind) {
    Situation start{.engine = Engine(walk_settings(), ItemId{1})};
    start.on(LinkUp{});

    const auto hash = [](const Situation& s) { return std::hash<std::string>{}(canonical_form(s)); };
    std::unordered_set<std::size_t> seen{hash(start)};
    std::deque<Situation> open{std::move(start)};
    std::size_t steps = 0;
    const std::size_t enough = std::min(states_at_most, GetParam().states * 3 / 2);
    while (!open.empty() && seen.size() < enough) {
        const Situation from = std::move(open.front());
        open.pop_front();
        for (const Step& step : steps_from(from, GetParam())) {
            Situation to = from;
            step.take(to);
            to.way.append(step.name).append("; ");
            ++steps;
            to.watch.whole(to.engine);
            ASSERT_EQ(to.breach(), std::nullopt) << to.way << '\n' << canonical_form(to);
            if (!seen.insert(hash(to)).second) continue;
            ASSERT_EQ(ends_badly(to), std::nullopt) << to.way << '\n' << canonical_form(to);
            open.push_back(std::move(to));
        }
    }
    std::cout << GetParam().name << ": " << seen.size() << " states, " << steps << " steps"
              << (open.empty() ? ", all\n" : "\n");
    if (enough == states_at_most) return;  // under sanitizers, the nearest ones
    EXPECT_TRUE(open.empty()) << "there are more states than expected";
    EXPECT_GE(seen.size(), GetParam().states * 9 / 10);
}

INSTANTIATE_TEST_SUITE_P(
    Agents, LogOnStates,
    ::testing::Values(Walk{"Phone", "12345;x;52513;p", "12345;x;52513;m", 2, 30'291},
                      Walk{"Media", "12345;x;52513;m", "12345;x;52513;c", 2, 32'445},
                      Walk{"PhoneAndMedia", "12345;x;52513;pm", "12345;x;52513;p", 2, 185'066},
                      Walk{"Shadow", "12345;x;52513;pmSL", "12345;x;52513;p", 2, 33'550},
                      Walk{"TwoAgents", "12345;x;52513;m", "54321;x;52513;m", 1, 320'303}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace cticonnector::engine::testing
