#include "printed.hpp"

namespace cticonnector::engine::testing {

void Printer::put_id(std::string_view kind, std::string id, bool none) {
    if (!canonical_ || none) {
        text_ += none ? "-" : id;
        return;
    }
    const auto at = std::find_if(ids_.begin(), ids_.end(),
                                 [&](const Known& known) { return known.kind == kind && known.id == id; });
    const auto earlier = std::count_if(ids_.begin(), at, [&](const Known& k) { return k.kind == kind; });
    if (at == ids_.end()) ids_.push_back({kind, std::move(id)});
    text_ += '#' + std::to_string(earlier);
}

void Printer::put_time(const Time& time) {
    if (!canonical_) {
        text_ += std::to_string(time.time_since_epoch().count());
        return;
    }
    times_.emplace_back(text_.size(), time);
    text_ += '-';
}

std::string Printer::take_ranked(Time now) {
    std::vector<Time> ahead;
    for (const auto& [at, time] : times_) {
        if (time > now) ahead.push_back(time);
    }
    std::sort(ahead.begin(), ahead.end());
    ahead.erase(std::unique(ahead.begin(), ahead.end()), ahead.end());
    for (const auto& [at, time] : times_) {
        if (time > now)
            text_[at] =
                static_cast<char>('A' + (std::lower_bound(ahead.begin(), ahead.end(), time) - ahead.begin()));
    }
    return take();
}

std::string printed(const Actions& actions) {
    std::string text;
    for (const Action& action : actions) text += printed(action) + '\n';
    return text;
}

std::vector<Item> calls_of(const Agent& agent) {
    std::vector<Item> calls;
    for (const ItemPtr& item : agent.items) {
        if (item->is_call() && item->legs().placed() && item->legs().live()) calls.push_back(*item);
    }
    return calls;
}

std::string canonical(const Engine& engine, Time now) {
    std::vector<Agent> agents;
    Printer printer(Printer::Form::canonical);
    for (const Roster::Slot slot : engine.roster().slots()) {
        Agent& a = agents.emplace_back(engine.roster().at(slot));
        const bool may_come_back =
            engine.settings().auto_ready_after_reject && a.not_ready_by == NotReadyBy::reject;
        std::stable_partition(a.items.begin(), a.items.end(),
                              [](const ItemPtr& item) { return item->is_call(); });
        for (ItemPtr& item : a.items) {  // nor does what a call has been
            if (item->is_call() && !item->legs().live())
                item->work = Legs{.id = item->legs().id, .line = LineState::ended};
        }
        for (std::size_t i = 0; i < errand_count; ++i)
            printer.put(engine.errands().of(slot).has(static_cast<Errand>(i)));
        if (!may_come_back || !a.session(a.refused)) a.refused = {};  // decides nothing any more
    }
    printer.put(engine.next_deadline());
    printer.put(engine.link_up({}));
    printer.put(engine.router_up({}));
    for (const Agent& agent : agents) printer.put(agent);
    for (const auto& [id, item] : engine.items().all()) printer.put(item);
    return printer.take_ranked(now);
}

}  // namespace cticonnector::engine::testing
