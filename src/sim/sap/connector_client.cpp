#include "connector_client.hpp"

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

namespace cticonnector::sim::sap {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

std::optional<Url> parse_url(std::string_view text) {
    constexpr std::string_view scheme = "http://";
    if (!text.starts_with(scheme)) return std::nullopt;
    text.remove_prefix(scheme.size());
    Url url;
    const auto slash = std::min(text.find('/'), text.size());
    std::string_view authority = text.substr(0, slash);
    url.path = text.substr(slash);
    while (url.path.ends_with('/')) url.path.pop_back();

    const auto bracket = authority.rfind(']');  // an IPv6 address has colons of its own
    const auto colon = authority.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        url.port = authority.substr(colon + 1);
        authority = authority.substr(0, colon);
    }
    url.host = authority;
    if (bracket != std::string_view::npos && url.host.starts_with('['))
        url.host = url.host.substr(1, bracket - 1);
    if (url.host.empty() || url.port.empty()) return std::nullopt;
    return url;
}

std::string Url::authority() const {
    const bool v6 = host.find(':') != std::string::npos;
    return (v6 ? "[" + host + "]" : host) + ":" + port;
}

struct ConnectorClient::Job {
    http::request<http::string_body> request;
    Done done;
};

struct ConnectorClient::Connection {
    explicit Connection(asio::io_context& io) : stream(io) {}
    beast::tcp_stream stream;
    beast::flat_buffer buffer;
    bool used = false;
};

/// One request on one connection.
struct ConnectorClient::Exchange {
    std::shared_ptr<Job> job;
    std::shared_ptr<Connection> connection;
    Limits limits;
    std::vector<asio::ip::tcp::endpoint> endpoints;
    http::response<http::string_body> response;
    error_code error;

    asio::awaitable<void> connect();
    asio::awaitable<void> ask();
    asio::awaitable<void> run();
    bool was_stale() const;
};

asio::awaitable<void> ConnectorClient::Exchange::connect() {
    connection->buffer.clear();
    connection->used = false;
    connection->stream.expires_after(limits.connect);
    co_await connection->stream.async_connect(endpoints, asio::redirect_error(asio::use_awaitable, error));
    if (!error) connection->stream.socket().set_option(asio::ip::tcp::no_delay(true), error);
}

asio::awaitable<void> ConnectorClient::Exchange::ask() {
    response = {};
    connection->stream.expires_after(limits.reply);
    co_await http::async_write(connection->stream, job->request,
                               asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return;
    co_await http::async_read(connection->stream, connection->buffer, response,
                              asio::redirect_error(asio::use_awaitable, error));
}

// The peer may close an idle connection while a request is on its way to it (RFC 9112 section 9.6).
bool ConnectorClient::Exchange::was_stale() const {
    return connection->used && connection->buffer.size() == 0 &&
           (error == http::error::end_of_stream || error == asio::error::connection_reset ||
            error == asio::error::broken_pipe);
}

asio::awaitable<void> ConnectorClient::Exchange::run() {
    if (connection->stream.socket().is_open()) {
        co_await ask();
        if (!was_stale()) co_return;
        connection->stream.close();
    }
    co_await connect();
    if (!error) co_await ask();
}

ConnectorClient::ConnectorClient(asio::io_context& io, Url base, Limits limits)
    : io_(io), base_(std::move(base)), limits_(limits) {
    asio::ip::tcp::resolver resolver(io);
    for (const auto& entry : resolver.resolve(base_.host, base_.port)) endpoints_.push_back(entry.endpoint());
}

ConnectorClient::~ConnectorClient() = default;

void ConnectorClient::post(std::string_view service, std::string body, Done done) {
    auto job = std::make_shared<Job>();
    std::string target = base_.path;
    if (!service.empty()) target.append("/").append(service);
    job->request = {http::verb::post, target.empty() ? "/" : target, 11, std::move(body)};
    job->request.set(http::field::host, base_.authority());
    job->request.set(http::field::content_type, "text/xml; charset=utf-8");
    job->request.set("SOAPAction", "\"\"");
    job->request.prepare_payload();
    job->done = std::move(done);
    waiting_.push_back(std::move(job));
    start_waiting();
}

void ConnectorClient::start_waiting() {
    while (!closed_ && !waiting_.empty() && busy_.size() < limits_.connections) {
        auto exchange = std::make_shared<Exchange>();
        exchange->job = std::move(waiting_.front());
        waiting_.pop_front();
        exchange->limits = limits_;
        exchange->endpoints = endpoints_;
        if (idle_.empty()) {
            exchange->connection = std::make_shared<Connection>(io_);
        } else {
            exchange->connection = std::move(idle_.back());
            idle_.pop_back();
        }
        busy_.push_back(exchange->connection);
        asio::co_spawn(io_, exchange->run(), [this, exchange](std::exception_ptr) {
            if (closed_) return;
            std::erase(busy_, exchange->connection);
            const bool keep = !exchange->error && exchange->response.keep_alive();
            exchange->connection->used = true;
            if (keep) idle_.push_back(exchange->connection);
            exchange->job->done({exchange->error ? exchange->error.message() : std::string{},
                                 exchange->response.result_int(), std::move(exchange->response.body())});
            start_waiting();
        });
    }
}

void ConnectorClient::close() {
    closed_ = true;
    waiting_.clear();
    for (const auto& connection : busy_) connection->stream.close();
    idle_.clear();
    busy_.clear();
}

}  // namespace cticonnector::sim::sap
