#pragma once
// Who appears in the tests of the routing side.

#include "cticonnector/engine/types.hpp"

namespace cticonnector::routing::test {

inline const engine::AgentId ann{5000, "1001"};
inline const engine::AgentId ben{5000, "1002"};
inline constexpr engine::OperationId op{4711};

}  // namespace cticonnector::routing::test
