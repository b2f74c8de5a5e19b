#include "cticonnector/net/http_server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "cticonnector/net/listener.hpp"
#include "http_connection.hpp"

namespace cticonnector::net {

namespace asio = boost::asio;
using asio::ip::tcp;

/// Connections keep it alive; it owns nothing that outlives the io_context.
class HttpServer::Impl final : public HttpHost, public std::enable_shared_from_this<HttpServer::Impl> {
  public:
    Impl(asio::io_context& io, const HttpServerSettings& how, HttpHandler to, HttpBroken told,
         HttpShortage shortage, HttpRefused refused)
        : HttpHost(how, std::move(to), std::move(told)),
          io_(io),
          listener_(
              io, {{settings.address, settings.port}, settings.allowed_peers, settings.max_connections},
              {.on_peer = [this](tcp::socket socket, const tcp::endpoint& peer,
                                 Listener::Seat seat) { admit(std::move(socket), peer, std::move(seat)); },
               .make_room = [this] { make_room(); },
               .on_full = [this](tcp::socket socket,
                                 const tcp::endpoint& peer) { refuse(std::move(socket), peer); },
               .on_refused = std::move(refused),
               .on_shortage = std::move(shortage)}) {}

    std::uint16_t port() const { return listener_.port(); }
    std::size_t connections() const { return listener_.connections(); }
    void stop(std::function<void()> drained);
    void close();

    void waits(HttpConnection& connection) override { move(connection, waiting_); }
    void works(HttpConnection& connection) override { move(connection, busy_); }
    bool may_upgrade() const override { return upgraded_.size() < settings.max_web_sockets; }
    void upgraded(HttpConnection& connection) override {
        move(connection, upgraded_);
        connection.seat = {};
        if (drained_) asio::post(io_, [self = shared_from_this()] { self->tell_drained(); });
    }
    void ended(HttpConnection& connection) override {
        connection.list->erase(connection.place);
        connection.seat = {};
        tell_drained();
    }

  private:
    HttpConnectionPtr add(tcp::socket, const tcp::endpoint& peer, HttpConnections& to);
    void admit(tcp::socket, const tcp::endpoint& peer, Listener::Seat);
    void refuse(tcp::socket, const tcp::endpoint& peer);
    void make_room();
    void tell_drained() {
        if (drained_ && busy_.empty()) std::exchange(drained_, nullptr)();
    }
    /// What leaves stays with those that leave.
    void move(HttpConnection& connection, HttpConnections& to) {
        if (connection.list == &leaving_) return;
        to.splice(to.end(), *connection.list, connection.place);
        connection.list = &to;
    }

    asio::io_context& io_;
    Listener listener_;
    HttpConnections waiting_;   ///< for a request, or for the rest of one; the longest first
    HttpConnections busy_;      ///< a request is with the handler, or its answer on the way
    HttpConnections upgraded_;  ///< WebSockets
    HttpConnections leaving_;   ///< over the maximum: being told so, or closed to make room
    std::function<void()> drained_;
};

HttpConnectionPtr HttpServer::Impl::add(tcp::socket socket, const tcp::endpoint& peer, HttpConnections& to) {
    boost::system::error_code ignored;  // a connection that is gone already says so when it is read
    socket.set_option(tcp::no_delay(true), ignored);
    auto connection = HttpConnection::make(shared_from_this(), std::move(socket), peer.address());
    connection->list = &to;
    connection->place = to.insert(to.end(), connection.get());
    return connection;
}

void HttpServer::Impl::admit(tcp::socket socket, const tcp::endpoint& peer, Listener::Seat seat) {
    const HttpConnectionPtr connection = add(std::move(socket), peer, waiting_);
    connection->seat = std::move(seat);
    connection->serve();
}

void HttpServer::Impl::refuse(tcp::socket socket, const tcp::endpoint& peer) {
    if (leaving_.size() < most_refusals) add(std::move(socket), peer, leaving_)->refuse();
}

/// So that those who keep connections without a use for them shut nobody out.
void HttpServer::Impl::make_room() {
    if (waiting_.empty()) return;
    HttpConnection& longest = *waiting_.front();
    move(longest, leaving_);
    longest.seat = {};
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
    listener_.close();
    for (const auto* connections : {&waiting_, &busy_, &upgraded_, &leaving_})
        for (HttpConnection* connection : *connections) connection->close();
}

HttpServer::HttpServer(asio::io_context& io, const HttpServerSettings& settings, HttpHandler handler,
                       HttpBroken broken, HttpShortage shortage, HttpRefused refused)
    : impl_(std::make_shared<Impl>(io, settings, std::move(handler), std::move(broken), std::move(shortage),
                                   std::move(refused))) {}
HttpServer::~HttpServer() { close(); }
std::uint16_t HttpServer::port() const { return impl_->port(); }
std::size_t HttpServer::connections() const { return impl_->connections(); }
void HttpServer::stop(std::function<void()> drained) { impl_->stop(std::move(drained)); }
void HttpServer::close() { impl_->close(); }

}  // namespace cticonnector::net
