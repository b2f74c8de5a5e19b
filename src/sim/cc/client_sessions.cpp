#include "client_sessions.hpp"

#include <algorithm>

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

constexpr std::uint32_t no_timeout = 0xFFFFFFFF;
constexpr std::uint32_t any_peripheral = 0xFFFFFFFF;
constexpr std::uint32_t least_idle_timeout = 20;  // seconds, GED-188 section 5
constexpr std::uint32_t active_standby_since = 24;
constexpr std::uint8_t unknown_narrow_tag = 242;
constexpr milliseconds leave_old_side{5'000};  // GED-188 section 10

// What this server has; the rest of the known services is not granted.
constexpr std::uint32_t offered_services =
    CTIServiceMask::CTI_SERVICE_CLIENT_EVENTS | CTIServiceMask::CTI_SERVICE_CALL_DATA_UPDATE |
    CTIServiceMask::CTI_SERVICE_CLIENT_CONTROL | CTIServiceMask::CTI_SERVICE_ALL_EVENTS |
    CTIServiceMask::CTI_SERVICE_AGENT_REPORTING | CTIServiceMask::CTI_SERVICE_ACTIVE_STANDBY;

std::uint32_t number_at(std::span<const std::uint8_t> body, std::size_t offset) {
    if (body.size() < offset + 4) return 0;
    std::uint32_t value = 0;
    for (const std::uint8_t byte : body.subspan(offset, 4)) value = value << 8 | byte;
    return value;
}

std::string text_of(const std::optional<std::string_view>& text) { return std::string(text.value_or("")); }

}  // namespace

std::uint32_t invoke_id_of(const wire::Frame& frame) { return number_at(frame.body, 0); }

std::uint32_t all_bits(const wire::Enumeration& mask) {
    std::uint32_t bits = 0;
    for (const wire::Enumerator& row : mask.values) bits |= row.value;
    return bits;
}

ClientSessions::ClientSessions(const Settings& settings, Timers& timers, Outside& outside)
    : settings_(settings),
      timers_(timers),
      outside_(outside),
      active_(settings.b_active ? SideName::b : SideName::a) {}

const ClientSession* ClientSessions::find(ClientSessionId id) const {
    const auto found = sessions_.find(id);
    return found == sessions_.end() ? nullptr : &found->second;
}

std::size_t ClientSessions::open_sessions() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        sessions_, [](const auto& entry) { return entry.second.state == ClientSession::State::open; }));
}

ClientSessionId ClientSessions::connected(SideName side) {
    ClientSession session;
    session.id = ClientSessionId{++last_session_};
    session.side = side;
    session.heard = timers_.now();
    sessions_.emplace(session.id, session);
    outside_.report("cti.connected", {{"session", session.id.value}, {"side", name(side)}});
    return session.id;
}

void ClientSessions::disconnected(ClientSessionId id) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return;
    ClientSession session = std::move(found->second);
    sessions_.erase(found);
    timers_.cancel(session.idle_timer);
    outside_.report("cti.closed", {{"session", id.value}, {"side", name(session.side)}});
    if (session.state == ClientSession::State::open && closed_) closed_(session);
}

void ClientSessions::close(ClientSession& session) {
    const ClientSessionId id = session.id;
    outside_.close(id);
    disconnected(id);
}

// FAILURE_EVENT first: GED-188 section 6.
void ClientSessions::drop(ClientSessionId id, std::uint32_t status) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return;
    outside_.report("cti.dropped", {{"session", id.value}, {"status", status}});
    send(found->second, FailureEvent{.status = status});
    close(found->second);
}

void ClientSessions::broken(ClientSessionId id, std::string_view what) {
    outside_.report("cti.broken", {{"session", id.value}, {"text", what}});
    drop(id, StatusCode::E_CTI_INVALID_MESSAGE_LENGTH);
}

void ClientSessions::deliver(const ClientSession& session, const wire::Result<void>& encoded) {
    if (!encoded)
        return outside_.report("cti.unsendable",
                               {{"session", session.id.value}, {"text", describe(encoded.error())}});
    const auto slow = slow_.find(number_at(buffer_, 4));
    if (slow == slow_.end()) return outside_.send(session.id, buffer_);
    timers_.after(slow->second, [this, id = session.id, message = buffer_] {
        if (find(id) != nullptr) outside_.send(id, message);
    });
}

void ClientSessions::refuse(const ClientSession& session, std::uint32_t invoke_id, std::uint32_t status) {
    FailureConf answer{.invoke_id = invoke_id, .status = status};
    if (settings_.failure_conf_with_code) {
        answer.failure_code = static_cast<std::uint16_t>(status);
        answer.peripheral_error_code = 0;
    }
    send(session, answer);
    outside_.report("cti.refused", {{"session", session.id.value},
                                    {"status", status},
                                    {"name", wire::name_of(StatusCode::names, status).value_or("")}});
}

bool ClientSessions::wants(const ClientSession& session, const Audience& audience) const {
    if (session.state != ClientSession::State::open || session.side != active_) return false;
    if (audience.call_mask != 0 && (session.call_msg_mask & audience.call_mask) == 0) return false;
    if (audience.agent_mask != 0 && (session.agent_state_mask & audience.agent_mask) == 0) return false;
    if (session.has(CTIServiceMask::CTI_SERVICE_ALL_EVENTS)) return true;
    if (!session.has(CTIServiceMask::CTI_SERVICE_CLIENT_EVENTS)) return false;
    const auto own = [](std::string_view mine, std::string_view its) { return !mine.empty() && mine == its; };
    return own(session.agent_id, audience.agent_id) || own(session.extension, audience.extension) ||
           own(session.instrument, audience.instrument);
}

bool ClientSessions::another_on_path(const ApplicationPath* path, ClientSessionId but) const {
    return std::ranges::any_of(sessions_, [&](const auto& entry) {
        return entry.first != but && entry.second.path == path && path != nullptr;
    });
}

ClientSession* ClientSessions::on_message(ClientSessionId id, const wire::Frame& frame) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return nullptr;
    ClientSession& session = found->second;
    session.heard = timers_.now();
    const std::uint32_t invoke_id = invoke_id_of(frame);
    switch (frame.type) {
        case OpenReq::type: open(session, frame); return nullptr;
        case HeartbeatReq::type:
            if (session.state != ClientSession::State::open) break;  // refused like any other request
            if (!silent_[static_cast<std::size_t>(session.side)])
                send(session, HeartbeatConf{.invoke_id = invoke_id});
            return nullptr;
        case CloseReq::type:
            outside_.report("cti.close_requested",
                            {{"session", id.value}, {"status", number_at(frame.body, 4)}});
            send(session, CloseConf{.invoke_id = invoke_id});
            close(session);
            return nullptr;
        default: break;
    }
    if (frame.type == protocol.find("STOPPING_REQUESTS_TO_THIS_SIDE_IND")->number) {
        close(session);
        return nullptr;
    }
    if (session.state != ClientSession::State::open) {
        refuse(session, invoke_id, StatusCode::E_CTI_SESSION_NOT_OPEN);
        return nullptr;
    }
    if (session.side != active_) {
        refuse(session, invoke_id, StatusCode::E_CTI_SERVER_NOT_MASTER);
        return nullptr;
    }
    return &session;
}

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
        {request.peripheral_id != any_peripheral && request.peripheral_id != settings_.peripheral,
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
    if (request.idle_timeout != no_timeout) session.idle_timeout = std::chrono::seconds{request.idle_timeout};
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
    if (request.peripheral_id == any_peripheral)
        answer.peripherals.push_back({.flt_peripheral_id = settings_.peripheral,
                                      .multiline_agent_control = MultilineAgentControl::Value{}});
    send(session, answer);
    watch_idle(session);
    if (!active) return;
    send_system_event(session);
    if (opened_) opened_(session);
}

std::uint32_t ClientSessions::pg_status() const {
    return peripheral_online_ ? 0u : std::uint32_t{PGStatus::PGS_PERIPHERAL_OFFLINE};
}

void ClientSessions::send_system_event(const ClientSession& session) {
    if (!session.has(CTIServiceMask::CTI_SERVICE_ALL_EVENTS)) return;
    send(session, SystemEvent{.pg_status = pg_status(),
                              .system_event_id = peripheral_online_ ? SystemEventID::SYS_PERIPHERAL_ONLINE
                                                                    : SystemEventID::SYS_PERIPHERAL_OFFLINE,
                              .system_event_arg1 = settings_.peripheral,
                              .event_device_type = DeviceIDType::DEVID_NONE});
}

void ClientSessions::watch_idle(ClientSession& session) {
    if (!session.idle_timeout) return;
    const auto silent_for = std::chrono::duration_cast<milliseconds>(timers_.now() - session.heard);
    if (silent_for >= *session.idle_timeout) return drop(session.id, StatusCode::E_CTI_TIMEOUT);
    session.idle_timer = timers_.after(*session.idle_timeout - silent_for, [this, id = session.id] {
        if (const auto found = sessions_.find(id); found != sessions_.end()) watch_idle(found->second);
    });
}

void ClientSessions::set_silent(SideName side, bool silent) {
    silent_[static_cast<std::size_t>(side)] = silent;
}

void ClientSessions::set_slow(std::uint32_t type, milliseconds delay) {
    slow_.erase(type);
    if (delay > milliseconds{0}) slow_.emplace(type, delay);
}

void ClientSessions::set_active(SideName side) {
    if (side == active_) return;
    active_ = side;
    outside_.report("side.active", {{"side", name(side)}});
    const wire::MessageDescriptor* takeover = protocol.find("STANDBY_ACTIVE_EVENT_MSG");
    std::vector<ClientSessionId> leaving, opened;
    for (const auto& [id, session] : sessions_) {
        if (session.state != ClientSession::State::open) continue;
        (session.side == side ? opened : leaving).push_back(id);
    }
    for (const ClientSessionId id : leaving) {
        if (!sessions_.at(id).has(CTIServiceMask::CTI_SERVICE_ACTIVE_STANDBY))
            drop(id, StatusCode::E_CTI_CTI_SERVER_OFFLINE);
        else
            timers_.after(leave_old_side, [this, id] { drop(id, StatusCode::E_CTI_CTI_SERVER_OFFLINE); });
    }
    for (const ClientSessionId id : opened) {
        ClientSession& session = sessions_.at(id);
        buffer_.clear();
        deliver(session, encode(wire::FieldList{.message = takeover}, session.version, buffer_));
        send_system_event(session);
        if (opened_) opened_(session);
    }
}

void ClientSessions::set_peripheral_online(bool online) {
    peripheral_online_ = online;
    outside_.report("peripheral", {{"online", online}});
    for (const auto& [id, session] : sessions_) {
        if (session.state == ClientSession::State::open && session.side == active_)
            send_system_event(session);
    }
}

void ClientSessions::inject_unknown_message(SideName side) {
    constexpr std::array<std::uint8_t, 10> message{0, 0, 0, 2, 0, 0, 0x27, 0x0F, 0xCA, 0xFE};  // type 9999
    for (const auto& [id, session] : sessions_) {
        if (session.side == side) outside_.send(id, message);
    }
}

void ClientSessions::inject_unknown_tag(SideName side) {
    for (const auto& [id, session] : sessions_) {
        if (session.side != side || session.state != ClientSession::State::open) continue;
        buffer_.clear();
        if (!encode(SystemEvent{.system_event_id = SystemEventID::SYS_TEXT_FYI,
                                .event_device_type = DeviceIDType::DEVID_NONE,
                                .text = "unknown tag follows"},
                    session.version, buffer_))
            continue;
        // neither tag is in the tag table
        const std::vector<std::uint8_t> field = protocol.wide(session.version)
                                                    ? std::vector<std::uint8_t>{0xFF, 0xFE, 0, 2, 1, 2}
                                                    : std::vector<std::uint8_t>{unknown_narrow_tag, 2, 1, 2};
        buffer_.insert(buffer_.end(), field.begin(), field.end());
        buffer_[3] = static_cast<std::uint8_t>(buffer_.size() - wire::header_size);
        outside_.send(id, buffer_);
    }
}

}  // namespace cticonnector::sim::cc
