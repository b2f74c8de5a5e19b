#pragma once
// Carries events to SAP: HTTP POST on kept-alive connections, a pool for each authority (R-DEC-43), with the
// credentials of [ICI] EventUser. One thread.

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "cticonnector/crm/settings.hpp"
#include "cticonnector/net/http_client.hpp"

namespace cticonnector::crm {

class EventClient {
  public:
    EventClient(boost::asio::io_context&, const Settings&);

    /// As net::HttpClient::post(). `fresh`: on a new connection, the last try had no answer.
    std::shared_ptr<net::HttpPosting> post(const net::HttpTarget&, std::string envelope, bool fresh,
                                           net::HttpClient::Handed, net::HttpClient::Done);
    /// Drops everything.
    void close() { client_.close(); }

  private:
    net::HttpClient client_;
    const std::string authorization_;  ///< empty: none
};

}  // namespace cticonnector::crm
