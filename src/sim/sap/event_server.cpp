#include "event_server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace cticonnector::sim::sap {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::uint64_t body_limit = 1024 * 1024;  // ici.md section 11
constexpr std::size_t prune_above = 64;

using Parser = http::request_parser<http::string_body>;
using Response = http::response<http::string_body>;

Response response_to(const Parser::value_type& request, const EventAnswer& answer) {
    Response response(static_cast<http::status>(answer.status), request.version());
    response.set(http::field::content_type, "text/xml; charset=utf-8");
    response.keep_alive(request.keep_alive());
    response.body() = answer.body;
    response.prepare_payload();
    return response;
}

Response method_not_allowed(const Parser::value_type& request) {
    Response response(http::status::method_not_allowed, request.version());
    response.set(http::field::allow, "POST");
    response.keep_alive(request.keep_alive());
    response.prepare_payload();
    return response;
}

}  // namespace

struct EventServer::Session {
    Session(tcp::socket connected, const Receive& receive_event)
        : socket(std::move(connected)), timer(socket.get_executor()), receive(receive_event) {}

    void close() {
        error_code ignored;
        socket.close(ignored);
        timer.cancel();
    }

    tcp::socket socket;
    asio::steady_timer timer;
    Receive receive;
    boost::beast::flat_buffer buffer;

    static asio::awaitable<void> run(std::shared_ptr<Session> self);
    static asio::awaitable<error_code> answer(std::shared_ptr<Session> self, std::shared_ptr<Parser> parser);
};

asio::awaitable<error_code> EventServer::Session::answer(std::shared_ptr<Session> self,
                                                         std::shared_ptr<Parser> parser) {
    error_code error;
    const EventAnswer answer = self->receive(parser->get().body());
    if (answer.delay.count() > 0) {
        self->timer.expires_after(answer.delay);
        co_await self->timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
    if (answer.answering) answer.answering();
    if (answer.way == EventAnswer::Way::hold) {
        char byte{};
        co_await self->socket.async_read_some(asio::buffer(&byte, 1),
                                              asio::redirect_error(asio::use_awaitable, error));
        co_return asio::error::eof;
    }
    if (answer.way == EventAnswer::Way::reset) {
        self->socket.set_option(asio::socket_base::linger(true, 0), error);
        co_return asio::error::connection_reset;
    }
    const Response response = response_to(parser->get(), answer);
    co_await http::async_write(self->socket, response, asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

asio::awaitable<void> EventServer::Session::run(std::shared_ptr<Session> self) {
    error_code error;
    while (!error) {
        auto parser = std::make_shared<Parser>();
        parser->body_limit(body_limit);
        co_await http::async_read(self->socket, self->buffer, *parser,
                                  asio::redirect_error(asio::use_awaitable, error));
        if (error) break;
        if (parser->get().method() == http::verb::post) {
            error = co_await answer(self, parser);
        } else {
            const Response response = method_not_allowed(parser->get());
            co_await http::async_write(self->socket, response,
                                       asio::redirect_error(asio::use_awaitable, error));
        }
        if (!parser->get().keep_alive()) break;
    }
    self->close();
}

EventServer::EventServer(asio::io_context& io, const std::string& address, std::uint16_t port,
                         Receive receive)
    : io_(io), receive_(std::move(receive)), endpoint_(asio::ip::make_address(address), port), reopen_(io) {
    listen();
    endpoint_.port(listener_->port());
}

EventServer::~EventServer() = default;

void EventServer::listen() {
    listener_.emplace(io_, endpoint_, std::vector<net::Network>{},
                      net::Listener::Hooks{.on_peer = [this](tcp::socket socket, const tcp::endpoint&) {
                          accepted(std::move(socket));
                      }});
}

void EventServer::accepted(tcp::socket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    auto session = std::make_shared<Session>(std::move(socket), receive_);
    if (sessions_.size() >= prune_above && sessions_.size() == sessions_.capacity())
        std::erase_if(sessions_, [](const auto& held) { return held.expired(); });
    sessions_.push_back(session);
    asio::co_spawn(io_, Session::run(session), asio::detached);
}

void EventServer::drop_sessions() {
    for (const auto& held : sessions_)
        if (const auto session = held.lock()) session->close();
    sessions_.clear();
}

void EventServer::refuse_for(milliseconds duration) {
    listener_.reset();
    drop_sessions();
    reopen_.expires_after(duration);
    reopen_.async_wait([this](error_code error) {
        if (!error) listen();
    });
}

void EventServer::close() {
    reopen_.cancel();
    listener_.reset();
    drop_sessions();
}

}  // namespace cticonnector::sim::sap
