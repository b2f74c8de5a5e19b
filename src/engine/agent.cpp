#include "cticonnector/engine/agent.hpp"

#include <algorithm>
#include <limits>
#include <sstream>
#include <utility>

#include "cticonnector/engine/work_center.hpp"

namespace cticonnector::engine {

namespace {

template <class Range, class Match>
auto* find_in(Range& range, Match match) {
    const auto at = std::find_if(range.begin(), range.end(), match);
    return at == range.end() ? nullptr : &*at;
}

template <class Range, class Match>
int count_in(const Range& range, Match match) {
    return static_cast<int>(std::count_if(range.begin(), range.end(), match));
}

/// A not-ready reason as a work mode; one that would be a standard work mode is plain not ready (R-STATE-2).
int shown_reason(int reason, const Settings& settings) {
    const std::int64_t workmode = std::int64_t{settings.not_ready_offset} + reason;
    const bool own = workmode > last_standard_workmode && workmode <= std::numeric_limits<int>::max();
    return reason > 0 && own ? static_cast<int>(workmode) : plain_not_ready;
}

bool is_working(MediumState state) {
    return state == MediumState::active || state == MediumState::paused || state == MediumState::interrupted;
}

}  // namespace

Limit Agent::item_maximum() const { return profile->item_maximum(!in(Channel::voice) && !in(Channel::chat)); }

int Agent::taken_sessions() const {
    return count_in(sessions, [](const Session& s) { return s.placement == Placement::own; });
}

int Agent::sessions_of(Channel channel) const {
    return count_in(sessions, [&](const Session& s) { return s.channel == channel; });
}

int Agent::work_of(Channel channel) const {
    return count_in(sessions, [&](const Session& s) { return s.channel == channel && is_work(s.state); });
}

int Agent::active_items() const {
    return count_in(sessions,
                    [](const Session& s) { return is_work(s.state) && s.state != SessionState::alerting; });
}

int Agent::voice_active() const {
    return count_in(items, [](const ItemPtr& item) {
        return item->is_call() && item->legs().placed() &&
               (item->legs().line == LineState::connected || item->legs().line == LineState::held ||
                item->legs().line == LineState::dialling);
    });
}

int Agent::open_tasks(Channel channel) const {
    if (channel == Channel::voice) return 0;
    return count_in(items,
                    [&](const ItemPtr& i) { return i->channel == channel && i->task().id != no_task; });
}

bool Agent::ready_afterwards(Channel channel) const {
    return media[channel].base == MediumState::ready || (channel == Channel::voice && ready_after_call);
}

bool Agent::in_any_medium() const {
    return std::any_of(channels.begin(), channels.end(),
                       [&](Channel c) { return in(c) && media[c].logged_in(); });
}

bool Agent::adopted() const {
    return std::any_of(channels.begin(), channels.end(), [&](Channel c) { return media[c].found; });
}

bool Agent::under_way(Purpose purpose, Channel channel) const {
    return std::any_of(operations.begin(), operations.end(),
                       [&](const Operation& o) { return o.purpose == purpose && o.channel == channel; });
}

void Agent::count_reject(Refusal why) {
    if (why == Refusal::A0) ++a0_rejects;
    if (why == Refusal::A1) ++a1_rejects;
}

bool Agent::telephoning() const {
    return std::any_of(operations.begin(), operations.end(), [](const Operation& o) {
        return o.request && kind_of(o.purpose) == PurposeKind::telephony;
    });
}

bool Agent::in_progress(const Session& session, Capability wanted) const {
    const bool hang_up = wanted == Capability::drop;
    if (session.channel == Channel::voice && wanted == Capability::accept && telephoning()) return true;
    return std::any_of(operations.begin(), operations.end(), [&](const Operation& o) {
        return o.request && o.item == session.key && (!hang_up || o.purpose == Purpose::clear);
    });
}

int Agent::manual(Time now) const {
    return std::max(manual_sessions, now < hidden_until ? hidden_sessions : 0);
}

const Item* Agent::item(ItemId wanted) const {
    const auto* found = find_in(items, [&](const ItemPtr& i) { return i->id == wanted; });
    return found ? &**found : nullptr;
}
Item* Agent::item(ItemId wanted) { return const_cast<Item*>(std::as_const(*this).item(wanted)); }
Item* Agent::item(const TaskId& wanted) {
    if (wanted == no_task) return nullptr;
    auto* found = find_in(items, [&](const ItemPtr& i) { return !i->is_call() && i->task().id == wanted; });
    return found ? &**found : nullptr;
}
Item* Agent::call(const CallId& wanted) {
    if (is_none(wanted)) return nullptr;
    auto* found = find_in(
        items, [&](const ItemPtr& i) { return i->is_call() && i->legs().id == wanted && i->legs().live(); });
    return found ? &**found : nullptr;
}

Session* Agent::session(const ItemKey& key) {
    return const_cast<Session*>(std::as_const(*this).session(key));
}
const Session* Agent::session(const ItemKey& key) const {
    return key.value.empty() ? nullptr : find_in(sessions, [&](const Session& s) { return s.key == key; });
}
Session* Agent::session(const CallId& wanted) {
    if (is_none(wanted)) return nullptr;
    const auto has_it = [&](const Session& s) {
        return s.channel == Channel::voice && item(s.item)->legs().id == wanted;
    };
    Session* working = find_in(sessions, [&](const Session& s) { return has_it(s) && is_work(s.state); });
    return working ? working : find_in(sessions, has_it);
}
Session* Agent::session(const TaskId& wanted) {
    const Item* with = item(wanted);
    return with ? session_of(with->id) : nullptr;
}
Session* Agent::session_of(ItemId wanted) {
    return find_in(sessions, [&](const Session& s) { return s.item == wanted; });
}

OfferFacts Agent::facts(Channel channel, Time now, bool count_closing) const {
    OfferFacts f;
    f.channel = channel;
    const bool on_or_coming = phase == Phase::logged_in || phase == Phase::logging_in;
    f.logged_in = on_or_coming && in(channel) && media[channel].logged_in();
    f.crm_alive = crm == CrmHealth::alive;
    f.voice_active = voice_active();
    for (const Session& s : sessions) {
        const bool work = is_work(s.state);
        const bool here = s.channel == channel;
        if (work && s.state != SessionState::alerting) ++f.items_active;
        if (work && here) ++f.channel_work;
        if (!work && !count_closing) continue;
        if (here) ++f.channel_sessions;
        if (s.placement == Placement::own) ++f.all_sessions;
    }
    f.channel_limit = limits[channel];
    f.channel_buffer = profile->buffer(channel, limits[channel]);
    f.manual_sessions = manual(now);
    f.item_max = item_maximum();
    f.calls_when_full = profile->calls_when_full;
    f.http_budget = profile->http_budget;
    f.check_media_by_direct_call = profile->check_media_by_direct_call;
    return f;
}

/// R-DEC-32: one work mode for all media, computed from what the contact center last confirmed.
ShownState Agent::shown(const Settings& settings) const {
    if (phase != Phase::logged_in) return {};
    int not_ready_reason = -1;
    int held_reason = -1;  // also behind a wrap-up
    bool wrapup = false;
    bool busy = false;
    bool reserved = false;
    for (Channel c : channels) {
        const Medium& m = media[c];
        if (!in(c) || !m.logged_in()) continue;
        const bool in_wrapup = m.state == MediumState::work_ready ||
                               (c == Channel::voice && m.state == MediumState::work_not_ready);
        const bool ready = ready_afterwards(c) && m.routable == Routable::yes;
        if (!ready && held_reason < 0) held_reason = m.reason;
        if (!ready && !in_wrapup && not_ready_reason < 0) not_ready_reason = m.reason;
        wrapup = wrapup || in_wrapup;
        busy = busy || is_working(m.state);
        reserved = reserved || m.state == MediumState::reserved;
    }
    ShownState found;
    found.readiness = {held_reason < 0, std::max(held_reason, 0)};
    if (stale && not_ready_reason < 0) not_ready_reason = 0;
    const bool not_ready = not_ready_reason >= 0;
    found.workmode = not_ready ? shown_reason(not_ready_reason, settings) : (wrapup ? 4 : 2);
    found.status = busy        ? UserStatus::busy
                   : wrapup    ? UserStatus::wrapup
                   : reserved  ? UserStatus::reserved
                   : not_ready ? UserStatus::not_ready
                               : UserStatus::ready;
    return found;
}

UserView Agent::view(const ShownState& now) const {
    UserView v;
    v.user_name = user_name;
    v.agent = id;
    v.device = device;
    for (Channel c : channels) v.limits[c] = limits[c].value;
    v.workmode = now.workmode;
    v.status = now.status;
    v.logged_on = phase == Phase::logged_in;
    v.contact_center_lost = v.logged_on && stale;
    return v;
}

std::optional<Time> Agent::next_deadline() const {
    std::optional<Time> next;
    const auto consider = [&](const std::optional<Time>& t) {
        if (t && (!next || *t < *next)) next = t;
    };
    consider(crm_grace);
    if (login) consider(login->deadline);
    if (next_login) consider(next_login->deadline);
    for (const Session& s : sessions) {
        if (s.due) consider(s.due->time);
    }
    for (const WaitingOffer& w : waiting) consider(w.until);
    for (const Operation& o : operations) consider(o.deadline);
    for (Channel c : channels) consider(media[c].task_awaited_to);
    return next;
}

Capabilities capabilities(Channel channel, SessionState state) {
    using C = Capability;
    constexpr auto sum = [](auto... c) {
        return static_cast<Capabilities>((0 | ... | static_cast<unsigned>(c)));
    };
    constexpr Capabilities alerting = sum(C::accept, C::reject, C::reroute);
    struct Row {
        SessionState state;
        PerChannel<Capabilities> may;
    };
    static constexpr std::array rows{
        Row{SessionState::alerting, {{alerting, alerting, alerting}}},
        Row{SessionState::dialling, {{sum(C::drop), 0, 0}}},
        Row{SessionState::active,
            {{sum(C::drop, C::set_attached_data, C::wrapup_required),
              sum(C::complete, C::forward, C::reroute, C::set_attached_data),
              sum(C::forward, C::reroute, C::set_attached_data, C::wrapup_required)}}},
        Row{SessionState::held, {{sum(C::drop), 0, 0}}},
        Row{SessionState::wrapup,
            {{sum(C::wrapup_ended, C::set_attached_data), 0, sum(C::wrapup_ended, C::set_attached_data)}}},
    };
    for (const Row& row : rows) {
        if (row.state == state) return row.may[channel];
    }
    return 0;  // paused, interrupted, closing: nothing
}

ItemView view(const Agent& agent, const Item& item, const Session& session) {
    struct Row {
        SessionState state;
        Processing processing;
        LineState line;
    };
    static constexpr std::array rows{
        Row{SessionState::dialling, Processing::accepted, LineState::dialling},
        Row{SessionState::alerting, Processing::alerting, LineState::alerting},
        Row{SessionState::active, Processing::accepted, LineState::connected},
        Row{SessionState::held, Processing::accepted, LineState::held},
        Row{SessionState::paused, Processing::accepted, LineState::connected},
        Row{SessionState::interrupted, Processing::accepted, LineState::connected},
        Row{SessionState::wrapup, Processing::wrapup, LineState::ended},
    };
    ItemView v;
    v.key = session.key;
    v.channel = session.channel;
    if (item.end) v.processing = item.end->processing;
    if (item.end) v.line = item.end->line;
    for (const Row& row : rows) {
        if (row.state == session.state) {
            v.processing = row.processing;
            v.line = row.line;
        }
    }
    v.placement = session.placement;
    v.capabilities = capabilities(session.channel, session.state);
    v.external_id = item.external_id;
    v.agent = agent.id;
    v.user_name = agent.user_name;
    v.info = item.shown();
    return v;
}

std::string describe(const Agent& agent) {
    std::ostringstream out;
    out << name(agent.phase) << " manual " << agent.manual_sessions << " hidden " << agent.hidden_sessions;
    for (Channel c : channels) {
        if (!agent.in(c)) continue;
        const Medium& m = agent.media[c];
        out << " | " << name(c) << ' ' << agent.limits[c].value << '+'
            << agent.profile->buffer(c, agent.limits[c]) << ' ' << name(m.state)
            << (m.routable == Routable::yes ? "" : " not_routable");
    }
    for (const Session& s : agent.sessions) {
        out << " | " << s.key.value << ' ' << name(s.state) << ' ' << name(s.part);
    }
    for (const ItemPtr& item : agent.items) {
        if (item->is_call())
            out << " | call " << item->key.value << " showing " << name(item->legs().showing);
    }
    return out.str();
}

}  // namespace cticonnector::engine
