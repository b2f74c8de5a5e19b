// The three ends (R-CLU-77). They are the turns over everybody; nothing is served behind them.

#include "rules.hpp"

namespace cticonnector::engine {

namespace {

void refuse_what_waits(Turn& t, Agent& a, TextId why) {
    std::vector<Operation> open;
    open.swap(a.operations);
    for (const Operation& o : open) t.fault(o.request, Fault::unavailable, {why});
    if (a.login) t.fault(a.login->subscribe.request, Fault::unavailable, {why});
    if (a.next_login) t.fault(a.next_login->subscribe.request, Fault::unavailable, {why});
}

void leave_all(Turn& t, TextId why, bool tell) {
    for (Slot slot : t.state.roster.slots()) {
        Agent& a = t.agent(slot);
        refuse_what_waits(t, a, why);
        if (a.subscribed()) t.act(EndSubscription{a.subscription, EndReason::shutting_down, tell});
        t.state.roster.erase(slot);
    }
}

/// As if it had never been.
void forget_all(Turn& t, End end) {
    for (const Slot slot : t.state.roster.slots()) t.state.roster.erase(slot);
    t.state.items.clear();
    t.state.errands = {};
    t.state.link_grace.reset();
    t.state.restoring.reset();
    t.state.records_wait_since.reset();
    t.state.end = end;
}

}  // namespace

void on(Turn& t, const Shutdown&) {
    t.state.end = End::shutdown;
    leave_all(t, TextId::shutting_down, true);
}

void on(Turn& t, const Release&) {
    leave_all(t, TextId::moving_on, false);
    for (const auto& [id, item] : t.state.items.all()) {
        if (item->state == ItemState::storing)
            t.fault(item->route().request, Fault::unavailable, {TextId::moving_on});
    }
    forget_all(t, End::released);
}

void on(Turn& t, const Abandon&) { forget_all(t, End::abandoned); }

}  // namespace cticonnector::engine
