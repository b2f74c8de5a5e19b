#include "worker_session.hpp"

#include <algorithm>
#include <utility>

#include "cticonnector/protocol/ici/codec.hpp"
#include "event_answer.hpp"

namespace cticonnector::crm {
namespace {

using Clock = std::chrono::steady_clock;
/// Pauses double up to here, however many retries are configured.
constexpr std::size_t most_doublings = 5;
/// SAP may balance over several hosts. So many are remembered of one user.
constexpr std::size_t most_peers = 32;

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

WorkerSession::WorkerSession(Surroundings& around, Subscriber subscriber)
    : around_(around), subscriber_(std::move(subscriber)), retry_(around.io), peers_{subscriber_.peer} {}

WorkerSession::~WorkerSession() {
    if (delivery_) delivery_->cancel();
}

void WorkerSession::add(Shown shown, std::optional<Time> cause) {
    if (const auto* user = std::get_if<engine::UserView>(&shown)) user_ = *user;
    if (health_ == Health::overflown) return count(shown, "dropped");
    if (queue_.size() >= std::max<std::size_t>(1, around_.settings.event_queue_limit)) {
        count(shown, "dropped");
        return overflow();
    }
    push(std::move(shown), cause);
}

void WorkerSession::push(Shown shown, std::optional<Time> cause) {
    const Time now = Clock::now();
    if (queue_.empty()) head_since_ = now;
    queue_.push_back({std::move(shown), cause, now});
    ++around_.counters.event_queue;
    pump();
}

void WorkerSession::end(engine::EndReason reason, std::optional<Time> cause) {
    ending_ = true;
    const bool try_now = health_ == Health::lost;
    push(reason, cause);
    if (try_now) {
        stop_trying();
        pump();
    }
}

void WorkerSession::drop() {
    clear_queue("dropped");
    leave();
}

void WorkerSession::hold() { ++holds_; }

void WorkerSession::unhold() {
    --holds_;
    pump();
}

void WorkerSession::subscribed() {
    subscribed_at_ = Clock::now();
    unhold();
}

void WorkerSession::heard(const std::string& peer) {
    if (is_to_be_told(peer))
        around_.log.event("agent.peer_changed",
                          {{"agent", user_.agent.name}, {"user", subscriber_.user}, {"peer", peer}});
    if (health_ != Health::lost) return;
    stop_trying();
    pump();
}

bool WorkerSession::is_to_be_told(const std::string& peer) {
    if (const auto known = std::ranges::find(peers_, peer); known != peers_.end()) {
        std::rotate(known, known + 1, peers_.end());
        return false;
    }
    if (peers_.size() == most_peers) {
        if (!further_) further_.emplace();
        if (!(*further_)(peer, Clock::now())) return false;
        peers_.erase(peers_.begin());
    }
    peers_.push_back(peer);
    return true;
}

SessionFacts WorkerSession::facts() const {
    const auto oldest = queue_.empty() ? Time::duration{} : Clock::now() - queue_.front().since;
    return {subscriber_.app_id, subscriber_.language, queue_.size(), oldest, health_ != Health::alive};
}

void WorkerSession::pump() {
    if (holds_ == 0 && !delivery_ && !pausing_ && !queue_.empty()) send_head();
}

void WorkerSession::send_head() {
    const Queued& head = queue_.front();
    const Texts& texts = around_.languages.texts(subscriber_.language);
    std::string envelope =
        ici::write_event(event_of(head.shown, subscriber_.app_id, texts, around_.settings.numbers));
    around_.log.event({"ici.event", Level::trace}, {{"user", subscriber_.user},
                                                    {"appid", subscriber_.app_id},
                                                    {"kind", ici::event_name(kind_of(head.shown))},
                                                    {"body", envelope}});
    const std::weak_ptr<WorkerSession> weak = weak_from_this();
    sent_.reset();
    delivery_ = around_.client.post(
        subscriber_.target, std::move(envelope), unanswered_,
        [weak](std::chrono::nanoseconds waited) {
            if (const auto self = weak.lock()) self->handed(waited);
        },
        [weak](const net::HttpOutcome& said) {
            if (const auto self = weak.lock()) self->answered(said);
        });
}

/// The wait for SAP's previous answer and for a connection that others wait on is SAP's; everything else
/// between cause and socket is ours.
void WorkerSession::handed(std::chrono::nanoseconds waited) {
    Queued& head = queue_.front();
    sent_ = Clock::now();
    if (std::exchange(head.handed, true)) return;
    const auto wait = head_since_ - head.since + waited;
    around_.counters.event_wait.add(wait);
    if (head.cause) around_.counters.cti_to_crm.add(Clock::now() - *head.cause - wait);
}

void WorkerSession::answered(const net::HttpOutcome& outcome) {
    delivery_.reset();
    const auto* none = std::get_if<net::NoResponse>(&outcome);
    unanswered_ = none != nullptr;
    if (sent_) around_.counters.crm_answer.add(Clock::now() - *sent_);  // also what SAP never answered
    if (none) return failed(none->why);
    const auto& answer = std::get<net::HttpResponse>(outcome);
    around_.log.event({"ici.event", Level::trace},
                      {{"user", subscriber_.user}, {"status", answer.status}, {"body", answer.body}});
    const Verdict said = verdict(answer);
    if (const auto* undelivered = std::get_if<Undelivered>(&said)) return failed(undelivered->why);
    const auto* fault = std::get_if<ici::Fault>(&said);
    if (!fault) return delivered("ok");
    if (fault->exception && fault->exception->error_id == ici::ErrorId::unknown_appid)
        return unknown_app_id(fault->text);
    tell_failure("fault: " + fault->text, std::nullopt);
    delivered("fault");
}

void WorkerSession::delivered(std::string_view result) {
    const Shown shown = std::move(queue_.front().shown);
    queue_.pop_front();
    --around_.counters.event_queue;
    head_since_ = Clock::now();
    tries_ = 0;
    count(shown, result);
    around_.log.event("ici.event", {{"user", subscriber_.user},
                                    {"appid", subscriber_.app_id},
                                    {"kind", ici::event_name(kind_of(shown))},
                                    {"item", item_of(shown)},
                                    {"reason", reason_of(shown)},
                                    {"result", result}});
    if (health_ == Health::failing || health_ == Health::lost) {
        health_ = Health::alive;
        around_.log.event(
            "crm.delivery_restored",
            {{"agent", user_.agent.name},
             {"user", subscriber_.user},
             {"appid", subscriber_.app_id},
             {"after_s",
              std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - failing_since_).count()}});
        tell_engine(engine::DeliveryRestored{subscriber_.id});
    }
    const auto* item = std::get_if<engine::ItemView>(&shown);
    if (item && item->last()) tell_engine(engine::LastEventAnswered{subscriber_.id, item->key});
    if (std::holds_alternative<engine::EndReason>(shown)) return leave();
    pump();
}

void WorkerSession::failed(const std::string& why) {
    const Settings& settings = around_.settings;
    count(queue_.front().shown, "failed");
    ++tries_;
    const auto next = tries_ <= settings.event_retries
                          ? settings.retry_pause * (1 << std::min(tries_ - 1, most_doublings))
                          : settings.lost_pause;
    if (health_ == Health::alive || health_ == Health::failing) tell_failure(why, next);
    if (health_ == Health::alive) {
        health_ = Health::failing;
        failing_since_ = Clock::now();
        tell_engine(engine::DeliveryFailed{subscriber_.id});
    }
    if (tries_ <= settings.event_retries) return pause(next);
    if (ending_) return drop();
    if (health_ == Health::failing) {
        health_ = Health::lost;
        tell_engine(engine::SubscriptionLost{subscriber_.id, false, why});
    }
    pause(next);
}

/// Each try until they are used up; `next` is the pause before the next one, if there is one.
void WorkerSession::tell_failure(const std::string& why, std::optional<std::chrono::milliseconds> next) {
    const Shown& shown = queue_.front().shown;
    std::vector<LogField> fields{{"agent", user_.agent.name},   {"user", subscriber_.user},
                                 {"item", item_of(shown)},      {"action_item", action_item_of(shown)},
                                 {"appid", subscriber_.app_id}, {"kind", ici::event_name(kind_of(shown))}};
    if (next) {
        fields.emplace_back("try", tries_);
        fields.emplace_back("of", around_.settings.event_retries + 1);
        fields.emplace_back("next_ms", next->count());
    }
    fields.emplace_back("text", why);
    constexpr LogEvent event{"crm.delivery_failed"};
    if (around_.log.writes(event.level())) around_.log.write(event, fields);
}

/// Right after subscribe SAP may not have written its own end of the session yet (R-DEC-56).
void WorkerSession::unknown_app_id(const std::string& why) {
    if (Clock::now() - subscribed_at_ < around_.settings.unknown_app_id_grace) return failed(why);
    tell_engine(engine::SubscriptionLost{subscriber_.id, true, why});
    drop();
}

void WorkerSession::pause(std::chrono::milliseconds duration) {
    pausing_ = true;
    retry_.expires_after(duration);
    retry_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (error || !self || self->retry_.expiry() > Clock::now()) return;
        self->pausing_ = false;
        self->pump();
    });
}

void WorkerSession::stop_trying() {
    pausing_ = false;
    retry_.cancel();
}

void WorkerSession::clear_queue(std::string_view result) {
    if (delivery_) std::exchange(delivery_, nullptr)->cancel();
    stop_trying();
    around_.counters.event_queue -= queue_.size();
    for (const Queued& queued : queue_) count(queued.shown, result);
    queue_.clear();
}

/// What SAP was not told it can only learn by a new subscribe, so nothing but the end goes out afterwards.
void WorkerSession::overflow() {
    clear_queue("dropped");
    tries_ = 0;
    health_ = Health::overflown;
    tell_engine(engine::SubscriptionLost{subscriber_.id, false,
                                         std::to_string(around_.settings.event_queue_limit) +
                                             " events wait for SAP: EventQueueLimit is reached"});
}

void WorkerSession::leave() {
    ending_ = true;
    around_.gone(subscriber_.id);
}

void WorkerSession::count(const Shown& shown, std::string_view result) {
    std::string labels = "event=\"";
    labels.append(ici::event_name(kind_of(shown))).append("\",result=\"").append(result).append("\"");
    ++around_.counters.events[labels];
}

void WorkerSession::tell_engine(engine::Event event) {
    if (!ending_) around_.post(std::move(event));
}

}  // namespace cticonnector::crm
