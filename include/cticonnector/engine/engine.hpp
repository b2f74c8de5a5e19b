#pragma once
// The heart: told what happened and when, it says what is to be done.
// It knows no socket, no protocol, no clock.
//
//   Engine engine(settings, first_item);
//   Actions todo;                       // owned and reused by the caller
//   engine.on(event, now, todo);        // what happened: appends actions, in order
//   engine.on_time(now, todo);          // a deadline passed
//   engine.next_deadline();             // when to call on_time next
//
// What concerns all agents is done for some of them at a time:
// next_deadline() is in the past until all had their turn.
//
// One thread. An action is carried out after the call returned; nothing re-enters the engine. A copy of an
// engine is an engine in the same state.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cticonnector/engine/actions.hpp"
#include "cticonnector/engine/agent.hpp"
#include "cticonnector/engine/errands.hpp"
#include "cticonnector/engine/events.hpp"
#include "cticonnector/engine/items.hpp"
#include "cticonnector/engine/roster.hpp"
#include "cticonnector/engine/settings.hpp"

namespace cticonnector::engine {

struct State;
struct Whole;

/// What an engine holds: the agents, the items that wait for one, or, as mostly, both (R-CLU-74). An engine
/// with one half is told ItemHandedOver and ItemReturned by the one with the other.
struct Halves {
    bool router = true;
    bool agents = true;
};

/// What has ended it (R-CLU-77).
enum class End : std::uint8_t { none, shutdown, released, abandoned };
BOOST_DESCRIBE_ENUM(End, none, shutdown, released, abandoned)

/// Where somebody or something is, so that a request about it goes there (R-CLU-79). There is one node yet.
enum class Where : std::uint8_t { here, node, moving, unknown };
BOOST_DESCRIBE_ENUM(Where, here, node, moving, unknown)

class Engine {
  public:
    /// Items are numbered from `first_item` on, and the CRM may still show those of an earlier run: what is
    /// given here grows from run to run by more than the items of one, as milliseconds since 1970 do. `seed`
    /// feeds the random part of waits (RouteRandomRerouteTimeoutRange).
    Engine(Settings settings, ItemId first_item, std::uint64_t seed = 1, Halves halves = {});
    /// Goes on where the engine was that gave this (whole.hpp).
    Engine(Settings settings, Whole whole, Halves halves = {});
    Whole whole() const;
    Engine(const Engine&);
    Engine& operator=(const Engine&);
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;
    ~Engine();

    void on(const Event&, Time now, Actions& out);
    void on_time(Time now, Actions& out);
    std::optional<Time> next_deadline() const;

    // ---- to look at (admin, tests)
    const Settings& settings() const;
    const Roster& roster() const;
    const Items& items() const;
    /// An action item or chat, whoever has it: by its own name or an offer's key, or by the CRM's id.
    const Item* item(ItemId) const;
    const Item* item(const ItemKey&) const;
    const Item* item(const std::string& external_id) const;
    struct Held {
        const Item* item;
        const Agent* agent;  ///< who has it, or null
    };
    std::vector<Held> all_items() const;  ///< in the order of their ids
    const Errands& errands() const;
    /// Of the engine's own link; any other is down.
    bool link_up(LinkId) const;
    bool router_up(LinkId) const;
    Where where(const UserId&) const;
    Where where(const ItemKey&) const;
    Where where(const std::string& external_id) const;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace cticonnector::engine
