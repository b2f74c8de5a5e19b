#include "cti_session.hpp"

#include <algorithm>
#include <utility>

#include "failures.hpp"
#include "text.hpp"

namespace cticonnector::routing {

namespace {

using ged188::AgentStateMask;
using ged188::CallMsgMask;
using ged188::CTIServiceMask;
using ged188::StatusCode;
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
    if (heartbeat_interval.count() <= 0) return ged188::no_idle_timeout;
    return static_cast<std::uint32_t>((4 * heartbeat_interval.count() + 999) / 1000);
}

constexpr std::string_view is_standby = "the CTI server is the standby one";

/// 107 to whoever cannot be a client of a standby side; to older versions it says 15 (GED-188 section 10).
bool says_standby(std::uint32_t status) {
    return status == StatusCode::E_CTI_INVALID_CLIENT_FOR_STANDBY ||
           status == StatusCode::E_CTI_CTI_SERVER_OFFLINE;
}

/// The key to look at first (R-DEC-87).
std::string_view usual_cause(const Settings& settings, const ged188::FailureConf& conf) {
    if (conf.failure_code) return {};
    switch (conf.status) {
        case StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE:
            return settings.application_path != 0 ? "[CTI] ApplicationPathID" : "";
        case StatusCode::E_CTI_INVALID_VERSION: return "[CTI] ProtocolVersion";
        case StatusCode::E_CTI_INVALID_TIMEOUT: return "[CTI] HeartbeatIntervalSeconds";
        case StatusCode::E_CTI_INVALID_PASSWORD: return "[CTI] ClientID, ClientPassword";
        default: return {};
    }
}

/// The peripherals that OPEN_CONF lists when ours is not among them; a server that lists none says nothing.
std::vector<std::uint32_t> instead_of(std::uint32_t ours, const ged188::OpenConf& conf) {
    std::vector<std::uint32_t> listed;
    for (const auto& peripheral : conf.peripherals) {
        if (!peripheral.flt_peripheral_id) continue;
        if (*peripheral.flt_peripheral_id == ours) return {};
        listed.push_back(*peripheral.flt_peripheral_id);
    }
    return listed;
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
                            .agent_state_mask = every_state()};
    if (settings.application_path != 0) {
        request.services_requested |= CTIServiceMask::CTI_SERVICE_AGENT_REPORTING;
        request.application_path_id = static_cast<std::int32_t>(settings.application_path);
    }
    return request;
}

CtiSession::CtiSession(const Current<Settings>& settings, InvokeIds& ids, std::uint64_t seed)
    : settings_(settings),
      ids_(ids),
      schedule_({!settings->sides[0].host.empty(), !settings->sides[1].host.empty()}, seed) {}

void CtiSession::start(Time now, std::vector<CtiStep>& steps) {
    if (state_ == State::stopped) {  // as the first time, at the side of before
        schedule_.restart(side_);
        last_restart_.reset();
        state_ = State::idle;
    }
    if (state_ == State::idle) attempt(now, steps);
}

void CtiSession::attempt(Time now, std::vector<CtiStep>& steps) {
    const auto next = schedule_.next();
    side_ = next.side;
    state_ = State::waiting;
    deadline_ = now + next.pause;
    on_time(now, steps);
}

template <class M>
void CtiSession::send(const M& message, Time now, std::vector<CtiStep>& steps) {
    CtiSend step;
    if (const auto done = ged188::encode(message, version(), step.bytes); !done) {
        return fail(wire::describe(done.error()), Then::next, now, steps);
    }
    last_sent_ = now;
    steps.emplace_back(std::move(step));
}

void CtiSession::connected(Time now, std::vector<CtiStep>& steps) {
    if (state_ != State::connecting) return;
    state_ = State::opening;
    deadline_ = now + open_wait;
    open_id_ = ids_.next();
    ged188::OpenReq request = open_request(*settings_, open_id_);
    const std::string client = from_utf8(settings_->client_id, settings_->code_page);
    const std::string password = from_utf8(settings_->client_password.reveal(), settings_->code_page);
    request.client_id = client;
    request.client_password = password;
    send(request, now, steps);
}

void CtiSession::lost(const std::string& why, Time now, std::vector<CtiStep>& steps) {
    switch (state_) {
        case State::connecting:
        case State::opening:
        case State::open: return fail(why, on_loss(), now, steps);
        case State::leaving:
        case State::closing: return closed(now, steps);
        case State::idle:
        case State::waiting:
        case State::stopped: return;
    }
}

/// Every attempt and every session ends here but for a stop.
void CtiSession::fail(const std::string& why, Then then, Time now, std::vector<CtiStep>& steps,
                      bool standby) {
    Down down{.side = side_, .why = why, .was_up = up(), .standby = standby};
    steps.emplace_back(Reset{});
    state_ = State::waiting;
    online_ = false;
    // a server that lets everybody in and throws them out again is met with the pauses all the same
    const bool again = !last_restart_ || now - *last_restart_ >= lasting;
    if (then != Then::next && again) {
        last_restart_ = now;
        schedule_.restart(then == Then::same ? side_ : 1 - side_);
    }
    std::vector<CtiStep> next;
    attempt(now, next);
    down.retry = std::chrono::duration_cast<std::chrono::milliseconds>(
        state_ == State::waiting ? deadline_ - now : Time::duration::zero());
    steps.emplace_back(std::move(down));
    for (CtiStep& step : next) steps.push_back(std::move(step));
}

/// What comes meanwhile is read and means nothing any more (R-DEC-61).
void CtiSession::ask_to_close(State state, Time now, std::vector<CtiStep>& steps) {
    state_ = state;
    deadline_ = now + close_wait;
    send(ged188::CloseReq{.invoke_id = ids_.next(), .status = ged188::StatusCode::E_CTI_NO_ERROR}, now,
         steps);
}

/// CLOSE_CONF has come, or nothing will come any more.
void CtiSession::closed(Time now, std::vector<CtiStep>& steps) {
    if (state_ == State::leaving) return fail(std::string(is_standby), Then::next, now, steps, true);
    state_ = State::stopped;
    steps.emplace_back(Reset{});
    steps.emplace_back(Stopped{});
}

void CtiSession::heard(Time now) {
    unanswered_ = 0;
    silent_at_ = now + settings_->heartbeat_interval;
}

bool CtiSession::on(const ged188::Frame& frame, Time now, std::vector<CtiStep>& steps) {
    switch (state_) {
        case State::leaving:
        case State::closing:
            if (frame.type == ged188::CloseConf::type) closed(now, steps);
            return true;
        case State::opening:
        case State::open: break;
        case State::idle:
        case State::waiting:
        case State::connecting:
        case State::stopped: return true;
    }
    heard(now);
    odd.at(now);
    return in_session(frame, now, steps);
}

bool CtiSession::in_session(const ged188::Frame& frame, Time now, std::vector<CtiStep>& steps) {
    using namespace ged188;
    switch (frame.type) {
        case OpenConf::type:
            if (state_ == State::opening)
                read<OpenConf>(frame, now, steps, [&](const auto& conf) { opened(conf, now, steps); });
            return true;
        case FailureConf::type: return failure(frame, now, steps);
        case HeartbeatConf::type:
        case CloseConf::type: return true;
        case FailureEvent::type:
            read<FailureEvent>(frame, now, steps, [&](const auto& event) {
                fail("the CTI server ended the session: " + status_text(event.status), on_loss(), now, steps);
            });
            return true;
        case CloseReq::type: fail("the CTI server closed the session", on_loss(), now, steps); return true;
        case SystemEvent::type:
            if (state_ == State::open)
                read<SystemEvent>(frame, now, steps, [&](const auto& event) { system_event(event, steps); });
            return true;
        default: return false;
    }
}

/// A message of the session's own that cannot be read ends the session.
template <class M>
void CtiSession::read(const ged188::Frame& frame, Time now, std::vector<CtiStep>& steps, auto&& act) {
    if (const auto message = odd.decode<M>(frame, version())) {
        act(*message);
    } else {
        fail(wire::describe(message.error()), on_loss(), now, steps);
    }
}

/// FAILURE_CONF is the session's own when it answers OPEN_REQ, or says that the server serves nobody any
/// more, whatever it answers (GED-188 section 6). Others are read by whom they are for.
bool CtiSession::failure(const ged188::Frame& frame, Time now, std::vector<CtiStep>& steps) {
    const auto conf = ged188::decode<ged188::FailureConf>(frame, version());
    if (!conf) return false;
    if (state_ == State::opening && conf->invoke_id == open_id_) {
        refused(*conf, now, steps);
        return true;
    }
    if (conf->failure_code || conf->status != StatusCode::E_CTI_CTI_SERVER_OFFLINE) return false;
    fail("the CTI server is offline", on_loss(), now, steps);
    return true;
}

void CtiSession::opened(const ged188::OpenConf& conf, Time now, std::vector<CtiStep>& steps) {
    if (conf.invoke_id != open_id_) return;
    if (conf.session_type == ged188::SessionType::STANDBY) {
        tell_standby(std::string(is_standby), steps);
        return ask_to_close(State::leaving, now, steps);
    }
    state_ = State::open;
    const std::uint32_t missing =
        open_request(*settings_, open_id_).services_requested & ~conf.services_granted;
    set_condition({side_, missing, conf.pg_status, instead_of(settings_->peripheral, conf)}, steps);
    set_online(conf.peripheral_online, "the peripheral is offline", steps);
}

void CtiSession::refused(const ged188::FailureConf& conf, Time now, std::vector<CtiStep>& steps) {
    const std::string why = "OPEN_REQ refused: " + session_failure(conf).text;
    const bool standby = !conf.failure_code && says_standby(conf.status);
    if (standby) {
        tell_standby(why, steps);
    } else {
        standby_told_[side_] = false;
        steps.emplace_back(OpenRefused{.side = side_, .why = why, .key = usual_cause(*settings_, conf)});
    }
    fail(why, Then::next, now, steps, standby);
}

/// Once, and again after the link was up: a standby side refuses at every try, which is as it should be.
void CtiSession::tell_standby(std::string why, std::vector<CtiStep>& steps) {
    if (!std::exchange(standby_told_[side_], true))
        steps.emplace_back(OpenRefused{.side = side_, .why = std::move(why), .standby = true});
}

void CtiSession::set_condition(Condition condition, std::vector<CtiStep>& steps) {
    condition_ = std::move(condition);
    steps.emplace_back(condition_);
}

void CtiSession::system_event(const ged188::SystemEvent& event, std::vector<CtiStep>& steps) {
    if (event.pg_status != condition_.pg_status) {
        Condition changed = condition_;
        changed.pg_status = event.pg_status;
        set_condition(std::move(changed), steps);
    }
    switch (event.system_event_id) {
        case SystemEventID::SYS_PERIPHERAL_ONLINE:
            if (event.system_event_arg1 == settings_->peripheral) set_online(true, {}, steps);
            break;
        case SystemEventID::SYS_PERIPHERAL_OFFLINE:
            if (event.system_event_arg1 == settings_->peripheral)
                set_online(false, "the peripheral is offline", steps);
            break;
        case SystemEventID::SYS_PERIPHERAL_GATEWAY_OFFLINE:
            set_online(false, "the peripheral gateway is offline", steps);
            break;
        default: break;
    }
}

void CtiSession::set_online(bool online, const std::string& why, std::vector<CtiStep>& steps) {
    const bool was_up = online_;
    online_ = online;
    if (online) standby_told_ = {};
    if (online && !was_up) steps.emplace_back(Up{side_, version()});
    if (!online) steps.emplace_back(Down{.side = side_, .why = why, .was_up = was_up});
}

void CtiSession::stop(Time now, std::vector<CtiStep>& steps) {
    const bool was_up = up();
    online_ = false;
    switch (state_) {
        case State::closing:
        case State::stopped: return;
        case State::leaving: state_ = State::closing; return;
        case State::open: ask_to_close(State::closing, now, steps); break;
        case State::idle:
        case State::waiting:
        case State::connecting:
        case State::opening: closed(now, steps); return;
    }
    if (was_up) steps.emplace_back(Down{.side = side_, .why = "shutting down", .was_up = true});
}

void CtiSession::heartbeat_or_fail(Time now, std::vector<CtiStep>& steps) {
    if (unanswered_ == heartbeats_lost) {
        return fail("the CTI server did not answer " + std::to_string(unanswered_) + " heartbeats",
                    Then::other, now, steps);
    }
    ++unanswered_;
    if (now >= silent_at_) silent_at_ = now + settings_->heartbeat_interval;
    send(ged188::HeartbeatReq{.invoke_id = ids_.next()}, now, steps);
}

void CtiSession::on_time(Time now, std::vector<CtiStep>& steps) {
    const auto due = next_deadline();
    if (!due || now < *due) return;
    switch (state_) {
        case State::waiting:
            state_ = State::connecting;
            steps.emplace_back(Connect{side_});
            return;
        case State::opening:
            return fail("no answer to OPEN_REQ within " + std::to_string(open_wait.count()) + " s",
                        Then::other, now, steps);
        case State::open: return heartbeat_or_fail(now, steps);
        case State::leaving:
        case State::closing: return closed(now, steps);
        case State::idle:
        case State::connecting:
        case State::stopped: return;
    }
}

std::optional<CtiSession::Time> CtiSession::next_deadline() const {
    switch (state_) {
        case State::waiting:
        case State::opening:
        case State::leaving:
        case State::closing: return deadline_;
        case State::open:
            if (settings_->heartbeat_interval.count() <= 0) return std::nullopt;
            return std::min(silent_at_, last_sent_ + settings_->heartbeat_interval);
        case State::idle:
        case State::connecting:
        case State::stopped: return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace cticonnector::routing
