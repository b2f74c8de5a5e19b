#pragma once
// One port that peers connect to: accepts, closes those that may not talk (R-DEC-80), counts those that were
// let in and knows when they are too many, and pauses while there are no file handles (R-DEC-74). One thread,
// that of the io_context, which must outlive it.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/base/current.hpp"
#include "cticonnector/net/network.hpp"

namespace cticonnector::net {

class Listener {
  public:
    using Endpoint = boost::asio::ip::tcp::endpoint;
    using Socket = boost::asio::ip::tcp::socket;

    /// One of the seats that the limit speaks of: taken while it lives, also when the listener has gone.
    class Seat {
      public:
        Seat() = default;
        Seat(Seat&&) noexcept = default;
        Seat& operator=(Seat&&) noexcept = default;

      private:
        friend class Listener;
        explicit Seat(std::shared_ptr<void> taken) : taken_(std::move(taken)) {}
        std::shared_ptr<void> taken_;
    };

    struct Settings {
        Endpoint at;                                                  ///< port 0: a free one
        Live<std::vector<Network>> allowed = std::vector<Network>{};  ///< empty = any
        std::size_t most = std::numeric_limits<std::size_t>::max();   ///< connections at a time
    };

    /// None is called before the constructor has returned, or after close().
    struct Hooks {
        /// The peer that an IPv6 socket shows as a mapped IPv4 address is an IPv4 one.
        std::function<void(Socket, const Endpoint& peer, Seat)> on_peer;
        /// All seats are taken: whoever can do without one may give it back at once. May be empty.
        std::function<void()> make_room = {};
        /// Still all are taken: the answer, if there is one, for who is not let in. May be empty.
        std::function<void(Socket, const Endpoint& peer)> on_full = {};
        /// Not among those allowed: the connection is closed without a word. May be empty.
        std::function<void(const boost::asio::ip::address& peer)> on_refused = {};
        /// Nobody can be let in for want of file handles, and why; at most once a minute. May be empty.
        std::function<void(const std::string& why)> on_shortage = {};
    };

    /// Listens at once; throws boost::system::system_error when it cannot.
    Listener(boost::asio::io_context&, Settings, Hooks);
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener();

    std::uint16_t port() const;
    /// Seats that are taken.
    std::size_t connections() const;
    void close();

  private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace cticonnector::net
