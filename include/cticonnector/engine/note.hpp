#pragma once
// What the engine has to say for the log, the stories of items and the metrics: an action like others
// (actions.hpp), for nobody but people.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cticonnector/base/phrase.hpp"
#include "cticonnector/engine/item.hpp"
#include "cticonnector/engine/offer.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

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
BOOST_DESCRIBE_ENUM(What, agent_login, agent_login_refused, agent_logout, agent_state, item_added,
                    item_requested, item_label, item_waiting, item_offered, item_dialled, item_adopted,
                    item_refused, item_accepted, item_rerouted, item_ended, item_parked, item_invisible,
                    item_unknown_reason, cc_request_failed, cc_unexpected, crm_subscription_lost,
                    invariant_broken)
/// What an item waits for: `why` of item.waiting.
enum class WaitReason : std::uint8_t { due, delayed, mr_down, mr_up, retry, closing_session };
BOOST_DESCRIBE_ENUM(WaitReason, due, delayed, mr_down, mr_up, retry, closing_session)
/// Of a log-on, also of one that was refused.
struct LogOn {
    std::string device;
    std::string peer;                       ///< who sent it
    std::optional<PerChannel<int>> limits;  ///< its counts (R-DEC-62)
    bool adopted = false;                   ///< whether they are taken over as they are
};
BOOST_DESCRIBE_STRUCT(LogOn, (), (device, peer, limits, adopted))

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
    Owned<LogOn> log_on;          ///< none but for one: its room is not everybody's
    std::string_view state;       ///< the agent's, as the CRM sees it
    std::optional<int> workmode;  ///< ... and its work mode
    std::string reason;           ///< of a state: the contact center's number
    std::string_view why;         ///< a word of ours
    Owned<Phrase> because;        ///< `why` of an item that is parked, `reason` of a broken invariant
    std::optional<Origin> origin;
    std::string request;          ///< of ours, that the contact center refused, by its name of it
    std::string scenario;         ///< of an item: its script selector
    std::string label;            ///< what the router answered
    std::optional<int> attempt;   ///< of a route request, from 1
    std::optional<Time> next;     ///< when it is tried again
    std::optional<int> sessions;  ///< of the agent, counted besides the item that came back
    std::optional<int> hidden;    ///< ... and how many were learned to be open by hand (R-ALLOC-9)
    Phrase text;                  ///< holds nothing that has a member
    std::optional<Decision> decision;
};
BOOST_DESCRIBE_STRUCT(Note, (),
                      (what, agent, user, item, channel, external_id, task, call, log_on, state, workmode,
                       reason, why, because, origin, request, scenario, label, attempt, next, sessions,
                       hidden, text, decision))

}  // namespace cticonnector::engine
