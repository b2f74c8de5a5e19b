#pragma once
// The steps of a script, and of standard input: checked when they are read, done when their time has come.
// One table of verbs. Source: docs/simulators.md.

#include <functional>
#include <utility>

#include "center.hpp"
#include "cti_server.hpp"
#include "cticonnector/sim/script/simulator.hpp"
#include "load.hpp"
#include "pim_client.hpp"

namespace cticonnector::sim::cc {

template <class T>
using Word = std::pair<std::string_view, T>;

class Steps {
  public:
    Steps(Center& center, CtiServer& server, PimClient& pim, Load& load, Outside& outside)
        : center_(center), server_(server), pim_(pim), load_(load), outside_(outside) {}

    Action compile(Object& step);

  private:
    Action call(Object& step);
    Action hang_up(Object& step);
    Action call_data(Object& step);
    Action agent(Object& step);
    Action phone(Object& step);
    Action side(Object& step);
    Action slow(Object& step);
    Action peripheral(Object& step);
    Action pim(Object& step);
    Action selector(Object& step);
    Action inject(Object& step);
    Action advisory(Object& step);
    Action load(Object& step);
    Action state(Object& step);

    const Agent& agent_of(Object& step);
    // Runs `action` in the center, at the time of the step.
    Action in_center(std::function<void()> action);
    void report_state();
    void report_agent(const Agent& agent);

    Center& center_;
    CtiServer& server_;
    PimClient& pim_;
    Load& load_;
    Outside& outside_;
};

}  // namespace cticonnector::sim::cc
