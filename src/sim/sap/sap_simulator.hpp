#pragma once
// The SAP side as a Simulator: the steps of a script, the waits between them, the counters at the end
// (docs/simulators.md, "SAP side"). A step behind a wait runs when the wait is over.

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cticonnector/sim/script/simulator.hpp"
#include "traffic.hpp"
#include "waits.hpp"

namespace cticonnector::sim::sap {

extern const std::vector<Sentence> sentences;

class SapSimulator : public Simulator {
  public:
    /// What the program does about the end of a run.
    struct Ending {
        std::function<void()> quit;    // asked for by a step, or because a wait has failed
        std::function<void()> failed;  // a wait has failed or a protocol error was seen; called in stop()
    };

    SapSimulator(const Settings&, boost::asio::io_context& io, Output& output, std::uint64_t app_id_seed,
                 Ending ending);

    Action compile(const std::string& verb, Object& step) override;
    void start() override;
    void stop() override;

    std::size_t figure(std::string_view name);
    static std::vector<std::string_view> figure_names();
    static std::vector<std::string_view> step_names();
    const std::string& app_url() const { return traffic_.app_url(); }

  private:
    using Compile = Action (SapSimulator::*)(Object&);
    struct Verb {
        std::string_view name;
        Compile compile;
    };
    static const std::vector<Verb>& verbs();

    Action log_on(Object&);
    Action log_off(Object&);
    Action set_workmode(Object&);
    Action manual_sessions(Object&);
    Action behave(Object&);
    Action add_items(Object&);
    Action delete_item(Object&);
    Action request(Object&);
    Action post(Object&);
    Action inject(Object&);
    Action wait_for(Object&);
    Action expect_idle(Object&);
    Action print(Object&);
    Action finish(Object&);

    std::vector<AgentIndex> agents_of(Object& step) const;
    /// call(agent, now) for each, then pump.
    Action for_each(std::vector<AgentIndex> agents, std::function<void(AgentIndex, Time)> call);
    Action held(Action action);
    void begin_wait(const Wait&);
    void check_wait();
    void wait_failed(const std::string& why);
    void run_held();
    void tell_agent(AgentIndex);
    void tell_totals(std::string_view event);

    Output& output_;
    Traffic traffic_;
    Ending ending_;
    std::unordered_map<std::string, AgentIndex> by_user_;
    std::optional<Wait> wait_;
    boost::asio::steady_timer wait_timer_;
    std::deque<Action> held_;
    bool failed_ = false;
};

}  // namespace cticonnector::sim::sap
