#pragma once
// The connections of the HTTP client, a pool for each scheme and authority (R-DEC-43): a bounded number of
// places, each taken by a request on its way or by a connection that is kept for the next one. All pools
// together have a bound too, because others may name the authorities and each connection is a file
// (R-DEC-74). Who finds no place is served in turn.
//
// A kept connection leaves when it has been idle for the limit, when the peer closes it or says something
// that nobody asked for, and with all others when one of them has failed (discard_idle()).

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "cticonnector/base/current.hpp"
#include "cticonnector/net/http_target.hpp"
#include "cticonnector/net/remote.hpp"
#include "cticonnector/net/stream.hpp"

namespace cticonnector::net {

struct ClientConnection {
    ClientConnection(boost::asio::ip::tcp::socket, TlsContext*);
    void close();
    /// Open, and nothing has come that would be taken for the answer to the next request.
    bool usable();

    Stream stream;
    boost::beast::flat_buffer buffer;
    bool kept = false;     ///< has carried a request before
    bool writing = false;  ///< its last request has not left yet
    std::chrono::steady_clock::time_point idle_since{};
};
using ClientConnectionPtr = std::shared_ptr<ClientConnection>;

struct HttpClaim;
using HttpClaimPtr = std::shared_ptr<HttpClaim>;

/// One request's claim to a place.
struct HttpClaim {
    explicit HttpClaim(boost::asio::io_context& io) : wake(io) {}

    bool fresh = false;              ///< no kept connection will do
    bool placed = false;             ///< has a place, to be given back
    ClientConnectionPtr connection;  ///< in that place; none: to be made
    bool cancelled = false;
    std::uint64_t turn = 0;                                    ///< among all who wait
    std::optional<std::list<HttpClaimPtr>::iterator> in_line;  ///< while it waits
    boost::asio::steady_timer wake;                            ///< cancelled when what it waits for is there
};

class HttpPools;

class HttpPool : public std::enable_shared_from_this<HttpPool> {
  public:
    HttpPool(HttpPools&, const std::string& host, std::uint16_t port);

    /// Returns when the claim has a place or is cancelled.
    static boost::asio::awaitable<void> take(std::shared_ptr<HttpPool>, HttpClaimPtr);
    /// The connection is kept if it is usable.
    void give_back(HttpClaim&);
    void discard_idle();
    /// Keeps nothing from now on.
    void close();

    Remote& remote() { return remote_; }

  private:
    friend HttpPools;

    bool place(HttpClaim&);
    bool has_place() const;
    HttpClaimPtr first_waiting() const;
    void leave(HttpClaim&);
    void release();
    ClientConnectionPtr take_kept();
    void keep(ClientConnectionPtr);
    void watch(const ClientConnectionPtr&);
    void discard_oldest();
    void arm();

    HttpPools& all_;
    Remote remote_;
    std::size_t open_ = 0;                 ///< places that are taken
    std::list<ClientConnectionPtr> idle_;  ///< the one that is idle longest first
    std::list<HttpClaimPtr> waiting_;      ///< while has_place() is false; an idle connection is a place
    boost::asio::steady_timer expiry_;
    bool closed_ = false;
};

/// Outlives them.
class HttpPools {
  public:
    struct Limits {
        std::size_t places;  ///< of one pool
        std::size_t in_all;
        Live<std::chrono::milliseconds> idle;
    };

    HttpPools(boost::asio::io_context&, Limits);
    std::shared_ptr<HttpPool> of(const HttpTarget&);
    void close();

  private:
    friend HttpPool;

    bool has_place() const;
    void make_place();
    void serve();

    boost::asio::io_context& io_;
    const Limits limits_;
    std::map<std::string, std::shared_ptr<HttpPool>> pools_;  ///< by scheme and authority
    std::size_t open_ = 0;                                    ///< of all pools
    std::size_t idle_ = 0;                                    ///< of all pools
    std::size_t waiting_ = 0;                                 ///< of all pools
    std::uint64_t last_turn_ = 0;
};

}  // namespace cticonnector::net
