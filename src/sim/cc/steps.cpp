#include "steps.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

constexpr std::array side_words{Word<SideName>{"A", SideName::a}, Word<SideName>{"B", SideName::b}};

enum class SideAction { up, down, active, normal, silent, half_open, bytewise };
constexpr std::array side_actions{
    Word<SideAction>{"up", SideAction::up},
    Word<SideAction>{"down", SideAction::down},
    Word<SideAction>{"active", SideAction::active},
    Word<SideAction>{"normal", SideAction::normal},
    Word<SideAction>{"silent", SideAction::silent},
    Word<SideAction>{"half_open", SideAction::half_open},
    Word<SideAction>{"bytewise", SideAction::bytewise},
};

enum class PimAction { connect, disconnect, normal, silent, half_open, bytewise, unknown_dialogue };
constexpr std::array pim_actions{
    Word<PimAction>{"connect", PimAction::connect},
    Word<PimAction>{"disconnect", PimAction::disconnect},
    Word<PimAction>{"normal", PimAction::normal},
    Word<PimAction>{"silent", PimAction::silent},
    Word<PimAction>{"half_open", PimAction::half_open},
    Word<PimAction>{"bytewise", PimAction::bytewise},
    Word<PimAction>{"unknown_dialogue", PimAction::unknown_dialogue},
};

constexpr std::array load_words{Word<LoadSettings::Kind>{"calls", LoadSettings::Kind::calls},
                                Word<LoadSettings::Kind>{"call_data", LoadSettings::Kind::call_data}};
constexpr std::array inject_words{Word<bool>{"unknown_message", true}, Word<bool>{"unknown_tag", false}};

}  // namespace

Action Steps::compile(Object& step) {
    using Compile = Action (Steps::*)(Object&);
    static constexpr std::array verbs{
        Word<Compile>{"call", &Steps::call},
        Word<Compile>{"hang_up", &Steps::hang_up},
        Word<Compile>{"call_data", &Steps::call_data},
        Word<Compile>{"agent", &Steps::agent},
        Word<Compile>{"phone", &Steps::phone},
        Word<Compile>{"side", &Steps::side},
        Word<Compile>{"slow", &Steps::slow},
        Word<Compile>{"peripheral", &Steps::peripheral},
        Word<Compile>{"pim", &Steps::pim},
        Word<Compile>{"selector", &Steps::selector},
        Word<Compile>{"inject", &Steps::inject},
        Word<Compile>{"advisory", &Steps::advisory},
        Word<Compile>{"load", &Steps::load},
        Word<Compile>{"state", &Steps::state},
    };
    return (this->*step.word<Compile>("do", verbs))(step);
}

Action Steps::in_center(std::function<void()> action) {
    return [this, action = std::move(action)] { center_.act(net::now(), action); };
}

const Agent& Steps::agent_of(Object& step) {
    const std::string id = step.text("agent");
    const Agent* agent = center_.agents.by_id(id);
    if (agent == nullptr) throw ScriptError(step.place_of("agent"), "\"" + id + "\" is not an agent");
    return *agent;
}

Action Steps::side(Object& step) {
    const auto name = step.word<SideName>("side", side_words);
    switch (step.word<SideAction>("action", side_actions)) {
        case SideAction::up: return [this, name] { server_.up(name); };
        case SideAction::down: return [this, name] { server_.down(name); };
        case SideAction::active: return in_center([this, name] { center_.sessions.set_active(name); });
        case SideAction::silent: return in_center([this, name] { center_.sessions.set_silent(name, true); });
        case SideAction::half_open: return [this, name] { server_.set_manner(name, Manner::half_open); };
        case SideAction::bytewise: return [this, name] { server_.set_manner(name, Manner::bytewise); };
        case SideAction::normal: break;
    }
    return [this, name] {
        center_.sessions.set_silent(name, false);
        server_.set_manner(name, Manner::normal);
    };
}

// What was asked is done at once; only the word of it comes late.
Action Steps::slow(Object& step) {
    const std::string answer = step.text("answer");
    const wire::MessageDescriptor* message = protocol.find(answer);
    if (message == nullptr || !(answer.ends_with("_CONF") || answer.ends_with("_RESP")))
        throw ScriptError(step.place_of("answer"), "\"" + answer + "\" is not an answer of the CTI server");
    return in_center([this, type = message->number, delay = step.duration("ms")] {
        center_.sessions.set_slow(type, delay);
    });
}

Action Steps::peripheral(Object& step) {
    return in_center(
        [this, online = step.flag("online")] { center_.sessions.set_peripheral_online(online); });
}

Action Steps::pim(Object& step) {
    switch (step.word<PimAction>("action", pim_actions)) {
        case PimAction::connect: return [this] { pim_.connect(); };
        case PimAction::disconnect: return [this] { pim_.disconnect(); };
        case PimAction::silent: return [this] { pim_.set_manner(Manner::silent); };
        case PimAction::half_open: return [this] { pim_.set_manner(Manner::half_open); };
        case PimAction::bytewise: return [this] { pim_.set_manner(Manner::bytewise); };
        case PimAction::unknown_dialogue:
            return in_center([this] { center_.dialogues.inject_unknown_dialogue(); });
        case PimAction::normal: break;
    }
    return [this] { pim_.set_manner(Manner::normal); };
}

// For the tasks that come from now on.
Action Steps::selector(Object& step) {
    const std::string name = step.text("name");
    Selector* selector = center_.dialogues.selector(name);
    if (selector == nullptr) throw ScriptError(step.place_of("name"), "\"" + name + "\" is not in selectors");
    Selector changed = *selector;
    read_selector(step, center_.settings, changed);
    return [selector, changed] { *selector = changed; };
}

Action Steps::inject(Object& step) {
    const auto side = step.word<SideName>("side", side_words, SideName::a);
    if (step.word<bool>("what", inject_words))
        return in_center([this, side] { center_.sessions.inject_unknown_message(side); });
    return in_center([this, side] { center_.sessions.inject_unknown_tag(side); });
}

Action Steps::advisory(Object& step) {
    const AgentIndex index = agent_of(step).index;
    const auto mrd = center_.settings.mrd_of(step.integer<std::int32_t>("mrd"));
    if (!mrd || *mrd == voice_mrd) throw ScriptError(step.place_of("mrd"), "is not in mrds");
    return in_center([this, index, mrd = *mrd, done = step.flag("done", false)] {
        center_.media_events.interrupt(center_.agents.at(index), mrd, done);
    });
}

Action Steps::load(Object& step) {
    LoadSettings settings;
    settings.kind = step.word<LoadSettings::Kind>("what", load_words);
    settings.rate = step.real("rate", 0.01, 100'000);
    settings.duration = step.duration("duration_ms");
    settings.talk = step.duration("talk_ms", settings.talk);
    if (step.has("answer_ms")) settings.answer_after = step.duration("answer_ms");
    return [this, settings] { load_.start(settings); };
}

Action Steps::state(Object& step) {
    if (!step.has("agent")) return [this] { report_state(); };
    return [this, index = agent_of(step).index] { report_agent(center_.agents.at(index)); };
}

void Steps::report_state() {
    std::size_t voice = 0, media = 0;
    for (const Agent& agent : center_.agents.all()) {
        if (agent.voice.logged_in()) ++voice;
        if (std::ranges::any_of(agent.media, &MediaState::logged_in)) ++media;
    }
    outside_.report("state", {{"agents", center_.agents.all().size()},
                              {"on_voice", voice},
                              {"on_media", media},
                              {"sessions", center_.sessions.open_sessions()},
                              {"calls", center_.calls.size()},
                              {"tasks", center_.tasks.size()},
                              {"dialogues", center_.dialogues.size()},
                              {"waiting", center_.router.waiting()}});
}

void Steps::report_agent(const Agent& agent) {
    for (MrdIndex mrd = 0; mrd < center_.settings.mrds.size(); ++mrd) {
        const Reported& now = agent.reported[mrd];
        outside_.report("state.agent", {{"agent", agent.settings->id},
                                        {"mrd", center_.settings.mrds[mrd].id},
                                        {"state", wire::name_of(AgentState::names, now.state).value_or("")},
                                        {"tasks", now.tasks},
                                        {"routable", now.routable},
                                        {"availability", now.availability}});
    }
}

}  // namespace cticonnector::sim::cc
