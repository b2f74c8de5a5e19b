#include "connection_pool.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "cticonnector/net/http_limits.hpp"

namespace cticonnector::crm {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

Connection::Connection(tcp::socket socket) : stream(std::move(socket)), buffer(net::max_buffer) {
    error_code ignored;  // a connection that is gone already says so when it is used
    stream.socket().set_option(tcp::no_delay(true), ignored);
    stream.socket().set_option(asio::socket_base::keep_alive(true), ignored);
}

void Connection::close() {
    error_code ignored;
    stream.socket().close(ignored);
}

bool Connection::usable() {
    if (!stream.socket().is_open()) return false;
    error_code error;
    return stream.socket().available(error) == 0 && !error;
}

ConnectionPool::ConnectionPool(asio::io_context& io, Limits limits, const std::string& host,
                               std::uint16_t port)
    : limits_(limits), remote_(io, host, port), expiry_(io) {}

asio::awaitable<void> ConnectionPool::take(std::shared_ptr<ConnectionPool> self, ClaimPtr claim) {
    if (claim->cancelled || self->place(*claim)) co_return;
    self->waiting_.push_back(claim);
    claim->wake.expires_at(Clock::time_point::max());
    error_code ec;
    co_await claim->wake.async_wait(asio::redirect_error(asio::use_awaitable, ec));
}

bool ConnectionPool::place(Claim& claim) {
    if (!claim.fresh) claim.connection = take_kept();
    if (!claim.connection) {
        if (open_ >= limits_.places) {
            if (idle_.empty()) return false;
            discard_oldest();
        }
        ++open_;
    }
    return claim.placed = true;
}

/// The one that was used last, so that those that are too many grow old.
ConnectionPtr ConnectionPool::take_kept() {
    while (!idle_.empty()) {
        ConnectionPtr connection = std::move(idle_.back());
        idle_.pop_back();
        if (connection->usable()) {
            error_code ec;
            connection->stream.socket().cancel(ec);  // it was watched
            return connection;
        }
        connection->close();
        --open_;
    }
    return nullptr;
}

void ConnectionPool::give_back(Claim& claim) {
    if (!std::exchange(claim.placed, false)) return;
    ConnectionPtr connection = std::exchange(claim.connection, nullptr);
    if (connection && (closed_ || !connection->usable())) std::exchange(connection, nullptr)->close();
    if (connection) connection->kept = true;
    while (!waiting_.empty()) {
        const ClaimPtr next = std::move(waiting_.front());
        waiting_.pop_front();
        if (next->cancelled) continue;
        if (connection && next->fresh) std::exchange(connection, nullptr)->close();
        next->connection = std::move(connection);
        next->placed = true;
        next->wake.cancel();
        return;
    }
    if (connection) return keep(std::move(connection));
    --open_;
}

void ConnectionPool::keep(ConnectionPtr connection) {
    connection->stream.expires_never();
    connection->idle_since = Clock::now();
    idle_.push_back(connection);
    if (idle_.size() == 1) arm();
    watch(connection);
}

/// One that SAP closes leaves at once, and so does one on which it says something.
void ConnectionPool::watch(const ConnectionPtr& connection) {
    const auto heard = [weak = weak_from_this(), connection](error_code error) {
        const auto self = weak.lock();
        if (error == asio::error::operation_aborted || !self) return;
        if (std::erase(self->idle_, connection) == 0) return;  // it carries an event again
        connection->close();
        --self->open_;
    };
    connection->stream.socket().async_wait(tcp::socket::wait_read, heard);
}

void ConnectionPool::arm() {
    expiry_.expires_at(idle_.front()->idle_since + limits_.idle);
    expiry_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (error || !self) return;
        const auto now = Clock::now();
        while (!self->idle_.empty() && self->idle_.front()->idle_since + self->limits_.idle <= now)
            self->discard_oldest();
        if (!self->idle_.empty()) self->arm();
    });
}

void ConnectionPool::discard_oldest() {
    idle_.front()->close();
    idle_.pop_front();
    --open_;
}

void ConnectionPool::discard_idle() {
    while (!idle_.empty()) discard_oldest();
}

void ConnectionPool::close() {
    closed_ = true;
    discard_idle();
    expiry_.cancel();
}

}  // namespace cticonnector::crm
