// OPEN_REQ: what is wrong with it, or what is granted. Source: GED-188 section 5.
#include "client_sessions.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

constexpr std::uint32_t least_idle_timeout = 20;  // seconds, GED-188 section 5
constexpr std::uint32_t active_standby_since = 24;

// What this server has; the rest of the known services is not granted.
constexpr std::uint32_t offered_services =
    CTIServiceMask::CTI_SERVICE_CLIENT_EVENTS | CTIServiceMask::CTI_SERVICE_CALL_DATA_UPDATE |
    CTIServiceMask::CTI_SERVICE_CLIENT_CONTROL | CTIServiceMask::CTI_SERVICE_ALL_EVENTS |
    CTIServiceMask::CTI_SERVICE_AGENT_REPORTING | CTIServiceMask::CTI_SERVICE_ACTIVE_STANDBY;

std::string text_of(const std::optional<std::string_view>& text) { return std::string(text.value_or("")); }

}  // namespace

void ClientSessions::open(ClientSession& session, const wire::Frame& frame) {
    const std::uint32_t invoke_id = invoke_id_of(frame);
    // the width of the tags in OPEN_REQ itself follows the version it asks for (GED-188 section 3)
    const wire::Version version{number_at(frame.body, 4)};
    if (version.number < settings_.oldest_version || version.number > settings_.newest_version)
        return refuse(session, invoke_id, StatusCode::E_CTI_INVALID_VERSION);
    const auto request = decode<OpenReq>(frame, version);
    if (!request) return refuse(session, invoke_id, StatusCode::E_CTI_BAD_MESSAGE_FORMAT);
    if (const std::uint32_t status = check_open(session, *request); status != StatusCode::E_CTI_NO_ERROR)
        return refuse(session, invoke_id, status);
    session.version = version;
    confirm_open(session, *request);
}

std::uint32_t ClientSessions::check_open(const ClientSession& session, const OpenReq& request) const {
    const bool standby_asked = (request.services_requested & CTIServiceMask::CTI_SERVICE_ACTIVE_STANDBY) != 0;
    const bool client_events = (request.services_requested & CTIServiceMask::CTI_SERVICE_CLIENT_EVENTS) != 0;
    const bool reporting = (request.services_requested & CTIServiceMask::CTI_SERVICE_AGENT_REPORTING) != 0;
    const auto unknown_bits = [](std::uint32_t given, const wire::Enumeration& mask) {
        return (given & ~all_bits(mask)) != 0;
    };
    const bool known_path = std::ranges::any_of(
        settings_.paths, [&](const ApplicationPath& path) { return request.application_path_id == path.id; });
    const struct {
        bool wrong;
        std::uint32_t status;
    } checks[]{
        {session.state == ClientSession::State::open, StatusCode::E_CTI_SESSION_ALREADY_OPEN},
        {session.side != active_ && request.version_number < active_standby_since,
         StatusCode::E_CTI_CTI_SERVER_OFFLINE},
        {session.side != active_ && !standby_asked, StatusCode::E_CTI_INVALID_CLIENT_FOR_STANDBY},
        {(request.reserved1 | request.reserved2 | request.reserved3) != 0,
         StatusCode::E_CTI_INVALID_RESERVED_FIELD},
        {request.idle_timeout < least_idle_timeout, StatusCode::E_CTI_INVALID_TIMEOUT},
        {unknown_bits(request.services_requested, CTIServiceMask::names),
         StatusCode::E_CTI_INVALID_SERVICE_MASK},
        {unknown_bits(request.call_msg_mask, CallMsgMask::names), StatusCode::E_CTI_INVALID_CALL_MSG_MASK},
        {unknown_bits(request.agent_state_mask, AgentStateMask::names),
         StatusCode::E_CTI_INVALID_AGENT_STATE_MASK},
        {unknown_bits(request.config_msg_mask, ConfigInformation::names),
         StatusCode::E_CTI_INVALID_CONFIG_MSG_MASK},
        {!request.client_id || !request.client_password, StatusCode::E_CTI_REQUIRED_DATA_MISSING},
        {!settings_.password.empty() && request.client_password != settings_.password,
         StatusCode::E_CTI_INVALID_PASSWORD},
        {request.peripheral_id != SpecialValues::NULL_PERIPHERAL_ID &&
             request.peripheral_id != settings_.peripheral,
         StatusCode::E_CTI_INVALID_PERIPHERAL_ID},
        {client_events && !request.agent_id && !request.agent_extension && !request.agent_instrument,
         StatusCode::E_CTI_REQUIRED_DATA_MISSING},
        {reporting && !request.application_path_id, StatusCode::E_CTI_REQUIRED_DATA_MISSING},
        {reporting && !known_path, StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE},
    };
    for (const auto& check : checks) {
        if (check.wrong) return check.status;
    }
    return StatusCode::E_CTI_NO_ERROR;
}

void ClientSessions::confirm_open(ClientSession& session, const OpenReq& request) {
    session.state = ClientSession::State::open;
    session.services = request.services_requested & offered_services;
    session.call_msg_mask = request.call_msg_mask;
    session.agent_state_mask = request.agent_state_mask;
    session.client = text_of(request.client_id);
    session.agent_id = text_of(request.agent_id);
    session.extension = text_of(request.agent_extension);
    session.instrument = text_of(request.agent_instrument);
    if (session.has(CTIServiceMask::CTI_SERVICE_AGENT_REPORTING))
        session.path =
            &*std::ranges::find(settings_.paths, *request.application_path_id, &ApplicationPath::id);
    if (request.idle_timeout != no_idle_timeout)
        session.idle_timeout = std::chrono::seconds{request.idle_timeout};
    outside_.report("cti.opened", {{"session", session.id.value},
                                   {"side", name(session.side)},
                                   {"client", session.client},
                                   {"version", session.version.number}});
    const bool active = session.side == active_;
    OpenConf answer{.invoke_id = request.invoke_id,
                    .services_granted = session.services,
                    .pg_status = pg_status(),
                    .icm_central_controller_time = 0,
                    .peripheral_online = peripheral_online_,
                    .peripheral_type = settings_.peripheral_type,
                    .agent_state = AgentState::AGENT_STATE_LOGOUT,
                    .session_type = active ? SessionType::ACTIVE : SessionType::STANDBY};
    // who names a peripheral knows it: NumPeripherals is 0 (OPEN_CONF)
    if (request.peripheral_id == SpecialValues::NULL_PERIPHERAL_ID)
        answer.peripherals.push_back({.flt_peripheral_id = settings_.peripheral,
                                      .multiline_agent_control = MultilineAgentControl::Value{}});
    send(session, answer);
    watch_idle(session);
    if (!active) return;
    send_system_event(session);
    if (opened_) opened_(session);
}

}  // namespace cticonnector::sim::cc
