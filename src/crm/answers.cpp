#include "answers.hpp"

#include <utility>

#include "cticonnector/base/labels.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "endpoint.hpp"

namespace cticonnector::crm {

std::string_view result_name(const ici::Fault& fault) {
    return fault.exception ? ici::id_of(fault.exception->error_id) : std::string_view{"malformed"};
}

void Answers::send(Pending pending, const ici::Fault& fault) {
    send(std::move(pending), fault_answer(fault), result_name(fault));
}

void Answers::send(Pending pending, const ici::Reply& reply) {
    net::HttpAnswer http{200, ici::write_reply(pending.operation, reply, pending.synonym)};
    send(std::move(pending), std::move(http), "ok");
}

void Answers::send(Pending pending, net::HttpAnswer http, std::string_view result) {
    tell(pending, http, result);
    pending.exchange->answer(std::move(http), hold_events(pending));
}

void Answers::tell(const Pending& pending, const net::HttpAnswer& http, std::string_view result) {
    const auto operation = ici::operation_name(pending.operation);
    const auto took = std::chrono::steady_clock::now() - pending.received;
    count(ici::service_name(ici::service_of(pending.operation)), operation, result);
    counters_.request_seconds.add(took);
    log_.event("ici.request", {{"user", pending.user},
                               {"request", pending.id.value},
                               {"operation", operation},
                               {"item", pending.about.item},
                               {"reason", pending.about.reason},
                               {"workmode", pending.about.workmode},
                               {"result", result},
                               {"us", std::chrono::duration_cast<std::chrono::microseconds>(took).count()}});
    log_.event({"ici.request", Level::trace},
               {{"user", pending.user}, {"request", pending.id.value}, {"reply", http.body}});
}

net::HttpExchange::Written Answers::hold_events(const Pending& pending) {
    Subscription* const own = subscriptions_.find(pending.subscription);
    const bool subscribes = own != nullptr;
    Subscription* const held = subscribes ? own : subscriptions_.of(pending.user);
    if (held && !subscribes) held->hold();
    const std::weak_ptr<Subscription> session = held ? held->weak_from_this() : std::weak_ptr<Subscription>{};
    return [this, alive = std::weak_ptr(alive_), session, subscribes](bool done) {
        if (!alive.expired() && !done) ++counters_.replies_dropped;
        const auto waiting = session.lock();
        if (!waiting) return;
        if (subscribes)
            waiting->subscribed();
        else
            waiting->unhold();
    };
}

void Answers::refuse(net::HttpExchange& exchange, const std::string& user, const ici::Fault& fault,
                     int status) {
    count("", "", result_name(fault));
    log_.event(
        "ici.request",
        {{"user", shortened(user, longest_user)}, {"result", result_name(fault)}, {"text", fault.text}});
    exchange.answer(fault_answer(fault, status), {});
}

void Answers::count(std::string_view service, std::string_view operation, std::string_view result) {
    ++counters_.requests[label("service", service) + "," + label("operation", operation) + "," +
                         label("result", result)];
}

}  // namespace cticonnector::crm
