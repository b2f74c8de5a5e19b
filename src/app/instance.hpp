#pragma once
// One daemon at a time (R-OPS-25): a second one with the same file would write into the first's log, and fail
// at its ports.

#include <optional>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app {

/// Holds the lock of the run directory from now on, until this process has ended. Throws std::runtime_error
/// that names the process which holds it. A lock that cannot be made is a finding:
/// a second daemon would not be noticed.
std::optional<Finding> be_the_only_one(const Config&);

}  // namespace cticonnector::app
