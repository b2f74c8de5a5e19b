#include "http_server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <set>
#include <utility>

#include "http_limits.hpp"
#include "rethrow.hpp"

namespace cticonnector::crm {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::size_t first_read = 4096;
/// Bounds on waiting for a peer that still sends what nobody wants, so that it can read our answer.
constexpr std::chrono::seconds linger_time{1};
constexpr std::size_t linger_bytes = 8 * max_body;
/// Connections that are being told 503; beyond these they are closed without a word.
constexpr std::size_t max_refusing = 64;
/// When accept fails (no file handles left), so as not to spin.
constexpr std::chrono::milliseconds accept_pause{100};

asio::ip::address unmapped(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return address;
}

std::string text_of(const tcp::endpoint& endpoint) {
    const auto address = endpoint.address().to_string();
    const bool v6 = endpoint.address().is_v6();
    return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port());
}

/// What the server itself answers to a request that it could not read; nothing for a connection that broke.
std::optional<unsigned> status_of(const error_code& ec) {
    if (ec == http::error::header_limit) return 431;
    if (ec == http::error::body_limit || ec == http::error::buffer_overflow) return 413;
    if (ec == http::error::end_of_stream || ec == http::error::partial_message) return std::nullopt;
    static const auto& category = error_code{http::error::bad_method}.category();
    return ec.category() == category ? std::optional{400u} : std::nullopt;
}

}  // namespace

/// Coroutines keep it alive; it owns nothing that outlives the io_context.
class HttpServer::Impl : public std::enable_shared_from_this<HttpServer::Impl> {
  public:
    class Connection;

    Impl(asio::io_context& io, const Settings& settings, HttpHandler handler)
        : settings_(settings), handler_(std::move(handler)), io_(io), acceptor_(io), pause_(io) {
        const tcp::endpoint endpoint{settings.listen_address, settings.listen_port};
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(endpoint);
        acceptor_.listen();
        port_ = acceptor_.local_endpoint().port();
    }

    void start() { asio::co_spawn(io_, accept_all(shared_from_this()), rethrow); }
    std::uint16_t port() const { return port_; }
    std::size_t connections() const { return connections_.size(); }
    void stop(std::function<void()> drained);
    void close();

  private:
    static asio::awaitable<void> accept_all(std::shared_ptr<Impl> self);
    void admit(tcp::socket socket);
    void forget(Connection* connection) {
        connections_.erase(connection);
        if (connections_.empty() && drained_) std::exchange(drained_, nullptr)();
    }
    bool allowed(const tcp::endpoint& peer) const {
        const auto& list = settings_.allowed_peers;
        return list.empty() || std::ranges::find(list, unmapped(peer.address())) != list.end();
    }

    const Settings settings_;
    HttpHandler handler_;
    asio::io_context& io_;
    tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    std::uint16_t port_ = 0;
    std::set<Connection*> connections_;
    std::set<Connection*> refusing_;  ///< over the maximum, being told so
    std::function<void()> drained_;
    bool stopping_ = false;

    friend class HttpServer;
};

/// Kept alive by its coroutine, and by whoever still owes it an answer.
class HttpServer::Impl::Connection final : public HttpExchange,
                                           public std::enable_shared_from_this<Connection> {
  public:
    Connection(std::shared_ptr<Impl> server, tcp::socket socket)
        : server_(std::move(server)),
          answered_(socket.get_executor(), Clock::time_point::max()),
          stream_(std::move(socket)) {}

    static asio::awaitable<void> serve(std::shared_ptr<Connection> self);
    static asio::awaitable<void> refuse(std::shared_ptr<Connection> self);

    void answer(HttpAnswer answer, Written written) override {
        if (gone_) {
            if (written) written(false);
            return;
        }
        answer_ = std::move(answer);
        written_ = std::move(written);
        answered_.cancel();
    }

    /// Its request is with the handler, or its answer on the way.
    bool busy() const { return busy_; }
    void close() {
        error_code ec;
        stream_.socket().close(ec);
        answered_.cancel();
    }

  private:
    asio::awaitable<bool> next_request();
    asio::awaitable<error_code> read();
    asio::awaitable<void> wait_for_answer();
    asio::awaitable<bool> write(HttpAnswer answer);
    asio::awaitable<void> linger();
    HttpRequest take_request();

    std::shared_ptr<Impl> server_;
    asio::steady_timer answered_;  ///< cancelled when there is an answer
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    std::optional<HttpAnswer> answer_;
    Written written_;
    unsigned version_ = 11;
    bool keep_alive_ = true;
    bool head_ = false;  ///< HEAD: an answer without a body
    bool busy_ = false;
    bool gone_ = false;
};

asio::awaitable<void> HttpServer::Impl::Connection::serve(std::shared_ptr<Connection> self) {
    self->server_->connections_.insert(self.get());
    // not while (co_await ...): g++ 12 then looks for the coroutine's parameters in the wrong place
    for (bool more = true; more;) more = co_await self->next_request();
    self->gone_ = true;
    self->close();
    self->server_->forget(self.get());
}

asio::awaitable<void> HttpServer::Impl::Connection::refuse(std::shared_ptr<Connection> self) {
    self->server_->refusing_.insert(self.get());
    self->keep_alive_ = false;
    HttpAnswer answer{503, "Too many connections\n", "text/plain"};
    co_await self->write(std::move(answer));
    co_await self->linger();
    self->server_->refusing_.erase(self.get());
    self->close();
}

/// The time for the whole request starts with its first byte (R-DEC-58).
asio::awaitable<error_code> HttpServer::Impl::Connection::read() {
    error_code ec;
    if (buffer_.size() == 0) {
        buffer_.shrink_to_fit();
        stream_.expires_after(server_->settings_.idle_timeout);
        const auto space = buffer_.prepare(first_read);
        const std::size_t n =
            co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, ec));
        if (ec) co_return ec;
        buffer_.commit(n);
    }
    stream_.expires_after(server_->settings_.request_read_timeout);
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(max_header));
    parser_->body_limit(max_body);
    co_await http::async_read_header(stream_, buffer_, *parser_,
                                     asio::redirect_error(asio::use_awaitable, ec));
    if (ec) co_return ec;
    if (beast::iequals(parser_->get()[http::field::expect], "100-continue") && !parser_->is_done()) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        const asio::const_buffer line{go_on.data(), go_on.size()};
        co_await asio::async_write(stream_, line, asio::redirect_error(asio::use_awaitable, ec));
        if (ec) co_return ec;
    }
    co_await http::async_read(stream_, buffer_, *parser_, asio::redirect_error(asio::use_awaitable, ec));
    co_return ec;
}

HttpRequest HttpServer::Impl::Connection::take_request() {
    auto message = parser_->release();
    parser_.reset();
    version_ = message.version();
    keep_alive_ = message.keep_alive();
    head_ = message.method() == http::verb::head;
    HttpRequest request;
    request.method = message.method_string();
    request.target = message.target();
    request.host = message[http::field::host];
    error_code ec;
    if (request.host.empty()) request.host = text_of(stream_.socket().local_endpoint(ec));
    request.body = std::move(message.body());
    request.received = Clock::now();
    return request;
}

asio::awaitable<bool> HttpServer::Impl::Connection::next_request() {
    const error_code ec = co_await read();
    if (ec) {
        const auto status = status_of(ec);
        if (!status) co_return false;
        keep_alive_ = false;
        HttpAnswer refusal{*status, std::string(http::obsolete_reason(static_cast<http::status>(*status))),
                           "text/plain"};
        co_await write(std::move(refusal));
        co_await linger();
        co_return false;
    }
    if (server_->stopping_) co_return false;
    stream_.expires_never();
    busy_ = true;
    server_->handler_(take_request(), shared_from_this());
    co_await wait_for_answer();
    if (!answer_) co_return false;
    HttpAnswer answer = std::move(*answer_);
    answer_.reset();
    Written written = std::exchange(written_, nullptr);
    const bool done = co_await write(std::move(answer));
    if (written) written(done);
    busy_ = false;
    co_return done&& keep_alive_;
}

asio::awaitable<void> HttpServer::Impl::Connection::wait_for_answer() {
    error_code ec;
    if (!answer_ && stream_.socket().is_open())
        co_await answered_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
}

asio::awaitable<bool> HttpServer::Impl::Connection::write(HttpAnswer answer) {
    http::response<http::string_body> response{static_cast<http::status>(answer.status), version_};
    response.set(http::field::content_type, answer.content_type);
    if (!answer.allow.empty()) response.set(http::field::allow, answer.allow);
    keep_alive_ = keep_alive_ && !server_->stopping_;
    response.keep_alive(keep_alive_);
    if (!head_) response.body() = std::move(answer.body);
    response.prepare_payload();
    stream_.expires_after(server_->settings_.request_read_timeout);
    error_code ec;
    co_await http::async_write(stream_, response, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
}

asio::awaitable<void> HttpServer::Impl::Connection::linger() {
    error_code ec;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ec);
    stream_.expires_after(linger_time);
    std::array<char, first_read> unwanted;
    for (std::size_t total = 0; !ec && total < linger_bytes;) {
        const auto space = asio::buffer(unwanted);
        total += co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, ec));
    }
}

asio::awaitable<void> HttpServer::Impl::accept_all(std::shared_ptr<Impl> self) {
    while (!self->stopping_) {
        error_code ec;
        tcp::socket socket(self->io_);
        co_await self->acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, ec));
        if (self->stopping_) break;
        if (!ec) {
            self->admit(std::move(socket));
            continue;
        }
        self->pause_.expires_after(accept_pause);
        co_await self->pause_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
}

void HttpServer::Impl::admit(tcp::socket socket) {
    error_code ec;
    const tcp::endpoint peer = socket.remote_endpoint(ec);
    if (ec || !allowed(peer)) return;  // closes it
    socket.set_option(tcp::no_delay(true), ec);
    const bool full = connections_.size() >= settings_.max_connections;
    if (full && refusing_.size() >= max_refusing) return;
    auto connection = std::make_shared<Connection>(shared_from_this(), std::move(socket));
    if (full)
        asio::co_spawn(io_, Connection::refuse(std::move(connection)), rethrow);
    else
        asio::co_spawn(io_, Connection::serve(std::move(connection)), rethrow);
}

void HttpServer::Impl::stop(std::function<void()> drained) {
    if (std::exchange(stopping_, true)) return;
    error_code ec;
    acceptor_.close(ec);
    pause_.cancel();
    drained_ = std::move(drained);
    if (connections_.empty() && drained_) asio::post(io_, std::exchange(drained_, nullptr));
    for (Connection* connection : connections_) {
        if (!connection->busy()) connection->close();
    }
}

void HttpServer::Impl::close() {
    stop({});
    drained_ = nullptr;
    for (Connection* connection : connections_) connection->close();
    for (Connection* connection : refusing_) connection->close();
}

HttpServer::HttpServer(asio::io_context& io, const Settings& settings, HttpHandler handler)
    : impl_(std::make_shared<Impl>(io, settings, std::move(handler))) {
    impl_->start();
}
HttpServer::~HttpServer() { close(); }
std::uint16_t HttpServer::port() const { return impl_->port(); }
std::size_t HttpServer::connections() const { return impl_->connections(); }
void HttpServer::stop(std::function<void()> drained) { impl_->stop(std::move(drained)); }
void HttpServer::close() { impl_->close(); }

}  // namespace cticonnector::crm
