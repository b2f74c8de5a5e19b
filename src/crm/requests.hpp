#pragma once
// ICI requests as engine events, and the engine's replies as ICI replies or faults. What needs no agent is
// answered here at once. Pure.

#include <string>
#include <string_view>
#include <variant>

#include "cticonnector/crm/settings.hpp"
#include "cticonnector/crm/texts.hpp"
#include "cticonnector/engine/actions.hpp"
#include "cticonnector/engine/events.hpp"
#include "cticonnector/protocol/ici/codec.hpp"

namespace cticonnector::crm {

/// Who asks, with the ids that the request gets if it reaches the engine.
struct Caller {
    engine::RequestId request;
    engine::SubscriptionId subscription;  ///< of a subscribe
    engine::UserId user;
    engine::ProfilePtr profile = {};  ///< ... and what it is worth
    std::string peer = {};
};

/// ici.md section 3: those that this version serves; the others are NOT_SUPPORTED.
bool is_served(ici::Operation);

/// For the engine, or the answer. Only for served operations but getPresence, which is about other agents.
using Translated = std::variant<engine::Event, ici::Reply, ici::Fault>;
Translated translate(const ici::RequestMessage&, const Caller&, const Texts&);

/// The result of an operation that the engine has carried out.
ici::Reply reply_of(ici::Operation, const engine::Reply&, const Texts&, const NumberRules&);
/// The fault of one that it has not, in that language (an ISO code).
ici::Fault fault_of(const engine::Reply&, std::string_view language);

}  // namespace cticonnector::crm
