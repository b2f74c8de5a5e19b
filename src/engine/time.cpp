// What happens because nothing happened.

#include <algorithm>
#include <utility>

#include "rules.hpp"

namespace cticonnector::engine {

namespace {

bool due(const std::optional<Time>& when, Time now) { return when && *when <= now; }

void session_due(Turn& t, Slot slot, Session& s) {
    const Due due = *std::exchange(s.due, std::nullopt);
    switch (due.why) {
        case DueFor::no_answer: return no_answer(t, slot, s);
        case DueFor::owed_end: return t.settle(slot, s);  // the CRM is slow: END_TASK must not wait longer
        case DueFor::next_state: return call_over(t, slot, s);
        case DueFor::wrapup_end:
            if (s.channel == Channel::chat) return chat_wrapup_over(t, slot, s);
            if (t.link_up) return leave_wrapup(t, slot, s.key, {});  // AppPhoneWrapupSeconds (R-WRAP-6)
            s.due = Due{t.now + t.settings.phone_wrapup, DueFor::wrapup_end};  // nobody can be asked now
            return;
    }
}

}  // namespace

void expire(Turn& t, Slot slot) {
    Agent& a = t.agent(slot);
    if (a.login && a.login->deadline <= t.now) {
        return fail_login(t, slot, Fault::unavailable, {TextId::log_on_unanswered});
    }
    if (due(a.crm_grace, t.now)) {
        return log_out(t, slot, {.end = EndReason::crm_session_lost});
    }
    if (a.next_login && a.next_login->deadline <= t.now) next_login_overdue(t, slot);
    std::vector<Operation> late;
    std::erase_if(a.operations, [&](const Operation& o) {
        if (o.deadline > t.now) return false;
        late.push_back(o);
        return true;
    });
    for (const Operation& o : late) unanswered(t, slot, o);
    std::vector<ItemKey> keys;
    for (const Session& s : a.sessions) {
        if (s.due && s.due->time <= t.now) keys.push_back(s.key);
    }
    for (const ItemKey& key : keys) {
        if (Session* s = a.session(key); s && s->due && s->due->time <= t.now) session_due(t, slot, *s);
    }
    for (Channel c : channels) {
        Medium& m = a.media[c];
        if (!due(m.task_awaited_to, t.now)) continue;
        m.step(NotReadyStep::task_arrived);
        t.later(Errand::not_ready, slot);
    }
    if (std::ranges::any_of(a.waiting, [&](const WaitingOffer& w) { return w.until <= t.now; }))
        t.later(Errand::waiting_offers, slot);
}

void expire_link(Turn& t) {
    if (!due(t.state.link_grace, t.now)) return;
    t.state.link_grace.reset();
    t.state.roster.each([&](Slot slot) { t.state.errands.add(slot, Errand::grace_over); });
}

}  // namespace cticonnector::engine
