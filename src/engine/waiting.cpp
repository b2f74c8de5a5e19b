// Items between their arrival and an agent: stored, requested at the router, delayed, parked.

#include <algorithm>

#include "rules.hpp"

namespace cticonnector::engine {

namespace {

constexpr std::size_t selector_max = 31;  // ScriptSelector holds 32 with its NUL (R-DEC-54)

std::optional<AgentId> preferred(const Turn& t, const Item& item) {
    if (item.forwarded_to) return item.forwarded_to;
    for (const UserId& user : item.preferred) {
        const auto slot = t.state.roster.find(user);
        if (slot && t.state.roster.at(*slot).phase == Phase::logged_in) return t.state.roster.at(*slot).id;
    }
    return std::nullopt;
}

void note_deleted(Turn& t, const Item& item) {
    Note note = t.note_about(item, What::item_ended);
    note.reason = name(Departure::deleted);
    note.origin = Origin::crm;
    t.act(std::move(note));
}

/// A parked item, as if it had never been tried. `why`: who wants that.
void try_again(Turn& t, Item& item, WaitReason why, std::optional<Origin> origin) {
    item.rona = 0;
    item.rejects = 0;
    t.state.items.enqueue(item, item.reason, t.now);
    Note note = t.note_about(item, What::item_waiting);
    note.reason = name(item.reason);
    note.why = name(why);
    note.origin = origin;
    note.next = item.next_try;
    t.act(std::move(note));
}

}  // namespace

void on(Turn& t, const AddItem& e) {
    if (t.state.stopping) return t.fault(e.request, Fault::unavailable, "the connector is shutting down");
    if (!t.settings.media)
        return t.fault(e.request, Fault::not_supported, "there is no media routing: ApplicationPathID is 0");
    if (e.selector.empty() || e.selector.size() > selector_max) {
        return t.fault(e.request, Fault::invalid_destination,
                       "scenarioId has " + std::to_string(e.selector.size()) + " bytes; it has 1 to " +
                           std::to_string(selector_max));
    }
    if (!e.unwritable_selector.empty())
        return t.fault(e.request, Fault::invalid_destination, "scenarioId " + e.unwritable_selector);
    if (e.external_id.empty()) return t.fault(e.request, Fault::invalid_state, "the item has no id");
    if (!e.unwritable_id.empty())
        return t.fault(e.request, Fault::invalid_state, "actionItemId " + e.unwritable_id);
    if (t.state.items.find(e.external_id)) {
        return t.fault(e.request, Fault::invalid_state,
                       "item " + e.external_id + " is here already; it is kept as it is");
    }
    Item item;
    item.channel = e.channel;
    item.external_id = e.external_id;
    item.selector = e.selector;
    item.preferred = e.preferred;
    item.info = e.info;
    item.request = e.request;
    t.act(StoreItem{t.state.items.add(std::move(item), t.now).id});
}

void on(Turn& t, const ItemStored& e) {
    Item* item = t.state.items.find(e.item);
    if (!item || item->state != ItemState::storing) return;
    t.act(Reply{.request = item->request, .data = item->external_id});
    t.state.items.enqueue(*item, RouteReason::none, t.now);
    Note added = t.note_about(*item, What::item_added);
    added.scenario = item->selector;
    if (!t.state.router_up) added.why = name(WaitReason::mr_down);
    t.act(std::move(added));
}

void on(Turn& t, const DeleteItem& e) {
    Item* item = t.state.items.find(e.external_id);
    if (!item) return t.fault(e.request, Fault::unknown_item, "Item " + e.external_id + " is not known");
    switch (item->state) {
        case ItemState::active:
            return t.fault(e.request, Fault::invalid_state,
                           "item " + e.external_id + " is accepted; its agent ends it");
        case ItemState::storing:
            t.fault(item->request, Fault::invalid_state, "the item was deleted before it was stored");
            break;
        case ItemState::routing: t.act(CancelRoute{item->id}); break;
        case ItemState::offered: break;
        case ItemState::waiting:
        case ItemState::parked: break;
    }
    t.done(e.request);
    if (item->state == ItemState::offered) {
        return withdraw(t, *item, Departure::deleted,
                        Origin::crm);  // END_TASK 37 and the last event (R-DEC-55)
    }
    note_deleted(t, *item);
    t.state.items.erase(item->id);
}

void on(Turn& t, const RouterUp&) {
    t.state.router_up = true;
    t.state.items.see_all();
}

void on(Turn& t, const RouterDown&) {
    t.state.router_up = false;
    t.state.items.see_all();
}

/// Nothing is requested before all have been seen, so what is `routing` by then was lost with the link.
void router_changed(Turn& t, Item& item) {
    if (item.state == ItemState::routing) {
        t.give_back(item, RouteReason::RESTART, Duration{0}, true);
    } else if (t.state.router_up && item.parked_by_router) {
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
        return on(t, RouteFailed{e.item, "the routing script answered with label '" + e.text + "'"});
    }
    const bool timeout = e.label == RouteLabel::timeout;  // R-REROUTE-4: only ROUTE_ERROR counts
    t.give_back(*item, timeout ? RouteReason::TIMEOUT : RouteReason::REROUTE, t.state.items.label_wait(),
                !timeout);
}

void on(Turn& t, const RouteFailed& e) {
    Item* item = t.state.items.find(e.item);
    if (!item || item->state != ItemState::routing) return;
    t.park(*item, e.why, Origin::cc);
    item->parked_by_router = true;
}

void on(Turn& t, const RetryItem& e) {
    Item* item = t.state.items.find(e.item);
    if (item && item->state == ItemState::parked) try_again(t, *item, WaitReason::retry, std::nullopt);
}

/// What is still due is so in the next turn: next_due() has passed.
void request_routes(Turn& t) {
    if (!t.state.router_up || t.state.stopping || t.state.items.seeing()) return;
    for (int left = t.settings.records_per_turn; left > 0; --left) {
        Item* item = t.state.items.take_due(t.now);
        if (!item) return;
        Note note = t.note_about(*item, What::item_requested);
        note.scenario = item->selector;
        note.attempt = ++item->requests;
        note.reason = name(item->reason);
        t.act(std::move(note));
        t.act(RouteItem{.item = item->id,
                        .channel = item->channel,
                        .selector = item->selector,
                        .reason = item->reason,
                        .external_id = item->external_id,
                        .previous = item->last_task,
                        .preferred = preferred(t, *item),
                        .info = item->info});
    }
}

}  // namespace cticonnector::engine
