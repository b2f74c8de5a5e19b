#pragma once
// Whole objects: does an event carry every member of its structures, in table order, each with its xsi:type
// (R-DEC-45)? Works on the text, because a reader cannot tell an absent member from an empty one. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace cticonnector::sim::sap {

/// One sentence for each member that is absent, out of place or untyped; nothing for what is no known event.
std::vector<std::string> incomplete_members(std::string_view envelope);

}  // namespace cticonnector::sim::sap
