// Requests: what goes out and what comes back. Events are in traffic_events.cpp.
#include "traffic.hpp"

#include <chrono>
#include <utility>
#include <variant>

#include "cticonnector/protocol/ici/codes.hpp"

namespace cticonnector::sim::sap {
namespace {

namespace request = ici::request;
using Clock = std::chrono::steady_clock;

std::string event_url(const Settings& settings, std::uint16_t port) {
    return "http://" + settings.public_host + ":" + std::to_string(port) + "/ici/events";
}

/// The item a request is about, as far as it is about one.
std::string item_of(const ici::Request& request) {
    return std::visit(
        [](const auto& r) -> std::string {
            if constexpr (requires { r.item_id; }) return r.item_id;
            if constexpr (requires { r.phone_call_id; }) return r.phone_call_id;
            if constexpr (requires { r.chat_session_id; }) return r.chat_session_id;
            if constexpr (requires { r.action_session_id; }) return r.action_session_id;
            if constexpr (requires { r.action_item_id; }) return r.action_item_id;
            if constexpr (requires { r.message_id; }) return r.message_id;
            return {};
        },
        request);
}

Json fields_of(const ici::RequestMessage& message) {
    Json fields{{"user", message.header.user},
                {"operation", ici::operation_name(ici::operation_of(message.request))}};
    if (const std::string item = item_of(message.request); !item.empty()) fields["item"] = item;
    if (const auto* reroute = std::get_if<request::Reroute>(&message.request))
        fields["reason"] = reroute->reason;
    if (const auto* mode = std::get_if<request::SetCurrentWorkmode>(&message.request))
        fields["workmode"] = mode->workmode;
    if (const auto* subscribe = std::get_if<request::Subscribe>(&message.request))
        fields["app_id"] = subscribe->app_id;
    return fields;
}

Outcome outcome_of(ici::Operation operation, const net::HttpOutcome& outcome) {
    if (const auto* none = std::get_if<net::NoResponse>(&outcome)) return NoAnswer{none->why};
    const auto& answer = std::get<net::HttpResponse>(outcome);
    const std::string status = "HTTP status " + std::to_string(answer.status);
    auto read = ici::read_reply(operation, answer.body);
    if (const auto* error = std::get_if<soap::Error>(&read)) return NoAnswer{status + ", " + error->text};
    if (auto* fault = std::get_if<ici::Fault>(&read)) return std::move(*fault);
    constexpr unsigned ok = 200;
    if (answer.status != ok) return NoAnswer{status};
    return std::get<ici::Reply>(std::move(read));
}

}  // namespace

Traffic::Traffic(boost::asio::io_context& io, Output& output, const Settings& settings,
                 std::uint64_t app_id_seed)
    : output_(output),
      server_(
          io, settings.address, settings.port, [this](const std::string& body) { return receive(body); },
          [&output](std::string_view why) {
              output.report("no_file_handles", {{"text", why}});
          }),
      client_(io, settings.connector, settings.limits),
      app_url_(event_url(settings, server_.port())),
      desks_(app_url_, app_id_seed),
      rules_(settings.agents.size()),
      alarm_(io, [this](Time now) {
          desks_.on_time(now);
          pump();
      }) {
    for (const AgentSpec& agent : settings.agents) desks_.add(agent);
}

void Traffic::close() {
    alarm_.cancel();
    server_.close();
    client_.close();
}

void Traffic::pump() {
    const Time now = Clock::now();
    for (const Send& one : desks_.take()) send(one);
    for (const ici::RequestMessage& message : action_items_.take(now)) {
        const std::string id = item_of(message.request);
        ask(message, [this, id](const Outcome& outcome) {
            action_items_.added(id, std::holds_alternative<ici::Reply>(outcome));
        });
    }
    alarm_.set(desks_.next_deadline());
    alarm_.set(action_items_.next_deadline());
    if (on_change_) on_change_();
}

void Traffic::ask(const ici::RequestMessage& message, Then then) {
    ++counters_.requests;
    const auto operation = ici::operation_of(message.request);
    Json fields = fields_of(message);
    output_.report("ici.request", fields);
    client_.post(ici::service_name(ici::service_of(operation)), ici::write_request(message),
                 [this, operation, fields = std::move(fields), then = std::move(then),
                  start = Clock::now()](const net::HttpOutcome& said) mutable {
                     const Outcome outcome = outcome_of(operation, said);
                     const std::chrono::duration<double, std::milli> latency = Clock::now() - start;
                     fields["latency_ms"] = latency.count();
                     if (const auto* fault = std::get_if<ici::Fault>(&outcome)) {
                         ++counters_.faults;
                         fields["error_id"] =
                             fault->exception ? ici::id_of(fault->exception->error_id) : std::string_view{};
                         fields["text"] = fault->exception ? fault->exception->description : fault->text;
                         output_.report("ici.fault", fields);
                     } else if (const auto* none = std::get_if<NoAnswer>(&outcome)) {
                         ++counters_.no_answers;
                         fields["why"] = none->why;
                         output_.report("ici.no_answer", fields);
                     } else {
                         ++counters_.replies;
                         output_.report("ici.reply", fields);
                     }
                     then(outcome);
                     pump();
                 });
}

void Traffic::post(const std::string& service, const std::string& text) {
    ++counters_.requests;
    output_.report("ici.raw_request", {{"service", service}, {"bytes", text.size()}});
    client_.post(service, text, [this](const net::HttpOutcome& said) {
        const auto* none = std::get_if<net::NoResponse>(&said);
        ++(none ? counters_.no_answers : counters_.replies);
        const auto answer = none ? net::HttpResponse{} : std::get<net::HttpResponse>(said);
        output_.report(
            "ici.raw_answer",
            {{"status", answer.status}, {"why", none ? none->why : std::string{}}, {"body", answer.body}});
        pump();
    });
}

void Traffic::send(const Send& one) {
    const Agent& agent = desks_.agents()[one.agent];
    // events may be here before the reply to subscribe is read, so the ID is known from now on
    if (const auto* subscribe = std::get_if<request::Subscribe>(&one.request)) {
        const Time from = delayed_.contains(one.agent) ? Time::max() : Clock::now();
        subscriptions_.open(subscribe->app_id, one.agent, from);
    }
    ask({{agent.spec.user, agent.spec.language}, one.request},
        [this, index = one.agent, request = one.request](const Outcome& outcome) {
            answered(index, request, outcome);
        });
}

void Traffic::answered(AgentIndex index, const ici::Request& request, const Outcome& outcome) {
    const Time now = Clock::now();
    const bool well = std::holds_alternative<ici::Reply>(outcome);
    desks_.on_answer(index, outcome, now);
    if (const auto* subscribe = std::get_if<request::Subscribe>(&request)) {
        const auto delay = delayed_.find(index);
        if (!well) {
            // a refused second log-on with the same ID leaves the first in place
            if (desks_.agents()[index].app_id != subscribe->app_id) subscriptions_.forget(subscribe->app_id);
        } else if (delay != delayed_.end()) {
            subscriptions_.open(subscribe->app_id, index, now + delay->second);
            delayed_.erase(delay);
        }
    }
    if (const auto* unsubscribe = std::get_if<request::Unsubscribe>(&request); unsubscribe && well)
        subscriptions_.left(unsubscribe->app_id, now);
    forget_if_off(index);
}

void Traffic::forget_if_off(AgentIndex index) {
    if (desks_.agents()[index].presence == Presence::off) rules_[index].forget_open();
}

}  // namespace cticonnector::sim::sap
