#include "client_sessions.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace cticonnector::sim::cc {

using namespace ged188;

std::uint32_t number_at(std::span<const std::uint8_t> bytes, std::size_t offset) {
    if (bytes.size() < offset + 4) return 0;
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes.subspan(offset, 4)) value = value << 8 | byte;
    return value;
}

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

}  // namespace cticonnector::sim::cc
