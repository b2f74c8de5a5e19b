// Events that SAP does not take: retries, loss and return;
// the connections they travel on (ici.md section 10).
#include "event_rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using engine::DeliveryFailed;
using engine::DeliveryRestored;
using engine::LastEventAnswered;
using engine::Processing;
using engine::SubscriptionLost;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class Delivery : public Events {};

TEST_F(Delivery, ThatFailAreTriedAgainInOrder) {  // R-HA-9
    answer_first(2, unavailable);
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    changed(id, "c2");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    EXPECT_TRUE(ici().session(id)->failing);
    ASSERT_TRUE(delivered(id));
    EXPECT_THAT(calls(), ElementsAre("c1", "c1", "c1", "c2"));
    EXPECT_EQ(count<DeliveryFailed>(), 1u);
    EXPECT_EQ(count<DeliveryRestored>(), 1u);
    EXPECT_EQ(count<SubscriptionLost>(), 0u);
    EXPECT_FALSE(ici().session(id)->failing);
    EXPECT_EQ(counted(ici().counters().events, R"(event="phoneCallChanged",result="failed")"), 2u);
}

TEST_F(Delivery, SayHowLongSapOwesAnAnswer) {
    sap.script = [](const auto&) { return ""; };
    const auto id = subscribe(sap.url());
    EXPECT_EQ(ici().session(id)->oldest, 0ns);
    changed(id, "c1");
    const auto asked = Clock::now();
    ASSERT_TRUE(until([&] { return !sap.received.empty(); }));
    const auto owed = ici().session(id)->oldest;
    EXPECT_GT(owed, 0ns);
    EXPECT_LT(owed, Clock::now() - asked + 1s);
    sap.answer_all();
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(ici().session(id)->oldest, 0ns);
}

TEST_F(Delivery, PausesDouble) {
    settings.retry_pause = 40ms;
    settings.event_retries = 2;
    std::vector<Clock::time_point> tries;
    sap.script = [&](const auto&) {
        tries.push_back(Clock::now());
        return unavailable;
    };
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(until([&] { return count<SubscriptionLost>() == 1; }));
    ASSERT_THAT(tries, SizeIs(3));
    EXPECT_GE(tries[1] - tries[0], 40ms);
    EXPECT_GE(tries[2] - tries[1], 80ms);
}

// R-DEC-18
TEST_F(Delivery, OfALostSubscriptionAreTriedAtAnyRequestOfItsUser) {
    sap.script = [&](const auto&) { return unavailable; };
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    changed(id, "c2");
    ASSERT_TRUE(until([&] { return count<SubscriptionLost>() == 1; }));
    EXPECT_FALSE(std::get<SubscriptionLost>(events.back()).final);
    EXPECT_THAT(sap.received, SizeIs(1 + settings.event_retries));
    take();
    settle();
    EXPECT_EQ(ici().session(id)->queue, 2u);
    const auto line = client();
    ask<engine::ReadUser>(line, request::GetAttributes{}, "muellerk");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(calls().back(), "c2");
    EXPECT_EQ(count<DeliveryRestored>(), 1u);
    EXPECT_EQ(count<DeliveryFailed>(), 1u);
}

TEST_F(Delivery, OfALostSubscriptionAreTriedAgainAndAgain) {  // R-DEC-18
    settings.lost_pause = 5ms;
    answer_first(8, unavailable);
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(count<SubscriptionLost>(), 1u);
    EXPECT_EQ(count<DeliveryRestored>(), 1u);
    EXPECT_THAT(sap.received, SizeIs(9));
}

struct BadAnswer {
    std::string name;
    std::string answer;
    friend void PrintTo(const BadAnswer& c, std::ostream* out) { *out << c.name; }
};
class BadAnswers : public Delivery, public ::testing::WithParamInterface<BadAnswer> {};

// R-DEC-43: any answer but 200 or a SOAP fault
TEST_P(BadAnswers, AreFailedDeliveries) {
    answer_first(1, GetParam().answer);
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(count<DeliveryFailed>(), 1u);
    EXPECT_EQ(count<DeliveryRestored>(), 1u);
}
INSTANTIATE_TEST_SUITE_P(
    Answers, BadAnswers,
    ::testing::Values(BadAnswer{"Unavailable", http("HTTP/1.1 503 Service Unavailable", "")},
                      BadAnswer{"Unauthorized", http("HTTP/1.1 401 Unauthorized", "<html/>")},
                      BadAnswer{"Redirect", http("HTTP/1.1 302 Found", "", "Location: http://x/\r\n")},
                      BadAnswer{"ErrorWithoutFault", http("HTTP/1.1 500 Internal Server Error", "oops")},
                      BadAnswer{"NoHttp", "220 smtp.example ready\r\n\r\n"},
                      BadAnswer{"TooLarge", "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n"},
                      BadAnswer{"Closed", "close"}),
    [](const auto& test) { return test.param.name; });

TEST_F(Delivery, AreNotWaitedForBeyondTheLimit) {
    settings.event_timeout = 50ms;
    answer_first(1, "");
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(count<DeliveryFailed>(), 1u);
    EXPECT_THAT(calls(), ElementsAre("c1", "c1"));
}

TEST_F(Delivery, ToNobodyFail) {
    std::string url;
    {
        ScriptedSap gone{io};
        url = gone.url();
    }
    settle();
    const auto id = subscribe(url);
    changed(id, "c1");
    ASSERT_TRUE(until([&] { return count<SubscriptionLost>() == 1; }));
    EXPECT_EQ(count<DeliveryFailed>(), 1u);
    EXPECT_THAT(std::get<SubscriptionLost>(events.back()).why, HasSubstr("no connection to 127.0.0.1"));
}

TEST_F(Delivery, FindTheirHostByName) {
    boost::system::error_code unknown;
    boost::asio::ip::tcp::resolver(io).resolve("localhost", "", unknown);
    if (unknown) GTEST_SKIP() << "a bare system without /etc/hosts knows no name at all";
    auto url = sap.url();
    url.replace(url.find("127.0.0.1"), 9, "localhost");
    const auto id = subscribe(url);
    changed(id, "c1");
    EXPECT_TRUE(received(1));
}

TEST_F(Delivery, ToAHostThatIsNotFoundFailAndDelayNobody) {
    settings.connect_timeout = 100ms;
    const auto lost = subscribe("http://no-such-host.invalid:1/", "LOST", "LOSTUSER");
    changed(lost, "l1");
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(received(1));
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
}

// ici.md section 10, R-DEC-56
TEST_F(Delivery, ForAnUnknownAppIdEndTheSubscription) {
    sap.script = [](const auto&) { return ScriptedSap::fault(ici::ErrorId::unknown_appid); };
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    changed(id, "c2");
    ASSERT_TRUE(until([&] { return count<SubscriptionLost>() == 1; }));
    EXPECT_TRUE(std::get<SubscriptionLost>(events.back()).final);
    EXPECT_EQ(count<DeliveryFailed>(), 0u);
    EXPECT_FALSE(ici().session(id));
    settle();
    EXPECT_THAT(sap.received, SizeIs(1));
}

TEST_F(Delivery, ForAnUnknownAppIdAreRetriedRightAfterTheSubscribe) {  // R-DEC-56
    settings.unknown_app_id_grace = 1h;
    answer_first(2, ScriptedSap::fault(ici::ErrorId::unknown_appid));
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(count<SubscriptionLost>(), 0u);
    EXPECT_EQ(count<DeliveryRestored>(), 1u);
}

TEST_F(Delivery, ThatSapFaultsAreFollowedByTheNext) {
    answer_first(1, ScriptedSap::fault(ici::ErrorId::internal));
    const auto id = subscribe(sap.url());
    changed(id, "c1", Processing::ended);
    changed(id, "c2");
    ASSERT_TRUE(delivered(id));
    EXPECT_THAT(calls(), ElementsAre("c1", "c2"));
    EXPECT_EQ(count<DeliveryFailed>(), 0u);
    EXPECT_EQ(count<LastEventAnswered>(), 1u);
    EXPECT_EQ(counted(ici().counters().events, R"(event="phoneCallChanged",result="fault")"), 1u);
}

TEST_F(Delivery, ReuseConnections) {
    for (int agent = 0; agent < 5; ++agent) {
        const auto id = subscribe(sap.url(), "APP" + std::to_string(agent), "USER" + std::to_string(agent));
        changed(id, "c1");
        changed(id, "c2");
        ASSERT_TRUE(delivered(id));
    }
    EXPECT_EQ(sap.accepted(), 1u);
    EXPECT_THAT(sap.received, SizeIs(10));
}

TEST_F(Delivery, OnAStaleConnectionGoOutAgainAtOnce) {
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    answer_first(1, "close");
    changed(id, "c2");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(sap.accepted(), 2u);
    EXPECT_EQ(count<DeliveryFailed>(), 0u);
    EXPECT_THAT(calls(), ElementsAre("c1", "c2", "c2"));
}

TEST_F(Delivery, LeaveAConnectionThatSapCloses) {
    sap.script = [](const ScriptedSap::Received& r) {
        return http("HTTP/1.1 200 OK", ici::write_event_reply(ici::kind_of(r.event)),
                    "Connection: close\r\n");
    };
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    changed(id, "c2");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(sap.accepted(), 2u);
    EXPECT_TRUE(until([&] { return sap.open() == 0; }));
    EXPECT_EQ(count<DeliveryFailed>(), 0u);
}

// R-DEC-43
TEST_F(Delivery, ShareALimitedNumberOfConnectionsInTurn) {
    settings.event_connections = 2;
    hang();
    std::vector<engine::SubscriptionId> ids;
    for (int agent = 0; agent < 5; ++agent) {
        ids.push_back(subscribe(sap.url(), "APP" + std::to_string(agent), "USER" + std::to_string(agent)));
        changed(ids.back(), "c1");
        settle();
    }
    EXPECT_THAT(sap.received, SizeIs(2));
    perform(engine::EndSubscription{ids[2], engine::EndReason::replaced, false});
    sap.answer_all();
    ASSERT_TRUE(received(4));
    EXPECT_EQ(sap.received[2].app_id, "APP3");
    EXPECT_EQ(sap.received[3].app_id, "APP4");
    sap.answer_all();
    ASSERT_TRUE(delivered(ids[4]));
    EXPECT_EQ(sap.accepted(), 2u);
}

// R-DEC-43, R-DEC-74: whoever subscribes names the port, and each connection is a file
TEST_F(Delivery, ShareALimitOverAllPortsInTurn) {
    settings.event_connections = 2;
    settings.allowed_event_hosts = {"127.0.0.1"};
    ScriptedSap other{io};
    other.script = [](const auto&) { return ""; };
    hang();
    std::vector<engine::SubscriptionId> ids;
    for (int agent = 0; agent < 5; ++agent) {
        const auto& to = agent == 2 || agent == 4 ? other : sap;
        ids.push_back(subscribe(to.url(), "APP" + std::to_string(agent), "USER" + std::to_string(agent)));
        changed(ids.back(), "c1");
        settle();
    }
    EXPECT_THAT(sap.received, SizeIs(2));
    EXPECT_THAT(other.received, SizeIs(0));
    std::exchange(sap.unanswered, {}).front().first->send(ScriptedSap::ok(sap.received[0].event));
    ASSERT_TRUE(until([&] { return other.received.size() == 1; })) << "it waits longest";
    EXPECT_THAT(sap.received, SizeIs(2));
    other.answer_all();
    ASSERT_TRUE(until([&] { return sap.received.size() == 3; }));
    sap.answer_all();
    ASSERT_TRUE(until([&] { return other.received.size() == 2; }));
    other.answer_all();
    ASSERT_TRUE(delivered(ids[4]));
    settle();
    EXPECT_EQ(sap.open() + other.open(), 2u);
}

// R-DEC-43, R-DEC-74
TEST_F(Delivery, OfTheEndsOfOneUsersSubscriptionsTakeFewConnections) {
    hang();
    std::vector<engine::SubscriptionId> ids;
    for (int i = 0; i < 20; ++i) {
        ids.push_back(subscribe(sap.url(), "APP" + std::to_string(i)));
        changed(ids.back(), "c1");
        if (i > 0) perform(engine::EndSubscription{ids[ids.size() - 2], engine::EndReason::replaced, true});
        settle();
        EXPECT_LE(sap.open(), 3u);
    }
    take();
    sap.answer_all();
    EXPECT_TRUE(delivered(ids.back()));
    const auto told = [&](const std::string& app_id) {
        return std::ranges::any_of(sap.received, [&](const ScriptedSap::Received& r) {
            return r.app_id == app_id && std::holds_alternative<ici::event::SubscriptionEnded>(r.event);
        });
    };
    EXPECT_TRUE(until([&] { return told("APP17") && told("APP18"); })) << "the last ones are told";
}

// R-HA-11
TEST_F(Delivery, OfAHundredAgentsOnAHungHostDelayNobodyElsewhere) {
    settings.event_connections = 10;
    ScriptedSap hung{io};
    hung.script = [](const auto&) { return ""; };
    for (int agent = 0; agent < 100; ++agent) {
        const auto id = subscribe(hung.url(), "HUNG" + std::to_string(agent), "HUNG" + std::to_string(agent));
        changed(id, "c");
    }
    ASSERT_TRUE(until([&] { return hung.received.size() == 10; }));
    const auto id = subscribe(sap.url());
    const auto before = Clock::now();
    for (int i = 0; i < 20; ++i) changed(id, "c" + std::to_string(i));
    ASSERT_TRUE(delivered(id));
    EXPECT_LT(Clock::now() - before, 5s);
    EXPECT_THAT(sap.received, SizeIs(20));
    EXPECT_THAT(hung.received, SizeIs(10));
}

}  // namespace
}  // namespace cticonnector::crm::testing
