#include "cticonnector/net/listener.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "cticonnector/base/once_a_minute.hpp"
#include "cticonnector/net/handles.hpp"
#include "cticonnector/net/spawn.hpp"

namespace cticonnector::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

namespace {

/// When accept fails (no file handles left), so as not to spin.
constexpr std::chrono::milliseconds accept_pause{100};
/// So many in one go: between two of them every busy connection has its turn, and newcomers would wait.
constexpr int accepted_at_once = 64;

}  // namespace

/// Its coroutine keeps it alive.
class Listener::Impl {
  public:
    Impl(asio::io_context& io, Settings settings, Hooks hooks)
        : io_(io),
          settings_(std::move(settings)),
          hooks_(std::move(hooks)),
          seats_(std::make_shared<char>()),
          acceptor_(io),
          pause_(io) {
        acceptor_.open(settings_.at.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(settings_.at);
        acceptor_.listen();
        acceptor_.non_blocking(true);
        port_ = acceptor_.local_endpoint().port();
    }

    static asio::awaitable<void> accept_all(std::shared_ptr<Impl> self);
    std::uint16_t port() const { return port_; }
    std::size_t connections() const { return static_cast<std::size_t>(seats_.use_count()) - 1; }
    void close() {
        error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel();
    }

  private:
    error_code accept_some();
    void admit(tcp::socket);
    bool is_full() const { return connections() >= settings_.most; }

    asio::io_context& io_;
    const Settings settings_;
    const Hooks hooks_;
    const std::shared_ptr<void> seats_;  ///< each seat holds it
    OnceAMinute<> tell_shortage_now_;
    tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    std::uint16_t port_ = 0;
};

asio::awaitable<void> Listener::Impl::accept_all(std::shared_ptr<Impl> self) {
    while (self->acceptor_.is_open()) {
        error_code ec;
        co_await self->acceptor_.async_wait(tcp::acceptor::wait_read,
                                            asio::redirect_error(asio::use_awaitable, ec));
        if (!self->acceptor_.is_open()) break;
        ec = self->accept_some();
        if (!ec || ec == asio::error::would_block) continue;
        if (no_handles_left(ec) && self->hooks_.on_shortage && self->tell_shortage_now_(Clock::now()))
            self->hooks_.on_shortage(ec.message());
        self->pause_.expires_after(accept_pause);
        co_await self->pause_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
}

error_code Listener::Impl::accept_some() {
    error_code ec;
    for (int i = 0; i < accepted_at_once && acceptor_.is_open(); ++i) {
        tcp::socket socket(io_);
        acceptor_.accept(socket, ec);
        if (ec) break;
        admit(std::move(socket));
    }
    return ec;
}

void Listener::Impl::admit(tcp::socket socket) {
    error_code ec;
    const Endpoint from = socket.remote_endpoint(ec);
    if (ec) return;  // gone already
    const Endpoint peer{unmapped(from.address()), from.port()};
    if (!allows(*settings_.allowed, peer.address())) {
        if (hooks_.on_refused) hooks_.on_refused(peer.address());
        return;
    }
    if (is_full() && hooks_.make_room) hooks_.make_room();
    if (!is_full()) return hooks_.on_peer(std::move(socket), peer, Seat(seats_));
    if (hooks_.on_full) hooks_.on_full(std::move(socket), peer);
}

Listener::Listener(asio::io_context& io, Settings settings, Hooks hooks)
    : impl_(std::make_shared<Impl>(io, std::move(settings), std::move(hooks))) {
    spawn(io.get_executor(), Impl::accept_all(impl_));
}
Listener::~Listener() { close(); }
std::uint16_t Listener::port() const { return impl_->port(); }
std::size_t Listener::connections() const { return impl_->connections(); }
void Listener::close() { impl_->close(); }

}  // namespace cticonnector::net
