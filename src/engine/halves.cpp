// Between the half of the engine that has the items while they wait for an agent and the one that has the
// agents: a record belongs to one of them at a time (R-CLU-74). Mostly both are in one engine.

#include "rules.hpp"

namespace cticonnector::engine {

void pass_on(Turn& t, ItemHandedOver handed) {
    if (t.state.halves.agents) return on(t, std::move(handed));
    t.act(std::move(handed));
}

void pass_on(Turn& t, ItemReturned returned) {
    if (t.state.halves.router) return on(t, std::move(returned));
    if (!returned.found && !returned.withdrawn) {  // what only the agents' half has known
        const Item* item = returned.item ? &*returned.item : nullptr;
        t.state.items.forget(item ? item->id : returned.id, item ? item->external_id : returned.external_id);
    }
    t.act(std::move(returned));
}

}  // namespace cticonnector::engine
