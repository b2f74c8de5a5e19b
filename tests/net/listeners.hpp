#pragma once
// Listeners on loopback: one that accepts, and one whose address swallows packets, as a firewall makes them.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>

namespace cticonnector::testing {

/// Its queue takes connections; accept them by hand or not at all.
inline boost::asio::ip::tcp::acceptor listening(boost::asio::io_context& io, const std::string& address,
                                                std::uint16_t port = 0) {
    return {io, boost::asio::ip::tcp::endpoint(boost::asio::ip::make_address(address), port)};
}

/// Neither accepts nor refuses: its queue has room for one connection and is full.
/// Linux drops what comes then.
class SwallowingListener {
  public:
    SwallowingListener(boost::asio::io_context& io, const std::string& address, std::uint16_t port = 0)
        : acceptor_(io), filling_(io) {
        const boost::asio::ip::tcp::endpoint endpoint(boost::asio::ip::make_address(address), port);
        acceptor_.open(endpoint.protocol());
        acceptor_.bind(endpoint);
        acceptor_.listen(0);
        filling_.connect(acceptor_.local_endpoint());
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    /// From now on connections are answered.
    void recover() { acceptor_.listen(); }

  private:
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ip::tcp::socket filling_;
};

}  // namespace cticonnector::testing
