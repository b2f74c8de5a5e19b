#include "cti.hpp"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "orders.hpp"

namespace cticonnector::routing {

namespace {

using namespace engine;

struct StateRow {
    std::uint16_t number;
    MediumState state;
};
/// LOGIN is an event rather than a state, and UNKNOWN says nothing (GED-188 section 8): neither is here.
constexpr std::array state_rows{
    StateRow{ged188::AgentState::AGENT_STATE_LOGOUT, MediumState::logged_out},
    StateRow{ged188::AgentState::AGENT_STATE_NOT_READY, MediumState::not_ready},
    StateRow{ged188::AgentState::AGENT_STATE_AVAILABLE, MediumState::ready},
    StateRow{ged188::AgentState::AGENT_STATE_TALKING, MediumState::active},
    StateRow{ged188::AgentState::AGENT_STATE_WORK_NOT_READY, MediumState::work_not_ready},
    StateRow{ged188::AgentState::AGENT_STATE_WORK_READY, MediumState::work_ready},
    StateRow{ged188::AgentState::AGENT_STATE_BUSY_OTHER, MediumState::active},
    StateRow{ged188::AgentState::AGENT_STATE_RESERVED, MediumState::reserved},
    StateRow{ged188::AgentState::AGENT_STATE_HOLD, MediumState::active},
    StateRow{ged188::AgentState::AGENT_STATE_ACTIVE, MediumState::active},
    StateRow{ged188::AgentState::AGENT_STATE_PAUSED, MediumState::paused},
    StateRow{ged188::AgentState::AGENT_STATE_INTERRUPTED, MediumState::interrupted},
    StateRow{ged188::AgentState::AGENT_STATE_NOT_ACTIVE, MediumState::ready},
};

std::optional<MediumState> medium_state(std::optional<std::uint16_t> number) {
    for (const StateRow& row : state_rows) {
        if (row.number == number) return row.state;
    }
    return std::nullopt;
}

CallId new_call_in(const ged188::MakeCallConf& conf) {
    return {conf.new_connection_call_id, conf.new_connection_device_id_type,
            std::string(conf.new_connection_device_id.value_or(""))};
}

}  // namespace

Cti::Cti(const Current<Settings>& settings, InvokeIds& ids, LinkId link)
    : link_(link),
      state_(settings, ids),
      calls_(settings, state_.directory, state_.events, state_.odd),
      searches_(state_, calls_),
      resync_(state_),
      interrupts_(state_) {}

void Cti::link_up(Time now) {
    state_.at(now);
    state_.link_up = true;
    resync_.link_up();
    state_.tell(LinkUp{link_});
}

/// Whoever waits for an answer hears of the link, not of each request.
void Cti::link_down(const std::string& why, Time now) {
    state_.at(now);
    state_.link_up = false;
    state_.requests.clear();
    calls_.clear();
    searches_.clear();
    resync_.link_down();
    interrupts_.clear();
    state_.out.clear();
    state_.tell(LinkDown{link_, why});
}

void Cti::on_time(Time now) {
    state_.at(now);
    resync_.on_time();
    send_what_was_held_back();
}

void Cti::go_on(Time now) {
    state_.at(now);
    resync_.go_on();
    send_what_was_held_back();
}

void Cti::send_what_was_held_back() {
    for (const CenterAction& wish : resync_.released()) perform(wish, state_.now);
}

// ---- the engine's wishes

void Cti::perform(const CenterAction& action, Time now) {
    state_.at(now);
    if (!state_.link_up) return refuse_without_link(action);
    std::visit([this](const auto& wish) { carry_out(wish); }, action);
}

void Cti::refuse_without_link(const CenterAction& action) {
    const auto refuse_one = [this](const auto& wish) {
        if constexpr (requires { wish.operation; })  // somebody waits for its outcome
            state_.tell(Outcome{wish.operation, Failure::no_link, "the link to the contact center is down"});
    };
    std::visit(refuse_one, action);
}

void Cti::carry_out(const RestoreDone&) {
    resync_.complete();
    send_what_was_held_back();
}

void Cti::end(const Stray& stray, Time now) {
    state_.at(now);
    if (state_.link_up) send(state_, stray);
}

// ---- what the server says

void Cti::on(const ged188::Frame& frame, Time now) {
    using namespace ged188;
    state_.at(now);
    if (calls_.on(frame, state_.version())) return;
    switch (frame.type) {
        case ged188::AgentStateEvent::type: return read<ged188::AgentStateEvent>(frame);
        case AgentMadeNotRoutableEvent::type: return read<AgentMadeNotRoutableEvent>(frame);
        case MaxTaskLifetimeExceededEvent::type: return read<MaxTaskLifetimeExceededEvent>(frame);
        case AgentInitReadyEvent::type: return read<AgentInitReadyEvent>(frame);
        case AgentInterruptAdvisoryEvent::type: return read<AgentInterruptAdvisoryEvent>(frame);
        case AgentInterruptDoneAdvisoryEvent::type: return read<AgentInterruptDoneAdvisoryEvent>(frame);
        case QueryAgentStateConf::type: return read_answer<QueryAgentStateConf>(frame);
        case SetAgentStateConf::type: return read_answer<SetAgentStateConf>(frame);
        case AnswerCallConf::type: return read_answer<AnswerCallConf>(frame);
        case ClearConnectionConf::type: return read_answer<ClearConnectionConf>(frame);
        case MakeCallConf::type: return read_answer<MakeCallConf>(frame);
        case ReleaseCallConf::type: return read_answer<ReleaseCallConf>(frame);
        case SnapshotDeviceConf::type: return read_answer<SnapshotDeviceConf>(frame);
        case SnapshotCallConf::type: return read_answer<SnapshotCallConf>(frame);
        case MediaLoginResp::type: return read_answer<MediaLoginResp>(frame);
        case ChangeMaxTaskLimitResp::type: return read_answer<ChangeMaxTaskLimitResp>(frame);
        case MakeAgentNotRoutableResp::type: return read_answer<MakeAgentNotRoutableResp>(frame);
        case MakeAgentNotReadyResp::type: return read_answer<MakeAgentNotReadyResp>(frame);
        case AgentInitResp::type: return read_answer<AgentInitResp>(frame);
        case GetPrecallMessagesResp::type: return read_answer<GetPrecallMessagesResp>(frame);
        case AgentTasksResp::type: return read_answer<AgentTasksResp>(frame);
        case SnapshotTaskResp::type: return read_answer<SnapshotTaskResp>(frame);
        case ControlFailureConf::type: return read_answer<ControlFailureConf>(frame);
        case FailureConf::type: return read_answer<FailureConf>(frame);
        case FailureResp::type: return read_answer<FailureResp>(frame);
        default: return pass_over(frame);
    }
}

template <class M>
void Cti::read(const ged188::Frame& frame) {
    if (const auto message = state_.read<M>(frame)) handle(*message);
}

template <class M>
void Cti::read_answer(const ged188::Frame& frame) {
    const auto message = state_.read<M>(frame);
    if (!message || !state_.answers(M::type, message->invoke_id)) return;
    if constexpr (std::is_same_v<M, ged188::MakeCallConf>) {
        if (names_nothing(new_call_in(*message)))
            return state_.misfit(M::type, message->invoke_id, "names no call");
    }
    confirm(*state_.requests.take(message->invoke_id), *message);
}

/// The rest are messages that we do not read; a reply among them answers nothing that we ask.
void Cti::pass_over(const ged188::Frame& frame) {
    const wire::MessageDescriptor* kind = ged188::protocol.find(frame.type);
    if (!kind) return state_.odd.unknown(frame);
    if (!(kind->name.ends_with("_CONF") || kind->name.ends_with("_RESP"))) return;
    const auto fields = state_.odd.read(*kind, frame, state_.version());
    const wire::Value* id = fields ? fields->find("InvokeID") : nullptr;
    if (id) state_.answers(frame.type, static_cast<std::uint32_t>(std::get<std::int64_t>(*id)));
}

template <class M>
void Cti::confirm(const Request& request, const M& m) {
    if constexpr (std::is_same_v<M, ged188::ControlFailureConf>) {
        refuse(request, control_failure(m.failure_code, m.peripheral_error_code));
    } else if constexpr (std::is_same_v<M, ged188::FailureConf>) {
        refuse(request, session_failure(m));
    } else if constexpr (std::is_same_v<M, ged188::FailureResp>) {
        const Refused refused = arm_failure(m.status);
        refuse(request, refused.failure == Failure::none ? Refused{Failure::other, "FAILURE_RESP, status 0"}
                                                         : refused);
    } else if constexpr (requires { answer(request, m); }) {
        answer(request, m);
    } else if constexpr (requires { searches_.on(request, m); }) {
        searches_.on(request, m);
    } else if constexpr (requires { m.status; }) {
        if (const Refused refused = arm_failure(m.status); refused.failure != Failure::none)
            return refuse(request, refused);
        if (request.question == Question::operation) state_.tell(Outcome{request.operation});
    } else if (request.question == Question::operation || request.question == Question::login) {
        // not before: a login that is refused must not take the phone from who is there
        if (request.question == Question::login) state_.directory.set_device(request.agent, request.device);
        state_.tell(Outcome{request.operation});
    }
}

void Cti::refuse(const Request& request, Refused refused) {
    refused.request = ged188::name_of(request.asked);
    switch (request.question) {
        case Question::snapshot_device:
        case Question::snapshot_call:
        case Question::list_tasks:
        case Question::snapshot_task: return searches_.failed(request, refused);
        case Question::sign_in_again: return resync_.signed_in(request, refused);
        case Question::list_restored: return resync_.failed(request, refused);
        default: return state_.refused(request, refused);
    }
}

void Cti::answer(const Request& request, const ged188::QueryAgentStateConf& conf) {
    state_.directory.learn_answer(request.agent, conf.icm_agent_id);
    const auto state = medium_state(conf.agent_state);
    AgentFound found{.operation = request.operation};
    found.logged_in = conf.agent_state == ged188::AgentState::AGENT_STATE_LOGIN ||
                      (state && *state != MediumState::logged_out);
    if (found.logged_in) {
        found.extension = state_.identity(conf.agent_extension);
        found.instrument = state_.identity(conf.agent_instrument);
        state_.directory.set_phone(request.agent, found.extension, found.instrument);
    }
    if (found.logged_in && state) {
        state_.tell(AgentState{.agent = request.agent,
                               .channel = state_.channel(conf.mrd_id).value_or(Channel::voice),
                               .state = *state});
    }
    state_.tell(std::move(found));
}

void Cti::answer(const Request& request, const ged188::MediaLoginResp& resp) {
    Refused refused = arm_failure(resp.status);
    refused.request = ged188::name_of(request.asked);
    const bool in = refused.failure == Failure::none || refused.failure == Failure::already_in_medium;
    if (in) state_.directory.learn_answer(request.agent, resp.icm_agent_id);
    if (request.question == Question::sign_in_again) return resync_.signed_in(request, refused);
    state_.tell(Outcome{request.operation, refused.failure, refused.text, refused.request});
}

void Cti::answer(const Request& request, const ged188::MakeCallConf& conf) {
    state_.tell(CallPlaced{request.operation, calls_.placed(request.agent, new_call_in(conf))});
}

void Cti::answer(const Request& request, const ged188::AgentTasksResp& resp) {
    if (request.question == Question::list_restored) return resync_.on(request, resp);
    searches_.on(request, resp);
}

void Cti::handle(const ged188::AgentInitReadyEvent&) {
    resync_.ready();
    send_what_was_held_back();
}

void Cti::handle(const ged188::AgentStateEvent& m) {
    const auto channel = state_.channel(m.mrd_id);
    if (m.peripheral_id != state_.settings->peripheral || !channel) return;
    const auto agent = state_.directory.of_event(m.icm_agent_id, state_.agent(state_.identity(m.agent_id)));
    if (!agent) return;
    const auto state = medium_state(m.agent_state);
    if (*channel == Channel::voice) {
        if (state == MediumState::logged_out) {
            state_.directory.forget_phone(*agent);
        } else {
            state_.directory.set_phone(*agent, state_.identity(m.agent_extension),
                                       state_.identity(m.agent_instrument));
        }
    }
    if (!state) return;
    const bool not_ready = state == MediumState::not_ready;
    state_.tell(AgentState{.agent = *agent,
                           .channel = *channel,
                           .state = *state,
                           .reason = not_ready ? m.event_reason_code : 0,
                           .next = medium_state(m.next_agent_state),
                           .unanswered = not_ready && *channel == Channel::voice &&
                                         m.event_reason_code == ged188::EventReasonCode::CALL_NOT_ANSWERED});
}

void Cti::handle(const ged188::AgentMadeNotRoutableEvent& m) {
    const auto channel = state_.channel(m.mrd_id);
    const auto agent = state_.directory.agent(m.icm_agent_id);
    if (channel && agent) state_.tell(MadeNotRoutable{*agent, *channel, task_of(m.task_id)});
}

void Cti::handle(const ged188::MaxTaskLifetimeExceededEvent& m) {
    if (names_nothing(task_of(m.task_id))) return state_.odd.nameless(*m.binding.message, "names no task");
    if (const auto agent = state_.directory.agent(m.icm_agent_id))
        state_.tell(TaskGone{*agent, task_of(m.task_id), "the task's maximum lifetime is exceeded"});
}

}  // namespace cticonnector::routing
