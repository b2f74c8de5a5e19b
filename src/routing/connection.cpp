#include "connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "spawn.hpp"

namespace cticonnector::routing {

namespace asio = boost::asio;
namespace {
constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t read_size = 16'384;
}  // namespace

Connection::Connection(Socket socket, std::size_t max_message, Hooks hooks)
    : socket_(std::move(socket)), framer_(max_message), hooks_(std::move(hooks)), incoming_(read_size) {}

void Connection::start() {
    boost::system::error_code ignored;  // a connection that is gone already says so when it is read
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    spawn(socket_.get_executor(), read(shared_from_this()));
}

asio::awaitable<void> Connection::read(std::shared_ptr<Connection> self) {
    for (;;) {
        const auto [error, bytes] =
            co_await self->socket_.async_read_some(asio::buffer(self->incoming_), tuple);
        if (self->state_ != State::open) co_return;
        if (error) {
            self->fail(error.message());
            co_return;
        }
        if (!self->deliver(bytes)) co_return;
    }
}

/// False when the connection has ended over it.
bool Connection::deliver(std::size_t bytes) {
    const Time received = std::chrono::steady_clock::now();
    framer_.feed(std::span{incoming_}.first(bytes));
    for (;;) {
        const auto frame = framer_.next();
        if (!frame) {
            fail(wire::describe(frame.error()));
            return false;
        }
        if (!*frame) return true;
        hooks_.on_frame(**frame, received);
        if (state_ != State::open) return false;
    }
}

void Connection::send(std::span<const std::uint8_t> bytes) {
    if (state_ != State::open || bytes.empty()) return;
    const bool full = queued_.size() + bytes.size() > write_limit;
    if (!full) queued_.insert(queued_.end(), bytes.begin(), bytes.end());
    if (flush_posted_) return;
    flush_posted_ = true;
    asio::post(socket_.get_executor(), [self = shared_from_this(), full] {
        self->flush_posted_ = false;
        if (full) return self->fail("the write queue is full");
        self->flush();
    });
}

void Connection::flush() {
    if (write_running_ || state_ == State::closed || (queued_.empty() && state_ == State::open)) return;
    write_running_ = true;
    spawn(socket_.get_executor(), write(shared_from_this()));
}

asio::awaitable<void> Connection::write(std::shared_ptr<Connection> self) {
    while (!self->queued_.empty()) {
        self->writing_.clear();
        self->writing_.swap(self->queued_);
        const auto [error, bytes] =
            co_await asio::async_write(self->socket_, asio::buffer(self->writing_), tuple);
        if (self->state_ == State::closed) co_return;
        if (error) {
            self->fail(error.message());
            co_return;
        }
    }
    self->write_running_ = false;
    if (self->state_ == State::closing) {
        self->state_ = State::closed;
        boost::system::error_code ignored;
        self->socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
        self->socket_.close(ignored);
    }
}

void Connection::close() {
    if (state_ != State::open) return;
    state_ = State::closing;
    flush();
}

void Connection::reset() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    boost::system::error_code ignored;  // it may be gone already
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

void Connection::fail(const std::string& why) {
    const bool tell = state_ == State::open;
    reset();
    if (tell) hooks_.on_closed(why);
}

}  // namespace cticonnector::routing
