#pragma once
// The listener that PIMs connect to (MR fact sheet section 2): moves bytes and time between the connections
// and the Pims machine, dialogue messages to the one who owns the dialogues. Owned by ContactCenter, which
// outlives the loop.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>

#include "cticonnector/base/log.hpp"
#include "cticonnector/base/once_a_minute.hpp"
#include "cticonnector/net/alarm.hpp"
#include "cticonnector/net/connection.hpp"
#include "cticonnector/net/listener.hpp"
#include "cticonnector/net/refusals.hpp"
#include "cticonnector/routing/contact_center.hpp"
#include "message_log.hpp"
#include "pims.hpp"

namespace cticonnector::routing {

class MrServer {
  public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::size_t most_connections = 8;  ///< who has not opened makes room

    struct Hooks {
        std::function<void()> on_up;
        std::function<void()> on_down;
        /// Messages of dialogues with the router.
        std::function<void(const mr::Frame&, Time received)> on_frame;
        /// For the log: what the tables know about a message.
        Lookup lookup;
    };

    MrServer(boost::asio::io_context&, const Current<Settings>&, Logger&, Counters&, Hooks);

    /// Where it listens is read once, here. Throws when the address cannot be bound.
    void start();
    std::uint16_t port() const { return listener_ ? listener_->port() : std::uint16_t{0}; }
    /// To the router; dropped without one.
    void send(std::span<const std::uint8_t> messages);
    void flush();
    void stop();

  private:
    void welcome(boost::asio::ip::tcp::socket, const boost::asio::ip::tcp::endpoint& peer,
                 net::Listener::Seat);
    void make_room();
    template <class Input>
    void feed(Input&& input);
    void carry_out(const PimSend&);
    void carry_out(const PimClose&);
    void carry_out(const PimUp&);
    void carry_out(const PimDown&);

    boost::asio::io_context& io_;
    const Current<Settings>& settings_;
    Logger& log_;
    Counters& counters_;
    Hooks hooks_;
    Pims pims_;
    MessageLog messages_;
    net::Alarm alarm_;
    net::Refusals refusals_;
    OnceAMinute<> tell_crowd_now_;
    std::optional<net::Listener> listener_;  ///< from start() to stop()
    struct Caller {
        std::shared_ptr<net::Connection> connection;
        boost::asio::ip::tcp::endpoint peer;
        net::Listener::Seat seat;
    };
    std::map<PimId, Caller> callers_;
    boost::asio::ip::tcp::endpoint router_;  ///< the last one
    PimId last_ = 0;
};

}  // namespace cticonnector::routing
