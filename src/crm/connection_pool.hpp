#pragma once
// The connections to SAP, a pool for each authority (R-DEC-43): a bounded number of places, each taken by an
// event on its way or by a connection that is kept for the next one. All pools together have a bound too,
// because whoever subscribes names the authority and each connection is a file (R-DEC-74). Who finds no place
// is served in turn.
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
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app_url.hpp"
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

struct Claim;
using ClaimPtr = std::shared_ptr<Claim>;

/// One event's claim to a place.
struct Claim {
    explicit Claim(boost::asio::io_context& io) : wake(io) {}

    bool fresh = false;        ///< no kept connection will do
    bool placed = false;       ///< has a place, to be given back
    ConnectionPtr connection;  ///< in that place; none: to be made
    bool cancelled = false;
    std::uint64_t turn = 0;                                ///< among all who wait
    std::optional<std::list<ClaimPtr>::iterator> in_line;  ///< while it waits
    boost::asio::steady_timer wake;                        ///< cancelled when what it waits for is there
};

class ConnectionPools;

class ConnectionPool : public std::enable_shared_from_this<ConnectionPool> {
  public:
    ConnectionPool(ConnectionPools&, const std::string& host, std::uint16_t port);

    /// Returns when the claim has a place or is cancelled.
    static boost::asio::awaitable<void> take(std::shared_ptr<ConnectionPool>, ClaimPtr);
    /// The connection is kept if it is usable.
    void give_back(Claim&);
    void discard_idle();
    /// Keeps nothing from now on.
    void close();

    net::Remote& remote() { return remote_; }

  private:
    friend ConnectionPools;

    bool place(Claim&);
    bool has_place() const;
    ClaimPtr first_waiting() const;
    void leave(Claim&);
    void release();
    ConnectionPtr take_kept();
    void keep(ConnectionPtr);
    void watch(const ConnectionPtr&);
    void discard_oldest();
    void arm();

    ConnectionPools& all_;
    net::Remote remote_;
    std::size_t open_ = 0;           ///< places that are taken
    std::list<ConnectionPtr> idle_;  ///< the one that is idle longest first
    std::list<ClaimPtr> waiting_;    ///< while has_place() is false; an idle connection is a place
    boost::asio::steady_timer expiry_;
    bool closed_ = false;
};

/// Outlives them.
class ConnectionPools {
  public:
    struct Limits {
        std::size_t places;  ///< of one pool
        std::size_t in_all;
        std::chrono::milliseconds idle;
    };

    ConnectionPools(boost::asio::io_context&, Limits);
    std::shared_ptr<ConnectionPool> of(const EventTarget&);
    void close();

  private:
    friend ConnectionPool;

    bool has_place() const;
    void make_place();
    void serve();

    boost::asio::io_context& io_;
    const Limits limits_;
    std::map<std::string, std::shared_ptr<ConnectionPool>> pools_;  ///< by authority
    std::size_t open_ = 0;                                          ///< of all pools
    std::size_t idle_ = 0;                                          ///< of all pools
    std::size_t waiting_ = 0;                                       ///< of all pools
    std::uint64_t last_turn_ = 0;
};

}  // namespace cticonnector::crm
