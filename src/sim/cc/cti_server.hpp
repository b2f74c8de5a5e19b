#pragma once
// The listeners of the CTI server's sides A and B and their connections. Bytes become messages for the
// center, its messages become bytes. The owner outlives all handlers by construction: it is destroyed after
// the io_context has run dry. Source: GED-188 section 4.

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>

#include "center.hpp"
#include "cticonnector/net/listener.hpp"
#include "peer_connection.hpp"

namespace cticonnector::sim::cc {

class CtiServer {
  public:
    // `after_input` runs when the center has been told something.
    CtiServer(boost::asio::io_context& io, Center& center, Outside& outside,
              std::function<void()> after_input);

    // Listens on the sides of the settings; a port that cannot be had is a ScriptError.
    void start();
    void stop();
    void send(ClientSessionId session, std::span<const std::uint8_t> message);
    void close(ClientSessionId session);

    void up(SideName side);
    // The listener goes, connections are reset; the other side takes over when it listens.
    void down(SideName side);
    void set_manner(SideName side, Manner manner);
    std::uint16_t port(SideName side) const { return half(side).port; }

  private:
    struct Half {
        SideName name;
        const Side* settings;
        std::uint16_t port = 0;  // the one in use, kept over down and up
        Manner manner = Manner::normal;
        std::optional<net::Listener> listener;
    };
    struct Client {
        SideName side;
        std::shared_ptr<PeerConnection> connection;
    };
    Half& half(SideName side) { return halves_[static_cast<std::size_t>(side)]; }
    const Half& half(SideName side) const { return halves_[static_cast<std::size_t>(side)]; }
    void accepted(Half& half, boost::asio::ip::tcp::socket socket);

    boost::asio::io_context& io_;
    Center& center_;
    Outside& outside_;
    std::function<void()> after_input_;
    std::array<Half, 2> halves_;
    std::map<ClientSessionId, Client> clients_;
};

}  // namespace cticonnector::sim::cc
