#pragma once
// Who may talk: lists of addresses and of whole networks (R-DEC-80). Pure.

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cticonnector::net {

/// An IPv4 address that a dual-stack socket shows as an IPv6 one, as itself; any other as it is.
boost::asio::ip::address unmapped(const boost::asio::ip::address&);

/// All addresses that share the first `prefix` bits with `address`; the default has one that no peer has.
struct Network {
    boost::asio::ip::address address;
    unsigned prefix = 32;

    Network() = default;
    Network(const boost::asio::ip::address& one);  // implicit: one address is a network, too
    Network(const boost::asio::ip::address&, unsigned prefix);

    bool contains(const boost::asio::ip::address&) const;
    /// Without the bits beyond the prefix.
    Network base() const;
    bool single() const;
    /// So wide that it names nobody in particular: wider than the widest private one, 10.0.0.0/8 and
    /// fc00::/7, and in public IPv6 wider than /16. Two halves of the world are as open as the whole.
    bool is_open() const;
    bool operator==(const Network&) const = default;
};

/// "10.0.0.1", "10.0.0.0/24", "2001:db8::/32"; bits beyond the prefix stay as they are.
std::optional<Network> network_from(std::string_view);
std::string to_string(const Network&);

/// An empty list lets everybody in.
bool allows(const std::vector<Network>&, const boost::asio::ip::address& peer);

}  // namespace cticonnector::net
