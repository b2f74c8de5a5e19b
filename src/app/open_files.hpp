#pragma once
// How many files (connections are files) the daemon may have open at once, and who gets them when that is too
// little (R-DEC-74). Pure.

#include <cstdint>
#include <optional>
#include <string>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app {

/// For the links, the admin listener's own files and the log, whatever else is full.
inline constexpr std::uint64_t reserved_files = 64;

/// With every listener and every pool full.
std::uint64_t files_needed(const Config&);

/// When `limit` is less than is needed: cuts down what the ICI listener accepts and what the pools toward SAP
/// hold, so that the reserve stays, and says so.
std::optional<Finding> fit_into(std::uint64_t limit, Config&, const std::string& ini_file);

}  // namespace cticonnector::app
