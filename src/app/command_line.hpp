#pragma once
// "cticonnectord VERB [options]": verbs are rows of a table; each gets its arguments and the standard streams
// and answers with the exit code. 0 = fine, 1 = the verb has found or met something wrong, 2 = unusable
// arguments.

#include <iosfwd>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cticonnector::app {

struct Streams {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

enum ExitCode : int { exit_fine = 0, exit_wrong = 1, exit_usage = 2 };

using Arguments = std::span<const std::string_view>;

struct Verb {
    std::string_view name;
    std::string_view arguments;  ///< for the usage line: "--config FILE [--strict]"
    std::string_view help;
    int (*run)(Arguments, Streams);
};

/// Thrown by a verb for arguments it cannot use; the text says which.
class UsageError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

struct Option {
    std::string_view name;  ///< "--config"
    bool has_value = false;
};

struct ParsedArguments {
    std::map<std::string_view, std::string_view> options;  ///< by name; empty text for those without value
    std::vector<std::string_view> operands;

    bool has(std::string_view option) const { return options.contains(option); }
};

/// "--name VALUE" and "--name=VALUE". Throws UsageError for an unknown or repeated option, a missing or
/// needless value, and for more than `most_operands` other arguments.
ParsedArguments parse_arguments(Arguments, std::span<const Option>, std::size_t most_operands = 0);

/// Runs the verb that the first argument names. Exceptions end here, each as one line on the error stream.
int dispatch(std::span<const Verb>, Arguments, Streams);

}  // namespace cticonnector::app
