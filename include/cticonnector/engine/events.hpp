#pragma once
// What the engine is told. CRM requests carry a RequestId and are answered by exactly one Reply
// (actions.hpp). Outcomes of requests to the contact center carry the OperationId of the action that asked.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "cticonnector/engine/item.hpp"
#include "cticonnector/engine/requests.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

// ---- from the contact center: link and outcomes

struct LinkUp {
    LinkId link;
};
BOOST_DESCRIBE_STRUCT(LinkUp, (), (link))
struct LinkDown {
    LinkId link;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(LinkDown, (), (link, why))
/// A media routing peripheral is connected: items can be routed.
struct RouterUp {
    LinkId link;
};
BOOST_DESCRIBE_STRUCT(RouterUp, (), (link))
struct RouterDown {
    LinkId link;
};
BOOST_DESCRIBE_STRUCT(RouterDown, (), (link))

/// Why the contact center did not do what it was asked.
enum class Failure : std::uint8_t {
    none,
    unknown_agent,
    wrong_password,
    invalid_device,
    already_logged_on,  ///< agent or device in use elsewhere
    already_in_medium,  ///< MEDIA_LOGIN: harmless (R-DEC-48)
    task_on_its_way,    ///< not ready refused: a routed task is in flight (R-DEC-25)
    task_unknown,       ///< the contact center does not know the task, or refuses the step (R-DEC-27)
    invalid_destination,
    no_link,
    unsent,  ///< the connector could not write it: the contact center was not asked
    other,
};
BOOST_DESCRIBE_ENUM(Failure, none, unknown_agent, wrong_password, invalid_device, already_logged_on,
                    already_in_medium, task_on_its_way, task_unknown, invalid_destination, no_link, unsent,
                    other)

/// An indication for one medium was refused: the agent's state there is not what they asked for (R-STATE-7).
struct MediumRefused {
    AgentId agent;
    Channel channel{};
    Failure failure{};
    std::string text;
    bool ready = false;        ///< a ReadyMedium, which says nothing of a log-out behind it
    std::string refused = {};  ///< as of Outcome
};
BOOST_DESCRIBE_STRUCT(MediumRefused, (), (agent, channel, failure, text, ready, refused))

/// Answer to an action that carried an OperationId. The text carries the contact center's own numbers.
struct Outcome {
    OperationId operation;
    Failure failure = Failure::none;
    std::string text;
    std::string refused = {};  ///< what was refused, by the contact center's name of it
    bool silence = false;      ///< the engine's own: nobody has answered in time
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (operation, failure, text, refused, silence))
/// Positive answer to QueryAgent.
struct AgentFound {
    OperationId operation;
    bool logged_in = false;
    std::string extension;   ///< when logged in
    std::string instrument;  ///< when logged in
};
BOOST_DESCRIBE_STRUCT(AgentFound, (), (operation, logged_in, extension, instrument))
/// Positive answer to PlaceCall: the connection of the new call.
struct CallPlaced {
    OperationId operation;
    CallId call;
};
BOOST_DESCRIBE_STRUCT(CallPlaced, (), (operation, call))

// ---- from the contact center: agents

enum class MediumState : std::uint8_t {
    logged_out,
    not_ready,
    ready,  ///< Available; with tasks: Not Active
    reserved,
    active,  ///< Talking, Hold, Active, Busy Other
    paused,
    work_ready,      ///< wrap-up, ready afterwards
    work_not_ready,  ///< wrap-up, not ready afterwards; on a media channel: the application was gone
    interrupted,
};
BOOST_DESCRIBE_ENUM(MediumState, logged_out, not_ready, ready, reserved, active, paused, work_ready,
                    work_not_ready, interrupted)

/// An agent's state in one medium, as the contact center reports it.
struct AgentState {
    AgentId agent;
    Channel channel{};
    MediumState state{};
    std::optional<int> reason;        ///< of not_ready, when told
    std::optional<MediumState> next;  ///< the pending state, when told (NextAgentState)
    bool unanswered = false;          ///< not ready since a routed call rang on (R-DEC-82)
};
BOOST_DESCRIBE_STRUCT(AgentState, (), (agent, channel, state, reason, next, unanswered))
/// The contact center will not route to the agent in this medium any more: they did not take `task` in time.
struct MadeNotRoutable {
    AgentId agent;
    Channel channel{};
    TaskId task;
};
BOOST_DESCRIBE_STRUCT(MadeNotRoutable, (), (agent, channel, task))

// ---- from the contact center: calls at an agent's phone

struct CallOffered {
    AgentId agent;
    CallId call;
    bool routed = false;  ///< pre-call seen or an ACD call type (R-DEC-17)
    ItemInfoPtr info;
};
BOOST_DESCRIBE_STRUCT(CallOffered, (), (agent, call, routed, info))
struct CallDialled {
    AgentId agent;
    CallId call;
    ItemInfoPtr info;
};
BOOST_DESCRIBE_STRUCT(CallDialled, (), (agent, call, info))
struct CallConnected {
    AgentId agent;
    CallId call;
};
BOOST_DESCRIBE_STRUCT(CallConnected, (), (agent, call))
struct CallHeld {
    AgentId agent;
    CallId call;
};
BOOST_DESCRIBE_STRUCT(CallHeld, (), (agent, call))
struct CallRetrieved {
    AgentId agent;
    CallId call;
};
BOOST_DESCRIBE_STRUCT(CallRetrieved, (), (agent, call))
enum class CallEnding : std::uint8_t { cleared, redirected, failed };
BOOST_DESCRIBE_ENUM(CallEnding, cleared, redirected, failed)
struct CallEnded {
    AgentId agent;
    CallId call;
    CallEnding ending{};
};
BOOST_DESCRIBE_STRUCT(CallEnded, (), (agent, call, ending))
struct CallData {
    AgentId agent;
    CallId call;
    ItemInfoPtr info;
};
BOOST_DESCRIBE_STRUCT(CallData, (), (agent, call, info))

// ---- from the contact center: tasks

/// DO_THIS_WITH_TASK chose an agent (R-DEC-27). An agent the connector does not know has an empty name.
struct TaskAssigned {
    ItemId item;
    Channel channel{};
    AgentId agent;
    TaskId task;
    ItemInfoPtr info;
};
BOOST_DESCRIBE_STRUCT(TaskAssigned, (), (item, channel, agent, task, info))
enum class RouteLabel : std::uint8_t { route_error, timeout, other };
BOOST_DESCRIBE_ENUM(RouteLabel, route_error, timeout, other)
/// DO_THIS_WITH_TASK carried a label instead of an agent.
struct TaskLabelled {
    ItemId item;
    RouteLabel label{};
    std::string text;
};
BOOST_DESCRIBE_STRUCT(TaskLabelled, (), (item, label, text))
/// NEW_TASK_FAILURE: the item is parked with this class (R-DEC-55).
struct RouteFailed {
    ItemId item;
    Phrase why;
};
BOOST_DESCRIBE_STRUCT(RouteFailed, (), (item, why))
/// The customer of a chat has left.
struct CustomerLeft {
    ItemId item;
};
BOOST_DESCRIBE_STRUCT(CustomerLeft, (), (item))
/// An operator asks for a parked item to be tried again.
struct RetryItem {
    ItemId item;
};
BOOST_DESCRIBE_STRUCT(RetryItem, (), (item))
/// OFFER, START, WRAPUP or END of a task was refused (FAILURE_RESP).
struct TaskRefused {
    AgentId agent;
    TaskId task;
    Failure failure{};
    std::string text;
    std::string refused = {};  ///< as of Outcome
};
BOOST_DESCRIBE_STRUCT(TaskRefused, (), (agent, task, failure, text, refused))
/// The contact center ended a task by itself (lifetime exceeded, lost in a resynchronisation).
struct TaskGone {
    AgentId agent;
    TaskId task;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(TaskGone, (), (agent, task, why))

// ---- answers to FindWork: what an agent who stayed logged in is doing (R-DEC-48)

struct CallFound {
    AgentId agent;
    CallId call;
    WorkState state{};
    ItemInfoPtr info;
};
BOOST_DESCRIBE_STRUCT(CallFound, (), (agent, call, state, info))
struct TaskFound {
    AgentId agent;
    Channel channel{};
    TaskId task;
    WorkState state{};
    std::string external_id;
    std::string selector;
    ItemInfoPtr info;
};
BOOST_DESCRIBE_STRUCT(TaskFound, (), (agent, channel, task, state, external_id, selector, info))

// ---- the end, in three ways (R-CLU-77); the engine has nothing left afterwards

/// SIGTERM: no more offers; subscriptions are ended with reason 1.
struct Shutdown {};
BOOST_DESCRIBE_STRUCT(Shutdown, (), ())
/// Somebody else goes on with what is here: requests that wait are faults, and nobody else is told anything.
struct Release {};
BOOST_DESCRIBE_STRUCT(Release, (), ())
/// Somebody else goes on already: nothing is told or written any more.
struct Abandon {};
BOOST_DESCRIBE_STRUCT(Abandon, (), ())

using Event =
    std::variant<Subscribe, Unsubscribe, ReadUser, RefreshUser, SetWorkmode, Accept, Reroute, Forward,
                 Complete, Drop, MakeCall, SetItemData, ReadItemData, RequireWrapup, EndWrapup, AddItem,
                 DeleteItem, ItemStored, DeliveryFailed, DeliveryRestored, SubscriptionLost,
                 LastEventAnswered, ManualSessions, LinkUp, LinkDown, RouterUp, RouterDown, MediumRefused,
                 Outcome, AgentFound, CallPlaced, AgentState, MadeNotRoutable, CallOffered, CallDialled,
                 CallConnected, CallHeld, CallRetrieved, CallEnded, CallData, TaskAssigned, TaskLabelled,
                 RouteFailed, CustomerLeft, RetryItem, TaskRefused, TaskGone, CallFound, TaskFound, Shutdown,
                 Release, Abandon, ItemHandedOver, ItemReturned>;

}  // namespace cticonnector::engine
