#pragma once
// Scripted peers on loopback and a loop that runs until something is so: no sleeps, no fixed ports. Peers and
// the code under test share one io_context and one thread.

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "collected_log.hpp"
#include "loop.hpp"
#include "messages.hpp"

namespace cticonnector::routing::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using cticonnector::testing::CollectedLog;
using cticonnector::testing::run_until;

/// One end of a connection: collects whole messages.
class Peer : public std::enable_shared_from_this<Peer> {
  public:
    struct Received {
        std::uint32_t type = 0;
        Bytes body;
        int read = 0;  ///< which read brought it
        wire::Frame frame() const { return {type, body}; }
    };

    explicit Peer(tcp::socket s) : socket(std::move(s)) {}

    void start() {
        socket.async_read_some(asio::buffer(buffer_), [self = shared_from_this()](auto error, std::size_t n) {
            if (error) {
                self->closed = true;
                return;
            }
            ++self->reads_;
            self->framer_.feed(std::span{self->buffer_}.first(n));
            while (const auto frame = *self->framer_.next())
                self->received.push_back(
                    {frame->type, Bytes(frame->body.begin(), frame->body.end()), self->reads_});
            self->start();
        });
    }
    template <class M>
    void send(const M& message) {
        send_bytes(bytes_of(message));
    }
    void send_bytes(const Bytes& bytes) { asio::write(socket, asio::buffer(bytes)); }
    void close() {
        socket.close();
        closed = true;
    }

    tcp::socket socket;
    std::deque<Received> received;
    bool closed = false;

  private:
    std::array<std::uint8_t, 4096> buffer_;
    wire::Framer framer_{12'500};
    int reads_ = 0;
};
using PeerPtr = std::shared_ptr<Peer>;

/// The next message, which must be an M; its texts point into `storage`.
template <class M>
M expect(asio::io_context& io, const PeerPtr& peer, Peer::Received* keep = nullptr) {
    static thread_local Peer::Received storage;
    run_until(io, [&] { return !peer->received.empty() || peer->closed; });
    if (peer->received.empty()) {
        ADD_FAILURE() << "no " << M::name << ", the connection was closed";
        return {};
    }
    storage = std::move(peer->received.front());
    peer->received.pop_front();
    if (keep) *keep = storage;
    const auto message = wire::decode<M>(storage.frame(), version);
    EXPECT_TRUE(message) << "not " << M::name << " but " << storage.type;
    return message ? *message : M{};
}

/// Listens on a port of its own and takes whoever comes.
class Server {
  public:
    explicit Server(asio::io_context& io)
        : io_(io), acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        accept();
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    PeerPtr next() {
        run_until(io_, [&] { return !waiting_.empty(); });
        if (waiting_.empty()) return nullptr;
        PeerPtr peer = std::move(waiting_.front());
        waiting_.pop_front();
        return peer;
    }
    bool visited() const { return !waiting_.empty(); }
    void close() { acceptor_.close(); }

  private:
    void accept() {
        acceptor_.async_accept([this](auto error, tcp::socket socket) {
            if (error) return;
            waiting_.push_back(std::make_shared<Peer>(std::move(socket)));
            waiting_.back()->start();
            accept();
        });
    }

    asio::io_context& io_;
    tcp::acceptor acceptor_;
    std::deque<PeerPtr> waiting_;
};

inline PeerPtr connect_to(asio::io_context& io, std::uint16_t port) {
    tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), port});
    const auto peer = std::make_shared<Peer>(std::move(socket));
    peer->start();
    return peer;
}

}  // namespace cticonnector::routing::test
