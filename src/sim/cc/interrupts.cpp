// Work in a media routing domain that cannot be interrupted puts the tasks of one that can aside.
// Source: ARM task model section 6.5.

#include "media.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

bool can_be_interrupted(const Task& task) {
    return task.state == TaskState::TASK_STATE_ACTIVE || task.state == TaskState::TASK_STATE_PAUSED ||
           task.state == TaskState::TASK_STATE_WRAPUP;
}

}  // namespace

// Section 6.5: work in a non-interruptible MRD began, or the last of it is over.
void Media::watch_interrupts(Agent& agent, MrdIndex mrd) {
    MediaState& media = agent.media[mrd];
    if (!settings_.mrds[mrd].interruptible) return;
    const bool busy = agents_.busy_elsewhere(agent, mrd, false);
    if (busy && !media.advised && !media.tasks.empty() && media.ready) {
        media.advised = true;
        events_.interrupt(agent, mrd, false);
    } else if (!busy && media.advised) {
        media.advised = false;
        events_.interrupt(agent, mrd, true);
    }
}

void Media::on(ClientSession& session, const AgentInterruptAcceptedInd& indication) {
    const Place place = place_for(session, indication);
    if (place.agent == nullptr) return;
    MediaState& media = place.media();
    if (!media.advised || media.interrupted)
        return fail(session, indication.invoke_id, ARMStatus::E_ARM_STAT_INVALID_MESSAGE_SEQUENCE);
    media.interrupted = true;
    for (const wire::TaskId& id : media.tasks) {
        Task* task = tasks_.find(id);
        if (task == nullptr || !can_be_interrupted(*task)) continue;
        task->before_interrupt = task->state;
        task->state = TaskState::TASK_STATE_INTERRUPTED;
    }
    agents_.changed(*place.agent);
}

void Media::leave_interrupt(Agent& agent, MediaState& media) {
    media.interrupted = false;
    for (const wire::TaskId& id : media.tasks) {
        Task* task = tasks_.find(id);
        if (task != nullptr && task->state == TaskState::TASK_STATE_INTERRUPTED)
            task->state = task->before_interrupt;
    }
    agents_.changed(agent);
}

void Media::on(ClientSession& session, const AgentInterruptUnacceptedInd& indication) {
    const Place place = place_for(session, indication);
    if (place.agent == nullptr) return;
    if (!place.media().advised)
        return fail(session, indication.invoke_id, ARMStatus::E_ARM_STAT_INVALID_MESSAGE_SEQUENCE);
    leave_interrupt(*place.agent, place.media());
}

void Media::on(ClientSession& session, const AgentInterruptDoneAcceptedInd& indication) {
    const Place place = place_for(session, indication);
    if (place.agent == nullptr) return;
    if (place.media().advised || !place.media().interrupted)
        return fail(session, indication.invoke_id, ARMStatus::E_ARM_STAT_INVALID_MESSAGE_SEQUENCE);
    leave_interrupt(*place.agent, place.media());
}

}  // namespace cticonnector::sim::cc
