#pragma once
// The CTI server's sessions on sides A and B: opening with its checks, heartbeats, idle timeout, closing,
// active and standby side, and which session gets which event. Pure: connections come and go by number, what
// is to be written goes to Outside, already encoded in the session's version.
// Source: GED-188 sections 5, 6 and 10; R-DEC-36.

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/protocol/ged188/ged188.hpp"
#include "outside.hpp"
#include "settings.hpp"
#include "timers.hpp"

namespace cticonnector::sim::cc {

enum class SideName : std::uint8_t { a, b };

struct ClientSession {
    enum class State : std::uint8_t { connected, open };
    ClientSessionId id;
    SideName side = SideName::a;
    State state = State::connected;
    wire::Version version{ged188::newest_version};
    std::uint32_t services = 0;
    std::uint32_t call_msg_mask = 0;
    std::uint32_t agent_state_mask = 0;
    const ApplicationPath* path = nullptr;
    std::string client;
    std::string agent_id, extension, instrument;  // of a CLIENT_EVENTS session
    std::optional<milliseconds> idle_timeout;
    Time heard{};
    Timers::TimerId idle_timer;

    bool has(std::uint32_t service) const { return (services & service) != 0; }
};

// Whom an event is about and which mask bits of OPEN_REQ ask for it; 0 = no mask.
struct Audience {
    std::uint32_t call_mask = 0;
    std::uint32_t agent_mask = 0;
    std::string_view agent_id{};
    std::string_view extension{};
    std::string_view instrument{};
};

class ClientSessions {
  public:
    using Opened = std::function<void(ClientSession&)>;
    using Closed = std::function<void(const ClientSession&)>;

    ClientSessions(const Settings& settings, Timers& timers, Outside& outside);
    // What else happens when a session opens, and when an open one is gone.
    void on_opened(Opened opened) { opened_ = std::move(opened); }
    void on_closed(Closed closed) { closed_ = std::move(closed); }

    ClientSessionId connected(SideName side);
    void disconnected(ClientSessionId id);
    // Handles what belongs to the session itself; otherwise gives the session of which `frame` is a request.
    ClientSession* on_message(ClientSessionId id, const wire::Frame& frame);
    // The stream of this session cannot be read any further.
    void broken(ClientSessionId id, std::string_view what);

    template <class M>
    void send(const ClientSession& session, const M& message) {
        buffer_.clear();
        deliver(session, wire::encode(message, session.version, buffer_));
    }
    template <class M>
    void send(ClientSessionId id, const M& message) {
        if (const ClientSession* session = find(id)) send(*session, message);
    }
    // To every session of the active side that asked for it.
    template <class M>
    void broadcast(const Audience& audience, const M& message) {
        std::optional<wire::Version> encoded;
        for (const auto& [id, session] : sessions_) {
            if (!wants(session, audience)) continue;
            if (encoded != session.version) {
                buffer_.clear();
                const auto done = wire::encode(message, session.version, buffer_);
                if (!done) {
                    deliver(session, done);
                    continue;
                }
                encoded = session.version;
            }
            outside_.send(id, buffer_);
        }
    }
    bool wants(const ClientSession& session, const Audience& audience) const;
    void refuse(const ClientSession& session, std::uint32_t invoke_id, std::uint32_t status);

    const ClientSession* find(ClientSessionId id) const;
    bool another_on_path(const ApplicationPath* path, ClientSessionId but) const;

    // Script: heartbeats are not confirmed any more.
    void set_silent(SideName side, bool silent);
    // Script: answers of this type go out so much later, and what comes behind overtakes them; 0 = at once.
    void set_slow(std::uint32_t type, milliseconds delay);
    void set_active(SideName side);
    bool is_active(SideName side) const { return side == active_; }
    void set_peripheral_online(bool online);
    void inject_unknown_message(SideName side);
    void inject_unknown_tag(SideName side);
    std::size_t open_sessions() const;

  private:
    void open(ClientSession& session, const wire::Frame& frame);
    std::uint32_t check_open(const ClientSession& session, const ged188::OpenReq& request) const;
    void confirm_open(ClientSession& session, const ged188::OpenReq& request);
    void send_system_event(const ClientSession& session);
    void close(ClientSession& session);
    void drop(ClientSessionId id, std::uint32_t status);
    void watch_idle(ClientSession& session);
    void deliver(const ClientSession& session, const wire::Result<void>& encoded);
    std::uint32_t pg_status() const;

    const Settings& settings_;
    Timers& timers_;
    Outside& outside_;
    Opened opened_;
    Closed closed_;
    std::map<ClientSessionId, ClientSession> sessions_;
    std::uint32_t last_session_ = 0;
    SideName active_;
    std::array<bool, 2> silent_{};
    std::map<std::uint32_t, milliseconds> slow_;  // by message type
    bool peripheral_online_ = true;
    std::vector<std::uint8_t> buffer_;
};

// All values of a mask: what a client may ask for.
std::uint32_t all_bits(const wire::Enumeration& mask);
inline std::string_view name(SideName side) { return side == SideName::a ? "A" : "B"; }
// Four bytes as a number, the highest first; 0 when they are not there.
std::uint32_t number_at(std::span<const std::uint8_t> bytes, std::size_t offset);
// The InvokeID of a request: its first field; 0 when the body is too short for one.
std::uint32_t invoke_id_of(const wire::Frame& frame);

}  // namespace cticonnector::sim::cc
