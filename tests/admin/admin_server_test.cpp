// The [ADMIN] listener over a real socket, and what it refuses.
#include "admin_server.hpp"

#include <gmock/gmock.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>

#include "cticonnector/admin/admin.hpp"
#include "no_file_handles.hpp"

namespace cticonnector::admin {
namespace {

namespace asio = boost::asio;
using ::testing::AllOf;
using ::testing::ElementsAre;
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
    std::string header(asio::ip::tcp::socket& socket, const std::string& request_line,
                       const std::string& more = "Host: localhost\r\n") {
        const std::string request = request_line + " HTTP/1.1\r\n" + more + "\r\n";
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

    static Settings settings() {
        Settings settings;
        settings.listen_port = 0;
        settings.server_names = {"cti.example"};
        return settings;
    }

    std::vector<std::string> broken;
    std::vector<std::string> refused;
    std::vector<std::string> shortages;
    asio::io_context io;
    AdminServer server{
        io,
        settings(),
        [](const net::HttpRequest& request) -> net::HttpAnswer {
            if (request.path == "/broken") throw std::runtime_error("no such agent");
            const bool get = request.method == "GET";
            return {.status = get ? 200u : 405u, .content_type = "text/plain", .allow = "GET, HEAD"};
        },
        [this](const net::HttpRequest& request, const AdminRefusal& refusal) {
            refused.push_back(request.path + ": " + refusal.text);
        },
        [this](std::string_view text) { broken.emplace_back(text); },
        [this](std::string_view why) { shortages.emplace_back(why); },
        {}};
};

TEST_F(AdminServerTest, PausesWithoutFileHandlesAndServesLater) {
    auto socket = client();
    {
        const cticonnector::testing::NoFileHandles none;
        std::size_t handlers = 0;
        while (handlers < 1000 && io.poll_one() > 0) ++handlers;
        EXPECT_LT(handlers, 100u) << "it spins";
        EXPECT_THAT(shortages, ElementsAre("Too many open files"));  // R-DEC-74
    }
    EXPECT_THAT(header(socket, "GET /health"), StartsWith("HTTP/1.1 200"));
}

TEST_F(AdminServerTest, IdleConnectionsShutNobodyOut) {  // R-OPS-6
    std::vector<asio::ip::tcp::socket> idle;
    for (std::size_t i = 0; i < Admin::most_connections + 6; ++i) idle.push_back(client());
    auto socket = client();
    EXPECT_THAT(header(socket, "GET /health"), StartsWith("HTTP/1.1 200"));
}

TEST_F(AdminServerTest, SaysWhichMethodThereIs) {
    auto socket = client();
    EXPECT_THAT(header(socket, "PUT /health"),
                AllOf(StartsWith("HTTP/1.1 405"), HasSubstr("Allow: GET, HEAD")));
    EXPECT_THAT(header(socket, "GET /health"), StartsWith("HTTP/1.1 200")) << "the connection is kept";
}

TEST_F(AdminServerTest, APageThatThrowsCostsNoConnection) {
    for (std::size_t i = 0; i < 2 * Admin::most_connections; ++i) {
        auto socket = client();
        EXPECT_THAT(header(socket, "GET /broken"), StartsWith("HTTP/1.1 500"));
        EXPECT_EQ(broken.size(), i + 1);
    }
    EXPECT_EQ(broken.front(), "GET /broken: no such agent");
    auto socket = client();
    EXPECT_THAT(header(socket, "GET /health"), StartsWith("HTTP/1.1 200"));
}

TEST_F(AdminServerTest, AnswersToItsOwnNamesOnly) {  // R-OPS-5
    auto socket = client();
    EXPECT_THAT(header(socket, "GET /health", "Host: cti.example:8081\r\n"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(header(socket, "GET /health", "Host: evil.example\r\n"),
                AllOf(StartsWith("HTTP/1.1 421"), HasSubstr("Content-Type: application/json")));
    EXPECT_THAT(header(socket, "GET http://evil.example/health", "Host: localhost\r\n"),
                StartsWith("HTTP/1.1 421"));
}

TEST_F(AdminServerTest, WhatIsNoHostIsNoneOfItsNames) {  // R-OPS-5
    for (const std::string host : {"127.0.0.1:80:evil", "localhost:evil.com", "localhost@evil.com",
                                   "[::1]evil.com", "localhost, evil.com"}) {
        auto socket = client();
        EXPECT_THAT(header(socket, "GET /health", "Host: " + host + "\r\n"), StartsWith("HTTP/1.1 400"))
            << host;
    }
}

TEST_F(AdminServerTest, AFormOfAnotherSiteDoesNothing) {  // R-OPS-5
    auto socket = client();
    EXPECT_THAT(
        header(socket, "POST /items/1/retry",
               "Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n"),
        StartsWith("HTTP/1.1 415"));
    EXPECT_THAT(refused, ElementsAre("/items/1/retry: a POST needs Content-Type: application/json"));
}

struct Asked {
    std::string host;
    std::string origin;
    std::string content_type;
    unsigned status;  ///< 0: it may be answered
};

unsigned status(std::string method, const Asked& asked) {
    net::HttpRequest request;
    request.method = std::move(method);
    request.host = asked.host;
    request.origin = asked.origin;
    request.content_type = asked.content_type;
    const auto refusal = refuse(request, {"cti.example", "CTI2"});
    return refusal ? refusal->status : 0;
}

TEST(AdminRefusal, NamesThatAreNotItsOwn) {  // R-OPS-5
    for (const std::string own : {"127.0.0.1", "127.0.0.1:8081", "10.1.2.3", "[::1]", "[::1]:8081",
                                  "localhost", "LOCALHOST:8081", "cti.example", "Cti.Example:1", "cti2:8081"})
        EXPECT_EQ(status("GET", {own, "", "", 0}), 0u) << own;
    for (const std::string other : {"evil.example", "evil.example:8081", "cti.example.evil", "xcti.example",
                                    "localhost.evil", "127.0.0.1.evil", "1.2.3", "2130706433", "::1", "[::1",
                                    "[evil]", "[::1]x", "", ":8081", "user@localhost"})
        EXPECT_EQ(status("GET", {other, "", "", 0}), 421u) << other;
    EXPECT_EQ(status("POST", {"evil.example", "", "application/json", 0}), 421u);
}

TEST(AdminRefusal, PostsOfOtherSitesAndOfForms) {  // R-OPS-5
    const std::string json = "application/json";
    for (const Asked& asked :
         std::vector<Asked>{{"localhost:8081", "", json, 0},
                            {"localhost:8081", "", "Application/JSON ; charset=utf-8", 0},
                            {"localhost:8081", "http://localhost:8081", json, 0},
                            {"cti.example", "https://CTI.example", json, 0},
                            {"localhost:8081", "http://localhost", json, 403},
                            {"localhost:8081", "http://localhost:8080", json, 403},
                            {"localhost:8081", "http://evil.example", json, 403},
                            {"localhost:8081", "http://evil.example/localhost:8081", json, 403},
                            {"localhost:8081", "null", json, 403},
                            {"localhost:8081", "localhost:8081", json, 403},
                            {"localhost:8081", "http://evil.example", "", 403},
                            {"localhost:8081", "", "", 415},
                            {"localhost:8081", "", "text/plain", 415},
                            {"localhost:8081", "", "application/x-www-form-urlencoded", 415},
                            {"localhost:8081", "", "application/jsonp", 415},
                            {"localhost:8081", "", "text/plain; application/json", 415}}) {
        EXPECT_EQ(status("POST", asked), asked.status) << asked.origin << ' ' << asked.content_type;
        EXPECT_EQ(status("GET", asked), 0u) << "it changes nothing";
    }
}

}  // namespace
}  // namespace cticonnector::admin
