#pragma once
// What sessions hear of tasks and of agents in media routing domains (MRD): above all the application that
// reports them. Source: ARM task model section 6; bodies of the provisional profile.

#include "agents.hpp"
#include "client_sessions.hpp"
#include "tasks.hpp"

namespace cticonnector::sim::cc {

class MediaEvents {
  public:
    MediaEvents(const Settings& settings, ClientSessions& sessions, const Agents& agents, Outside& outside)
        : settings_(settings), sessions_(sessions), agents_(agents), outside_(outside) {}

    // Of tasks that have their agent.
    void pre_call(const Task& task);
    void made_not_routable(const Task& task);
    void too_old(const Task& task);
    void interrupt(const Agent& agent, MrdIndex mrd, bool done);

    // What only the output of the program tells.
    void state(const Task& task);
    void ended(const Task& task, std::uint32_t disposition);

  private:
    ClientSessionId owner_of(const Task& task) const { return agent_of(task).media[task.mrd].owner; }
    const Agent& agent_of(const Task& task) const { return agents_.at(*task.agent); }
    Json about(const Task& task) const;

    const Settings& settings_;
    ClientSessions& sessions_;
    const Agents& agents_;
    Outside& outside_;
};

}  // namespace cticonnector::sim::cc
