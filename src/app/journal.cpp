#include "journal.hpp"

#include <algorithm>
#include <array>
#include <iterator>

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
    add("device", note.device);
    if (note.limits) {
        for (const engine::Channel c : engine::channels) fields.emplace_back(name(c), (*note.limits)[c]);
    }
    if (note.call) fields.emplace_back("call", note.call->call);
    if (note.decision && note.decision->verdict == engine::Verdict::admit) {
        add("part", name(note.decision->part));
    }
    add("state", note.state);
    if (note.workmode) fields.emplace_back("workmode", *note.workmode);
    add("reason", note.reason);
    add("why", note.why);
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
    const std::string& key = note.item.value;
    if (key.empty()) return;
    if (note.decision) {
        const auto item = items_.try_emplace(key).first;
        lives(item->second);  // a call that was refused may be shown again under its key (R-DEC-20)
        item->second.records.push_back({std::chrono::system_clock::now(), note.agent, key, note.external_id,
                                        note.channel.value_or(engine::Channel::voice), *note.decision});
        by_agent_[note.agent.name].emplace(item->first, &item->second);
        if (!note.external_id.empty()) by_external_id_[note.external_id].emplace(item->first, &item->second);
    }
    if (ends_offer(note.what)) ended(key);
}

void Journal::lives(Item& item) {
    if (item.ended) ended_.erase(*item.ended);
    item.ended.reset();
}

void Journal::ended(const std::string& key) {
    const auto item = items_.find(key);
    if (item == items_.end()) return;
    lives(item->second);
    ended_.push_back(key);
    item->second.ended = std::prev(ended_.end());
    if (ended_.size() <= kept_) return;
    forget(ended_.front());
    ended_.pop_front();
}

void Journal::forget(const std::string& key) {
    const auto item = items_.find(key);
    const auto leave = [&](Index& index, const std::string& name) {
        const auto found = index.find(name);
        if (found == index.end()) return;
        found->second.erase(item->first);
        if (found->second.empty()) index.erase(found);
    };
    for (const DecisionRecord& record : item->second.records) {
        leave(by_agent_, record.agent.name);
        leave(by_external_id_, record.external_id);
    }
    items_.erase(item);
}

namespace {

void newest_first(std::vector<DecisionRecord>& records) {
    std::ranges::stable_sort(records, std::ranges::greater{}, &DecisionRecord::time);
}

}  // namespace

std::vector<DecisionRecord> Journal::about_item(std::string_view wanted) const {
    Found items;
    if (const auto exact = items_.find(wanted); exact != items_.end())
        items.emplace(exact->first, &exact->second);
    const std::string with_offers = std::string(wanted) + "-";
    for (auto offer = items_.lower_bound(with_offers);
         offer != items_.end() && offer->first.starts_with(with_offers); ++offer) {
        items.emplace(offer->first, &offer->second);
    }
    if (const auto named = by_external_id_.find(wanted); named != by_external_id_.end())
        items.insert(named->second.begin(), named->second.end());
    std::vector<DecisionRecord> found;
    for (const auto& [key, item] : items) std::ranges::copy(item->records, std::back_inserter(found));
    newest_first(found);
    return found;
}

std::vector<DecisionRecord> Journal::about_agent(std::string_view agent) const {
    std::vector<DecisionRecord> found;
    const auto items = by_agent_.find(agent);
    if (items == by_agent_.end()) return found;
    for (const auto& [key, item] : items->second) {
        std::ranges::copy_if(item->records, std::back_inserter(found),
                             [&](const DecisionRecord& record) { return record.agent.name == agent; });
    }
    newest_first(found);
    return found;
}

}  // namespace cticonnector::app
