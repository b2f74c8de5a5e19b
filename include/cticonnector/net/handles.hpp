#pragma once
// File handles that have run out (R-DEC-74): how to tell, and how often to say so.

#include <boost/asio/error.hpp>
#include <chrono>
#include <optional>

namespace cticonnector::net {

/// This process (EMFILE) or the system (ENFILE) has no file handle left.
inline bool no_handles_left(const boost::system::error_code& error) {
    return error == boost::asio::error::no_descriptors ||
           error == boost::system::errc::too_many_files_open_in_system;
}

/// For lines of the log that would come again and again.
class OnceAMinute {
  public:
    using Time = std::chrono::steady_clock::time_point;
    bool due(Time now = std::chrono::steady_clock::now()) {
        if (last_ && now < *last_ + std::chrono::minutes{1}) return false;
        last_ = now;
        return true;
    }

  private:
    std::optional<Time> last_;
};

}  // namespace cticonnector::net
