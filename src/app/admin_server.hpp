#pragma once
// The [ADMIN] listener: answers HTTP/1.1 with what a function gives for method and target. For people and
// scrapers on the same machine: few connections, no keep-alive beyond the idle time. One thread; lives as
// long as its io_context runs, sessions hold what they need.

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "cticonnector/app/config.hpp"

namespace cticonnector::app {

struct AdminAnswer {
    int status = 200;
    std::string content_type;
    std::string body;
    std::string allow;  ///< with 405: the method there is
};

class AdminServer {
  public:
    static constexpr std::size_t most_connections = 64;  ///< more are closed at once

    using Answer = std::function<AdminAnswer(std::string_view method, std::string_view target)>;

    /// Binds at once; throws boost::system::system_error when the address is taken. Port 0 of the settings
    /// means off: do not make one. `port` 0 here picks a free one.
    AdminServer(boost::asio::io_context&, const boost::asio::ip::address&, std::uint16_t port, Answer);
    ~AdminServer();
    AdminServer(const AdminServer&) = delete;
    AdminServer& operator=(const AdminServer&) = delete;

    std::uint16_t port() const;
    void stop();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace cticonnector::app
