#pragma once
// All that an engine knows but its settings, as plain described values: it goes out, to be kept, looked at or
// replayed, and an engine made of it goes on where the other was (R-CLU-83). Indexes are made anew.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/engine/agent.hpp"
#include "cticonnector/engine/engine.hpp"
#include "cticonnector/engine/errands.hpp"
#include "cticonnector/engine/item.hpp"

namespace cticonnector::engine {

struct WholeRoster {
    /// In the order of the places; they are used again.
    struct Place {
        Roster::Slot slot;  ///< none while it is free
        std::optional<Agent> agent;
        bool has_user = false;  ///< the agent is found by their user
        std::optional<Time> deadline;
    };
    std::vector<Place> places;
    std::vector<std::uint64_t> free;  ///< the last one is taken first
    std::uint64_t last_number = 0;
    std::uint64_t last_call = 0;
};
BOOST_DESCRIBE_STRUCT(WholeRoster::Place, (), (slot, agent, has_user, deadline))
BOOST_DESCRIBE_STRUCT(WholeRoster, (), (places, free, last_number, last_call))

struct WholeItems {
    std::vector<Item> items;                                   ///< by id
    std::vector<std::pair<std::string, ItemId>> external_ids;  ///< sorted, those with agents too
    std::vector<Time> sent;                                    ///< requests of the last second
    std::uint64_t random = 0;
    ItemId next;
    std::optional<ItemId> unseen_from;
};
BOOST_DESCRIBE_STRUCT(WholeItems, (), (items, external_ids, sent, random, next, unseen_from))

/// Of one agent, in the order in which they wait.
struct WaitingErrands {
    Roster::Slot slot;
    std::vector<Errand> errands;  ///< none when they were done out of turn
};
BOOST_DESCRIBE_STRUCT(WaitingErrands, (), (slot, errands))

struct Whole {
    WholeRoster roster;
    WholeItems items;
    std::vector<WaitingErrands> errands;
    bool link = false;
    bool router_up = false;
    End end = End::none;
    std::optional<Time> link_grace;
    std::optional<LinkId> restoring;
    std::optional<Time> records_wait_since;
};
BOOST_DESCRIBE_STRUCT(Whole, (),
                      (roster, items, errands, link, router_up, end, link_grace, restoring,
                       records_wait_since))

}  // namespace cticonnector::engine
