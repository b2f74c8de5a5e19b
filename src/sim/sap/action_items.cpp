#include "action_items.hpp"

#include <algorithm>
#include <utility>

#include "cticonnector/protocol/ici/codes.hpp"

namespace cticonnector::sim::sap {

std::string numbered(std::string_view pattern, std::size_t number) {
    std::string out;
    while (!pattern.empty()) {
        const auto percent = std::min(pattern.find('%'), pattern.size());
        out += pattern.substr(0, percent);
        pattern.remove_prefix(percent);
        if (pattern.empty()) break;
        const auto end = std::min(pattern.find_first_not_of("0123456789", 1), pattern.size());
        if (end == pattern.size() || pattern[end] != 'd') {
            out += '%';
            pattern.remove_prefix(1);
            continue;
        }
        std::size_t width = 0;
        for (const char digit : pattern.substr(1, end - 1))
            width = std::min<std::size_t>(width * 10 + static_cast<std::size_t>(digit - '0'), 32);
        const std::string digits = std::to_string(number);
        if (digits.size() < width) out.append(width - digits.size(), '0');
        out += digits;
        pattern.remove_prefix(end + 1);
    }
    return out;
}

Time ActionItems::Running::due() const {
    if (batch.per_second <= 0) return start;
    const std::chrono::duration<double> after(static_cast<double>(sent) / batch.per_second);
    return start + std::chrono::duration_cast<Time::duration>(after);
}

void ActionItems::add(Batch batch, Time now) {
    open_ += batch.count;
    if (batch.count > 0) running_.push_back({std::move(batch), now});
}

std::vector<ici::RequestMessage> ActionItems::take(Time now) {
    std::vector<ici::RequestMessage> requests;
    for (Running& running : running_)
        while (running.sent < running.batch.count && running.due() <= now) requests.push_back(next(running));
    std::erase_if(running_, [](const Running& running) { return running.sent == running.batch.count; });
    return requests;
}

ici::RequestMessage ActionItems::next(Running& running) {
    const Batch& batch = running.batch;
    std::string id = numbered(batch.id, batch.first + running.sent++);
    items_[id] = State::sent;
    return {{batch.background_user, "EN"},
            ici::request::AddActionItem{std::move(id), batch.scenario, batch.users, batch.data}};
}

std::optional<Time> ActionItems::next_deadline() const {
    std::optional<Time> first;
    for (const Running& running : running_)
        if (!first || running.due() < *first) first = running.due();
    return first;
}

void ActionItems::added(const std::string& id, bool well) {
    const auto found = items_.find(id);
    if (found == items_.end()) return;
    if (!well) {
        ++refused_;
        return finish(id);
    }
    ++added_;
    // its first event may have overtaken the reply on another connection
    if (found->second == State::sent) found->second = State::routed;
}

void ActionItems::deleted(const std::string& id) { finish(id); }

void ActionItems::on_item(const ItemEvent& event) {
    const auto found = items_.find(event.action_item_id);
    if (found == items_.end()) return;
    const auto status = ici::from_id<ici::ProcessingStatus>(event.processing_status);
    if (status == ici::ProcessingStatus::accepted) found->second = State::active;
    if (status == ici::ProcessingStatus::rerouted) found->second = State::routed;
    if (status != ici::ProcessingStatus::ended || found->second != State::active) return;
    ++completed_;
    finish(event.action_item_id);
}

void ActionItems::finish(const std::string& id) { open_ -= items_.erase(id); }

}  // namespace cticonnector::sim::sap
