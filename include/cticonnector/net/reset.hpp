#pragma once
// The end of a connection that its peer sees as a reset.

#include <boost/asio/ip/tcp.hpp>

namespace cticonnector::net {

/// By linger 0; one that has gone already stays as it is.
inline void reset(boost::asio::ip::tcp::socket& socket) {
    boost::system::error_code ignored;
    socket.set_option(boost::asio::socket_base::linger(true, 0), ignored);
    socket.close(ignored);
}

}  // namespace cticonnector::net
