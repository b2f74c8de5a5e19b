#pragma once
// `cticonnectord tell`: log files in plain sentences, for one agent,
// item or call, from a time on, and as they grow.

#include <chrono>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "cticonnector/language/log_line.hpp"

namespace cticonnector::app::tell {

struct Wanted {
    std::string agent;  ///< an agent id, or a SAP user in any case
    std::string item;   ///< a key, an item with all its offers ("act-42"), or SAP's own id
    std::string call;   ///< the contact center's number of it, or its key
    /// As long ago as "90s", "10m", "2h", "1d", or a time as read_utc and read_local take it.
    std::string since;
};
/// "about agent KLARA and newer than 10m"; empty when everything is wanted.
std::string words_of(const Wanted&);

/// What is wanted of a log. Throws std::invalid_argument for a `since` that is none.
class Filter {
  public:
    Filter(Wanted, std::chrono::system_clock::time_point now);
    bool passes(const language::LogLine&) const;

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

/// The log in it when it is a directory, as [LOGGER] Path may be.
/// Throws std::runtime_error when there is none.
std::string log_in(const std::string& given);

/// Throws std::runtime_error for a file that cannot be read. With `follow` the last file is read on for ever,
/// also when the log begins a new one under its name.
void tell(const Options&, Streams);

}  // namespace cticonnector::app::tell
