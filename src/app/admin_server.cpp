#include "admin_server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

namespace cticonnector::app {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

namespace {

constexpr std::chrono::seconds session_timeout{10};
/// When accept fails (no file handles left), so as not to spin.
constexpr std::chrono::milliseconds accept_pause{100};

}  // namespace

struct AdminServer::Impl : std::enable_shared_from_this<Impl> {
    Impl(asio::io_context& context, const tcp::endpoint& at, Answer how)
        : io(context), acceptor(context, at), pause(context), answer(std::move(how)) {}

    asio::io_context& io;
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    Answer answer;
    std::size_t sessions = 0;

    static asio::awaitable<void> accept(std::shared_ptr<Impl> self) {
        while (self->acceptor.is_open()) {
            boost::system::error_code error;
            tcp::socket socket(self->io);
            co_await self->acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, error));
            if (error && self->acceptor.is_open()) {
                self->pause.expires_after(accept_pause);
                co_await self->pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
                continue;
            }
            if (error || self->sessions >= most_connections) continue;
            ++self->sessions;
            asio::co_spawn(self->io, serve(self, std::move(socket)), asio::detached);
        }
    }

    static asio::awaitable<void> serve(std::shared_ptr<Impl> self, tcp::socket socket) {
        beast::tcp_stream stream(std::move(socket));
        beast::flat_buffer buffer(16 * 1024);
        boost::system::error_code error;
        while (!error && self->acceptor.is_open()) {
            stream.expires_after(session_timeout);
            http::request<http::string_body> request;
            co_await http::async_read(stream, buffer, request,
                                      asio::redirect_error(asio::use_awaitable, error));
            if (error) break;
            http::response<http::string_body> response = self->respond(request);
            co_await http::async_write(stream, response, asio::redirect_error(asio::use_awaitable, error));
            if (!response.keep_alive()) break;
        }
        --self->sessions;
    }

    http::response<http::string_body> respond(const http::request<http::string_body>& request) const {
        http::response<http::string_body> response;
        response.version(request.version());
        response.keep_alive(request.keep_alive());
        const auto method = request.method_string();
        const auto target = request.target();
        AdminAnswer given = answer({method.data(), method.size()}, {target.data(), target.size()});
        response.result(static_cast<unsigned>(given.status));
        response.set(http::field::content_type, given.content_type);
        if (!given.allow.empty()) response.set(http::field::allow, given.allow);
        response.body() = std::move(given.body);
        response.prepare_payload();
        return response;
    }
};

AdminServer::AdminServer(asio::io_context& io, const asio::ip::address& address, std::uint16_t port,
                         Answer answer)
    : impl_(std::make_shared<Impl>(io, tcp::endpoint(address, port), std::move(answer))) {
    asio::co_spawn(io, Impl::accept(impl_), asio::detached);
}

AdminServer::~AdminServer() { stop(); }

std::uint16_t AdminServer::port() const { return impl_->acceptor.local_endpoint().port(); }

void AdminServer::stop() {
    boost::system::error_code ignored;  // closing twice is fine
    impl_->acceptor.close(ignored);
    impl_->pause.cancel();
}

}  // namespace cticonnector::app
