#include "orders.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace cticonnector::routing {

namespace {

using namespace engine;
using ged188::DispositionCode;

Request of(const auto& action, Question question = Question::operation) {
    return {.question = question, .operation = action.operation, .agent = action.agent};
}
Request about_medium(const auto& action) {
    return {.question = Question::indicate_medium, .agent = action.agent, .channel = action.channel};
}
Request about_task(const auto& action) {
    return {.question = Question::indicate_task,
            .agent = action.agent,
            .channel = action.channel,
            .task = action.task};
}

/// MRDID and ICMAgentID, which every ARM message names.
template <class M>
M arm(const CtiState& cti, const AgentId& agent, Channel channel) {
    M message;
    message.mrd_id = cti.mrd(channel);
    message.icm_agent_id = cti.directory.icm_agent_id(agent);
    return message;
}

template <class M>
M about_task(const CtiState& cti, const auto& action) {
    M message = arm<M>(cti, action.agent, action.channel);
    message.task_id = task_of(action.task);
    return message;
}

/// A connection is opaque and goes back as it came, with its type (R-DEC-37).
template <class M>
M about_call(const CtiState& cti, const CallId& call) {
    M message;
    message.peripheral_id = cti.settings->peripheral;
    message.connection_call_id = call.call;
    message.connection_device_id_type = call.device_type;
    if (call.device_type != ged188::ConnectionDeviceIDType::CONNECTION_ID_NONE)
        message.connection_device_id = call.device;
    return message;
}

/// SET_AGENT_STATE_REQ with the texts that it points to.
void set_state(CtiState& cti, const Request& request, ged188::SetAgentStateReq message,
               std::string instrument, const Secret& password = {}) {
    std::string name = request.agent.name;
    std::string secret = password.reveal();
    if (!cti.put_in_code_page(request, {{"agent", name}, {"device", instrument}, {"password", secret}}))
        return;
    message.peripheral_id = cti.settings->peripheral;
    message.agent_id = name;
    if (!instrument.empty()) message.agent_instrument = instrument;
    const bool logs = message.agent_state == ged188::AgentState::AGENT_STATE_LOGIN ||
                      message.agent_state == ged188::AgentState::AGENT_STATE_LOGOUT;
    if (logs) message.agent_password = secret;  // required with these two, even when it is empty
    cti.request(request, message);
}

struct VoiceRow {
    VoiceWish wish;
    std::uint16_t state;
};
constexpr std::array voice_rows{
    VoiceRow{VoiceWish::ready, ged188::AgentState::AGENT_STATE_AVAILABLE},
    VoiceRow{VoiceWish::not_ready, ged188::AgentState::AGENT_STATE_NOT_READY},
    VoiceRow{VoiceWish::work_ready, ged188::AgentState::AGENT_STATE_WORK_READY},
    VoiceRow{VoiceWish::work_not_ready, ged188::AgentState::AGENT_STATE_WORK_NOT_READY},
};
static_assert(one_row_each(voice_rows, &VoiceRow::wish), "a wish lacks its row, or stands in another order");

/// R-DEC-24.
struct EndRow {
    TaskEnd end;
    std::uint32_t disposition;
};
constexpr std::array end_rows{
    EndRow{TaskEnd::completed, DispositionCode::NORMAL_END_TASK},
    EndRow{TaskEnd::given_back, DispositionCode::TASK_ABANDONED_WHILE_OFFERED},
    EndRow{TaskEnd::no_answer, DispositionCode::RING_NO_ANSWER},
    EndRow{TaskEnd::forwarded, DispositionCode::TASK_TRANSFER},
    EndRow{TaskEnd::rerouted_at_logout, DispositionCode::TASK_TRANSFERRED_ON_AGENT_LOGOUT},
    EndRow{TaskEnd::logged_out, DispositionCode::AGENT_LOGGED_OUT_DURING_TASK},
};
static_assert(one_row_each(end_rows, &EndRow::end), "an end lacks its row, or stands in another order");

}  // namespace

// ---- agents

void send(CtiState& cti, const QueryAgent& a) {
    Request request = of(a, Question::query_agent);
    request.unconfirmed = true;
    std::string name = a.agent.name;
    if (!cti.put_in_code_page(request, {{"agent", name}})) return;
    cti.request(request, ged188::QueryAgentStateReq{.peripheral_id = cti.settings->peripheral,
                                                    .mrd_id = cti.mrd(Channel::voice),
                                                    .icm_agent_id = cti.directory.icm_agent_id(a.agent),
                                                    .agent_id = name});
}

void send(CtiState& cti, const Login& a) {
    ged188::SetAgentStateReq message{.agent_state = ged188::AgentState::AGENT_STATE_LOGIN};
    Request request = of(a);
    request.unconfirmed = true;
    if (a.authenticate_only) {
        message.forced_flag = ged188::ForcedFlag::AGENT_AUTHENTICATION_ONLY;
    } else {
        request.question = Question::login;
        request.device = a.device;
    }
    set_state(cti, request, message, a.device, a.password);
}

void send(CtiState& cti, const Logout& a) {
    ged188::SetAgentStateReq message{.agent_state = ged188::AgentState::AGENT_STATE_LOGOUT,
                                     .event_reason_code = static_cast<std::uint16_t>(a.reason)};
    if (a.forced) message.forced_flag = ged188::ForcedFlag::TRUE_;
    Request request = of(a);
    request.unconfirmed = true;  // it may take back a log-on whose answer was lost
    set_state(cti, request, message, a.device, a.password);
}

void send(CtiState& cti, const SetVoiceState& a) {
    ged188::SetAgentStateReq message{.event_reason_code = static_cast<std::uint16_t>(a.reason)};
    message.agent_state = voice_rows[static_cast<std::size_t>(a.wish)].state;
    set_state(cti, of(a), message, cti.directory.instrument(a.agent));
}

// ---- agents in media

void send(CtiState& cti, const LoginMedium& a) {
    const std::string name = cti.coded(a.agent.name);
    auto message = arm<ged188::MediaLoginReq>(cti, a.agent, a.channel);
    message.peripheral_id = cti.settings->peripheral;
    message.max_task_limit = static_cast<std::uint32_t>(a.task_limit);
    message.agent_id = name;
    Request request = of(a, Question::login_medium);
    request.channel = a.channel;
    cti.request(request, message);
}

void send(CtiState& cti, const SetTaskLimit& a) {
    auto message = arm<ged188::ChangeMaxTaskLimitReq>(cti, a.agent, a.channel);
    message.max_task_limit = static_cast<std::uint32_t>(a.task_limit);
    cti.request(of(a), message);
}

void send(CtiState& cti, const LogoutMedium& a) {
    cti.request(about_medium(a), arm<ged188::MediaLogoutInd>(cti, a.agent, a.channel));
}

void send(CtiState& cti, const ReadyMedium& a) {
    auto message = arm<ged188::MakeAgentReadyInd>(cti, a.agent, a.channel);
    message.make_routable = true;
    cti.request(about_medium(a), message);
}

void send(CtiState& cti, const NotRoutable& a) {
    cti.request(of(a), arm<ged188::MakeAgentNotRoutableReq>(cti, a.agent, a.channel));
}

void send(CtiState& cti, const NotReadyMedium& a) {
    auto message = arm<ged188::MakeAgentNotReadyReq>(cti, a.agent, a.channel);
    message.reason_code = static_cast<std::uint16_t>(a.reason);
    cti.request(of(a), message);
}

// ---- tasks

void send(CtiState& cti, const StepTask& a) {
    switch (a.step) {
        case TaskStep::offer: return cti.request(about_task(a), about_task<ged188::OfferTaskInd>(cti, a));
        case TaskStep::start: return cti.request(about_task(a), about_task<ged188::StartTaskInd>(cti, a));
        case TaskStep::wrapup: return cti.request(about_task(a), about_task<ged188::WrapupTaskInd>(cti, a));
    }
}

void send(CtiState& cti, const EndTask& a) {
    auto message = about_task<ged188::EndTaskInd>(cti, a);
    message.disposition = end_rows[static_cast<std::size_t>(a.end)].disposition;
    cti.request(about_task(a), message);
}

void send(CtiState& cti, const Stray& stray) {
    cti.request({}, ged188::EndTaskInd{.mrd_id = stray.mrd,
                                       .icm_agent_id = stray.icm_agent_id,
                                       .task_id = task_of(stray.task),
                                       .disposition = DispositionCode::TASK_ABANDONED_WHILE_OFFERED});
}

// ---- calls

void send(CtiState& cti, const Calls& calls, const AnswerCall& a) {
    const CallId call = calls.connection(a.agent, a.call);
    const std::string instrument = cti.coded(cti.directory.instrument(a.agent));
    auto message = about_call<ged188::AnswerCallReq>(cti, call);
    message.agent_instrument = instrument;
    cti.request(of(a), message);
}

void send(CtiState& cti, const Calls& calls, const ClearCall& a) {
    const CallId call = calls.connection(a.agent, a.call);
    const std::string instrument = cti.coded(cti.directory.instrument(a.agent));
    auto message = about_call<ged188::ClearConnectionReq>(cti, call);  // R-DEC-38
    message.agent_instrument = instrument;
    cti.request(of(a), message);
}

void send(CtiState& cti, const Calls& calls, const ReleaseCall& a) {
    const CallId call = calls.connection(a.agent, a.call);
    if (!calls.live(call)) return;  // nothing is left to be released, and asking would be refused
    cti.request({.agent = a.agent, .call = call}, about_call<ged188::ReleaseCallReq>(cti, call));
}

void send(CtiState& cti, const PlaceCall& a) {
    const std::string instrument = cti.coded(a.device.empty() ? cti.directory.instrument(a.agent) : a.device);
    const std::string number = cti.coded(a.destination);
    cti.request(of(a, Question::place_call),
                ged188::MakeCallReq{.peripheral_id = cti.settings->peripheral,
                                    .skill_group_number = ged188::SpecialValues::NULL_SKILL_GROUP,
                                    .agent_instrument = instrument,
                                    .dialed_number = number});
}

}  // namespace cticonnector::routing
