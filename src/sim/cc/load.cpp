#include "load.hpp"

#include <algorithm>
#include <string>

namespace cticonnector::sim::cc {

namespace {

constexpr std::uint64_t first_ani = 4'930'000'000;

}  // namespace

void Load::start(const LoadSettings& settings) {
    settings_ = settings;
    agents_.clear();
    for (const Agent& agent : center_.agents.all()) {
        if (agent.voice.logged_in()) agents_.push_back(agent.index);
    }
    if (agents_.empty()) throw ScriptError("load", "no agent is logged in");
    started_ = net::now();
    generated_ = 0;
    outside_.report("load.started", {{"agents", agents_.size()}, {"rate", settings.rate}});
    step();
}

void Load::step() {
    const auto passed = std::min<std::chrono::duration<double>>(net::now() - started_, settings_.duration);
    const auto due = static_cast<std::uint64_t>(passed.count() * settings_.rate);
    while (generated_ < due) generate(generated_++);
    if (passed >= settings_.duration) {
        outside_.report("load.finished", {{"events", generated_}});
        return;
    }
    alarm_.set(net::now() + tick);
}

void Load::generate(std::uint64_t number) {
    center_.act(net::now(), [&] {
        settings_.kind == LoadSettings::Kind::calls ? place_call(number) : change_data(number);
    });
    after_input_();
}

void Load::place_call(std::uint64_t number) {
    center_.switchboard.place({.name = "load",
                               .ani = std::to_string(first_ani + number),
                               .dnis = "8000",
                               .talk = settings_.talk,
                               .answer_after = settings_.answer_after});
}

void Load::change_data(std::uint64_t number) {
    const Agent& agent = center_.agents.at(agents_[number % agents_.size()]);
    if (!agent.voice.logged_in()) return;
    if (agent.voice.calls.empty()) {
        const CallId placed = center_.switchboard.place(
            {.name = "load", .ani = std::to_string(first_ani + number), .to = agent.voice.device->extension});
        if (const Party* ringing = center_.calls.find(placed, agent.index))
            center_.switchboard.answer(ringing->id, unconfirmed);
    }
    Call* call = center_.calls.find(agent.voice.calls.front());
    if (call == nullptr) return;
    call->data.variables.back() = std::to_string(number);
    center_.switchboard.data_changed(call->id);
}

}  // namespace cticonnector::sim::cc
