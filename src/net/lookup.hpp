#pragma once
// One look-up of a name, on a thread that lives as long as the process. Asio's own resolver thread would be
// joined by the io_context's destructor, so that a name service that hangs would hold the stop.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cticonnector::net {

struct Found {
    boost::system::error_code failure;
    std::vector<boost::asio::ip::tcp::endpoint> addresses;
};

class Lookup {
  public:
    /// `done` is called on the loop's thread, not before the constructor has returned, and not after the
    /// object is gone.
    Lookup(boost::asio::io_context&, const std::string& host, std::uint16_t port,
           std::function<void(Found)> done);
    ~Lookup();
    Lookup(const Lookup&) = delete;
    Lookup& operator=(const Lookup&) = delete;

  private:
    struct Shared;
    std::shared_ptr<Shared> shared_;
};

}  // namespace cticonnector::net
