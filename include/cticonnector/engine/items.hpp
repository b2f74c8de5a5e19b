#pragma once
// Action items and chats from their arrival to their end: who waits for routing, who comes back when, who has
// used up their tries, and how fast requests may go out (R-REROUTE-4 to 6, R-DEC-23, 25, 29, 55). An item
// leaves the store only when it has ended; over its tries it is parked and stays.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cticonnector/engine/actions.hpp"
#include "cticonnector/engine/settings.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

enum class ItemState : std::uint8_t {
    storing,  ///< not answered yet: the store has not confirmed it
    waiting,  ///< NEW_TASK goes out at `next_try`, when the rate and the link allow
    routing,  ///< NEW_TASK is out
    offered,
    active,
    parked,  ///< out of tries, or the router refused it: kept and shown, tried again on request
};
std::string_view name(ItemState);

struct Item {
    ItemId id;
    Channel channel{};
    std::string external_id;
    std::string selector;
    std::vector<UserId> preferred;
    std::optional<AgentId> forwarded_to;
    ItemInfoPtr info;
    RequestId request;  ///< of addActionItem, until the item is stored
    ItemState state = ItemState::storing;
    RouteReason reason = RouteReason::none;
    TaskId last_task;
    std::optional<AgentId> agent;  ///< while offered or active
    int rona = 0;
    int rejects = 0;
    int offers = 0;
    int requests = 0;  ///< sent to the router
    Time next_try{};
    Time since{};  ///< when it began to wait, was offered, accepted or parked
    std::string parked_because;
    bool parked_by_router = false;  ///< tried again when the link to the router comes back
};

/// Why an item is parked that is out of tries, as published (R-REROUTE-5).
inline constexpr std::string_view route_try_overflow = "Route Try Overflow";

/// "act-42", "chat-9".
std::string item_text(const Item&);
/// Of its last offer: "act-42-1".
ItemKey offer_key(const Item&);
/// What either of them says; nothing for a call's key and any other text.
struct KeyParts {
    Channel channel{};
    ItemId id;
    std::string_view item;  ///< "act-42", in the text that was read
};
std::optional<KeyParts> read_key(std::string_view);

class Items {
  public:
    Items(std::shared_ptr<const Settings> settings, ItemId first, std::uint64_t seed)
        : settings_(std::move(settings)),
          random_(static_cast<std::minstd_rand::result_type>(seed)),
          next_(first) {}

    Item& add(Item item, Time now);
    Item* find(ItemId);
    Item* find(const std::string& external_id);  ///< an empty one identifies nothing
    /// The item of a key, its own or an offer's; null for a call's, and when it has ended.
    const Item* of_offer(const ItemKey&) const;
    const Item* find(const std::string& external_id) const;
    void erase(ItemId);
    const std::map<ItemId, Item>& all() const { return items_; }

    /// Will be routed, not before `delay` is over.
    void enqueue(Item&, RouteReason, Time now, Duration delay = Duration{0});
    /// Comes back from an agent or the router; parked when its tries are used up (returns false then).
    bool give_back(Item&, RouteReason, Time now, Duration delay, bool counts);
    void park(Item&, std::string because, Time now);
    void set_offered(Item&, const AgentId&, const TaskId&, Time now);
    void set_active(Item&, Time now);
    /// The wait that a ROUTE_ERROR or TIMEOUT label asks for (R-DEC-29).
    Duration label_wait();

    /// The next item that may be requested now; it is `routing` afterwards.
    Item* take_due(Time now);
    /// When take_due() is worth the next look.
    std::optional<Time> next_due() const;

    /// Something concerns every item: each is to be seen, some at a time. Once more from the first when it
    /// happens meanwhile.
    void see_all();
    bool seeing() const { return unseen_from_.has_value(); }
    bool unseen(const Item& item) const { return unseen_from_ && item.id >= *unseen_from_; }
    /// The next one to be seen; nothing when all have been.
    Item* see_next();

  private:
    /// And leaves the queue, or where it was parked.
    void enter(Item&, ItemState, Time now);

    std::shared_ptr<const Settings> settings_;
    std::map<ItemId, Item> items_;
    std::unordered_map<std::string, ItemId> by_external_id_;
    std::set<std::pair<Time, ItemId>> queue_;  ///< items that are `waiting`, by next_try
    std::deque<Time> sent_;                    ///< requests of the last second
    std::minstd_rand random_;
    ItemId next_;
    std::optional<ItemId> unseen_from_;
};

}  // namespace cticonnector::engine
