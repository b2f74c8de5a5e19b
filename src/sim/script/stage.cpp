#include <string>
#include <utility>

#include "cticonnector/sim/script/simulator.hpp"

namespace cticonnector::sim {

Stage::Stage(boost::asio::io_context& io, Output& output, const Json& script, const Factory& factory)
    : output_(output), alarm_(io, [this](net::Alarm::Time) { on_time(); }) {
    Object root(script, "script");
    simulator_ = factory(root, io, output);
    // compiled before anything runs: a bad step is found at the start
    std::chrono::milliseconds before{0};
    if (script.contains("steps") && !script["steps"].is_array())
        throw ScriptError("script.steps", "must be a list [...]");
    for (const Object& step : root.objects("steps")) {
        Step compiled = compile(script["steps"][steps_.size()], step.place(), {}, before);
        before = compiled.at;
        schedule(std::move(compiled));
    }
    root.done();
}

Stage::Step Stage::compile(const Json& json, std::string place, std::chrono::milliseconds base,
                           std::chrono::milliseconds before) {
    Object step(json, place);
    const std::string verb = step.text("do");
    const auto at = base + step.duration("at_ms", before);
    Action action = verb == "quit" ? Action{[this] { stop(); }} : simulator_->compile(verb, step);
    step.done();
    return {at, std::move(place), std::move(action)};
}

void Stage::start() {
    simulator_->start();
    started_ = true;
    arm();
}

void Stage::command(std::string_view line) {
    if (stopped_) return;
    const std::string place = "input line " + std::to_string(++lines_);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
    try {
        const Json json = parse_json(line, place);
        Step step = compile(json, place, output_.since_start(), {});
        if (Object(json, place).has("at_ms"))
            schedule(std::move(step));
        else
            run(step);
    } catch (const ScriptError& error) {
        output_.report("error", {{"text", error.what()}});
    }
}

void Stage::schedule(Step step) {
    steps_.emplace(step.at, std::move(step));
    if (started_) arm();
}

void Stage::arm() {
    if (steps_.empty() || stopped_) return;
    alarm_.set(net::now() + (steps_.begin()->first - output_.since_start()));
}

// One step a turn: what it sets off comes before the next.
void Stage::on_time() {
    if (!steps_.empty() && steps_.begin()->first <= output_.since_start()) {
        const Step step = std::move(steps_.begin()->second);
        steps_.erase(steps_.begin());
        run(step);
    }
    arm();
}

void Stage::run(const Step& step) {
    try {
        step.action();
    } catch (const ScriptError& error) {
        output_.report("error", {{"text", error.what()}, {"at", step.place}});
    }
}

void Stage::stop() {
    if (stopped_) return;
    stopped_ = true;
    steps_.clear();
    alarm_.cancel();
    simulator_->stop();
    if (on_stop_) on_stop_();
}

}  // namespace cticonnector::sim
