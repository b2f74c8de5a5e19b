// The connections that events travel on: kept ones, dead ones, and answers that are odd (R-DEC-43, R-DEC-72).
#include <algorithm>
#include <fstream>
#include <iomanip>
#include <sstream>

#include "event_rig.hpp"
#include "listeners.hpp"
#include "scripted_names.hpp"

namespace cticonnector::crm::testing {
namespace {

using cticonnector::testing::ScriptedNames;
using cticonnector::testing::SwallowingListener;
using engine::DeliveryFailed;
using engine::SubscriptionLost;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string hex(std::size_t number, int width = 0) {
    std::ostringstream text;
    text << std::uppercase << std::hex << std::setfill('0') << std::setw(width) << number;
    return text.str();
}

class Connections : public Events {
  protected:
    /// One agent each, whose events travel at the same time: so many connections are kept afterwards.
    std::vector<engine::SubscriptionId> pool(int agents) {
        std::vector<engine::SubscriptionId> ids;
        hang();
        for (int agent = 0; agent < agents; ++agent) {
            ids.push_back(
                subscribe(sap.url(), "APP" + std::to_string(agent), "USER" + std::to_string(agent)));
            changed(ids.back(), "first");
        }
        EXPECT_TRUE(received(static_cast<std::size_t>(agents)));
        take();
        sap.answer_all();
        for (const auto id : ids) EXPECT_TRUE(delivered(id));
        EXPECT_EQ(sap.open(), static_cast<std::size_t>(agents));
        return ids;
    }
    std::uint64_t failed_tries() {
        return counted(ici().counters().events, R"(event="phoneCallChanged",result="failed")");
    }
    std::string last_failure() const {
        std::string last;
        for (const std::string& line : log.lines) {
            if (line.starts_with("crm.delivery_failed")) last = line;
        }
        return last;
    }
};

// R-DEC-43, with all its defaults: a time-out, a pause, and the call is shown
TEST_F(Connections, ThatAllWentSilentCostACallOneTimeOut) {
    settings.retry_pause = Settings{}.retry_pause;
    const auto ids = pool(6);
    sap.silence();
    const auto before = Clock::now();
    changed(ids[0], "ringing");
    ASSERT_TRUE(delivered(ids[0]));
    EXPECT_LT(Clock::now() - before, settings.event_timeout + settings.retry_pause + 5s);
    EXPECT_THAT(calls("APP0"), ElementsAre("first", "ringing"));
    EXPECT_EQ(failed_tries(), 1u);
    EXPECT_EQ(sap.accepted(), 7u);
    EXPECT_EQ(count<SubscriptionLost>(), 0u);
}

// Who, which item, which try of how many, when again; and that it is over (R-DEC-87, R-HA-9).
TEST_F(Connections, FailedTriesAndTheReturnAreTold_R_DEC_87) {
    settings.event_timeout = 50ms;
    settings.retry_pause = 10ms;
    const auto ids = pool(1);
    sap.silence();
    changed(ids[0], "ringing");
    ASSERT_TRUE(delivered(ids[0]));
    const std::string tries = "try=1 of=" + std::to_string(settings.event_retries + 1) + " next_ms=10";
    EXPECT_THAT(last_failure(), ::testing::AllOf(HasSubstr("item=ringing"), HasSubstr(tries)));
    const auto restored = [](const std::string& line) { return line.starts_with("crm.delivery_restored"); };
    EXPECT_EQ(std::ranges::count_if(log.lines, restored), 1);
}

TEST_F(Connections, AreThrownAwayWithOneThatTimesOut) {
    settings.event_timeout = 50ms;
    settings.retry_pause = 1h;
    const auto ids = pool(3);
    hang();
    const auto answered = ici().counters().crm_answer;
    changed(ids[0], "unanswered");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    EXPECT_TRUE(until([&] { return sap.open() == 0; }));
    EXPECT_THAT(last_failure(), HasSubstr("within 50 ms"));
    EXPECT_EQ(ici().counters().crm_answer.count, answered.count + 1) << "a SAP that hangs is slow, too";
    EXPECT_GE(ici().counters().crm_answer.sum, answered.sum + 0.05);
}

TEST_F(Connections, AreThrownAwayWithOneThatBreaks) {
    settings.retry_pause = 1h;
    const auto ids = pool(3);
    sap.script = [](const ScriptedSap::Received& r) {
        asio::write(r.line->socket, asio::buffer(std::string{"HTTP/1.1 2"}));
        return "close";
    };
    changed(ids[0], "half answered");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    EXPECT_TRUE(until([&] { return sap.open() == 0; }));
    EXPECT_EQ(sap.accepted(), 3u);
    EXPECT_THAT(last_failure(), HasSubstr("cannot be read: partial message"));
}

// R-DEC-43: whoever answers has answered, whatever the number
TEST_F(Connections, StayWhenOneIsAnsweredWithStatus000) {
    settings.retry_pause = 1h;
    const auto ids = pool(3);
    answer_first(1, "HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n");
    changed(ids[0], "odd");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    EXPECT_THAT(last_failure(), HasSubstr("HTTP status 0"));
    settle();
    EXPECT_EQ(sap.open(), 2u) << "the others are as good as before";
}

// R-DEC-43: also when others have left living ones behind meanwhile
TEST_F(Connections, OfARetryAfterATimeOutAreNew) {
    settings.event_timeout = 100ms;
    settings.retry_pause = 100ms;
    const auto ids = pool(2);
    std::vector<LinePtr> lines;
    sap.script = [&](const ScriptedSap::Received& r) {
        if (r.app_id == "APP0") lines.push_back(r.line);
        return r.app_id == "APP0" && lines.size() == 1 ? std::string{} : ScriptedSap::ok(r.event);
    };
    changed(ids[0], "unanswered");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    changed(ids[1], "fine");
    ASSERT_TRUE(delivered(ids[1]));
    EXPECT_EQ(sap.open(), 1u);
    ASSERT_TRUE(delivered(ids[0]));
    ASSERT_THAT(lines, SizeIs(2));
    EXPECT_EQ(sap.open(), 2u);
    EXPECT_EQ(sap.accepted(), 4u);
}

TEST_F(Connections, OfARetryTakeThePlaceOfAnIdleOneWhenAllAreTaken) {
    settings.event_timeout = 100ms;
    settings.retry_pause = 100ms;
    settings.event_connections = 1;
    const auto ids = pool(1);
    answer_first(1, "");
    changed(ids[0], "unanswered");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    const auto other = subscribe(sap.url(), "OTHER", "OTHER");
    changed(other, "fine");
    ASSERT_TRUE(delivered(other));
    ASSERT_TRUE(delivered(ids[0]));
    EXPECT_EQ(sap.accepted(), 3u);
    EXPECT_EQ(sap.open(), 1u);
}

// R-DEC-43: no retry, so it works without any
TEST_F(Connections, ThatBreakBeforeAnyByteOfTheAnswerAreReplacedAtOnce) {
    settings.event_retries = 0;
    settings.retry_pause = 1h;
    const auto ids = pool(2);
    answer_first(1, "close");
    changed(ids[0], "again");
    ASSERT_TRUE(delivered(ids[0]));
    EXPECT_THAT(calls("APP0"), ElementsAre("first", "again", "again"));
    EXPECT_EQ(failed_tries(), 0u);
    EXPECT_EQ(count<DeliveryFailed>(), 0u);
    EXPECT_EQ(sap.open(), 1u) << "the other one is as old";
}

TEST_F(Connections, ThatAreNewAndBreakAreAFailedDelivery) {
    settings.retry_pause = 1h;
    const auto id = subscribe(sap.url());
    answer_first(1, "close");
    changed(id, "c1");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    EXPECT_THAT(sap.received, SizeIs(1));
}

TEST_F(Connections, LiveNoLongerThanTheirLimitWithoutAnEvent) {  // R-DEC-43
    EXPECT_EQ(Settings{}.event_idle_limit, 50s);
    settings.event_idle_limit = 50ms;
    const auto ids = pool(3);
    EXPECT_TRUE(until([&] { return sap.open() == 0; }));
    changed(ids[0], "later");
    ASSERT_TRUE(delivered(ids[0]));
    EXPECT_EQ(sap.accepted(), 4u);
    EXPECT_EQ(failed_tries(), 0u);
}

#ifdef __linux__
TEST_F(Connections, AreKeptAliveByTcp) {  // R-DEC-43
    pool(1);
    const auto port = static_cast<unsigned>(std::stoul(sap.url("").substr(sap.url("").rfind(':') + 1)));
    std::ifstream table("/proc/net/tcp");
    std::string keepalive_timer;
    for (std::string line; std::getline(table, line);) {
        std::istringstream columns(line);
        std::string number, local, remote, state, queues, timer;
        columns >> number >> local >> remote >> state >> queues >> timer;
        if (state == "01" && remote.ends_with(":" + hex(port, 4))) keepalive_timer = timer;
    }
    EXPECT_THAT(keepalive_timer, ::testing::StartsWith("02:"));
}
#endif

TEST_F(Connections, OnWhichSapSaysMoreThanItWasAskedAreNotUsedAgain) {
    const auto id = subscribe(sap.url());
    sap.script = [](const ScriptedSap::Received& r) {
        const std::string ok = ScriptedSap::ok(r.event);
        return ok + http("HTTP/1.1 500 Internal Server Error", "for whatever comes next");
    };
    for (const std::string key : {"c1", "c2", "c3"}) changed(id, key);
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(failed_tries(), 0u);
    EXPECT_THAT(calls(), ElementsAre("c1", "c2", "c3"));
    EXPECT_EQ(sap.accepted(), 3u);
}

TEST_F(Connections, OnWhichSapSpeaksUnaskedAreNotUsedAgain) {
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    asio::write(sap.received[0].line->socket,
                asio::buffer(http("HTTP/1.1 500 Internal Server Error", "for whatever comes next")));
    changed(id, "c2");  // before the loop has seen it
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(failed_tries(), 0u);
    EXPECT_EQ(sap.accepted(), 2u);
}

// R-DEC-43: the wait for one of EventConnections is seen, and is SAP's
TEST_F(Connections, ThatAreAllTakenMakeAWaitThatIsCounted) {
    settings.event_connections = 1;
    hang();
    const auto first = subscribe(sap.url(), "A", "ANNA");
    const auto second = subscribe(sap.url(), "B", "BERT");
    const auto cause = Clock::now();
    perform(engine::ItemChanged{first, call("c1")}, cause);
    perform(engine::ItemChanged{second, call("c2")}, cause);
    ASSERT_TRUE(received(1));
    ASSERT_TRUE(until([&] { return Clock::now() - cause > 300ms; }));
    EXPECT_EQ(ici().counters().event_wait.count, 1u);
    sap.answer_all();
    ASSERT_TRUE(received(2));
    EXPECT_EQ(ici().counters().event_wait.count, 2u);
    EXPECT_GT(ici().counters().event_wait.sum, 0.25);
    EXPECT_LT(ici().counters().cti_to_crm.sum, 0.25);
}

// R-DEC-72
TEST_F(Connections, PassAnAddressThatSwallowsPackets) {
    ScriptedNames names;
    const auto url = sap.url();
    const auto port = static_cast<std::uint16_t>(std::stoul(url.substr(url.rfind(':') + 1)));
    const SwallowingListener swallowing(io, "127.0.0.2", port);
    names.set("sap.test", {"127.0.0.2", "127.0.0.1"});
    const auto id = subscribe("http://sap.test:" + std::to_string(port) + "/");
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(failed_tries(), 0u);
}

TEST_F(Connections, ThatCannotBeMadeSayWhyForEachAddress) {  // R-DEC-72
    ScriptedNames names;
    settings.connect_timeout = 400ms;
    settings.retry_pause = 1h;
    const SwallowingListener swallowing(io, "127.0.0.2");
    names.set("sap.test", {"127.0.0.2", "127.0.0.3"});
    const std::string port = std::to_string(swallowing.port());
    const auto id = subscribe("http://sap.test:" + port + "/");
    changed(id, "c1");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    EXPECT_THAT(last_failure(), HasSubstr("no connection to sap.test:" + port + ": 127.0.0.2:" + port +
                                          ": no answer; 127.0.0.3:" + port + ": connection refused"));
}

// ---- answers

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

// ---- settings

TEST_F(Connections, AreOneAtLeastAndSoIsTheQueue) {
    settings.event_connections = 0;
    settings.event_queue_limit = 0;
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    EXPECT_TRUE(delivered(id));
    EXPECT_EQ(count<SubscriptionLost>(), 0u);
}

using Hosts = std::vector<std::string>;
class ConnectionsToAnyHost : public Connections, public ::testing::WithParamInterface<Hosts> {};

// R-DEC-67
TEST_P(ConnectionsToAnyHost, CarryNoCredentials) {
    settings.allowed_event_hosts = GetParam();
    settings.event_user = "CTI";
    settings.event_password = Secret{"pw"};
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_THAT(sap.received[0].head, ::testing::Not(HasSubstr("Authorization")));
}

INSTANTIATE_TEST_SUITE_P(All, ConnectionsToAnyHost,
                         ::testing::Values(Hosts{}, Hosts{"0.0.0.0/0"}, Hosts{"0.0.0.0/1", "128.0.0.0/1"},
                                           Hosts{"sap.example", "::/0", "127.0.0.1"}));

TEST_F(Connections, CarryCredentialsToHostsThatAreNamedAndThroughTheirGateway) {  // R-DEC-67
    settings.event_user = "CTI";
    settings.event_password = Secret{"pw"};
    settings.allowed_event_hosts = {"sap.example"};
    settings.event_url_map = {{"https://sap.example/", sap.url("/")}};
    const auto id = subscribe("https://sap.example/events");
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_THAT(sap.received[0].head, HasSubstr("Authorization: Basic Q1RJOnB3\r\n"));
    const auto line = client();
    line->send(post(envelope(request::Subscribe{sap.url(), "DIRECT", Secret{"a;b;c"}}, "ANNA")));
    EXPECT_EQ(error_id(reply(line)), "NOT_SUPPORTED");
}

}  // namespace
}  // namespace cticonnector::crm::testing
