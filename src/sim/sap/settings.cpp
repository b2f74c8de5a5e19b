#include "settings.hpp"

#include <array>
#include <set>
#include <utility>

#include "action_items.hpp"

namespace cticonnector::sim::sap {
namespace {

constexpr std::int64_t most_agents = 100'000;
constexpr std::int64_t most_counted = 1'000'000;

constexpr std::array<std::pair<std::string_view, Otherwise>, 2> otherwise_words{
    {{"reject", Otherwise::reject}, {"ignore", Otherwise::ignore}}};

constexpr std::array<std::pair<std::string_view, BehaviourChange::Member>, 12> behaviour_keys{{
    {"accept_every", &Behaviour::accept_every},
    {"otherwise", &Behaviour::otherwise},
    {"think_ms", &Behaviour::think},
    {"handle_ms", &Behaviour::handle},
    {"wrap_up_ms", &Behaviour::wrap_up},
    {"end_ms", &Behaviour::end},
    {"ready", &Behaviour::ready},
    {"ready_again_ms", &Behaviour::ready_again},
    {"check_every_ms", &Behaviour::check_every},
    {"log_on_again_ms", &Behaviour::log_on_again},
    {"sessions", &Behaviour::sessions},
    {"http_exhausted", &Behaviour::http_exhausted},
}};

void read(Object& from, std::string_view key, unsigned& value) {
    value = static_cast<unsigned>(from.number(key, 0, most_counted));
}
void read(Object& from, std::string_view key, milliseconds& value) { value = from.duration(key); }
void read(Object& from, std::string_view key, bool& value) { value = from.flag(key); }
void read(Object& from, std::string_view key, Otherwise& value) {
    value = from.word<Otherwise>(key, otherwise_words);
}

AgentSpec read_agent(Object& object, const Behaviour& defaults) {
    return {object.text("user"), object.text("language", "EN"), Secret(object.text("workcenter", "")),
            read_behaviour(object.object("behaviour")).applied_to(defaults)};
}

void generate(Object object, const Behaviour& defaults, std::vector<AgentSpec>& agents) {
    const auto count = object.number("count", 1, most_agents);
    const auto first = object.number("first", 0, most_agents, 1);
    const AgentSpec pattern = read_agent(object, defaults);
    object.done();
    for (auto number = first; number < first + count; ++number) {
        AgentSpec agent = pattern;
        agent.user = numbered(pattern.user, static_cast<std::size_t>(number));
        agent.workcenter = Secret(numbered(pattern.workcenter.reveal(), static_cast<std::size_t>(number)));
        agents.push_back(std::move(agent));
    }
}

void check_users(const std::vector<AgentSpec>& agents) {
    std::set<std::string_view> users;
    for (const AgentSpec& agent : agents)
        if (!users.insert(agent.user).second)
            throw ScriptError("script.agents", "user \"" + agent.user + "\" is there twice");
}

}  // namespace

Behaviour BehaviourChange::applied_to(Behaviour behaviour) const {
    for (const Member& member : given)
        std::visit([&](auto pointer) { behaviour.*pointer = values.*pointer; }, member);
    return behaviour;
}

BehaviourChange read_behaviour(Object from) {
    BehaviourChange change;
    for (const auto& row : behaviour_keys) {
        if (!from.has(row.first)) continue;
        std::visit([&](auto pointer) { read(from, row.first, change.values.*pointer); }, row.second);
        change.given.push_back(row.second);
    }
    from.done();
    return change;
}

std::vector<std::string_view> behaviour_key_names() {
    std::vector<std::string_view> names;
    for (const auto& row : behaviour_keys) names.push_back(row.first);
    return names;
}

Settings read_settings(Object& script) {
    Settings settings;
    const std::string url = script.text("connector");
    const auto connector = parse_url(url);
    if (!connector) throw ScriptError("script.connector", "\"" + url + "\" is no http:// address");
    settings.connector = *connector;
    settings.limits.connections = static_cast<std::size_t>(script.number("connections", 1, 1024, 64));

    Object listen = script.object("listen");
    settings.address = listen.text("address", settings.address);
    settings.port = static_cast<std::uint16_t>(listen.number("port", 0, 65535, 0));
    settings.public_host = listen.text("public_host", settings.address);
    listen.done();

    const Behaviour behaviour = read_behaviour(script.object("behaviour")).applied_to({});
    for (Object& entry : script.objects("agents")) {
        if (entry.has("generate")) {
            generate(entry.object("generate"), behaviour, settings.agents);
        } else {
            settings.agents.push_back(read_agent(entry, behaviour));
        }
        entry.done();
    }
    check_users(settings.agents);
    return settings;
}

}  // namespace cticonnector::sim::sap
