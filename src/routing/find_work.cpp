#include "find_work.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>

namespace cticonnector::routing {

namespace {

using namespace engine;
using ged188::LocalConnectionState;
using ged188::TaskState;

struct CallRow {
    std::uint16_t state;
    WorkState work;
};
/// Any other state is none of a call that the agent works on.
constexpr std::array call_rows{
    CallRow{LocalConnectionState::LCS_INITIATE, WorkState::active},
    CallRow{LocalConnectionState::LCS_ALERTING, WorkState::alerting},
    CallRow{LocalConnectionState::LCS_CONNECT, WorkState::active},
    CallRow{LocalConnectionState::LCS_HOLD, WorkState::held},
};
struct TaskRow {
    std::uint32_t state;
    WorkState work;
};
constexpr std::array task_rows{
    TaskRow{TaskState::TASK_STATE_PRE_CALL, WorkState::alerting},
    TaskRow{TaskState::TASK_STATE_OFFERED, WorkState::alerting},
    TaskRow{TaskState::TASK_STATE_ACTIVE, WorkState::active},
    TaskRow{TaskState::TASK_STATE_INTERRUPTED, WorkState::active},
    TaskRow{TaskState::TASK_STATE_PAUSED, WorkState::paused},
    TaskRow{TaskState::TASK_STATE_WRAPUP, WorkState::wrapup},
};

std::optional<WorkState> work_state(const auto& rows, std::uint32_t state) {
    for (const auto& row : rows) {
        if (row.state == state) return row.work;
    }
    return std::nullopt;
}

}  // namespace

void Searches::start(const FindWork& f) {
    searches_.forget_before(cti_.now - Requests::lifetime);
    if (!f.device.empty() && f.channels[Channel::voice]) cti_.directory.set_device(f.agent, f.device);
    searches_.put(f.operation, {.device = f.device, .open = 1}, cti_.now);  // itself, until all is asked
    Request request{.operation = f.operation, .agent = f.agent};
    if (f.channels[Channel::voice]) {
        const std::string instrument = cti_.coded(cti_.directory.instrument(f.agent));
        request.question = Question::snapshot_device;
        ask(request,
            ged188::SnapshotDeviceReq{.peripheral_id = cti_.settings->peripheral,
                                      .snapshot_device_type = ged188::DeviceIDType::DEVID_DEVICE_IDENTIFIER,
                                      .agent_instrument = instrument});
    }
    for (const Channel channel : task_channels) {
        if (!f.channels[channel] || !cti_.media()) continue;
        request.question = Question::list_tasks;
        request.channel = channel;
        ask(request, ged188::GetAgentTasksReq{.mrd_id = cti_.mrd(channel),
                                              .icm_agent_id = cti_.directory.icm_agent_id(f.agent)});
    }
    answered(request);
}

template <class M>
void Searches::ask(const Request& request, const M& message) {
    Search* search = searches_.find(request.operation);
    if (!search) return;
    const Refused refused = cti_.ask(request, message);
    if (refused.failure == Failure::none) {
        ++search->open;
    } else if (search->failure.failure == Failure::none) {
        search->failure = refused;
    }
}

void Searches::answered(const Request& request) {
    Search* search = searches_.find(request.operation);
    if (!search || --search->open > 0) return;
    const Refused failure = searches_.take(request.operation)->failure;
    cti_.tell(Outcome{request.operation, failure.failure, failure.text, failure.request});
}

void Searches::on(const Request& request, const ged188::SnapshotDeviceConf& conf) {
    for (const auto& found : conf.calls) {
        const auto state = work_state(call_rows, found.call_state.value_or(LocalConnectionState::LCS_NONE));
        const CallId call{found.call_connection_call_id.value_or(0),
                          found.call_connection_device_id_type.value_or(0),
                          std::string(found.call_connection_device_id.value_or(""))};
        if (!state || names_nothing(call)) continue;
        Request next = request;
        next.question = Question::snapshot_call;
        next.call = call;
        next.work = *state;
        ask(next, ged188::SnapshotCallReq{.peripheral_id = cti_.settings->peripheral,
                                          .connection_call_id = next.call.call,
                                          .connection_device_id_type = next.call.device_type,
                                          .connection_device_id = next.call.device});
    }
    answered(request);
}

void Searches::on(const Request& request, const ged188::SnapshotCallConf& conf) {
    const Search* search = searches_.find(request.operation);
    if (!search) return;
    calls_.found(request.agent, request.call, request.work, search->device, conf);
    answered(request);
}

void Searches::on(const Request& request, const ged188::AgentTasksResp& resp) {
    if (const Refused refused = arm_failure(resp.status); refused.failure != Failure::none)
        return failed(request, refused);
    std::size_t nameless = 0;
    for (const wire::TaskId& task : resp.tasks) {
        if (names_nothing(task_of(task))) {
            ++nameless;
            continue;
        }
        Request next = request;
        next.question = Question::snapshot_task;
        next.task = task_of(task);
        ask(next, ged188::SnapshotTaskReq{.task_id = task});
    }
    if (nameless > 0) {
        const std::string places = std::to_string(nameless) + (nameless == 1 ? " place" : " places");
        cti_.odd.unexpected(resp.name, "names no task at " + places + "; passed over", request.agent.name);
    }
    answered(request);
}

void Searches::on(const Request& request, const ged188::SnapshotTaskResp& resp) {
    const auto state = work_state(task_rows, resp.task_state);
    if (resp.status == 0 && state) {
        cti_.tell(TaskFound{.agent = request.agent,
                            .channel = request.channel,
                            .task = request.task,
                            .state = *state,
                            .external_id = cti_.utf8(resp.application_string2),
                            .selector = cti_.utf8(resp.script_selector),
                            .info = std::make_shared<const ItemInfo>(
                                task_info(resp, request.task, *cti_.settings, ItemInfo{}))});
    }
    answered(request);
}

void Searches::failed(const Request& request, const Refused& refused) {
    Search* search = searches_.find(request.operation);
    if (!search) return;
    const bool one_of_many =
        request.question == Question::snapshot_call || request.question == Question::snapshot_task;
    if (!one_of_many && search->failure.failure == Failure::none) {
        search->failure = refused;
        search->failure.request = ged188::name_of(request.asked);
    }
    answered(request);
}

}  // namespace cticonnector::routing
