#pragma once
// "cticonnectord VERB [options]" by CLI11. What is described here once is the help text and the man page.
// Exit codes: 0 = fine, 1 = the verb has found or met something wrong, 2 = unusable arguments.

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

namespace cticonnector::app {

struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

enum ExitCode : int { exit_fine = 0, exit_wrong = 1, exit_usage = 2 };

/// Runs the verb that the arguments name, the program's own name left out. Unusable arguments are told on the
/// error stream with the usage; an exception of the verb ends here as one line.
int run_command_line(std::span<const std::string_view> arguments, Streams);

/// cticonnectord(8) in man(7)'s language: packaging/cticonnectord.8.
std::string man_page();

}  // namespace cticonnector::app
