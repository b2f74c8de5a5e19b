#pragma once
// Whether a request may be asked at all: [ICI] RequestUser and RequestPassword (R-DEC-67). One thread.

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <utility>

#include "cticonnector/base/current.hpp"
#include "cticonnector/base/log.hpp"
#include "cticonnector/base/once_a_minute.hpp"
#include "cticonnector/base/secret.hpp"
#include "cticonnector/crm/settings.hpp"
#include "cticonnector/net/http_server.hpp"

namespace cticonnector::crm {

class Access {
  public:
    Access(const Current<Settings>& settings, Logger& log) : settings_(settings), log_(log) {}

    /// Nothing: it may; else the 401, logged once per peer, kind (none or wrong ones) and minute.
    std::optional<net::HttpAnswer> refuse(const net::HttpRequest&);

  private:
    const Current<Settings>& settings_;
    Logger& log_;
    OnceAMinute<std::pair<boost::asio::ip::address, bool>> log_now_;  ///< and whether any came
};

}  // namespace cticonnector::crm
