#pragma once
// What the engine wants done. Actions come in order into a buffer that the caller owns and reuses; the shells
// do what they are told and contain no rule about agents.
//
// To the contact center, an action with an OperationId is answered by an Outcome (or AgentFound, CallPlaced);
// without one it has no positive answer there either. Those of one event that go to one link are written
// together, in order.

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "cticonnector/base/secret.hpp"
#include "cticonnector/engine/events.hpp"
#include "cticonnector/engine/item.hpp"
#include "cticonnector/engine/offer.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

// ---- to the CRM

/// What kind of fault a request is answered with (ici.md section 11).
enum class Fault : std::uint8_t {
    none,
    not_subscribed,
    logon_failed,
    already_logged_on,
    invalid_workcenter,
    invalid_workmode,
    unknown_item,
    invalid_state,
    invalid_destination,
    not_supported,
    unavailable,
    internal,
};
std::string_view name(Fault);

enum class UserStatus : std::uint8_t { logged_off, ready, not_ready, reserved, busy, wrapup };
std::string_view name(UserStatus);

/// The agent as the CRM shall see them, always whole.
struct UserView {
    std::string user_name;
    AgentId agent;
    std::string device;
    bool logged_on = false;
    int workmode = 1;  ///< 1 logged off, 2 ready, 3 not ready, 4 wrap-up, above 999 a not-ready reason
                       ///< (ici.md section 6)
    UserStatus status = UserStatus::logged_off;
    PerChannel<int> limits;            ///< what they logged in with; 0 = not in this channel
    bool contact_center_lost = false;  ///< shown not ready because the link is away (R-HA-6)
    bool operator==(const UserView&) const = default;
};

/// What the CRM may do with an item now. Only what this version serves is ever listed (R-DEC-57).
enum class Capability : std::uint16_t {
    accept = 1,
    reject = 2,
    reroute = 4,
    drop = 8,
    forward = 16,
    complete = 32,
    set_attached_data = 64,
    wrapup_required = 128,
    wrapup_ended = 256,
};
using Capabilities = std::uint16_t;

/// An item as the CRM shall see it, always whole.
struct ItemView {
    ItemKey key;
    Channel channel{};
    Processing processing{};
    LineState line{};  ///< calls only
    Placement placement{};
    Capabilities capabilities{};  ///< sum of Capability
    std::string external_id;      ///< actionItemId; empty for calls
    AgentId agent;
    std::string user_name;
    ItemInfoPtr info;
    bool last() const { return processing >= Processing::ended; }
};

/// The one answer to a request. `user`, `item` and `data` are filled where the request asks for them.
struct Reply {
    RequestId request;
    Fault fault = Fault::none;
    std::string text;              ///< the fault in English: what, who, what happens next
    std::optional<UserView> user;  ///< Subscribe, ReadUser
    std::optional<ItemView> item;  ///< MakeCall, ReadItemData
    std::string data;              ///< AddItem: the external id
};
struct UserChanged {
    SubscriptionId subscription;
    UserView user;
};
struct ItemChanged {
    SubscriptionId subscription;
    ItemView item;
};
/// The codes are R-DEC-34's.
enum class EndReason : std::uint8_t {
    shutting_down = 1,
    contact_center_lost = 2,
    logged_off_in_contact_center = 3,
    replaced = 4,
    crm_session_lost = 5,
};
std::string_view name(EndReason);
/// No further event for this subscription. `tell`:
/// the CRM is told with subscriptionEnded, after what is queued.
struct EndSubscription {
    SubscriptionId subscription;
    EndReason reason{};
    bool tell = true;
};

// ---- to the contact center: agents

struct QueryAgent {
    OperationId operation;
    AgentId agent;
};
struct Login {
    OperationId operation;
    AgentId agent;
    std::string device;
    Secret password;
    bool authenticate_only = false;  ///< ForcedFlag 2: check the password, change nothing (R-DEC-1, R-DEC-48)
};
struct Logout {
    OperationId operation;
    AgentId agent;
    std::string device;
    Secret password;
    int reason = 0;
    bool forced = false;  ///< a call is still up
};
enum class VoiceWish : std::uint8_t { ready, not_ready, work_ready, work_not_ready };
struct SetVoiceState {
    OperationId operation;
    AgentId agent;
    VoiceWish wish{};
    int reason = 0;
};
struct LoginMedium {
    OperationId operation;
    AgentId agent;
    Channel channel{};
    int task_limit = 0;  ///< limit(ch) without the buffer (R-ALLOC-7)
};
struct SetTaskLimit {
    OperationId operation;
    AgentId agent;
    Channel channel{};
    int task_limit = 0;
};
struct LogoutMedium {
    AgentId agent;
    Channel channel{};
};
/// Ready and routable (R-DEC-26). No positive answer.
struct ReadyMedium {
    AgentId agent;
    Channel channel{};
};
struct NotRoutable {
    OperationId operation;
    AgentId agent;
    Channel channel{};
};
struct NotReadyMedium {
    OperationId operation;
    AgentId agent;
    Channel channel{};
    int reason = 0;
};
/// Which calls and tasks does the agent have? Answered by CallFound and TaskFound,
/// then the Outcome (R-DEC-48).
struct FindWork {
    OperationId operation;
    AgentId agent;
    std::string device;
    PerChannel<bool> channels;
};
/// After a lost link, for each agent and medium: what we hold to be true; then RestoreTask for each of their
/// open tasks; RestoreDone closes the block (arm-task-model.md 6.8, R-DEC-41).
struct RestoreMedium {
    AgentId agent;
    Channel channel{};
    int task_limit = 0;
    bool ready = false;
};
struct RestoreTask {
    AgentId agent;
    Channel channel{};
    TaskId task;
    WorkState state{};
    ItemInfoPtr info;
};
struct RestoreDone {
    LinkId link;
};

// ---- to the contact center: calls

struct AnswerCall {
    OperationId operation;
    AgentId agent;
    CallId call;
};
struct ClearCall {
    OperationId operation;
    AgentId agent;
    CallId call;
};
struct PlaceCall {
    OperationId operation;
    AgentId agent;
    std::string device;
    std::string destination;
};
/// The CRM is done with a call: its data is not needed any more (R-DEC-40).
struct ReleaseCall {
    AgentId agent;
    CallId call;
};

// ---- to the contact center: tasks and routing

enum class TaskStep : std::uint8_t { offer, start, wrapup };
struct StepTask {
    AgentId agent;
    Channel channel{};
    TaskId task;
    TaskStep step{};
};
struct EndTask {
    AgentId agent;
    Channel channel{};
    TaskId task;
    TaskEnd end{};
};
/// NEW_TASK (R-DEC-23).
struct RouteItem {
    ItemId item;
    Channel channel{};
    std::string selector;
    RouteReason reason{};
    std::string external_id;
    TaskId previous;
    std::optional<AgentId> preferred;
    ItemInfoPtr info;
};
struct CancelRoute {
    ItemId item;
};

// ---- to the store

/// Answered by ItemStored.
struct StoreItem {
    ItemId item;
};

// ---- to the log

/// The events of observability.md that the engine knows of.
enum class What : std::uint8_t {
    agent_login,
    agent_login_refused,
    agent_logout,
    agent_state,
    item_added,
    item_requested,
    item_label,
    item_waiting,
    item_offered,
    item_dialled,
    item_adopted,
    item_refused,
    item_accepted,
    item_rerouted,
    item_ended,
    item_parked,
    item_invisible,
    item_unknown_reason,
    cc_request_failed,
    cc_unexpected,
    crm_subscription_lost,
    invariant_broken,
};
/// What an item waits for: `why` of item.waiting.
enum class WaitReason : std::uint8_t { due, delayed, mr_down, mr_up, retry, closing_session };
std::string_view name(WaitReason);
/// How an item has left, other than Processing says it: `reason` of item.ended and item.invisible.
enum class Departure : std::uint8_t { not_answered, failed, customer_left, deleted, agent_logged_out };
std::string_view name(Departure);
/// One line of the log. Empty members are not written.
struct Note {
    What what{};
    AgentId agent;
    UserId user;
    ItemKey item;
    std::optional<Channel> channel;
    std::string external_id;
    std::optional<TaskId> task;
    std::optional<CallId> call;
    std::string device;                     ///< of a log-on
    std::string peer;                       ///< ... and who sent it
    std::optional<PerChannel<int>> limits;  ///< ... and its counts (R-DEC-62)
    bool adopted = false;                   ///< ... and whether they are taken over as they are
    std::string state;                      ///< the agent's, as the CRM sees it
    std::optional<int> workmode;            ///< ... and its work mode
    std::string reason;                     ///< of a state: the contact center's number
    std::string why;
    std::optional<Origin> origin;
    std::string request;          ///< of ours, that the contact center refused, by its name of it
    std::string scenario;         ///< of an item: its script selector
    std::string label;            ///< what the router answered
    std::optional<int> attempt;   ///< of a route request, from 1
    std::optional<Time> next;     ///< when it is tried again
    std::optional<int> sessions;  ///< of the agent, counted besides the item that came back
    std::optional<int> hidden;    ///< ... and how many were learned to be open by hand (R-ALLOC-9)
    std::string text;             ///< holds nothing that has a member
    std::optional<Decision> decision;
};

// ---- by addressee: each shell visits its own completely, so that none is forgotten

using CrmAction = std::variant<Reply, UserChanged, ItemChanged, EndSubscription>;
/// To whom it goes: whoever chose the id that it is about.
Front front_of(const CrmAction&);
/// Over the CTI link.
using CenterAction =
    std::variant<QueryAgent, Login, Logout, SetVoiceState, LoginMedium, SetTaskLimit, LogoutMedium,
                 ReadyMedium, NotRoutable, NotReadyMedium, FindWork, RestoreMedium, RestoreTask, RestoreDone,
                 AnswerCall, ClearCall, PlaceCall, ReleaseCall, StepTask, EndTask>;
/// Over media routing.
using RouterAction = std::variant<RouteItem, CancelRoute>;
using StoreAction = std::variant<StoreItem>;
using Action = std::variant<CrmAction, CenterAction, RouterAction, StoreAction, Note>;
using Actions = std::vector<Action>;

namespace detail {
template <class A, class Of>
inline constexpr bool is_one_of = false;
template <class A, class... All>
inline constexpr bool is_one_of<A, std::variant<All...>> = (std::is_same_v<A, All> || ...);
}  // namespace detail

/// Which of them an action belongs to.
template <class A>
using AddresseeOf = std::conditional_t<
    detail::is_one_of<A, CrmAction>, CrmAction,
    std::conditional_t<
        detail::is_one_of<A, CenterAction>, CenterAction,
        std::conditional_t<detail::is_one_of<A, RouterAction>, RouterAction,
                           std::conditional_t<detail::is_one_of<A, StoreAction>, StoreAction, Note>>>>;

/// The action itself, or null when it is another.
template <class A>
const A* as(const Action& action) {
    const auto* of = std::get_if<AddresseeOf<A>>(&action);
    if constexpr (std::is_same_v<A, Note>)
        return of;
    else
        return of ? std::get_if<A>(of) : nullptr;
}
template <class A>
bool holds(const Action& action) {
    return as<A>(action) != nullptr;
}
/// Calls `f` with the action itself, whoever it is for.
template <class F>
decltype(auto) visit_each(F&& f, const Action& action) {
    return std::visit(
        [&f]<class Of>(const Of& of) -> decltype(auto) {
            if constexpr (std::is_same_v<Of, Note>)
                return f(of);
            else
                return std::visit(f, of);
        },
        action);
}

}  // namespace cticonnector::engine
