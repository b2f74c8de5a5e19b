#pragma once
// Which request an answer belongs to: InvokeID -> what was asked, for whom. Requests older than a minute are
// forgotten; a lost link empties the table (R-DEC-35: late answers are ignored, the engine has its own
// deadline).

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "cticonnector/engine/events.hpp"

namespace cticonnector::routing {

enum class Purpose : std::uint8_t {
    query_agent,      ///< AgentFound or Outcome
    login,            ///< Outcome; the device is the agent's from then on
    operation,        ///< Outcome
    login_medium,     ///< Outcome; the answer teaches the agent's number
    place_call,       ///< CallPlaced or Outcome
    indicate_medium,  ///< no positive answer; MediumRefused
    indicate_task,    ///< no positive answer; TaskRefused
    snapshot_device,  ///< of a FindWork
    snapshot_call,    ///< of a FindWork
    list_tasks,       ///< of a FindWork
    snapshot_task,    ///< of a FindWork
    restore_medium,   ///< AGENT_INIT_REQ: MediumRefused
    restore_task,     ///< TASK_INIT_IND: TaskGone
    sign_in_again,    ///< MEDIA_LOGIN_REQ after a lost link: already being in is fine
    list_restored,    ///< GET_AGENT_TASKS_REQ after a lost link
    nothing,          ///< no answer is of interest
};

struct Request {
    Purpose purpose = Purpose::nothing;
    engine::OperationId operation{};
    engine::AgentId agent;
    engine::Channel channel{};
    engine::TaskId task;
    std::string device;  ///< of a login
    engine::CallId call;
    engine::WorkState work{};  ///< of `call`
    engine::Time sent{};
};

class Requests {
  public:
    static constexpr std::chrono::minutes lifetime{1};

    void add(std::uint32_t invoke_id, Request request) {
        forget_before(request.sent - lifetime);
        open_.insert_or_assign(invoke_id, std::move(request));
    }
    std::optional<Request> take(std::uint32_t invoke_id) {
        const auto node = open_.extract(invoke_id);
        if (node.empty()) return std::nullopt;
        return std::move(node.mapped());
    }
    void forget_before(engine::Time then) {
        std::erase_if(open_, [&](const auto& entry) { return entry.second.sent < then; });
    }
    void clear() { open_.clear(); }
    std::size_t size() const { return open_.size(); }

  private:
    std::map<std::uint32_t, Request> open_;
};

}  // namespace cticonnector::routing
