// Agents in media routing domains: sign-in, mode, ready and not ready, limits, interrupts.
// Source: ARM task model sections 4, 6.1, 6.5 and 6.7.

#include <algorithm>

#include "media.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

bool is_waiting(const Task& task) {
    return task.state == TaskState::TASK_STATE_PRE_CALL || task.state == TaskState::TASK_STATE_OFFERED;
}

}  // namespace

Media::Media(const Settings& settings, Timers& timers, ClientSessions& sessions, Agents& agents, Tasks& tasks,
             MediaEvents& events, Outside& outside)
    : settings_(settings),
      timers_(timers),
      sessions_(sessions),
      agents_(agents),
      tasks_(tasks),
      events_(events),
      outside_(outside) {
    agents_.on_publish([this](Agent& agent) { look(agent); });
}

void Media::fail(const ClientSession& session, std::uint32_t invoke_id, ArmStatus status) {
    sessions_.send(session, FailureResp{.invoke_id = invoke_id, .status = status});
    outside_.report("arm.refused", {{"status", status}});
}

Media::Place Media::find_agent(std::int32_t mrd_id, std::int32_t icm_agent_id) const {
    const auto mrd = settings_.mrd_of(mrd_id);
    if (!mrd) return {.status = ARMStatus::E_ARM_STAT_MRD_LIST_ENTRY_NOT_FOUND};
    if (*mrd == voice_mrd) return {.status = ARMStatus::E_ARM_STAT_CANT_LOGIN_TO_VOICE_MRD};
    Agent* agent = agents_.by_icm_id(icm_agent_id);
    if (agent == nullptr) return {.status = ARMStatus::E_ARM_STAT_AGENT_NOT_FOUND};
    return {.agent = agent, .mrd = *mrd};
}

Media::Place Media::find_place(std::int32_t mrd_id, std::int32_t icm_agent_id) const {
    Place place = find_agent(mrd_id, icm_agent_id);
    if (place.agent != nullptr && !place.media().logged_in)
        return {.status = ARMStatus::E_ARM_STAT_AGENT_NOT_LOGGED_IN};
    return place;
}

void Media::on(ClientSession& session, const MediaLoginReq& request) {
    Place place = find_agent(request.mrd_id, request.icm_agent_id);
    // an ICMAgentID that is not known yet: the floating AgentID names them (R-DEC-2)
    if (place.agent == nullptr && request.agent_id) {
        if (const Agent* named = agents_.by_id(*request.agent_id))
            place = find_agent(request.mrd_id, named->icm_id());
    }
    const auto allowed = [&] {
        return session.path != nullptr && std::ranges::count(session.path->mrds, place.mrd) > 0 &&
               request.peripheral_id == settings_.peripheral;
    };
    ArmStatus status = place.status;
    if (place.agent != nullptr) {
        if (!allowed())
            status = ARMStatus::E_ARM_STAT_LOGIN_NOT_ALLOWED_FOR_APP_PATH;
        else if (place.media().logged_in)
            status = ARMStatus::E_ARM_STAT_AGENT_ALREADY_LOGGED_IN;
    }
    sessions_.send(session,
                   MediaLoginResp{.invoke_id = request.invoke_id,
                                  .status = status,
                                  .icm_agent_id = place.agent == nullptr ? -1 : place.agent->icm_id()});
    outside_.report("media.login", {{"agent", place.agent == nullptr ? "" : place.agent->settings->id},
                                    {"mrd", request.mrd_id},
                                    {"limit", request.max_task_limit},
                                    {"status", status}});
    if (status == ARMStatus::E_ARM_STAT_AGENT_ALREADY_LOGGED_IN) take_over(session, place.media());
    if (status != success) return;
    MediaState& media = place.media();
    media = {};
    media.logged_in = true;
    media.limit = request.max_task_limit;
    media.max_beyond = request.max_beyond_task_limit.value_or(0);
    take_over(session, media);
    agents_.publish_login(*place.agent, place.mrd);
}

void Media::on(ClientSession& session, const MediaLogoutInd& indication) {
    const Place place = place_for(session, indication);
    if (place.agent == nullptr) return;
    end_all(place.media(),
            indication.flt_icm_disposition.value_or(DispositionCode::AGENT_LOGGED_OUT_DURING_TASK));
    timers_.cancel(place.media().life);
    place.media() = {};
    agents_.changed(*place.agent);
    outside_.report("media.logout", {{"agent", place.agent->id()}, {"mrd", indication.mrd_id}});
}

void Media::on(ClientSession& session, const MakeAgentRoutableInd& indication) {
    const Place place = place_for(session, indication);
    if (place.agent == nullptr) return;
    place.media().routable = true;
    if (indication.max_tasks > 0) place.media().limit = indication.max_tasks;
    agents_.changed(*place.agent);
}

void Media::on(ClientSession& session, const MakeAgentNotRoutableReq& request) {
    const Place place = find_place(request.mrd_id, request.icm_agent_id);
    if (place.agent == nullptr) {
        sessions_.send(session,
                       MakeAgentNotRoutableResp{.invoke_id = request.invoke_id, .status = place.status});
        return;
    }
    // answered when no routed task waits any more (section 4.3); until then they get no other
    place.media().not_routable_requests.push_back(request.invoke_id);
    agents_.changed(*place.agent);
}

void Media::on(ClientSession& session, const MakeAgentReadyInd& indication) {
    const Place place = place_for(session, indication);
    if (place.agent == nullptr) return;
    place.media().ready = true;
    place.media().reason = 0;
    if (indication.make_routable) place.media().routable = true;
    agents_.changed(*place.agent);
}

void Media::on(ClientSession& session, const MakeAgentNotReadyReq& request) {
    const Place place = find_place(request.mrd_id, request.icm_agent_id);
    ArmStatus status = place.status;
    if (place.agent != nullptr) {
        const bool coming = std::ranges::any_of(place.media().tasks, [&](const wire::TaskId& id) {
            const Task* task = tasks_.find(id);
            return task != nullptr && task->routed && task->state == TaskState::TASK_STATE_PRE_CALL;
        });
        if (coming) status = task_sent_recently;  // ARM section 3.5
    }
    sessions_.send(session, MakeAgentNotReadyResp{.invoke_id = request.invoke_id, .status = status});
    if (status != success) return;
    // what is still open counts as ended in the records (section 4.2)
    end_all(place.media(), DispositionCode::NORMAL_END_TASK);
    place.media().ready = false;
    place.media().reason = request.reason_code;
    agents_.changed(*place.agent);
}

void Media::on(ClientSession& session, const ChangeMaxTaskLimitReq& request) {
    const Place place = find_place(request.mrd_id, request.icm_agent_id);
    if (place.agent != nullptr) {
        place.media().limit = request.max_task_limit;
        place.media().max_beyond = request.max_beyond_task_limit.value_or(place.media().max_beyond);
        agents_.changed(*place.agent);
    }
    sessions_.send(session, ChangeMaxTaskLimitResp{.invoke_id = request.invoke_id, .status = place.status});
}

void Media::on(ClientSession& session, const OverrideLimitReq& request) {
    const Place place = find_place(request.mrd_id, request.icm_agent_id);
    ArmStatus status = place.status;
    if (place.agent != nullptr) {
        MediaState& media = place.media();
        if (media.tasks.size() + media.overrides < std::size_t{media.limit} + media.max_beyond)
            ++media.overrides;
        else
            status = ARMStatus::E_ARM_STAT_INVALID_MESSAGE_SEQUENCE;
    }
    sessions_.send(session, OverrideLimitResp{.invoke_id = request.invoke_id, .status = status});
}

void Media::look(Agent& agent) {
    for (MrdIndex mrd = 1; mrd < settings_.mrds.size(); ++mrd) {
        if (!agent.media[mrd].logged_in) continue;
        answer_not_routable(agent, mrd);
        watch_interrupts(agent, mrd);
    }
}

void Media::answer_not_routable(Agent& agent, MrdIndex mrd) {
    MediaState& media = agent.media[mrd];
    const bool waits = std::ranges::any_of(media.tasks, [&](const wire::TaskId& id) {
        const Task* task = tasks_.find(id);
        return task != nullptr && task->routed && is_waiting(*task);
    });
    if (media.not_routable_requests.empty() || waits) return;
    media.routable = false;
    for (const std::uint32_t invoke_id : media.not_routable_requests)
        sessions_.send(media.owner, MakeAgentNotRoutableResp{.invoke_id = invoke_id, .status = success});
    media.not_routable_requests.clear();
}

}  // namespace cticonnector::sim::cc
