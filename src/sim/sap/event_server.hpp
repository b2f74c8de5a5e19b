#pragma once
// Takes ICI events as SAP does: POST to any path, keep-alive, one answer per event (ici.md section 1). What
// to answer, and how badly, is said by a function. One thread;
// the object outlives the loop or is closed before.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "behaviour.hpp"
#include "cticonnector/net/http_server.hpp"

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
    /// `shortage`: nobody can be let in for want of file handles, and why.
    EventServer(
        boost::asio::io_context& io, const std::string& address, std::uint16_t port, Receive receive,
        net::HttpShortage shortage = [](std::string_view) {});

    std::uint16_t port() const { return settings_.port; }

    /// Ends every connection and refuses new ones for so long.
    void refuse_for(milliseconds);
    void close();

  private:
    using Exchange = std::shared_ptr<net::HttpExchange>;

    void listen();
    void serve(const net::HttpRequest&, const Exchange&);
    /// When `what` is done; `answering` is called before it, or when the connections are dropped instead.
    void later(milliseconds, std::function<void()> answering, std::function<void()> what);
    void drop_connections();

    boost::asio::io_context& io_;
    Receive receive_;
    net::HttpShortage shortage_;
    net::HttpServerSettings settings_;
    std::optional<net::HttpServer> server_;
    boost::asio::steady_timer reopen_;
    struct Waiting {
        boost::asio::steady_timer timer;
        std::function<void()> answering;
    };
    std::list<Waiting> waiting_;  ///< answers that are delayed or held
};

}  // namespace cticonnector::sim::sap
