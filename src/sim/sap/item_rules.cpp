#include "item_rules.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "cticonnector/protocol/ici/codes.hpp"

namespace cticonnector::sim::sap {
namespace {

using ici::Channel;

// As many as an agent can be told of again by a late message, and few enough for 10,000 agents.
constexpr std::size_t ended_remembered = 32;

struct Step {
    std::string_view from, to;  // processingStatus; "" = not seen before
};
// ici.md sections 6 and 8. Open items are sent again after a second subscribe, so each may repeat itself, and
// one may be met for the first time in any state that is not the last. 6 may be followed by wrap-up.
constexpr std::array steps{
    Step{"", "1"},  Step{"", "2"},  Step{"", "3"},  Step{"1", "1"}, Step{"1", "2"}, Step{"1", "4"},
    Step{"1", "5"}, Step{"2", "2"}, Step{"2", "3"}, Step{"2", "4"}, Step{"2", "5"}, Step{"2", "6"},
    Step{"3", "3"}, Step{"3", "4"}, Step{"3", "6"}, Step{"6", "3"}, Step{"6", "4"},
};
// A phone call keeps its id when it rings at the same agent once more, and R-DEC-20 shows a rerouted one
// again as accepted; chats and action items get a new id for each offer (R-DEC-23, R-DEC-28).
constexpr std::array phone_steps{Step{"4", "1"}, Step{"5", "1"}, Step{"5", "2"}};

constexpr bool legal(Channel channel, std::string_view from, std::string_view to) {
    const auto fits = [&](const Step& step) { return step.from == from && step.to == to; };
    return std::ranges::any_of(steps, fits) ||
           (channel == Channel::phone && std::ranges::any_of(phone_steps, fits));
}

struct Codes {
    std::string_view processing_status, call, chat, action;  // one character for each allowed status
};
// R-DEC-57; an action item has no wrap-up.
constexpr std::array codes{
    Codes{"1", "1", "1", "1"},  Codes{"2", "2345", "2", "2"}, Codes{"3", "8", "4", ""},
    Codes{"4", "67", "3", "3"}, Codes{"5", "6", "3", "3"},    Codes{"6", "6", "3", "3"},
};

bool is_last(std::string_view status) { return status == "4" || status == "5" || status == "6"; }

bool status_fits(const ItemEvent& event, const Codes& row) {
    const auto one_of = [&](std::string_view allowed) {
        return event.status.size() == 1 && allowed.find(event.status) != std::string_view::npos;
    };
    switch (event.channel) {
        case Channel::phone: return one_of(row.call);
        case Channel::chat: return one_of(row.chat);
        case Channel::action_item: return one_of(row.action);
        case Channel::email: return true;
    }
    return false;
}

}  // namespace

std::string ItemRules::last_status(const ItemEvent& event) const {
    if (const auto found = open_.find(event.id); found != open_.end()) return found->second;
    const auto ended = std::ranges::find(ended_, event.id, &Ended::id);
    return ended == ended_.end() ? std::string{} : ended->processing_status;
}

void ItemRules::remember(const ItemEvent& event) {
    std::erase_if(ended_, [&](const Ended& ended) { return ended.id == event.id; });
    if (!is_last(event.processing_status)) {
        open_[event.id] = event.processing_status;
        return;
    }
    open_.erase(event.id);
    ended_.push_back({event.id, event.processing_status});
    if (ended_.size() > ended_remembered) ended_.pop_front();
}

std::vector<std::string> ItemRules::check(const ItemEvent& event) {
    std::vector<std::string> wrong;
    if (event.id.empty()) return {"an item without id"};
    const std::string name = "item " + event.id;
    const auto row = std::ranges::find(codes, event.processing_status, &Codes::processing_status);
    if (row == codes.end())
        return {name + ": processingStatus '" + event.processing_status + "' is not known"};

    const std::string from = last_status(event);
    if (!legal(event.channel, from, event.processing_status)) {
        wrong.push_back(name +
                        (is_last(from) ? ": event after the last, processingStatus "
                                       : ": illegal step, processingStatus ") +
                        (from.empty() ? "none" : from) + " to " + event.processing_status);
    }
    if (!status_fits(event, *row)) {
        wrong.push_back(name + ": status '" + event.status + "' does not go with processingStatus " +
                        event.processing_status);
    }
    if (is_last(event.processing_status) && event.has_capabilities)
        wrong.push_back(name + ": its last event has a capabilityList");
    remember(event);
    return wrong;
}

}  // namespace cticonnector::sim::sap
