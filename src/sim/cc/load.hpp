#pragma once
// Load over all logged-in agents: so many calls, or changes of call data, per second for so many seconds.
// Works in small steps of its own timer, so that a second's worth never comes at once.

#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "center.hpp"
#include "cticonnector/net/alarm.hpp"

namespace cticonnector::sim::cc {

struct LoadSettings {
    enum class Kind : std::uint8_t { calls, call_data };
    Kind kind = Kind::calls;
    double rate = 1;  // per second
    std::chrono::milliseconds duration{1'000};
    std::optional<std::chrono::milliseconds> answer_after;  // at the phone; of calls only
    std::chrono::milliseconds talk{1'000};
};

class Load {
  public:
    Load(boost::asio::io_context& io, Center& center, Outside& outside, std::function<void()> after_input)
        : alarm_(io, [this](Time) { step(); }),
          center_(center),
          outside_(outside),
          after_input_(std::move(after_input)) {}

    // Replaces one that runs. Throws ScriptError when nobody is logged in.
    void start(const LoadSettings& settings);
    void stop() { alarm_.cancel(); }

  private:
    static constexpr std::chrono::milliseconds tick{10};

    void step();
    void generate(std::uint64_t number);
    void place_call(std::uint64_t number);
    void change_data(std::uint64_t number);

    net::Alarm alarm_;
    Center& center_;
    Outside& outside_;
    std::function<void()> after_input_;
    LoadSettings settings_;
    std::vector<AgentIndex> agents_;
    Time started_{};
    std::uint64_t generated_ = 0;
};

}  // namespace cticonnector::sim::cc
