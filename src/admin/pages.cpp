#include "pages.hpp"

#include <concepts>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cticonnector/base/described.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/base/url.hpp"
#include "cticonnector/base/utc.hpp"
#include "cticonnector/engine/work_center.hpp"
#include "cticonnector/language/log_sentences.hpp"
#include "cticonnector/language/phrases.hpp"

namespace cticonnector::admin {

namespace {

using Json = nlohmann::ordered_json;
using engine::Agent;
using engine::Channel;
using engine::channels;

/// Characters of a name that somebody asks for, in what is said of it.
constexpr std::size_t longest_name = 100;
/// An agent's events wait longer than this for SAP: that is slow, and calls are shown late.
constexpr std::chrono::seconds slow_crm{2};

/// A target may carry any bytes, JSON only UTF-8.
std::string body(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}
Page ok(const Json& json) { return {200, body(json)}; }

std::string text_of(std::string_view value) { return std::string(value); }
std::string text_of(std::integral auto value) { return std::to_string(value); }

Json checks_json(const engine::Decision& decision) {
    Json checks = Json::array();
    for (std::size_t i = 0; i < decision.made; ++i) {
        const engine::CheckResult& check = decision.checks[i];
        checks.push_back({{"check", name(check.check)},
                          {"have", check.have},
                          {"limit", check.limit},
                          {"origin", name(check.source)},
                          {"ok", check.ok}});
    }
    return checks;
}

/// A step of an item's way with the keys of its log line; of a decision its checks one by one.
Json step_json(const StoryRecord& record) {
    const engine::Note& note = record.note;
    Json json{{"time", utc_text(record.time)}, {"event", event_of(note.what).name()}};
    const NoteFields fields(note, record.time);
    for (const LogField& field : fields.fields()) {
        if (field.key() != "explain")
            std::visit([&](const auto& value) { json[std::string(field.key())] = value; }, field.value());
    }
    if (!note.decision) return json;
    json["outcome"] = name(note.decision->verdict);
    json["checks"] = checks_json(*note.decision);
    if (note.decision->waited.count() > 0) json["waited_ms"] = note.decision->waited.count();
    return json;
}

Json steps_json(const std::vector<StoryRecord>& records) {
    Json list = Json::array();
    for (const StoryRecord& record : records) list.push_back(step_json(record));
    return list;
}

Json agent_json(const PageSources& from, const Agent& agent) {
    const engine::Settings& settings = from.engine.settings();
    const engine::UserView view = agent.view(settings);
    const engine::Cause cause = agent.shown_cause();
    Json limits;
    for (Channel c : channels) limits[std::string(name(c))] = agent.limits[c].value;
    return {{"agent", agent.id.name},
            {"user", agent.user.value},
            {"device", agent.device},
            {"workmode", from.shown_workmode(agent.subscription, view.workmode)},
            {"state", name(view.status)},
            {"limits", std::move(limits)},
            {"sessions", agent.sessions.size()},
            {"max", agent.item_maximum().value},
            {"hidden", agent.manual(std::chrono::steady_clock::now())},
            {"why", name(cause.why)},
            {"origin", name(cause.origin)},
            {"why_item", cause.item.value}};
}

Json agent_detail(const PageSources& from, const Agent& agent) {
    Json json = agent_json(from, agent);
    json["phase"] = name(agent.phase);
    json["rejects"] = {{"A0", agent.a0_rejects}, {"A1", agent.a1_rejects}};
    Json sessions = Json::array();
    for (const engine::Session& s : agent.sessions) {
        sessions.push_back({{"item", s.key.value},
                            {"channel", name(s.channel)},
                            {"part", name(s.part)},
                            {"state", name(s.state)},
                            {"since", utc_text(wall_time(s.since))}});
    }
    json["sessions"] = std::move(sessions);
    Json media = Json::array();
    for (Channel c : channels) {
        if (!agent.in(c)) continue;
        const engine::Medium& m = agent.media[c];
        media.push_back(
            {{"channel", name(c)},
             {"state", name(m.state)},
             {"afterwards", agent.ready_afterwards(c) ? "ready" : "not_ready"},
             {"reason", m.reason},
             {"routable", m.base == engine::MediumState::ready && m.routable == engine::Routable::yes}});
    }
    json["media"] = std::move(media);
    const auto worker = from.worker(agent.subscription).value_or(WorkerFacts{});
    json["crm"] = {{"appid", worker.app_id},
                   {"queue", worker.queue},
                   {"oldest_ms", worker.oldest.count()},
                   {"failing", worker.failing}};
    constexpr std::size_t shown = 20;
    json["last_decisions"] = steps_json(from.journal.stories().about_agent(agent.id.name, shown));
    return json;
}

Page agents_page(const PageSources& from) {
    Json list = Json::array();
    for (auto slot : from.engine.roster().slots()) {
        const Agent& agent = from.engine.roster().at(slot);
        if (agent.subscribed()) list.push_back(agent_json(from, agent));
    }
    return ok(list);
}

/// By the contact center's id, or by SAP's user.
const Agent* agent_of(const engine::Engine& engine, std::string_view id) {
    const engine::Roster& roster = engine.roster();
    auto slot = roster.find(engine::AgentId{engine.settings().peripheral, std::string(id)});
    if (!slot) slot = roster.find(engine::user_id(id));
    return slot ? &roster.at(*slot) : nullptr;
}

Page agent_page(const PageSources& from, std::string_view id) {
    const Agent* agent = agent_of(from.engine, id);
    if (!agent || !agent->subscribed())
        return error_page(404, "agent " + shortened(id, longest_name) + " is not logged on here");
    return ok(agent_detail(from, *agent));
}

/// Why no agent has an item: the words of item.waiting or item.parked; `routing`: the router has it.
std::string why_waiting(const engine::Engine& engine, const engine::Item& item) {
    if (item.state == engine::ItemState::parked) return language::sentence(item.route().parked_because);
    if (item.state == engine::ItemState::routing) return "routing";
    if (item.state != engine::ItemState::waiting) return "";
    using engine::WaitReason;
    if (!engine.router_up(engine.settings().router)) return std::string(name(WaitReason::mr_down));
    return std::string(name(item_state(item) == "delayed" ? WaitReason::delayed : WaitReason::due));
}

Page items_page(const PageSources& from) {
    Json list = Json::array();
    for (const auto& [held, agent] : from.engine.all_items()) {
        const engine::Item& item = *held;
        const engine::Route& route = item.route();
        const std::string parked = language::sentence(route.parked_because);
        const bool overflow = route.parked_because.id == TextId::route_try_overflow;
        Json json{{"item", item_text(item)},
                  {"action_item", item.external_id},
                  {"channel", name(item.channel)},
                  {"state", item_state(item)},
                  {"since", utc_text(wall_time(item.since))},
                  {"scenario", route.selector},
                  {"agent", agent ? agent->id.name : ""},
                  {"why", why_waiting(from.engine, item)},
                  {"tries", {{"rona", item.tries.rona}, {"reject", item.tries.rejects}}},
                  {"next_try", nullptr},
                  {"reason", parked.empty() ? std::string(name(route.reason)) : parked},
                  {"route_state", overflow ? parked : ""}};
        if (item.state == engine::ItemState::waiting && from.engine.router_up(from.engine.settings().router))
            json["next_try"] = utc_text(wall_time(route.next_try));
        list.push_back(std::move(json));
    }
    return ok(list);
}

/// The value of one of the query's names; nothing when it is not there.
std::optional<std::string> parameter(std::string_view query, std::string_view name) {
    const auto value = query_value(query, [&](std::string_view one) { return one == name; });
    return value ? std::optional{percent_decoded(*value)} : std::nullopt;
}

/// As `tell` tells a log, the newest first.
Page told(const std::vector<StoryRecord>& records) {
    Page page{.content_type = "text/plain; charset=utf-8"};
    for (const StoryRecord& record : records) {
        const NoteFields note(record.note, record.time);
        language::LogLine line{.time = utc_text(record.time),
                               .level = std::string(word_of(event_of(record.note.what).level())),
                               .event = std::string(event_of(record.note.what).name()),
                               .fields = {}};
        for (const LogField& field : note.fields())
            line.fields.emplace_back(
                field.key(), std::visit([](const auto& value) { return text_of(value); }, field.value()));
        if (const auto sentence = language::sentence(line)) page.body += line.time + "  " + *sentence + "\n";
    }
    return page;
}

Page explain_page(const PageSources& from, std::string_view query) {
    const Stories& stories = from.journal.stories();
    const auto answer = [&](const std::vector<StoryRecord>& records, const std::string& what) {
        if (records.empty()) return error_page(404, "nothing is known of " + shortened(what, longest_name));
        return parameter(query, "text") == "1" ? told(records) : ok(steps_json(records));
    };
    if (const auto item = parameter(query, "item")) return answer(stories.about_item(*item), "item " + *item);
    if (const auto agent = parameter(query, "agent")) {
        constexpr std::size_t most = 1000;  // the loop that answers serves agents, too
        const Agent* known = agent_of(from.engine, *agent);
        return answer(stories.about_agent(known ? known->id.name : *agent, most),
                      "decisions about agent " + *agent);
    }
    return error_page(400, "ask for /explain?item=ID or /explain?agent=ID");
}

}  // namespace

std::string_view item_state(const engine::Item& item) {
    switch (item.state) {
        case engine::ItemState::offered: return "offered";
        case engine::ItemState::active: return "active";
        case engine::ItemState::parked: return "parked";
        case engine::ItemState::waiting:
            return item.route().next_try > std::chrono::steady_clock::now() ? "delayed" : "waiting";
        case engine::ItemState::storing:
        case engine::ItemState::routing: return "waiting";
    }
    return "waiting";
}

Page error_page(int status, std::string what) { return {status, body(Json{{"error", std::move(what)}})}; }

std::optional<std::string> item_to_retry(std::string_view path) {
    constexpr std::string_view before = "/items/";
    constexpr std::string_view after = "/retry";
    if (path.size() <= before.size() + after.size()) return std::nullopt;
    if (!path.starts_with(before) || !path.ends_with(after)) return std::nullopt;
    path.remove_prefix(before.size());
    path.remove_suffix(after.size());
    return percent_decoded(path);
}

namespace {

/// By the connector's own name first: the CRM may have given that to another one of its items.
const engine::Item* named(const engine::Engine& engine, const std::string& wanted) {
    const engine::Item* ours = engine.item(engine::ItemKey{wanted});
    return ours && item_text(*ours) == wanted ? ours : engine.item(wanted);
}

}  // namespace

RetryAnswer retry(const engine::Engine& engine, std::string_view wanted) {
    const engine::Item* item = named(engine, std::string(wanted));
    RetryAnswer answer;
    const auto refused = [&answer](int status, std::string why) {
        answer.page = error_page(status, why);
        answer.refusal = std::move(why);
        return answer;
    };
    if (!item) return refused(404, "there is no item " + shortened(wanted, longest_name));
    answer.key = item_text(*item);
    answer.external_id = item->external_id;
    if (item->state != engine::ItemState::parked)
        return refused(409, "item " + answer.key + " is " + std::string(item_state(*item)) + ", not parked");
    answer.item = item->id;
    answer.page = {
        202, body(Json{{"item", answer.key}, {"action_item", answer.external_id}, {"state", "waiting"}})};
    return answer;
}

Page health_page(const HealthFacts& facts) {
    Json reasons = Json::array();
    if (!facts.ici) reasons.push_back("the ICI listener is not up");
    if (!facts.voice) reasons.push_back("no CTI link");
    if (facts.media_configured && !facts.media)
        reasons.push_back(facts.voice ? "no media routing link" : "media are down, they need the CTI link");
    for (const std::string& text : facts.shortcomings) reasons.push_back(text);
    const std::string of_agents = std::to_string(facts.crm_failing) + " of " + std::to_string(facts.agents);
    if (facts.crm_failing > 0) reasons.push_back("SAP does not take the events of " + of_agents + " agents");
    if (facts.crm_slow > 0)
        reasons.push_back("SAP is slow: events of " + std::to_string(facts.crm_slow) + " of " +
                          std::to_string(facts.agents) + " agents wait longer than " +
                          std::to_string(slow_crm.count()) + " s, those of " + facts.slowest +
                          " the longest, " + std::to_string(facts.slowest_for.count()) + " ms");
    const bool down = !facts.ici || !facts.voice;
    const auto up = [](bool yes) { return yes ? "up" : "down"; };
    const Json json{{"status", down ? "down" : (reasons.empty() ? "up" : "degraded")},
                    {"ici", up(facts.ici)},
                    {"voice", up(facts.voice)},
                    {"media", facts.media_configured ? up(facts.media) : "off"},
                    {"crm", facts.crm_failing == 0 ? "up" : "failing " + of_agents},
                    {"reasons", reasons}};
    return {down ? 503 : 200, body(json)};
}

namespace {

HealthFacts with_agents(HealthFacts facts, const PageSources& from) {
    const engine::Roster& roster = from.engine.roster();
    roster.each([&](engine::Roster::Slot slot) {
        const Agent& agent = roster.at(slot);
        if (!agent.subscribed()) return;
        ++facts.agents;
        facts.crm_failing += agent.crm != engine::CrmHealth::alive;
        const auto worker = from.worker(agent.subscription);
        if (!worker || worker->failing || worker->oldest <= slow_crm) return;
        ++facts.crm_slow;
        if (worker->oldest <= facts.slowest_for) return;
        facts.slowest = agent.user_name;
        facts.slowest_for = worker->oldest;
    });
    return facts;
}

}  // namespace

Page ici_health_page(const HealthFacts& facts) {
    return {facts.ici ? 200 : 503, body(Json{{"status", facts.ici ? "up" : "stopping"}})};
}

Page mr_health_page(const HealthFacts& facts) {
    const bool serves = facts.ici && facts.mr;
    const auto status = serves ? "up" : facts.ici ? "off" : "stopping";
    return {serves ? 200 : 503, body(Json{{"status", status}})};
}

Page page(const PageSources& from, std::string_view path, std::string_view query) {
    constexpr std::string_view one_agent = "/agents/";
    if (path == "/health") return health_page(with_agents(from.health, from));
    if (path == "/health/ici") return ici_health_page(from.health);
    if (path == "/health/mr") return mr_health_page(from.health);
    if (path == "/agents") return agents_page(from);
    if (path.starts_with(one_agent)) return agent_page(from, percent_decoded(path.substr(one_agent.size())));
    if (path == "/items") return items_page(from);
    if (path == "/explain") return explain_page(from, query);
    return error_page(
        404,
        "there is /health, /health/ici, /health/mr, /agents, /agents/<id>, /items, /explain and /metrics");
}

}  // namespace cticonnector::admin
