#include "event_server.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace cticonnector::sim::sap {

namespace {

constexpr std::chrono::hours patience{1};
constexpr std::size_t most_connections = 100'000;
/// The connector has given up before, and its side of the connection is closed.
constexpr std::chrono::minutes held{1};

}  // namespace

EventServer::EventServer(boost::asio::io_context& io, const std::string& address, std::uint16_t port,
                         Receive receive, net::HttpShortage shortage)
    : io_(io),
      receive_(std::move(receive)),
      shortage_(std::move(shortage)),
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
        [this](std::string_view what) {  // an error of ours ends the program
            boost::asio::post(io_, [what = std::string(what)] { throw std::logic_error(what); });
        },
        [this](std::string_view why) { shortage_(why); });
}

void EventServer::serve(const net::HttpRequest& request, const Exchange& exchange) {
    if (request.method != "POST") return exchange->answer({.status = 405, .allow = "POST"}, {});
    EventAnswer answer = receive_(request.body);
    const bool hold = answer.way == EventAnswer::Way::hold;
    const bool reset = answer.way == EventAnswer::Way::reset;
    const std::function<void()> answering = std::exchange(answer.answering, nullptr);
    const auto say = [hold, reset, status = answer.status, body = std::move(answer.body), exchange] {
        if (hold || reset) return exchange->reset();
        exchange->answer({.status = status, .body = body}, {});
    };
    if (hold && answering) answering();  // as far as SAP is concerned it has answered
    if (hold) return later(held, nullptr, say);
    if (answer.delay.count() > 0) return later(answer.delay, answering, say);
    if (answering) answering();
    say();
}

void EventServer::later(milliseconds delay, std::function<void()> answering, std::function<void()> what) {
    waiting_.push_back({boost::asio::steady_timer(io_, delay), std::move(answering)});
    const auto at = std::prev(waiting_.end());
    at->timer.async_wait([this, at, what = std::move(what)](boost::system::error_code error) {
        if (error) return;
        const std::function<void()> before = std::move(at->answering);
        waiting_.erase(at);
        if (before) before();
        what();
    });
}

void EventServer::drop_connections() {
    server_.reset();
    for (Waiting& one : std::exchange(waiting_, {})) {
        one.timer.cancel();
        if (one.answering) one.answering();
    }
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
