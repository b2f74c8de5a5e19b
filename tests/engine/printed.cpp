#include "printed.hpp"

namespace cticonnector::engine::testing {

void Printer::put_id(std::string_view kind, std::string id, bool none) {
    if (!canonical_ || none) {
        text_ += none ? "-" : id;
        return;
    }
    auto at = ids_.find(kind);
    if (at == ids_.end()) at = ids_.emplace(std::string(kind), std::map<std::string, std::size_t>{}).first;
    text_ += '#' + std::to_string(at->second.emplace(std::move(id), at->second.size()).first->second);
}

void Printer::put_time(const Time& time) {
    if (!canonical_) {
        text_ += std::to_string(time.time_since_epoch().count());
        return;
    }
    times_.insert(time);
    const auto rank = ranks_.find(time);
    text_ += '@' + (rank == ranks_.end() ? "past" : std::to_string(rank->second));
}

std::string printed(const Actions& actions) {
    std::string text;
    for (const Action& action : actions) text += printed(action) + '\n';
    return text;
}

std::string canonical(const Engine& engine, Time now) {
    const auto print = [&](Printer& printer) {
        printer.put(engine.next_deadline());
        printer.put(engine.link_up());
        printer.put(engine.router_up());
        for (const Roster::Slot slot : engine.roster().slots()) printer.put(engine.roster().at(slot));
        for (const auto& [id, item] : engine.items().all()) printer.put(item);
    };
    Printer collect(Printer::Form::canonical);
    print(collect);
    Printer ranked(Printer::Form::canonical);
    ranked.rank(collect.times(), now);
    print(ranked);
    return ranked.take();
}

}  // namespace cticonnector::engine::testing
