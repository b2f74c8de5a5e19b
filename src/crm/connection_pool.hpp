#pragma once
// The connections to one authority of SAP (R-DEC-43): a bounded number of places, each taken by an event on
// its way or by a connection that is kept for the next one. Who finds no place is served in turn.
//
// A kept connection leaves when it has been idle for the limit, when SAP closes it or says something that
// nobody asked for, and with all others when one of them has failed (discard_idle()).

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <string>

#include "cticonnector/net/remote.hpp"

namespace cticonnector::crm {

struct Connection {
    explicit Connection(boost::asio::ip::tcp::socket);
    void close();
    /// Open, and nothing has come that would be taken for the answer to the next event.
    bool usable();

    boost::beast::tcp_stream stream;
    boost::beast::flat_buffer buffer;
    bool kept = false;     ///< has carried an event before
    bool writing = false;  ///< its last request has not left yet
    std::chrono::steady_clock::time_point idle_since{};
};
using ConnectionPtr = std::shared_ptr<Connection>;

/// One event's claim to a place.
struct Claim {
    explicit Claim(boost::asio::io_context& io) : wake(io) {}

    bool fresh = false;        ///< no kept connection will do
    bool placed = false;       ///< has a place, to be given back
    ConnectionPtr connection;  ///< in that place; none: to be made
    bool cancelled = false;
    boost::asio::steady_timer wake;  ///< cancelled when what it waits for is there
};
using ClaimPtr = std::shared_ptr<Claim>;

class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
  public:
    struct Limits {
        std::size_t places;
        std::chrono::milliseconds idle;
    };

    ConnectionPool(boost::asio::io_context&, Limits, const std::string& host, std::uint16_t port);

    /// Returns when the claim has a place or is cancelled.
    static boost::asio::awaitable<void> take(std::shared_ptr<ConnectionPool>, ClaimPtr);
    /// The connection is kept if it is usable.
    void give_back(Claim&);
    void discard_idle();
    /// Keeps nothing from now on.
    void close();

    net::Remote& remote() { return remote_; }
    bool unused() const { return open_ == 0; }

  private:
    bool place(Claim&);
    ConnectionPtr take_kept();
    void keep(ConnectionPtr);
    void watch(const ConnectionPtr&);
    void discard_oldest();
    void arm();

    const Limits limits_;
    net::Remote remote_;
    std::size_t open_ = 0;           ///< places that are taken
    std::list<ConnectionPtr> idle_;  ///< the one that is idle longest first
    std::deque<ClaimPtr> waiting_;   ///< for a place; not empty: none is free and nothing is idle
    boost::asio::steady_timer expiry_;
    bool closed_ = false;
};

}  // namespace cticonnector::crm
