#include "peer_connection.hpp"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "cticonnector/net/reset.hpp"

namespace cticonnector::sim::cc {

namespace asio = boost::asio;
using boost::system::error_code;

PeerConnection::PeerConnection(Socket socket, std::size_t max_message)
    : socket_(std::move(socket)), framer_(max_message), received_(64 * 1024) {
    error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay{true}, ignored);
}

void PeerConnection::start(OnMessage on_message, OnBroken on_broken, OnClosed on_closed) {
    on_message_ = std::move(on_message);
    on_broken_ = std::move(on_broken);
    on_closed_ = std::move(on_closed);
    read();
}

void PeerConnection::read() {
    if (reading_ || manner_ == Manner::half_open || !socket_.is_open()) return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(received_),
                            [self = shared_from_this()](error_code error, std::size_t size) {
                                self->reading_ = false;
                                if (error) return self->fail();
                                self->framer_.feed({self->received_.data(), size});
                                self->take_frames();
                            });
}

// What came while nothing is read, because a read was under way, waits in the framer.
void PeerConnection::take_frames() {
    while (on_message_ && manner_ != Manner::half_open) {
        const auto frame = framer_.next();
        // a handler may close the connection and with it itself
        const auto on_message = on_message_;
        const auto on_broken = on_broken_;
        if (!frame) return on_broken(describe(frame.error()));
        if (!*frame) break;
        on_message(**frame);
    }
    read();
}

void PeerConnection::send(std::span<const std::uint8_t> bytes) {
    if (closing_ || !socket_.is_open()) return;
    if (unsent_.size() + bytes.size() > most_unsent) return fail();
    unsent_.insert(unsent_.end(), bytes.begin(), bytes.end());
    write();
}

void PeerConnection::write() {
    if (writing_ || says_nothing()) return;
    if (unsent_.empty()) {
        if (closing_) finish();
        return;
    }
    if (manner_ == Manner::bytewise) {
        in_flight_.assign(1, unsent_.front());
        unsent_.erase(unsent_.begin());
    } else {
        in_flight_.clear();
        in_flight_.swap(unsent_);
    }
    writing_ = true;
    asio::async_write(socket_, asio::buffer(in_flight_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                          self->writing_ = false;
                          if (error) return self->fail();
                          self->write();
                      });
}

void PeerConnection::set_manner(Manner manner) {
    manner_ = manner;
    write();
    // not at once: its handlers may close connections, among which the caller may be
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->take_frames(); });
}

void PeerConnection::close() {
    on_message_ = nullptr;
    on_closed_ = nullptr;
    closing_ = true;
    if (!writing_ && (unsent_.empty() || says_nothing())) finish();
}

void PeerConnection::reset() {
    on_message_ = nullptr;
    on_closed_ = nullptr;
    net::reset(socket_);  // GED-188 section 4
}

void PeerConnection::finish() {
    error_code ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
}

void PeerConnection::fail() {
    error_code ignored;
    socket_.close(ignored);
    on_message_ = nullptr;
    if (const OnClosed on_closed = std::exchange(on_closed_, nullptr)) on_closed();
}

}  // namespace cticonnector::sim::cc
