#include "journal.hpp"

#include <algorithm>
#include <array>

#include "labels.hpp"

namespace cticonnector::app {

namespace {

using engine::Note;
using engine::What;

/// Which line of the log a note is (observability.md).
LogEvent event_of(What what) {
    switch (what) {
        case What::agent_login: return "agent.login";
        case What::agent_login_refused: return "agent.login_refused";
        case What::agent_logout: return "agent.logout";
        case What::agent_state: return "agent.state";
        case What::item_offered: return "item.offered";
        case What::item_refused: return "item.refused";
        case What::item_accepted: return "item.accepted";
        case What::item_rerouted: return "item.rerouted";
        case What::item_ended: return "item.ended";
        case What::item_parked: return "item.parked";
        case What::item_invisible: return "item.invisible";
        case What::item_unknown_reason: return "item.unknown_reason";
        case What::cc_request_failed: return "cc.request_failed";
        case What::cc_unexpected: return "cc.unexpected";
        case What::crm_subscription_lost: return "crm.subscription_lost";
        case What::invariant_broken: return "invariant.broken";
    }
    return "cc.unexpected";
}

bool ends_offer(What what) {
    return what == What::item_refused || what == What::item_rerouted || what == What::item_ended;
}

/// What an administrator of SAP can do about A0 (R-HA-12).
constexpr std::string_view http_sessions =
    "the user's HTTP sessions on the SAP application server are used up (icm/HTTP/esid_max_ctx)";

std::string task_text(const engine::TaskId& task) {
    return std::to_string(task.group_high) + "_" + std::to_string(task.group_low) + "_" +
           std::to_string(task.sequence);
}

/// The CRM may write what it likes into its reason: a label with foreign text would be a series of its own
/// for every text.
std::string_view counted_reason(std::string_view reason) {
    using engine::RouteReason;
    static constexpr std::array of_crm{"A0", "A1", "M0"};
    static constexpr std::array of_connector{RouteReason::RONA, RouteReason::REJECT, RouteReason::REROUTE,
                                             RouteReason::RESTART, RouteReason::TIMEOUT};
    const bool known = std::ranges::find(of_crm, reason) != of_crm.end() ||
                       std::ranges::any_of(of_connector, [&](auto r) { return name(r) == reason; }) ||
                       reason == name(engine::Processing::rerouted);
    return known ? reason : "other";
}

}  // namespace

void Journal::write(const Note& note) {
    count(note);
    keep(note);
    const LogEvent event = event_of(note.what);
    if (!log_.writes(event.level())) return;

    std::string task;
    std::string explanation;
    std::vector<LogField> fields;
    const auto add = [&](std::string_view key, std::string_view value) {
        if (!value.empty()) fields.emplace_back(key, value);
    };
    add("agent", note.agent.name);
    add("user", note.user.value);
    add("item", note.item.value);
    if (note.channel) add("channel", name(*note.channel));
    add("action_item", note.external_id);
    if (note.task && *note.task != engine::no_task) {
        task = task_text(*note.task);
        add("task", task);
    }
    if (note.call) fields.emplace_back("call", note.call->call);
    if (note.decision && note.decision->verdict == engine::Verdict::admit) {
        add("part", name(note.decision->part));
    }
    add("reason", note.reason);
    if (note.origin) add("origin", name(*note.origin));
    if (note.decision) {
        explanation = explain(*note.decision);
        add("explain", explanation);
    }
    add("text", note.text.empty() && note.reason.starts_with("A0") ? http_sessions : note.text);
    log_.write(event, fields);
}

void Journal::count(const Note& note) {
    const std::string channel = note.channel ? label("channel", name(*note.channel)) : "channel=\"\"";
    if (note.decision) {
        const bool refused = note.decision->verdict == engine::Verdict::refuse;
        ++counters_.offers[channel + "," +
                           label("outcome",
                                 refused ? name(note.decision->refusal) : name(note.decision->verdict))];
    }
    if (note.what == What::item_rerouted) {
        ++counters_.reroutes[channel + "," + label("reason", counted_reason(note.reason)) + "," +
                             label("origin", note.origin ? name(*note.origin) : "")];
    }
    if (note.what == What::invariant_broken) ++counters_.invariant_broken;
}

void Journal::keep(const Note& note) {
    const std::string& item = note.item.value;
    if (item.empty()) return;
    if (note.decision) {
        by_item_[item].push_back({std::chrono::system_clock::now(), note.agent, item, note.external_id,
                                  note.channel.value_or(engine::Channel::voice), *note.decision});
    }
    if (ends_offer(note.what)) ended(item);
}

void Journal::ended(const std::string& item) {
    ended_.push_back(item);
    if (ended_.size() <= kept_) return;
    by_item_.erase(ended_.front());
    ended_.pop_front();
}

namespace {

template <class Matches>
std::vector<DecisionRecord> collect(const std::unordered_map<std::string, std::vector<DecisionRecord>>& all,
                                    Matches matches) {
    std::vector<DecisionRecord> found;
    for (const auto& [item, records] : all) {
        std::copy_if(records.begin(), records.end(), std::back_inserter(found), matches);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const DecisionRecord& a, const DecisionRecord& b) { return a.time > b.time; });
    return found;
}

}  // namespace

std::vector<DecisionRecord> Journal::about_item(std::string_view item) const {
    const std::string with_offers = std::string(item) + "-";
    return collect(by_item_, [&](const DecisionRecord& r) {
        return r.item == item || r.item.starts_with(with_offers) || (!item.empty() && r.external_id == item);
    });
}

std::vector<DecisionRecord> Journal::about_agent(std::string_view agent) const {
    return collect(by_item_, [&](const DecisionRecord& r) { return r.agent.name == agent; });
}

}  // namespace cticonnector::app
