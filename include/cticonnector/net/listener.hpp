#pragma once
// One port that peers connect to: accepts, closes those that may not talk (R-DEC-80), and pauses while there
// are no file handles (R-DEC-74). One thread, that of the io_context, which must outlive it.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cticonnector/net/network.hpp"

namespace cticonnector::net {

class Listener {
  public:
    using Endpoint = boost::asio::ip::tcp::endpoint;
    using Socket = boost::asio::ip::tcp::socket;

    /// None is called before the constructor has returned, or after close().
    struct Hooks {
        /// The peer that an IPv6 socket shows as a mapped IPv4 address is an IPv4 one.
        std::function<void(Socket, const Endpoint& peer)> on_peer;
        /// Not among those allowed: the connection is closed without a word. May be empty.
        std::function<void(const boost::asio::ip::address& peer)> on_refused = {};
        /// Nobody can be let in for want of file handles, and why; at most once a minute. May be empty.
        std::function<void(const std::string& why)> on_shortage = {};
    };

    /// Listens at once, on port 0 on a free one; throws boost::system::system_error when it cannot. An empty
    /// list of `allowed` peers lets everybody in.
    Listener(boost::asio::io_context&, const Endpoint&, std::vector<Network> allowed, Hooks);
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener();

    std::uint16_t port() const;
    void close();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace cticonnector::net
