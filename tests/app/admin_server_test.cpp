// The [ADMIN] listener over a real socket.
#include "admin_server.hpp"

#include <gmock/gmock.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "no_file_handles.hpp"

namespace cticonnector::app {
namespace {

namespace asio = boost::asio;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class AdminServerTest : public ::testing::Test {
  protected:
    asio::ip::tcp::socket client() {
        asio::ip::tcp::socket socket(io);
        socket.connect({asio::ip::address_v4::loopback(), server.port()});
        return socket;
    }
    /// What the server answers until it closes or the header is complete.
    std::string header(asio::ip::tcp::socket& socket, const std::string& request_line) {
        const std::string request = request_line + " HTTP/1.1\r\nHost: here\r\n\r\n";
        asio::write(socket, asio::buffer(request));
        std::string received;
        bool done = false;
        asio::async_read_until(socket, asio::dynamic_buffer(received), "\r\n\r\n",
                               [&](auto, std::size_t) { done = true; });
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!done && std::chrono::steady_clock::now() < end) io.run_one_until(end);
        EXPECT_TRUE(done);
        return received;
    }

    asio::io_context io;
    AdminServer server{io, asio::ip::address_v4::loopback(), 0,
                       [](std::string_view method, std::string_view) {
                           const bool get = method == "GET";
                           return AdminAnswer{get ? 200 : 405, "text/plain", "", get ? "" : "GET"};
                       }};
};

TEST_F(AdminServerTest, PausesWithoutFileHandlesAndServesLater) {
    auto socket = client();
    {
        const cticonnector::testing::NoFileHandles none;
        std::size_t handlers = 0;
        while (handlers < 1000 && io.poll_one() > 0) ++handlers;
        EXPECT_LT(handlers, 100u) << "it spins";
    }
    EXPECT_THAT(header(socket, "GET /health"), StartsWith("HTTP/1.1 200"));
}

TEST_F(AdminServerTest, SaysWhichMethodThereIs) {
    auto socket = client();
    EXPECT_THAT(header(socket, "POST /health"), AllOf(StartsWith("HTTP/1.1 405"), HasSubstr("Allow: GET")));
    EXPECT_THAT(header(socket, "GET /health"), StartsWith("HTTP/1.1 200")) << "the connection is kept";
}

}  // namespace
}  // namespace cticonnector::app
