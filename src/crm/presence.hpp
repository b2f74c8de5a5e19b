#pragma once
// What agents may know of their colleagues (R-STATE-8). Pure.

#include <string>
#include <vector>

#include "cticonnector/crm/texts.hpp"
#include "cticonnector/engine/actions.hpp"
#include "cticonnector/protocol/ici/types.hpp"

namespace cticonnector::crm {

/// `wanted`: user names without regard to case, the last character may be `*`; nothing, an empty text or `*`
/// is everybody who is logged on. A name that nobody has is shown as logged off.
std::vector<ici::Presence> presence_list(const std::vector<std::string>& wanted,
                                         const std::vector<const engine::UserView*>& users, const Texts&);

}  // namespace cticonnector::crm
