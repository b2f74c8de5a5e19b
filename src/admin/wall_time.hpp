#pragma once
// The engine counts on the steady clock; people read the wall clock.

#include <chrono>

#include "cticonnector/engine/types.hpp"

namespace cticonnector::admin {

std::chrono::system_clock::time_point wall_time(engine::Time);

}  // namespace cticonnector::admin
