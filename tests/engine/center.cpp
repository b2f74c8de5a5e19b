#include "center.hpp"

#include <algorithm>

namespace cticonnector::engine::testing {

std::optional<Center::Place> Center::logged_in_by(const Action& action) {
    if (const auto* login = as<Login>(action); login && !login->authenticate_only)
        return Place{login->agent, Channel::voice};
    if (const auto* medium = as<LoginMedium>(action)) return Place{medium->agent, medium->channel};
    return std::nullopt;
}

std::optional<Center::Place> Center::logged_out_by(const Action& action) {
    if (const auto* logout = as<Logout>(action)) return Place{logout->agent, Channel::voice};
    if (const auto* medium = as<LogoutMedium>(action)) return Place{medium->agent, medium->channel};
    return std::nullopt;
}

bool logs_in_or_out(const Action& action) {
    const auto* login = as<Login>(action);
    return (login && !login->authenticate_only) || holds<LoginMedium>(action) || holds<Logout>(action) ||
           holds<LogoutMedium>(action);
}

/// Does the answer to this action still matter to its agent's record?
bool is_waited_for(const Engine& engine, const Action& action) {
    const OperationId asked = visit_each(
        [](const auto& a) {
            if constexpr (requires { a.operation; }) return a.operation;
            return OperationId{};
        },
        action);
    const auto slot = engine.roster().find(asked);
    if (!slot) return false;
    const auto& operations = engine.roster().at(*slot).operations;
    return std::any_of(operations.begin(), operations.end(),
                       [&](const Operation& o) { return o.id == asked; });
}

void Center::log_in_instead(const Action& action) {
    if (const auto place = logged_in_by(action)) log_in(place->agent, place->channel);
}

void Center::asked(const Actions& actions, Time now) {
    for (const Action& action : actions) {
        if (const auto* query = as<QueryAgent>(action)) found_.erase({query->agent, Channel::voice});
        if (const auto place = logged_in_by(action)) found_.erase(*place);
        const auto place = logged_out_by(action);
        if (!place) continue;
        leaving_[*place].push_back(now);
        if (found_.contains(*place) && !broken_)
            broken_ = "R-DEC-48: " + place->agent.name + " was in " + std::string(name(place->channel)) +
                      " before and is logged out by a log-on that failed";
    }
}

std::optional<Time> Center::arrived(const Action& action) {
    const auto place = logged_out_by(action);
    const auto on_its_way = place ? leaving_.find(*place) : leaving_.end();
    if (on_its_way == leaving_.end()) return std::nullopt;
    const Time sent = on_its_way->second.front();
    on_its_way->second.pop_front();
    if (on_its_way->second.empty()) leaving_.erase(on_its_way);
    return sent;
}

void Center::out(const Place& place) {
    in_.erase(place);
    found_.erase(place);
}

Failure Center::carry_out(const Action& action) {
    arrived(action);
    if (const auto place = logged_in_by(action)) {
        const bool medium = place->channel != Channel::voice;
        if (in_.contains(*place)) return medium ? Failure::already_in_medium : Failure::already_logged_on;
        in_[*place] = By::engine;
    } else if (const auto leaves = logged_out_by(action)) {
        if (!in_.contains(*leaves)) return Failure::other;
        out(*leaves);
    }
    return Failure::none;
}

void Center::refuse(const Engine& engine, const Action& action) {
    arrived(action);
    const auto* logout = as<Logout>(action);
    const bool to_be_forced = logout && !logout->forced && is_waited_for(engine, action);  // R-DEC-11
    if (!to_be_forced) keep(action);
}

void Center::ignore(const Action& action) {
    arrived(action);
    keep(action);
}

/// Whom the contact center does not let go is not the engine's to answer for.
void Center::keep(const Action& action) {
    const auto place = logged_out_by(action);
    if (place && in_.contains(*place)) in_[*place] = By::other;
}

void Center::lose(const Action& action, Time now) {
    const auto sent = arrived(action);
    if (sent && now - *sent >= std::chrono::minutes{1}) keep(action);
}

void Center::found(const Engine& engine, const Action& action) {
    const auto* query = as<QueryAgent>(action);
    const auto place = query ? Place{query->agent, Channel::voice} : logged_in_by(action);
    const auto slot = place ? engine.roster().find(place->agent) : std::nullopt;
    if (!slot) return;
    const Agent& agent = engine.roster().at(*slot);
    const bool resync = query && agent.phase == Phase::logged_in;
    if (is_waited_for(engine, action) && !resync) found_.insert(*place);
}

void Center::told(const Event& event) {
    const auto* state = std::get_if<AgentState>(&event);
    if (state && state->state == MediumState::logged_out) out({state->agent, state->channel});
}

std::optional<std::string> Center::breach(const Engine& engine) {
    if (broken_) return broken_;
    for (auto& [place, by] : in_) {
        const auto slot = engine.roster().find(place.agent);
        const Agent* agent = slot ? &engine.roster().at(*slot) : nullptr;
        if (agent && agent->phase == Phase::logged_in && agent->media[place.channel].logged_in()) {
            if (!agent->shadow) {  // R-LOGIN-9: a shadow stays where it was before
                by = By::engine;
                found_.erase(place);
            }
        }
        if (by == By::other || leaving_.contains(place)) continue;
        const bool voice = place.channel == Channel::voice;
        const auto asked = [&, channel = place.channel](Purpose purpose) {
            return agent->under_way(purpose, channel);
        };
        const bool known = agent && (agent->media[place.channel].logged_in() ||
                                     asked(voice ? Purpose::login : Purpose::medium));
        // that the link took its log-out the record learns in its turn
        const bool will_know = agent && engine.errands().of(*slot).has(Errand::link_lost) &&
                               asked(voice ? Purpose::logout : Purpose::logout_medium);
        if (known || will_know) continue;
        broken_ = "R-HA-9: " + place.agent.name + " stays logged in in " + std::string(name(place.channel)) +
                  (agent ? ", and its record does not know" : "");
        break;
    }
    return broken_;
}

std::string Center::print() const {
    std::string text;
    for (const auto& [place, by] : in_) {
        text += place.agent.name + '/' + std::string(name(place.channel)) + (by == By::other ? '*' : ' ') +
                (found_.contains(place) ? 'f' : ' ');
    }
    return text;
}

}  // namespace cticonnector::engine::testing
