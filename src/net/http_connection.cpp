#include "http_connection.hpp"

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "cticonnector/net/content_coding.hpp"
#include "cticonnector/net/http_limits.hpp"
#include "cticonnector/net/reset.hpp"
#include "cticonnector/net/spawn.hpp"
#include "cticonnector/net/stream.hpp"
#include "http_message.hpp"
#include "web_socket_connection.hpp"

namespace cticonnector::net {
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

std::string text_of(const tcp::endpoint& endpoint) {
    const auto address = endpoint.address().to_string();
    const bool v6 = endpoint.address().is_v6();
    return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port());
}

class ServerConnection final : public HttpConnection, public std::enable_shared_from_this<ServerConnection> {
  public:
    ServerConnection(std::shared_ptr<HttpHost> host, tcp::socket socket, const asio::ip::address& peer)
        : host_(std::move(host)),
          peer_(peer),
          answered_(socket.get_executor(), Clock::time_point::max()),
          stream_(std::move(socket), host_->settings.tls.get()) {}

    void serve() override { spawn(stream_.get_executor(), serve_all(shared_from_this())); }
    void refuse() override { spawn(stream_.get_executor(), refuse_one(shared_from_this())); }

    void take_answer(HttpAnswer answer, HttpExchange::Written written) {
        if (gone_) {
            if (written) written(false);
            return;
        }
        answer_ = std::move(answer);
        written_ = std::move(written);
        answered_.cancel();
    }
    /// Nobody holds the request any more.
    void forgotten() {
        if (stream_.is_open()) host_->broken(asked_ + ": nobody answered");
        take_answer(our_error(), {});
    }

    void reset() {
        if (gone_ || !stream_.is_open()) return;
        net::reset(stream_.socket());
        answered_.cancel();
    }
    std::shared_ptr<WebSocket> upgrade(const WebSocketSettings& settings, WebSocketHooks hooks) {
        if (gone_ || answer_ || !asked_for_ || !stream_.is_open() || !host_->may_upgrade()) return nullptr;
        host_->upgraded(*this);
        web_socket_ = std::make_shared<WebSocketConnection>(std::move(stream_), settings, std::move(hooks));
        answered_.cancel();
        return web_socket_;
    }

    void close() override {
        if (web_socket_)
            web_socket_->drop("the server has closed it");
        else
            stream_.close();
        answered_.cancel();
    }

  private:
    static asio::awaitable<void> serve_all(std::shared_ptr<ServerConnection> self);
    static asio::awaitable<void> refuse_one(std::shared_ptr<ServerConnection> self);
    static HttpAnswer our_error() { return {500, "Internal error\n", "text/plain"}; }
    asio::awaitable<bool> shake_hands();
    asio::awaitable<bool> next_request();
    asio::awaitable<error_code> first_bytes();
    asio::awaitable<error_code> read();
    void hand_over(HttpRequest request);
    asio::awaitable<void> wait_for_answer();
    asio::awaitable<bool> write(HttpAnswer answer);
    asio::awaitable<void> linger();
    void take_header();
    HttpRequest take_request();

    std::shared_ptr<HttpHost> host_;
    const asio::ip::address peer_;
    std::optional<WebSocketConnection::Request> asked_for_;  ///< a WebSocket, by this request
    std::shared_ptr<WebSocketConnection> web_socket_;        ///< has the stream from then on
    asio::steady_timer answered_;                            ///< cancelled when there is an answer
    Stream stream_;
    HttpBuffer buffer_;
    std::optional<HttpParser> parser_;
    std::optional<HttpRefusal> refusal_;  ///< of the request that was read
    HttpRequest request_;                 ///< what its header says
    std::string coding_;                  ///< its Content-Encoding
    std::optional<HttpAnswer> answer_;
    HttpExchange::Written written_;
    std::string asked_;  ///< method and path, for our own errors
    unsigned version_ = 11;
    bool keep_alive_ = true;
    bool head_ = false;  ///< HEAD: an answer without a body
    bool gone_ = false;
};

/// The first answer counts; an exchange that is over reaches no later one of its connection.
class Exchange final : public HttpExchange {
  public:
    explicit Exchange(std::shared_ptr<ServerConnection> connection) : connection_(std::move(connection)) {}
    ~Exchange() override {
        if (connection_) connection_->forgotten();
    }
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    void answer(HttpAnswer answer, Written written) override {
        if (const auto connection = std::exchange(connection_, nullptr))
            connection->take_answer(std::move(answer), std::move(written));
        else if (written)
            written(false);
    }
    void reset() override {
        if (const auto connection = std::exchange(connection_, nullptr)) connection->reset();
    }
    std::shared_ptr<WebSocket> upgrade(const WebSocketSettings& settings, WebSocketHooks hooks) override {
        auto made = connection_ ? connection_->upgrade(settings, std::move(hooks)) : nullptr;
        if (made) connection_ = nullptr;
        return made;
    }

  private:
    std::shared_ptr<ServerConnection> connection_;
};

asio::awaitable<void> ServerConnection::serve_all(std::shared_ptr<ServerConnection> self) {
    // not while (co_await ...): g++ 12 then looks for the coroutine's parameters in the wrong place
    for (bool more = co_await self->shake_hands(); more;) more = co_await self->next_request();
    self->gone_ = true;
    self->close();
    self->host_->ended(*self);
}

asio::awaitable<void> ServerConnection::refuse_one(std::shared_ptr<ServerConnection> self) {
    self->keep_alive_ = false;
    const bool heard = co_await self->shake_hands();
    HttpAnswer answer{503, "Too many connections\n", "text/plain"};
    if (heard) {
        co_await self->write(std::move(answer));
        co_await self->linger();
    }
    self->close();
    self->host_->ended(*self);
}

asio::awaitable<bool> ServerConnection::shake_hands() {
    stream_.expires_after(*host_->settings.request_read_timeout);
    const error_code failed = co_await stream_.accept_handshake();
    co_return !failed;
}

/// Line ends before a request are none of its bytes (R-DEC-71), and leave the connection idle.
asio::awaitable<error_code> ServerConnection::first_bytes() {
    error_code ec;
    const auto deadline = Clock::now() + *host_->settings.idle_timeout;
    stream_.expires_at(deadline);
    while (true) {
        buffer_.consume(line_ends({static_cast<const char*>(buffer_.data().data()), buffer_.size()}));
        if (buffer_.size() > 0) co_return ec;
        // a flood is never waited for, so the stream does not look at the time
        if (Clock::now() >= deadline) co_return beast::error::timeout;
        buffer_.shrink_to_fit();
        const auto space = buffer_.prepare(first_read);
        const std::size_t n =
            co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, ec));
        if (ec) co_return ec;
        buffer_.commit(n);
    }
}

/// The time for the whole request starts with its first byte (R-DEC-58).
asio::awaitable<error_code> ServerConnection::read() {
    version_ = 11;
    head_ = false;
    error_code ec = co_await first_bytes();
    if (ec) co_return ec;
    host_->waits(*this);
    stream_.expires_after(*host_->settings.request_read_timeout);
    start_request(parser_);
    const std::size_t header_bytes = co_await http::async_read_header(
        stream_, buffer_, *parser_, asio::redirect_error(asio::use_awaitable, ec));
    version_ = parser_->get().version();
    head_ = parser_->get().method() == http::verb::head;
    if (ec) co_return ec;
    refusal_ = refusal_of(*parser_, header_bytes);
    if (refusal_) co_return ec;
    take_header();
    if (waits_for_go_on(*parser_)) {
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        const asio::const_buffer line{go_on.data(), go_on.size()};
        co_await asio::async_write(stream_, line, asio::redirect_error(asio::use_awaitable, ec));
        if (ec) co_return ec;
    }
    co_await http::async_read(stream_, buffer_, *parser_, asio::redirect_error(asio::use_awaitable, ec));
    co_return ec;
}

void ServerConnection::take_header() {
    const auto& message = parser_->get();
    keep_alive_ = message.keep_alive();
    coding_ = message[http::field::content_encoding];
    request_ = request_of(*parser_);
    error_code ec;
    if (request_.host.empty()) request_.host = text_of(stream_.socket().local_endpoint(ec));
    request_.peer = peer_;
}

HttpRequest ServerConnection::take_request() {
    HttpRequest request = std::move(request_);
    auto body = uncoded(std::move(parser_->get().body()), coding_, max_body);
    // what came behind it would be lost
    request.web_socket = beast::websocket::is_upgrade(parser_->get()) && buffer_.size() == 0;
    asked_for_.reset();
    if (request.web_socket) asked_for_ = parser_->release();
    parser_.reset();
    if (const auto* refusal = std::get_if<CodingRefusal>(&body))
        answer_ = {.status = refusal->status,
                   .body = refusal->text + "\n",
                   .content_type = "text/plain",
                   .accept_encoding = refusal->status == 415 ? read_codings : std::string_view{}};
    else
        request.body = std::get<std::string>(std::move(body));
    request.received = Clock::now();
    return request;
}

asio::awaitable<bool> ServerConnection::next_request() {
    const error_code ec = co_await read();
    if (!stream_.is_open()) co_return false;  // though it may have been read
    if (ec) refusal_ = refusal_of(ec);
    if (refusal_) {
        keep_alive_ = false;
        HttpAnswer answer{refusal_->status, std::move(refusal_->text), "text/plain"};
        co_await write(std::move(answer));
        co_await linger();
        co_return false;
    }
    if (ec) co_return false;
    stream_.expires_never();
    host_->works(*this);
    hand_over(take_request());
    co_await wait_for_answer();
    if (web_socket_) {
        co_await WebSocketConnection::serve(web_socket_, std::move(*asked_for_));
        co_return false;
    }
    if (!answer_) co_return false;
    HttpAnswer answer = std::move(*answer_);
    answer_.reset();
    const HttpExchange::Written written = std::exchange(written_, nullptr);
    const bool done = co_await write(std::move(answer));
    if (written) written(done);
    host_->waits(*this);
    const bool goes_on = done && keep_alive_ && !host_->stopping;
    co_return goes_on;
}

void ServerConnection::hand_over(HttpRequest request) {
    if (answer_) return;  // it could not be read
    if (request.method == "OPTIONS" && request.path == "*") {
        answer_ = {.content_type = {}, .allow = "GET, HEAD, POST, OPTIONS"};
        return;
    }
    asked_ = request.method + " " + request.path;
    const auto exchange = std::make_shared<Exchange>(shared_from_this());
    const auto broken = [&](std::string_view what) {
        host_->broken(asked_ + ": " + std::string(what));
        exchange->answer(our_error(), {});
    };
    try {
        host_->handler(std::move(request), exchange);
    } catch (const std::exception& error) {
        broken(error.what());
    } catch (...) {
        broken("an exception of an unknown type");
    }
}

asio::awaitable<void> ServerConnection::wait_for_answer() {
    error_code ec;
    if (!answer_ && !web_socket_ && stream_.is_open())
        co_await answered_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
}

asio::awaitable<bool> ServerConnection::write(HttpAnswer answer) {
    http::response<http::string_body> response{static_cast<http::status>(answer.status), version_};
    const auto set = [&](http::field field, std::string_view value) {
        if (!value.empty()) response.set(field, value);
    };
    set(http::field::content_type, answer.content_type);
    set(http::field::allow, answer.allow);
    set(http::field::www_authenticate, answer.authenticate);
    set(http::field::accept_encoding, answer.accept_encoding);
    if (answer.retry_after > 0) set(http::field::retry_after, std::to_string(answer.retry_after));
    keep_alive_ = keep_alive_ && !host_->stopping;
    response.keep_alive(keep_alive_);
    response.content_length(answer.body.size());
    if (!head_) response.body() = std::move(answer.body);
    stream_.expires_after(*host_->settings.request_read_timeout);
    error_code ec;
    co_await http::async_write(stream_, response, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
}

asio::awaitable<void> ServerConnection::linger() {
    error_code ec;
    stream_.expires_after(linger_time);
    co_await stream_.shutdown_send();
    std::array<char, first_read> unwanted;
    for (std::size_t total = 0; !ec && total < linger_bytes;) {
        const auto space = asio::buffer(unwanted);
        total += co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, ec));
    }
}

}  // namespace

HttpConnectionPtr HttpConnection::make(std::shared_ptr<HttpHost> host, tcp::socket socket,
                                       const asio::ip::address& peer) {
    return std::make_shared<ServerConnection>(std::move(host), std::move(socket), peer);
}

}  // namespace cticonnector::net
