#pragma once
// The verb that is the daemon.

#include "command_line.hpp"

namespace cticonnector::app {

/// [--config FILE]: runs until SIGINT or SIGTERM. Findings of the configuration are logged, it starts in any
/// case (R-DEC-13); a listener that cannot be bound or a log that cannot be written ends it with 1.
int run(Arguments, Streams);

}  // namespace cticonnector::app
