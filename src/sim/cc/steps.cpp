#include "steps.hpp"

#include <algorithm>
#include <array>

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

template <class T>
using Word = std::pair<std::string_view, T>;

constexpr std::array state_words{
    Word<AgentStateValue>{"login", AgentState::AGENT_STATE_LOGIN},
    Word<AgentStateValue>{"logout", AgentState::AGENT_STATE_LOGOUT},
    Word<AgentStateValue>{"not_ready", AgentState::AGENT_STATE_NOT_READY},
    Word<AgentStateValue>{"available", AgentState::AGENT_STATE_AVAILABLE},
    Word<AgentStateValue>{"work_not_ready", AgentState::AGENT_STATE_WORK_NOT_READY},
    Word<AgentStateValue>{"work_ready", AgentState::AGENT_STATE_WORK_READY},
};
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

enum class PhoneAction { answer, hang_up, hold, retrieve, dial };
constexpr std::array phone_actions{
    Word<PhoneAction>{"answer", PhoneAction::answer}, Word<PhoneAction>{"hang_up", PhoneAction::hang_up},
    Word<PhoneAction>{"hold", PhoneAction::hold},     Word<PhoneAction>{"retrieve", PhoneAction::retrieve},
    Word<PhoneAction>{"dial", PhoneAction::dial},
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

std::string text_of(const ControlFailure& failure) {
    return std::string(wire::name_of(ControlFailureCode::names, failure.code).value_or("?")) + " " +
           std::to_string(failure.peripheral);
}

void throw_refusal(const Refusal& refusal, std::string_view place) {
    if (refusal) throw ScriptError(place, "refused: " + text_of(*refusal));
}

// {"variables":{"1":"x","10":"y"},"ecc":{"user.v":"z"}}
Data read_data(Object& step) {
    Data data;
    Object variables = step.object("variables");
    for (std::size_t i = 0; i < data.variables.size(); ++i) {
        const std::string key = std::to_string(i + 1);
        if (variables.has(key)) data.variables[i] = variables.text(key);
    }
    variables.done();
    for (const auto& [name, value] : step.pairs("ecc")) data.ecc.push_back({name, value, {}});
    return data;
}

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
    return [this, action = std::move(action)] { center_.act(clock_now(), action); };
}

const Agent& Steps::agent_of(Object& step) {
    const std::string id = step.text("agent");
    const Agent* agent = center_.agents.by_id(id);
    if (agent == nullptr) throw ScriptError(step.place_of("agent"), "\"" + id + "\" is not an agent");
    return *agent;
}

Action Steps::call(Object& step) {
    NewCall call;
    call.name = step.text("name", "");
    call.ani = step.text("ani", "");
    call.dnis = step.text("dnis", "");
    call.data = read_data(step);
    call.talk = step.duration("talk_ms", call.talk);
    call.patience = step.duration("patience_ms", call.patience);
    if (step.has("answer_ms")) call.answer_after = step.duration("answer_ms");
    if (step.has("to")) call.to = step.text("to");
    if (step.has("skill_group")) {
        call.skill_group = step.integer<std::uint32_t>("skill_group");
        const SkillGroup* group = center_.settings.skill_group(*call.skill_group);
        if (group == nullptr || group->mrd != voice_mrd)
            throw ScriptError(step.place_of("skill_group"), "is not a skill group of voice");
    }
    return in_center([this, call = std::move(call), place = step.place_of("to")] {
        if (call.to && center_.agents.at_device(*call.to) == nullptr)
            throw ScriptError(place, "nobody is logged in at " + *call.to);
        center_.switchboard.place(call);
    });
}

Action Steps::hang_up(Object& step) {
    return in_center([this, name = step.text("name", ""), place = step.place()] {
        Call* call = center_.calls.named(name);
        if (call == nullptr) throw ScriptError(place, "there is no such call");
        center_.switchboard.caller_hangs_up(call->id);
    });
}

Action Steps::call_data(Object& step) {
    return in_center([this, name = step.text("name", ""), data = read_data(step), place = step.place()] {
        Call* call = center_.calls.named(name);
        if (call == nullptr) throw ScriptError(place, "there is no such call");
        for (std::size_t i = 0; i < data.variables.size(); ++i) {
            if (data.variables[i]) call->data.variables[i] = data.variables[i];
        }
        if (!data.ecc.empty()) call->data.ecc = data.ecc;
        center_.switchboard.data_changed(call->id);
    });
}

// What a supervisor or another client does with an agent.
Action Steps::agent(Object& step) {
    const Agent& meant = agent_of(step);
    const StateRequest request{.state = step.word<AgentStateValue>("state", state_words),
                               .reason = step.integer<std::uint16_t>("reason", 0),
                               .forced = step.flag("forced", false)};
    const std::string device = step.text("device", meant.settings->device.extension);
    return in_center([this, index = meant.index, request, device, place = step.place()] {
        Agent& agent = center_.agents.at(index);
        if (request.state == AgentState::AGENT_STATE_LOGIN) {
            throw_refusal(center_.voice.check_login(agent, device), place);
            return center_.voice.login(agent, device);
        }
        throw_refusal(center_.voice.check_state(agent, request), place);
        center_.voice.set_state(agent, request);
    });
}

Action Steps::phone(Object& step) {
    const AgentIndex index = agent_of(step).index;
    const auto action = step.word<PhoneAction>("action", phone_actions);
    const std::string number = action == PhoneAction::dial ? step.text("number") : "";
    return in_center([this, index, action, number, place = step.place()] {
        const Agent& agent = center_.agents.at(index);
        if (action == PhoneAction::dial) {
            if (!agent.voice.logged_in()) throw ScriptError(place, "the agent is not logged in");
            return throw_refusal(center_.switchboard.dial(index, number, {}, unconfirmed), place);
        }
        constexpr std::array<Refusal (Switchboard::*)(PartyId, const Confirm&), 4> operations{
            &Switchboard::answer, &Switchboard::drop, &Switchboard::hold, &Switchboard::retrieve};
        if (agent.voice.calls.empty()) throw ScriptError(place, "the agent has no call");
        Refusal refusal;
        // the call that it fits: with one ringing and one held, "answer" means the first
        for (const CallId call : std::vector<CallId>(agent.voice.calls)) {
            const Party* party = center_.calls.find(call, index);
            if (party == nullptr) continue;
            refusal =
                (center_.switchboard.*operations[static_cast<std::size_t>(action)])(party->id, unconfirmed);
            if (!refusal) return;
        }
        throw_refusal(refusal, place);
    });
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
        center_.media.advise(center_.agents.at(index), mrd, done);
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
