#pragma once
// What the ini file names on this machine: whether it is there, and may be used. Looks, and changes nothing.

#include <filesystem>
#include <vector>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app {

/// Where languages are looked for: at `path` from the ini file's directory,
/// then from the installation's data directory (R-DEC-68).
std::vector<std::filesystem::path> language_directories(const std::filesystem::path& ini_directory,
                                                        const std::filesystem::path& path);

/// Adds findings. A LanguagesPath that leads nowhere gives way to the default.
void check_places(Config&, std::vector<Finding>&);

}  // namespace cticonnector::app
