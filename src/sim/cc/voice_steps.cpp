// What callers and agents do: calls, phones, states.
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "steps.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

constexpr std::array state_words{
    Word<AgentStateValue>{"login", AgentState::AGENT_STATE_LOGIN},
    Word<AgentStateValue>{"logout", AgentState::AGENT_STATE_LOGOUT},
    Word<AgentStateValue>{"not_ready", AgentState::AGENT_STATE_NOT_READY},
    Word<AgentStateValue>{"available", AgentState::AGENT_STATE_AVAILABLE},
    Word<AgentStateValue>{"work_not_ready", AgentState::AGENT_STATE_WORK_NOT_READY},
    Word<AgentStateValue>{"work_ready", AgentState::AGENT_STATE_WORK_READY},
};
/// What is done with a call that there is; null: a new one is dialled.
using PhoneAction = Refusal (Switchboard::*)(PartyId, const Confirm&);
constexpr PhoneAction dial = nullptr;
constexpr std::array phone_actions{
    Word<PhoneAction>{"answer", &Switchboard::answer},
    Word<PhoneAction>{"hang_up", &Switchboard::drop},
    Word<PhoneAction>{"hold", &Switchboard::hold},
    Word<PhoneAction>{"retrieve", &Switchboard::retrieve},
    Word<PhoneAction>{"dial", dial},
};

std::string text_of_failure(const ControlFailure& failure) {
    return std::string(wire::name_of(ControlFailureCode::names, failure.code).value_or("?")) + " " +
           std::to_string(failure.peripheral);
}

void throw_refusal(const Refusal& refusal, std::string_view place) {
    if (refusal) throw ScriptError(place, "refused: " + text_of_failure(*refusal));
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
    const std::string number = action == dial ? step.text("number") : "";
    return in_center([this, index, action, number, place = step.place()] {
        const Agent& agent = center_.agents.at(index);
        if (action == dial) {
            if (!agent.voice.logged_in()) throw ScriptError(place, "the agent is not logged in");
            return throw_refusal(center_.switchboard.dial(index, number, {}, unconfirmed), place);
        }
        if (agent.voice.calls.empty()) throw ScriptError(place, "the agent has no call");
        Refusal refusal;
        // the call that it fits: with one ringing and one held, "answer" means the first
        for (const CallId call : std::vector<CallId>(agent.voice.calls)) {
            const Party* party = center_.calls.find(call, index);
            if (party == nullptr) continue;
            refusal = (center_.switchboard.*action)(party->id, unconfirmed);
            if (!refusal) return;
        }
        throw_refusal(refusal, place);
    });
}

}  // namespace cticonnector::sim::cc
