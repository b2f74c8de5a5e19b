#pragma once
// What the CRM is shown of agents and items: the engine's views as ICI structures, with codes (R-DEC-57),
// texts in the agent's language, numbers by the number rules, attached data (R-DATA-1, R-DEC-54). Pure.

#include <string>
#include <variant>

#include "cticonnector/crm/settings.hpp"
#include "cticonnector/crm/texts.hpp"
#include "cticonnector/engine/actions.hpp"
#include "cticonnector/protocol/ici/events.hpp"
#include "cticonnector/protocol/ici/types.hpp"

namespace cticonnector::crm {

/// What an event tells.
using Shown = std::variant<engine::UserView, engine::ItemView, engine::EndReason>;

ici::EventKind kind_of(const Shown&);

/// Whole objects in every event (R-DEC-45).
ici::Event event_of(const Shown&, const std::string& app_id, const Texts&, const NumberRules&);

ici::TextElement element(const Texts&, TextKind, int id);
ici::User user_of(const engine::UserView&, const Texts&);
ici::PhoneCall phone_call_of(const engine::ItemView&, const Texts&, const NumberRules&);
/// The CRM's own document with call variables, MID and ECC replaced by the contact center's.
std::string attached_data_of(const engine::ItemInfo&);

/// What a colleague is told of an agent (R-STATE-8): 1 available, 2 busy, 3 logged off.
int presence_of(const engine::UserView&);

}  // namespace cticonnector::crm
