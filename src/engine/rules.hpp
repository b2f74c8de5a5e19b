#pragma once
// The rules, by room. Each `on` handles one event; the verbs below are what rooms need of each other. The
// rows of the two tables stand in outcomes.hpp and carriers.hpp.

#include "turn.hpp"

namespace cticonnector::engine {

// login.cpp: from subscribe to the logged-in agent
void on(Turn&, const Subscribe&);
void on(Turn&, const AgentFound&);
void start_login(Turn&, const Subscribe&, Time deadline);
void fail_login(Turn&, Slot, Fault, Phrase text);
void logged_out_elsewhere(Turn&, Slot);

// logout.cpp: out of the contact center, for whatever reason
void on(Turn&, const Unsubscribe&);
/// Ends the subscription and logs the agent out; `request` is answered when that is done.
struct LogoutPlan {
    std::optional<RequestId> request;
    std::optional<EndReason> end;  ///< the subscription ends for this reason; without it, it stays (R-DEC-11)
    bool tell = true;              ///< ... and the CRM is told so
};
void log_out(Turn&, Slot, const LogoutPlan&);
/// Nothing is lost: what was in work is routed again, what was in wrap-up is complete (R-DEC-24).
void let_go(Turn&, Slot);
/// Tasks that wait for a closing session go back to routing.
void give_back_waiting(Turn&, Slot, RouteReason, bool counts);
/// The log-on has failed: what it has reached is taken back, and what it still may reach (R-DEC-35).
void take_back_login(Turn&, Slot);
void late_login_outcome(Turn&, Slot, const Operation&, const Outcome&);
/// A log-in or log-out that was asked for and whose outcome nobody knows.
void presume_in(Agent&, const Operation&);
/// Out of every medium that the agent may still be in; again when the link is back (R-HA-9).
void log_out_again(Turn&, Slot);
/// ... which is told, when it could not be said before.
void log_out_late(Turn&, Slot);
void logout_unanswered(Turn&, Slot, Operation);
/// The contact center says so.
void is_out(Turn&, Slot, Channel);
/// A new log-on of the same user does not wait for what is late already.
void wait_no_longer(Turn&, Slot);
void next_login_overdue(Turn&, Slot);
/// The agent is being logged off for good: a log-on as the same agent may wait for the end of it.
bool may_follow(const Agent&);

// states.cpp: ready and not ready; one work mode for all media
void on(Turn&, const ReadUser&);
void on(Turn&, const RefreshUser&);
void on(Turn&, const SetWorkmode&);
/// All media, once (R-ALLOC-12).
void make_not_ready(Turn&, Slot, int reason, const Cause&);
void make_ready(Turn&, Slot, const Cause&, std::optional<RequestId> = std::nullopt);
/// Their own call is over: ready on voice only, as before it (R-DEC-38).
void voice_ready_after_call(Turn&, Slot);
/// One state of the phone, wrap-up included; its outcome comes to voice_state_outcome.
void set_voice(Turn&, Slot, Purpose, MediumState wish, int reason, std::optional<RequestId>,
               const ItemKey& = {});
/// Their Not Ready of a medium was confirmed, refused for good, or will not be answered.
void not_ready_answered(Agent&, Channel);

// reported.cpp: what the contact center says of their states
void on(Turn&, const AgentState&);
void on(Turn&, const MadeNotRoutable&);
void on(Turn&, const MediumRefused&);

// wrapup.cpp: work after a call or a chat
void on(Turn&, const RequireWrapup&);
void on(Turn&, const EndWrapup&);
/// A wrap-up that was asked for during the call survives a later choice only if so configured (R-WRAP-4).
void wrapup_again(Turn&, Slot);
/// The contact center is asked for the state that the agent held before (R-DEC-40).
void leave_wrapup(Turn&, Slot, const ItemKey&, std::optional<RequestId>);
/// The phone is in another state: no call is in wrap-up any more.
void wrapup_over(Turn&, Slot);
void chat_wrapup_over(Turn&, Slot, Session&);

// calls.cpp: phone calls
void on(Turn&, const CallOffered&);
void on(Turn&, const CallDialled&);
void on(Turn&, const CallConnected&);
void on(Turn&, const CallHeld&);
void on(Turn&, const CallRetrieved&);
void on(Turn&, const CallEnded&);
void on(Turn&, const CallData&);
void on(Turn&, const CallFound&);
/// A call that waited for a closing session was never shown, and has an end all the same.
void waiting_call_ended(Turn&, Slot, const Item&, Departure, std::optional<Origin> by = {});
/// The CRM gives a ringing call back: it rings on, invisible there.
void reroute_call(Turn&, Slot, Session&);
void bind_dialled(Turn&, Slot, Session&, const CallId&, ItemInfoPtr);
/// Calls that came while the agent logged in are shown now, where a session can be taken.
void show_calls_of_login(Turn&, Slot);
/// A call that rings and waits for a session: does it still, and if not, what becomes of it?
bool call_waits_on(Turn&, Slot, const Item&);
void offer_waiting_call(Turn&, Slot, Item&, Time since);
void call_over(Turn&, Slot, Session&);

// phone.cpp: what the agent does with their phone
void on(Turn&, const MakeCall&);
void on(Turn&, const CallPlaced&);
void on(Turn&, const Drop&);
void accept_call(Turn&, Slot, Session&, RequestId);
/// The session of a makeCall that does not know its call yet, and how it learns it.
Session* unplaced(Agent&);
/// Nothing came of it. Was there one?
bool forget_unplaced(Turn&, Slot);

// tasks.cpp: action items and chats come to an agent
void received(Turn&, ItemHandedOver&&);
void on(Turn&, const TaskFound&);
void on(Turn&, const TaskRefused&);
void on(Turn&, const TaskGone&);
void no_answer(Turn&, Slot, Session&);

// work.cpp: what the agent does with their items
void on(Turn&, const Accept&);
void on(Turn&, const Reroute&);
void on(Turn&, const Forward&);
void on(Turn&, const Complete&);
void on(Turn&, const SetItemData&);
void on(Turn&, const ReadItemData&);
/// Nobody wants the item any more; what is in work already goes on, and is not deleted.
void withdraw_from_agent(Turn&, ItemId, const Withdrawal&);

// halves.cpp: items between the router's half and the agents'
void on(Turn&, const ItemHandedOver&);
void on(Turn&, const ItemReturned&);
void pass_on(Turn&, ItemHandedOver&&);
void pass_on(Turn&, ItemReturned&&);
/// Until nothing is on its way. It comes first when a rule is over.
void deliver(Turn&);

// waiting.cpp: items between their arrival and the agent
void on(Turn&, const AddItem&);
void on(Turn&, const DeleteItem&);
void on(Turn&, const CustomerLeft&);
void on(Turn&, const TaskAssigned&);
void received(Turn&, ItemReturned&&);
void on(Turn&, const ItemStored&);
void on(Turn&, const RouterUp&);
void on(Turn&, const RouterDown&);
void on(Turn&, const TaskLabelled&);
void on(Turn&, const RouteFailed&);
void on(Turn&, const RetryItem&);
/// What it means for one item that the router has come or gone.
void router_changed(Turn&, Item&);
/// As many items as one turn takes.
void see_items(Turn&);
/// Sends the route requests that are due.
void request_routes(Turn&);

// ends.cpp: nothing is left here
void on(Turn&, const Shutdown&);
void on(Turn&, const Release&);
void on(Turn&, const Abandon&);

// delivery.cpp: the CRM's end of a subscription
void on(Turn&, const DeliveryFailed&);
void on(Turn&, const DeliveryRestored&);
void on(Turn&, const SubscriptionLost&);
void on(Turn&, const LastEventAnswered&);
void on(Turn&, const ManualSessions&);
void crm_back(Turn&, Slot);

// link.cpp: the link to the contact center
void on(Turn&, const LinkUp&);
void on(Turn&, const LinkDown&);

// operations.cpp: what the contact center was asked, and what comes of it
void on(Turn&, const Outcome&);
/// Its deadline has passed.
void unanswered(Turn&, Slot, const Operation&);
/// It was under way when the link was lost.
void lost_with_link(Agent&, const Operation&);

// errands.cpp
/// What the rule at hand has left, until nothing is left.
void carry_out_left(Turn&);
/// The errands of one agent that concern everybody.
void carry_out(Turn&, Slot);
/// As many errands as one turn takes.
void run_errands(Turn&);
bool errands_wait(const State&);

// time.cpp
void expire(Turn&, Slot);
void expire_link(Turn&);

}  // namespace cticonnector::engine
