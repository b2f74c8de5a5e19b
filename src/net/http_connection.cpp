#include "http_connection.hpp"

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <optional>
#include <utility>

#include "cticonnector/net/http_limits.hpp"
#include "cticonnector/net/rethrow.hpp"

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

/// What the server itself answers to a request that it could not read; nothing for a connection that broke.
std::optional<unsigned> status_of(const error_code& ec) {
    if (ec == http::error::header_limit) return 431;
    if (ec == http::error::body_limit || ec == http::error::buffer_overflow) return 413;
    if (ec == http::error::end_of_stream || ec == http::error::partial_message) return std::nullopt;
    static const auto& category = error_code{http::error::bad_method}.category();
    return ec.category() == category ? std::optional{400u} : std::nullopt;
}

class Connection final : public HttpConnection,
                         public HttpExchange,
                         public std::enable_shared_from_this<Connection> {
  public:
    Connection(std::shared_ptr<HttpHost> host, tcp::socket socket)
        : host_(std::move(host)),
          answered_(socket.get_executor(), Clock::time_point::max()),
          stream_(std::move(socket)) {}

    void serve() override { asio::co_spawn(stream_.get_executor(), serve_all(shared_from_this()), rethrow); }
    void refuse() override {
        asio::co_spawn(stream_.get_executor(), refuse_one(shared_from_this()), rethrow);
    }

    void answer(HttpAnswer answer, Written written) override {
        if (gone_) {
            if (written) written(false);
            return;
        }
        answer_ = std::move(answer);
        written_ = std::move(written);
        answered_.cancel();
    }

    bool busy() const override { return busy_; }
    void close() override {
        error_code ec;
        stream_.socket().close(ec);
        answered_.cancel();
    }

  private:
    static asio::awaitable<void> serve_all(std::shared_ptr<Connection> self);
    static asio::awaitable<void> refuse_one(std::shared_ptr<Connection> self);
    asio::awaitable<bool> next_request();
    asio::awaitable<error_code> read();
    asio::awaitable<void> wait_for_answer();
    asio::awaitable<bool> write(HttpAnswer answer);
    asio::awaitable<void> linger();
    HttpRequest take_request();

    std::shared_ptr<HttpHost> host_;
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

asio::awaitable<void> Connection::serve_all(std::shared_ptr<Connection> self) {
    // not while (co_await ...): g++ 12 then looks for the coroutine's parameters in the wrong place
    for (bool more = true; more;) more = co_await self->next_request();
    self->gone_ = true;
    self->close();
    self->host_->ended(*self);
}

asio::awaitable<void> Connection::refuse_one(std::shared_ptr<Connection> self) {
    self->keep_alive_ = false;
    HttpAnswer answer{503, "Too many connections\n", "text/plain"};
    co_await self->write(std::move(answer));
    co_await self->linger();
    self->close();
    self->host_->ended(*self);
}

/// The time for the whole request starts with its first byte (R-DEC-58).
asio::awaitable<error_code> Connection::read() {
    error_code ec;
    if (buffer_.size() == 0) {
        buffer_.shrink_to_fit();
        stream_.expires_after(host_->settings.idle_timeout);
        const auto space = buffer_.prepare(first_read);
        const std::size_t n =
            co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, ec));
        if (ec) co_return ec;
        buffer_.commit(n);
    }
    stream_.expires_after(host_->settings.request_read_timeout);
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

HttpRequest Connection::take_request() {
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

asio::awaitable<bool> Connection::next_request() {
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
    if (host_->stopping) co_return false;
    stream_.expires_never();
    busy_ = true;
    host_->handler(take_request(), shared_from_this());
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

asio::awaitable<void> Connection::wait_for_answer() {
    error_code ec;
    if (!answer_ && stream_.socket().is_open())
        co_await answered_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
}

asio::awaitable<bool> Connection::write(HttpAnswer answer) {
    http::response<http::string_body> response{static_cast<http::status>(answer.status), version_};
    response.set(http::field::content_type, answer.content_type);
    if (!answer.allow.empty()) response.set(http::field::allow, answer.allow);
    keep_alive_ = keep_alive_ && !host_->stopping;
    response.keep_alive(keep_alive_);
    if (!head_) response.body() = std::move(answer.body);
    response.prepare_payload();
    stream_.expires_after(host_->settings.request_read_timeout);
    error_code ec;
    co_await http::async_write(stream_, response, asio::redirect_error(asio::use_awaitable, ec));
    co_return !ec;
}

asio::awaitable<void> Connection::linger() {
    error_code ec;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ec);
    stream_.expires_after(linger_time);
    std::array<char, first_read> unwanted;
    for (std::size_t total = 0; !ec && total < linger_bytes;) {
        const auto space = asio::buffer(unwanted);
        total += co_await stream_.async_read_some(space, asio::redirect_error(asio::use_awaitable, ec));
    }
}

}  // namespace

std::shared_ptr<HttpConnection> HttpConnection::make(std::shared_ptr<HttpHost> host, tcp::socket socket) {
    return std::make_shared<Connection>(std::move(host), std::move(socket));
}

}  // namespace cticonnector::net
