#pragma once
// The HTTP server that takes ICI events as SAP does: POST to any path, keep-alive, one answer per event
// (ici.md section 1). What to answer, and how badly, is said by a function. One thread; the object outlives
// the loop or is closed before.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "behaviour.hpp"
#include "cticonnector/net/listener.hpp"

namespace cticonnector::sim::sap {

struct EventAnswer {
    enum class Way : std::uint8_t { answer, hold, reset };  // hold: say nothing until the peer gives up
    Way way = Way::answer;
    unsigned status = 200;
    std::string body;
    milliseconds delay{0};
    std::function<void()> answering;  // called right before the answer, or its absence, goes out
};

class EventServer {
  public:
    using Receive = std::function<EventAnswer(const std::string& body)>;

    /// Listens at once; throws boost::system::system_error. Port 0 chooses one.
    EventServer(boost::asio::io_context& io, const std::string& address, std::uint16_t port, Receive receive);
    ~EventServer();

    std::uint16_t port() const { return endpoint_.port(); }

    /// Ends every connection and refuses new ones for so long.
    void refuse_for(milliseconds);
    void close();

  private:
    struct Session;
    void listen();
    void accepted(boost::asio::ip::tcp::socket);
    void drop_sessions();

    boost::asio::io_context& io_;
    Receive receive_;
    boost::asio::ip::tcp::endpoint endpoint_;
    std::optional<net::Listener> listener_;
    boost::asio::steady_timer reopen_;
    std::vector<std::weak_ptr<Session>> sessions_;
};

}  // namespace cticonnector::sim::sap
