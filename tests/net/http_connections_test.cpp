// Connections of the HTTP server over real sockets: how long one stays, who gets in when all places are
// taken, and how they end.
#include <gmock/gmock.h>

#include "http_server_rig.hpp"
#include "no_file_handles.hpp"

namespace cticonnector::net::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class HttpConnections : public HttpServerRig {};

TEST_F(HttpConnections, SaysOnceAMinuteThatItHasNoFileHandlesAndServesLater_R_DEC_74) {
    const auto waiting = client();
    {
        const cticonnector::testing::NoFileHandles none;
        std::size_t handlers = 0;
        while (handlers < 1000 && io.poll_one() > 0) ++handlers;
        EXPECT_LT(handlers, 100u) << "it spins";
        EXPECT_THAT(shortages, ElementsAre("Too many open files"));
        for (int turn = 0; turn < 4; ++turn) EXPECT_EQ(io.run_one_for(5s), 1u);
        EXPECT_THAT(shortages, SizeIs(1)) << "though it has tried again";
    }
    waiting->send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(reply(waiting).head, StartsWith("HTTP/1.1 200"));
}

TEST_F(HttpConnections, WhoComesTogetherIsAdmittedTogether) {
    for (int i = 0; i < 40; ++i) client();
    std::size_t handlers = 0;
    while (server().connections() < 40 && io.run_one_for(20s) > 0) ++handlers;
    EXPECT_EQ(server().connections(), 40u);
    EXPECT_LT(handlers, 40u) << "between two of them others have a turn each";
}

TEST_F(HttpConnections, LineEndsDoNotKeepAConnection) {  // R-DEC-58
    settings.idle_timeout = 50ms;
    const auto line = client();
    EXPECT_TRUE(until([&] {
        if (!line->closed) line->send("\r\n");
        return line->closed;
    }));
    EXPECT_EQ(line->bytes, "");
}

const std::string get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

TEST_F(HttpConnections, WhoeverComesToAFullServerTakesThePlaceOfTheOneIdleLongest) {
    settings.max_connections = 3;
    const auto first = client();
    ASSERT_TRUE(until([&] { return server().connections() == 1; }));
    const auto second = client();
    const auto third = client();
    ASSERT_TRUE(until([&] { return server().connections() == 3; }));
    first->send(get);
    EXPECT_EQ(reply(first).status(), 200u) << "so it is idle for the shortest time now";
    EXPECT_EQ(answer(get).status(), 200u);
    EXPECT_TRUE(until([&] { return second->closed; }));
    EXPECT_EQ(second->bytes, "");
    EXPECT_EQ(server().connections(), 3u);
    for (const auto& line : {first, third}) {
        line->send(get);
        EXPECT_EQ(reply(line).status(), 200u);
    }
}

TEST_F(HttpConnections, AServerFullOfIdleOnesAnswersEveryFurtherOne) {
    settings.max_connections = 64;
    for (int i = 0; i < 70; ++i) client();
    for (int i = 0; i < 70; ++i) client()->send("G");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(answer(get).status(), 200u);
    EXPECT_EQ(server().connections(), 64u);
}

TEST_F(HttpConnections, ARequestThatBeginsToArriveIsNoIdleConnection) {
    settings.max_connections = 3;
    const auto sending = client();
    ASSERT_TRUE(until([&] { return server().connections() == 1; }));
    const auto idle = client();
    ASSERT_TRUE(until([&] { return server().connections() == 2; }));
    const auto other = client();
    sending->send(get.substr(0, 5));
    other->send(get);
    ASSERT_EQ(reply(other).status(), 200u) << "so what was sent before has been read, too";
    EXPECT_EQ(answer(get).status(), 200u);
    EXPECT_TRUE(until([&] { return idle->closed; }));
    sending->send(get.substr(5));
    EXPECT_EQ(reply(sending).status(), 200u);
}

TEST_F(HttpConnections, RequestsInProgressKeepTheirPlacesAndTheNextIsTold503_R_DEC_58) {
    settings.max_connections = 2;
    std::vector<std::shared_ptr<HttpExchange>> kept;
    handler = [&](const HttpRequest&, const std::shared_ptr<HttpExchange>& exchange) {
        kept.push_back(exchange);
    };
    const std::vector lines{client(), client()};
    for (const auto& line : lines) line->send(get);
    ASSERT_TRUE(until([&] { return kept.size() == 2; }));
    const auto third = client();
    EXPECT_EQ(reply(third).status(), 503u);
    EXPECT_TRUE(until([&] { return third->closed; }));
    for (const auto& exchange : kept) exchange->answer({200, "done", "text/plain"}, {});
    for (const auto& line : lines) EXPECT_EQ(reply(line).body, "done");
    const auto next = client();
    next->send(get);
    ASSERT_TRUE(until([&] { return kept.size() == 3; })) << "the others are idle now";
    EXPECT_TRUE(until([&] { return lines[0]->closed || lines[1]->closed; }));
    kept.back()->answer({200, "next", "text/plain"}, {});
    EXPECT_EQ(reply(next).body, "next");
}

// Its request may be among the bytes that are read already when its place is given away.
TEST_F(HttpConnections, OneThatWasClosedForAnotherIsNotServedAnyMore) {
    settings.max_connections = 1;
    const auto first = client();
    ASSERT_TRUE(until([&] { return server().connections() == 1; }));
    const std::string late = "GET /late HTTP/1.1\r\nHost: h\r\n\r\n";
    asio::write(first->socket, asio::buffer(late));
    const auto second = client();  // before the server has looked at either
    EXPECT_TRUE(until([&] { return first->closed; }));
    second->send(get);
    EXPECT_EQ(reply(second).status(), 200u);
    EXPECT_THAT(requests, SizeIs(1));
}

TEST_F(HttpConnections, ARequestThatIsForgottenAfterItsClientHasGoneIsNoError) {
    std::shared_ptr<HttpExchange> kept;
    handler = [&](const HttpRequest&, const std::shared_ptr<HttpExchange>& exchange) { kept = exchange; };
    const auto line = client();
    line->send("GET /lost HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(until([&] { return kept != nullptr; }));
    server().close();
    kept.reset();
    EXPECT_TRUE(until([&] { return line->closed; }));
    EXPECT_THAT(broken, IsEmpty());
}

TEST_F(HttpConnections, OneWhoTakesNoAnswerIsCutOff) {  // R-DEC-58
    settings.request_read_timeout = 50ms;
    handler = [](const HttpRequest&, const std::shared_ptr<HttpExchange>& exchange) {
        exchange->answer({200, std::string(64'000'000, 'x'), "text/plain"}, {});
    };
    tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), server().port()});
    const std::string request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    asio::write(socket, asio::buffer(request));
    ASSERT_TRUE(until([&] { return requests.size() == 1; }));
    EXPECT_TRUE(until([&] { return server().connections() == 0; }));
}

TEST_F(HttpConnections, WhileItStopsItAnswersAndCloses) {
    std::shared_ptr<HttpExchange> kept;
    handler = [&](const HttpRequest& request, const std::shared_ptr<HttpExchange>& exchange) {
        if (request.path == "/slow") {
            kept = exchange;
            return;
        }
        exchange->answer({.status = 503, .retry_after = 5}, {});
    };
    const auto slow = client();
    slow->send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto idle = client();
    ASSERT_TRUE(until([&] { return kept != nullptr && server().connections() == 2; }));
    int drained = 0;
    server().stop([&] { ++drained; });
    EXPECT_TRUE(until([&] { return idle->closed; }));
    const auto late = client();
    late->send("GET /late HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto refusal = reply(late);
    EXPECT_EQ(refusal.status(), 503u);
    EXPECT_THAT(refusal.head, AllOf(HasSubstr("Retry-After: 5\r\n"), HasSubstr("Connection: close\r\n")));
    EXPECT_TRUE(until([&] { return late->closed && server().connections() == 1; }));
    const auto silent = client();
    ASSERT_TRUE(until([&] { return server().connections() == 2; }));
    io.poll();
    EXPECT_EQ(drained, 0);
    kept->answer({200, "done", "text/plain"}, {});
    EXPECT_EQ(reply(slow).body, "done");
    EXPECT_TRUE(until([&] { return drained == 1; })) << "one who asks nothing holds nothing up";
    EXPECT_FALSE(silent->closed);
    server().close();
    EXPECT_TRUE(until([&] { return silent->closed; }));
    EXPECT_EQ(drained, 1);
}

}  // namespace
}  // namespace cticonnector::net::testing
