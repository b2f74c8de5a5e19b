#pragma once
// What a simulator is to the room that runs it, and that room: it reads the script, runs its steps at their
// times, takes more steps from standard input, one JSON object per line, and stops on a "quit" step, SIGINT
// or SIGTERM. All in one thread; lines of standard input arrive through a reader thread of their own.
// How to use: `int main` calls simulator_main with a factory; tests build a Stage on their own io_context.
// Errors: a bad script or command line ends with exit code 2 and one line on standard error; a bad line of
// standard input and a step that fails are reported as event "error", and the simulator goes on.
// Source: docs/simulators.md.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "cticonnector/net/alarm.hpp"
#include "cticonnector/sim/script/object.hpp"
#include "cticonnector/sim/script/output.hpp"

namespace cticonnector::sim {

using Action = std::function<void()>;

class Simulator {
  public:
    virtual ~Simulator() = default;

    // Checks a step whose "do" is `verb` and says what it will do; throws ScriptError. The caller has taken
    // "do" and "at_ms" and calls done() afterwards. The action may throw ScriptError, too.
    virtual Action compile(const std::string& verb, Object& step) = 0;
    virtual void start() = 0;
    // Closes what is open, so that the io_context runs dry.
    virtual void stop() = 0;
};

// The keys of the script but "steps" belong to the simulator: it asks for them in its factory.
using Factory =
    std::function<std::unique_ptr<Simulator>(Object& script, boost::asio::io_context& io, Output& output)>;

class Stage {
  public:
    // Reads the whole script; throws ScriptError. `io` and `output` outlive the stage.
    Stage(boost::asio::io_context& io, Output& output, const Json& script, const Factory& factory);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    void start();
    // A line of standard input; an "at_ms" in it counts from now.
    void command(std::string_view line);
    void stop();  // more than once does no harm
    bool stopped() const { return stopped_; }
    void on_stop(Action action) { on_stop_ = std::move(action); }

  private:
    struct Step {
        std::chrono::milliseconds at{};
        std::string place;
        Action action;
    };
    Step compile(const Json& json, std::string place, std::chrono::milliseconds base,
                 std::chrono::milliseconds before);
    void schedule(Step step);
    void arm();
    void on_time();
    void run(const Step& step);

    Output& output_;
    std::unique_ptr<Simulator> simulator_;
    std::multimap<std::chrono::milliseconds, Step> steps_;  // equal times in the order of their reading
    net::Alarm alarm_;
    bool started_ = false;
    std::uint64_t lines_ = 0;
    Action on_stop_;
    bool stopped_ = false;
};

// `cticonnector-sim-x [--plain] SCRIPT`.
int simulator_main(int argc, char** argv, std::span<const Sentence> sentences, const Factory& factory);

}  // namespace cticonnector::sim
