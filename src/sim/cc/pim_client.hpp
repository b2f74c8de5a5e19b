#pragma once
// The MR PIM's connection to the application: connects, opens the session, sends heartbeats, connects again
// after a pause when it is lost. Three heartbeats without any message from the application end the
// connection. The owner outlives all handlers by construction, as in CtiServer.
// Source: MR fact sheet sections 2 and 8, provisional profile; R-DEC-42.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "center.hpp"
#include "cticonnector/net/alarm.hpp"
#include "cticonnector/net/remote.hpp"
#include "peer_connection.hpp"

namespace cticonnector::sim::cc {

class PimClient {
  public:
    PimClient(boost::asio::io_context& io, Center& center, Outside& outside,
              std::function<void()> after_input);

    void connect();     // and again whenever the connection is lost
    void disconnect();  // until connect()
    void set_manner(Manner manner);
    void send(std::span<const std::uint8_t> message);

  private:
    static constexpr int most_missed_heartbeats = 3;

    void connected(boost::asio::ip::tcp::socket socket);
    void on_message(const wire::Frame& frame);
    void opened(const wire::Frame& frame);
    void heartbeat();
    void lost(std::string_view why);
    void on_time(Time now);
    void arm();
    template <class Message>
    void send(const Message& message);

    boost::asio::io_context& io_;
    Center& center_;
    Outside& outside_;
    std::function<void()> after_input_;
    net::Alarm alarm_;
    std::optional<Time> retry_due_, heartbeat_due_;
    std::optional<net::Connecting> connecting_;
    std::shared_ptr<PeerConnection> connection_;
    Manner manner_ = Manner::normal;
    bool wanted_ = false;
    bool open_ = false;
    int missed_heartbeats_ = 0;
    std::uint32_t last_invoke_ = 0;
};

}  // namespace cticonnector::sim::cc
