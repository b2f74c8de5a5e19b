#include "cti_server.hpp"

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "cticonnector/net/alarm.hpp"

namespace cticonnector::sim::cc {

using boost::asio::ip::tcp;
using boost::system::error_code;

CtiServer::CtiServer(boost::asio::io_context& io, Center& center, Outside& outside,
                     std::function<void()> after_input)
    : io_(io),
      center_(center),
      outside_(outside),
      after_input_(std::move(after_input)),
      halves_{Half{.name = SideName::a, .settings = &center.settings.side_a},
              Half{.name = SideName::b, .settings = &center.settings.side_b}} {}

void CtiServer::start() {
    for (Half& half : halves_) {
        half.port = half.settings->port;
        if (half.settings->present) up(half.name);
    }
}

void CtiServer::up(SideName side) {
    Half& half = this->half(side);
    if (half.listener) return;
    const std::string place = "side " + std::string(name(side));
    error_code error;
    const auto address = boost::asio::ip::make_address(half.settings->host, error);
    if (error) throw ScriptError(place, "\"" + half.settings->host + "\" is not an address");
    try {
        half.listener.emplace(
            io_, net::Listener::Settings{.at = {address, half.port}},
            net::Listener::Hooks{.on_peer = [this, &half](tcp::socket socket, const tcp::endpoint&,
                                                          const auto&) { accepted(half, std::move(socket)); },
                                 .on_shortage =
                                     [this](const std::string& why) {
                                         outside_.report("no_file_handles", {{"text", why}});
                                     }});
    } catch (const boost::system::system_error& failure) {
        throw ScriptError(
            place, "port " + std::to_string(half.port) + " cannot be used: " + failure.code().message());
    }
    half.port = half.listener->port();
    outside_.report("cti.listening", {{"side", name(side)}, {"port", half.port}});
}

void CtiServer::accepted(Half& half, tcp::socket socket) {
    auto connection = std::make_shared<PeerConnection>(std::move(socket), ged188::protocol.wide_limit);
    const ClientSessionId id = center_.connected(half.name, net::now());
    clients_.emplace(id, Client{half.name, connection});
    connection->set_manner(half.manner);
    connection->start(
        [this, id](const wire::Frame& frame) {
            center_.on_message(id, frame, net::now());
            after_input_();
        },
        [this, id](const std::string& what) {
            center_.broken(id, what, net::now());
            after_input_();
        },
        [this, id] {
            clients_.erase(id);
            center_.disconnected(id, net::now());
            after_input_();
        });
}

void CtiServer::send(ClientSessionId session, std::span<const std::uint8_t> message) {
    if (const auto found = clients_.find(session); found != clients_.end())
        found->second.connection->send(message);
}

void CtiServer::close(ClientSessionId session) {
    const auto found = clients_.find(session);
    if (found == clients_.end()) return;
    found->second.connection->close();
    clients_.erase(found);
}

void CtiServer::down(SideName side) {
    half(side).listener.reset();
    std::vector<ClientSessionId> gone;
    for (const auto& [id, client] : clients_) {
        if (client.side == side) gone.push_back(id);
    }
    for (const ClientSessionId id : gone) {
        clients_.at(id).connection->reset();
        clients_.erase(id);
        center_.disconnected(id, net::now());
    }
    outside_.report("side.down", {{"side", name(side)}});
    const SideName other = side == SideName::a ? SideName::b : SideName::a;
    if (center_.sessions.is_active(side) && half(other).listener)
        center_.act(net::now(), [&] { center_.sessions.set_active(other); });
    after_input_();
}

void CtiServer::set_manner(SideName side, Manner manner) {
    half(side).manner = manner;
    for (const auto& [id, client] : clients_) {
        if (client.side == side) client.connection->set_manner(manner);
    }
}

void CtiServer::stop() {
    for (Half& half : halves_) half.listener.reset();
    for (const auto& [id, client] : clients_) client.connection->reset();
    clients_.clear();
}

}  // namespace cticonnector::sim::cc
