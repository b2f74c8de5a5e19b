#include "cticonnector/net/connection.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
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

Connection::Connection(Stream stream, Hooks hooks, Limits limits)
    : stream_(std::move(stream)),
      hooks_(std::move(hooks)),
      limits_(limits),
      incoming_(read_size),
      alarm_(stream_.get_executor(), [this](Time now) { on_time(now); }) {}

Connection::Connection(Stream stream, Hooks hooks)
    : Connection(std::move(stream), std::move(hooks), Limits{}) {}

void Connection::start() { spawn(stream_.get_executor(), run(shared_from_this(), std::nullopt)); }
void Connection::start(const std::string& host) {
    spawn(stream_.get_executor(), run(shared_from_this(), host));
}

asio::awaitable<void> Connection::run(std::shared_ptr<Connection> self, std::optional<std::string> host) {
    boost::system::error_code error;  // a connection that is gone already says so when it is read
    self->stream_.socket().set_option(asio::ip::tcp::no_delay(true), error);
    self->progress_ = net::now();
    self->alarm_.set(self->next_deadline());
    if (host)
        error = co_await self->stream_.connect_handshake(std::move(*host));
    else
        error = co_await self->stream_.accept_handshake();
    if (self->state_ == State::closed) co_return;
    if (error) {
        self->fail("TLS: " + error.message());
        co_return;
    }
    self->hands_shaken_ = true;
    self->flush();
    if (self->state_ == State::closing && !self->write_running_)
        spawn(self->stream_.get_executor(), shut_down(self));
    co_await read(self);
}

asio::awaitable<void> Connection::read(std::shared_ptr<Connection> self) {
    while (self->state_ != State::closed) {
        const auto [error, bytes] =
            co_await self->stream_.async_read_some(asio::buffer(self->incoming_), tuple);
        if (self->state_ == State::closed) co_return;
        if (error) {
            self->fail(error.message());
            co_return;
        }
        const Time received = net::now();
        if (self->is_open()) self->hooks_.on_bytes(*self, Bytes{self->incoming_}.first(bytes), received);
    }
}

void Connection::send(Bytes bytes) {
    if (state_ != State::open || bytes.empty()) return;
    if (queued_.size() + writing_.size() - taken_ + bytes.size() > limits_.waiting) {
        state_ = State::doomed;
        asio::post(stream_.get_executor(), [self = shared_from_this()] {
            self->fail("more than " + std::to_string(self->limits_.waiting >> 20) +
                       " MiB wait for the peer to read");
        });
        return;
    }
    queued_.insert(queued_.end(), bytes.begin(), bytes.end());
    if (flush_posted_) return;
    flush_posted_ = true;
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
        self->flush_posted_ = false;
        self->flush();
    });
}

void Connection::flush() {
    if (!hands_shaken_ || write_running_ || state_ == State::closed || queued_.empty()) return;
    write_running_ = true;
    progress_ = net::now();
    alarm_.set(next_deadline());
    spawn(stream_.get_executor(), write(shared_from_this()));
}

asio::awaitable<void> Connection::write(std::shared_ptr<Connection> self) {
    while (!self->queued_.empty()) {
        self->writing_.swap(self->queued_);
        while (self->taken_ < self->writing_.size()) {
            const auto rest = std::span{self->writing_}.subspan(self->taken_);
            const auto piece = rest.first(std::min(rest.size(), write_size));
            const auto [error, bytes] =
                co_await self->stream_.async_write_some(asio::buffer(piece.data(), piece.size()), tuple);
            if (self->state_ == State::closed) co_return;
            if (error) {
                self->fail(error.message());
                co_return;
            }
            self->taken_ += bytes;
            self->progress_ = net::now();
        }
        self->writing_.clear();
        if (self->writing_.capacity() > write_size) self->writing_ = {};
        self->taken_ = 0;
    }
    self->write_running_ = false;
    if (self->state_ == State::closing)
        co_await shut_down(self);
    else if (self->hooks_.on_written)
        self->hooks_.on_written();
}

/// Keeps it alive meanwhile: a TLS peer answers.
asio::awaitable<void> Connection::shut_down(std::shared_ptr<Connection> self) {
    co_await self->stream_.shutdown_send();
}

std::optional<Connection::Time> Connection::next_deadline() const {
    std::optional<Time> next;
    if (state_ == State::closing) next = closing_since_ + limits_.farewell;
    if (waits_for_peer() && (!next || progress_ + limits_.stall < *next)) next = progress_ + limits_.stall;
    return next;
}

void Connection::on_time(Time now) {
    const auto self = shared_from_this();
    if (state_ == State::closing && now >= closing_since_ + limits_.farewell) return reset();
    if (waits_for_peer() && now >= progress_ + limits_.stall) {
        const std::string time = std::to_string(limits_.stall.count() / 1000) + " s";
        return fail(hands_shaken_ ? "the peer has taken no byte for " + time : "TLS: no answer for " + time);
    }
    alarm_.set(next_deadline());
}

void Connection::close() {
    if (state_ == State::doomed) return reset();
    if (state_ != State::open) return;
    state_ = State::closing;
    closing_since_ = net::now();
    alarm_.set(next_deadline());
    flush();
    if (hands_shaken_ && !write_running_) spawn(stream_.get_executor(), shut_down(shared_from_this()));
}

void Connection::reset() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    alarm_.cancel();
    net::reset(stream_.socket());
}

void Connection::fail(const std::string& why) {
    const bool tell = state_ == State::open || state_ == State::doomed;
    reset();
    if (tell) hooks_.on_closed(why);
}

}  // namespace cticonnector::net
