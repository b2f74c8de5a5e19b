#include "event_server.hpp"

#include <boost/asio/ip/address.hpp>
#include <stdexcept>
#include <utility>

namespace cticonnector::sim::sap {

namespace {

constexpr std::chrono::hours patience{1};
constexpr std::size_t most_connections = 100'000;
/// The connector has given up long before.
constexpr std::chrono::minutes held{5};

}  // namespace

EventServer::EventServer(boost::asio::io_context& io, const std::string& address, std::uint16_t port,
                         Receive receive)
    : io_(io),
      receive_(std::move(receive)),
      settings_{.address = boost::asio::ip::make_address(address),
                .port = port,
                .request_read_timeout = patience,
                .idle_timeout = patience,
                .max_connections = most_connections},
      reopen_(io) {
    listen();
    settings_.port = server_->port();
}

void EventServer::listen() {
    server_.emplace(
        io_, settings_,
        [this](const net::HttpRequest& request, const Exchange& exchange) { serve(request, exchange); },
        [](std::string_view what) { throw std::logic_error(std::string(what)); }, [](std::string_view) {});
}

void EventServer::serve(const net::HttpRequest& request, const Exchange& exchange) {
    if (request.method != "POST") return exchange->answer({.status = 405, .allow = "POST"}, {});
    EventAnswer answer = receive_(request.body);
    if (answer.way == EventAnswer::Way::hold) return later(held, [exchange] { exchange->reset(); });
    if (answer.delay.count() == 0) return say(answer, exchange);
    const milliseconds delay = answer.delay;
    later(delay, [answer = std::move(answer), exchange] { say(answer, exchange); });
}

void EventServer::say(const EventAnswer& answer, const Exchange& exchange) {
    if (answer.answering) answer.answering();
    if (answer.way == EventAnswer::Way::reset) return exchange->reset();
    exchange->answer({.status = answer.status, .body = answer.body}, {});
}

void EventServer::later(milliseconds delay, std::function<void()> what) {
    auto timer = std::make_shared<boost::asio::steady_timer>(io_, delay);
    waiting_.insert(timer);
    timer->async_wait([this, timer, what = std::move(what)](boost::system::error_code error) {
        if (error) return;
        waiting_.erase(timer);
        what();
    });
}

void EventServer::drop_connections() {
    server_.reset();
    for (const auto& timer : std::exchange(waiting_, {})) timer->cancel();
}

void EventServer::refuse_for(milliseconds duration) {
    drop_connections();
    reopen_.expires_after(duration);
    reopen_.async_wait([this](boost::system::error_code error) {
        if (!error) listen();
    });
}

void EventServer::close() {
    reopen_.cancel();
    drop_connections();
}

}  // namespace cticonnector::sim::sap
