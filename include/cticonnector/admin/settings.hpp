#pragma once
// What the admin pages need to know of the configuration: the [ADMIN] section.
//
// One value, read anew each time (base/current.hpp): who may ask, and by which name, holds for the next
// connection and request. Read once, at start: where they are listened for.

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "cticonnector/net/network.hpp"

namespace cticonnector::admin {

struct Settings {
    boost::asio::ip::address listen_address = boost::asio::ip::address_v4::loopback();
    std::uint16_t listen_port = 8081;  ///< 0 = off
    /// By which it may be asked, besides localhost and addresses (R-OPS-5).
    std::vector<std::string> server_names;
    std::vector<net::Network> allowed_peers;  ///< who may ask; empty = any (R-OPS-4)
};

}  // namespace cticonnector::admin
