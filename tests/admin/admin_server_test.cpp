// The [ADMIN] listener over a real socket, and what it refuses.
#include <gmock/gmock.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "admin_rig.hpp"
#include "no_file_handles.hpp"
#include "refusal.hpp"

namespace cticonnector::admin::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class AdminServerTest : public AdminRig {};

TEST_F(AdminServerTest, PausesWithoutFileHandlesAndServesLater) {
    const auto line = client();
    {
        const cticonnector::testing::NoFileHandles none;
        std::size_t handlers = 0;
        while (handlers < 1000 && io.poll_one() > 0) ++handlers;
        EXPECT_LT(handlers, 100u) << "it spins";
        EXPECT_TRUE(log.has("config.finding", "section=ADMIN key=ListenPort why=Too many open files"))
            << "R-DEC-74";
    }
    EXPECT_EQ(ask(line, "GET /health").status(), 200u);
}

TEST_F(AdminServerTest, IdleConnectionsShutNobodyOut) {  // R-OPS-6
    for (std::size_t i = 0; i < Admin::most_connections + 6; ++i) client();
    EXPECT_EQ(answer("GET /health").status(), 200u);
}

TEST_F(AdminServerTest, SaysWhichMethodThereIs) {
    const auto line = client();
    const auto refused = ask(line, "PUT /health");
    EXPECT_EQ(refused.status(), 405u);
    EXPECT_THAT(refused.head, HasSubstr("Allow: GET, HEAD"));
    EXPECT_EQ(ask(line, "GET /health").status(), 200u) << "the connection is kept";
}

TEST_F(AdminServerTest, APageThatThrowsCostsNoConnection) {
    metrics = []() -> std::string { throw std::runtime_error("no such agent"); };
    const auto told = AllOf(StartsWith("invariant.broken "), HasSubstr("GET /metrics: no such agent"));
    for (int i = 1; i <= 2 * static_cast<int>(Admin::most_connections); ++i) {
        EXPECT_EQ(answer("GET /metrics").status(), 500u);
        EXPECT_THAT(log.lines, Contains(told).Times(i));
    }
    EXPECT_EQ(answer("GET /health").status(), 200u);
}

TEST_F(AdminServerTest, AnswersToItsOwnNamesOnly) {  // R-OPS-5
    EXPECT_EQ(answer("GET /health", "Host: cti.example:8081\r\n").status(), 200u);
    const auto other = answer("GET /health", "Host: evil.example\r\n");
    EXPECT_EQ(other.status(), 421u);
    EXPECT_THAT(other.head, HasSubstr("Content-Type: application/json"));
    EXPECT_EQ(answer("GET http://evil.example/health").status(), 421u);
}

TEST_F(AdminServerTest, AsksTheNamesAndPeersOfThisMoment) {
    EXPECT_EQ(answer("GET /health", "Host: new.example\r\n").status(), 421u);
    Settings next = *settings;
    next.server_names = {"new.example"};
    settings.swap(next);
    EXPECT_EQ(answer("GET /health", "Host: new.example\r\n").status(), 200u);
    EXPECT_EQ(answer("GET /health", "Host: cti.example\r\n").status(), 421u);
    next.allowed_peers = {asio::ip::make_address("10.1.2.3")};
    settings.swap(next);
    const auto stranger = client();
    cticonnector::testing::run_until(io, [&] { return stranger->closed; });
    EXPECT_EQ(admin.peers_refused(), 1u);
}

TEST_F(AdminServerTest, WhatIsNoHostIsNoneOfItsNames) {  // R-OPS-5
    for (const std::string host : {"127.0.0.1:80:evil", "localhost:evil.com", "localhost@evil.com",
                                   "[::1]evil.com", "localhost, evil.com"})
        EXPECT_EQ(answer("GET /health", "Host: " + host + "\r\n").status(), 400u) << host;
}

TEST_F(AdminServerTest, AFormOfAnotherSiteDoesNothing) {  // R-OPS-5
    EXPECT_EQ(
        answer("POST /items/1/retry",
               "Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n")
            .status(),
        415u);
    EXPECT_TRUE(
        log.has("operator.act act=item.resend target=1", "text=a POST needs Content-Type: application/json"));
}

struct Asked {
    std::string host;
    std::string origin;
    std::string content_type;
    int status;  ///< 0: it may be answered
};

int status(std::string method, const Asked& asked) {
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
        EXPECT_EQ(status("GET", {own, "", "", 0}), 0) << own;
    for (const std::string other : {"evil.example", "evil.example:8081", "cti.example.evil", "xcti.example",
                                    "localhost.evil", "127.0.0.1.evil", "1.2.3", "2130706433", "::1", "[::1",
                                    "[evil]", "[::1]x", "", ":8081", "user@localhost"})
        EXPECT_EQ(status("GET", {other, "", "", 0}), 421) << other;
    EXPECT_EQ(status("POST", {"evil.example", "", "application/json", 0}), 421);
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
        EXPECT_EQ(status("GET", asked), 0) << "it changes nothing";
    }
}

}  // namespace
}  // namespace cticonnector::admin::testing
