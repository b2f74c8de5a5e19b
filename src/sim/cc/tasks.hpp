#pragma once
// Tasks of media routing as records, addressed by their TaskID. Whoever comes back later looks up again, and
// may find that the task is gone. What happens with tasks: media.hpp. Source: ARM task model sections 5, 6.2.

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "cticonnector/protocol/ged188/ged188.hpp"
#include "data.hpp"
#include "settings.hpp"
#include "timers.hpp"

namespace cticonnector::sim::cc {

struct Task {
    wire::TaskId id;
    MrdIndex mrd = voice_mrd;
    std::optional<AgentIndex> agent;  // nothing: the router has not chosen yet
    std::uint32_t state = ged188::TaskState::TASK_STATE_PRE_CALL;
    std::uint32_t before_interrupt = ged188::TaskState::TASK_STATE_ACTIVE;
    bool routed = false;      // by the router, not by the application
    bool initialised = true;  // named by the application since the resynchronisation began
    GroupNumber group;
    TaskContext context;
    Timers::TimerId start_timer, age_timer;
};

// As the output of the program tells it: 151635_301_1.
std::string shown(const wire::TaskId& id);

class Tasks {
  public:
    // A new TaskID: of the group of `previous`, or the first of a group.
    Task& create(MrdIndex mrd, const wire::TaskId& previous);
    Task& insert(const wire::TaskId& id, MrdIndex mrd);
    void remove(wire::TaskId id) { tasks_.erase(id); }

    Task* find(const wire::TaskId& id);
    const Task* find(const wire::TaskId& id) const;
    std::map<wire::TaskId, Task>& all() { return tasks_; }
    std::size_t size() const { return tasks_.size(); }

  private:
    wire::TaskId new_id(const wire::TaskId& previous);

    std::map<wire::TaskId, Task> tasks_;
    std::map<std::pair<std::int32_t, std::int32_t>, std::int32_t> sequences_;  // last of each task group
    std::int32_t last_group_ = 300;
};

}  // namespace cticonnector::sim::cc
