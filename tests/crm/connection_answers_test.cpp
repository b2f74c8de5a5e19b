// Answers to events that are odd, endless, early or none (R-DEC-43).
#include "connection_rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using engine::DeliveryFailed;
using engine::SubscriptionLost;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(Connections, SkipInterimAnswers) {  // R-DEC-43
    sap.script = [](const ScriptedSap::Received& r) {
        return "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX: y\r\n\r\n"
               "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" +
               ScriptedSap::ok(r.event);
    };
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    changed(id, "c2");
    ASSERT_TRUE(delivered(id));
    EXPECT_THAT(calls(), ElementsAre("c1", "c2"));
    EXPECT_EQ(failed_tries(), 0u);
    EXPECT_EQ(sap.accepted(), 1u);
}

TEST_F(Connections, ThatBreakAfterAnInterimAnswerAreAFailedDelivery) {
    settings.retry_pause = 1h;
    const auto ids = pool(1);
    sap.script = [](const ScriptedSap::Received& r) {
        asio::write(r.line->socket, asio::buffer(std::string{"HTTP/1.1 100 Continue\r\n\r\n"}));
        return "close";
    };
    changed(ids[0], "half answered");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    EXPECT_EQ(sap.accepted(), 1u);
}

TEST_F(Connections, CountALogonPageAsAFailedDelivery) {  // R-DEC-43
    std::string page = http("HTTP/1.1 200 OK", "<html><title>Logon</title></html>");
    page.replace(page.find("text/xml"), 8, "text/html");
    answer_first(1, page);
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_THAT(calls(), ElementsAre("c1", "c1"));
    EXPECT_THAT(last_failure(), HasSubstr("HTTP status 200, text/html: <html><title>Logon</title></html>"));
}

TEST_F(Connections, FollowNoRedirect) {
    settings.event_user = "CTI";
    settings.event_password = Secret{"pw"};
    settings.allowed_event_hosts = {"127.0.0.1"};
    ScriptedSap elsewhere{io};
    answer_first(1, http("HTTP/1.1 307 Temporary Redirect", "", "Location: " + elsewhere.url() + "\r\n"));
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(failed_tries(), 1u);
    EXPECT_THAT(last_failure(), HasSubstr("HTTP status 307"));
    EXPECT_EQ(elsewhere.accepted(), 0u);
}

TEST_F(Connections, SayWhatCodingIsNotRead) {  // R-DEC-70
    answer_first(1, http("HTTP/1.1 200 OK", "\x0B\x02\x80", "Content-Encoding: br\r\n"));
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_THAT(last_failure(), HasSubstr("HTTP status 200, text/xml: Content-Encoding br"));
}

struct GoodAnswer {
    std::string name;
    std::string answer;
    bool closes = false;  ///< SAP ends the connection to end its answer
    bool kept = false;    ///< the next event takes the same connection
    friend void PrintTo(const GoodAnswer& c, std::ostream* out) { *out << c.name; }
};
class GoodAnswers : public Connections, public ::testing::WithParamInterface<GoodAnswer> {};

TEST_P(GoodAnswers, AreTakenAndTheConnectionIsKeptWhereItMay) {  // R-DEC-43
    sap.script = [](const ScriptedSap::Received& r) {
        asio::write(r.line->socket, asio::buffer(GetParam().answer));
        return GetParam().closes ? "close" : "";
    };
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    changed(id, "c2");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(failed_tries(), 0u);
    EXPECT_THAT(calls(), ElementsAre("c1", "c2"));
    EXPECT_EQ(sap.accepted(), GetParam().kept ? 1u : 2u);
    if (!GetParam().kept) {
        EXPECT_TRUE(until([&] { return sap.open() == 0; }));
    }
}
/// One block of deflate that is not compressed (RFC 1951 section 3.2.4).
std::string stored(const std::string& text) {
    const auto size = static_cast<std::uint16_t>(text.size());
    std::string block{'\x01'};
    for (const int part : {size & 0xFF, size >> 8, ~size & 0xFF, ~size >> 8 & 0xFF})
        block += static_cast<char>(part);
    return block + text;
}
const std::string reply_text = ici::write_event_reply(ici::EventKind::phone_call_changed);
const std::string xml = "Content-Type: text/xml\r\n";
INSTANTIATE_TEST_SUITE_P(
    Answers, GoodAnswers,
    ::testing::Values(
        GoodAnswer{"Envelope", http("HTTP/1.1 200 OK", reply_text), false, true},
        GoodAnswer{"Accepted", "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", false, true},
        GoodAnswer{"NoContent", "HTTP/1.1 204 No Content\r\n\r\n", false, true},
        GoodAnswer{"NoReason", "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", false, true},
        GoodAnswer{
            "KeepAliveParameters",
            http("HTTP/1.1 200 OK", reply_text, "Connection: Keep-Alive\r\nKeep-Alive: timeout=1, max=1\r\n"),
            false, true},
        GoodAnswer{"Deflated", http("HTTP/1.1 200 OK", stored(reply_text), "Content-Encoding: deflate\r\n"),
                   false, true},
        GoodAnswer{"ConnectionClose", http("HTTP/1.1 200 OK", reply_text, "Connection: close\r\n"), false,
                   false},
        GoodAnswer{"Http10", http("HTTP/1.0 200 OK", reply_text), false, false},
        GoodAnswer{"Http10KeepAlive", http("HTTP/1.0 200 OK", reply_text, "Connection: keep-alive\r\n"),
                   false, true},
        GoodAnswer{"Http10UntilTheEnd", "HTTP/1.0 200 OK\r\n" + xml + "\r\n" + reply_text, true, false},
        GoodAnswer{"UntilTheEnd", "HTTP/1.1 200 OK\r\n" + xml + "\r\n" + reply_text, true, false},
        GoodAnswer{"Chunked",
                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + xml + "\r\n1;a=b\r\n" +
                       reply_text[0] + "\r\n" + hex(reply_text.size() - 1) + "\r\n" + reply_text.substr(1) +
                       "\r\n0\r\nTrailer: x\r\n\r\n",
                   false, true}),
    [](const auto& test) { return test.param.name; });

struct BadPeer {
    std::string name;
    std::string once;    ///< what it sends when it has read an event
    std::string again;   ///< and then again and again, as fast as it can
    std::string why;     ///< what is logged
    bool drips = false;  ///< `again` a byte at a time, with pauses
    friend void PrintTo(const BadPeer& c, std::ostream* out) { *out << c.name; }
};
class BadPeers : public Connections, public ::testing::WithParamInterface<BadPeer> {
  protected:
    void send(const LinePtr& line, std::shared_ptr<std::string> text) {
        asio::async_write(line->socket, asio::buffer(*text),
                          [=, this](boost::system::error_code error, auto) {
                              sent += text->size();
                              if (!error && !GetParam().drips) return send(line, text);
                              if (error) return;
                              auto timer = std::make_shared<asio::steady_timer>(io, 5ms);
                              timer->async_wait([=, this, timer = timer](auto) { send(line, text); });
                          });
    }
    std::size_t sent = 0;
};

// R-DEC-43, R-HA-11: one time limit and one size hold for the whole answer
TEST_P(BadPeers, EndInAFailedDeliveryAndDelayNobodyElse) {
    settings.event_timeout = 300ms;
    settings.event_retries = 0;
    ScriptedSap bad{io};
    bad.script = [this](const ScriptedSap::Received& r) {
        asio::write(r.line->socket, asio::buffer(GetParam().once));
        if (!GetParam().again.empty()) send(r.line, std::make_shared<std::string>(GetParam().again));
        return "";
    };
    const auto slow = subscribe(bad.url(), "SLOW", "SLOWUSER");
    const auto fast = subscribe(sap.url(), "FAST", "FASTUSER");
    changed(slow, "s1");
    ASSERT_TRUE(until([&] { return !bad.received.empty(); }));
    for (int i = 0; i < 10; ++i) {
        changed(fast, "f" + std::to_string(i));
        ASSERT_TRUE(delivered(fast));
    }
    const auto before = Clock::now();
    ASSERT_TRUE(until([&] { return count<SubscriptionLost>() == 1; }));
    EXPECT_LT(Clock::now() - before, 5s);
    EXPECT_THAT(std::get<SubscriptionLost>(events.back()).why, HasSubstr(GetParam().why));
    EXPECT_TRUE(until([&] { return bad.open() == 0; }));
    EXPECT_LT(sent, 64u << 20);
}
const std::string long_line(4096, 'x');
INSTANTIATE_TEST_SUITE_P(
    Answers, BadPeers,
    ::testing::Values(
        BadPeer{"Silent", "", "", "within 300 ms"},
        BadPeer{"EndlessHeader", "HTTP/1.1 200 OK\r\n", "X-Header: " + long_line + "\r\n",
                "cannot be read: header limit"},
        BadPeer{"EndlessHeaderLine", "HTTP/1.1 200 OK\r\nX-Header: ", long_line, "limit"},
        BadPeer{"EndlessStatusLine", "HTTP/1.1 200 ", long_line, "limit"},
        BadPeer{"EndlessBody", "HTTP/1.1 200 OK\r\n\r\n", long_line, "cannot be read: body limit"},
        BadPeer{"ChunksWithoutEnd", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "1000\r\n" + long_line + "\r\n", "body limit"},
        BadPeer{"OneChunkWithoutEnd", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n",
                long_line, "body limit"},
        BadPeer{"AChunkExtensionWithoutEnd", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=",
                long_line, "cannot be read: buffer overflow"},
        BadPeer{"TrailersWithoutEnd", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
                "X-Trailer: " + long_line + "\r\n", "cannot be read: buffer overflow"},
        BadPeer{"InterimAnswersWithoutEnd", "", "HTTP/1.1 100 Continue\r\n\r\n",
                "interim answers without end"},
        BadPeer{"DripsItsHeader", "HTTP/1.1 200 OK\r\nX-Header: ", "x", "within 300 ms", true},
        BadPeer{"DripsItsBody", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "x", "within 300 ms",
                true},
        BadPeer{"DripsInterimAnswers", "", "HTTP/1.1 100 Continue\r\n\r\n", "interim answers without end",
                true},
        BadPeer{"StopsInTheMiddle", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "", "within 300 ms"},
        BadPeer{"SwitchesTheProtocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "",
                "HTTP status 101"},
        BadPeer{"NoHttp", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "", "cannot be read: bad version"}),
    [](const auto& test) { return test.param.name; });

TEST_F(Connections, TakeAnAnswerThatComesBeforeTheEventHasLeft) {
    tcp::acceptor full(io, {asio::ip::address_v4::loopback(), 0});
    full.set_option(asio::socket_base::receive_buffer_size(4096));
    std::vector<tcp::socket> peers;
    full.async_accept([&](auto error, tcp::socket socket) {
        if (error) return;
        asio::write(socket, asio::buffer(http("HTTP/1.1 413 Payload Too Large", "")));
        peers.push_back(std::move(socket));  // and reads nothing
    });
    settings.event_retries = 0;
    const auto id = subscribe("http://127.0.0.1:" + std::to_string(full.local_endpoint().port()) + "/");
    auto view = call("c1");
    view.info = std::make_shared<engine::ItemInfo>(engine::ItemInfo{.queue = std::string(32u << 20, 'x')});
    const auto before = Clock::now();
    perform(engine::ItemChanged{id, view});
    ASSERT_TRUE(until([&] { return count<SubscriptionLost>() == 1; }));
    EXPECT_THAT(std::get<SubscriptionLost>(events.back()).why, HasSubstr("HTTP status 413"));
    EXPECT_LT(Clock::now() - before, settings.event_timeout);
    full.close();
}

TEST_F(Connections, ToAPeerThatDoesNotReadAreGivenUp) {
    tcp::acceptor full(io, {asio::ip::address_v4::loopback(), 0});
    full.set_option(asio::socket_base::receive_buffer_size(4096));
    settings.event_timeout = 200ms;
    settings.event_retries = 0;
    const auto id = subscribe("http://127.0.0.1:" + std::to_string(full.local_endpoint().port()) + "/");
    auto view = call("c1");
    view.info = std::make_shared<engine::ItemInfo>(engine::ItemInfo{.queue = std::string(32u << 20, 'x')});
    perform(engine::ItemChanged{id, view});
    ASSERT_TRUE(until([&] { return count<SubscriptionLost>() == 1; }));
    EXPECT_THAT(std::get<SubscriptionLost>(events.back()).why, HasSubstr("within 200 ms"));
}

}  // namespace
}  // namespace cticonnector::crm::testing
