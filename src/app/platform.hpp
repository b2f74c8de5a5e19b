#pragma once
// What the operating system must tell: the one place for POSIX and Win32 calls (docs/architecture.md,
// "Floors").

#include <filesystem>

namespace cticonnector::app {

/// The file of the running program. Throws std::filesystem::filesystem_error when the system does not say.
std::filesystem::path executable_path();

}  // namespace cticonnector::app
