#include "metrics.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "cticonnector/admin/facts.hpp"
#include "cticonnector/base/labels.hpp"
#include "cticonnector/protocol/ici/codec.hpp"
#include "platform.hpp"

namespace cticonnector::app {

namespace {

using engine::Channel;

/// In decimals: people and scripts look for le="0.0001".
void append(std::string& out, double value) {
    std::array<char, 32> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed).ptr;
    out.append(digits.data(), end);
}

class Text {
  public:
    void head(std::string_view name, std::string_view type, std::string_view help) {
        const bool of_any_process = name.starts_with("process_");  // as every exporter calls them
        name_ = (of_any_process ? "" : "cticonnector_") + std::string(name);
        out_ += "# HELP " + name_ + " " + std::string(help) + "\n# TYPE " + name_ + " " + std::string(type) +
                "\n";
    }
    void value(std::uint64_t value, std::string_view labels = {}) {
        begin_value(labels);
        out_ += std::to_string(value) + '\n';
    }
    void value(double value, std::string_view labels = {}) {
        begin_value(labels);
        append(out_, value);
        out_ += '\n';
    }
    void counter(std::string_view name, std::string_view help, std::uint64_t count) {
        head(name, "counter", help);
        value(count);
    }
    void counters(std::string_view name, std::string_view help, const Counts& counts) {
        head(name, "counter", help);
        for (const auto& [labels, count] : counts) value(count, labels);
    }
    void gauges(std::string_view name, std::string_view help, const Counts& counts) {
        head(name, "gauge", help);
        for (const auto& [labels, count] : counts) value(count, labels);
    }
    void histogram(std::string_view name, std::string_view help, const Histogram& h) {
        head(name, "histogram", help);
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < h.counts.size(); ++i) {
            below += h.counts[i];
            out_ += name_ + "_bucket{le=\"";
            i < Histogram::bounds.size() ? append(out_, Histogram::bounds[i]) : void(out_ += "+Inf");
            out_ += "\"} " + std::to_string(below) + '\n';
        }
        out_ += name_ + "_sum ";
        append(out_, h.sum);
        out_ += '\n' + name_ + "_count " + std::to_string(h.count) + '\n';
    }
    std::string take() { return std::move(out_); }

  private:
    void begin_value(std::string_view labels) {
        out_ += name_;
        if (!labels.empty()) (out_ += '{').append(labels) += '}';
        out_ += ' ';
    }

    std::string name_;
    std::string out_;
};

struct Population {
    Counts agents;
    Counts sessions;
    std::uint64_t crm_failing = 0;
    std::uint64_t hidden = 0;
};

/// Every state and part that there is, so that an alert sees it go from 0 (R-OPS-35).
Population nobody() {
    using engine::Part;
    using engine::UserStatus;
    Population none;
    for (const UserStatus s : {UserStatus::logged_off, UserStatus::ready, UserStatus::not_ready,
                               UserStatus::reserved, UserStatus::busy, UserStatus::wrapup})
        none.agents[label("state", name(s))] = 0;
    for (const Channel c : engine::channels) {
        for (const Part p : {Part::regular, Part::buffer})
            none.sessions[label("channel", name(c)) + ',' + label("part", name(p))] = 0;
    }
    return none;
}

Population count_agents(const engine::Engine& engine, engine::Time now) {
    Population found = nobody();
    for (const auto slot : engine.roster().slots()) {
        const engine::Agent& agent = engine.roster().at(slot);
        if (!agent.subscribed()) continue;
        ++found.agents[label("state", name(agent.shown(engine.settings()).status))];
        found.crm_failing += agent.crm != engine::CrmHealth::alive;
        found.hidden += static_cast<std::uint64_t>(agent.manual(now));
        for (const engine::Session& s : agent.sessions) {
            ++found.sessions[label("channel", name(s.channel)) + ',' + label("part", name(s.part))];
        }
    }
    return found;
}

struct ItemsOfState {
    std::uint64_t count = 0;
    engine::Duration oldest{0};
};

std::map<std::string_view, ItemsOfState> count_items(const engine::Engine& engine, engine::Time now) {
    std::map<std::string_view, ItemsOfState> items;
    for (const std::string_view state : {"waiting", "delayed", "offered", "active", "parked"})
        items[state] = {};
    for (const auto& [item, agent] : engine.all_items()) {
        ItemsOfState& all = items[admin::item_state(*item)];
        ++all.count;
        all.oldest = std::max(all.oldest, std::chrono::duration_cast<engine::Duration>(now - item->since));
    }
    return items;
}

double seconds(std::chrono::duration<double> duration) { return duration.count(); }

void write_items(Text& text, const engine::Engine& engine, engine::Time now) {
    const auto items = count_items(engine, now);
    text.head("items", "gauge", "Action items and chats in the store");
    for (const auto& [state, all] : items) text.value(all.count, label("state", state));
    text.head("items_oldest_seconds", "gauge",
              "Since when the one that is longest in its state waits, was "
              "offered, accepted or parked; 0 without one");
    for (const auto& [state, all] : items) text.value(seconds(all.oldest), label("state", state));
}

void write_process(Text& text, std::chrono::system_clock::time_point started) {
    const ProcessUse use = process_use();
    const auto gauge = [&text](std::string_view name, std::string_view help, auto value) {
        if (!value) return;
        text.head(name, "gauge", help);
        text.value(*value);
    };
    if (use.cpu_seconds) {
        text.head("process_cpu_seconds_total", "counter", "Processor time used");
        text.value(*use.cpu_seconds);
    }
    gauge("process_resident_memory_bytes", "Memory in use", use.resident_bytes);
    gauge("process_open_fds", "Open files and sockets", use.open_files);
    gauge("process_max_fds", "Files and sockets that may be open", use.most_files);
    gauge("process_start_time_seconds", "Start, in seconds since 1970",
          std::optional{seconds(started.time_since_epoch())});
}

/// Every label that there is, from the start: an alert sees the first one as an increase (R-OPS-35).
Counts zero_offers() {
    using engine::Refusal;
    using engine::Verdict;
    Counts zeros;
    for (const Channel c : engine::channels) {
        const auto add = [&](std::string_view outcome) {
            zeros[label("channel", name(c)) + ',' + label("outcome", outcome)] = 0;
        };
        for (const Verdict v : {Verdict::admit, Verdict::hidden, Verdict::duplicate}) add(name(v));
        for (const Refusal r :
             {Refusal::not_logged_in, Refusal::crm_gone, Refusal::voice_active, Refusal::A1, Refusal::A0})
            add(name(r));
    }
    return zeros;
}

Counts zero_reroutes() {
    using engine::Origin;
    Counts zeros;
    for (const Channel c : engine::channels) {
        for (const std::string_view reason : admin::Journal::counted_reasons) {
            for (const Origin origin : {Origin::crm, Origin::cc, Origin::connector})
                zeros[label("channel", name(c)) + ',' + label("reason", reason) + ',' +
                      label("origin", name(origin))] = 0;
        }
    }
    return zeros;
}

Counts zero_events() {
    Counts zeros;
    for (const ici::EventKind kind :
         {ici::EventKind::subscription_ended, ici::EventKind::action_item_changed,
          ici::EventKind::user_changed, ici::EventKind::phone_call_changed, ici::EventKind::chat_changed}) {
        for (const std::string_view result : {"ok", "fault", "failed", "dropped"})
            zeros[label("event", event_name(kind)) + ',' + label("result", result)] = 0;
    }
    return zeros;
}

Counts with(Counts zeros, const Counts& counted) {
    for (const auto& [labels, count] : counted) zeros[labels] = count;
    return zeros;
}

}  // namespace

std::string metrics_text(const MetricSources& from) {
    Text text;
    const engine::Time now = std::chrono::steady_clock::now();
    const Population population = count_agents(from.engine, now);
    text.gauges("agents", "Agents by state", population.agents);
    text.gauges("sessions", "Agent sessions in use", population.sessions);
    text.counters("offers_total", "Offers decided", with(zero_offers(), from.journal.offers));
    text.counters("reroutes_total", "Items given back", with(zero_reroutes(), from.journal.reroutes));
    text.gauges("hidden_sessions", "Sessions that agents have open by hand, as far as learned by A1",
                {{"", population.hidden}});
    write_items(text, from.engine, now);
    text.counters("requests_total", "ICI requests of the CRM", from.crm.requests);
    text.histogram("request_seconds", "From a whole ICI request to its answer", from.crm.request_seconds);
    text.counters("events_total", "ICI events to the CRM, each try", with(zero_events(), from.crm.events));
    text.histogram("event_wait_seconds", "Wait for the same agent's previous answer and for a connection",
                   from.crm.event_wait);
    text.gauges("event_queue", "ICI events not answered yet", {{"", from.crm.event_queue}});
    text.histogram("crm_answer_seconds", "SAP's time for an event, from the socket to its answer",
                   from.crm.crm_answer);
    text.gauges("agents_crm_failing", "Agents whose events SAP does not take",
                {{"", population.crm_failing}});
    text.counters("cti_messages_total", "GED-188 messages", from.routing.cti_messages);
    text.counter("cti_unknown_total", "Messages and fields nobody knows", from.routing.cti_unknown);
    text.counters("cti_undecodable_total", "Messages that could not be decoded in whole or in part",
                  from.routing.cti_undecodable);
    text.counters("peers_refused_total", "Connections of peers that AllowedPeers does not name",
                  {{label("listener", "ici"), from.crm.peers_refused},
                   {label("listener", "mr"), from.routing.peers_refused},
                   {label("listener", "admin"), from.admin_peers_refused}});
    const auto& sides = from.routing.cti_link_up;
    text.gauges("cti_link_up", "1 when the CTI link is up on this side",
                {{label("side", "A"), sides[0]}, {label("side", "B"), sides[1]}});
    if (from.engine.settings().media)
        text.gauges("mr_link_up", "1 when a PIM is connected",
                    {{"", from.engine.router_up(from.engine.settings().router)}});
    text.gauges("build_info", "1, with the version", {{label("version", CTICONNECTOR_VERSION), 1}});
    text.histogram("cti_to_crm_seconds", "From a CTI message read to its event handed to the CRM's socket",
                   from.crm.cti_to_crm);
    text.counter("invariant_broken_total", "Breaches of what must always hold",
                 from.journal.invariant_broken + from.crm.invariant_broken);
    text.counter("log_dropped_total", "Log lines lost to a full queue or a full disk", from.log_dropped);
    write_process(text, from.started);
    return text.take();
}

}  // namespace cticonnector::app
