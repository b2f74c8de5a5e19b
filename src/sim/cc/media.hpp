#pragma once
// Agent reporting (ARM): agents in media routing domains (MRD) other than voice, their mode and limits, tasks
// and their states, interrupts, and the resynchronisation after a lost application session. An indication has
// no positive answer; FAILURE_RESP says what was wrong with it.
// Source: ARM task model sections 3 to 6; bodies of the provisional profile. R-DEC-2, 25, 26, 27, 41, 51.

#include "agents.hpp"
#include "client_sessions.hpp"
#include "data.hpp"
#include "media_events.hpp"
#include "tasks.hpp"

namespace cticonnector::sim::cc {

// Status of RESP messages and of FAILURE_RESP; 0 = success.
using ArmStatus = std::uint32_t;
inline constexpr ArmStatus success = 0;

class Media {
  public:
    Media(const Settings& settings, Timers& timers, ClientSessions& sessions, Agents& agents, Tasks& tasks,
          MediaEvents& events, Outside& outside);

    // One for each message of the application.
    void on(ClientSession& session, const ged188::MediaLoginReq& request);
    void on(ClientSession& session, const ged188::MediaLogoutInd& indication);
    void on(ClientSession& session, const ged188::MakeAgentRoutableInd& indication);
    void on(ClientSession& session, const ged188::MakeAgentNotRoutableReq& request);
    void on(ClientSession& session, const ged188::MakeAgentReadyInd& indication);
    void on(ClientSession& session, const ged188::MakeAgentNotReadyReq& request);
    void on(ClientSession& session, const ged188::OfferTaskInd& indication);
    void on(ClientSession& session, const ged188::StartTaskInd& indication);
    void on(ClientSession& session, const ged188::PauseTaskInd& indication);
    void on(ClientSession& session, const ged188::ResumeTaskInd& indication);
    void on(ClientSession& session, const ged188::WrapupTaskInd& indication);
    void on(ClientSession& session, const ged188::EndTaskInd& indication);
    void on(ClientSession& session, const ged188::OfferApplicationTaskReq& request);
    void on(ClientSession& session, const ged188::StartApplicationTaskReq& request);
    void on(ClientSession& session, const ged188::AgentInterruptAcceptedInd& indication);
    void on(ClientSession& session, const ged188::AgentInterruptUnacceptedInd& indication);
    void on(ClientSession& session, const ged188::AgentInterruptDoneAcceptedInd& indication);
    void on(ClientSession& session, const ged188::ChangeMaxTaskLimitReq& request);
    void on(ClientSession& session, const ged188::OverrideLimitReq& request);
    void on(ClientSession& session, const ged188::UpdateTaskContextInd& indication);
    void on(ClientSession& session, const ged188::BeginAgentInitInd& indication);
    void on(ClientSession& session, const ged188::AgentInitReq& request);
    void on(ClientSession& session, const ged188::TaskInitInd& indication);
    void on(ClientSession& session, const ged188::TaskInitReq& request);
    void on(ClientSession& session, const ged188::EndAgentInitInd& indication);
    void on(ClientSession& session, const ged188::GetPrecallMessagesReq& request);
    void on(ClientSession& session, const ged188::GetAgentTasksReq& request);
    void on(ClientSession& session, const ged188::SnapshotTaskReq& request);

    void session_opened(const ClientSession& session);
    void session_closed(const ClientSession& session);

    // For the router: a task that waits, and its agent.
    Task& create(MrdIndex mrd, const wire::TaskId& previous, TaskContext context);
    void select(Task& task, Agent& agent, GroupNumber group);
    void forget(Task& task);  // that never had an agent

  private:
    struct Place {
        Agent* agent = nullptr;
        MrdIndex mrd = voice_mrd;
        ArmStatus status = 0;  // why there is no place
        MediaState& media() const { return agent->media[mrd]; }
    };
    Place find_agent(std::int32_t mrd_id, std::int32_t icm_agent_id) const;
    // Somebody who is signed in.
    Place find_place(std::int32_t mrd_id, std::int32_t icm_agent_id) const;
    template <class Indication>
    Place place_for(const ClientSession& session, const Indication& indication) {
        const Place place = find_place(indication.mrd_id, indication.icm_agent_id);
        if (place.agent == nullptr) fail(session, indication.invoke_id, place.status);
        return place;
    }
    void fail(const ClientSession& session, std::uint32_t invoke_id, ArmStatus status);

    struct Step;
    template <class Indication>
    Task* step(const ClientSession& session, const Indication& indication, const Step& step);
    ArmStatus check_step(const Task* task, std::int32_t mrd_id, std::int32_t icm_agent_id,
                         const Step& step) const;
    void enter(Task& task, std::uint32_t state);
    template <class Request, class Response>
    void application_task(const ClientSession& session, const Request& request, std::uint32_t state);
    bool has_room(MediaState& media) const;
    Task& give(Agent& agent, MrdIndex mrd, Task& task, std::uint32_t state);
    void end(Task& task, std::uint32_t disposition);
    void end_all(MediaState& media, std::uint32_t disposition);
    void start_timer_expired(Task& task);
    void too_old(Task& task);
    using Act = void (Media::*)(Task&);
    // Does nothing when the task is over by then.
    Timers::TimerId later(milliseconds wait, const wire::TaskId& id, Act act);

    void look(Agent& agent);
    void answer_not_routable(Agent& agent, MrdIndex mrd);
    void watch_interrupts(Agent& agent, MrdIndex mrd);
    void leave_interrupt(Agent& agent, MediaState& media);
    void take_over(const ClientSession& session, MediaState& media);
    void life_over(AgentIndex agent, MrdIndex mrd, const ApplicationPath* path, ClientSessionId lost);

    const Settings& settings_;
    Timers& timers_;
    ClientSessions& sessions_;
    Agents& agents_;
    Tasks& tasks_;
    MediaEvents& events_;
    Outside& outside_;
};

}  // namespace cticonnector::sim::cc
