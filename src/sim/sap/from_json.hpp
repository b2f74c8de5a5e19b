#pragma once
// ICI structures and requests from the objects of a script, by the names of the protocol's own table: a
// script spells members as the wire does. Errors: ScriptError with the place.

#include <string>

#include "cticonnector/protocol/ici/requests.hpp"
#include "cticonnector/sim/script/object.hpp"

namespace cticonnector::sim::sap {

/// Any operation of ici.md section 3; members that are absent stay empty.
ici::Request request_from(const std::string& operation, Object parameters, const std::string& place);

ici::ActionItem action_item_from(Object);

}  // namespace cticonnector::sim::sap
