#pragma once
// The requests that the engine has and SAP waits for. One that nobody has answered in
// Settings::answer_timeout is handed to `late`, oldest first: no error of ours leaves SAP without an answer
// (R-DEC-35). One thread.

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cticonnector/base/current.hpp"
#include "cticonnector/crm/settings.hpp"
#include "cticonnector/engine/types.hpp"
#include "cticonnector/net/alarm.hpp"
#include "cticonnector/net/http_server.hpp"
#include "cticonnector/protocol/ici/requests.hpp"
#include "request_ids.hpp"

namespace cticonnector::crm {

/// A request that the engine has, or that is answered now.
struct Pending {
    engine::RequestId id;  ///< later requests have greater ones
    engine::UserId user;
    engine::SubscriptionId subscription;  ///< of a subscribe
    ici::Operation operation{};
    std::string_view synonym;  ///< what the operation was called instead (R-DEC-60)
    std::string language;
    std::chrono::steady_clock::time_point received;
    std::shared_ptr<net::HttpExchange> exchange;
    RequestIds about{};  ///< for the log; empty where it does not write debug lines
    std::string peer{};  ///< that sent it
};

class OpenRequests {
  public:
    using Late = std::function<void(Pending)>;

    OpenRequests(boost::asio::io_context&, const Current<Settings>&, Late);

    void add(Pending);
    /// Nothing when it has been answered already.
    std::optional<Pending> take(engine::RequestId);
    void clear();

  private:
    std::chrono::steady_clock::time_point due() const;
    void give_up(std::chrono::steady_clock::time_point now);

    const Current<Settings>& settings_;
    Late late_;
    net::Alarm alarm_;
    std::map<engine::RequestId, Pending> open_;
};

}  // namespace cticonnector::crm
