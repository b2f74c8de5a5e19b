#include "web_socket_connection.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "cticonnector/base/text.hpp"
#include "cticonnector/net/reset.hpp"
#include "cticonnector/net/spawn.hpp"

namespace cticonnector::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

namespace {

/// What is written with one call: the stall of a writer is looked at for each.
constexpr std::size_t piece_size = 16 << 10;

std::string words(const websocket::close_reason& said) {
    std::string text = "the peer has closed it, " + std::to_string(said.code);
    if (!said.reason.empty()) text += ": " + std::string(said.reason.data(), said.reason.size());
    return text;
}

}  // namespace

WebSocketConnection::WebSocketConnection(Stream stream, const WebSocketSettings& settings,
                                         WebSocketHooks hooks)
    : settings_(settings),
      hooks_(std::move(hooks)),
      socket_(std::move(stream)),
      alarm_(socket_.get_executor(), [this](Alarm::Time now) { look_for_stall(now); }) {
    socket_.next_layer().expires_never();
    websocket::stream_base::timeout patience{};
    patience.handshake_timeout = settings_.handshake;
    patience.idle_timeout = settings_.silence;
    patience.keep_alive_pings = true;
    socket_.set_option(patience);
    socket_.read_message_max(settings_.longest_message);
    socket_.text(true);
}

asio::awaitable<void> WebSocketConnection::serve(std::shared_ptr<WebSocketConnection> self, Request request) {
    error_code error;
    co_await self->socket_.async_accept(request, asio::redirect_error(asio::use_awaitable, error));
    std::string why = error.message();
    if (!error) {
        if (self->state_ == State::shaking_hands) self->state_ = State::open;
        if (self->state_ == State::closing || !self->queued_.empty()) self->start_writing();
        why = co_await self->read_all();
    }
    self->ended(why);
}

/// Why there is no more to be read.
asio::awaitable<std::string> WebSocketConnection::read_all() {
    error_code error;
    while (true) {
        co_await socket_.async_read(incoming_, asio::redirect_error(asio::use_awaitable, error));
        // how the transport ends behind a close is of no interest
        if (error && socket_.reason().code != websocket::close_code::none) co_return words(socket_.reason());
        if (error == websocket::error::closed) co_return "the peer has closed it";
        if (error == beast::error::timeout) co_return "no word and no answer to a ping";
        if (error) co_return error.message();
        if (state_ == State::open) take_message();
        incoming_.clear();
    }
}

void WebSocketConnection::take_message() {
    if (!socket_.got_text()) return close(websocket::close_code::unknown_data, "only texts are read here");
    const auto bytes = incoming_.cdata();
    hooks_.on_text({static_cast<const char*>(bytes.data()), bytes.size()});
}

void WebSocketConnection::send(std::string text) {
    if (state_ != State::open && state_ != State::shaking_hands) return;
    if (waiting_ + text.size() > settings_.waiting) {
        why_ = "more than " + std::to_string(settings_.waiting >> 10) + " KiB wait for the peer to read";
        state_ = State::dropped;
        asio::post(socket_.get_executor(), [self = shared_from_this()] { self->reset(); });
        return;
    }
    waiting_ += text.size();
    queued_.push_back(std::move(text));
    if (state_ == State::open) start_writing();
}

void WebSocketConnection::close(std::uint16_t code, std::string why) {
    if (state_ != State::open && state_ != State::shaking_hands) return;
    constexpr std::size_t longest = 123;  // RFC 6455 section 5.5
    why_ = "closed here, " + std::to_string(code) + ": " + why;
    std::size_t end = 0;
    while (end < why.size() && end + character_length(why, end) <= longest) end += character_length(why, end);
    why.resize(end);
    farewell_ = websocket::close_reason(static_cast<websocket::close_code>(code), why);
    const bool open = state_ == State::open;
    state_ = State::closing;
    if (open) start_writing();
}

void WebSocketConnection::start_writing() {
    if (std::exchange(writing_, true)) return;
    spawn(socket_.get_executor(), write(shared_from_this()));
}

asio::awaitable<void> WebSocketConnection::write(std::shared_ptr<WebSocketConnection> self) {
    error_code error;
    while (!error && !self->is_over() && !self->queued_.empty()) {
        const std::string text = std::move(self->queued_.front());
        self->queued_.pop_front();
        std::size_t at = 0;
        do {
            const std::size_t size = std::min(piece_size, text.size() - at);
            const bool last = at + size == text.size();
            const asio::const_buffer piece(text.data() + at, size);
            self->begin_to_write();
            co_await self->socket_.async_write_some(last, piece,
                                                    asio::redirect_error(asio::use_awaitable, error));
            self->writing_since_.reset();
            at += size;
        } while (!error && !self->is_over() && at < text.size());
        self->waiting_ -= text.size();
    }
    self->writing_ = false;
    if (error || self->is_over()) co_return;  // the reader learns of it, too
    if (self->state_ == State::closing) {
        self->begin_to_write();
        co_await self->socket_.async_close(self->farewell_, asio::redirect_error(asio::use_awaitable, error));
        self->writing_since_.reset();
    } else if (self->hooks_.on_written) {
        self->hooks_.on_written();
    }
}

void WebSocketConnection::begin_to_write() {
    writing_since_ = net::now();
    alarm_.set(*writing_since_ + settings_.stall);
}

void WebSocketConnection::look_for_stall(Alarm::Time now) {
    if (!writing_since_) return;
    if (now < *writing_since_ + settings_.stall) return alarm_.set(*writing_since_ + settings_.stall);
    drop("the peer has taken nothing for " + std::to_string(settings_.stall.count()) + " ms");
}

void WebSocketConnection::drop(const std::string& why) {
    if (is_over()) return;
    if (why_.empty()) why_ = why;
    state_ = State::dropped;
    reset();
}

/// The reader learns of it and tells.
void WebSocketConnection::reset() {
    if (state_ != State::closed) net::reset(socket_.next_layer().socket());
}

void WebSocketConnection::ended(const std::string& why) {
    state_ = State::closed;
    alarm_.cancel();
    socket_.next_layer().close();
    // over TLS Beast's own ping may be on its way, and holds nothing of this
    asio::post(socket_.get_executor(), [self = shared_from_this()] {});
    const WebSocketHooks hooks = std::exchange(hooks_, {});
    if (hooks.on_closed) hooks.on_closed(why_.empty() ? why : why_);
}

}  // namespace cticonnector::net
