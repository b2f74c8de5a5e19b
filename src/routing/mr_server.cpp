#include "mr_server.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "framed.hpp"

namespace cticonnector::routing {

namespace asio = boost::asio;
using asio::ip::tcp;

MrServer::MrServer(asio::io_context& io, const Current<Settings>& settings, Logger& log, Counters& counters,
                   Hooks hooks)
    : io_(io),
      settings_(settings),
      log_(log),
      counters_(counters),
      hooks_(std::move(hooks)),
      messages_(log, "mr.message", {"mr.message", Level::trace}, mr::protocol, mr::version,
                counters.mr_messages, counters.mr_unknown, hooks_.lookup),
      alarm_(io, [this](Time t) { feed([&](auto& steps) { pims_.on_time(t, steps); }); }),
      refusals_(log, "mr", "[MRI] AllowedPeers", counters.peers_refused) {}

void MrServer::start() {
    listener_.emplace(
        io_,
        net::Listener::Settings{
            {settings_->mr_address, settings_->mr_port}, {settings_, &Settings::mr_peers}, most_connections},
        net::Listener::Hooks{
            .on_peer = [this](tcp::socket socket, const tcp::endpoint& peer,
                              auto seat) { welcome(std::move(socket), peer, std::move(seat)); },
            .make_room = [this] { make_room(); },
            .on_refused = [this](const asio::ip::address& peer) { refusals_.add(peer); },
            .on_shortage =
                [this](const std::string& why) {
                    log_.event("cc.unexpected",
                               {{"port", port()},
                                {"why", why},
                                {"text", "a PIM cannot be accepted: raise the limit of open files"}});
                }});
    log_.event(
        "mr.link_down",
        {{"host", settings_->mr_address.to_string()},
         {"port", port()},
         {"why", "waiting for a PIM"},
         {"profile", mr::protocol.profile},
         {"text", mr::is_provisional() ? "this wire format is the project's own, not the vendor's" : ""}});
}

void MrServer::welcome(tcp::socket socket, const tcp::endpoint& peer, net::Listener::Seat seat) {
    const PimId id = ++last_;
    pims_.accepted(id, net::now());
    const auto connection = std::make_shared<net::Connection>(
        net::Stream(std::move(socket)),
        framed(mr::max_message(), {.on_frame =
                                       [this, id](const wire::Frame& frame, Time received) {
                                           messages_.received(frame);
                                           bool taken = false;
                                           feed([&](auto& steps) {
                                               taken = pims_.on(id, frame, received, steps);
                                           });
                                           if (!taken) hooks_.on_frame(frame, received);
                                       },
                                   .on_closed =
                                       [this, id](const std::string& why) {
                                           callers_.erase(id);
                                           feed([&](auto& steps) { pims_.closed(id, why, steps); });
                                       }}));
    callers_[id] = {connection, peer, std::move(seat)};
    connection->start();
    alarm_.set(pims_.next_deadline());
}

/// Whoever connects and says nothing must not keep the PIM out: it has its seat when it has opened.
void MrServer::make_room() {
    const auto silent =
        std::ranges::find_if(callers_, [&](const auto& caller) { return caller.first != pims_.router(); });
    if (silent == callers_.end()) return;
    const PimId id = silent->first;
    const tcp::endpoint& peer = silent->second.peer;
    const std::string host = peer.address().to_string();
    if (tell_crowd_now_(net::now()))
        log_.event("cc.unexpected",
                   {{"host", host},
                    {"port", peer.port()},
                    {"text", "too many PIM connections: this one has not opened and makes room"}});
    feed([&](auto& steps) { pims_.dismiss(id, "makes room", steps); });
}

template <class Input>
void MrServer::feed(Input&& input) {
    std::vector<PimStep> steps;
    input(steps);
    for (const PimStep& step : steps) std::visit([&](const auto& s) { carry_out(s); }, step);
    report(pims_.odd, log_, counters_, counters_.mr_unknown);
    alarm_.set(pims_.next_deadline());
}

void MrServer::carry_out(const PimSend& s) {
    const auto to = callers_.find(s.pim);
    if (to == callers_.end()) return;
    messages_.sent(s.bytes);
    to->second.connection->send(s.bytes);
}

void MrServer::carry_out(const PimClose& c) {
    const auto node = callers_.extract(c.pim);
    if (!node.empty()) node.mapped().connection->close();
}

void MrServer::carry_out(const PimUp& up) {
    const auto caller = callers_.find(up.pim);
    router_ = caller == callers_.end() ? asio::ip::tcp::endpoint{} : caller->second.peer;
    const std::string host = router_.address().to_string();
    log_.event("mr.link_up",
               {{"host", host}, {"port", router_.port()}, {"pim", up.name}, {"version", up.version}});
    hooks_.on_up();
}

void MrServer::carry_out(const PimDown& down) {
    const std::string host = router_.address().to_string();
    log_.event("mr.link_down", {{"host", host}, {"port", router_.port()}, {"why", down.why}});
    hooks_.on_down();
}

void MrServer::send(std::span<const std::uint8_t> messages) {
    const auto to = pims_.router() ? callers_.find(*pims_.router()) : callers_.end();
    if (to == callers_.end() || messages.empty()) return;
    messages_.sent(messages);
    to->second.connection->send(messages);
}

void MrServer::flush() {
    for (const auto& [id, caller] : callers_) caller.connection->flush();
}

void MrServer::stop() {
    listener_.reset();
    feed([&](auto& steps) { pims_.stop(steps); });
    alarm_.cancel();
}

}  // namespace cticonnector::routing
