// What the server tells its sessions of itself: which side is active, whether the peripheral is online; and
// what no server would say, for tests. Source: GED-188 sections 6 and 10.
#include <array>
#include <vector>

#include "client_sessions.hpp"

namespace cticonnector::sim::cc {

using namespace ged188;

namespace {

constexpr std::uint8_t unknown_narrow_tag = 242;
constexpr milliseconds leave_old_side{5'000};  // GED-188 section 10

}  // namespace

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
