// The CRM's end of a subscription: does it take our events,
// and when is an item's last one answered (R-DEC-15, 18)?

#include <algorithm>
#include <utility>

#include "rules.hpp"

namespace cticonnector::engine {

void on(Turn& t, const DeliveryFailed& e) {
    const auto slot = t.state.roster.find(e.subscription);
    if (slot && t.agent(*slot).crm == CrmHealth::alive) t.agent(*slot).crm = CrmHealth::failing;
}

void on(Turn& t, const DeliveryRestored& e) {
    if (const auto slot = t.state.roster.find(e.subscription)) crm_back(t, *slot);
}

void crm_back(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    a.crm = CrmHealth::alive;
    a.crm_grace.reset();
    if (a.phase == Phase::logged_in && a.not_ready_by == NotReadyBy::crm_gone && t.link_up)
        make_ready(t, slot, {Why::crm_back, Origin::connector, {}});
}

void on(Turn& t, const SubscriptionLost& e) {
    const auto slot = t.state.roster.find(e.subscription);
    if (!slot) return;
    Agent& a = t.agent(*slot);
    Note note = t.note_about(*slot, What::crm_subscription_lost);
    note.text = as_told(e.why);
    t.act(std::move(note));
    if (e.final) {
        return log_out(t, *slot, {.end = EndReason::crm_session_lost, .tell = false});
    }
    if (a.crm == CrmHealth::lost) return;
    a.crm = CrmHealth::lost;
    a.crm_grace = t.now + t.settings.crm_grace;
    if (a.phase != Phase::logged_in) return;
    std::vector<ItemKey> alerting;
    for (const Session& s : a.sessions) {
        if (s.state == SessionState::alerting && s.channel != Channel::voice) alerting.push_back(s.key);
    }
    for (const ItemKey& key : alerting) {  // routed elsewhere; not a try, the agent never saw it
        Session* s = a.session(key);
        if (s) {
            t.close(*slot, *s, Processing::rerouted, LineState::ended,
                    OwedEnd{TaskEnd::given_back, RouteReason::REJECT, false}, Origin::connector);
        }
    }
    make_not_ready(t, *slot, 0, {Why::crm_gone, Origin::connector, {}});
}

void on(Turn& t, const LastEventAnswered& e) {
    const auto slot = t.state.roster.find(e.subscription);
    if (!slot) return;
    const Session* s = t.agent(*slot).session(e.item);
    if (s && s->state == SessionState::closing) t.release(*slot, e.item);
}

void on(Turn& t, const ManualSessions& e) {
    const auto slot = t.state.roster.find(e.user);
    if (!slot) return;
    t.agent(*slot).manual_sessions = std::max(0, e.count);
    t.agent(*slot).hidden_sessions = 0;  // R-DEC-16: the desktop knows
}

}  // namespace cticonnector::engine
