// One connection of a client: kept, slow, cut, one of too many (R-DEC-58).
#include "http_rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using ::testing::HasSubstr;

TEST_F(Http, KeepAliveServesManyAndCloseEnds) {
    const auto line = client();
    for (int i = 0; i < 3; ++i) {
        line->send(post(envelope(request::GetWorkcenterCapability{})));
        EXPECT_EQ(reply(line).status(), 200u);
    }
    line->send(post(envelope(request::GetWorkcenterCapability{}), "Connection: close\r\n"));
    EXPECT_EQ(reply(line).status(), 200u);
    EXPECT_TRUE(until([&] { return line->closed; }));
}

TEST_F(Http, ChunkedBodiesAndExpectAreTaken) {
    const auto line = client();
    const auto body = envelope(request::Accept{"item-1"});
    char size[20];
    std::snprintf(size, sizeof size, "%zx", body.size());
    line->send("POST /ici HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(reply(line).status(), 100u);
    line->send(std::string(size) + "\r\n" + body + "\r\n0\r\n\r\n");
    EXPECT_TRUE(until([&] { return count<engine::Accept>() == 1; }));
}

// R-DEC-35: what is known is answered at once; the order of one connection is kept
TEST_F(Http, PipelinedRequestsAreAnsweredInOrder) {
    const auto line = client();
    line->send(post(envelope(request::Accept{"item-1"})) + post(envelope(request::Accept{"item-2"})) +
               post(envelope(request::GetWorkcenterCapability{})));
    ASSERT_TRUE(until([&] { return events.size() == 1; }));
    settle();
    EXPECT_EQ(events.size(), 1u);
    EXPECT_EQ(line->bytes, "");
    perform(engine::Reply{.request = std::get<engine::Accept>(events[0]).request});
    EXPECT_THAT(reply(line).body, HasSubstr("acceptResponse"));
    ASSERT_TRUE(until([&] { return events.size() == 2; }));
    perform(engine::Reply{.request = std::get<engine::Accept>(events[1]).request,
                          .fault = engine::Fault::invalid_state,
                          .text = as_told("no")});
    EXPECT_EQ(error_id(reply(line)), "INVALID_STATE");
    EXPECT_THAT(reply(line).body, HasSubstr("getWorkcenterCapabilityResponse"));
}

TEST_F(Http, ASlowRequestDelaysNoOther) {  // R-HA-8
    const auto slow = client();
    ask<engine::Accept>(slow, request::Accept{"item-1"});
    EXPECT_EQ(answer(post(envelope(request::GetWorkcenterCapability{}))).status(), 200u);
}

TEST_F(Http, OneByteAtATimeIsReadWithinTheTime) {
    const auto line = client();
    for (const char c : post(envelope(request::GetWorkcenterCapability{}))) {
        line->send(std::string(1, c));
        io.restart();
        io.poll();
    }
    EXPECT_EQ(reply(line).status(), 200u);
}

TEST_F(Http, ASenderThatIsTooSlowIsCutOff) {  // R-DEC-58
    settings.request_read_timeout = 50ms;
    const auto line = client();
    const std::string text = post(envelope(request::GetWorkcenterCapability{}));
    std::size_t sent = 0;
    ASSERT_TRUE(until([&] {
        if (!line->closed && sent < text.size() - 1) line->send(text.substr(sent++, 1));
        return line->closed;
    }));
    EXPECT_LT(sent, text.size());
    EXPECT_EQ(events.size(), 0u);
    EXPECT_TRUE(until([&] { return ici().connections() == 0; }));
}

TEST_F(Http, AnIdleConnectionIsClosed) {
    settings.idle_timeout = 50ms;
    const auto line = client();
    EXPECT_TRUE(until([&] { return line->closed; }));
    EXPECT_EQ(line->bytes, "");
}

TEST_F(Http, WithTheMaximumOfRequestsInProgressTheNextIs503) {  // R-DEC-58
    settings.max_connections = 2;
    const auto first = client();
    const auto asked = ask<engine::Accept>(first, request::Accept{"item-1"});
    ask<engine::Accept>(client(), request::Accept{"item-2"});
    const auto third = client();
    EXPECT_EQ(reply(third).status(), 503u);
    EXPECT_TRUE(until([&] { return third->closed; }));
    perform(engine::Reply{.request = asked.request});
    EXPECT_EQ(reply(first).status(), 200u);
    EXPECT_EQ(answer(post(envelope(request::GetWorkcenterCapability{}))).status(), 200u);
    EXPECT_TRUE(until([&] { return first->closed; })) << "the one that was idle";
}

TEST_F(Http, ADropInTheMiddleOfARequestLeavesNothing) {
    const std::string text = post(envelope(request::Accept{"item-1"}));
    for (const std::size_t cut : {std::size_t{1}, text.find("\r\n\r\n"), text.size() - 1}) {
        const auto line = client();
        line->send(text.substr(0, cut));
        ASSERT_TRUE(until([&] { return ici().connections() == 1; }));
        settle();
        line->close();
        ASSERT_TRUE(until([&] { return ici().connections() == 0; }));
    }
    EXPECT_EQ(events.size(), 0u);
}

TEST_F(Http, ADropInTheMiddleOfARepliesStreamLeavesNothing) {
    const auto line = client();
    std::string many;
    for (int i = 0; i < 200; ++i) many += "GET /ici/IciUser?wsdl HTTP/1.1\r\nHost: h\r\n\r\n";
    line->send(many);
    ASSERT_TRUE(until([&] { return !line->bytes.empty(); }));
    line->close();
    EXPECT_TRUE(until([&] { return ici().connections() == 0; }));
}

TEST_F(Http, ARequestTakesEffectThoughItsClientHasGone) {
    const auto line = client();
    const auto e = ask<engine::Accept>(line, request::Accept{"item-1"});
    line->socket.set_option(asio::socket_base::linger(true, 0));
    line->close();
    settle();
    perform(engine::Reply{.request = e.request});
    EXPECT_TRUE(until([&] { return ici().connections() == 0; }));
    EXPECT_EQ(ici().counters().replies_dropped, 1u);
}

}  // namespace
}  // namespace cticonnector::crm::testing
