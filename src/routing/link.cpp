#include "link.hpp"

#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "failures.hpp"
#include "framed.hpp"

namespace cticonnector::routing {

namespace asio = boost::asio;
namespace {
std::string_view name_of_side(std::size_t side) { return side == 0 ? "A" : "B"; }

std::string joined(const std::vector<std::uint32_t>& numbers) {
    std::string text;
    for (const std::uint32_t number : numbers) (text += text.empty() ? "" : ", ") += std::to_string(number);
    return text;
}
}  // namespace

CtiLink::CtiLink(asio::io_context& io, const Current<Settings>& settings, Logger& log, Counters& counters,
                 InvokeIds& ids, std::uint64_t seed, Hooks hooks)
    : settings_(settings),
      log_(log),
      counters_(counters),
      hooks_(std::move(hooks)),
      session_(settings, ids, seed),
      messages_(log, "cti.message", {"cti.message", Level::trace}, ged188::protocol, session_.version(),
                counters.cti_messages, counters.cti_unknown, hooks_.lookup),
      sides_(settings->sides),
      alarm_(io, [this](Time t) { feed([&](auto& steps) { session_.on_time(t, steps); }); }),
      remotes_{net::Remote(io, sides_[0].host, sides_[0].port),
               net::Remote(io, sides_[1].host, sides_[1].port)} {}

template <class Input>
void CtiLink::feed(Input&& input) {
    std::vector<CtiStep> steps;
    input(steps);
    for (const CtiStep& step : steps) std::visit([&](const auto& s) { carry_out(s); }, step);
    report(session_.odd, log_, counters_, counters_.cti_unknown);
    alarm_.set(session_.next_deadline());
}

void CtiLink::start() {
    feed([&](auto& steps) { session_.start(net::now(), steps); });
}

void CtiLink::send(std::span<const std::uint8_t> messages) {
    if (!connection_ || messages.empty()) return;
    messages_.sent(messages);
    connection_->send(messages);
    session_.sent(net::now());
}

void CtiLink::flush() {
    if (connection_) connection_->flush();
}

void CtiLink::stop(std::function<void()> done) {
    if (session_.stopped()) return done();
    stopped_.push_back(std::move(done));
    feed([&](auto& steps) { session_.stop(net::now(), steps); });
}

void CtiLink::carry_out(const Connect& c) {
    connecting_ = remotes_[c.side].connect(
        CtiSession::connect_wait,
        [this, &host = sides_[c.side].host](net::Connected result) { connected(host, std::move(result)); });
}

void CtiLink::connected(const std::string& host, net::Connected result) {
    if (result.no_handles && tell_no_handles_now_(net::now())) {
        log_.event("cc.unexpected",
                   {{"why", result.failure}, {"text", "no CTI link: raise the limit of open files"}});
    }
    if (!result.socket) return feed([&](auto& steps) { session_.lost(result.failure, net::now(), steps); });
    connection_ = std::make_shared<net::Connection>(
        net::Stream(std::move(*result.socket)),
        framed(ged188::max_message(session_.version()),
               {.on_frame =
                    [this](const wire::Frame& frame, Time received) {
                        messages_.received(frame);
                        bool taken = false;
                        feed([&](auto& steps) { taken = session_.on(frame, received, steps); });
                        if (!taken) hooks_.on_frame(frame, received);
                    },
                .on_closed =
                    [this](const std::string& why) {
                        feed([&](auto& steps) { session_.lost(why, net::now(), steps); });
                    },
                .on_written = hooks_.on_written}));
    connection_->start(host);
    feed([&](auto& steps) { session_.connected(net::now(), steps); });
}

void CtiLink::carry_out(const CtiSend& s) {
    messages_.sent(s.bytes);
    if (connection_) connection_->send(s.bytes);
}

void CtiLink::carry_out(const Reset&) {
    connecting_.cancel();
    if (connection_) connection_->reset();
    connection_.reset();
    condition_ = {};
}

void CtiLink::carry_out(const Condition& condition) {
    condition_ = condition;
    const Side& server = sides_[condition.side];
    for (const std::string& text : condition_texts()) {
        log_.event("cc.unexpected", {{"side", name_of_side(condition.side)},
                                     {"host", server.host},
                                     {"port", server.port},
                                     {"text", text}});
    }
}

std::vector<std::string> CtiLink::shortcomings() const {
    std::vector<std::string> texts = condition_texts();
    for (std::size_t side = 0; side < failures_.size(); ++side) {
        if (!failures_[side].empty())
            texts.push_back("side " + std::string(name_of_side(side)) + ": " + failures_[side]);
    }
    return texts;
}

std::vector<std::string> CtiLink::condition_texts() const {
    std::vector<std::string> texts;
    if (condition_.services_missing != 0)
        texts.push_back("the CTI server does not grant " + services_text(condition_.services_missing));
    if (condition_.pg_status != 0)
        texts.push_back("the peripheral gateway reports " + pg_status_text(condition_.pg_status));
    if (!condition_.peripherals.empty())
        texts.push_back("[CTI] PeripheralID is " + std::to_string(settings_->peripheral) +
                        ", the CTI server has " + joined(condition_.peripherals));
    return texts;
}

void CtiLink::carry_out(const Up& up) {
    counters_.cti_link_up[up.side] = true;
    failures_ = {};
    const Side& server = sides_[up.side];
    log_.event("cti.link_up", {{"side", name_of_side(up.side)},
                               {"host", server.host},
                               {"port", server.port},
                               {"version", up.version.number}});
    hooks_.on_up();
}

void CtiLink::carry_out(const Down& down) {
    counters_.cti_link_up[down.side] = false;
    failures_[down.side] = down.why;
    const Side& server = sides_[down.side];
    const std::string retry = down.retry ? std::to_string(down.retry->count()) : std::string();
    // that one side is standby takes nothing away while the other is still to be asked (R-DEC-87)
    const bool as_expected = down.standby && !down.was_up && down.retry && down.retry->count() == 0;
    if (!as_expected) {
        log_.event("cti.link_down", {{"side", name_of_side(down.side)},
                                     {"host", server.host},
                                     {"port", server.port},
                                     {"why", down.why},
                                     {"retry_ms", retry}});
    }
    if (down.was_up) hooks_.on_down(down.why);
}

void CtiLink::carry_out(const OpenRefused& refused) {
    const Side& server = sides_[refused.side];
    const LogEvent event = refused.standby ? LogEvent{"cti.open_refused", Level::info} : "cti.open_refused";
    log_.event(event, {{"side", name_of_side(refused.side)},
                       {"host", server.host},
                       {"port", server.port},
                       {"why", refused.why},
                       {"look_at", refused.key}});
}

void CtiLink::carry_out(const Stopped&) {
    alarm_.cancel();
    for (const auto& done : std::exchange(stopped_, {})) done();
}

}  // namespace cticonnector::routing
