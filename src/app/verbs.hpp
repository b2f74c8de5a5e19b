#pragma once
// The verbs that need no connection. Each answers with the exit code.

#include <string>

#include "command_line.hpp"

namespace cticonnector::app {

/// Prints the findings of the configuration and its language files, one line each; `config` is empty for the
/// file beside the program. 1 when there is an error, with `strict` when there is a finding at all
/// (R-DEC-13); 0 comes with a last line "fine: FILE, 27 keys", those that the file sets.
/// Binds and connects nothing.
int check_config(const std::string& config, bool strict, Streams);

/// Prints the ini file that names every key at its default.
int default_config(Streams);

/// Prints name and version.
int version(Streams);

}  // namespace cticonnector::app
