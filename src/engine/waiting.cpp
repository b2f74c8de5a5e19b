// The router's half: items between their arrival and an agent, stored, requested, delayed, parked. What an
// agent has is not here: it goes with ItemHandedOver and comes back with ItemReturned.

#include <utility>

#include "rules.hpp"

namespace cticonnector::engine {

namespace {

constexpr std::size_t selector_max = 31;  // ScriptSelector holds 32 with its NUL (R-DEC-54)

std::optional<AgentId> preferred(const Turn& t, const Item& item) {
    if (item.route().forwarded_to) return item.route().forwarded_to;
    for (const UserId& user : item.route().preferred) {
        if (auto agent = t.state.agent_of(user)) return agent;
    }
    return std::nullopt;
}

/// Routed again, or parked; a line in the log says which.
void give_back(Turn& t, Item& item, RouteReason reason, Duration delay, bool counts) {
    const bool again = t.state.items.give_back(item, reason, t.now, delay, counts);
    Note note = t.note_about(item, again ? What::item_waiting : What::item_parked);
    note.reason = name(reason);
    if (again) {
        note.why = name(!t.state.router_up  ? WaitReason::mr_down
                        : delay.count() > 0 ? WaitReason::delayed
                                            : WaitReason::due);
        note.next = item.route().next_try;
    } else {
        note.because = Owned(item.route().parked_because);
        note.origin = Origin::connector;
    }
    t.act(std::move(note));
}

void end_here(Turn& t, Item& item, Departure how, Origin by) {
    Note note = t.note_about(item, What::item_ended);
    note.reason = name(how);
    note.origin = by;
    t.act(std::move(note));
    t.state.items.erase(item.id);
}

void hand_over(Turn& t, Item& item, AgentId agent, const TaskId& task, ItemInfoPtr told,
               std::optional<WorkState> found = {}) {
    const auto [id, channel] = std::pair{item.id, item.channel};
    pass_on(t, ItemHandedOver{id, ForAgent{t.state.items.hand_over(item), channel, std::move(agent), task,
                                           std::move(told), found}});
}

/// The contact center names a task of an agent: our record is theirs, or a new one.
void give_to_finder(Turn& t, const AgentHasTask& by) {
    const Item& told = *by.told;
    const auto id = t.state.items.id_of(told.external_id);
    Item* item = id ? t.state.items.find(*id) : nullptr;
    if (id && (!item || item->channel != told.channel)) {  // somebody has it, or it is no such item
        const Channel channel = item ? item->channel : told.channel;
        return pass_on(t, ItemHandedOver{*id, ForAgent{{}, channel, by.agent, by.task, nullptr, by.state}});
    }
    ItemInfoPtr info = told.info;
    if (!item) {
        item = &t.state.items.add(told, t.now);
    } else if (item->state == ItemState::storing) {  // the contact center has it already
        t.act(Reply{.request = item->route().request, .data = item->external_id});
    } else if (item->state == ItemState::routing) {
        t.act(CancelRoute{item->id});
    }
    hand_over(t, *item, by.agent, by.task, std::move(info), by.state);
}

/// A parked item, as if it had never been tried. `why`: who wants that.
void try_again(Turn& t, Item& item, WaitReason why, std::optional<Origin> origin) {
    item.tries.rona = 0;
    item.tries.rejects = 0;
    t.state.items.enqueue(item, item.route().reason, t.now);
    Note note = t.note_about(item, What::item_waiting);
    note.reason = name(item.route().reason);
    note.why = name(why);
    note.origin = origin;
    note.next = item.route().next_try;
    t.act(std::move(note));
}

/// The router will not have it (R-DEC-55).
void park(Turn& t, Item& item, Phrase because) {
    t.state.items.park(item, std::move(because), t.now);
    item.route().parked_by_router = true;
    Note note = t.note_about(item, What::item_parked);
    note.because = Owned(item.route().parked_because);
    note.origin = Origin::cc;
    t.act(std::move(note));
}

}  // namespace

void on(Turn& t, const AddItem& e) {
    if (t.state.ended()) return t.fault(e.request, Fault::unavailable, {TextId::shutting_down});
    if (!t.settings.media) return t.fault(e.request, Fault::not_supported, {TextId::no_media_routing});
    if (e.selector.empty() || e.selector.size() > selector_max) {
        return t.fault(
            e.request, Fault::invalid_destination,
            {TextId::selector_length, {std::to_string(e.selector.size()), std::to_string(selector_max)}});
    }
    if (!e.unwritable_selector.empty())
        return t.fault(e.request, Fault::invalid_destination,
                       {TextId::selector_unwritable, {}, {e.unwritable_selector}});
    if (e.external_id.empty()) return t.fault(e.request, Fault::invalid_state, {TextId::item_id_empty});
    if (!e.unwritable_id.empty())
        return t.fault(e.request, Fault::invalid_state, {TextId::item_id_unwritable, {}, {e.unwritable_id}});
    if (t.state.items.id_of(e.external_id)) {
        return t.fault(e.request, Fault::invalid_state, {TextId::item_here_already, {e.external_id}});
    }
    Item item;
    item.channel = e.channel;
    item.external_id = e.external_id;
    item.info = e.info;
    Route& route = *item.work.emplace<Task>().route;
    route.selector = e.selector;
    route.preferred = e.preferred;
    route.request = e.request;
    t.act(StoreItem{t.state.items.add(std::move(item), t.now).id});
}

void on(Turn& t, const ItemStored& e) {
    Item* item = t.state.items.find(e.item);
    if (!item || item->state != ItemState::storing) return;
    t.act(Reply{.request = item->route().request, .data = item->external_id});
    t.state.items.enqueue(*item, RouteReason::none, t.now);
    Note added = t.note_about(*item, What::item_added);
    added.scenario = item->route().selector;
    if (!t.state.router_up) added.why = name(WaitReason::mr_down);
    t.act(std::move(added));
}

namespace {

void withdraw_here(Turn& t, Item& item, const Withdrawal& withdrawal) {
    if (item.state == ItemState::storing) {
        const bool deleted = withdrawal.how == Departure::deleted;
        t.fault(item.route().request, Fault::invalid_state,
                {deleted ? TextId::item_deleted_before_stored : TextId::customer_left_before_stored});
    }
    if (item.state == ItemState::routing) t.act(CancelRoute{item.id});
    if (withdrawal.request != RequestId{}) t.done(withdrawal.request);
    end_here(t, item, withdrawal.how, withdrawal.by);
}

/// Here, or at the agents' half.
void withdraw(Turn& t, ItemId id, const Withdrawal& withdrawal) {
    if (Item* item = t.state.items.find(id)) return withdraw_here(t, *item, withdrawal);
    pass_on(t, ItemHandedOver{id, withdrawal});
}

/// No agent has it: it has come back meanwhile, or is nowhere.
void withdraw_after_all(Turn& t, ItemId id, const Withdrawal& withdrawal) {
    if (Item* item = t.state.items.find(id)) return withdraw_here(t, *item, withdrawal);
    if (withdrawal.request != RequestId{})
        t.fault(withdrawal.request, Fault::unknown_item, {TextId::item_unknown, {withdrawal.external_id}});
}

}  // namespace

void on(Turn& t, const DeleteItem& e) {
    const auto id = t.state.items.id_of(e.external_id);
    if (!id) return t.fault(e.request, Fault::unknown_item, {TextId::item_unknown, {e.external_id}});
    withdraw(
        t, *id,
        {.how = Departure::deleted, .by = Origin::crm, .request = e.request, .external_id = e.external_id});
}

void on(Turn& t, const CustomerLeft& e) {
    withdraw(t, e.item, {.how = Departure::customer_left, .by = Origin::cc});
}

void on(Turn& t, const TaskAssigned& e) {
    Item* item = t.state.items.find(e.item);
    if (!item || item->state != ItemState::routing) {  // told twice, or too late
        return pass_on(t, ItemHandedOver{e.item, ForAgent{{}, e.channel, e.agent, e.task, nullptr}});
    }
    if (e.task != no_task) return hand_over(t, *item, e.agent, e.task, e.info);
    Note note;
    note.what = What::cc_unexpected;
    note.agent = e.agent;
    note.channel = item->channel;
    note.external_id = item->external_id;
    note.text = {TextId::task_without_id};
    t.act(std::move(note));
    give_back(t, *item, RouteReason::RESTART, t.settings.reject_delay, true);
}

void received(Turn& t, ItemReturned&& e) {
    struct Of {
        Turn& t;
        ItemId id;
        void operator()(BackToRouting& back) const {
            give_back(t, t.state.items.take_back(std::move(back.item)), back.reason, back.delay, back.counts);
        }
        void operator()(const Gone& gone) const { t.state.items.forget(id, gone.external_id); }
        void operator()(const AgentHasTask& has) const { give_to_finder(t, has); }
        void operator()(const Withdrawal& withdrawal) const { withdraw_after_all(t, id, withdrawal); }
    };
    std::visit(Of{t, e.id}, e.what);
}

void on(Turn& t, const RouterUp& e) {
    if (e.link != t.settings.router) return;
    t.state.router_up = true;
    t.state.items.see_all();
}

void on(Turn& t, const RouterDown& e) {
    if (e.link != t.settings.router) return;
    t.state.router_up = false;
    t.state.items.see_all();
}

/// Nothing is requested before all have been seen, so what is `routing` by then was lost with the link.
void router_changed(Turn& t, Item& item) {
    if (item.state == ItemState::routing) {
        give_back(t, item, RouteReason::RESTART, Duration{0}, true);
    } else if (t.state.router_up && item.route().parked_by_router) {
        try_again(t, item, WaitReason::mr_up, Origin::connector);  // R-DEC-55: again when the link comes back
    }
}

void see_items(Turn& t) {
    for (int left = t.settings.records_per_turn; left > 0; --left) {
        Item* item = t.state.items.see_next();
        if (!item) return;
        router_changed(t, *item);
    }
}

void on(Turn& t, const TaskLabelled& e) {
    Item* item = t.state.items.find(e.item);
    if (!item || item->state != ItemState::routing) return;
    Note note = t.note_about(*item, What::item_label);
    note.label = e.text;
    note.origin = Origin::cc;
    t.act(std::move(note));
    if (e.label == RouteLabel::other) {
        return park(t, *item, {TextId::label_unknown, {e.text}});
    }
    const bool timeout = e.label == RouteLabel::timeout;  // R-REROUTE-4: only ROUTE_ERROR counts
    give_back(t, *item, timeout ? RouteReason::TIMEOUT : RouteReason::REROUTE, t.state.items.label_wait(),
              !timeout);
}

void on(Turn& t, const RouteFailed& e) {
    Item* item = t.state.items.find(e.item);
    if (!item || item->state != ItemState::routing) return;
    park(t, *item, e.why);
}

void on(Turn& t, const RetryItem& e) {
    Item* item = t.state.items.find(e.item);
    if (item && item->state == ItemState::parked) try_again(t, *item, WaitReason::retry, std::nullopt);
}

/// What is still due is so in the next turn: next_due() has passed.
void request_routes(Turn& t) {
    if (!t.state.router_up || t.state.ended() || t.state.items.seeing()) return;
    for (int left = t.settings.records_per_turn; left > 0; --left) {
        Item* item = t.state.items.take_due(t.now);
        if (!item) return;
        Note note = t.note_about(*item, What::item_requested);
        note.scenario = item->route().selector;
        note.attempt = ++item->tries.requests;
        note.reason = name(item->route().reason);
        t.act(std::move(note));
        t.act(RouteItem{.item = item->id,
                        .channel = item->channel,
                        .selector = item->route().selector,
                        .reason = item->route().reason,
                        .external_id = item->external_id,
                        .previous = item->route().last_task,
                        .preferred = preferred(t, *item),
                        .info = item->info});
    }
}

}  // namespace cticonnector::engine
