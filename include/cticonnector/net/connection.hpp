#pragma once
// One connection, plain or TLS, that carries messages: hands on what comes, writes everything that was sent
// in one turn of the loop together and in order. Keeps itself alive while an operation is open. One thread.
//
// A writer is judged by its stall: a peer that takes no byte for ten seconds is lost, one that reads slowly
// is not; TLS is taken by the record, 16 KiB, and its handshake has the same time. What waits is bounded;
// above that the connection is reset. Nothing is ever dropped from inside.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cticonnector/net/alarm.hpp"
#include "cticonnector/net/stream.hpp"

namespace cticonnector::net {

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    using Time = std::chrono::steady_clock::time_point;
    using Bytes = std::span<const std::uint8_t>;

    struct Limits {
        std::size_t waiting = 64 << 20;  ///< bytes sent and not yet taken
        std::chrono::milliseconds stall{10'000};
        std::chrono::milliseconds farewell{1'000};  ///< of close()
    };
    struct Hooks {
        /// What came, and when: any part of the stream, in order.
        std::function<void(Connection&, Bytes, Time received)> on_bytes;
        /// At most once, from the loop, and not after close() or reset().
        std::function<void(const std::string& why)> on_closed;
        /// All that was sent is taken: time for more of a large block. May be empty.
        std::function<void()> on_written = {};
    };

    Connection(Stream stream, Hooks hooks, Limits limits);
    Connection(Stream stream, Hooks hooks);
    /// Of a peer that has connected to us.
    void start();
    /// To `host`, which we have connected to: a TLS certificate has to be its own.
    void start(const std::string& host);
    /// Neither closed nor about to be: what came is still to be looked at.
    bool is_open() const { return state_ == State::open || state_ == State::doomed; }
    /// Written with the next flush(), which comes by itself when the present handler has returned.
    void send(Bytes);
    void flush();
    /// Writes what was sent and waits for the peer to close, reading what still comes, so that no reset
    /// overtakes our last words; at most for `farewell`.
    void close();
    /// At once, by linger 0 (GED-188 section 4).
    void reset();
    /// At once, and on_closed is told why: what came cannot be read any further.
    void fail(const std::string& why);

  private:
    enum class State : std::uint8_t { open, doomed, closing, closed };

    static boost::asio::awaitable<void> run(std::shared_ptr<Connection>, std::optional<std::string> host);
    static boost::asio::awaitable<void> read(std::shared_ptr<Connection>);
    static boost::asio::awaitable<void> write(std::shared_ptr<Connection>);
    static boost::asio::awaitable<void> shut_down(std::shared_ptr<Connection>);
    bool waits_for_peer() const { return !hands_shaken_ || write_running_; }
    std::optional<Time> next_deadline() const;
    void on_time(Time now);

    Stream stream_;
    Hooks hooks_;
    const Limits limits_;
    State state_ = State::open;  ///< doomed: fails as soon as the present handler has returned
    std::vector<std::uint8_t> incoming_;
    std::vector<std::uint8_t> queued_, writing_;
    std::size_t taken_ = 0;  ///< of writing_
    bool hands_shaken_ = false;
    bool write_running_ = false;
    bool flush_posted_ = false;
    Time progress_{};  ///< when the peer took the last byte, or there was the first to take
    Time closing_since_{};
    Alarm alarm_;
};

}  // namespace cticonnector::net
