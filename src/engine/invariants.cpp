#include "cticonnector/engine/invariants.hpp"

#include <algorithm>

#include "cticonnector/engine/work_center.hpp"

namespace cticonnector::engine {

namespace {

std::string over(std::string what, int have, int limit) {
    return std::move(what) + ": " + std::to_string(have) + " of " + std::to_string(limit);
}

std::optional<std::string> over_limit(const Agent& a) {
    for (Channel c : channels) {
        const int limit = a.limits[c].value + a.profile->buffer(c, a.limits[c]);
        if (a.sessions_of(c) > limit)
            return over("1. sessions of " + std::string(name(c)), a.sessions_of(c), limit);
    }
    const int all = a.taken_sessions();
    const int most = a.item_maximum().value;
    if (all > most) return over("2. all sessions", all, most);
    return std::nullopt;
}

std::optional<std::string> shared_item(const Agent& a) {
    for (auto one = a.sessions.begin(); one != a.sessions.end(); ++one) {
        for (auto other = one + 1; other != a.sessions.end(); ++other) {
            if (one->key == other->key || (one->item != ItemId{} && one->item == other->item))
                return "3. one item in two sessions: " + one->key.value;
        }
        const Item* item = a.item(one->item);
        const bool known = item && item->key == one->key && item->channel == one->channel;
        if (!known && (item || is_work(one->state)))
            return "3. a session without its item: " + one->key.value;
        if (is_work(one->state) && !item->is_call() && item->task().owed)
            return "4. a session in work owes its end: " + one->key.value;
    }
    return std::nullopt;
}

std::optional<std::string> two_active_calls(const Agent& a) {
    const auto active = std::count_if(a.sessions.begin(), a.sessions.end(), [](const Session& s) {
        const bool ended = s.due && s.due->why == DueFor::next_state;
        return s.channel == Channel::voice && s.state == SessionState::active && !ended;
    });
    if (active > 1) return over("5. active voice calls", static_cast<int>(active), 1);
    return std::nullopt;
}

std::optional<std::string> wrong_workmode(const Agent& a, const Settings& settings) {
    if (a.phase != Phase::logged_in || a.subscription == SubscriptionId{} || !a.told) return std::nullopt;
    const int now = a.shown(settings).workmode;
    if (a.told->workmode != now) return over("6. work mode told to the CRM", a.told->workmode, now);
    return std::nullopt;
}

}  // namespace

std::optional<std::string> broken_invariant(const Agent& agent, const Settings& settings) {
    if (auto found = over_limit(agent)) return found;
    if (auto found = shared_item(agent)) return found;
    if (auto found = two_active_calls(agent)) return found;
    return wrong_workmode(agent, settings);
}

}  // namespace cticonnector::engine
