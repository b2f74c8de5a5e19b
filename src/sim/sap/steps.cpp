// The steps of a script, each checked when it is read and run at its time.
#include <array>
#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cticonnector/protocol/ici/attached_data.hpp"
#include "cticonnector/protocol/ici/codec.hpp"
#include "from_json.hpp"
#include "sap_simulator.hpp"

namespace cticonnector::sim::sap {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t most_items = 10'000'000;
constexpr double most_per_second = 1e6;
constexpr const char* item_pattern = "SAP-%06d";
constexpr const char* background_user = "WF-BATCH";

/// refuse_connections, delayed_subscribe and none are not about single events.
enum class Spoil : std::uint8_t { event, refuse_connections, delayed_subscribe, none };
struct Spoiled {
    Spoil kind;
    Wrong wrong{};
};
constexpr std::array<std::pair<std::string_view, Spoiled>, 10> spoiled_words{{
    {"slow", {Spoil::event, Wrong::slow}},
    {"http_error", {Spoil::event, Wrong::http_error}},
    {"no_answer", {Spoil::event, Wrong::no_answer}},
    {"reset", {Spoil::event, Wrong::reset}},
    {"garbage", {Spoil::event, Wrong::garbage}},
    {"fault", {Spoil::event, Wrong::fault}},
    {"unknown_appid", {Spoil::event, Wrong::unknown_appid}},
    {"refuse_connections", {Spoil::refuse_connections}},
    {"delayed_subscribe", {Spoil::delayed_subscribe}},
    {"none", {Spoil::none}},
}};

constexpr std::array<std::pair<std::string_view, bool>, 2> app_id_words{{{"same", true}, {"new", false}}};

ici::ActionItem read_item_data(Object& step) {
    ici::ActionItem data = action_item_from(step.object("item_data"));
    ici::AttachedData attached;
    Object variables = step.object("call_variables");  // {"CV01": "...", ...}
    for (std::size_t i = 0; i < attached.call_variables.size(); ++i)
        attached.call_variables[i] = variables.text(numbered("CV%02d", i + 1), "");
    variables.done();
    if (step.has("call_variables")) data.attached_data = ici::write_attached_data(attached);
    return data;
}

}  // namespace

const std::vector<SapSimulator::Verb>& SapSimulator::verbs() {
    static const std::vector<Verb> all{
        {"log_on", &SapSimulator::log_on},
        {"log_off", &SapSimulator::log_off},
        {"set_workmode", &SapSimulator::set_workmode},
        {"manual_sessions", &SapSimulator::manual_sessions},
        {"behave", &SapSimulator::behave},
        {"add_items", &SapSimulator::add_items},
        {"delete_item", &SapSimulator::delete_item},
        {"request", &SapSimulator::request},
        {"post", &SapSimulator::post},
        {"inject", &SapSimulator::inject},
        {"wait_for", &SapSimulator::wait_for},
        {"expect_idle", &SapSimulator::expect_idle},
        {"print", &SapSimulator::print},
        {"finish", &SapSimulator::finish},
    };
    return all;
}

std::vector<std::string_view> SapSimulator::step_names() {
    std::vector<std::string_view> names;
    for (const Verb& row : verbs()) names.push_back(row.name);
    return names;
}

Action SapSimulator::compile(const std::string& verb, Object& step) {
    for (const Verb& row : verbs())
        if (row.name == verb) return (this->*row.compile)(step);
    throw ScriptError(step.place(), "\"" + verb + "\" is no step of the SAP side");
}

std::vector<AgentIndex> SapSimulator::agents_of(Object& step) const {
    std::vector<std::string> users = step.texts("users");
    if (step.has("user")) users.push_back(step.text("user"));
    std::vector<AgentIndex> agents;
    for (const std::string& user : users) {
        const auto found = by_user_.find(user);
        if (found == by_user_.end()) throw ScriptError(step.place(), "there is no agent \"" + user + "\"");
        agents.push_back(found->second);
    }
    if (users.empty())
        for (AgentIndex index = 0; index < by_user_.size(); ++index) agents.push_back(index);
    return agents;
}

Action SapSimulator::for_each(std::vector<AgentIndex> agents, std::function<void(AgentIndex, Time)> call) {
    return held([this, agents = std::move(agents), call = std::move(call)] {
        for (const AgentIndex agent : agents) call(agent, Clock::now());
        traffic_.pump();
    });
}

Action SapSimulator::log_on(Object& step) {
    LogOn how;
    how.same_app_id = step.word<bool>("app_id", app_id_words, false);
    if (step.has("workcenter")) how.workcenter = Secret(step.text("workcenter"));
    return for_each(agents_of(step),
                    [this, how](AgentIndex agent, Time now) { traffic_.desks().log_on(agent, how, now); });
}

Action SapSimulator::log_off(Object& step) {
    const bool workmode_first = step.flag("workmode_first", true);
    return for_each(agents_of(step), [this, workmode_first](AgentIndex agent, Time) {
        traffic_.desks().log_off(agent, workmode_first);
    });
}

Action SapSimulator::set_workmode(Object& step) {
    return for_each(agents_of(step), [this, mode = step.text("workmode")](AgentIndex agent, Time) {
        traffic_.desks().set_workmode(agent, mode);
    });
}

Action SapSimulator::manual_sessions(Object& step) {
    return for_each(agents_of(step), [this, count = step.integer<unsigned>("count")](AgentIndex agent, Time) {
        traffic_.desks().set_manual_sessions(agent, count);
    });
}

Action SapSimulator::behave(Object& step) {
    return for_each(agents_of(step),
                    [this, change = read_behaviour(step.object("behaviour"))](AgentIndex agent, Time now) {
                        const Behaviour& before = traffic_.desks().agents()[agent].spec.behaviour;
                        traffic_.desks().behave(agent, change.applied_to(before), now);
                    });
}

Action SapSimulator::add_items(Object& step) {
    Batch batch;
    batch.id = step.text("id", item_pattern);
    batch.count = static_cast<std::size_t>(step.number("count", 1, most_items, 1));
    batch.first = static_cast<std::size_t>(step.number("first", 0, most_items, 1));
    batch.per_second = step.real("per_second", 0, most_per_second, 0);
    batch.scenario = {step.text("scenario"), step.text("scenario_text", "")};
    for (std::string& user : step.texts("prefer")) batch.users.push_back({std::move(user), "", "agent"});
    batch.data = read_item_data(step);
    batch.background_user = step.text("background_user", background_user);
    return held([this, batch] {
        traffic_.action_items().add(batch, Clock::now());
        traffic_.pump();
    });
}

Action SapSimulator::delete_item(Object& step) {
    const std::string pattern = step.text("id", item_pattern);
    const auto first = static_cast<std::size_t>(step.number("first", 0, most_items, 1));
    const auto count = static_cast<std::size_t>(step.number("count", 1, most_items, 1));
    const ici::Header header{step.text("background_user", background_user), "EN"};
    return held([this, pattern, first, count, header] {
        for (std::size_t number = first; number < first + count; ++number) {
            const std::string id = numbered(pattern, number);
            traffic_.ask({header, ici::request::DeleteActionItem{id}}, [this, id](const Outcome& outcome) {
                if (std::holds_alternative<ici::Reply>(outcome)) traffic_.action_items().deleted(id);
            });
        }
    });
}

Action SapSimulator::request(Object& step) {
    const ici::RequestMessage message{
        {step.text("user", ""), step.text("language", "EN")},
        request_from(step.text("operation"), step.object("parameters"), step.place())};
    return held([this, message] { traffic_.ask(message, [](const Outcome&) {}); });
}

Action SapSimulator::post(Object& step) {
    return held([this, service = step.text("service", ""), body = step.text("body")] {
        traffic_.post(service, body);
    });
}

Action SapSimulator::inject(Object& step) {
    const auto what = step.word<Spoiled>("what", spoiled_words);
    if (what.kind == Spoil::none) return held([this] { traffic_.injections().clear(); });
    if (what.kind == Spoil::refuse_connections)
        return held([this, ms = step.duration("ms")] { traffic_.server().refuse_for(ms); });
    if (what.kind == Spoil::delayed_subscribe) {
        return for_each(agents_of(step), [this, ms = step.duration("ms")](AgentIndex agent, Time) {
            traffic_.delay_subscription(agent, ms);
        });
    }
    Injection injection{.what = what.wrong, .user = step.text("user", ""), .event = step.text("name", "")};
    injection.delay = step.duration("ms", milliseconds{0});
    injection.status = static_cast<unsigned>(step.number("status", 200, 599, injection.status));
    const auto count = step.integer<unsigned>("count", 1U);
    if (count > 0) injection.left = count;
    return held([this, injection] { traffic_.injections().add(injection); });
}

Action SapSimulator::print(Object& step) {
    const bool some = step.has("user") || step.has("users");
    return held([this, some, agents = agents_of(step)] {
        if (!some) return tell_totals("state");
        for (const AgentIndex agent : agents) tell_agent(agent);
    });
}

Action SapSimulator::finish(Object&) {
    return held([this] { ending_.quit(); });
}

}  // namespace cticonnector::sim::sap
