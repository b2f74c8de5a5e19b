#include "desks.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "cticonnector/protocol/ici/codes.hpp"

namespace cticonnector::sim::sap {
namespace {

namespace request = ici::request;

std::string id_of(ici::Workmode mode) { return std::string(ici::id_of(mode)); }

bool is_fault(const Outcome& outcome, ici::ErrorId error) {
    const auto* fault = std::get_if<ici::Fault>(&outcome);
    return fault && fault->exception && fault->exception->error_id == error;
}

bool succeeded(const Outcome& outcome) { return std::holds_alternative<ici::Reply>(outcome); }

/// What the CMS shows when it has taken the agent out of routing, as against logged off and wrap-up.
bool is_not_ready(const std::string& workmode) {
    constexpr std::array others{ici::Workmode::logged_off, ici::Workmode::ready, ici::Workmode::wrap_up};
    const auto is = [&](ici::Workmode mode) { return workmode == ici::id_of(mode); };
    return !workmode.empty() && std::ranges::none_of(others, is);
}

}  // namespace

AgentIndex Desks::add(AgentSpec spec) {
    agents_.push_back({.spec = std::move(spec)});
    return agents_.size() - 1;
}

// 32 capital hexadecimal digits like SAP's GUIDs (ici.md section 13).
std::string Desks::new_app_id() {
    std::array<char, 33> text{};
    std::snprintf(text.data(), text.size(), "%016llX%016llX", static_cast<unsigned long long>(seed_),
                  static_cast<unsigned long long>(++app_ids_));
    return text.data();
}

void Desks::log_on(AgentIndex index, const LogOn& how, Time) {
    Agent& agent = agents_[index];
    if (agent.presence == Presence::off) {
        set_presence(agent, Presence::logging_on);
        agent.wants_ready = agent.spec.behaviour.ready;
        push(agent,
             request::ExchangeProductInformation{{"SAP CRM Interaction Center (simulated)", "7.0", "3.0"}});
        push(agent, request::GetWorkcenterCapability{});
    } else if (agent.presence != Presence::on) {
        return;
    }
    const bool same = how.same_app_id && !agent.app_id.empty();
    push(agent, request::Subscribe{app_url_, same ? agent.app_id : new_app_id(),
                                   how.workcenter.value_or(agent.spec.workcenter)});
}

void Desks::log_off(AgentIndex index, bool workmode_first) {
    Agent& agent = agents_[index];
    if (agent.presence == Presence::off || agent.presence == Presence::logging_off) return;
    drop_jobs(agent);
    set_presence(agent, Presence::logging_off);
    agent.wants_ready = false;
    if (workmode_first) push(agent, request::SetCurrentWorkmode{id_of(ici::Workmode::logged_off)});
    push(agent, request::Unsubscribe{app_url_, {}});
}

void Desks::set_workmode(AgentIndex index, const std::string& workmode) {
    Agent& agent = agents_[index];
    agent.wants_ready = workmode == ici::id_of(ici::Workmode::ready);
    push(agent, request::SetCurrentWorkmode{workmode});
}

void Desks::set_manual_sessions(AgentIndex index, unsigned count) { agents_[index].manual_sessions = count; }

void Desks::behave(AgentIndex index, const Behaviour& behaviour, Time now) {
    Agent& agent = agents_[index];
    agent.spec.behaviour = behaviour;
    if (agent.presence != Presence::on) return;
    if (behaviour.check_every.count() > 0) arm(agent, agent.check_due, now + behaviour.check_every);
    show_workmode(agent, agent.workmode, now);
}

void Desks::on_user(AgentIndex index, const ici::User& user, Time now) {
    show_workmode(agents_[index], user.current_workmode.id, now);
}

void Desks::on_subscription_ended(AgentIndex index, const std::string& app_id, Time now) {
    Agent& agent = agents_[index];
    if (agent.presence != Presence::on || agent.app_id != app_id) return;
    // the end of the replaced subscription may overtake the reply to the subscribe that replaced it
    const bool replacing =
        agent.waiting && std::holds_alternative<request::Subscribe>(agent.jobs.front().request);
    if (replacing) return agent.app_id.clear();
    subscription_over(agent, now);
}

void Desks::subscription_over(Agent& agent, Time now) {
    drop_jobs(agent);
    drop_items(agent);
    set_presence(agent, Presence::off);
    show_workmode(agent, id_of(ici::Workmode::logged_off), now);
    agent.ready_due.reset();
    agent.check_due.reset();
    const auto again = agent.spec.behaviour.log_on_again;
    if (again.count() > 0) arm(agent, agent.log_on_due, now + again);
}

void Desks::on_answer(AgentIndex index, const Outcome& outcome, Time now) {
    Agent& agent = agents_[index];
    const Job job = std::move(agent.jobs.front());
    agent.jobs.pop_front();
    agent.waiting = false;
    --open_requests_;

    if (job.move != Move::none) move_answered(agent, job, outcome, now);
    if (const auto* subscribe = std::get_if<request::Subscribe>(&job.request)) {
        subscribed(agent, *subscribe, outcome, now);
    } else if (std::holds_alternative<request::Unsubscribe>(job.request)) {
        unsubscribed(agent, outcome, now);
    } else if (agent.presence == Presence::logging_on && !succeeded(outcome)) {
        subscription_over(agent, now);
    } else if (agent.presence == Presence::on && is_fault(outcome, ici::ErrorId::not_subscribed) &&
               agent.workmode != ici::id_of(ici::Workmode::logged_off)) {
        // after a restart the CMS knows nobody (ici.md section 10); work mode 1 gets this fault by R-DEC-11
        subscription_over(agent, now);
    } else if (std::holds_alternative<request::SetCurrentWorkmode>(job.request) && !succeeded(outcome)) {
        show_workmode(agent, agent.workmode, now);
    }
    send_next(agent);
}

void Desks::subscribed(Agent& agent, const request::Subscribe& subscribe, const Outcome& outcome, Time now) {
    if (!succeeded(outcome)) {
        if (agent.presence == Presence::logging_on || agent.app_id.empty()) subscription_over(agent, now);
        return;
    }
    agent.app_id = subscribe.app_id;
    if (agent.presence == Presence::logging_off) return;
    const bool first = agent.presence == Presence::logging_on;
    set_presence(agent, Presence::on);
    if (const auto* user = std::get_if<ici::User>(&std::get<ici::Reply>(outcome)))
        show_workmode(agent, user->current_workmode.id, now);
    if (first && agent.wants_ready) push(agent, request::SetCurrentWorkmode{id_of(ici::Workmode::ready)});
    const auto every = agent.spec.behaviour.check_every;
    if (every.count() > 0) arm(agent, agent.check_due, now + every);
}

void Desks::unsubscribed(Agent& agent, const Outcome& outcome, Time now) {
    // a refusal leaves the agent where they are: the script sees it in the counters and may try again
    const bool gone = succeeded(outcome) || is_fault(outcome, ici::ErrorId::not_subscribed);
    if (!gone) return set_presence(agent, Presence::on);
    drop_items(agent);
    set_presence(agent, Presence::off);
    show_workmode(agent, id_of(ici::Workmode::logged_off), now);
}

void Desks::set_presence(Agent& agent, Presence presence) {
    const auto is_known = [](Presence p) { return p == Presence::on || p == Presence::logging_off; };
    if (is_known(agent.presence)) --logged_on_;
    if (is_known(presence)) ++logged_on_;
    agent.presence = presence;
}

void Desks::show_workmode(Agent& agent, const std::string& workmode, Time now) {
    const auto ready = ici::id_of(ici::Workmode::ready);
    if (agent.workmode == ready) --ready_;
    if (workmode == ready) ++ready_;
    agent.workmode = workmode;

    const auto again = agent.spec.behaviour.ready_again;
    if (!is_not_ready(workmode) || !agent.wants_ready || again.count() == 0) return agent.ready_due.reset();
    if (!agent.ready_due) arm(agent, agent.ready_due, now + again);
}

void Desks::push(Agent& agent, ici::Request what, std::string item, Move move) {
    agent.jobs.push_back({std::move(what), std::move(item), move});
    ++open_requests_;
    send_next(agent);
}

void Desks::drop_jobs(Agent& agent) {
    const std::size_t kept = agent.waiting ? 1 : 0;
    open_requests_ -= agent.jobs.size() - kept;
    agent.jobs.resize(kept);
}

void Desks::send_next(Agent& agent) {
    if (agent.waiting || agent.jobs.empty()) return;
    auto& next = agent.jobs.front().request;
    // the log-on under way when log-off was asked for decides what is unsubscribed
    if (auto* unsubscribe = std::get_if<request::Unsubscribe>(&next)) unsubscribe->app_id = agent.app_id;
    agent.waiting = true;
    sends_.push_back({index_of(agent), next});
}

void Desks::arm(Agent& agent, std::optional<Time>& due, Time at) {
    due = at;
    deadlines_.emplace(at, index_of(agent));
}

std::optional<Time> Desks::next_deadline() const {
    if (deadlines_.empty()) return std::nullopt;
    return deadlines_.top().first;
}

void Desks::on_time(Time now) {
    while (!deadlines_.empty() && deadlines_.top().first <= now) {
        const AgentIndex index = deadlines_.top().second;
        deadlines_.pop();
        run_due(agents_[index], now);
    }
}

void Desks::run_due(Agent& agent, Time now) {
    const auto take_due = [now](std::optional<Time>& due) {
        const bool is_due = due && *due <= now;
        if (is_due) due.reset();
        return is_due;
    };
    for (Item& item : agent.items)
        if (take_due(item.due)) make_move(agent, item);
    if (take_due(agent.ready_due)) push(agent, request::SetCurrentWorkmode{id_of(ici::Workmode::ready)});
    if (take_due(agent.check_due)) {
        if (agent.jobs.empty()) push(agent, request::GetAttributes{});
        const auto every = agent.spec.behaviour.check_every;
        if (every.count() > 0) arm(agent, agent.check_due, now + every);
    }
    if (take_due(agent.log_on_due)) log_on(index_of(agent), {}, now);
}

}  // namespace cticonnector::sim::sap
