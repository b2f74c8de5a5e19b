#pragma once
// One TCP stream that is plain or TLS, for whoever reads and writes by Asio or Beast. One time limit holds
// for all that is under way: what takes longer fails with boost::beast::error::timeout. One thread.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cticonnector/net/tls.hpp"

namespace cticonnector::net {

class Stream {
  public:
    using Plain = boost::beast::tcp_stream;
    using Tls = boost::asio::ssl::stream<Plain>;
    using executor_type = Plain::executor_type;

    /// TLS where there is a context, which has to outlive it; nothing is read or written before handshake().
    explicit Stream(boost::asio::ip::tcp::socket, TlsContext* = nullptr);

    /// Nothing to do for a plain one.
    boost::asio::awaitable<boost::system::error_code> accept_handshake();
    /// The server's certificate has to be `host`'s where the context verifies it.
    boost::asio::awaitable<boost::system::error_code> connect_handshake(std::string host);
    /// Says that nothing more will be written. A TLS peer is waited for to say so, too.
    boost::asio::awaitable<void> shutdown_send();
    void close();
    /// TLS has bytes of the peer that nobody has asked for yet.
    bool has_unread() const;

    boost::asio::ip::tcp::socket& socket() { return plain().socket(); }
    bool is_open() { return socket().is_open(); }
    template <class Duration>
    void expires_after(Duration limit) {
        plain().expires_after(limit);
    }
    void expires_at(std::chrono::steady_clock::time_point when) { plain().expires_at(when); }
    void expires_never() { plain().expires_never(); }

    executor_type get_executor() noexcept { return plain().get_executor(); }
    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        if (tls_) return tls_->async_read_some(buffers, std::forward<Token>(token));
        return plain_->async_read_some(buffers, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        if (tls_) return tls_->async_write_some(buffers, std::forward<Token>(token));
        return plain_->async_write_some(buffers, std::forward<Token>(token));
    }

    /// How a WebSocket over it ends its transport.
    friend void beast_close_socket(Stream& stream) { stream.close(); }
    template <class Handler>
    friend void async_teardown(boost::beast::role_type role, Stream& stream, Handler&& handler) {
        using boost::beast::websocket::async_teardown;
        if (stream.tls_)
            stream.tls_->async_shutdown(std::forward<Handler>(handler));
        else
            async_teardown(role, stream.socket(), std::forward<Handler>(handler));
    }

  private:
    Plain& plain() { return tls_ ? tls_->next_layer() : *plain_; }

    std::optional<Plain> plain_;
    std::unique_ptr<Tls> tls_;
};

}  // namespace cticonnector::net
