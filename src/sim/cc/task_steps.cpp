// The states of a task: one table of the steps an application may report, and the clocks of the server.
// Source: ARM task model sections 5, 6.2, 6.3 and 6.4.

#include <utility>
#include <vector>

#include "media.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

constexpr std::uint32_t bit(std::uint32_t state) { return 1u << state; }
constexpr std::uint32_t pre_call = bit(TaskState::TASK_STATE_PRE_CALL);
constexpr std::uint32_t offered = bit(TaskState::TASK_STATE_OFFERED);
constexpr std::uint32_t active = bit(TaskState::TASK_STATE_ACTIVE);
constexpr std::uint32_t paused = bit(TaskState::TASK_STATE_PAUSED);
constexpr std::uint32_t wrap_up = bit(TaskState::TASK_STATE_WRAPUP);

}  // namespace

// What an indication does with a task: from which states it may come, and where it leads.
struct Media::Step {
    std::uint32_t from;
    std::uint32_t to;
    ArmStatus without_agent;  // when the router has not chosen yet
};

namespace {

constexpr ArmStatus unknown = ARMStatus::E_ARM_STAT_TASK_OBJECT_NOT_FOUND;
constexpr ArmStatus too_early = ARMStatus::E_ARM_STAT_NO_OFFER_OR_PRE_CALL_RECEIVED;
constexpr std::uint32_t terminated = TaskState::TASK_STATE_LOGGED_OUT;  // 7: the task is over

}  // namespace

void Media::on(ClientSession& session, const OfferTaskInd& indication) {
    Task* task = step(session, indication, {pre_call, TaskState::TASK_STATE_OFFERED, unknown});
    if (task != nullptr && settings_.start_timer_stops_on_offer) timers_.cancel(task->start_timer);
}

void Media::on(ClientSession& session, const StartTaskInd& indication) {
    step(session, indication, {pre_call | offered, TaskState::TASK_STATE_ACTIVE, too_early});
}

void Media::on(ClientSession& session, const PauseTaskInd& indication) {
    step(session, indication, {active, TaskState::TASK_STATE_PAUSED, unknown});
}

void Media::on(ClientSession& session, const ResumeTaskInd& indication) {
    step(session, indication, {paused, TaskState::TASK_STATE_ACTIVE, unknown});
}

void Media::on(ClientSession& session, const WrapupTaskInd& indication) {
    step(session, indication, {active | paused, TaskState::TASK_STATE_WRAPUP, unknown});
}

// Before it was offered, too: the application may give back what it never wanted (MR section 6.3).
void Media::on(ClientSession& session, const EndTaskInd& indication) {
    Task* task =
        step(session, indication, {pre_call | offered | active | paused | wrap_up, terminated, unknown});
    if (task != nullptr) end(*task, indication.disposition);
}

template <class Indication>
Task* Media::step(const ClientSession& session, const Indication& indication, const Step& row) {
    Task* task = tasks_.find(indication.task_id);
    const ArmStatus status = check_step(task, indication.mrd_id, indication.icm_agent_id, row);
    if (status != success) {
        fail(session, indication.invoke_id, status);
        return nullptr;
    }
    enter(*task, row.to);
    return task;
}

ArmStatus Media::check_step(const Task* task, std::int32_t mrd_id, std::int32_t icm_agent_id,
                            const Step& row) const {
    if (task == nullptr) return unknown;
    if (!task->agent) return row.without_agent;
    const Agent& agent = agents_.at(*task->agent);
    if (agent.icm_id() != icm_agent_id) return ARMStatus::E_ARM_STAT_INCONSISTENT_AGENT_IDS;
    if (settings_.mrds[task->mrd].id != mrd_id)
        return ARMStatus::E_ARM_STAT_INCONSISTENT_MEDIA_ROUTING_DOMAIN_IDS;
    if (agent.media[task->mrd].interrupted)
        return ARMStatus::E_ARM_STAT_NOT_VALID_AFTER_INTERRUPT_ADVISORY_ACCEPT;
    if ((bit(task->state) & row.from) == 0) return ARMStatus::E_ARM_STAT_INVALID_MESSAGE_SEQUENCE;
    return success;
}

void Media::enter(Task& task, std::uint32_t state) {
    task.state = state;
    if (state == TaskState::TASK_STATE_ACTIVE) {
        timers_.cancel(task.start_timer);
        if (!task.age_timer) {
            task.age_timer = later(settings_.mrds[task.mrd].max_task_duration, task.id, &Media::too_old);
        }
    }
    agents_.changed(agents_.at(*task.agent));
    if (state != terminated) events_.state(task);
}

Timers::TimerId Media::later(milliseconds wait, const wire::TaskId& id, Act act) {
    return timers_.after(wait, [this, id, act] {
        if (Task* task = tasks_.find(id)) (this->*act)(*task);
    });
}

Task& Media::create(MrdIndex mrd, const wire::TaskId& previous, TaskContext context) {
    Task& task = tasks_.create(mrd, previous);
    task.context = std::move(context);
    return task;
}

Task& Media::give(Agent& agent, MrdIndex mrd, Task& task, std::uint32_t state) {
    // the application may name another agent or MRD while the router looks for one
    if (task.agent && task.agent != agent.index)
        std::erase(agents_.at(*task.agent).media[task.mrd].tasks, task.id);
    task.mrd = mrd;
    task.agent = agent.index;
    agent.media[mrd].tasks.push_back(task.id);
    enter(task, state);
    return task;
}

void Media::select(Task& task, Agent& agent, GroupNumber group) {
    task.routed = true;
    task.group = group;
    give(agent, task.mrd, task, TaskState::TASK_STATE_PRE_CALL);
    task.start_timer =
        later(settings_.mrds[task.mrd].task_start_timeout, task.id, &Media::start_timer_expired);
}

void Media::start_timer_expired(Task& task) {
    agents_.at(*task.agent).media[task.mrd].routable = false;
    events_.made_not_routable(task);
    end(task, DispositionCode::RING_NO_ANSWER);
}

void Media::too_old(Task& task) {
    events_.too_old(task);
    end(task, DispositionCode::MAXIMUM_TASK_LIFETIME_EXCEEDED);
}

void Media::end(Task& task, std::uint32_t disposition) {
    events_.ended(task, disposition);
    Agent& agent = agents_.at(*task.agent);
    std::erase(agent.media[task.mrd].tasks, task.id);
    agents_.changed(agent);
    forget(task);
}

void Media::end_all(MediaState& media, std::uint32_t disposition) {
    const std::vector<wire::TaskId> last_first(media.tasks.rbegin(), media.tasks.rend());
    for (const wire::TaskId& id : last_first) {
        if (Task* task = tasks_.find(id)) end(*task, disposition);
    }
}

void Media::forget(Task& task) {
    timers_.cancel(task.start_timer);
    timers_.cancel(task.age_timer);
    tasks_.remove(task.id);
}

bool Media::has_room(MediaState& media) const {
    if (media.tasks.size() < media.limit) return true;
    if (media.overrides == 0) return false;
    --media.overrides;
    return true;
}

template <class Request, class Response>
void Media::application_task(const ClientSession& session, const Request& request, std::uint32_t state) {
    const Place place = find_place(request.mrd_id, request.icm_agent_id);
    Response response{.invoke_id = request.invoke_id, .status = place.status};
    if (place.agent != nullptr && !has_room(place.media()))
        response.status = ARMStatus::E_ARM_STAT_INVALID_MESSAGE_SEQUENCE;
    if (response.status != success) {
        sessions_.send(session, response);
        return;
    }
    TaskContext context;
    take(context, request);
    Task& task = create(place.mrd, request.previous_task, std::move(context));
    response.task_id = task.id;
    sessions_.send(session, response);
    give(*place.agent, place.mrd, task, state);
}

void Media::on(ClientSession& session, const OfferApplicationTaskReq& request) {
    application_task<OfferApplicationTaskReq, OfferApplicationTaskResp>(session, request,
                                                                        TaskState::TASK_STATE_OFFERED);
}

void Media::on(ClientSession& session, const StartApplicationTaskReq& request) {
    application_task<StartApplicationTaskReq, StartApplicationTaskResp>(session, request,
                                                                        TaskState::TASK_STATE_ACTIVE);
}

void Media::on(ClientSession& session, const UpdateTaskContextInd& indication) {
    Task* task = tasks_.find(indication.task_id);
    if (task == nullptr) return fail(session, indication.invoke_id, unknown);
    take(task->context, indication);
}

}  // namespace cticonnector::sim::cc
