#include "cticonnector/engine/invariants.hpp"

#include <algorithm>

#include "cticonnector/engine/work_center.hpp"

namespace cticonnector::engine {

namespace {

Phrase over(TextId what, int have, int limit) {
    return {what, {std::to_string(have), std::to_string(limit)}};
}

std::optional<Phrase> over_limit(const Agent& a) {
    for (Channel c : channels) {
        const int limit = a.limits[c].value + a.profile->buffer(c, a.limits[c]);
        if (a.sessions_of(c) > limit)
            return Phrase{TextId::channel_over_limit,
                          {std::string(name(c)), std::to_string(a.sessions_of(c)), std::to_string(limit)}};
    }
    const int all = a.taken_sessions();
    const int most = a.item_maximum().value;
    if (all > most) return over(TextId::sessions_over_limit, all, most);
    return std::nullopt;
}

std::optional<Phrase> shared_item(const Agent& a) {
    for (auto one = a.sessions.begin(); one != a.sessions.end(); ++one) {
        for (auto other = one + 1; other != a.sessions.end(); ++other) {
            if (one->key == other->key || (one->item != ItemId{} && one->item == other->item))
                return Phrase{TextId::item_in_two_sessions, {one->key.value}};
        }
        const Item* item = a.item(one->item);
        const bool known = item && item->key == one->key && item->channel == one->channel;
        if (!known && (item || is_work(one->state)))
            return Phrase{TextId::session_without_item, {one->key.value}};
        if (is_work(one->state) && !item->is_call() && item->task().owed)
            return Phrase{TextId::work_owes_end, {one->key.value}};
    }
    return std::nullopt;
}

std::optional<Phrase> two_active_calls(const Agent& a) {
    const auto active = std::count_if(a.sessions.begin(), a.sessions.end(), [](const Session& s) {
        const bool ended = s.due && s.due->why == DueFor::next_state;
        return s.channel == Channel::voice && s.state == SessionState::active && !ended;
    });
    if (active > 1) return Phrase{TextId::two_active_calls, {std::to_string(active)}};
    return std::nullopt;
}

std::optional<Phrase> wrong_workmode(const Agent& a, const Settings& settings) {
    if (a.phase != Phase::logged_in || a.subscription == SubscriptionId{} || !a.told) return std::nullopt;
    const int now = a.shown(settings).workmode;
    if (a.told->workmode != now) return over(TextId::wrong_workmode, a.told->workmode, now);
    return std::nullopt;
}

}  // namespace

std::optional<Phrase> broken_invariant(const Agent& agent, const Settings& settings) {
    if (auto found = over_limit(agent)) return found;
    if (auto found = shared_item(agent)) return found;
    if (auto found = two_active_calls(agent)) return found;
    return wrong_workmode(agent, settings);
}

}  // namespace cticonnector::engine
