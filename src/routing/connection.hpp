#pragma once
// One TCP connection that carries whole messages: reads through the framer, writes everything that was sent
// in one turn of the loop together and in order. Keeps itself alive while an operation is open.
//
// The write queue is bounded: a peer that does not read a megabyte is as good as lost, and on_closed says so.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cticonnector/protocol/wire/framer.hpp"

namespace cticonnector::routing {

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    using Time = std::chrono::steady_clock::time_point;
    using Socket = boost::asio::ip::tcp::socket;
    static constexpr std::size_t write_limit = 1 << 20;

    struct Hooks {
        /// `received`: when the whole message was read.
        std::function<void(const wire::Frame&, Time received)> on_frame;
        /// At most once, and not after close() or reset().
        std::function<void(const std::string& why)> on_closed;
    };

    Connection(Socket socket, std::size_t max_message, Hooks hooks);
    void start();
    /// Written with the next flush(), which comes by itself when the present handler has returned.
    void send(std::span<const std::uint8_t> bytes);
    void flush();
    /// When what was sent is written.
    void close();
    /// At once, by linger 0 (GED-188 section 4).
    void reset();

  private:
    enum class State : std::uint8_t { open, closing, closed };

    static boost::asio::awaitable<void> read(std::shared_ptr<Connection>);
    static boost::asio::awaitable<void> write(std::shared_ptr<Connection>);
    bool deliver(std::size_t bytes);
    void fail(const std::string& why);

    Socket socket_;
    wire::Framer framer_;
    Hooks hooks_;
    State state_ = State::open;
    std::vector<std::uint8_t> incoming_;
    std::vector<std::uint8_t> queued_, writing_;
    bool write_running_ = false;
    bool flush_posted_ = false;
};

}  // namespace cticonnector::routing
