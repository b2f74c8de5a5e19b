#pragma once
// `cticonnectord tell`: log files in plain sentences, for one agent, item or call, from a time on, and as
// they grow.

#include <chrono>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "log_line.hpp"

namespace cticonnector::app::tell {

struct Wanted {
    std::string agent;  ///< an agent id or a SAP user
    std::string item;   ///< a key, an item with all its offers ("act-42"), or SAP's own id
    std::string call;   ///< the contact center's number of it, or its key
    std::string since;  ///< a time as the log has it, or as long ago as "90s", "10m", "2h", "1d"
};

/// What is wanted of a log. Throws std::invalid_argument for a `since` that is none.
class Filter {
  public:
    Filter(Wanted, std::chrono::system_clock::time_point now);
    bool passes(const LogLine&) const;

  private:
    Wanted wanted_;
    std::string since_;  ///< as the log has times: they are ordered as texts
};

struct Options {
    Wanted wanted;
    bool follow = false;
    bool times = true;               ///< local time in front of each sentence
    std::vector<std::string> files;  ///< "-" is standard input
};

/// Throws std::runtime_error for a file that cannot be read. With `follow` the last file is read on for ever,
/// also when the log begins a new one under its name.
void tell(const Options&, std::istream& in, std::ostream& out);

}  // namespace cticonnector::app::tell
