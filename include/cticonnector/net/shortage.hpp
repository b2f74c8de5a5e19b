#pragma once
// What a listener says when nobody can be let in for want of file handles (R-DEC-74).

#include <string_view>

#include "cticonnector/base/log.hpp"

namespace cticonnector::net {

/// `section` of the ini file is the listener's, `why` the system's own words.
inline void tell_shortage(Logger& log, std::string_view section, std::string_view why) {
    log.event({"config.finding", Level::error},
              {{"section", section},
               {"key", "ListenPort"},
               {"why", why},
               {"text", "nobody can be let in: raise the limit of open files"},
               {"rule", "R-DEC-74"}});
}

}  // namespace cticonnector::net
