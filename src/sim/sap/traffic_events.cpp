// Events: what the connector sends, whether it may, and what it is answered.
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "members.hpp"
#include "traffic.hpp"

namespace cticonnector::sim::sap {
namespace {

namespace event = ici::event;
using Clock = std::chrono::steady_clock;
constexpr unsigned fault_status = 500;

EventAnswer with_fault(ici::ErrorId error) {
    return {.status = fault_status, .body = ici::write_fault(ici::make_fault(error))};
}

/// Whether SAP has understood the event in spite of what was done to its answer.
bool is_taken(const std::optional<Injection>& injection) {
    return !injection || injection->what == Wrong::slow || injection->what == Wrong::garbage;
}

EventAnswer injected(const Injection& injection, std::string good) {
    switch (injection.what) {
        case Wrong::slow: break;
        case Wrong::http_error: return {.status = injection.status, .delay = injection.delay};
        case Wrong::no_answer: return {.way = EventAnswer::Way::hold};
        case Wrong::reset: return {.way = EventAnswer::Way::reset, .delay = injection.delay};
        case Wrong::garbage: return {.body = "<html><body>no SOAP</body>", .delay = injection.delay};
        case Wrong::fault: return with_fault(ici::ErrorId::internal);
        case Wrong::unknown_appid: return with_fault(ici::ErrorId::unknown_appid);
    }
    return {.body = std::move(good), .delay = injection.delay};
}

}  // namespace

EventAnswer Traffic::receive(const std::string& body) {
    ++counters_.events;
    const auto read = ici::read_event(body);
    if (!read) return refuse(read.error());
    const ici::Event& event = *read;
    const auto& app_ids = app_ids_of(event);
    if (app_ids.size() != 1) {
        // events of different subscriptions are never merged (ici.md section 2)
        violation({}, std::string(ici::event_name(ici::kind_of(event))) + " names " +
                          std::to_string(app_ids.size()) + " appIds");
        if (app_ids.empty()) return with_fault(ici::ErrorId::unknown_appid);
    }
    const std::string& app_id = app_ids.front();
    const Arrival arrival = subscriptions_.arrive(app_id, std::hash<std::string>{}(body), Clock::now());
    if (!arrival.violation.empty()) violation({}, arrival.violation + ", appId " + app_id);
    if (!arrival.agent) return refuse_unknown(event, app_id);

    const AgentIndex agent = *arrival.agent;
    const std::string user = desks_.agents()[agent].spec.user;
    const auto item = item_event(event);
    const auto injection = injections_.hit(user, std::string(ici::event_name(ici::kind_of(event))));
    if (injection) ++counters_.injected;
    if (arrival.retry) ++counters_.retries;
    if (arrival.duplicate) ++counters_.duplicates;
    tell_event(agent, event, item, arrival);
    if (!arrival.retry) check_contract(agent, event, item, body);
    const bool known = arrival.retry && arrival.processed;
    if (is_taken(injection) && !known) take_event(agent, event, item, app_id);

    EventAnswer answer = answer_event(event, app_id, user, injection);
    const bool processed = known || is_taken(injection);
    answer.answering = [this, app_id, processed, clean = !injection || injection->what == Wrong::slow] {
        subscriptions_.answering(app_id, processed, clean);
    };
    pump();
    return answer;
}

EventAnswer Traffic::refuse(const ici::Refusal& refusal) {
    ++counters_.unknown_events;
    const auto& fault = refusal.fault;
    output_.report("ici.unknown_event",
                   {{"text", fault.exception ? fault.exception->description : fault.text}});
    if (on_change_) on_change_();
    return {.status = static_cast<unsigned>(refusal.http_status), .body = ici::write_fault(fault)};
}

EventAnswer Traffic::refuse_unknown(const ici::Event& event, const std::string& app_id) {
    ++counters_.unknown_app_ids;
    output_.report("ici.unknown_app_id",
                   {{"name", ici::event_name(ici::kind_of(event))}, {"app_id", app_id}});
    if (on_change_) on_change_();
    return with_fault(ici::ErrorId::unknown_appid);
}

EventAnswer Traffic::answer_event(const ici::Event& event, const std::string& app_id, const std::string& user,
                                  const std::optional<Injection>& injection) {
    std::string good = ici::write_event_reply(ici::kind_of(event));
    if (!injection) return {.body = std::move(good)};
    output_.report("injected", {{"what", word_of(injection->what)}, {"user", user}, {"app_id", app_id}});
    return injected(*injection, std::move(good));
}

void Traffic::check_contract(AgentIndex agent, const ici::Event& event, const std::optional<ItemEvent>& item,
                             const std::string& body) {
    const std::string& user = desks_.agents()[agent].spec.user;
    for (const std::string& finding : incomplete_members(body)) violation(user, finding);
    if (item)
        for (const std::string& finding : rules_[agent].check(*item)) violation(user, finding);
    const auto* changed = std::get_if<event::UserChanged>(&event);
    if (changed && changed->user.user_id != user)
        violation(user, "userChanged speaks of user '" + changed->user.user_id + "'");
}

void Traffic::take_event(AgentIndex agent, const ici::Event& event, const std::optional<ItemEvent>& item,
                         const std::string& app_id) {
    const Time now = Clock::now();
    if (item) {
        desks_.on_item(agent, *item, now);
        action_items_.on_item(*item);
    } else if (const auto* changed = std::get_if<event::UserChanged>(&event)) {
        desks_.on_user(agent, changed->user, now);
    } else if (std::holds_alternative<event::SubscriptionEnded>(event)) {
        subscriptions_.ended(app_id);
        desks_.on_subscription_ended(agent, app_id, now);
        forget_if_off(agent);
    }
}

void Traffic::tell_event(AgentIndex agent, const ici::Event& event, const std::optional<ItemEvent>& item,
                         const Arrival& arrival) {
    Json fields{{"name", ici::event_name(ici::kind_of(event))}, {"user", desks_.agents()[agent].spec.user}};
    if (item) {
        fields["item"] = item->id;
        if (!item->action_item_id.empty()) fields["action_item"] = item->action_item_id;
        fields["processing_status"] = item->processing_status;
        fields["status"] = item->status;
    }
    if (const auto* changed = std::get_if<event::UserChanged>(&event)) {
        fields["workmode"] = changed->user.current_workmode.id;
        fields["user_status"] = changed->user.user_status.id;
    }
    if (const auto* ended = std::get_if<event::SubscriptionEnded>(&event))
        fields["reason"] = ended->reason.id;
    if (const auto* posting = std::get_if<event::ChatNewPosting>(&event))
        fields["item"] = posting->chat_posting.chat_session_id;
    fields["app_id"] = app_ids_of(event).front();
    if (arrival.retry) fields["retry"] = true;
    output_.report("ici.event", fields);
}

void Traffic::violation(const std::string& user, const std::string& text) {
    ++counters_.protocol_errors;
    output_.report("protocol_error", {{"user", user}, {"text", text}});
}

}  // namespace cticonnector::sim::sap
