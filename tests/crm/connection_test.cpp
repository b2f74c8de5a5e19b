// The connections that events travel on: kept ones, dead ones, and what they carry (R-DEC-43, R-DEC-72).
#include <algorithm>
#include <fstream>

#include "connection_rig.hpp"
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
using ::testing::SizeIs;

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
