#include "http_pool.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "cticonnector/net/http_limits.hpp"

namespace cticonnector::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

namespace {
/// Pools that nobody uses are kept for what they have learned of their addresses; beyond so many they go.
constexpr std::size_t many_pools = 64;
}  // namespace

ClientConnection::ClientConnection(tcp::socket socket, TlsContext* tls)
    : stream(std::move(socket), tls), buffer(max_buffer) {
    error_code ignored;  // a connection that is gone already says so when it is used
    stream.socket().set_option(tcp::no_delay(true), ignored);
    stream.socket().set_option(asio::socket_base::keep_alive(true), ignored);
}

void ClientConnection::close() { stream.close(); }

bool ClientConnection::usable() {
    if (!stream.is_open() || stream.has_unread()) return false;
    error_code error;
    return stream.socket().available(error) == 0 && !error;
}

HttpPool::HttpPool(HttpPools& all, const std::string& host, std::uint16_t port)
    : all_(all), remote_(all.io_, host, port), expiry_(all.io_) {}

asio::awaitable<void> HttpPool::take(std::shared_ptr<HttpPool> self, HttpClaimPtr claim) {
    if (claim->cancelled || self->place(*claim)) co_return;
    claim->turn = ++self->all_.last_turn_;
    claim->in_line = self->waiting_.insert(self->waiting_.end(), claim);
    ++self->all_.waiting_;
    claim->wake.expires_at(Clock::time_point::max());
    error_code ec;
    co_await claim->wake.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    if (claim->in_line) self->leave(*claim);
}

void HttpPool::leave(HttpClaim& claim) {
    waiting_.erase(*std::exchange(claim.in_line, std::nullopt));
    --all_.waiting_;
}

bool HttpPool::place(HttpClaim& claim) {
    if (!claim.fresh) claim.connection = take_kept();
    if (!claim.connection) {
        if (!has_place()) return false;
        if (open_ >= all_.limits_.places) discard_oldest();
        all_.make_place();
        ++open_;
        ++all_.open_;
    }
    return claim.placed = true;
}

/// For a new connection, if need be in the place of an idle one.
bool HttpPool::has_place() const {
    return !idle_.empty() || (open_ < all_.limits_.places && all_.has_place());
}

void HttpPool::release() {
    --open_;
    --all_.open_;
}

/// The one that was used last, so that those that are too many grow old.
ClientConnectionPtr HttpPool::take_kept() {
    while (!idle_.empty()) {
        ClientConnectionPtr connection = std::move(idle_.back());
        idle_.pop_back();
        --all_.idle_;
        if (connection->usable()) {
            error_code ec;
            connection->stream.socket().cancel(ec);  // it was watched
            return connection;
        }
        connection->close();
        release();
    }
    return nullptr;
}

void HttpPool::give_back(HttpClaim& claim) {
    if (!std::exchange(claim.placed, false)) return;
    ClientConnectionPtr connection = std::exchange(claim.connection, nullptr);
    if (connection && (closed_ || !connection->usable())) std::exchange(connection, nullptr)->close();
    if (connection)
        keep(std::move(connection));
    else
        release();
    all_.serve();
}

HttpClaimPtr HttpPool::first_waiting() const { return waiting_.empty() ? nullptr : waiting_.front(); }

void HttpPool::keep(ClientConnectionPtr connection) {
    connection->kept = true;
    connection->stream.expires_never();
    connection->idle_since = Clock::now();
    idle_.push_back(connection);
    ++all_.idle_;
    if (idle_.size() == 1) arm();
    watch(connection);
}

/// One that the peer closes leaves at once, and so does one on which it says something.
void HttpPool::watch(const ClientConnectionPtr& connection) {
    const auto heard = [weak = weak_from_this(), connection](error_code error) {
        const auto self = weak.lock();
        if (error == asio::error::operation_aborted || !self) return;
        if (std::erase(self->idle_, connection) == 0) return;  // it carries a request again
        --self->all_.idle_;
        connection->close();
        self->release();
    };
    connection->stream.socket().async_wait(tcp::socket::wait_read, heard);
}

void HttpPool::arm() {
    expiry_.expires_at(idle_.front()->idle_since + *all_.limits_.idle);
    expiry_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (error || !self) return;
        const auto now = Clock::now();
        while (!self->idle_.empty() && self->idle_.front()->idle_since + *self->all_.limits_.idle <= now)
            self->discard_oldest();
        if (!self->idle_.empty()) self->arm();
    });
}

void HttpPool::discard_oldest() {
    idle_.front()->close();
    idle_.pop_front();
    --all_.idle_;
    release();
}

void HttpPool::discard_idle() {
    while (!idle_.empty()) discard_oldest();
}

void HttpPool::close() {
    closed_ = true;
    discard_idle();
    expiry_.cancel();
}

HttpPools::HttpPools(asio::io_context& io, Limits limits) : io_(io), limits_(std::move(limits)) {}

std::shared_ptr<HttpPool> HttpPools::of(const HttpTarget& target) {
    const std::string key = (target.tls ? "https://" : "http://") + target.authority();
    const auto found = pools_.find(key);
    if (found != pools_.end()) return found->second;
    if (pools_.size() >= many_pools)
        std::erase_if(pools_, [](const auto& entry) {
            return entry.second->open_ == 0 && entry.second->first_waiting() == nullptr;
        });
    auto pool = std::make_shared<HttpPool>(*this, target.host, target.port);
    return pools_.emplace(key, std::move(pool)).first->second;
}

bool HttpPools::has_place() const { return open_ < limits_.in_all || idle_ > 0; }

/// The connection goes that has been idle longest of all.
void HttpPools::make_place() {
    if (open_ < limits_.in_all) return;
    HttpPool* oldest = nullptr;
    for (const auto& [authority, pool] : pools_) {
        if (pool->idle_.empty()) continue;
        if (!oldest || pool->idle_.front()->idle_since < oldest->idle_.front()->idle_since)
            oldest = pool.get();
    }
    if (oldest) oldest->discard_oldest();
}

/// Whoever waits longest of those for whom there is a place.
void HttpPools::serve() {
    while (waiting_ > 0 && has_place()) {
        HttpPool* next = nullptr;
        HttpClaimPtr first;
        for (const auto& [authority, pool] : pools_) {
            HttpClaimPtr claim = pool->first_waiting();
            if (!claim || !pool->has_place() || (first && first->turn < claim->turn)) continue;
            next = pool.get();
            first = std::move(claim);
        }
        if (!first) return;
        next->leave(*first);
        next->place(*first);
        first->wake.cancel();
    }
}

void HttpPools::close() {
    for (const auto& [authority, pool] : pools_) pool->close();
}

}  // namespace cticonnector::net
