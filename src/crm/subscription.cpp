#include "subscription.hpp"

#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cticonnector/base/labels.hpp"
#include "cticonnector/protocol/ici/codec.hpp"
#include "event_answer.hpp"

namespace cticonnector::crm {
namespace {

std::string_view item_of(const Shown& shown) {
    const auto* item = std::get_if<engine::ItemView>(&shown);
    return item ? std::string_view{item->key.value} : std::string_view{};
}

std::string_view action_item_of(const Shown& shown) {
    const auto* item = std::get_if<engine::ItemView>(&shown);
    return item ? std::string_view{item->external_id} : std::string_view{};
}

/// Of subscriptionEnded (R-DEC-34).
std::string reason_of(const Shown& shown) {
    const auto* reason = std::get_if<engine::EndReason>(&shown);
    return reason ? std::to_string(static_cast<int>(*reason)) : std::string{};
}

}  // namespace

Subscription::Subscription(boost::asio::io_context& io, const Current<Settings>& settings,
                           EventClient& client, Logger& log, Counters& counters, const Hooks& hooks,
                           Subscriber subscriber)
    : client_(client),
      log_(log),
      counters_(counters),
      hooks_(hooks),
      subscriber_(std::move(subscriber)),
      session_(settings, subscriber_.id, subscriber_.peer),
      alarm_(io, [this](Time now) { feed([&](Orders& orders) { session_.on_time(now, orders); }); }) {}

Subscription::~Subscription() {
    if (sent_) sent_->cancel();
}

template <class Input>
void Subscription::feed(Input&& input) {
    const auto until_all_is_done = shared_from_this();
    const std::size_t before = session_.queued();
    Orders orders;
    input(orders);
    counters_.event_queue += session_.queued() - before;
    alarm_.set(session_.next_deadline());
    for (const Order& order : orders) std::visit([&](const auto& one) { carry_out(one); }, order);
}

void Subscription::add(Shown shown, std::optional<Time> cause) {
    if (const auto* user = std::get_if<engine::UserView>(&shown)) user_ = *user;
    feed([&](Orders& orders) { session_.add(std::move(shown), cause, net::now(), orders); });
}

void Subscription::end(engine::EndReason reason, std::optional<Time> cause) {
    feed([&](Orders& orders) { session_.end(reason, cause, net::now(), orders); });
}

void Subscription::drop() {
    feed([this](Orders& orders) { session_.drop(orders); });
}

void Subscription::unhold() {
    feed([this](Orders& orders) { session_.unhold(orders); });
}

void Subscription::subscribed() {
    feed([this](Orders& orders) { session_.subscribed(net::now(), orders); });
}

void Subscription::heard(const std::string& peer) {
    feed([&](Orders& orders) { session_.heard(peer, net::now(), orders); });
}

SessionFacts Subscription::facts() const {
    const std::size_t queued = session_.queued();
    const auto oldest = queued == 0 ? Time::duration{} : net::now() - session_.first_since();
    return {subscriber_.app_id, subscriber_.language, queued, oldest, session_.health() != Health::alive};
}

void Subscription::carry_out(const Send& send) {
    const std::weak_ptr<Subscription> weak = weak_from_this();
    sent_ = client_.post(
        subscriber_, session_.first(), send.fresh,
        [weak](std::chrono::nanoseconds waited) {
            if (const auto self = weak.lock())
                self->feed([&](Orders& orders) { self->session_.handed(waited, net::now(), orders); });
        },
        [weak](const net::HttpOutcome& outcome) {
            if (const auto self = weak.lock()) self->came(outcome);
        });
}

void Subscription::came(const net::HttpOutcome& outcome) {
    sent_.reset();
    const auto now = net::now();
    if (const auto* none = std::get_if<net::NoResponse>(&outcome))
        return feed([&](Orders& orders) { session_.unanswered(none->why, now, orders); });
    const auto& answer = std::get<net::HttpResponse>(outcome);
    log_.event({"ici.event", Level::trace},
               {{"user", subscriber_.user}, {"status", answer.status}, {"body", answer.body}});
    feed([&](Orders& orders) { session_.answered(outcome_of(answer), now, orders); });
}

void Subscription::carry_out(const Cancel&) {
    if (sent_) std::exchange(sent_, nullptr)->cancel();
}

void Subscription::carry_out(const Gone&) {
    alarm_.cancel();
    hooks_.gone(subscriber_.id);
}

void Subscription::carry_out(const Count& one) {
    ++counters_.events[label("event", ici::event_name(one.kind)) + "," + label("result", one.result)];
}

void Subscription::carry_out(const FirstTry& first) {
    counters_.event_wait.add(first.waited);
    if (first.own) counters_.cti_to_crm.add(*first.own);
}

void Subscription::carry_out(const Answered& answered) { counters_.crm_answer.add(answered.took); }

void Subscription::carry_out(const Done& done) {
    const auto kind = kind_of(done.shown);
    carry_out(Count{kind, done.result});
    log_.event("ici.event", {{"user", subscriber_.user},
                             {"appid", subscriber_.app_id},
                             {"kind", ici::event_name(kind)},
                             {"item", item_of(done.shown)},
                             {"reason", reason_of(done.shown)},
                             {"result", done.result}});
}

/// Each try until they are used up.
void Subscription::carry_out(const NotTaken& failure) {
    std::vector<LogField> fields{
        {"agent", user_.agent.name},      {"user", subscriber_.user},
        {"item", item_of(failure.shown)}, {"action_item", action_item_of(failure.shown)},
        {"appid", subscriber_.app_id},    {"kind", ici::event_name(kind_of(failure.shown))}};
    if (failure.next) {
        fields.emplace_back("try", failure.next->tries);
        fields.emplace_back("of", failure.next->of);
        fields.emplace_back("next_ms", failure.next->pause.count());
    }
    fields.emplace_back("text", failure.why);
    constexpr LogEvent event{"crm.delivery_failed"};
    if (log_.writes(event.level())) log_.write(event, fields);
}

void Subscription::carry_out(const Restored& restored) {
    log_.event("crm.delivery_restored",
               {{"agent", user_.agent.name},
                {"user", subscriber_.user},
                {"appid", subscriber_.app_id},
                {"after_s", std::chrono::duration_cast<std::chrono::seconds>(restored.after).count()}});
}

void Subscription::carry_out(const PeerChanged& changed) {
    log_.event("agent.peer_changed",
               {{"agent", user_.agent.name}, {"user", subscriber_.user}, {"peer", changed.peer}});
}

}  // namespace cticonnector::crm
