#pragma once
// Which request an answer belongs to: InvokeID -> what was asked, for whom. Requests older than a minute are
// forgotten; a lost link empties the table (R-DEC-35:
// late answers are ignored, the engine has its own deadline).

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "aging.hpp"
#include "cticonnector/engine/events.hpp"
#include "replies.hpp"

namespace cticonnector::routing {

enum class Question : std::uint8_t {
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
    Question question = Question::nothing;
    std::uint32_t asked = 0;         ///< kind of the message that was sent
    std::uint32_t reply = no_reply;  ///< the one kind that answers it, besides refusals
    engine::OperationId operation{};
    engine::AgentId agent;
    bool unconfirmed = false;  ///< the agent, whose name may be a password in the wrong field (R-DEC-59)
    engine::Channel channel{};
    engine::TaskId task;
    std::string device;  ///< of a login
    engine::CallId call;
    engine::WorkState work{};  ///< of `call`
    engine::Time sent{};

    bool answered_by(std::uint32_t kind) const {
        return kind == reply || std::ranges::find(refusals, kind) != refusals.end();
    }
};

class Requests {
  public:
    static constexpr std::chrono::minutes lifetime{1};

    void add(std::uint32_t invoke_id, Request request) {
        open_.forget_before(request.sent - lifetime);
        const engine::Time sent = request.sent;
        open_.put(invoke_id, std::move(request), sent);
    }
    /// Until the next change of the table; null when nothing is open under that number.
    const Request* find(std::uint32_t invoke_id) const { return open_.find(invoke_id); }
    std::optional<Request> take(std::uint32_t invoke_id) { return open_.take(invoke_id); }
    void clear() { open_.clear(); }
    std::size_t size() const { return open_.size(); }

  private:
    Aging<std::uint32_t, Request> open_;
};

}  // namespace cticonnector::routing
