#include "cticonnector/engine/roster.hpp"

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
    Slot slot;
    if (free_.empty()) {
        slot = static_cast<Slot>(agents_.size());
        agents_.emplace_back();
        deadlines_.emplace_back();
    } else {
        slot = free_.back();
        free_.pop_back();
    }
    Agent& agent = agents_[slot].emplace();
    agent.id = id;
    agent.user = user;
    by_id_[id] = slot;
    by_user_[user] = slot;
    return slot;
}

void Roster::erase(Slot slot) {
    drop_subscription(slot);
    by_id_.erase(at(slot).id);
    by_user_.erase(at(slot).user);
    if (deadlines_[slot]) agenda_.erase({*deadlines_[slot], slot});
    deadlines_[slot].reset();
    agents_[slot].reset();
    free_.push_back(slot);
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

std::vector<Roster::Slot> Roster::slots() const {
    std::vector<Slot> used;
    used.reserve(by_id_.size());
    for (Slot slot = 0; slot < agents_.size(); ++slot) {
        if (agents_[slot]) used.push_back(slot);
    }
    return used;
}

OperationId Roster::next_operation(Slot slot) { return {++operations_ << slot_bits | slot}; }

void Roster::reschedule(Slot slot) {
    const std::optional<Time> next = at(slot).next_deadline();
    if (next == deadlines_[slot]) return;
    if (deadlines_[slot]) agenda_.erase({*deadlines_[slot], slot});
    deadlines_[slot] = next;
    if (next) agenda_.insert({*next, slot});
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
