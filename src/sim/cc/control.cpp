#include "control.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

Control::Control(const Settings& settings, ClientSessions& sessions, Agents& agents, Voice& voice,
                 PhoneCalls& calls, Switchboard& switchboard, Outside& outside)
    : settings_(settings),
      sessions_(sessions),
      agents_(agents),
      voice_(voice),
      calls_(calls),
      switchboard_(switchboard),
      outside_(outside) {}

void Control::refuse(const ClientSession& session, std::uint32_t invoke_id, const ControlFailure& failure) {
    sessions_.send(session, ControlFailureConf{.invoke_id = invoke_id,
                                               .failure_code = failure.code,
                                               .peripheral_error_code = failure.peripheral});
    outside_.report("request.refused",
                    {{"failure", wire::name_of(ControlFailureCode::names, failure.code).value_or("")},
                     {"code", failure.code},
                     {"peripheral", failure.peripheral}});
}

void Control::on(ClientSession& session, const QueryAgentStateReq& request) {
    Agent* agent =
        request.agent_id ? agents_.by_id(*request.agent_id) : agents_.by_icm_id(request.icm_agent_id);
    if (agent == nullptr && request.agent_extension) agent = agents_.at_device(*request.agent_extension);
    if (agent == nullptr && request.agent_instrument) agent = agents_.at_device(*request.agent_instrument);
    if (agent == nullptr) return refuse(session, request.invoke_id, agent_unknown);
    const auto mrd = settings_.mrd_of(request.mrd_id);
    if (!mrd) return sessions_.refuse(session, request.invoke_id, StatusCode::E_CTI_INVALID_MR_DOMAIN);
    const Reported now = agents_.report_of(*agent, *mrd);
    QueryAgentStateConf answer{.invoke_id = request.invoke_id};
    put(settings_, *agent, *mrd, now, answer);
    for (const std::uint32_t number : agent->settings->skill_groups) {
        const SkillGroup* group = settings_.skill_group(number);
        if (group->mrd != *mrd) continue;
        answer.skill_groups.push_back({.skill_group_number = group->number,
                                       .skill_group_id = group->id,
                                       .skill_group_priority = group->priority,
                                       .skill_group_state = now.state});
    }
    sessions_.send(session, answer);
}

void Control::on(ClientSession& session, const SetAgentStateReq& request) {
    Agent* agent = request.agent_id ? agents_.by_id(*request.agent_id) : nullptr;
    if (agent == nullptr && request.agent_instrument) agent = agents_.at_device(*request.agent_instrument);
    if (request.agent_state == AgentState::AGENT_STATE_LOGIN) return login(session, request, agent);
    if (agent == nullptr) return refuse(session, request.invoke_id, agent_unknown);
    const StateRequest wanted{.state = request.agent_state,
                              .reason = request.event_reason_code,
                              .forced = request.forced_flag == ForcedFlag::TRUE_};
    if (const Refusal refusal = voice_.check_state(*agent, wanted))
        return refuse(session, request.invoke_id, *refusal);
    sessions_.send(session, SetAgentStateConf{.invoke_id = request.invoke_id});
    outside_.report("agent.asked", {{"agent", agent->id()},
                                    {"state", wire::name_of(AgentState::names, wanted.state).value_or("")},
                                    {"reason", wanted.reason}});
    voice_.set_state(*agent, wanted);
}

// With ForcedFlag 2 only the password is looked at (R-DEC-1, R-DEC-48).
void Control::login(const ClientSession& session, const SetAgentStateReq& request, Agent* agent) {
    const std::string_view device = request.agent_instrument.value_or("");
    Refusal refusal = Voice::check_password(agent, request.agent_password.value_or(""));
    const bool only_password = request.forced_flag == ForcedFlag::AGENT_AUTHENTICATION_ONLY;
    if (!refusal && !only_password) refusal = voice_.check_login(*agent, device);
    if (refusal) {
        outside_.report("agent.login_refused",
                        {{"agent", request.agent_id.value_or("")}, {"device", device}});
        return refuse(session, request.invoke_id, *refusal);
    }
    sessions_.send(session, SetAgentStateConf{.invoke_id = request.invoke_id});
    if (only_password)
        outside_.report("agent.authenticated", {{"agent", agent->id()}});
    else
        voice_.login(*agent, device);
}

}  // namespace cticonnector::sim::cc
