#pragma once
// Refuses values that contain themselves. Private to this layer.

#include <functional>
#include <optional>
#include <pugixml.hpp>

#include "cticonnector/protocol/soap/error.hpp"

namespace cticonnector::soap {

/// The node an element refers to: nothing for no reference, a null node when it leads nowhere.
using Follow = std::function<std::optional<pugi::xml_node>(pugi::xml_node)>;

/// Walks every value below top along its references, each shared value once. Gives an Error for a cycle and
/// for nesting beyond max_depth, counted along the references; references to nothing are left to the reader.
std::optional<Error> check_references(pugi::xml_node top, const Follow& follow);

}  // namespace cticonnector::soap
