#include "link.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "spawn.hpp"

namespace cticonnector::routing {

namespace asio = boost::asio;
namespace {
constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
CtiLink::Time now() { return std::chrono::steady_clock::now(); }
std::string_view name_of_side(std::size_t side) { return side == 0 ? "A" : "B"; }
}  // namespace

CtiLink::CtiLink(asio::io_context& io, const Settings& settings, Logger& log, Counters& counters,
                 InvokeIds& ids, std::uint64_t seed, Hooks hooks)
    : io_(io),
      settings_(settings),
      log_(log),
      counters_(counters),
      hooks_(std::move(hooks)),
      session_(settings, ids, seed),
      messages_(log, "cti.message", {"cti.message", Level::trace}, ged188::protocol, session_.version(),
                counters.cti_messages, counters.cti_unknown),
      alarm_(io, [this](Time t) { feed([&](auto& steps) { session_.on_time(t, steps); }); }),
      resolver_(io) {}

template <class Input>
void CtiLink::feed(Input&& input) {
    std::vector<Step> steps;
    input(steps);
    for (const Step& step : steps) std::visit([&](const auto& s) { carry_out(s); }, step);
    alarm_.set(session_.next_deadline());
}

void CtiLink::start() {
    feed([&](auto& steps) { session_.start(now(), steps); });
}

void CtiLink::send(std::span<const std::uint8_t> messages) {
    if (!connection_ || messages.empty()) return;
    messages_.sent(messages);
    connection_->send(messages);
    session_.sent(now());
}

void CtiLink::flush() {
    if (connection_) connection_->flush();
}

void CtiLink::stop(std::function<void()> done) {
    if (session_.stopped()) return done();
    stopped_.push_back(std::move(done));
    feed([&](auto& steps) { session_.stop(now(), steps); });
}

void CtiLink::carry_out(const Connect& c) {
    spawn(io_.get_executor(), connect(++attempt_, settings_.sides[c.side]));
}

asio::awaitable<void> CtiLink::connect(std::uint64_t attempt, Side side) {
    const auto lose = [this](const boost::system::error_code& error) {
        feed([&](auto& steps) { session_.lost(error.message(), now(), steps); });
    };
    const std::string port = std::to_string(side.port);
    const auto [not_found, endpoints] = co_await resolver_.async_resolve(side.host, port, tuple);
    if (attempt != attempt_) co_return;
    if (not_found) {
        lose(not_found);
        co_return;
    }
    const auto socket = connecting_ = std::make_shared<asio::ip::tcp::socket>(io_);
    const auto [refused, endpoint] = co_await asio::async_connect(*socket, endpoints, tuple);
    if (attempt != attempt_) co_return;
    connecting_.reset();
    if (refused) {
        lose(refused);
        co_return;
    }
    connection_ = std::make_shared<Connection>(
        std::move(*socket), ged188::max_message(session_.version()),
        Connection::Hooks{.on_frame =
                              [this](const wire::Frame& frame, Time received) {
                                  messages_.received(frame);
                                  bool taken = false;
                                  feed([&](auto& steps) { taken = session_.on(frame, received, steps); });
                                  if (!taken) hooks_.on_frame(frame, received);
                              },
                          .on_closed =
                              [this](const std::string& why) {
                                  feed([&](auto& steps) { session_.lost(why, now(), steps); });
                              }});
    connection_->start();
    feed([&](auto& steps) { session_.connected(now(), steps); });
}

void CtiLink::carry_out(const Send& s) {
    messages_.sent(s.bytes);
    if (connection_) connection_->send(s.bytes);
}

void CtiLink::carry_out(const Reset& reset) {
    ++attempt_;
    resolver_.cancel();
    boost::system::error_code ignored;  // an attempt that has just failed
    if (connecting_) connecting_->close(ignored);
    connecting_.reset();
    if (connection_ && reset.after_writing) {
        connection_->close();
    } else if (connection_) {
        connection_->reset();
    }
    connection_.reset();
}

void CtiLink::carry_out(const Up& up) {
    counters_.cti_link_up[up.side] = true;
    log_.event("cti.link_up", {{"side", name_of_side(up.side)},
                               {"host", settings_.sides[up.side].host},
                               {"version", up.version.number}});
    hooks_.on_up();
}

void CtiLink::carry_out(const Down& down) {
    counters_.cti_link_up[down.side] = false;
    const std::string retry = down.retry ? std::to_string(down.retry->count()) : std::string();
    log_.event("cti.link_down", {{"side", name_of_side(down.side)},
                                 {"host", settings_.sides[down.side].host},
                                 {"why", down.why},
                                 {"retry_ms", retry}});
    if (down.was_up) hooks_.on_down(down.why);
}

void CtiLink::carry_out(const OpenRefused& refused) {
    log_.event("cti.open_refused", {{"side", name_of_side(refused.side)},
                                    {"host", settings_.sides[refused.side].host},
                                    {"why", refused.why}});
}

void CtiLink::carry_out(const Stopped&) {
    alarm_.cancel();
    for (const auto& done : std::exchange(stopped_, {})) done();
}

}  // namespace cticonnector::routing
