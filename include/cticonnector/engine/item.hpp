#pragma once
// One phone call, action item or chat is one record, and has one owner: the router's half of the engine while
// it waits for an agent (items.hpp), the agent from the offer to its end or its way back (agent.hpp).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cticonnector/base/owned.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

enum class Processing : std::uint8_t { alerting = 1, accepted, wrapup, ended, rerouted, transferred };
BOOST_DESCRIBE_ENUM(Processing, alerting, accepted, wrapup, ended, rerouted, transferred)
enum class LineState : std::uint8_t { alerting, connected, held, dialling, ended, failed };
BOOST_DESCRIBE_ENUM(LineState, alerting, connected, held, dialling, ended, failed)
/// What the contact center finds an agent doing with an item (R-DEC-48).
enum class WorkState : std::uint8_t { alerting, active, held, paused, wrapup };
BOOST_DESCRIBE_ENUM(WorkState, alerting, active, held, paused, wrapup)
/// How a task ends in the contact center: R-DEC-24 gives each its number.
enum class TaskEnd : std::uint8_t {
    completed,
    given_back,
    no_answer,
    forwarded,
    rerouted_at_logout,
    logged_out
};
BOOST_DESCRIBE_ENUM(TaskEnd, completed, given_back, no_answer, forwarded, rerouted_at_logout, logged_out)
/// Why an item is routed again (R-REROUTE-4); none for the first time.
enum class RouteReason : std::uint8_t { none, RONA, REJECT, REROUTE, RESTART, TIMEOUT };
BOOST_DESCRIBE_ENUM(RouteReason, none, RONA, REJECT, REROUTE, RESTART, TIMEOUT)
constexpr auto own_words(RouteReason) { return std::array{Word{RouteReason::none, ""}}; }

enum class ItemState : std::uint8_t {
    storing,  ///< not answered yet: the store has not confirmed it
    waiting,  ///< NEW_TASK goes out at `next_try`, when the rate and the link allow
    routing,  ///< NEW_TASK is out
    offered,  ///< an agent has it: theirs till it comes back, or its end is told to the contact center
    active,
    parked,  ///< out of tries, or the router refused it: kept and shown, tried again on request
};
BOOST_DESCRIBE_ENUM(ItemState, storing, waiting, routing, offered, active, parked)

/// The END_TASK that an ended item still owes the contact center, and what then becomes of it (R-DEC-51).
struct OwedEnd {
    TaskEnd end{};
    std::optional<RouteReason> back;  ///< the item is routed again for this reason
    bool counts = true;               ///< against the item's tries
    bool operator==(const OwedEnd&) const = default;
};
BOOST_DESCRIBE_STRUCT(OwedEnd, (), (end, back, counts))

/// How an item has ended for its agent: what its last event says.
struct ItemEnd {
    Processing processing{};
    LineState line{};
    bool operator==(const ItemEnd&) const = default;
};
BOOST_DESCRIBE_STRUCT(ItemEnd, (), (processing, line))

/// How an item has left, other than Processing says it: `reason` of item.ended and item.invisible.
enum class Departure : std::uint8_t { not_answered, failed, customer_left, deleted, agent_logged_out };
BOOST_DESCRIBE_ENUM(Departure, not_answered, failed, customer_left, deleted, agent_logged_out)

/// Is the call in the CRM, and if not, why not?
enum class Showing : std::uint8_t {
    shown,
    invisible,  ///< no session was free, or it was given back
    hidden,     ///< a direct call beside an active item (R-DEC-17)
    undecided,  ///< came while the agent logged in: not offered to the CRM yet
};
BOOST_DESCRIBE_ENUM(Showing, shown, invisible, hidden, undecided)

/// A call at an agent's phone.
struct Legs {
    CallId id;         ///< none while makeCall is under way
    LineState line{};  ///< `ended` when only its session is left
    Showing showing{};
    bool routed = false;
    bool dialled = false;          ///< by the agent
    bool missing = false;          ///< since the link came back: not found yet
    bool wrapup_required = false;  ///< asked for with wrapUpRequired (R-WRAP-3)

    bool placed() const { return !is_none(id); }
    bool live() const { return line != LineState::ended; }
};
BOOST_DESCRIBE_STRUCT(Legs, (), (id, line, showing, routed, dialled, missing, wrapup_required))

/// How an action item or chat finds its agent (R-DEC-23).
struct Route {
    std::string selector;
    std::vector<UserId> preferred;
    std::optional<AgentId> forwarded_to;
    RequestId request;  ///< of addActionItem, until the item is stored
    RouteReason reason = RouteReason::none;
    TaskId last_task;
    Time next_try{};
    Phrase parked_because;
    bool parked_by_router = false;  ///< tried again when the link to the router comes back
};
BOOST_DESCRIBE_STRUCT(Route, (),
                      (selector, preferred, forwarded_to, request, reason, last_task, next_try,
                       parked_because, parked_by_router))

/// An action item or chat: how it finds its agent, and the contact center's work on it while one has it.
struct Task {
    Owned<Route> route = Owned<Route>::make();  ///< by its address: a call needs no room for it
    TaskId id;                                  ///< no_task when the contact center has none (any more)
    ItemInfoPtr told;  ///< the item as it was told with the task: this the CRM sees (R-DEC-54)
    std::optional<OwedEnd> owed;
};
BOOST_DESCRIBE_STRUCT(Task, (), (route, id, told, owed))

struct Tries {
    int rona = 0;
    int rejects = 0;
    int offers = 0;
    int requests = 0;  ///< sent to the router
};
BOOST_DESCRIBE_STRUCT(Tries, (), (rona, rejects, offers, requests))

struct Item {
    ItemId id;
    Channel channel{};
    ItemState state = ItemState::storing;
    ItemKey key;              ///< what the CRM calls it now: with an agent
    std::string external_id;  ///< of action items and chats
    ItemInfoPtr info;
    Time since{};  ///< when it began to wait, was offered, accepted or parked
    Tries tries;
    std::optional<ItemEnd> end;
    std::optional<Departure> departure;
    std::string crm_reason;  ///< why the CRM gives it back, in its words
    std::variant<Legs, Task> work;

    bool is_call() const { return channel == Channel::voice; }
    /// Of a call, and of any other item.
    Legs& legs() { return std::get<Legs>(work); }
    const Legs& legs() const { return std::get<Legs>(work); }
    Task& task() { return std::get<Task>(work); }
    const Task& task() const { return std::get<Task>(work); }
    Route& route() { return *task().route; }
    const Route& route() const { return *task().route; }
    /// As the CRM sees it.
    const ItemInfoPtr& shown() const { return is_call() || !task().told ? info : task().told; }
    /// It goes on: nothing of the end that it has had counts any more.
    void forget_end() {
        end.reset();
        departure.reset();
        crm_reason.clear();
    }
};
BOOST_DESCRIBE_STRUCT(Item, (),
                      (id, channel, state, key, external_id, info, since, tries, end, departure, crm_reason,
                       work))

/// It goes from owner to owner by its address.
using ItemPtr = Owned<Item>;

/// "act-42", "chat-9".
std::string item_text(Channel, ItemId);
inline std::string item_text(const Item& item) { return item_text(item.channel, item.id); }
/// Of its last offer: "act-42-1".
ItemKey offer_key(const Item&);
/// What either of them says; nothing for a call's key and any other text.
struct KeyParts {
    Channel channel{};
    ItemId id;
    std::string_view item;  ///< "act-42", in the text that was read
};
std::optional<KeyParts> read_key(std::string_view);

// ---- between the router's half of the engine and the agents' (R-CLU-74)

/// Nobody wants an item any more that the other half has, or that is on its way there: its record is asked
/// after behind it. One that neither has is unknown by then.
struct Withdrawal {
    Departure how{};
    Origin by{};
    RequestId request{};  ///< that asks for it; none if it was no request
    std::string external_id{};
};
BOOST_DESCRIBE_STRUCT(Withdrawal, (), (how, by, request, external_id))

/// The router has chosen an agent, or has a record for the task that an agent was found with.
struct ForAgent {
    ItemPtr item;  ///< none: nothing waits for the task any more
    Channel channel{};
    AgentId agent;
    TaskId task;
    ItemInfoPtr told;                  ///< of the item, with the task
    std::optional<WorkState> found{};  ///< of one that the agent was found with
};
BOOST_DESCRIBE_STRUCT(ForAgent, (), (item, channel, agent, task, told, found))

/// To the agents' half. What it is given it owns.
struct ItemHandedOver {
    ItemId id;
    std::variant<ForAgent, Withdrawal> what;
};
BOOST_DESCRIBE_STRUCT(ItemHandedOver, (), (id, what))

/// It is routed again.
struct BackToRouting {
    ItemPtr item;
    RouteReason reason{};
    Duration delay{0};
    bool counts = true;  ///< against its tries
};
BOOST_DESCRIBE_STRUCT(BackToRouting, (), (item, reason, delay, counts))
/// It has ended with its agent, or will: its external id is no item's any more.
struct Gone {
    std::string external_id;
};
BOOST_DESCRIBE_STRUCT(Gone, (), (external_id))
/// An agent was found with a task: whose record is it?
struct AgentHasTask {
    ItemPtr told;  ///< what the task tells of its item
    AgentId agent;
    TaskId task;
    WorkState state{};
};
BOOST_DESCRIBE_STRUCT(AgentHasTask, (), (told, agent, task, state))

/// To the router's half. A withdrawal comes back of an item that no agent has.
struct ItemReturned {
    ItemId id;
    std::variant<BackToRouting, Gone, AgentHasTask, Withdrawal> what;
};
BOOST_DESCRIBE_STRUCT(ItemReturned, (), (id, what))

}  // namespace cticonnector::engine
