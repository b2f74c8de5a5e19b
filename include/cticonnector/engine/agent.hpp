#pragma once
// One agent is one record: who they are, what they logged in with, their state per medium, their sessions and
// calls, and what they and the engine still wait for. Everything else about them is computed from it.

#include <optional>
#include <string>
#include <vector>

#include "cticonnector/engine/actions.hpp"
#include "cticonnector/engine/events.hpp"
#include "cticonnector/engine/item.hpp"
#include "cticonnector/engine/medium.hpp"
#include "cticonnector/engine/offer.hpp"
#include "cticonnector/engine/settings.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

/// `closing` lingers: the work is over, the CRM has not answered the last event yet (R-DEC-15); END_TASK may
/// be owed till then (R-DEC-51). All others are work.
enum class SessionState : std::uint8_t {
    dialling,
    alerting,
    active,
    held,
    paused,
    interrupted,
    wrapup,
    closing,
};
BOOST_DESCRIBE_ENUM(SessionState, dialling, alerting, active, held, paused, interrupted, wrapup, closing)
constexpr bool is_work(SessionState state) { return state != SessionState::closing; }

/// What a session waits for.
enum class DueFor : std::uint8_t {
    no_answer,   ///< RONA (R-DEC-30): set by the offer (tasks.cpp), over with its acceptance or any close
    wrapup_end,  ///< R-WRAP-6
    owed_end,    ///< END_TASK at the latest (R-DEC-51)
    next_state,  ///< the call has ended; wrap-up or not is told by the agent's next state
};
BOOST_DESCRIBE_ENUM(DueFor, no_answer, wrapup_end, owed_end, next_state)
struct Due {
    Time time{};
    DueFor why{};
    bool operator==(const Due&) const = default;
};
BOOST_DESCRIBE_STRUCT(Due, (), (time, why))

/// An agent session: the claim of one item to a place in the CRM (allocation.md section 1). All about the
/// item stands in its record.
struct Session {
    ItemId item;  ///< none when it has gone back before the CRM has closed the place
    ItemKey key;  ///< none while makeCall is under way
    Channel channel{};
    SessionState state{};
    Part part{};
    Placement placement{};
    Time since{};
    std::optional<Due> due{};
};
BOOST_DESCRIBE_STRUCT(Session, (), (item, key, channel, state, part, placement, since, due))

/// An item whose offer waits for a closing session (R-DEC-51).
struct WaitingOffer {
    ItemId item;
    Time since{};
    Time until{};
};
BOOST_DESCRIBE_STRUCT(WaitingOffer, (), (item, since, until))

/// What a request to the contact center was for, so that its outcome finds its way.
enum class Purpose : std::uint8_t {
    query,             ///< is the agent logged in already?
    authenticate,      ///< check the password
    login,             ///< log in
    medium,            ///< log in to an MRD
    task_limit,        ///< was in the MRD already: set the limit
    find_work,         ///< was logged in already: what are they doing?
    logout_not_ready,  ///< not ready first, then log out
    logout,
    logout_medium,  ///< out of an MRD; its answer is the state there
    ready,
    not_ready,
    medium_not_ready,
    medium_not_routable,
    answer,
    clear,
    dial_not_ready,  ///< not ready on voice, then dial (R-DEC-38)
    dial,
    wrapup,  ///< wrap-up as the pending state (R-DEC-40)
    leave_wrapup,
    resync_query,  ///< after a lost link
    resync_work,
};
BOOST_DESCRIBE_ENUM(Purpose, query, authenticate, login, medium, task_limit, find_work, logout_not_ready,
                    logout, logout_medium, ready, not_ready, medium_not_ready, medium_not_routable, answer,
                    clear, dial_not_ready, dial, wrapup, leave_wrapup, resync_query, resync_work)
/// What rules ask of an operation, whatever it is exactly: from its row, as the word below.
enum class PurposeKind : std::uint8_t { other, log_in, log_out, log_out_of_medium, telephony };
PurposeKind kind_of(Purpose);
/// What was wanted, in the log, of a request that nobody has answered: from its row in operations.cpp.
std::string_view wanted(Purpose);

/// A request to the contact center that is not answered yet. A CRM request travels along until one of its
/// operations ends it; unanswered at `deadline` it is a fault (R-DEC-35).
struct Operation {
    OperationId id;
    Purpose purpose{};
    Time deadline{};
    std::optional<RequestId> request;
    Channel channel{};
    ItemKey item;
    MediumState wish = MediumState::not_ready;  ///< what `base` becomes when it is confirmed
    int reason = 0;
    std::string destination;
    bool late = false;    ///< its time is over; what becomes of it still counts
    bool forced = false;  ///< a log-out, whatever the agent does
};
BOOST_DESCRIBE_STRUCT(Operation, (),
                      (id, purpose, deadline, request, channel, item, wish, reason, destination, late,
                       forced))

enum class Phase : std::uint8_t {
    logging_in,
    logged_in,
    logging_out,  ///< until nothing of the agent is left in the contact center, as far as it can be known
    logged_off,   ///< by work mode 1: subscribed, but out of the contact center (R-DEC-11)
};
BOOST_DESCRIBE_ENUM(Phase, logging_in, logged_in, logging_out, logged_off)

/// Who set the agent not ready without being asked by them, so that it can be taken back.
enum class NotReadyBy : std::uint8_t { nobody, reject, crm_gone };
BOOST_DESCRIBE_ENUM(NotReadyBy, nobody, reject, crm_gone)
NotReadyBy set_by(Why);

/// Ready or not, as the contact center last confirmed it, whatever the agent is at work on.
struct Readiness {
    bool ready = false;
    int reason = 0;  ///< the contact center's, of not ready
    bool operator==(const Readiness&) const = default;
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (ready, reason))
/// What was asked for last: the change that it brings has this cause, any other one is not ours (R-DEC-82).
struct Wish {
    Readiness readiness;
    Cause cause;
    bool operator==(const Wish&) const = default;
};
BOOST_DESCRIBE_STRUCT(Wish, (), (readiness, cause))

enum class CrmHealth : std::uint8_t { alive, failing, lost };
BOOST_DESCRIBE_ENUM(CrmHealth, alive, failing, lost)

/// What a log-in in progress has reached.
struct LoginProgress {
    Subscribe subscribe;
    Time deadline{};               ///< of all steps together; passes in time.cpp, expire
    int media_open = 0;            ///< answers still missing
    std::vector<Phrase> refusals;  ///< of media, with the contact center's reasons
};
BOOST_DESCRIBE_STRUCT(LoginProgress, (), (subscribe, deadline, media_open, refusals))

/// A log-on that starts when the log-out before it is done (R-DEC-10).
struct NextLogin {
    Subscribe subscribe;
    AgentId agent;    ///< as whom: mostly the same
    Time deadline{};  ///< of both together (R-DEC-35)
};
BOOST_DESCRIBE_STRUCT(NextLogin, (), (subscribe, agent, deadline))

/// The agent's state as the CRM shows it: the part of UserView that changes with every event.
struct ShownState {
    int workmode = 1;
    UserStatus status = UserStatus::logged_off;
    Readiness readiness;  ///< as it was confirmed, also while the link is away
};
BOOST_DESCRIBE_STRUCT(ShownState, (), (workmode, status, readiness))

struct Agent {
    AgentId id;
    UserId user;
    std::string user_name;
    std::string device;
    Secret work_center;
    Secret password;
    bool shadow = false;
    ProfilePtr profile;

    SubscriptionId subscription;
    std::string app_id;
    CrmHealth crm = CrmHealth::alive;
    std::optional<Time> crm_grace;  ///< logged out when it ends (R-DEC-18)

    Phase phase = Phase::logging_in;
    bool confirmed = false;  ///< by the contact center: before, a password may stand in any field (R-DEC-59)
    Owned<LoginProgress> login;       ///< none but while they log in
    Owned<NextLogin> next_login;      ///< none but while it waits
    bool logout_after_items = false;  ///< work mode 1 was asked for
    bool stale = false;               ///< the link was lost; not re-read yet

    PerChannel<Limit> limits;
    PerChannel<Medium> media;
    std::vector<ItemPtr> items;  ///< and calls; a call that has ended until its session is free
    std::vector<Session> sessions;
    std::vector<WaitingOffer> waiting;
    std::vector<Operation> operations;

    int manual_sessions = 0;  ///< as a desktop reported
    int hidden_sessions = 0;  ///< lower bound learned from A1 (R-ALLOC-9)
    Time hidden_until{};
    NotReadyBy not_ready_by = NotReadyBy::nobody;
    Readiness readiness;  ///< when it was last looked at
    Cause cause;          ///< of it
    std::optional<Wish> asked_for;
    ItemKey refused;                ///< whose A-code it was (R-DEC-22)
    bool ready_after_call = false;  ///< was made not ready for their own makeCall (R-DEC-38)
    int a0_rejects = 0;
    int a1_rejects = 0;

    std::optional<UserView> told;  ///< what the CRM was told last

    Limit item_maximum() const;  ///< of check 7, with its source
    int taken_sessions() const;  ///< that count in it, closing ones included
    int sessions_of(Channel) const;
    int work_of(Channel) const;
    int active_items() const;
    int voice_active() const;       ///< connected, held or dialling (R-DEC-17)
    int open_tasks(Channel) const;  ///< whose END has not gone out
    /// Whom the CRM takes for logged on. Others are on their way in, or not known to be out yet.
    bool subscribed() const { return subscription != SubscriptionId{}; }
    bool in(Channel channel) const { return limits[channel].value > 0; }
    /// What they will be there when their work is done; ready for a call that they dialled (R-DEC-38).
    bool ready_afterwards(Channel) const;
    bool in_any_medium() const;  ///< logged in there, as far as is known
    bool adopted() const;  ///< was logged in before, in one medium at least: has work to be found (R-DEC-48)
    bool under_way(Purpose, Channel) const;
    void count_reject(Refusal);  ///< A0 and A1 (R-MULTI-6)
    /// A request of the CRM about a call waits for the contact center (R-TEL-11).
    bool telephoning() const;
    /// A request waits that forbids this one (R-DEC-35). A call can always be hung up, once.
    bool in_progress(const Session&, Capability wanted) const;
    int manual(Time now) const;  ///< known manual sessions (check 7)

    /// What an id names here; nothing has the id of none.
    Item* item(ItemId);
    const Item* item(ItemId) const;
    Item* item(const TaskId&);
    Item* call(const CallId&);  ///< that has not ended
    Session* session(const ItemKey&);
    const Session* session(const ItemKey&) const;
    Session* session(const CallId&);  ///< a wrap-up's, too
    Session* session(const TaskId&);
    Session* session_of(ItemId);

    /// Without `closing` sessions: would the offer fit once they are free?
    OfferFacts facts(Channel, Time now, bool count_closing = true) const;
    ShownState shown(const Settings&) const;
    /// Why the agent is shown ready or not ready now.
    Cause shown_cause() const;
    UserView view(const Settings& settings) const { return view(shown(settings)); }
    UserView view(const ShownState&) const;
    std::optional<Time> next_deadline() const;
};
BOOST_DESCRIBE_STRUCT(Agent, (),
                      (id, user, user_name, device, work_center, password, shadow, profile, subscription,
                       app_id, crm, crm_grace, phase, confirmed, login, next_login, logout_after_items, stale,
                       limits, media, items, sessions, waiting, operations, manual_sessions, hidden_sessions,
                       hidden_until, not_ready_by, readiness, cause, asked_for, refused, ready_after_call,
                       a0_rejects, a1_rejects, told))

/// What the CRM may do with an item of this channel in this state; only what is served (R-DEC-57).
Capabilities capabilities(Channel, SessionState);
ItemView view(const Agent&, const Item&, const Session&);

/// The record on one screen, for the log when something is wrong.
std::string describe(const Agent&);

}  // namespace cticonnector::engine
