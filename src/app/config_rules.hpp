#pragma once
// Rules across keys (R-DEC-13, R-ALLOC-3): each broken one is reported, and where a rule changes a value it
// does so here.

#include <functional>
#include <string_view>
#include <vector>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app {

/// The line on which a key stands, 0 when it has its default.
using LineOf = std::function<int(std::string_view section, std::string_view name)>;

void apply_rules(Config&, const std::string& file, const LineOf&, std::vector<Finding>&);

}  // namespace cticonnector::app
