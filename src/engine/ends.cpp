// The three ends (R-CLU-77): nothing is left here afterwards. They are the turns over everybody; nothing is
// served behind them.

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
    t.state.stopping = true;
    for (Slot slot : t.state.roster.slots()) {
        Agent& a = t.agent(slot);
        refuse_what_waits(t, a, why);
        if (a.subscribed()) t.act(EndSubscription{a.subscription, EndReason::shutting_down, tell});
        t.state.roster.erase(slot);
    }
}

}  // namespace

void on(Turn& t, const Shutdown&) { leave_all(t, TextId::shutting_down, true); }

void on(Turn& t, const Release&) {
    leave_all(t, TextId::moving_on, false);
    for (const auto& [id, item] : t.state.items.all()) {
        if (item->state == ItemState::storing)
            t.fault(item->task().routing.request, Fault::unavailable, {TextId::moving_on});
    }
    t.state.items.clear();
}

void on(Turn& t, const Abandon&) {
    t.state.stopping = true;
    for (const Slot slot : t.state.roster.slots()) t.state.roster.erase(slot);
    t.state.items.clear();
}

}  // namespace cticonnector::engine
