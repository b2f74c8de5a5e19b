// Start, end, waits and figures. The steps are in steps.cpp.
#include "sap_simulator.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace cticonnector::sim::sap {
namespace {

using Read = std::size_t (*)(Traffic&);
struct Figure {
    std::string_view name;
    Read read;
};

// Everything that can be waited for and that the counters at the end tell.
constexpr std::array figures{
    Figure{"agents_logged_on", [](Traffic& t) { return t.desks().logged_on(); }},
    Figure{"agents_ready", [](Traffic& t) { return t.desks().ready(); }},
    Figure{"open_items", [](Traffic& t) { return t.desks().open_items(); }},
    Figure{"open_requests", [](Traffic& t) { return t.desks().open_requests(); }},
    Figure{"items_seen", [](Traffic& t) { return t.desks().totals().seen; }},
    Figure{"items_accepted", [](Traffic& t) { return t.desks().totals().accepted; }},
    Figure{"items_rejected", [](Traffic& t) { return t.desks().totals().rejected; }},
    Figure{"items_refused", [](Traffic& t) { return t.desks().totals().refused; }},
    Figure{"items_ignored", [](Traffic& t) { return t.desks().totals().ignored; }},
    Figure{"items_completed", [](Traffic& t) { return t.desks().totals().completed; }},
    Figure{"items_lost", [](Traffic& t) { return t.desks().totals().lost; }},
    Figure{"items_overbooked", [](Traffic& t) { return t.desks().totals().overbooked; }},
    Figure{"action_items_added", [](Traffic& t) { return t.action_items().added(); }},
    Figure{"action_items_refused", [](Traffic& t) { return t.action_items().refused(); }},
    Figure{"action_items_completed", [](Traffic& t) { return t.action_items().completed(); }},
    Figure{"action_items_open", [](Traffic& t) { return t.action_items().open(); }},
    Figure{"requests", [](Traffic& t) { return t.counters().requests; }},
    Figure{"replies", [](Traffic& t) { return t.counters().replies; }},
    Figure{"faults", [](Traffic& t) { return t.counters().faults; }},
    Figure{"no_answers", [](Traffic& t) { return t.counters().no_answers; }},
    Figure{"events", [](Traffic& t) { return t.counters().events; }},
    Figure{"retries", [](Traffic& t) { return t.counters().retries; }},
    Figure{"duplicates", [](Traffic& t) { return t.counters().duplicates; }},
    Figure{"unknown_app_ids", [](Traffic& t) { return t.counters().unknown_app_ids; }},
    Figure{"unknown_events", [](Traffic& t) { return t.counters().unknown_events; }},
    Figure{"injected", [](Traffic& t) { return t.counters().injected; }},
    Figure{"protocol_errors", [](Traffic& t) { return t.counters().protocol_errors; }},
};

Json counts_of(const Counts& counts) {
    return {{"seen", counts.seen},       {"accepted", counts.accepted},    {"rejected", counts.rejected},
            {"refused", counts.refused}, {"ignored", counts.ignored},      {"completed", counts.completed},
            {"lost", counts.lost},       {"overbooked", counts.overbooked}};
}

}  // namespace

const std::vector<Sentence> sentences{
    {"listening", "waiting for events at {url}"},
    {"ici.request", "{user} asks {operation} {item} {reason}"},
    {"ici.reply", "{user} {operation} {item} done after {latency_ms} ms"},
    {"ici.fault", "{user} {operation} {item} refused: {error_id}, {text}"},
    {"ici.no_answer", "{user} {operation} {item} got no answer: {why}"},
    {"ici.event", "{user} is told {name} {item} {processing_status} {workmode}"},
    {"ici.unknown_event", "an event that is not known: {text}"},
    {"ici.unknown_app_id", "{name} for appId {app_id}, which is not there"},
    {"injected", "{user}: the answer to the next line is spoiled: {what}"},
    {"protocol_error", "PROTOCOL ERROR {user}: {text}"},
    {"wait_over", "{place} has come"},
    {"wait_failed", "{place} has not come: {missing}"},
};

SapSimulator::SapSimulator(const Settings& settings, boost::asio::io_context& io, Output& output,
                           std::uint64_t app_id_seed, Ending ending)
    : output_(output),
      traffic_(io, output, settings, app_id_seed),
      ending_(std::move(ending)),
      wait_timer_(io) {
    for (AgentIndex index = 0; index < settings.agents.size(); ++index)
        by_user_.emplace(settings.agents[index].user, index);
    traffic_.on_change([this] { check_wait(); });
}

void SapSimulator::start() {
    output_.report("listening", {{"url", traffic_.app_url()}, {"port", traffic_.server().port()}});
}

void SapSimulator::stop() {
    if (wait_) wait_failed("stopped before");
    wait_timer_.cancel();
    held_.clear();
    const auto& agents = traffic_.desks().agents();
    for (AgentIndex index = 0; index < agents.size(); ++index)
        if (agents[index].counts.seen + agents[index].counts.accepted > 0) tell_agent(index);
    tell_totals("counters");
    if (failed_ || traffic_.counters().protocol_errors > 0) ending_.failed();
    traffic_.close();
}

std::vector<std::string_view> SapSimulator::figure_names() {
    std::vector<std::string_view> names;
    for (const Figure& one : figures) names.push_back(one.name);
    return names;
}

std::size_t SapSimulator::figure(std::string_view name) {
    return std::ranges::find(figures, name, &Figure::name)->read(traffic_);
}

void SapSimulator::tell_agent(AgentIndex index) {
    const Agent& agent = traffic_.desks().agents()[index];
    Json fields{{"user", agent.spec.user},
                {"presence", word_of(agent.presence)},
                {"workmode", agent.workmode},
                {"open_items", agent.items.size()},
                {"manual_sessions", agent.manual_sessions}};
    fields.update(counts_of(agent.counts));
    output_.report("agent", fields);
}

void SapSimulator::tell_totals(std::string_view event) {
    Json fields;
    for (const Figure& one : figures) fields[std::string(one.name)] = one.read(traffic_);
    output_.report(event, fields);
}

Action SapSimulator::wait_for(Object& step) {
    Wait wait = read_wait(step, figure_names());
    step.done();  // a misspelt figure is named as such
    if (wait.conditions.empty()) throw ScriptError(step.place(), "waits for nothing");
    return held([this, wait = std::move(wait)] { begin_wait(wait); });
}

Action SapSimulator::expect_idle(Object& step) {
    return held([this, wait = idle_wait(step)] { begin_wait(wait); });
}

Action SapSimulator::held(Action action) {
    return [this, action = std::move(action)] {
        held_.push_back(action);
        run_held();
    };
}

void SapSimulator::run_held() {
    while (!wait_ && !held_.empty()) {
        const Action action = std::move(held_.front());
        held_.pop_front();
        action();
    }
}

void SapSimulator::begin_wait(const Wait& wait) {
    wait_ = wait;
    wait_timer_.expires_after(wait.timeout);
    wait_timer_.async_wait([this](boost::system::error_code error) {
        if (!error && wait_) wait_failed("time is up");
    });
    check_wait();
}

void SapSimulator::check_wait() {
    if (!wait_) return;
    const auto read = [this](std::string_view name) { return figure(name); };
    if (!missing(*wait_, read).empty()) return;
    output_.report("wait_over", {{"place", wait_->place}});
    wait_.reset();
    wait_timer_.cancel();
    run_held();
}

void SapSimulator::wait_failed(const std::string& why) {
    const auto read = [this](std::string_view name) { return figure(name); };
    output_.report("wait_failed",
                   {{"place", wait_->place}, {"why", why}, {"missing", missing(*wait_, read)}});
    wait_.reset();
    held_.clear();
    failed_ = true;
    ending_.quit();
}

}  // namespace cticonnector::sim::sap
