#include "orders.hpp"

namespace cticonnector::routing {

namespace {

using namespace engine;
using ged188::DispositionCode;

Request of(const auto& action, Purpose purpose = Purpose::operation) {
    return {.purpose = purpose, .operation = action.operation, .agent = action.agent};
}
Request about_medium(const auto& action) {
    return {.purpose = Purpose::indicate_medium, .agent = action.agent, .channel = action.channel};
}
Request about_task(const auto& action) {
    return {.purpose = Purpose::indicate_task,
            .agent = action.agent,
            .channel = action.channel,
            .task = action.task};
}

/// MRDID and ICMAgentID, which every ARM message names.
template <class M>
M arm(const Exchange& x, const AgentId& agent, Channel channel) {
    M message;
    message.mrd_id = x.mrd(channel);
    message.icm_agent_id = x.directory.icm_agent_id(agent);
    return message;
}

template <class M>
M about_task(const Exchange& x, const auto& action) {
    M message = arm<M>(x, action.agent, action.channel);
    message.task_id = task_of(action.task);
    return message;
}

/// A connection is opaque and goes back as it came, with its type (R-DEC-37).
template <class M>
M about_call(const Exchange& x, const CallId& call) {
    M message;
    message.peripheral_id = x.settings.peripheral;
    message.connection_call_id = call.call;
    message.connection_device_id_type = call.device_type;
    if (call.device_type != ged188::ConnectionDeviceIDType::CONNECTION_ID_NONE)
        message.connection_device_id = call.device;
    return message;
}

/// SET_AGENT_STATE_REQ with the texts that it points to.
void set_state(Exchange& x, const Request& request, ged188::SetAgentStateReq message, std::string instrument,
               const Secret& password = {}) {
    std::string name = request.agent.name;
    std::string secret = password.reveal();
    if (!x.put_in_code_page(request, {{"agent", name}, {"device", instrument}, {"password", secret}})) return;
    message.peripheral_id = x.settings.peripheral;
    message.agent_id = name;
    if (!instrument.empty()) message.agent_instrument = instrument;
    const bool logs = message.agent_state == ged188::AgentState::AGENT_STATE_LOGIN ||
                      message.agent_state == ged188::AgentState::AGENT_STATE_LOGOUT;
    if (logs) message.agent_password = secret;  // required with these two, even when it is empty
    x.request(request, message);
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

/// R-DEC-24, in the order of TaskEnd.
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

}  // namespace

// ---- agents

void send(Exchange& x, const QueryAgent& a) {
    Request request = of(a, Purpose::query_agent);
    request.unconfirmed = true;
    std::string name = a.agent.name;
    if (!x.put_in_code_page(request, {{"agent", name}})) return;
    x.request(request, ged188::QueryAgentStateReq{.peripheral_id = x.settings.peripheral,
                                                  .mrd_id = x.mrd(Channel::voice),
                                                  .icm_agent_id = x.directory.icm_agent_id(a.agent),
                                                  .agent_id = name});
}

void send(Exchange& x, const Login& a) {
    ged188::SetAgentStateReq message{.agent_state = ged188::AgentState::AGENT_STATE_LOGIN};
    Request request = of(a);
    request.unconfirmed = true;
    if (a.authenticate_only) {
        message.forced_flag = ged188::ForcedFlag::AGENT_AUTHENTICATION_ONLY;
    } else {
        request.purpose = Purpose::login;
        request.device = a.device;
    }
    set_state(x, request, message, a.device, a.password);
}

void send(Exchange& x, const Logout& a) {
    ged188::SetAgentStateReq message{.agent_state = ged188::AgentState::AGENT_STATE_LOGOUT,
                                     .event_reason_code = static_cast<std::uint16_t>(a.reason)};
    if (a.forced) message.forced_flag = ged188::ForcedFlag::TRUE_;
    Request request = of(a);
    request.unconfirmed = true;  // it may take back a log-on whose answer was lost
    set_state(x, request, message, a.device, a.password);
}

void send(Exchange& x, const SetVoiceState& a) {
    ged188::SetAgentStateReq message{.event_reason_code = static_cast<std::uint16_t>(a.reason)};
    message.agent_state = voice_rows[static_cast<std::size_t>(a.wish)].state;
    set_state(x, of(a), message, x.directory.instrument(a.agent));
}

// ---- agents in media

void send(Exchange& x, const LoginMedium& a) {
    const std::string name = x.coded(a.agent.name);
    auto message = arm<ged188::MediaLoginReq>(x, a.agent, a.channel);
    message.peripheral_id = x.settings.peripheral;
    message.max_task_limit = static_cast<std::uint32_t>(a.task_limit);
    message.agent_id = name;
    Request request = of(a, Purpose::login_medium);
    request.channel = a.channel;
    x.request(request, message);
}

void send(Exchange& x, const SetTaskLimit& a) {
    auto message = arm<ged188::ChangeMaxTaskLimitReq>(x, a.agent, a.channel);
    message.max_task_limit = static_cast<std::uint32_t>(a.task_limit);
    x.request(of(a), message);
}

void send(Exchange& x, const LogoutMedium& a) {
    x.request(about_medium(a), arm<ged188::MediaLogoutInd>(x, a.agent, a.channel));
}

void send(Exchange& x, const ReadyMedium& a) {
    auto message = arm<ged188::MakeAgentReadyInd>(x, a.agent, a.channel);
    message.make_routable = true;
    x.request(about_medium(a), message);
}

void send(Exchange& x, const NotRoutable& a) {
    x.request(of(a), arm<ged188::MakeAgentNotRoutableReq>(x, a.agent, a.channel));
}

void send(Exchange& x, const NotReadyMedium& a) {
    auto message = arm<ged188::MakeAgentNotReadyReq>(x, a.agent, a.channel);
    message.reason_code = static_cast<std::uint16_t>(a.reason);
    x.request(of(a), message);
}

// ---- tasks

void send(Exchange& x, const StepTask& a) {
    switch (a.step) {
        case TaskStep::offer: return x.request(about_task(a), about_task<ged188::OfferTaskInd>(x, a));
        case TaskStep::start: return x.request(about_task(a), about_task<ged188::StartTaskInd>(x, a));
        case TaskStep::wrapup: return x.request(about_task(a), about_task<ged188::WrapupTaskInd>(x, a));
    }
}

void send(Exchange& x, const EndTask& a) {
    auto message = about_task<ged188::EndTaskInd>(x, a);
    message.disposition = end_rows[static_cast<std::size_t>(a.end)].disposition;
    x.request(about_task(a), message);
}

void send(Exchange& x, const Stray& stray) {
    x.request({}, ged188::EndTaskInd{.mrd_id = stray.mrd,
                                     .icm_agent_id = stray.icm_agent_id,
                                     .task_id = task_of(stray.task),
                                     .disposition = DispositionCode::TASK_ABANDONED_WHILE_OFFERED});
}

// ---- calls

void send(Exchange& x, const Calls& calls, const AnswerCall& a) {
    const CallId call = calls.connection(a.agent, a.call);
    const std::string instrument = x.coded(x.directory.instrument(a.agent));
    auto message = about_call<ged188::AnswerCallReq>(x, call);
    message.agent_instrument = instrument;
    x.request(of(a), message);
}

void send(Exchange& x, const Calls& calls, const ClearCall& a) {
    const CallId call = calls.connection(a.agent, a.call);
    const std::string instrument = x.coded(x.directory.instrument(a.agent));
    auto message = about_call<ged188::ClearConnectionReq>(x, call);  // R-DEC-38
    message.agent_instrument = instrument;
    x.request(of(a), message);
}

void send(Exchange& x, const Calls& calls, const ReleaseCall& a) {
    const CallId call = calls.connection(a.agent, a.call);
    if (!calls.live(call)) return;  // nothing is left to be released, and asking would be refused
    x.request({.agent = a.agent, .call = call}, about_call<ged188::ReleaseCallReq>(x, call));
}

void send(Exchange& x, const PlaceCall& a) {
    const std::string instrument = x.coded(a.device.empty() ? x.directory.instrument(a.agent) : a.device);
    const std::string number = x.coded(a.destination);
    x.request(of(a, Purpose::place_call),
              ged188::MakeCallReq{.peripheral_id = x.settings.peripheral,
                                  .skill_group_number = ged188::SpecialValues::NULL_SKILL_GROUP,
                                  .agent_instrument = instrument,
                                  .dialed_number = number});
}

}  // namespace cticonnector::routing
