#include "cticonnector/admin/journal.hpp"

#include <algorithm>

#include "cticonnector/base/labels.hpp"
#include "cticonnector/base/utc.hpp"
#include "cticonnector/language/phrases.hpp"
#include "wall_time.hpp"

namespace cticonnector::admin {

namespace {

using engine::Note;
using engine::What;

}  // namespace

LogEvent event_of(What what) {
    switch (what) {
        case What::agent_login: return "agent.login";
        case What::agent_login_refused: return "agent.login_refused";
        case What::agent_logout: return "agent.logout";
        case What::agent_state: return "agent.state";
        case What::item_added: return "item.added";
        case What::item_requested: return "item.requested";
        case What::item_label: return "item.label";
        case What::item_waiting: return "item.waiting";
        case What::item_offered: return "item.offered";
        case What::item_dialled: return "item.dialled";
        case What::item_adopted: return "item.adopted";
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

namespace {

/// What an administrator of SAP can do about A0 (R-HA-12).
constexpr std::string_view http_sessions =
    "the user's HTTP sessions on the SAP application server are used up (icm/HTTP/esid_max_ctx)";

std::string_view counted_reason(std::string_view reason) {
    const auto& known = Journal::counted_reasons;
    if (reason.starts_with("A0") || reason.starts_with("A1")) reason = reason.substr(0, 2);  // as the engine
    const auto* found = std::ranges::find(known, reason);
    return found == known.end() ? known.back() : *found;
}

}  // namespace

NoteFields::NoteFields(const Note& note, Time when) {
    add("agent", note.agent.name);
    add("user", note.user.value);
    add("item", note.item.value);
    if (note.channel) add("channel", name(*note.channel));
    add("action_item", note.external_id);
    if (note.task && *note.task != engine::no_task) add_made("task", task_text(*note.task));
    if (note.log_on) add_log_on(*note.log_on);
    if (note.call) fields_.emplace_back("call", note.call->call);
    if (note.decision && note.decision->verdict == engine::Verdict::admit)
        add("part", name(note.decision->part));
    add("state", note.state);
    if (note.workmode) fields_.emplace_back("workmode", *note.workmode);
    add("scenario", note.scenario);
    add("label", note.label);
    if (note.attempt) fields_.emplace_back("try", *note.attempt);
    add("request", note.request);
    const bool broken = note.what == What::invariant_broken;
    add("reason", note.reason);
    add("why", note.why);
    add_made(broken ? "reason" : "why", language::sentence(note.because));
    if (note.origin) add("origin", name(*note.origin));
    if (note.sessions) fields_.emplace_back("sessions", *note.sessions);
    if (note.hidden) fields_.emplace_back("hidden", *note.hidden);
    if (note.next && wall_time(*note.next) > when) add_made("next", utc_text(wall_time(*note.next)));
    if (note.decision) add_made("explain", language::sentence(explanation(*note.decision)));
    if (note.text.empty() && note.reason.starts_with("A0"))
        add("text", http_sessions);
    else
        add_made("text", language::sentence(note.text));
}

void NoteFields::add_log_on(const engine::LogOn& log_on) {
    add("device", log_on.device);
    add("peer", log_on.peer);
    if (log_on.adopted) fields_.emplace_back("adopted", 1);
    if (!log_on.limits) return;
    for (const engine::Channel c : engine::channels) fields_.emplace_back(name(c), (*log_on.limits)[c]);
}

void NoteFields::add(std::string_view key, std::string_view value) {
    if (!value.empty()) fields_.emplace_back(key, value);
}

void NoteFields::add_made(std::string_view key, std::string value) {
    if (value.empty()) return;
    made_.push_back(std::move(value));
    add(key, made_.back());
}

void Journal::write(const Note& note) {
    count(note);
    stories_.add(note);
    const LogEvent event = event_of(note.what);
    if (log_.writes(event.level())) log_.write(event, NoteFields(note).fields());
}

void Journal::broken(std::string_view text) {
    Note note;
    note.what = What::invariant_broken;
    note.text = as_told(std::string(text));
    write(note);
}

void Journal::count(const Note& note) {
    const std::string channel = note.channel ? label("channel", name(*note.channel)) : "channel=\"\"";
    if (note.decision && note.what != What::item_dialled) {  // that is offered to nobody
        ++counters_.offers[channel + "," + label("outcome", outcome(*note.decision))];
    }
    if (note.what == What::item_rerouted) {
        ++counters_.reroutes[channel + "," + label("reason", counted_reason(note.reason)) + "," +
                             label("origin", note.origin ? name(*note.origin) : "")];
    }
    if (note.what == What::invariant_broken) ++counters_.invariant_broken;
}

}  // namespace cticonnector::admin
