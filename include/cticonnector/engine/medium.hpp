#pragma once
// One medium of an agent: what the contact center says of it, what we still want of it, who keeps tasks away
// from it. Three axes, each with named states.

#include <cstdint>
#include <optional>

#include "cticonnector/engine/events.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

/// Not Ready, from our wish to the contact center's word. No task may count as ended by it (R-DEC-26).
enum class OwnNotReady : std::uint8_t {
    none,
    when_tasks_end,   ///< and when the link is there
    asked,            ///< is under way
    task_on_its_way,  ///< was refused: a routed task comes first (R-DEC-25)
};
BOOST_DESCRIBE_ENUM(OwnNotReady, none, when_tasks_end, asked, task_on_its_way)

enum class NotReadyStep : std::uint8_t {
    waits,         ///< is wanted, and cannot be asked for yet
    sent,          ///< is asked for
    answered,      ///< confirmed, refused for good, or never
    refused,       ///< because a task is on its way
    task_arrived,  ///< the one that was awaited, or it did not come in time
    link_lost,
    over,  ///< nothing is wanted any more: Ready is, or the agent has left
};
BOOST_DESCRIBE_ENUM(NotReadyStep, waits, sent, answered, refused, task_arrived, link_lost, over)
/// The table of its steps.
OwnNotReady after(OwnNotReady, NotReadyStep);

/// Whether tasks are routed to the agent, who are then ready, and who says no.
enum class Routable : std::uint8_t {
    yes,
    no_at_our_request,     ///< Not Ready follows (R-DEC-26)
    no_by_contact_center,  ///< until their next Ready (R-DEC-30)
};
BOOST_DESCRIBE_ENUM(Routable, yes, no_at_our_request, no_by_contact_center)

enum class RoutableStep : std::uint8_t {
    asked_not,  ///< we ask for it, or would if the link were there
    refused,    ///< what we asked for
    told_not,   ///< the contact center says so
    ready,      ///< the agent is, again
};
BOOST_DESCRIBE_ENUM(RoutableStep, asked_not, refused, told_not, ready)
/// The table of its steps.
Routable after(Routable, RoutableStep);

/// The agent in one medium. `base` is what they will be when their work there is done: ready or not ready,
/// the last that the contact center confirmed, pending states included (R-DEC-32).
struct Medium {
    MediumState state = MediumState::logged_out;
    MediumState base = MediumState::not_ready;
    int reason = 0;
    Routable routable = Routable::yes;  ///< if not, it counts as not ready
    OwnNotReady own_not_ready = OwnNotReady::none;
    int own_reason = 0;                   ///< of it
    std::optional<Time> task_awaited_to;  ///< while a task is on its way
    /// Of one that was taken over not ready: its next state tells the reason that it had before.
    bool reason_unknown = false;
    /// Was logged in before the log-on under way: if that fails, the agent stays there. Of a shadow it is
    /// kept: there the agent stays when the subscription ends (R-LOGIN-9).
    bool found = false;
    /// As far as anybody can tell: also while a log-out is not confirmed, or could not be told (R-HA-9).
    bool logged_in() const { return state != MediumState::logged_out; }
    bool operator==(const Medium&) const = default;

    void step(NotReadyStep taken) {
        own_not_ready = after(own_not_ready, taken);
        if (own_not_ready != OwnNotReady::task_on_its_way) task_awaited_to.reset();
    }
    void step(RoutableStep taken) { routable = after(routable, taken); }
    /// As soon as no task is open, and the link is there.
    void want_not_ready(int because) {
        own_reason = because;
        step(NotReadyStep::waits);
    }
};
BOOST_DESCRIBE_STRUCT(Medium, (),
                      (state, base, reason, routable, own_not_ready, own_reason, task_awaited_to,
                       reason_unknown, found))

}  // namespace cticonnector::engine
