#include "cticonnector/engine/roster.hpp"

#include <algorithm>
#include <utility>

namespace cticonnector::engine {

namespace {

template <class Map, class Key>
std::optional<Roster::Slot> look_up(const Map& map, const Key& key) {
    const auto at = map.find(key);
    if (at == map.end()) return std::nullopt;
    return at->second;
}

}  // namespace

Roster::Slot Roster::add(const AgentId& id, const UserId& user) {
    std::size_t at = seats_.size();
    if (free_.empty()) {
        agents_.emplace_back();
        seats_.emplace_back();
    } else {
        at = free_.back();
        free_.pop_back();
    }
    const Slot slot{number(at)};
    seats_[at].slot = slot;
    Agent& agent = agents_[at].emplace();
    agent.id = id;
    agent.user = user;
    by_id_[id] = slot;
    by_user_[user] = slot;
    return slot;
}

void Roster::erase(Slot slot) {
    drop_subscription(slot);
    by_id_.erase(at(slot).id);
    for (const ItemPtr& item : at(slot).items) by_item_.erase(item->id);
    drop_user(slot);
    const std::size_t freed = place(slot);
    Seat& seat = seats_[freed];
    if (seat.deadline) agenda_.erase({*seat.deadline, slot});
    seat = {};
    agents_[freed].reset();
    free_.push_back(freed);
}

void Roster::set_user(Slot slot, const UserId& user) {
    drop_user(slot);
    at(slot).user = user;
    by_user_[user] = slot;
}

void Roster::drop_user(Slot slot) {
    const auto own = by_user_.find(at(slot).user);
    if (own != by_user_.end() && own->second == slot) by_user_.erase(own);
}

void Roster::set_subscription(Slot slot, SubscriptionId subscription) {
    drop_subscription(slot);
    at(slot).subscription = subscription;
    by_subscription_[subscription] = slot;
}

void Roster::drop_subscription(Slot slot) {
    by_subscription_.erase(at(slot).subscription);
    at(slot).subscription = {};
}

std::optional<Roster::Slot> Roster::find(const AgentId& id) const { return look_up(by_id_, id); }
std::optional<Roster::Slot> Roster::find(const UserId& user) const { return look_up(by_user_, user); }
std::optional<Roster::Slot> Roster::find(SubscriptionId id) const { return look_up(by_subscription_, id); }

std::optional<Roster::Slot> Roster::find(OperationId id) const {
    const std::size_t at = place(id.value);
    if (at >= seats_.size() || seats_[at].slot == Slot{} || id.value <= seats_[at].slot.value)
        return std::nullopt;
    return seats_[at].slot;
}

std::optional<Roster::Slot> Roster::find(ItemId id) const { return look_up(by_item_, id); }

const Item* Roster::item(ItemId id) const {
    const auto slot = find(id);
    return slot ? at(*slot).item(id) : nullptr;
}

Item& Roster::add_item(Slot slot, ItemPtr item) {
    if (!item->is_call()) by_item_[item->id] = slot;
    return *at(slot).items.emplace_back(std::move(item));
}

ItemPtr Roster::take_item(Slot slot, ItemId id) {
    std::vector<ItemPtr>& items = at(slot).items;
    const auto where = std::ranges::find_if(items, [&](const ItemPtr& item) { return item->id == id; });
    assert(where != items.end());
    ItemPtr item = std::move(*where);
    items.erase(where);
    if (!item->is_call()) by_item_.erase(id);
    return item;
}

std::vector<Roster::Slot> Roster::slots() const {
    std::vector<Slot> used;
    used.reserve(by_id_.size());
    each([&](Slot slot) { used.push_back(slot); });
    return used;
}

void Roster::reschedule(Slot slot) {
    const std::optional<Time> next = at(slot).next_deadline();
    std::optional<Time>& known = seats_[place(slot)].deadline;
    if (next == known) return;
    auto place_in_order = known ? agenda_.extract({*known, slot}) : decltype(agenda_)::node_type{};
    known = next;
    if (!next) return;
    if (place_in_order.empty()) {
        agenda_.insert({*next, slot});
    } else {
        place_in_order.value().first = *next;
        agenda_.insert(std::move(place_in_order));
    }
}

std::optional<Time> Roster::next_deadline() const {
    if (agenda_.empty()) return std::nullopt;
    return agenda_.begin()->first;
}

std::optional<Roster::Slot> Roster::overdue(Time now) const {
    if (agenda_.empty() || agenda_.begin()->first > now) return std::nullopt;
    return agenda_.begin()->second;
}

}  // namespace cticonnector::engine
