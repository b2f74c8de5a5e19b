#include "subscriptions.hpp"

namespace cticonnector::sim::sap {
namespace {

// The reply to unsubscribe and an event sent before it travel on different connections.
constexpr milliseconds under_way{1000};

}  // namespace

void Subscriptions::open(const std::string& app_id, AgentIndex agent, Time from) {
    auto& subscription = by_id_[app_id];
    subscription.agent = agent;
    subscription.state = State::live;
    subscription.since = from;
}

void Subscriptions::ended(const std::string& app_id) {
    if (const auto found = by_id_.find(app_id); found != by_id_.end()) found->second.state = State::ended;
}

void Subscriptions::left(const std::string& app_id, Time now) {
    const auto found = by_id_.find(app_id);
    if (found == by_id_.end() || found->second.state != State::live) return;
    found->second.state = State::left;
    found->second.since = now;
}

Arrival Subscriptions::arrive(const std::string& app_id, std::size_t content, Time now) {
    const auto found = by_id_.find(app_id);
    if (found == by_id_.end()) return {};
    auto& subscription = found->second;

    Arrival arrival;
    const bool same = subscription.last == content;
    arrival.retry = same && (subscription.in_flight || !subscription.clean);
    arrival.processed = same && subscription.processed;
    arrival.duplicate = same && !arrival.retry;
    if (subscription.state == State::live && now < subscription.since) return arrival;
    if (subscription.state == State::left) {
        if (now > subscription.since + under_way) arrival.violation = "event after unsubscribe";
        return arrival;
    }
    if (subscription.state == State::ended && !arrival.retry) {
        arrival.violation = "event after subscriptionEnded";
        return arrival;
    }
    arrival.agent = subscription.agent;
    if (subscription.in_flight && !arrival.retry)
        arrival.violation = "second event while the answer to the first is open";
    subscription.in_flight = true;
    subscription.last = content;
    if (!same) subscription.processed = false;
    return arrival;
}

void Subscriptions::answering(const std::string& app_id, bool processed, bool clean) {
    const auto found = by_id_.find(app_id);
    if (found == by_id_.end()) return;
    found->second.in_flight = false;
    found->second.processed = processed;
    found->second.clean = clean;
}

}  // namespace cticonnector::sim::sap
