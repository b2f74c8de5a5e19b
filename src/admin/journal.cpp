#include "cticonnector/admin/journal.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "cticonnector/admin/facts.hpp"
#include "cticonnector/base/described.hpp"
#include "cticonnector/base/labels.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/base/utc.hpp"
#include "cticonnector/language/phrases.hpp"

namespace cticonnector::admin {

namespace {

using namespace std::string_view_literals;
using engine::Note;
using engine::What;

/// "item_offered" is told as "item.offered".
consteval bool tells(std::string_view event, std::string_view word) {
    const auto part = std::min(word.find('_'), word.size());
    return event.size() == word.size() && event.substr(0, part) == word.substr(0, part) &&
           event.substr(part).starts_with('.') && event.substr(part + 1) == word.substr(part + 1);
}

/// Does not compile for a note without an event in the log's table.
consteval LogEvent event_by(std::string_view word) {
    for (const EventName& event : event_names) {
        if (tells(event.name, word)) return event.name.data();
    }
    throw "no such event in the table";
}

template <std::size_t... at>
consteval auto events_of_notes(std::index_sequence<at...>) {
    return std::array{event_by(word_of(static_cast<What>(at)))...};
}
constexpr auto note_events = events_of_notes(std::make_index_sequence<enumerators<What>().size()>{});

/// What an administrator of SAP can do about A0 (R-HA-12).
constexpr std::string_view http_sessions =
    "the user's HTTP sessions on the SAP application server are used up (icm/HTTP/esid_max_ctx)";

/// A CRM's reason counts by its code alone; what else it says may be any word, also one of ours.
std::string_view counted_reason(std::string_view reason, bool of_crm) {
    static constexpr std::array of_a_crm{"A0"sv, "A1"sv, "M0"sv, name(engine::Processing::rerouted)};
    const auto& known = Journal::counted_reasons;
    if (of_crm) reason = first_word(reason);
    if (of_crm && std::ranges::find(of_a_crm, reason) == of_a_crm.end()) return known.back();
    const auto* found = std::ranges::find(known, reason);
    return found == known.end() ? known.back() : *found;
}

}  // namespace

LogEvent event_of(What what) { return note_events[static_cast<std::size_t>(what)]; }

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
    if (note.because) add_made(broken ? "reason" : "why", language::sentence(*note.because));
    if (note.origin) add("origin", name(*note.origin));
    if (note.sessions) fields_.emplace_back("sessions", *note.sessions);
    if (note.hidden) fields_.emplace_back("hidden", *note.hidden);
    if (note.next && wall_time(*note.next) > when) add_made("next", utc_text(wall_time(*note.next)));
    if (note.decision) add_made("explain", language::sentence(explanation(*note.decision)));
    if (note.text.empty() && engine::refusal_of(note.reason) == engine::Refusal::A0)
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
        ++counters_
              .reroutes[channel + "," +
                        label("reason", counted_reason(note.reason, note.origin == engine::Origin::crm)) +
                        "," + label("origin", note.origin ? name(*note.origin) : "")];
    }
    if (note.what == What::invariant_broken) ++counters_.invariant_broken;
}

}  // namespace cticonnector::admin
