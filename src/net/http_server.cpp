#include "cticonnector/net/http_server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "cticonnector/net/handles.hpp"
#include "cticonnector/net/rethrow.hpp"
#include "http_connection.hpp"

namespace cticonnector::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// When accept fails (no file handles left), so as not to spin.
constexpr std::chrono::milliseconds accept_pause{100};
/// So many in one go: between two of them every busy connection has its turn, and newcomers would wait.
constexpr int accepted_at_once = 64;

}  // namespace

/// Coroutines keep it alive; it owns nothing that outlives the io_context.
class HttpServer::Impl final : public HttpHost, public std::enable_shared_from_this<HttpServer::Impl> {
  public:
    Impl(asio::io_context& io, const HttpServerSettings& how, HttpHandler to, HttpBroken told,
         HttpShortage shortage, HttpRefused refused)
        : HttpHost(how, std::move(to), std::move(told)),
          shortage_(std::move(shortage)),
          refused_(std::move(refused)),
          io_(io),
          acceptor_(io),
          pause_(io) {
        const tcp::endpoint endpoint{settings.address, settings.port};
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(endpoint);
        acceptor_.listen();
        acceptor_.non_blocking(true);
        port_ = acceptor_.local_endpoint().port();
    }

    void start() { asio::co_spawn(io_, accept_all(shared_from_this()), rethrow); }
    std::uint16_t port() const { return port_; }
    std::size_t connections() const { return waiting_.size() + busy_.size(); }
    void stop(std::function<void()> drained);
    void close();

    void waits(HttpConnection& connection) override { move(connection, waiting_); }
    void works(HttpConnection& connection) override { move(connection, busy_); }
    void ended(HttpConnection& connection) override {
        connection.list->erase(connection.place);
        if (drained_ && busy_.empty()) std::exchange(drained_, nullptr)();
    }

  private:
    static asio::awaitable<void> accept_all(std::shared_ptr<Impl> self);
    error_code accept_some();
    void admit(tcp::socket socket);
    void make_room();
    /// What leaves stays with those that leave.
    void move(HttpConnection& connection, HttpConnections& to) {
        if (connection.list == &leaving_) return;
        to.splice(to.end(), *connection.list, connection.place);
        connection.list = &to;
    }

    const HttpShortage shortage_;
    const HttpRefused refused_;
    OnceAMinute shortage_told_;
    asio::io_context& io_;
    tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    std::uint16_t port_ = 0;
    HttpConnections waiting_;  ///< for a request, or for the rest of one; the longest first
    HttpConnections busy_;     ///< a request is with the handler, or its answer on the way
    HttpConnections leaving_;  ///< over the maximum: being told so, or closed to make room
    std::function<void()> drained_;
};

asio::awaitable<void> HttpServer::Impl::accept_all(std::shared_ptr<Impl> self) {
    while (self->acceptor_.is_open()) {
        error_code ec;
        co_await self->acceptor_.async_wait(tcp::acceptor::wait_read,
                                            asio::redirect_error(asio::use_awaitable, ec));
        if (!self->acceptor_.is_open()) break;
        ec = self->accept_some();
        if (!ec || ec == asio::error::would_block) continue;
        if (no_handles_left(ec) && self->shortage_told_.due()) self->shortage_(ec.message());
        self->pause_.expires_after(accept_pause);
        co_await self->pause_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
}

error_code HttpServer::Impl::accept_some() {
    error_code ec;
    for (int i = 0; i < accepted_at_once; ++i) {
        tcp::socket socket(io_);
        acceptor_.accept(socket, ec);
        if (ec) break;
        admit(std::move(socket));
    }
    return ec;
}

void HttpServer::Impl::admit(tcp::socket socket) {
    error_code ec;
    const auto peer = unmapped(socket.remote_endpoint(ec).address());
    if (ec) return;  // closes it
    if (!allows(settings.allowed_peers, peer)) {
        if (refused_) refused_(peer);
        return;
    }
    socket.set_option(tcp::no_delay(true), ec);
    if (connections() >= settings.max_connections) make_room();
    const bool full = connections() >= settings.max_connections;
    if (full && leaving_.size() >= most_refusals) return;
    const auto connection = HttpConnection::make(shared_from_this(), std::move(socket), peer);
    connection->list = full ? &leaving_ : &waiting_;
    connection->place = connection->list->insert(connection->list->end(), connection.get());
    if (full)
        connection->refuse();
    else
        connection->serve();
}

/// So that those who keep connections without a use for them shut nobody out.
void HttpServer::Impl::make_room() {
    if (waiting_.empty()) return;
    HttpConnection& longest = *waiting_.front();
    move(longest, leaving_);
    longest.close();
}

void HttpServer::Impl::stop(std::function<void()> drained) {
    if (std::exchange(stopping, true)) return;
    drained_ = std::move(drained);
    if (drained_ && busy_.empty()) asio::post(io_, std::exchange(drained_, nullptr));
    for (HttpConnection* connection : waiting_) connection->close();
}

void HttpServer::Impl::close() {
    stop({});
    drained_ = nullptr;
    error_code ec;
    acceptor_.close(ec);
    pause_.cancel();
    for (const auto* connections : {&waiting_, &busy_, &leaving_})
        for (HttpConnection* connection : *connections) connection->close();
}

HttpServer::HttpServer(asio::io_context& io, const HttpServerSettings& settings, HttpHandler handler,
                       HttpBroken broken, HttpShortage shortage, HttpRefused refused)
    : impl_(std::make_shared<Impl>(io, settings, std::move(handler), std::move(broken), std::move(shortage),
                                   std::move(refused))) {
    impl_->start();
}
HttpServer::~HttpServer() { close(); }
std::uint16_t HttpServer::port() const { return impl_->port(); }
std::size_t HttpServer::connections() const { return impl_->connections(); }
void HttpServer::stop(std::function<void()> drained) { impl_->stop(std::move(drained)); }
void HttpServer::close() { impl_->close(); }

}  // namespace cticonnector::net
