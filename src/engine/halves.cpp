// Between the half of the engine that has the items while they wait for an agent and the one that has the
// agents: a record belongs to one of them at a time (R-CLU-74). Mostly both are in one engine; what passes is
// delivered when the rule at hand is over, then, too.

#include <utility>

#include "rules.hpp"

namespace cticonnector::engine {

void pass_on(Turn& t, ItemHandedOver&& handed) {
    if (t.state.halves.agents) return void(t.state.passed.emplace_back(std::move(handed)));
    t.act(std::move(handed));
}

void pass_on(Turn& t, ItemReturned&& returned) {
    if (t.state.halves.router) return void(t.state.passed.emplace_back(std::move(returned)));
    // what only the agents' half has known
    if (const auto* back = std::get_if<BackToRouting>(&returned.what))
        t.state.items.forget(returned.id, back->item->external_id);
    if (const auto* gone = std::get_if<Gone>(&returned.what))
        t.state.items.forget(returned.id, gone->external_id);
    t.act(std::move(returned));
}

void deliver(Turn& t) {
    auto& passed = t.state.passed;
    for (std::size_t at = 0; at < passed.size(); ++at) {  // more may come meanwhile
        HalfAction next = std::move(passed[at]);
        std::visit([&](auto& value) { received(t, std::move(value)); }, next);
    }
    passed.clear();
}

void on(Turn& t, const ItemHandedOver& e) { received(t, ItemHandedOver(e)); }
void on(Turn& t, const ItemReturned& e) { received(t, ItemReturned(e)); }

}  // namespace cticonnector::engine
