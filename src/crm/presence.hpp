#pragma once
// What agents may know of their colleagues (R-STATE-8). Pure.

#include <functional>
#include <string>
#include <vector>

#include "cticonnector/crm/texts.hpp"
#include "cticonnector/engine/actions.hpp"
#include "cticonnector/protocol/ici/types.hpp"

namespace cticonnector::crm {

/// Who is subscribed, as far as something was told of them.
struct Colleagues {
    std::function<const engine::UserView*(const engine::UserId&)> named;  ///< null: nobody
    std::function<std::vector<const engine::UserView*>(const std::string& beginning)> beginning_with;
};

/// `wanted`: user names without regard to case, the last character may be `*`; nothing, an empty text or `*`
/// is everybody who is logged on. A name that nobody has is shown as logged off.
/// Looks only at users whose names fit.
std::vector<ici::Presence> presence_list(const std::vector<std::string>& wanted, const Colleagues&,
                                         const Texts&);

}  // namespace cticonnector::crm
