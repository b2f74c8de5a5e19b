#include "worker_session.hpp"

#include <algorithm>
#include <utility>

namespace cticonnector::crm {
namespace {

/// Pauses double up to here, however many retries are configured.
constexpr std::size_t most_doublings = 5;

}  // namespace

WorkerSession::WorkerSession(const Current<Settings>& settings, engine::SubscriptionId id, std::string peer)
    : settings_(settings), id_(id), peers_(std::move(peer)) {}

// ---- the queue

void WorkerSession::add(Shown shown, std::optional<Time> cause, Time now, Orders& orders) {
    if (stage_ == Stage::gone) return;
    if (stage_ == Stage::ending || health_ == Health::overflown) {
        orders.emplace_back(Count{kind_of(shown), "dropped"});
        return;
    }
    if (queue_.size() < std::max<std::size_t>(1, settings_->event_queue_limit))
        return push(std::move(shown), cause, now, orders);
    orders.emplace_back(Count{kind_of(shown), "dropped"});
    overflow(orders);
}

void WorkerSession::push(Shown shown, std::optional<Time> cause, Time now, Orders& orders) {
    if (queue_.empty()) first_at_ = now;
    queue_.push_back({std::move(shown), cause, now});
    if (step_ == SessionStep::idle) proceed(orders);
}

/// What SAP was not told it can only learn by a new subscribe.
void WorkerSession::overflow(Orders& orders) {
    if (step_ == SessionStep::sending) orders.emplace_back(Cancel{});
    drop_queue(orders);
    health_ = after(health_rows, health_, Sign::queue_full);
    tell_engine(engine::SubscriptionLost{id_, false,
                                         std::to_string(settings_->event_queue_limit) +
                                             " events wait for SAP: EventQueueLimit is reached"},
                orders);
}

void WorkerSession::drop_queue(Orders& orders, std::ptrdiff_t but_first) {
    const auto from = queue_.begin() + but_first;
    for (auto queued = from; queued != queue_.end(); ++queued)
        orders.emplace_back(Count{kind_of(queued->shown), "dropped"});
    queue_.erase(from, queue_.end());
    if (but_first > 0) return;
    tries_ = 0;
    proceed(orders);
}

// ---- the end

void WorkerSession::end(engine::EndReason reason, std::optional<Time> cause, Time now, Orders& orders) {
    if (stage_ != Stage::open) return;
    stage_ = after(stage_rows, stage_, Parting::ends);
    if (reason == engine::EndReason::replaced)  // another appId is shown all of it (R-DEC-10)
        drop_queue(orders, step_ == SessionStep::sending ? 1 : 0);
    push(reason, cause, now, orders);
    if (health_ == Health::lost) cut_pause_short(orders);
}

bool WorkerSession::is_replaced() const {
    const auto* end = queue_.empty() ? nullptr : std::get_if<engine::EndReason>(&queue_.back().shown);
    return end && *end == engine::EndReason::replaced;
}

void WorkerSession::drop(Orders& orders) {
    if (stage_ == Stage::gone) return;
    if (step_ == SessionStep::sending) orders.emplace_back(Cancel{});
    drop_queue(orders);
    leave(orders);
}

void WorkerSession::leave(Orders& orders) {
    stage_ = after(stage_rows, stage_, Parting::is_over);
    orders.emplace_back(Gone{});
}

// ---- its user's requests

void WorkerSession::hold() {
    ++replies_;
    if (step_ == SessionStep::idle) step_ = after(step_rows, step_, Next::reply);
}

void WorkerSession::unhold(Orders& orders) {
    --replies_;
    if (step_ == SessionStep::held) proceed(orders);
}

void WorkerSession::subscribed(Time now, Orders& orders) {
    subscribed_at_ = now;
    unhold(orders);
}

void WorkerSession::heard(const std::string& peer, Time now, Orders& orders) {
    if (stage_ == Stage::gone) return;
    if (peers_.is_to_be_told(peer, now)) orders.emplace_back(PeerChanged{peer});
    if (health_ == Health::lost) cut_pause_short(orders);
}

// ---- the first event

/// Nothing is in flight, and no pause is to be kept.
void WorkerSession::proceed(Orders& orders) {
    const Next next = replies_ > 0 ? Next::reply : queue_.empty() ? Next::nothing : Next::event;
    step_ = after(step_rows, step_, next);
    if (next != Next::event) return;
    handed_at_.reset();
    orders.emplace_back(Send{fresh_});
}

/// The wait for SAP's previous answer and for a connection that others wait on is SAP's; everything else
/// between cause and socket is ours.
void WorkerSession::handed(std::chrono::nanoseconds waited, Time now, Orders& orders) {
    if (step_ != SessionStep::sending) return;
    handed_at_ = now;
    Queued& first = queue_.front();
    if (std::exchange(first.handed, true)) return;
    FirstTry done{first_at_ - first.since + waited, std::nullopt};
    if (first.cause) done.own = now - *first.cause - done.waited;
    orders.emplace_back(done);
}

void WorkerSession::took(Time now, Orders& orders) {
    if (handed_at_) orders.emplace_back(Answered{now - *handed_at_});
}

void WorkerSession::unanswered(const std::string& why, Time now, Orders& orders) {
    if (step_ != SessionStep::sending) return;
    took(now, orders);
    fresh_ = true;
    not_taken(why, now, orders);
}

void WorkerSession::answered(const DeliveryOutcome& outcome, Time now, Orders& orders) {
    if (step_ != SessionStep::sending) return;
    took(now, orders);
    fresh_ = false;
    if (const auto* undelivered = std::get_if<Undelivered>(&outcome))
        return not_taken(undelivered->why, now, orders);
    const auto* fault = std::get_if<ici::Fault>(&outcome);
    if (!fault) return taken("ok", now, orders);
    if (fault->exception && fault->exception->error_id == ici::ErrorId::unknown_appid)
        return unknown_app_id(fault->text, now, orders);
    orders.emplace_back(NotTaken{first(), "fault: " + fault->text, std::nullopt});
    taken("fault", now, orders);
}

void WorkerSession::taken(std::string_view result, Time now, Orders& orders) {
    Shown shown = std::move(queue_.front().shown);
    queue_.pop_front();
    first_at_ = now;
    tries_ = 0;
    std::optional<engine::ItemKey> last;
    if (const auto* item = std::get_if<engine::ItemView>(&shown); item && item->last()) last = item->key;
    const bool was_the_end = std::holds_alternative<engine::EndReason>(shown);
    orders.emplace_back(Done{std::move(shown), result});
    if (const Health before = std::exchange(health_, after(health_rows, health_, Sign::taken));
        before != health_) {
        orders.emplace_back(Restored{now - failing_since_});
        tell_engine(engine::DeliveryRestored{id_}, orders);
    }
    if (last) tell_engine(engine::LastEventAnswered{id_, std::move(*last)}, orders);
    proceed(orders);
    if (was_the_end) leave(orders);
}

void WorkerSession::not_taken(const std::string& why, Time now, Orders& orders) {
    if (is_replaced() && queue_.size() > 1) {  // it was in flight by then: not tried again
        for (const auto* result : {"failed", "dropped"}) orders.emplace_back(Count{kind_of(first()), result});
        queue_.pop_front();
        first_at_ = now;
        tries_ = 0;
        return proceed(orders);
    }
    const std::size_t retries = settings_->event_retries;
    const bool given_up = ++tries_ > retries;
    const auto pause = given_up ? settings_->lost_pause
                                : settings_->retry_pause * (1 << std::min(tries_ - 1, most_doublings));
    orders.emplace_back(Count{kind_of(first()), "failed"});
    const Health before = health_;
    if (before == Health::alive || before == Health::failing)
        orders.emplace_back(NotTaken{first(), why, NotTaken::Next{tries_, retries + 1, pause}});
    if (given_up && stage_ == Stage::ending) {
        drop_queue(orders);
        return leave(orders);
    }
    health_ = after(health_rows, before, given_up ? Sign::given_up : Sign::not_taken);
    if (before == Health::alive) {
        failing_since_ = now;
        tell_engine(engine::DeliveryFailed{id_}, orders);
    }
    if (before != health_ && health_ == Health::lost)
        tell_engine(engine::SubscriptionLost{id_, false, why}, orders);
    pause_until_ = now + pause;
    step_ = after(step_rows, step_, Next::pause);
}

/// Right after subscribe SAP may not have written its own end of the session yet (R-DEC-56).
void WorkerSession::unknown_app_id(const std::string& why, Time now, Orders& orders) {
    if (now - subscribed_at_ < settings_->unknown_app_id_grace) return not_taken(why, now, orders);
    tell_engine(engine::SubscriptionLost{id_, true, why}, orders);
    drop_queue(orders);
    leave(orders);
}

// ---- pauses

void WorkerSession::cut_pause_short(Orders& orders) {
    if (step_ == SessionStep::pausing) proceed(orders);
}

void WorkerSession::on_time(Time now, Orders& orders) {
    if (step_ == SessionStep::pausing && now >= pause_until_) proceed(orders);
}

std::optional<WorkerSession::Time> WorkerSession::next_deadline() const {
    return step_ == SessionStep::pausing ? std::optional{pause_until_} : std::nullopt;
}

template <class Event>
void WorkerSession::tell_engine(Event event, Orders& orders) {
    if (stage_ == Stage::open) orders.emplace_back(std::move(event));
}

}  // namespace cticonnector::crm
