#pragma once
// Whether a request may be asked at all: [ICI] RequestUser and RequestPassword (R-DEC-67). One thread.

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <utility>

#include "cticonnector/base/log.hpp"
#include "cticonnector/base/once_a_minute.hpp"
#include "cticonnector/base/secret.hpp"
#include "cticonnector/crm/settings.hpp"
#include "cticonnector/net/http_server.hpp"

namespace cticonnector::crm {

class Access {
  public:
    Access(const Settings&, Logger&);

    /// Nothing: it may; else the 401, logged once per peer, kind (none or wrong ones) and minute.
    std::optional<net::HttpAnswer> refuse(const net::HttpRequest&);

  private:
    Secret expected_;  ///< the credentials as basic authentication sends them; empty = anybody may
    Logger& log_;
    OnceAMinute<std::pair<boost::asio::ip::address, bool>> log_now_;  ///< and whether any came
};

}  // namespace cticonnector::crm
