#include "cticonnector/engine/items.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cticonnector::engine {

namespace {

constexpr std::chrono::seconds rate_window{1};

/// For an agent, whatever is being done about it.
bool waits(ItemState state) {
    return state == ItemState::storing || state == ItemState::waiting || state == ItemState::routing;
}

std::string_view prefix(Channel channel) { return channel == Channel::chat ? "chat-" : "act-"; }

/// As std::to_string writes it; it is taken off the front.
std::optional<std::uint64_t> take_number(std::string_view& rest) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    const auto digits = static_cast<std::size_t>(end - rest.data());
    if (error != std::errc{} || (digits > 1 && rest.front() == '0')) return std::nullopt;
    rest.remove_prefix(digits);
    return number;
}

}  // namespace

std::string item_text(Channel channel, ItemId id) {
    return std::string(prefix(channel)) + std::to_string(id.value);
}

ItemKey offer_key(const Item& item) { return {item_text(item) + "-" + std::to_string(item.tries.offers)}; }

std::optional<KeyParts> read_key(std::string_view key) {
    for (const Channel channel : task_channels) {
        if (!key.starts_with(prefix(channel))) continue;
        std::string_view rest = key.substr(prefix(channel).size());
        const auto id = take_number(rest);
        const std::string_view item = key.substr(0, key.size() - rest.size());
        const bool offer = rest.starts_with('-');
        if (offer) rest.remove_prefix(1);
        if (!id || (offer && !take_number(rest)) || !rest.empty()) return std::nullopt;
        return KeyParts{channel, {*id}, item};
    }
    return std::nullopt;
}

Item& Items::add(Item item, Time now) {
    item.id = next_;
    item.since = now;
    ++next_.value;
    know(item.id, item.external_id);
    const ItemId id = item.id;
    return *items_.emplace(id, ItemPtr(std::move(item))).first->second;
}

Item* Items::find(ItemId id) { return const_cast<Item*>(std::as_const(*this).find(id)); }

const Item* Items::find(ItemId id) const {
    const auto at = items_.find(id);
    return at == items_.end() ? nullptr : &*at->second;
}

std::optional<ItemId> Items::id_of(const std::string& external_id) const {
    const auto at = by_external_id_.find(external_id);
    return at == by_external_id_.end() ? std::nullopt : std::optional{at->second};
}

ItemPtr Items::hand_over(Item& item) {
    leave_queue(item);
    item.route().parked_because = {};
    item.route().parked_by_router = false;
    const auto at = items_.find(item.id);
    ItemPtr handed = std::move(at->second);
    items_.erase(at);
    return handed;
}

Item& Items::take_back(ItemPtr item) {
    const ItemId id = item->id;
    return *items_.insert_or_assign(id, std::move(item)).first->second;
}

void Items::know(ItemId id, const std::string& external_id) {
    if (!external_id.empty()) by_external_id_[external_id] = id;
}

void Items::forget(ItemId id, const std::string& external_id) {
    const auto named = by_external_id_.find(external_id);
    if (named != by_external_id_.end() && named->second == id) by_external_id_.erase(named);
}

void Items::erase(ItemId id) {
    const auto at = items_.find(id);
    if (at == items_.end()) return;
    leave_queue(*at->second);
    forget(id, at->second->external_id);
    items_.erase(at);
}

void Items::clear() {
    items_.clear();
    by_external_id_.clear();
    queue_.clear();
    unseen_from_.reset();
}

void Items::leave_queue(const Item& item) {
    if (item.state == ItemState::waiting) queue_.erase({item.route().next_try, item.id});
}

void Items::enter(Item& item, ItemState state, Time now) {
    leave_queue(item);
    item.route().parked_because = {};
    item.route().parked_by_router = false;
    if (!waits(item.state) || !waits(state)) item.since = now;
    item.state = state;
}

void Items::enqueue(Item& item, RouteReason reason, Time now, Duration delay) {
    enter(item, ItemState::waiting, now);
    item.route().reason = reason;
    item.route().next_try = now + delay;
    queue_.insert({item.route().next_try, item.id});
}

bool Items::give_back(Item& item, RouteReason reason, Time now, Duration delay, bool counts) {
    const bool by_transfer = reason == RouteReason::REROUTE && !counts;  // not the label ROUTE_ERROR
    if (by_transfer) item.tries.rona = 0;                                // R-REROUTE-4
    if (counts) {
        const bool no_answer = reason == RouteReason::RONA;
        int& tries = no_answer ? item.tries.rona : item.tries.rejects;
        const int allowed = no_answer ? settings_->rona_tries : settings_->reject_tries;
        if (++tries > allowed) {
            item.route().reason = reason;
            park(item, {TextId::route_try_overflow}, now);
            return false;
        }
    }
    enqueue(item, reason, now, delay);
    return true;
}

void Items::park(Item& item, Phrase because, Time now) {
    enter(item, ItemState::parked, now);
    item.route().parked_because = std::move(because);
}

Duration Items::label_wait() {
    Duration wait = settings_->route_error_wait;
    if (const auto range = settings_->route_error_wait_range.count(); range > 0) {
        wait += Duration{std::uniform_int_distribution<std::int64_t>{0, range}(random_)};
    }
    return wait;
}

Item* Items::take_due(Time now) {
    while (!sent_.empty() && sent_.front() + rate_window <= now) sent_.pop_front();
    if (queue_.empty() || queue_.begin()->first > now) return nullptr;
    const int limit = settings_->requests_per_second;
    if (limit > 0 && sent_.size() >= static_cast<std::size_t>(limit)) return nullptr;
    Item& item = *items_.at(queue_.begin()->second);
    enter(item, ItemState::routing, now);
    if (limit > 0) sent_.push_back(now);
    return &item;
}

std::optional<Time> Items::next_due() const {
    if (queue_.empty()) return std::nullopt;
    Time due = queue_.begin()->first;
    const int limit = settings_->requests_per_second;
    if (limit > 0 && sent_.size() >= static_cast<std::size_t>(limit)) {
        due = std::max(due, sent_.front() + rate_window);
    }
    return due;
}

void Items::see_all() {
    unseen_from_.reset();
    if (!items_.empty()) unseen_from_ = items_.begin()->first;
}

Item* Items::see_next() {
    if (!unseen_from_) return nullptr;
    const auto at = items_.lower_bound(*unseen_from_);
    if (at == items_.end()) {
        unseen_from_.reset();
        return nullptr;
    }
    const auto after = std::next(at);
    unseen_from_.reset();
    if (after != items_.end()) unseen_from_ = after->first;
    return &*at->second;
}

}  // namespace cticonnector::engine
