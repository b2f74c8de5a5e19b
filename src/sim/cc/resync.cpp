// An application session is lost and comes back: tasks live on for a while, the application says what is
// still true, or asks. Source: ARM task model section 6.8; R-DEC-41.

#include <algorithm>
#include <utility>
#include <vector>

#include "media.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

void Media::session_opened(const ClientSession& session) {
    if (session.path != nullptr && settings_.agent_init_ready) sessions_.send(session, AgentInitReadyEvent{});
}

void Media::session_closed(const ClientSession& session) {
    if (session.path == nullptr) return;
    for (Agent& agent : agents_.all()) {
        for (MrdIndex mrd = 1; mrd < settings_.mrds.size(); ++mrd) {
            MediaState& media = agent.media[mrd];
            if (!media.logged_in || media.owner != session.id) continue;
            media.lost = true;
            media.routable = false;
            media.not_routable_requests.clear();
            timers_.cancel(media.life);
            media.life = timers_.after(settings_.mrds[mrd].task_life,
                                       [this, index = agent.index, mrd, path = session.path,
                                        id = session.id] { life_over(index, mrd, path, id); });
            agents_.changed(agent);
        }
    }
    outside_.report("application.lost", {{"session", session.id.value}, {"path", session.path->id}});
}

void Media::life_over(AgentIndex index, MrdIndex mrd, const ApplicationPath* path, ClientSessionId lost) {
    MediaState& media = agents_.at(index).media[mrd];
    end_all(media, sessions_.another_on_path(path, lost) ? DispositionCode::APPLICATION_DISCONNECTED
                                                         : DispositionCode::APPLICATION_PATH_WENT_DOWN);
    media.life.reset();
}

void Media::take_over(const ClientSession& session, MediaState& media) {
    media.owner = session.id;
    media.path = session.path;
}

void Media::on(ClientSession& session, const BeginAgentInitInd&) {
    for (auto& [id, task] : tasks_.all()) {
        if (task.agent && agents_.at(*task.agent).media[task.mrd].path == session.path)
            task.initialised = false;
    }
    outside_.report("resync.begin", {{"session", session.id.value}});
}

void Media::on(ClientSession& session, const AgentInitReq& request) {
    const Place place = find_agent(request.mrd_id, request.icm_agent_id);
    ArmStatus status = place.status;
    if (place.agent != nullptr &&
        (session.path == nullptr || std::ranges::count(session.path->mrds, place.mrd) == 0))
        status = ARMStatus::E_ARM_STAT_LOGIN_NOT_ALLOWED_FOR_APP_PATH;
    sessions_.send(session, AgentInitResp{.invoke_id = request.invoke_id, .status = status});
    if (status != success) return;
    MediaState& media = place.media();
    timers_.cancel(media.life);
    media.lost = false;
    media.logged_in = request.agent_state != AgentState::AGENT_STATE_LOGOUT;
    media.ready = media.logged_in && request.agent_state != AgentState::AGENT_STATE_NOT_READY &&
                  request.agent_state != AgentState::AGENT_STATE_WORK_NOT_READY;
    media.routable = request.agent_mode == settings_.routable_mode;
    media.limit = request.max_task_limit;
    media.max_beyond = request.max_beyond_task_limit.value_or(0);
    take_over(session, media);
    if (!media.logged_in) end_all(media, DispositionCode::AGENT_LOGGED_OUT_DURING_TASK);
    agents_.changed(*place.agent);
    outside_.report("resync.agent", {{"agent", place.agent->id()}, {"mrd", request.mrd_id}});
}

void Media::on(ClientSession& session, const TaskInitInd& indication) {
    const Place place = place_for(session, indication);
    if (place.agent == nullptr) return;
    Task* task = tasks_.find(indication.task_id);
    if (task == nullptr || !task->agent) {
        // both gateway processes failed: what the application knows is the truth (section 6.9)
        task = task != nullptr ? task : &tasks_.insert(indication.task_id, place.mrd);
        give(*place.agent, place.mrd, *task, indication.task_state);
    } else if (task->agent != place.agent->index) {
        return fail(session, indication.invoke_id, ARMStatus::E_ARM_STAT_INCONSISTENT_AGENT_IDS);
    } else {
        enter(*task, indication.task_state);
    }
    take(task->context, indication);
    task->initialised = true;
}

void Media::on(ClientSession& session, const TaskInitReq& request) {
    const Place place = find_place(request.mrd_id, request.icm_agent_id);
    TaskInitResp response{.invoke_id = request.invoke_id, .status = place.status};
    if (place.agent != nullptr) {
        TaskContext context;
        take(context, request);
        Task& task = create(place.mrd, {-1, -1, -1}, std::move(context));
        response.task_id = task.id;
        give(*place.agent, place.mrd, task, request.task_state);
    }
    sessions_.send(session, response);
}

void Media::on(ClientSession& session, const EndAgentInitInd&) {
    std::vector<wire::TaskId> gone;
    for (const auto& [id, task] : tasks_.all()) {
        if (!task.initialised) gone.push_back(id);
    }
    for (const wire::TaskId& id : gone)
        end(*tasks_.find(id), DispositionCode::TASK_ENDED_DURING_APPLICATION_INIT);
    outside_.report("resync.end", {{"session", session.id.value}, {"ended", gone.size()}});
}

void Media::on(ClientSession& session, const GetPrecallMessagesReq& request) {
    const auto mrd = settings_.mrd_of(request.mrd_id);
    const ArmStatus status = mrd ? success : ArmStatus{ARMStatus::E_ARM_STAT_MRD_LIST_ENTRY_NOT_FOUND};
    sessions_.send(session, GetPrecallMessagesResp{.invoke_id = request.invoke_id, .status = status});
    for (const auto& [id, task] : tasks_.all()) {
        const bool coming = task.agent && task.mrd == mrd && task.state == TaskState::TASK_STATE_PRE_CALL &&
                            agents_.at(*task.agent).media[task.mrd].owner == session.id;
        if (coming) events_.pre_call(task);
    }
}

void Media::on(ClientSession& session, const GetAgentTasksReq& request) {
    const Place place = find_place(request.mrd_id, request.icm_agent_id);
    AgentTasksResp response{.invoke_id = request.invoke_id, .status = place.status};
    if (place.agent != nullptr) {
        MediaState& media = place.media();
        for (const wire::TaskId& id : media.tasks) response.tasks.push_back(id);
        if (media.lost) {
            // the client is back: their state follows from their tasks, without any they are not ready
            timers_.cancel(media.life);
            media.lost = false;
            media.ready = !media.tasks.empty();
            take_over(session, media);
            agents_.changed(*place.agent);
        }
    }
    sessions_.send(session, response);
}

void Media::on(ClientSession& session, const SnapshotTaskReq& request) {
    const Task* task = tasks_.find(request.task_id);
    SnapshotTaskResp response{.invoke_id = request.invoke_id,
                              .status = ARMStatus::E_ARM_STAT_TASK_OBJECT_NOT_FOUND,
                              .task_id = request.task_id};
    if (task != nullptr && task->agent) {
        response.status = success;
        response.mrd_id = settings_.mrds[task->mrd].id;
        response.icm_agent_id = agents_.at(*task->agent).icm_id();
        response.task_state = task->state;
        put(task->context, response);
    }
    sessions_.send(session, response);
}

}  // namespace cticonnector::sim::cc
