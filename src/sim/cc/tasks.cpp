#include "tasks.hpp"

#include <algorithm>

namespace cticonnector::sim::cc {

namespace {

constexpr std::int32_t task_group_high = 151'635;

}  // namespace

std::string shown(const wire::TaskId& id) {
    return std::to_string(id.task_group_high) + "_" + std::to_string(id.task_group_low) + "_" +
           std::to_string(id.sequence_number);
}

const Task* Tasks::find(const wire::TaskId& id) const {
    const auto found = tasks_.find(id);
    return found == tasks_.end() ? nullptr : &found->second;
}

Task* Tasks::find(const wire::TaskId& id) {
    const auto found = tasks_.find(id);
    return found == tasks_.end() ? nullptr : &found->second;
}

// The group stays the same for all tasks of one customer interaction (MR section 4.3).
wire::TaskId Tasks::new_id(const wire::TaskId& previous) {
    constexpr wire::TaskId none{-1, -1, -1};
    wire::TaskId id{task_group_high, 0, 0};
    if (previous == none || previous == wire::TaskId{})
        id.task_group_low = ++last_group_;
    else
        id = previous;
    std::int32_t& last = sequences_[{id.task_group_high, id.task_group_low}];
    last = std::max(last, id.sequence_number) + 1;
    id.sequence_number = last;
    return id;
}

Task& Tasks::insert(const wire::TaskId& id, MrdIndex mrd) {
    Task& task = tasks_[id];
    task.id = id;
    task.mrd = mrd;
    return task;
}

Task& Tasks::create(MrdIndex mrd, const wire::TaskId& previous) { return insert(new_id(previous), mrd); }

}  // namespace cticonnector::sim::cc
