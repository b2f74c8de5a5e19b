#include "cticonnector/engine/whole.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "state.hpp"

namespace cticonnector::engine {

// ---- out

WholeRoster Roster::whole() const {
    WholeRoster out{
        .places = {}, .free = {free_.begin(), free_.end()}, .last_number = last_, .last_call = calls_};
    for (std::size_t i = 0; i < seats_.size(); ++i) {
        WholeRoster::Place& place = out.places.emplace_back();
        place.slot = seats_[i].slot;
        place.agent = agents_[i];
        place.deadline = seats_[i].deadline;
        if (place.agent) place.has_user = find(place.agent->user) == place.slot;
    }
    return out;
}

WholeItems Items::whole() const {
    WholeItems out{.items = {},
                   .external_ids = {by_external_id_.begin(), by_external_id_.end()},
                   .sent = {sent_.begin(), sent_.end()},
                   .next = next_,
                   .unseen_from = unseen_from_};
    std::ranges::sort(out.external_ids);
    for (const auto& [id, item] : items_) out.items.push_back(*item);
    std::ostringstream state;
    state << random_;
    out.random = std::stoull(state.str());
    return out;
}

std::vector<WaitingErrands> Errands::whole() const {
    std::vector<WaitingErrands> out;
    for (std::size_t at = head_; at != nowhere; at = entries_[at].after) {
        WaitingErrands& waiting = out.emplace_back();
        waiting.slot = entries_[at].slot;
        for (const Errand errand : enumerators<Errand>()) {
            if (entries_[at].errands.has(errand)) waiting.errands.push_back(errand);
        }
    }
    return out;
}

Whole Engine::whole() const {
    return {.roster = state_->roster.whole(),
            .items = state_->items.whole(),
            .errands = state_->errands.whole(),
            .link = state_->link,
            .router_up = state_->router_up,
            .end = state_->end,
            .link_grace = state_->link_grace,
            .restoring = state_->restoring,
            .records_wait_since = state_->records_wait_since};
}

// ---- and back

Roster::Roster(WholeRoster whole)
    : free_(whole.free.begin(), whole.free.end()), last_(whole.last_number), calls_(whole.last_call) {
    for (WholeRoster::Place& place : whole.places) {
        seats_.push_back({place.slot, place.deadline});
        if (place.deadline) agenda_.insert({*place.deadline, place.slot});
        agents_.push_back(std::move(place.agent));
        if (!agents_.back()) continue;
        const Agent& agent = *agents_.back();
        by_id_[agent.id] = place.slot;
        if (place.has_user) by_user_[agent.user] = place.slot;
        if (agent.subscribed()) by_subscription_[agent.subscription] = place.slot;
        for (const ItemPtr& item : agent.items) {
            if (!item->is_call()) by_item_[item->id] = place.slot;
        }
    }
}

Items::Items(std::shared_ptr<const Settings> settings, WholeItems whole)
    : settings_(std::move(settings)),
      by_external_id_(whole.external_ids.begin(), whole.external_ids.end()),
      sent_(whole.sent.begin(), whole.sent.end()),
      random_(static_cast<std::minstd_rand::result_type>(whole.random)),
      next_(whole.next),
      unseen_from_(whole.unseen_from) {
    for (Item& item : whole.items) {
        const ItemId id = item.id;
        if (item.state == ItemState::waiting) queue_.insert({item.route().next_try, id});
        items_.emplace(id, ItemPtr(std::move(item)));
    }
}

Errands::Errands(const std::vector<WaitingErrands>& whole) {
    for (const WaitingErrands& waiting : whole) {
        for (const Errand errand : waiting.errands) add(waiting.slot, errand);
        if (waiting.errands.empty()) {  // it keeps its place in the queue
            add(waiting.slot, Errand::say_unsaid);
            take(waiting.slot);
        }
    }
}

Engine::Engine(Settings settings, Whole whole, Halves halves) {
    auto shared = std::make_shared<const Settings>(std::move(settings));
    state_ = std::make_unique<State>(State{.settings = shared,
                                           .halves = halves,
                                           .roster = Roster(std::move(whole.roster)),
                                           .items = Items(shared, std::move(whole.items)),
                                           .link = whole.link,
                                           .router_up = whole.router_up,
                                           .end = whole.end,
                                           .link_grace = whole.link_grace,
                                           .restoring = whole.restoring,
                                           .errands = Errands(whole.errands),
                                           .records_wait_since = whole.records_wait_since});
}

}  // namespace cticonnector::engine
