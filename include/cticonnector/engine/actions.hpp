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
#include "cticonnector/engine/note.hpp"
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
};
BOOST_DESCRIBE_ENUM(Fault, none, not_subscribed, logon_failed, already_logged_on, invalid_workcenter,
                    invalid_workmode, unknown_item, invalid_state, invalid_destination, not_supported,
                    unavailable)
constexpr auto own_words(Fault) {
    return std::array{Word{Fault::not_subscribed, "NOT_SUBSCRIBED"},
                      Word{Fault::logon_failed, "LOGON_FAILED"},
                      Word{Fault::already_logged_on, "ALREADY_LOGGED_ON"},
                      Word{Fault::invalid_workcenter, "INVALID_WORKCENTER"},
                      Word{Fault::invalid_workmode, "INVALID_WORKMODE"},
                      Word{Fault::unknown_item, "UNKNOWN_ITEM"},
                      Word{Fault::invalid_state, "INVALID_STATE"},
                      Word{Fault::invalid_destination, "INVALID_DESTINATION"},
                      Word{Fault::not_supported, "NOT_SUPPORTED"},
                      Word{Fault::unavailable, "UNAVAILABLE"}};
}

enum class UserStatus : std::uint8_t { logged_off, ready, not_ready, reserved, busy, wrapup };
BOOST_DESCRIBE_ENUM(UserStatus, logged_off, ready, not_ready, reserved, busy, wrapup)

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
BOOST_DESCRIBE_STRUCT(UserView, (),
                      (user_name, agent, device, logged_on, workmode, status, limits, contact_center_lost))

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
BOOST_DESCRIBE_ENUM(Capability, accept, reject, reroute, drop, forward, complete, set_attached_data,
                    wrapup_required, wrapup_ended)
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
BOOST_DESCRIBE_STRUCT(ItemView, (),
                      (key, channel, processing, line, placement, capabilities, external_id, agent, user_name,
                       info))

/// The one answer to a request. `user`, `item` and `data` are filled where the request asks for them.
struct Reply {
    RequestId request;
    Fault fault = Fault::none;
    Phrase text;                   ///< of the fault: what, who, what happens next
    std::optional<UserView> user;  ///< Subscribe, ReadUser
    std::optional<ItemView> item;  ///< MakeCall, ReadItemData
    std::string data;              ///< AddItem: the external id
};
BOOST_DESCRIBE_STRUCT(Reply, (), (request, fault, text, user, item, data))
struct UserChanged {
    SubscriptionId subscription;
    UserView user;
};
BOOST_DESCRIBE_STRUCT(UserChanged, (), (subscription, user))
struct ItemChanged {
    SubscriptionId subscription;
    ItemView item;
};
BOOST_DESCRIBE_STRUCT(ItemChanged, (), (subscription, item))
/// The codes are R-DEC-34's.
enum class EndReason : std::uint8_t {
    shutting_down = 1,
    contact_center_lost = 2,
    logged_off_in_contact_center = 3,
    replaced = 4,
    crm_session_lost = 5,
};
BOOST_DESCRIBE_ENUM(EndReason, shutting_down, contact_center_lost, logged_off_in_contact_center, replaced,
                    crm_session_lost)
/// No further event for this subscription. `tell`: the CRM is told with subscriptionEnded, after what is
/// queued; of one that is replaced, after what is in flight (R-DEC-10).
struct EndSubscription {
    SubscriptionId subscription;
    EndReason reason{};
    bool tell = true;
};
BOOST_DESCRIBE_STRUCT(EndSubscription, (), (subscription, reason, tell))

// ---- to the contact center: agents

struct QueryAgent {
    OperationId operation;
    AgentId agent;
};
BOOST_DESCRIBE_STRUCT(QueryAgent, (), (operation, agent))
struct Login {
    OperationId operation;
    AgentId agent;
    std::string device;
    Secret password;
    bool authenticate_only = false;  ///< ForcedFlag 2: check the password, change nothing (R-DEC-1, R-DEC-48)
};
BOOST_DESCRIBE_STRUCT(Login, (), (operation, agent, device, password, authenticate_only))
struct Logout {
    OperationId operation;
    AgentId agent;
    std::string device;
    Secret password;
    int reason = 0;
    bool forced = false;  ///< a call is still up
};
BOOST_DESCRIBE_STRUCT(Logout, (), (operation, agent, device, password, reason, forced))
enum class VoiceWish : std::uint8_t { ready, not_ready, work_ready, work_not_ready };
BOOST_DESCRIBE_ENUM(VoiceWish, ready, not_ready, work_ready, work_not_ready)
struct SetVoiceState {
    OperationId operation;
    AgentId agent;
    VoiceWish wish{};
    int reason = 0;
};
BOOST_DESCRIBE_STRUCT(SetVoiceState, (), (operation, agent, wish, reason))
struct LoginMedium {
    OperationId operation;
    AgentId agent;
    Channel channel{};
    int task_limit = 0;  ///< limit(ch) without the buffer (R-ALLOC-7)
};
BOOST_DESCRIBE_STRUCT(LoginMedium, (), (operation, agent, channel, task_limit))
struct SetTaskLimit {
    OperationId operation;
    AgentId agent;
    Channel channel{};
    int task_limit = 0;
};
BOOST_DESCRIBE_STRUCT(SetTaskLimit, (), (operation, agent, channel, task_limit))
struct LogoutMedium {
    AgentId agent;
    Channel channel{};
};
BOOST_DESCRIBE_STRUCT(LogoutMedium, (), (agent, channel))
/// Ready and routable (R-DEC-26). No positive answer.
struct ReadyMedium {
    AgentId agent;
    Channel channel{};
};
BOOST_DESCRIBE_STRUCT(ReadyMedium, (), (agent, channel))
struct NotRoutable {
    OperationId operation;
    AgentId agent;
    Channel channel{};
};
BOOST_DESCRIBE_STRUCT(NotRoutable, (), (operation, agent, channel))
struct NotReadyMedium {
    OperationId operation;
    AgentId agent;
    Channel channel{};
    int reason = 0;
};
BOOST_DESCRIBE_STRUCT(NotReadyMedium, (), (operation, agent, channel, reason))
/// Which calls and tasks does the agent have? Answered by CallFound and TaskFound, then the Outcome
/// (R-DEC-48).
struct FindWork {
    OperationId operation;
    AgentId agent;
    std::string device;
    PerChannel<bool> channels;
};
BOOST_DESCRIBE_STRUCT(FindWork, (), (operation, agent, device, channels))
/// After a lost link, for each agent and medium: what we hold to be true; then RestoreTask for each of their
/// open tasks; RestoreDone closes the block (arm-task-model.md 6.8, R-DEC-41).
struct RestoreMedium {
    AgentId agent;
    Channel channel{};
    int task_limit = 0;
    bool ready = false;
};
BOOST_DESCRIBE_STRUCT(RestoreMedium, (), (agent, channel, task_limit, ready))
struct RestoreTask {
    AgentId agent;
    Channel channel{};
    TaskId task;
    WorkState state{};
    ItemInfoPtr info;
};
BOOST_DESCRIBE_STRUCT(RestoreTask, (), (agent, channel, task, state, info))
struct RestoreDone {
    LinkId link;
};
BOOST_DESCRIBE_STRUCT(RestoreDone, (), (link))

// ---- to the contact center: calls

struct AnswerCall {
    OperationId operation;
    AgentId agent;
    CallId call;
};
BOOST_DESCRIBE_STRUCT(AnswerCall, (), (operation, agent, call))
struct ClearCall {
    OperationId operation;
    AgentId agent;
    CallId call;
};
BOOST_DESCRIBE_STRUCT(ClearCall, (), (operation, agent, call))
struct PlaceCall {
    OperationId operation;
    AgentId agent;
    std::string device;
    std::string destination;
};
BOOST_DESCRIBE_STRUCT(PlaceCall, (), (operation, agent, device, destination))
/// The CRM is done with a call: its data is not needed any more (R-DEC-40).
struct ReleaseCall {
    AgentId agent;
    CallId call;
};
BOOST_DESCRIBE_STRUCT(ReleaseCall, (), (agent, call))

// ---- to the contact center: tasks and routing

enum class TaskStep : std::uint8_t { offer, start, wrapup };
BOOST_DESCRIBE_ENUM(TaskStep, offer, start, wrapup)
struct StepTask {
    AgentId agent;
    Channel channel{};
    TaskId task;
    TaskStep step{};
};
BOOST_DESCRIBE_STRUCT(StepTask, (), (agent, channel, task, step))
struct EndTask {
    AgentId agent;
    Channel channel{};
    TaskId task;
    TaskEnd end{};
};
BOOST_DESCRIBE_STRUCT(EndTask, (), (agent, channel, task, end))
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
BOOST_DESCRIBE_STRUCT(RouteItem, (),
                      (item, channel, selector, reason, external_id, previous, preferred, info))
struct CancelRoute {
    ItemId item;
};
BOOST_DESCRIBE_STRUCT(CancelRoute, (), (item))

// ---- to the store

/// Answered by ItemStored.
struct StoreItem {
    ItemId item;
};
BOOST_DESCRIBE_STRUCT(StoreItem, (), (item))

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
/// To the engine that has the other half; none where one engine has both.
using HalfAction = std::variant<ItemHandedOver, ItemReturned>;
using Action = std::variant<CrmAction, CenterAction, RouterAction, StoreAction, HalfAction, Note>;
using Actions = std::vector<Action>;

namespace detail {
template <class A, class Of>
inline constexpr bool is_one_of = false;
template <class A, class... All>
inline constexpr bool is_one_of<A, std::variant<All...>> = (std::is_same_v<A, All> || ...);
}  // namespace detail

/// Which of them an action belongs to.
template <class A, class... Of>
struct AddresseeAmong {
    using type = Note;
};
template <class A, class First, class... More>
struct AddresseeAmong<A, First, More...> {
    using type = typename std::conditional_t<detail::is_one_of<A, First>, std::type_identity<First>,
                                             AddresseeAmong<A, More...>>::type;
};
template <class A>
using AddresseeOf =
    typename AddresseeAmong<A, CrmAction, CenterAction, RouterAction, StoreAction, HalfAction>::type;

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
