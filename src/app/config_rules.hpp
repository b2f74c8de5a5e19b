#pragma once
// Rules across keys (R-DEC-13, R-ALLOC-3): each broken one is reported, and where a rule changes a value it
// does so here.

#include <string>
#include <vector>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app {

void apply_rules(Config&, const std::string& file, std::vector<Finding>&);

}  // namespace cticonnector::app
