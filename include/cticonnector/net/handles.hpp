#pragma once
// File handles that have run out (R-DEC-74): how to tell.

#include <boost/asio/error.hpp>

namespace cticonnector::net {

/// This process (EMFILE) or the system (ENFILE) has no file handle left.
inline bool no_handles_left(const boost::system::error_code& error) {
    return error == boost::asio::error::no_descriptors ||
           error == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace cticonnector::net
