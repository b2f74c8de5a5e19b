#include "router.hpp"

#include <algorithm>

namespace cticonnector::sim::cc {

Router::Router(const Settings& settings) {
    for (MrdIndex mrd = 0; mrd < settings.mrds.size(); ++mrd) queues_.push_back({.mrd = mrd});
    for (const SkillGroup& group : settings.skill_groups)
        queues_.push_back({.mrd = group.mrd, .group = group.number});
    for (const AgentSettings& agent : settings.agents) {
        std::vector<Standing>& mrds = standings_.emplace_back(settings.mrds.size());
        for (MrdIndex mrd = 0; mrd < mrds.size(); ++mrd) mrds[mrd].queues = queues_of(agent, mrd);
    }
}

QueueIndex Router::queue(MrdIndex mrd, GroupNumber group) const {
    const auto found = std::ranges::find_if(queues_, [&](const Queue& queue) {
        return queue.group == group && (group || queue.mrd == mrd);  // a group is of one MRD
    });
    return static_cast<QueueIndex>(found - queues_.begin());
}

std::vector<QueueIndex> Router::queues_of(const AgentSettings& agent, MrdIndex mrd) const {
    std::vector<QueueIndex> result;
    for (QueueIndex index = 0; index < queues_.size(); ++index) {
        const Queue& queue = queues_[index];
        if (queue.mrd != mrd) continue;
        if (!queue.group || std::ranges::count(agent.skill_groups, *queue.group) > 0) result.push_back(index);
    }
    return result;
}

Router::Ticket Router::enqueue(QueueIndex queue, bool first, std::optional<AgentIndex> preferred,
                               Assign assign) {
    const std::int64_t order = first ? --first_item_ : ++last_item_;
    queues_[queue].items.emplace(order, Item{preferred, std::move(assign)});
    matching_.insert(queue);
    ++waiting_;
    return std::pair{queue, order};
}

void Router::cancel(Ticket& ticket) {
    if (ticket) waiting_ -= queues_[ticket->first].items.erase(ticket->second);
    ticket.reset();
}

void Router::set_ready(AgentIndex agent, MrdIndex mrd, bool ready) {
    Standing& place = standing(agent, mrd);
    if (ready == (place.ready_since != 0)) return;
    if (ready) place.ready_since = ++last_ready_;
    for (const QueueIndex index : place.queues) {
        if (ready) {
            queues_[index].ready.emplace(place.ready_since, agent);
            matching_.insert(index);
        } else {
            queues_[index].ready.erase(place.ready_since);
        }
    }
    if (!ready) place.ready_since = 0;
}

bool Router::assign_one() {
    while (!matching_.empty()) {
        Queue& queue = queues_[*matching_.begin()];
        if (queue.items.empty() || queue.ready.empty()) {
            matching_.erase(matching_.begin());
            continue;
        }
        const Item item = std::move(queue.items.begin()->second);
        queue.items.erase(queue.items.begin());
        --waiting_;
        AgentIndex agent = queue.ready.begin()->second;
        if (item.preferred && queue.ready.contains(standing(*item.preferred, queue.mrd).ready_since))
            agent = *item.preferred;
        // out of every line until they have been published anew: the assignment changes them
        set_ready(agent, queue.mrd, false);
        item.assign(agent, queue.group);
        return true;
    }
    return false;
}

}  // namespace cticonnector::sim::cc
