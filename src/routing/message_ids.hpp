#pragma once
// Whom and what a message is about, as its line of the log has it at debug and trace (R-DEC-89): what stands
// in its fields, and what our own tables know behind a number.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/base/log.hpp"
#include "cticonnector/protocol/wire/codec.hpp"

namespace cticonnector::routing {

struct MessageIds {
    std::optional<std::int64_t> invoke, dialogue, icm_agent, call, reason;
    std::string agent, task, item, action_item;

    /// In the order in which lines have them; what is unknown is left out.
    void append_to(std::vector<LogField>&) const;
};

/// Adds what tables know: the agent behind a request or a number, the item behind a dialogue.
using Lookup = std::function<void(const wire::FieldList&, MessageIds&)>;

/// What the fields say. A secret one says `***`.
MessageIds ids_in(const wire::FieldList&);
/// The text of that field; empty when it is not there.
std::string_view text_in(const wire::FieldList&, std::string_view field);

}  // namespace cticonnector::routing
