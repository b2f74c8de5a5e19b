#include "cticonnector/net/connection.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "cticonnector/net/reset.hpp"
#include "cticonnector/net/spawn.hpp"

namespace cticonnector::net {

namespace asio = boost::asio;
namespace {
constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 16'384;
/// What is written with one call, and what a buffer keeps of its memory.
constexpr std::size_t write_size = 256 << 10;
}  // namespace

Connection::Connection(Socket socket, Hooks hooks, Limits limits)
    : socket_(std::move(socket)),
      hooks_(std::move(hooks)),
      limits_(limits),
      incoming_(read_size),
      stall_(socket_.get_executor()),
      farewell_(socket_.get_executor()) {}

Connection::Connection(Socket socket, Hooks hooks)
    : Connection(std::move(socket), std::move(hooks), Limits{}) {}

void Connection::start() {
    boost::system::error_code ignored;  // a connection that is gone already says so when it is read
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    spawn(socket_.get_executor(), read(shared_from_this()));
}

asio::awaitable<void> Connection::read(std::shared_ptr<Connection> self) {
    for (;;) {
        const auto [error, bytes] =
            co_await self->socket_.async_read_some(asio::buffer(self->incoming_), tuple);
        if (self->state_ == State::closed) co_return;
        if (error) {
            self->fail(error.message());
            co_return;
        }
        const Time received = std::chrono::steady_clock::now();
        if (self->is_open()) self->hooks_.on_bytes(*self, Bytes{self->incoming_}.first(bytes), received);
        if (self->state_ == State::closed) co_return;
    }
}

void Connection::send(Bytes bytes) {
    if (state_ != State::open || bytes.empty()) return;
    if (queued_.size() + writing_.size() - taken_ + bytes.size() > limits_.waiting) {
        state_ = State::doomed;
        asio::post(socket_.get_executor(), [self = shared_from_this()] {
            self->fail("more than " + std::to_string(self->limits_.waiting >> 20) +
                       " MiB wait for the peer to read");
        });
        return;
    }
    queued_.insert(queued_.end(), bytes.begin(), bytes.end());
    if (flush_posted_) return;
    flush_posted_ = true;
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
        self->flush_posted_ = false;
        self->flush();
    });
}

void Connection::flush() {
    if (write_running_ || state_ == State::closed || queued_.empty()) return;
    write_running_ = true;
    progress_ = std::chrono::steady_clock::now();
    if (!watching_) watch_for_stall();
    spawn(socket_.get_executor(), write(shared_from_this()));
}

asio::awaitable<void> Connection::write(std::shared_ptr<Connection> self) {
    while (!self->queued_.empty()) {
        self->writing_.swap(self->queued_);
        while (self->taken_ < self->writing_.size()) {
            const auto rest = std::span{self->writing_}.subspan(self->taken_);
            const auto piece = rest.first(std::min(rest.size(), write_size));
            const auto [error, bytes] =
                co_await self->socket_.async_write_some(asio::buffer(piece.data(), piece.size()), tuple);
            if (self->state_ == State::closed) co_return;
            if (error) {
                self->fail(error.message());
                co_return;
            }
            self->taken_ += bytes;
            self->progress_ = std::chrono::steady_clock::now();
        }
        self->writing_.clear();
        if (self->writing_.capacity() > write_size) self->writing_ = {};
        self->taken_ = 0;
    }
    self->write_running_ = false;
    self->written();
}

void Connection::written() {
    if (state_ == State::closing) {
        boost::system::error_code ignored;  // whatever it is, nothing is left to be said
        socket_.shutdown(Socket::shutdown_send, ignored);
    } else if (hooks_.on_written) {
        hooks_.on_written();
    }
}

void Connection::watch_for_stall() {
    watching_ = true;
    stall_.expires_at(progress_ + limits_.stall);
    stall_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (error || !self || self->state_ == State::closed) return;
        self->watching_ = false;
        if (!self->write_running_) return;
        if (std::chrono::steady_clock::now() < self->progress_ + self->limits_.stall)
            return self->watch_for_stall();
        self->fail("the peer has taken no byte for " + std::to_string(self->limits_.stall.count() / 1000) +
                   " s");
    });
}

void Connection::close() {
    if (state_ == State::doomed) return reset();
    if (state_ != State::open) return;
    state_ = State::closing;
    farewell_.expires_after(limits_.farewell);
    farewell_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        if (const auto self = weak.lock(); self && !error) self->reset();
    });
    flush();
    if (!write_running_) written();
}

void Connection::reset() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    stall_.cancel();
    farewell_.cancel();
    net::reset(socket_);
}

void Connection::fail(const std::string& why) {
    const bool tell = state_ == State::open || state_ == State::doomed;
    reset();
    if (tell) hooks_.on_closed(why);
}

}  // namespace cticonnector::net
