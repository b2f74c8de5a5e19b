#include "session.hpp"

#include "failures.hpp"

namespace cticonnector::routing {

namespace {

using ged188::AgentStateMask;
using ged188::CallMsgMask;
using ged188::CTIServiceMask;
using ged188::SystemEventID;

constexpr std::uint32_t handled_calls =
    CallMsgMask::CALL_DELIVERED_MASK | CallMsgMask::CALL_ESTABLISHED_MASK | CallMsgMask::CALL_HELD_MASK |
    CallMsgMask::CALL_RETRIEVED_MASK | CallMsgMask::CALL_CLEARED_MASK |
    CallMsgMask::CALL_CONNECTION_CLEARED_MASK | CallMsgMask::CALL_ORIGINATED_MASK |
    CallMsgMask::CALL_CONFERENCED_MASK | CallMsgMask::CALL_TRANSFERRED_MASK |
    CallMsgMask::CALL_SERVICE_INITIATED_MASK | CallMsgMask::BEGIN_CALL_MASK | CallMsgMask::END_CALL_MASK |
    CallMsgMask::CALL_DATA_UPDATE_MASK | CallMsgMask::CALL_FAILED_MASK | CallMsgMask::AGENT_PRE_CALL_MASK |
    CallMsgMask::AGENT_PRE_CALL_ABORT_MASK;

constexpr std::uint32_t every_state() {
    return (AgentStateMask::AGENT_NOT_ACTIVE_MASK << 1) - 1;  // it is the highest of them
}

std::uint32_t idle_timeout(std::chrono::milliseconds heartbeat_interval) {
    if (heartbeat_interval.count() <= 0) return 0xFFFFFFFF;
    return static_cast<std::uint32_t>((4 * heartbeat_interval.count() + 999) / 1000);
}

}  // namespace

ged188::OpenReq open_request(const Settings& settings, std::uint32_t invoke_id) {
    ged188::OpenReq request{.invoke_id = invoke_id,
                            .version_number = settings.protocol_version,
                            .idle_timeout = idle_timeout(settings.heartbeat_interval),
                            .peripheral_id = ged188::SpecialValues::NULL_PERIPHERAL_ID,
                            .services_requested = CTIServiceMask::CTI_SERVICE_ALL_EVENTS |
                                                  CTIServiceMask::CTI_SERVICE_CLIENT_CONTROL |
                                                  CTIServiceMask::CTI_SERVICE_CALL_DATA_UPDATE,
                            .call_msg_mask = handled_calls,
                            .agent_state_mask = every_state(),
                            .client_id = settings.client_id,
                            .client_password = settings.client_password.reveal()};
    if (settings.application_path != 0) {
        request.services_requested |= CTIServiceMask::CTI_SERVICE_AGENT_REPORTING;
        request.application_path_id = static_cast<std::int32_t>(settings.application_path);
    }
    return request;
}

Session::Session(const Settings& settings, InvokeIds& ids, std::uint64_t seed)
    : settings_(settings),
      ids_(ids),
      schedule_({!settings.sides[0].host.empty(), !settings.sides[1].host.empty()}, seed) {}

void Session::start(Time now, std::vector<Step>& steps) {
    if (state_ == State::idle) attempt(now, steps);
}

void Session::attempt(Time now, std::vector<Step>& steps) {
    const auto next = schedule_.next();
    side_ = next.side;
    state_ = State::waiting;
    deadline_ = now + next.pause;
    on_time(now, steps);
}

template <class M>
void Session::send(const M& message, Time now, std::vector<Step>& steps) {
    Send step;
    if (const auto done = ged188::encode(message, version(), step.bytes); !done) {
        return fail(wire::describe(done.error()), First::same, now, steps);
    }
    last_sent_ = now;
    steps.emplace_back(std::move(step));
}

void Session::connected(Time now, std::vector<Step>& steps) {
    if (state_ != State::connecting) return;
    state_ = State::opening;
    deadline_ = now + open_wait;
    open_id_ = ids_.next();
    send(open_request(settings_, open_id_), now, steps);
}

void Session::lost(const std::string& why, Time now, std::vector<Step>& steps) {
    switch (state_) {
        case State::connecting:
        case State::opening:
        case State::open: return fail(why, First::same, now, steps);
        case State::closing:
            state_ = State::stopped;
            steps.emplace_back(Stopped{});
            return;
        case State::idle:
        case State::waiting:
        case State::stopped: return;
    }
}

/// Every attempt and every session ends here but for a stop.
void Session::fail(const std::string& why, First first, Time now, std::vector<Step>& steps, Reset reset) {
    const bool was_open = state_ == State::open;
    Down down{.side = side_, .why = why, .was_up = up()};
    steps.emplace_back(reset);
    state_ = State::waiting;
    online_ = false;
    unconfirmed_ = 0;
    // a server that lets everybody in and throws him out again is met with the pauses all the same
    const bool again = !last_restart_ || now - *last_restart_ >= settings_.heartbeat_interval;
    if (was_open && again) {
        last_restart_ = now;
        schedule_.restart(first == First::same ? side_ : 1 - side_);
    }
    std::vector<Step> next;
    attempt(now, next);
    down.retry = std::chrono::duration_cast<std::chrono::milliseconds>(
        state_ == State::waiting ? deadline_ - now : Time::duration::zero());
    steps.emplace_back(std::move(down));
    for (Step& step : next) steps.push_back(std::move(step));
}

bool Session::on(const ged188::Frame& frame, Time now, std::vector<Step>& steps) {
    using namespace ged188;
    const auto read = [&]<class M>(const M*, auto&& act) {
        if (const auto message = decode<M>(frame, version())) {
            act(*message);
        } else {
            fail(wire::describe(message.error()), First::same, now, steps);
        }
        return true;
    };
    const bool alive = state_ == State::opening || state_ == State::open;
    switch (frame.type) {
        case OpenConf::type:
            if (state_ != State::opening) return true;
            return read(static_cast<const OpenConf*>(nullptr),
                        [&](const OpenConf& conf) { opened(conf, now, steps); });
        case FailureConf::type: {
            const auto conf = decode<FailureConf>(frame, version());
            if (state_ == State::opening && conf && conf->invoke_id == open_id_) {
                refused(*conf, now, steps);
                return true;
            }
            // whatever it answers, a heartbeat as a rule: it serves nobody any more (GED-188 section 6)
            const bool offline =
                conf && !conf->failure_code && conf->status == StatusCode::E_CTI_CTI_SERVER_OFFLINE;
            if (!alive || !offline) return false;
            fail("the CTI server is offline", First::same, now, steps);
            return true;
        }
        case HeartbeatConf::type: unconfirmed_ = 0; return true;
        case FailureEvent::type:
            if (!alive) return true;
            return read(static_cast<const FailureEvent*>(nullptr), [&](const FailureEvent& event) {
                fail("the CTI server ended the session: " + status_text(event.status), First::same, now,
                     steps);
            });
        case CloseReq::type:
            if (alive) fail("the CTI server closed the session", First::same, now, steps);
            return true;
        case CloseConf::type:
            if (state_ != State::closing) return true;
            state_ = State::stopped;
            steps.emplace_back(Reset{});
            steps.emplace_back(Stopped{});
            return true;
        case SystemEvent::type:
            if (state_ != State::open) return true;
            return read(static_cast<const SystemEvent*>(nullptr),
                        [&](const SystemEvent& event) { system_event(event, steps); });
        default: return false;
    }
}

void Session::opened(const ged188::OpenConf& conf, Time now, std::vector<Step>& steps) {
    if (conf.invoke_id != open_id_) return;
    if (conf.session_type == ged188::SessionType::STANDBY) {
        send(ged188::CloseReq{.invoke_id = ids_.next(), .status = ged188::StatusCode::E_CTI_NO_ERROR}, now,
             steps);
        return fail("the CTI server is the standby one", First::same, now, steps,
                    Reset{.after_writing = true});
    }
    state_ = State::open;
    unconfirmed_ = 0;
    set_online(conf.peripheral_online, "the peripheral is offline", steps);
}

void Session::refused(const ged188::FailureConf& conf, Time now, std::vector<Step>& steps) {
    const std::string why = "OPEN_REQ refused: " + session_failure(conf).text;
    steps.emplace_back(OpenRefused{side_, why});
    fail(why, First::same, now, steps);
}

void Session::system_event(const ged188::SystemEvent& event, std::vector<Step>& steps) {
    switch (event.system_event_id) {
        case SystemEventID::SYS_PERIPHERAL_ONLINE:
            if (event.system_event_arg1 == settings_.peripheral) set_online(true, {}, steps);
            break;
        case SystemEventID::SYS_PERIPHERAL_OFFLINE:
            if (event.system_event_arg1 == settings_.peripheral)
                set_online(false, "the peripheral is offline", steps);
            break;
        case SystemEventID::SYS_PERIPHERAL_GATEWAY_OFFLINE:
            set_online(false, "the peripheral gateway is offline", steps);
            break;
        default: break;
    }
}

void Session::set_online(bool online, const std::string& why, std::vector<Step>& steps) {
    const bool was_up = online_;
    online_ = online;
    if (online && !was_up) steps.emplace_back(Up{side_, version()});
    if (!online) steps.emplace_back(Down{.side = side_, .why = why, .was_up = was_up});
}

void Session::stop(Time now, std::vector<Step>& steps) {
    const bool orderly = state_ == State::open;
    const bool was_up = up();
    if (state_ == State::closing || state_ == State::stopped) return;
    if (orderly) {
        state_ = State::closing;
        deadline_ = now + close_wait;
        send(ged188::CloseReq{.invoke_id = ids_.next(), .status = ged188::StatusCode::E_CTI_NO_ERROR}, now,
             steps);
    } else {
        state_ = State::stopped;
        steps.emplace_back(Reset{});
    }
    if (was_up) steps.emplace_back(Down{.side = side_, .why = "shutting down", .was_up = true});
    online_ = false;
    if (!orderly) steps.emplace_back(Stopped{});
}

void Session::heartbeat_or_fail(Time now, std::vector<Step>& steps) {
    if (unconfirmed_ == heartbeats_lost) {
        return fail("the CTI server did not confirm " + std::to_string(unconfirmed_) + " heartbeats",
                    First::other, now, steps);
    }
    ++unconfirmed_;
    send(ged188::HeartbeatReq{.invoke_id = ids_.next()}, now, steps);
}

void Session::on_time(Time now, std::vector<Step>& steps) {
    const auto due = next_deadline();
    if (!due || now < *due) return;
    switch (state_) {
        case State::waiting:
            state_ = State::connecting;
            steps.emplace_back(Connect{side_});
            return;
        case State::opening:
            return fail("no answer to OPEN_REQ within " + std::to_string(open_wait.count()) + " s",
                        First::same, now, steps);
        case State::open: return heartbeat_or_fail(now, steps);
        case State::closing:
            state_ = State::stopped;
            steps.emplace_back(Reset{});
            steps.emplace_back(Stopped{});
            return;
        case State::idle:
        case State::connecting:
        case State::stopped: return;
    }
}

std::optional<Session::Time> Session::next_deadline() const {
    switch (state_) {
        case State::waiting:
        case State::opening:
        case State::closing: return deadline_;
        case State::open:
            if (settings_.heartbeat_interval.count() <= 0) return std::nullopt;
            return last_sent_ + settings_.heartbeat_interval;
        case State::idle:
        case State::connecting:
        case State::stopped: return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace cticonnector::routing
