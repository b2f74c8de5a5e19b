#pragma once
// Carries events to SAP: written out, then HTTP POST on kept-alive connections, a pool for each authority
// (R-DEC-43), with the credentials of [ICI] EventUser. One thread.

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "cticonnector/base/current.hpp"
#include "cticonnector/base/log.hpp"
#include "cticonnector/crm/settings.hpp"
#include "cticonnector/crm/texts.hpp"
#include "cticonnector/engine/types.hpp"
#include "cticonnector/net/http_client.hpp"
#include "views.hpp"

namespace cticonnector::crm {

/// Whom events are for.
struct Subscriber {
    engine::SubscriptionId id;
    engine::UserId user;
    std::string app_id;
    std::string language;
    net::HttpTarget target;
    std::string peer = {};  ///< who subscribed
};

class EventClient {
  public:
    /// `settings`: how many connections there may be is read once, here.
    EventClient(boost::asio::io_context&, const Current<Settings>& settings, const Languages&, Logger&);

    /// As net::HttpClient::post(). `fresh`: on a new connection, the last try had no answer.
    std::shared_ptr<net::HttpPosting> post(const Subscriber&, const Shown&, bool fresh,
                                           net::HttpClient::Handed, net::HttpClient::Done);
    /// Drops everything.
    void close() { client_.close(); }

  private:
    std::string written(const Subscriber&, const Shown&) const;

    const Current<Settings>& settings_;
    const Languages& languages_;
    Logger& log_;
    net::HttpClient client_;
};

}  // namespace cticonnector::crm
