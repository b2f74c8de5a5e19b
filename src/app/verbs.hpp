#pragma once
// The verbs that need no connection. Each is a function for the table in main.cpp.

#include "command_line.hpp"

namespace cticonnector::app {

/// [--config FILE] [--strict]: prints the findings of the configuration and its language files, one line
/// each. 1 when there is an error, with --strict when there is a finding at all (R-DEC-13). Binds and
/// connects nothing.
int check_config(Arguments, Streams);

/// Prints the ini file that names every key at its default.
int default_config(Arguments, Streams);

/// [--version N] FILE|-: prints captured GED-188 bytes, raw or hexadecimal, from the file or
/// standard input, message by message. 1 when something could not be explained.
int decode(Arguments, Streams);

/// Prints name and version.
int version(Arguments, Streams);

}  // namespace cticonnector::app
