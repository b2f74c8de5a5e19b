#pragma once
// One event on its way through the engine: the state, the time, and the buffer for actions, with the few
// verbs that every rule needs. The rules themselves stand in rules.hpp.

#include <string>

#include "cticonnector/engine/actions.hpp"
#include "state.hpp"

namespace cticonnector::engine {

using Slot = Roster::Slot;

/// How long END_TASK, and an offer that only lacks a closing session, wait for the CRM (R-DEC-51).
inline constexpr Duration closing_wait{2'000};
/// How long the end of a call waits for the agent's next state, which tells whether wrap-up follows. Ours:
/// events of a call and states of its agent come in no defined order (ged188.md section 7).
inline constexpr Duration state_wait{500};
/// When NOT_READY is repeated although the task that made it fail has not arrived. Ours.
inline constexpr Duration not_ready_repeat{5'000};

/// What the contact center said, or that it said nothing.
Phrase said(const Outcome&);
/// The same behind a phrase of ours.
Phrase with(TextId, const Outcome&);

/// Why the item has come to this end: the CRM's words, or a word of ours.
std::string reason_of(const Item&, Processing);

class Turn {
  public:
    Turn(State& whole, Time time, Actions& out)
        : state(whole), settings(*whole.settings), now(time), link_up(whole.link), out_(out) {}

    State& state;
    const Settings& settings;
    const Time now;
    /// The link to the contact center as the agent at hand knows it:
    /// down until they have learnt that it is back.
    bool link_up;
    /// Whose session came free last, for Errand::ready_again.
    ItemKey freed;

    template <class A>
    void act(A&& action) {
        using Kind = std::remove_cvref_t<A>;
        if constexpr (std::is_same_v<Kind, Note>)
            out_.emplace_back(std::forward<A>(action));
        else
            out_.emplace_back(AddresseeOf<Kind>(std::forward<A>(action)));
    }
    /// The record, to be changed: its deadlines and invariants are looked at when the event is done.
    Agent& agent(Slot slot) {
        if (state.touched.empty() || state.touched.back() != slot) state.touched.push_back(slot);
        return state.roster.at(slot);
    }

    /// Will be done for the agent when the rule at hand is over.
    void later(Errand, Slot);

    // ---- answers to the CRM
    void done(RequestId);
    void fault(RequestId, Fault, Phrase text);
    void fault(const std::optional<RequestId>&, Fault, Phrase text);

    /// The logged-in agent of a request; otherwise the request is answered
    /// with a fault and nothing is returned.
    std::optional<Slot> logged_in(RequestId, const UserId&);
    /// As above, and the contact center can be asked.
    std::optional<Slot> reachable(RequestId, const UserId&);
    /// The session of an item that allows what is asked for, now; otherwise a fault.
    Session* allowed(RequestId, Slot, const ItemKey&, Capability);

    // ---- events to the CRM
    void tell_user(Slot, bool always = false);
    void tell_item(Slot, const Session&);

    // ---- requests to the contact center
    /// Registers the operation and returns its id for the action. `deadline` is kept when the operation
    /// continues a request that is under way.
    OperationId operate(Slot, Operation);
    /// Takes the operation of an outcome out of its agent's record; nothing when it came too late.
    struct Found {
        Slot slot;
        Operation operation;
    };
    std::optional<Found> take(OperationId);
    /// A line in the log: the contact center refused the operation or did not answer it.
    void request_failed(Slot, const Operation&, const Outcome&);

    // ---- sessions
    Session& open(Slot, Item&, SessionState, const Decision&);
    /// The item's last event goes to the CRM; the session lingers until it is answered. Without a CRM it is
    /// free at once, and gone.
    void close(Slot, Session&, Processing, LineState, std::optional<OwedEnd> owed = std::nullopt,
               Origin by = Origin::cc);
    /// The session is free, and gone: what it owes is sent, and those who waited for it will be served.
    void release(Slot, ItemKey);
    /// What release() does at the end; alone for a session that never had its item (no key).
    void session_freed(Slot, ItemKey);
    /// END_TASK goes out, and its item to where it belongs.
    void settle(Slot, Session&);

    // ---- items
    /// From the agent to the router's half: routed again, or, without a reason, ended.
    void give_back(Slot, ItemId, std::optional<RouteReason>, Duration delay, bool counts);

    // ---- log
    /// The contact center said what makes no sense; nothing comes of it.
    void unexpected(Slot, Phrase text);
    Note note_about(Slot, What) const;
    /// A request that the contact center refused or did not answer, by its name.
    Note note_refusal(Slot, std::string request, Failure, Phrase text) const;
    Note note_about(Slot, What, const Session&) const;
    /// Of an item that is with no agent.
    Note note_about(const Item&, What) const;

  private:
    void find_cause(Agent&, const Readiness&);
    void note_state(Slot, const UserView&);
    std::string external_id(const Agent&, const ItemKey&) const;

    Actions& out_;
};

}  // namespace cticonnector::engine
