#pragma once
// What a simulator tells the outside: one JSON object per line {"t_ms":12,"event":"agent.login",...} for
// programs, or a sentence per line for people. The sentences come from a table of the simulator, with the
// fields in braces: {"agent.login", "agent {agent} logs in at {device}"}.
// Times are milliseconds since the start. Lines are flushed: somebody waits for them.
// Source: docs/simulators.md.

#include <chrono>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "cticonnector/sim/script/object.hpp"

namespace cticonnector::sim {

struct Sentence {
    std::string_view event;
    std::string_view text;
};

// The sentence with its fields filled in; of an event without a sentence its name and fields.
std::string plain_text(std::string_view event, const Json& fields, std::span<const Sentence> sentences);

class Output {
  public:
    using Clock = std::chrono::steady_clock;
    enum class Form : std::uint8_t { json, plain };

    Output(std::ostream& out, Form form, std::span<const Sentence> sentences)
        : out_(out), form_(form), sentences_(sentences) {}

    void report(std::string_view event, const Json& fields = Json::object());
    std::chrono::milliseconds since_start() const;

  private:
    std::ostream& out_;
    Form form_;
    std::span<const Sentence> sentences_;
    Clock::time_point start_ = Clock::now();
};

}  // namespace cticonnector::sim
