#pragma once
// The verb that is the daemon.

#include <functional>
#include <string>

#include "cticonnector/base/log.hpp"

namespace cticonnector::app {

/// `config` is empty for the file beside the program. Runs until SIGINT or SIGTERM. Findings of the
/// configuration are logged, it starts all the same (R-DEC-13); a file that cannot be read (R-OPS-23),
/// another daemon with the same run directory (R-OPS-25), a listener that cannot be bound or a log that
/// cannot be written ends it with 1.
int run(const std::string& config);

/// Whoever looks for the end of the log must find there what ended the daemon: what `work` throws is logged
/// and thrown on.
void run_told(Logger&, const std::function<void()>& work);

}  // namespace cticonnector::app
