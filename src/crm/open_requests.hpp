#pragma once
// The requests that the engine has and SAP waits for. One that nobody has answered in `limit` is handed to
// `late`, oldest first: no error of ours leaves SAP without an answer (R-DEC-35). One thread.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cticonnector/engine/types.hpp"
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

    OpenRequests(boost::asio::io_context&, std::chrono::milliseconds limit, Late);

    void add(Pending);
    /// Nothing when it has been answered already.
    std::optional<Pending> take(engine::RequestId);
    void clear();

  private:
    void arm();

    const std::chrono::milliseconds limit_;
    Late late_;
    boost::asio::steady_timer timer_;
    bool armed_ = false;
    std::shared_ptr<int> alive_ = std::make_shared<int>();  ///< the timer's call may come late
    std::map<engine::RequestId, Pending> open_;
};

}  // namespace cticonnector::crm
