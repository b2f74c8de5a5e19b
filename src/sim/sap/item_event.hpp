#pragma once
// The four item events of ICI seen alike (ici.md section 4): whose item, which channel, where it stands.

#include <optional>
#include <string>

#include "cticonnector/protocol/ici/enums.hpp"
#include "cticonnector/protocol/ici/events.hpp"

namespace cticonnector::sim::sap {

struct ItemEvent {
    ici::Channel channel{};
    std::string id;              // phoneCallId, chatSessionId, actionSessionId, messageId
    std::string action_item_id;  // action items only
    std::string processing_status;
    std::string status;  // callStatus, chatStatus, actionStatus; e-mail has none
    bool has_capabilities = false;
};

/// Nothing for an event that is not about an item.
std::optional<ItemEvent> item_event(const ici::Event&);

const ici::AppIds& app_ids_of(const ici::Event&);

}  // namespace cticonnector::sim::sap
