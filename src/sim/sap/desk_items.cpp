// The part of Desks that is about items and agent sessions.

#include <algorithm>
#include <string>
#include <variant>

#include "cticonnector/protocol/ici/codes.hpp"
#include "desks.hpp"

namespace cticonnector::sim::sap {
namespace {

namespace request = ici::request;
using ici::ProcessingStatus;

// An agent presses a button again that did not work, such as accept while another call is active (R-DEC-21)
// or complete on an interrupted session (R-DEC-31).
constexpr milliseconds press_again{1000};

ici::Request finish_request(const Item& item) {
    switch (item.channel) {
        case ici::Channel::phone: return request::Drop{item.id};
        case ici::Channel::chat: return request::Leave{item.id};
        case ici::Channel::email: return request::Close{item.id};
        case ici::Channel::action_item: break;
    }
    return request::Complete{item.id};
}

ici::Request reroute(const Item& item, ici::RerouteReason reason) {
    return request::Reroute{item.id, std::string(ici::id_of(reason))};
}

ici::Request request_of(const Item& item) {
    using enum ici::RerouteReason;
    switch (item.move) {
        case Move::reject: return reroute(item, refused_by_agent);
        case Move::refuse_sessions: return reroute(item, agent_sessions_reached);
        case Move::refuse_http: return reroute(item, http_sessions_reached);
        case Move::finish: return finish_request(item);
        case Move::end_wrap_up: return request::WrapUpEnded{item.id};
        case Move::accept:
        case Move::none: break;
    }
    return request::Accept{item.id};
}

bool gives_back(Move move) {
    return move == Move::reject || move == Move::refuse_sessions || move == Move::refuse_http;
}

std::size_t sessions_taken(const Agent& agent, Time now) {
    const auto seated = std::ranges::count_if(agent.items, &Item::seated);
    const auto open_tabs = agent.tabs.end() - std::ranges::upper_bound(agent.tabs, now);
    return static_cast<std::size_t>(seated + open_tabs) + agent.manual_sessions;
}

bool is_full(const Agent& agent, Time now) {
    return sessions_taken(agent, now) >= agent.spec.behaviour.sessions;
}

/// A fault that may pass, or no answer at all.
bool may_pass(const Outcome& outcome) {
    if (std::holds_alternative<NoAnswer>(outcome)) return true;
    const auto* fault = std::get_if<ici::Fault>(&outcome);
    if (!fault || !fault->exception) return false;
    const auto id = fault->exception->error_id;
    return id == ici::ErrorId::invalid_state || id == ici::ErrorId::unavailable;
}

}  // namespace

void Desks::count(Agent& agent, std::size_t Counts::*counter) {
    ++(agent.counts.*counter);
    ++(totals_.*counter);
}

void Desks::on_item(AgentIndex index, const ItemEvent& event, Time now) {
    Agent& agent = agents_[index];
    const auto status = ici::from_id<ProcessingStatus>(event.processing_status);
    if (!status) return;
    auto found = std::ranges::find(agent.items, event.id, &Item::id);
    if (*status == ProcessingStatus::ended || *status == ProcessingStatus::rerouted ||
        *status == ProcessingStatus::transferred) {
        if (found == agent.items.end()) return;
        return end(agent, static_cast<std::size_t>(found - agent.items.begin()), event.processing_status,
                   now);
    }
    const bool known = found != agent.items.end();
    if (!known) {
        found = agent.items.insert(found, Item{.id = event.id,
                                               .channel = event.channel,
                                               .action_item_id = event.action_item_id,
                                               .phase = Phase::alerting});
        ++open_items_;
    }
    if (*status != ProcessingStatus::alerting) return show(agent, *found, event, now);
    if (!known) offer(agent, *found, now);
}

void Desks::offer(Agent& agent, Item& item, Time now) {
    count(agent, &Counts::seen);
    const Behaviour& behaviour = agent.spec.behaviour;
    if (behaviour.http_exhausted) return plan(agent, item, Move::refuse_http, {}, now);
    if (is_full(agent, now)) return plan(agent, item, Move::refuse_sessions, {}, now);
    item.seated = true;
    ++agent.offers;
    if (behaviour.accept_every > 0 && agent.offers % behaviour.accept_every == 0)
        return plan(agent, item, Move::accept, behaviour.think, now);
    if (behaviour.otherwise == Otherwise::reject)
        return plan(agent, item, Move::reject, behaviour.think, now);
    count(agent, &Counts::ignored);
}

void Desks::show(Agent& agent, Item& item, const ItemEvent& event, Time now) {
    const bool wrap_up = event.processing_status == ici::id_of(ProcessingStatus::wrap_up);
    const Phase phase = wrap_up ? Phase::wrap_up : Phase::working;
    if (item.phase == phase) return;
    item.phase = phase;
    if (!item.seated) {
        if (is_full(agent, now)) count(agent, &Counts::overbooked);
        item.seated = true;
    }
    if (!item.accepted) count(agent, &Counts::accepted);
    item.accepted = true;
    const Behaviour& behaviour = agent.spec.behaviour;
    if (wrap_up) return plan(agent, item, Move::end_wrap_up, behaviour.wrap_up, now);
    plan(agent, item, Move::finish, behaviour.handle, now);
}

void Desks::plan(Agent& agent, Item& item, Move move, milliseconds delay, Time now) {
    item.move = move;
    if (delay.count() == 0) return make_move(agent, item);
    arm(agent, item.due, now + delay);
}

void Desks::make_move(Agent& agent, Item& item) {
    item.due.reset();
    item.refused = item.refused || gives_back(item.move);
    push(agent, request_of(item), item.id, item.move);
}

void Desks::move_answered(Agent& agent, const Job& job, const Outcome& outcome, Time now) {
    if (std::holds_alternative<ici::Reply>(outcome) && gives_back(job.move))
        count(agent, job.move == Move::reject ? &Counts::rejected : &Counts::refused);
    if (!may_pass(outcome)) return;
    const auto item = std::ranges::find(agent.items, job.item, &Item::id);
    if (item != agent.items.end() && item->move == job.move) arm(agent, item->due, now + press_again);
}

void Desks::end(Agent& agent, std::size_t index, const std::string& processing_status, Time now) {
    const Item& item = agent.items[index];
    const bool rerouted = processing_status == ici::id_of(ProcessingStatus::rerouted);
    if (item.accepted && !rerouted) count(agent, &Counts::completed);
    if (!item.accepted && !item.refused) count(agent, &Counts::lost);
    agent.tabs.erase(agent.tabs.begin(), std::ranges::upper_bound(agent.tabs, now));
    if (item.accepted && agent.spec.behaviour.end.count() > 0) {
        const Time pressed = now + agent.spec.behaviour.end;
        agent.tabs.insert(std::ranges::upper_bound(agent.tabs, pressed), pressed);
    }
    agent.items.erase(agent.items.begin() + static_cast<std::ptrdiff_t>(index));
    --open_items_;
}

void Desks::drop_items(Agent& agent) {
    open_items_ -= agent.items.size();
    agent.items.clear();
    agent.tabs.clear();
}

}  // namespace cticonnector::sim::sap
