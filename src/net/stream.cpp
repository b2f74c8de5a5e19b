#include "cticonnector/net/stream.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace cticonnector::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Stream::Stream(tcp::socket socket, TlsContext* context) {
    if (context)
        tls_ = std::make_unique<Tls>(std::move(socket), *context);
    else
        plain_.emplace(std::move(socket));
}

asio::awaitable<error_code> Stream::accept_handshake() {
    error_code error;
    if (tls_) co_await tls_->async_handshake(Tls::server, asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

asio::awaitable<error_code> Stream::connect_handshake(std::string host) {
    error_code error;
    if (!tls_) co_return error;
    error_code is_a_name;
    asio::ip::make_address(host, is_a_name);
    if (is_a_name) SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str());
    tls_->set_verify_callback(asio::ssl::host_name_verification(host), error);
    if (error) co_return error;
    co_await tls_->async_handshake(Tls::client, asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

asio::awaitable<void> Stream::shutdown_send() {
    error_code ignored;  // whatever it is, nothing is left to be said
    if (tls_) co_await tls_->async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
    socket().shutdown(tcp::socket::shutdown_send, ignored);
}

bool Stream::has_unread() const {
    if (!tls_) return false;
    SSL* const tls = const_cast<Tls&>(*tls_).native_handle();  // only looked at
    return SSL_has_pending(tls) == 1 || BIO_ctrl_pending(SSL_get_rbio(tls)) > 0;
}

void Stream::close() {
    error_code ignored;
    socket().close(ignored);
}

}  // namespace cticonnector::net
