#include "resync.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <variant>

#include "item_data.hpp"
#include "orders.hpp"

namespace cticonnector::routing {

namespace {

using namespace engine;
using ged188::TaskState;

struct RestoredRow {
    WorkState work;
    std::uint32_t state;
};
constexpr std::array restored_rows{
    RestoredRow{WorkState::alerting, TaskState::TASK_STATE_OFFERED},
    RestoredRow{WorkState::active, TaskState::TASK_STATE_ACTIVE},
    RestoredRow{WorkState::held, TaskState::TASK_STATE_PAUSED},
    RestoredRow{WorkState::paused, TaskState::TASK_STATE_PAUSED},
    RestoredRow{WorkState::wrapup, TaskState::TASK_STATE_WRAPUP},
};
static_assert(one_row_each(restored_rows, &RestoredRow::work),
              "a state of work lacks its row, or stands in another order");

}  // namespace

void Resync::link_up() {
    link_down();
    if (!cti_.media()) return;
    stage_ = Stage::gathering;
    deadline_ = cti_.now + ready_wait;
}

void Resync::link_down() {
    stage_ = Stage::off;
    ready_seen_ = false;
    media_.clear();
    next_ = media_.end();
    held_.clear();
}

void Resync::add(const RestoreMedium& medium) {
    if (stage_ == Stage::gathering) media_[{medium.agent, medium.channel}].medium = medium;
}

void Resync::add(const RestoreTask& task) {
    if (stage_ == Stage::gathering) media_[{task.agent, task.channel}].tasks.push_back(task);
}

/// With nothing to restore the block is not sent: an empty one would end the tasks of agents who are about
/// to be adopted (R-DEC-48).
void Resync::complete() {
    if (stage_ != Stage::gathering) return;
    stage_ = media_.empty() ? Stage::off : Stage::waiting;
    if (stage_ == Stage::waiting && ready_seen_) begin_block();
}

void Resync::ready() {
    ready_seen_ = true;
    if (stage_ == Stage::waiting) begin_block();
}

std::optional<Time> Resync::next_deadline() const {
    if (stage_ != Stage::waiting) return std::nullopt;
    return deadline_;
}

void Resync::on_time() {
    if (stage_ != Stage::waiting || cti_.now < deadline_) return;
    stage_ = Stage::signing_in;
    next_ = media_.begin();
    go_on();
}

/// What writes nothing is no part of a piece: the next piece comes when bytes have been taken.
void Resync::go_on() {
    for (int written = 0; written < piece && more();) {
        const std::size_t before = cti_.out.size();
        if (next_ == media_.end()) {
            if (stage_ == Stage::signing_in) {
                stage_ = Stage::off;
            } else {
                end_block();
            }
        } else if (stage_ == Stage::signing_in) {
            if (!next_->second.left) sign_in(next_->first, next_->second);
            ++next_;
        } else {
            // the block has no room for an agent's name
            next_->second.told = cti_.directory.icm_agent_id(next_->first.first) != Directory::unknown_id;
            if (next_->second.told) restore(next_->second);
            ++next_;
        }
        if (cti_.out.size() != before) ++written;
    }
}

bool Resync::hold_back(const CenterAction& wish, const AgentId& agent, Channel channel) {
    const auto found = media_.find({agent, channel});
    if (found == media_.end()) return false;
    Medium& medium = found->second;
    const bool leaves = std::holds_alternative<LogoutMedium>(wish);
    if (leaves) {
        medium.left = true;
        medium.medium.ready = false;  // nothing is routed to them by the block either (R-HA-9)
    }
    if (before_the_end_of_the_block()) {
        held_.push_back(wish);
        return true;
    }
    if (leaves || (medium.left && std::holds_alternative<LoginMedium>(wish))) {
        if (leaves && medium.asked && cti_.directory.icm_agent_id(agent) == Directory::unknown_id)
            return true;  // until the answer brings the number
        erase(found);
        return false;
    }
    // who signs in again is told of their state when their tasks have been listed
    if (std::holds_alternative<ReadyMedium>(wish)) medium.medium.ready = true;
    if (std::holds_alternative<NotReadyMedium>(wish) || std::holds_alternative<NotRoutable>(wish))
        medium.medium.ready = false;
    return false;
}

void Resync::erase(Media::iterator medium) {
    if (next_ == medium) ++next_;
    media_.erase(medium);
}

std::vector<CenterAction> Resync::released() {
    if (before_the_end_of_the_block()) return {};
    return std::exchange(held_, {});
}

// ---- the init block

void Resync::begin_block() {
    stage_ = Stage::block;
    next_ = media_.begin();
    cti_.request({}, ged188::BeginAgentInitInd{});
    go_on();
}

/// Who could not be told of in the block signs in again.
void Resync::end_block() {
    cti_.request({}, ged188::EndAgentInitInd{});
    for (const Channel channel : task_channels)
        cti_.request({}, ged188::GetPrecallMessagesReq{.mrd_id = cti_.mrd(channel)});
    std::erase_if(media_, [](const auto& medium) { return medium.second.told; });
    stage_ = Stage::signing_in;
    next_ = media_.begin();
}

void Resync::restore(const Medium& m) {
    const RestoreMedium& medium = m.medium;
    ged188::AgentInitReq init{.peripheral_id = cti_.settings->peripheral,
                              .mrd_id = cti_.mrd(medium.channel),
                              .icm_agent_id = cti_.directory.icm_agent_id(medium.agent),
                              .max_task_limit = static_cast<std::uint32_t>(medium.task_limit),
                              .agent_state = ged188::AgentState::AGENT_STATE_NOT_READY,
                              .agent_mode = ged188::AgentMode::NOT_ROUTABLE};
    if (medium.ready) {
        init.agent_state = ged188::AgentState::AGENT_STATE_NOT_ACTIVE;
        init.agent_mode = ged188::AgentMode::ROUTABLE;
    }
    cti_.request({.question = Question::restore_medium, .agent = medium.agent, .channel = medium.channel},
                 init);
    for (const RestoreTask& task : m.tasks) restore(task);
}

void Resync::restore(const RestoreTask& task) {
    const CodedItem item(task.info ? *task.info : ItemInfo{}, *cti_.settings,
                         *ged188::TaskInitInd::binding.message);
    ged188::TaskInitInd init{.mrd_id = cti_.mrd(task.channel),
                             .icm_agent_id = cti_.directory.icm_agent_id(task.agent),
                             .task_id = task_of(task.task),
                             .task_state = restored_rows[static_cast<std::size_t>(task.state)].state};
    item.write(init);
    cti_.request(
        {.question = Question::restore_task, .agent = task.agent, .channel = task.channel, .task = task.task},
        init);
}

// ---- the second way

void Resync::sign_in(const Key& key, Medium& medium) {
    const auto& [agent, channel] = key;
    medium.asked = true;
    const std::string name = cti_.coded(agent.name);
    cti_.request({.question = Question::sign_in_again, .agent = agent, .channel = channel},
                 ged188::MediaLoginReq{.peripheral_id = cti_.settings->peripheral,
                                       .mrd_id = cti_.mrd(channel),
                                       .icm_agent_id = cti_.directory.icm_agent_id(agent),
                                       .max_task_limit = static_cast<std::uint32_t>(medium.medium.task_limit),
                                       .agent_id = name});
}

/// Who has left meanwhile stays out (R-DEC-35): their log-out went out behind the sign-in, or goes out now.
void Resync::signed_in(const Request& request, const Refused& refused) {
    const auto found = media_.find({request.agent, request.channel});
    if (found == media_.end()) return;
    if (refused.failure != Failure::none && refused.failure != Failure::already_in_medium)
        return failed(request, refused);
    if (found->second.left) {
        erase(found);
        return send(cti_, LogoutMedium{request.agent, request.channel});
    }
    found->second.asked = false;
    cti_.request({.question = Question::list_restored, .agent = request.agent, .channel = request.channel},
                 ged188::GetAgentTasksReq{.mrd_id = cti_.mrd(request.channel),
                                          .icm_agent_id = cti_.directory.icm_agent_id(request.agent)});
}

void Resync::failed(const Request& request, const Refused& refused) {
    const auto found = media_.find({request.agent, request.channel});
    if (found == media_.end()) return;
    erase(found);
    cti_.tell(MediumRefused{request.agent, request.channel, refused.failure, refused.text, false,
                            std::string(ged188::name_of(request.asked))});
}

void Resync::on(const Request& request, const ged188::AgentTasksResp& resp) {
    if (const Refused refused = arm_failure(resp.status); refused.failure != Failure::none)
        return failed(request, refused);
    const auto found = media_.find({request.agent, request.channel});
    if (found == media_.end()) return;
    const Medium held = std::move(found->second);
    erase(found);
    for (const RestoreTask& task : held.tasks) {
        if (std::ranges::find(resp.tasks, task_of(task.task)) == resp.tasks.end())
            cti_.tell(TaskGone{task.agent, task.task, "not among the agent's tasks after the link was lost"});
    }
    const std::int32_t mrd = cti_.mrd(request.channel);
    const std::int32_t icm = cti_.directory.icm_agent_id(request.agent);
    for (const wire::TaskId& task : resp.tasks) {  // as the server does after an init block
        if (names_nothing(task_of(task))) continue;
        if (std::ranges::find(held.tasks, task_of(task), &RestoreTask::task) != held.tasks.end()) continue;
        cti_.request({}, ged188::EndTaskInd{
                             .mrd_id = mrd,
                             .icm_agent_id = icm,
                             .task_id = task,
                             .disposition = ged188::DispositionCode::TASK_ENDED_DURING_APPLICATION_INIT});
    }
    if (!held.medium.ready) return;
    cti_.request({.question = Question::indicate_medium, .agent = request.agent, .channel = request.channel},
                 ged188::MakeAgentReadyInd{.mrd_id = mrd, .icm_agent_id = icm, .make_routable = true});
}

}  // namespace cticonnector::routing
