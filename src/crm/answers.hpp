#pragma once
// How requests are answered: the answer is written, counted and logged, and no event of its user goes out
// before it has left (R-DEC-56). One thread.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "cticonnector/base/log.hpp"
#include "cticonnector/crm/ici.hpp"
#include "cticonnector/net/http_server.hpp"
#include "cticonnector/protocol/ici/codec.hpp"
#include "open_requests.hpp"
#include "subscriptions.hpp"

namespace cticonnector::crm {

/// Characters of a user; SAP's names have twelve. The user stands in every line and table about them.
inline constexpr std::size_t longest_user = 64;

/// For the log and the counters.
std::string_view result_name(const ici::Fault&);

class Answers {
  public:
    Answers(const Subscriptions& subscriptions, Logger& log, Counters& counters)
        : subscriptions_(subscriptions), log_(log), counters_(counters) {}

    /// Events of the same user wait until it is written; a new subscription's until its first.
    void send(Pending, const ici::Fault&);
    void send(Pending, const ici::Reply&);
    /// To what is no request of ours.
    void refuse(net::HttpExchange&, const std::string& user, const ici::Fault&, int status);
    /// One without credentials, or with wrong ones, has been sent away.
    void count_unauthorized() { count("", "", "unauthorized"); }

  private:
    void send(Pending, net::HttpAnswer, std::string_view result);
    void tell(const Pending&, const net::HttpAnswer&, std::string_view result);
    /// Keeps the events of its user, and lets them go when the answer has left.
    net::HttpExchange::Written hold_events(const Pending&);
    void count(std::string_view service, std::string_view operation, std::string_view result);

    const Subscriptions& subscriptions_;
    Logger& log_;
    Counters& counters_;
    std::shared_ptr<char> alive_ = std::make_shared<char>();  ///< an answer may leave when all else has gone
};

}  // namespace cticonnector::crm
