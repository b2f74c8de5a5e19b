#include "cticonnector/sim/script/simulator.hpp"

namespace cticonnector::sim {

Stage::Stage(boost::asio::io_context& io, Output& output, const Json& script, const Factory& factory)
    : io_(io), output_(output) {
    Object root(script, "script");
    simulator_ = factory(root, io, output);
    // compiled before anything runs: a bad step is found at the start
    std::chrono::milliseconds before{0};
    if (script.contains("steps") && !script["steps"].is_array())
        throw ScriptError("script.steps", "must be a list [...]");
    for (const Object& step : root.objects("steps")) {
        steps_.push_back(compile(script["steps"][steps_.size()], step.place(), {}, before));
        before = steps_.back().at;
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
    for (Step& step : steps_) schedule(std::move(step));
    steps_.clear();
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
    const std::uint64_t id = ++last_timer_;
    auto timer = std::make_unique<boost::asio::steady_timer>(io_, step.at - output_.since_start());
    // the timers are members: a cancelled wait comes back with an error and touches nothing
    timer->async_wait([this, id, step = std::move(step)](boost::system::error_code error) {
        if (error) return;
        timers_.erase(id);
        run(step);
    });
    timers_[id] = std::move(timer);
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
    timers_.clear();
    simulator_->stop();
    if (on_stop_) on_stop_();
}

}  // namespace cticonnector::sim
