#pragma once
// Action items and chats while they wait for an agent, the router's half of the engine: who comes back when,
// who has used up their tries, and how fast requests may go out (R-REROUTE-4 to 6, R-DEC-23, 25, 29, 55).
// Over its tries an item is parked and stays. The records of items that an agent has are with the agent; of
// them only the external id is known here.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "cticonnector/engine/item.hpp"
#include "cticonnector/engine/settings.hpp"

namespace cticonnector::engine {

struct WholeItems;

class Items {
  public:
    Items(std::shared_ptr<const Settings> settings, ItemId first, std::uint64_t seed)
        : settings_(std::move(settings)),
          random_(static_cast<std::minstd_rand::result_type>(seed)),
          next_(first) {}

    Items(std::shared_ptr<const Settings> settings, WholeItems);
    WholeItems whole() const;

    /// New here: it gets its id.
    Item& add(Item item, Time now);
    Item* find(ItemId);
    const Item* find(ItemId) const;
    /// Whose external id that is, wherever the record is; an empty one identifies nothing.
    std::optional<ItemId> id_of(const std::string& external_id) const;
    /// An agent's half has it from now on.
    ItemPtr hand_over(Item&);
    Item& take_back(ItemPtr);
    /// An agent has it, whose half was not given it from here.
    void know(ItemId, const std::string& external_id);
    /// Has ended with its agent.
    void forget(ItemId, const std::string& external_id);
    /// Has ended here.
    void erase(ItemId);
    /// All are somebody else's.
    void clear();
    const std::map<ItemId, ItemPtr>& all() const { return items_; }

    /// Will be routed, not before `delay` is over.
    void enqueue(Item&, RouteReason, Time now, Duration delay = Duration{0});
    /// Comes back from an agent or the router; parked when its tries are used up (returns false then).
    bool give_back(Item&, RouteReason, Time now, Duration delay, bool counts);
    void park(Item&, Phrase because, Time now);
    /// The wait that a ROUTE_ERROR or TIMEOUT label asks for (R-DEC-29).
    Duration label_wait();

    /// The next item that may be requested now; it is `routing` afterwards.
    Item* take_due(Time now);
    /// When take_due() is worth the next look.
    std::optional<Time> next_due() const;

    /// Something concerns every item: each is to be seen, some at a time.
    /// Once more from the first when it happens meanwhile.
    void see_all();
    bool seeing() const { return unseen_from_.has_value(); }
    bool unseen(const Item& item) const { return unseen_from_ && item.id >= *unseen_from_; }
    /// The next one to be seen; nothing when all have been.
    Item* see_next();

  private:
    void leave_queue(const Item&);
    /// And leaves the queue, or where it was parked.
    void enter(Item&, ItemState, Time now);

    std::shared_ptr<const Settings> settings_;
    std::map<ItemId, ItemPtr> items_;
    std::unordered_map<std::string, ItemId> by_external_id_;
    std::set<std::pair<Time, ItemId>> queue_;  ///< items that are `waiting`, by next_try
    std::deque<Time> sent_;                    ///< requests of the last second
    std::minstd_rand random_;
    ItemId next_;
    std::optional<ItemId> unseen_from_;
};

}  // namespace cticonnector::engine
