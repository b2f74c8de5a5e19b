// Events to SAP: order, one in flight, retries, loss and return, pooled connections (ici.md section 10).
#include "rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using engine::DeliveryFailed;
using engine::DeliveryRestored;
using engine::LastEventAnswered;
using engine::Processing;
using engine::SubscriptionLost;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Events : public Rig {
  protected:
    bool received(std::size_t n) {
        return until([&] { return sap.received.size() >= n; });
    }
    bool delivered(engine::SubscriptionId id) {
        return until([&] { return ici().session(id) && ici().session(id)->queue == 0; });
    }
    void changed(engine::SubscriptionId id, std::string key, Processing processing = Processing::alerting) {
        perform(engine::ItemChanged{id, call(std::move(key), processing)});
    }
    std::vector<std::string> calls(std::string_view app_id = "APP") const {
        std::vector<std::string> keys;
        for (const auto& r : sap.received) {
            const auto* c = std::get_if<ici::event::PhoneCallChanged>(&r.event);
            if (c && r.app_id == app_id) keys.push_back(c->phone_call.phone_call_id);
        }
        return keys;
    }
    /// Answers the first `n` events with `answer`.
    void answer_first(std::size_t n, std::string answer) {
        sap.script = [n, answer = std::move(answer)](const ScriptedSap::Received& r) mutable {
            return n == 0 ? ScriptedSap::ok(r.event) : (--n, answer);
        };
    }
    void hang() {
        sap.script = [](const auto&) { return ""; };
    }
    void take() {
        sap.script = [](const ScriptedSap::Received& r) { return ScriptedSap::ok(r.event); };
    }

    ScriptedSap sap{io};
    const std::string unavailable = http("HTTP/1.1 503 Service Unavailable", "");
};

TEST_F(Events, CarryTheWholeObject) {  // R-DEC-45
    settings.event_user = "CTI";
    settings.event_password = Secret{"pw"};
    const auto id = subscribe(sap.url("/sap/bc/events?client=100"));
    perform(engine::UserChanged{id, user()});
    ASSERT_TRUE(received(1));
    const auto& r = sap.received.front();
    EXPECT_EQ(r.app_id, "APP");
    EXPECT_THAT(r.head, HasSubstr("POST /sap/bc/events?client=100 HTTP/1.1"));
    EXPECT_THAT(r.head, HasSubstr("SOAPAction: \"\""));
    EXPECT_THAT(r.head, HasSubstr("Content-Type: text/xml; charset=utf-8"));
    EXPECT_THAT(r.head, HasSubstr("Authorization: Basic Q1RJOnB3"));
    const auto& shown = std::get<ici::event::UserChanged>(r.event).user;
    EXPECT_EQ(shown.user_id, "MUELLERK");
    EXPECT_EQ(shown.current_workmode.id, "3");
}

TEST_F(Events, ComeInTheSubscribersLanguage) {  // R-LOGIN-11
    languages.by_code["EN"].by_code[{TextKind::work_mode, 3}] = "Away";
    const auto id = subscribe(sap.url());
    perform(engine::UserChanged{id, user()});
    ASSERT_TRUE(received(1));
    EXPECT_EQ(std::get<ici::event::UserChanged>(sap.received[0].event).user.current_workmode.description,
              "Away");
}

// R-DEC-43, R-HA-11
TEST_F(Events, OfOneAgentGoOneAtATimeInOrder) {
    hang();
    const auto id = subscribe(sap.url());
    for (const std::string key : {"c1", "c2", "c3"}) changed(id, key);
    EXPECT_EQ(ici().session(id)->queue, 3u);
    EXPECT_EQ(ici().counters().event_queue, 3u);
    for (std::size_t n = 1; n <= 3; ++n) {
        ASSERT_TRUE(received(n));
        settle();
        EXPECT_THAT(sap.received, SizeIs(n));
        sap.answer_all();
    }
    ASSERT_TRUE(delivered(id));
    EXPECT_THAT(calls(), ElementsAre("c1", "c2", "c3"));
    EXPECT_EQ(sap.accepted(), 1u);
    EXPECT_EQ(counted(ici().counters().events, R"(event="phoneCallChanged",result="ok")"), 3u);
    EXPECT_EQ(ici().counters().event_queue, 0u);
}

// R-DEC-43: per appId, though SAP has one URL for all
TEST_F(Events, OfTwoAgentsDoNotWaitForEachOther) {
    const auto slow = subscribe(sap.url(), "SLOW", "SLOWUSER");
    const auto fast = subscribe(sap.url(), "FAST", "FASTUSER");
    sap.script = [](const ScriptedSap::Received& r) {
        return r.app_id == "SLOW" ? std::string{} : ScriptedSap::ok(r.event);
    };
    changed(slow, "s1");
    ASSERT_TRUE(received(1));
    for (const std::string key : {"f1", "f2", "f3"}) changed(fast, key);
    ASSERT_TRUE(delivered(fast));
    EXPECT_THAT(calls("FAST"), ElementsAre("f1", "f2", "f3"));
    EXPECT_EQ(ici().session(slow)->queue, 1u);
}

// R-DEC-56
TEST_F(Events, OfANewSubscriptionStartAfterItsReply) {
    const auto line = client();
    const auto e = ask<engine::Subscribe>(line, request::Subscribe{sap.url(), "APP", Secret{"a;b;c"}});
    bool reply_was_there = false;
    sap.script = [&](const ScriptedSap::Received& r) {
        reply_was_there = !line->bytes.empty() || line->socket.available() > 0;
        return ScriptedSap::ok(r.event);
    };
    changed(e.subscription, "early");
    settle();
    EXPECT_THAT(sap.received, IsEmpty());
    perform(engine::Reply{.request = e.request, .user = user()});
    ASSERT_TRUE(received(1));
    EXPECT_TRUE(reply_was_there);
}

// R-DEC-56
TEST_F(Events, FollowTheReplyToTheRequestThatCausedThem) {
    const auto id = subscribe(sap.url());
    const auto line = client();
    for (int i = 0; i < 20; ++i) {
        const auto e = ask<engine::Accept>(line, request::Accept{"c"});
        bool reply_was_there = false;
        sap.script = [&](const ScriptedSap::Received& r) {
            reply_was_there = !line->bytes.empty() || line->socket.available() > 0;
            return ScriptedSap::ok(r.event);
        };
        perform(engine::Reply{.request = e.request});
        changed(id, "c");
        ASSERT_TRUE(delivered(id));
        EXPECT_TRUE(reply_was_there);
        EXPECT_EQ(reply(line).status(), 200u);
    }
}

TEST_F(Events, StartThoughTheSubscribersConnectionHasGone) {
    const auto line = client();
    const auto e = ask<engine::Subscribe>(line, request::Subscribe{sap.url(), "APP", Secret{"a;b;c"}});
    line->socket.set_option(asio::socket_base::linger(true, 0));
    line->close();
    settle();
    perform(engine::Reply{.request = e.request, .user = user()});
    changed(e.subscription, "c1");
    EXPECT_TRUE(received(1));
    EXPECT_EQ(ici().counters().replies_dropped, 1u);
}

TEST_F(Events, ThatFailAreTriedAgainInOrder) {  // R-HA-9
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

TEST_F(Events, PausesDouble) {
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
TEST_F(Events, OfALostSubscriptionAreTriedAtAnyRequestOfItsUser) {
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

TEST_F(Events, OfALostSubscriptionAreTriedAgainAndAgain) {  // R-DEC-18
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
};
class BadAnswers : public Events, public ::testing::WithParamInterface<BadAnswer> {};

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

TEST_F(Events, AreNotWaitedForBeyondTheLimit) {
    settings.event_timeout = 50ms;
    answer_first(1, "");
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(count<DeliveryFailed>(), 1u);
    EXPECT_THAT(calls(), ElementsAre("c1", "c1"));
}

TEST_F(Events, ToNobodyFail) {
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

TEST_F(Events, FindTheirHostByName) {
    auto url = sap.url();
    url.replace(url.find("127.0.0.1"), 9, "localhost");
    const auto id = subscribe(url);
    changed(id, "c1");
    EXPECT_TRUE(received(1));
}

TEST_F(Events, ToAHostThatIsNotFoundFailAndDelayNobody) {
    settings.connect_timeout = 100ms;
    const auto lost = subscribe("http://no-such-host.invalid:1/", "LOST", "LOSTUSER");
    changed(lost, "l1");
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(received(1));
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
}

// ici.md section 10, R-DEC-56
TEST_F(Events, ForAnUnknownAppIdEndTheSubscription) {
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

TEST_F(Events, ForAnUnknownAppIdAreRetriedRightAfterTheSubscribe) {  // R-DEC-56
    settings.unknown_app_id_grace = 1h;
    answer_first(2, ScriptedSap::fault(ici::ErrorId::unknown_appid));
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(delivered(id));
    EXPECT_EQ(count<SubscriptionLost>(), 0u);
    EXPECT_EQ(count<DeliveryRestored>(), 1u);
}

TEST_F(Events, ThatSapFaultsAreFollowedByTheNext) {
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

// R-DEC-15
TEST_F(Events, TheLastOfAnItemIsReportedWhenSapHasAnsweredIt) {
    hang();
    const auto id = subscribe(sap.url());
    for (const auto processing : {Processing::accepted, Processing::wrapup, Processing::ended,
                                  Processing::rerouted, Processing::transferred})
        changed(id, "c" + std::to_string(static_cast<int>(processing)), processing);
    for (std::size_t n = 1; n <= 5; ++n) {
        ASSERT_TRUE(received(n));
        EXPECT_EQ(count<LastEventAnswered>(), n <= 3 ? 0 : n - 3);
        sap.answer_all();
    }
    ASSERT_TRUE(until([&] { return count<LastEventAnswered>() == 3; }));
    EXPECT_EQ(std::get<LastEventAnswered>(events.back()).item.value, "c6");
    EXPECT_EQ(std::get<LastEventAnswered>(events.back()).subscription, id);
}

TEST_F(Events, ReuseConnections) {
    for (int agent = 0; agent < 5; ++agent) {
        const auto id = subscribe(sap.url(), "APP" + std::to_string(agent), "USER" + std::to_string(agent));
        changed(id, "c1");
        changed(id, "c2");
        ASSERT_TRUE(delivered(id));
    }
    EXPECT_EQ(sap.accepted(), 1u);
    EXPECT_THAT(sap.received, SizeIs(10));
}

TEST_F(Events, OnAStaleConnectionGoOutAgainAtOnce) {
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

TEST_F(Events, LeaveAConnectionThatSapCloses) {
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
TEST_F(Events, ShareALimitedNumberOfConnectionsInTurn) {
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

// R-HA-11
TEST_F(Events, OfAHundredAgentsOnAHungHostDelayNobodyElsewhere) {
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

// R-DEC-43
TEST_F(Events, ThatAreTooManyLoseTheSubscription) {
    settings.event_queue_limit = 3;
    hang();
    const auto id = subscribe(sap.url());
    for (const std::string key : {"c1", "c2", "c3"}) changed(id, key);
    ASSERT_TRUE(received(1));
    EXPECT_EQ(count<SubscriptionLost>(), 0u);
    changed(id, "c4");
    ASSERT_EQ(count<SubscriptionLost>(), 1u);
    EXPECT_FALSE(std::get<SubscriptionLost>(events.back()).final);
    EXPECT_THAT(std::get<SubscriptionLost>(events.back()).why, HasSubstr("EventQueueLimit"));
    changed(id, "c5");
    EXPECT_EQ(ici().session(id)->queue, 0u);
    EXPECT_EQ(ici().counters().event_queue, 0u);
    EXPECT_EQ(counted(ici().counters().events, R"(event="phoneCallChanged",result="dropped")"), 5u);
    take();
    perform(engine::EndSubscription{id, engine::EndReason::crm_session_lost, true});
    ASSERT_TRUE(until([&] { return !ici().session(id); }));
    EXPECT_THAT(sap.kinds(), ElementsAre("phoneCallChanged", "subscriptionEnded"));
    EXPECT_EQ(count<DeliveryRestored>(), 0u);
}

TEST_F(Events, SubscriptionEndedComesAfterWhatIsQueued) {  // R-DEC-34
    hang();
    const auto id = subscribe(sap.url());
    changed(id, "c1", Processing::ended);
    changed(id, "c2");
    perform(engine::EndSubscription{id, engine::EndReason::replaced, true});
    perform(engine::EndSubscription{id, engine::EndReason::replaced, true});
    ASSERT_TRUE(received(1));
    take();
    sap.answer_all();
    ASSERT_TRUE(until([&] { return !ici().session(id); }));
    EXPECT_THAT(sap.kinds(), ElementsAre("phoneCallChanged", "phoneCallChanged", "subscriptionEnded"));
    EXPECT_EQ(std::get<ici::event::SubscriptionEnded>(sap.received[2].event).reason.id, "4");
    EXPECT_EQ(count<LastEventAnswered>(), 0u);  // it is nothing to the engine any more
}

TEST_F(Events, AnEndThatIsNotToldDropsEverythingAtOnce) {
    hang();
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    changed(id, "c2");
    ASSERT_TRUE(received(1));
    perform(engine::EndSubscription{id, engine::EndReason::crm_session_lost, false});
    EXPECT_FALSE(ici().session(id));
    EXPECT_EQ(ici().counters().event_queue, 0u);
    ASSERT_TRUE(until([&] { return sap.open() == 0; }));
    EXPECT_THAT(sap.received, SizeIs(1));
    changed(id, "c3");
    settle();
    EXPECT_THAT(sap.received, SizeIs(1));
}

// R-LOGIN-15: to tell a vanished session is worth the tries, not a fault
TEST_F(Events, AnEndThatNobodyTakesIsGivenUpSilently) {
    sap.script = [&](const auto&) { return unavailable; };
    const auto id = subscribe(sap.url());
    perform(engine::EndSubscription{id, engine::EndReason::replaced, true});
    ASSERT_TRUE(until([&] { return !ici().session(id); }));
    EXPECT_THAT(sap.received, SizeIs(1 + settings.event_retries));
    EXPECT_EQ(count<DeliveryFailed>() + count<SubscriptionLost>(), 0u);
}

TEST_F(Events, AnEndIsTriedAtOnceThoughTheSubscriptionIsLost) {
    sap.script = [&](const auto&) { return unavailable; };
    const auto id = subscribe(sap.url());
    changed(id, "c1");
    ASSERT_TRUE(until([&] { return count<SubscriptionLost>() == 1; }));
    take();
    perform(engine::EndSubscription{id, engine::EndReason::crm_session_lost, true});
    ASSERT_TRUE(until([&] { return !ici().session(id); }));
    EXPECT_EQ(sap.kinds().back(), "subscriptionEnded");
}

// R-DEC-10, R-DEC-43: one in flight holds for the appId across a new logon
TEST_F(Events, OfASuccessorWithTheSameAppIdDoNotOverlap) {
    hang();
    const auto old = subscribe(sap.url());
    changed(old, "old");
    ASSERT_TRUE(received(1));
    const auto line = client();
    const auto e = ask<engine::Subscribe>(line, request::Subscribe{sap.url(), "APP", Secret{"a;b;c"}});
    take();
    perform(engine::EndSubscription{old, engine::EndReason::replaced, false});
    perform(engine::Reply{.request = e.request, .user = user()});
    changed(e.subscription, "new");
    ASSERT_TRUE(delivered(e.subscription));
    EXPECT_THAT(calls(), ElementsAre("old", "new"));
    EXPECT_EQ(sap.open(), 1u);
}

TEST_F(Events, GoToTheSuccessorWhileTheOldSessionIsTold) {  // R-LOGIN-15
    const auto old = subscribe(sap.url(), "OLD");
    const auto line = client();
    const auto e = ask<engine::Subscribe>(line, request::Subscribe{sap.url(), "NEW", Secret{"a;b;c"}});
    perform(engine::EndSubscription{old, engine::EndReason::replaced, true});
    perform(engine::Reply{.request = e.request, .user = user()});
    perform(engine::UserChanged{e.subscription, user()});
    ASSERT_TRUE(received(2));
    ASSERT_TRUE(until([&] { return !ici().session(old); }));
    EXPECT_EQ(ici().session(e.subscription)->app_id, "NEW");
    // the old session's late farewell must not take the new one along
    const auto late = client();
    late->send(post(envelope(request::Unsubscribe{sap.url(), "OLD"})));
    EXPECT_EQ(error_id(reply(late)), "NOT_SUBSCRIBED");
    ask<engine::Unsubscribe>(client(), request::Unsubscribe{sap.url(), "NEW"});
}

TEST_F(Events, ARefusedSubscribeLeavesNoSession) {
    const auto line = client();
    const auto e = ask<engine::Subscribe>(line, request::Subscribe{sap.url(), "APP", Secret{"a;b;c"}});
    EXPECT_TRUE(ici().session(e.subscription));
    perform(
        engine::Reply{.request = e.request, .fault = engine::Fault::logon_failed, .text = "wrong password"});
    EXPECT_EQ(error_id(reply(line)), "LOGON_FAILED");
    EXPECT_FALSE(ici().session(e.subscription));
}

TEST_F(Events, AnAppUrlThatIsNotServedIsRefusedBeforeTheEngine) {  // R-DEC-58
    settings.allowed_event_hosts = {"127.0.0.1"};
    for (const request::Subscribe& asked :
         {request::Subscribe{"https://127.0.0.1/", "APP", Secret{"a;b;c"}},
          request::Subscribe{"http://evil.example/", "APP", Secret{"a;b;c"}},
          request::Subscribe{"", "APP", Secret{"a;b;c"}},
          request::Subscribe{sap.url(), "", Secret{"a;b;c"}}}) {
        const auto line = client();
        line->send(post(envelope(asked)));
        EXPECT_EQ(error_id(reply(line)), "NOT_SUPPORTED");
    }
    EXPECT_THAT(events, IsEmpty());
}

TEST_F(Events, GoThroughTheGateway) {  // R-DEC-58
    settings.event_url_map = {{"https://sap.example/", sap.url("/gateway/")}};
    const auto id = subscribe("https://sap.example/ici");
    changed(id, "c1");
    ASSERT_TRUE(received(1));
    EXPECT_THAT(sap.received[0].head, HasSubstr("POST /gateway/ici "));
}

// R-STATE-8
TEST_F(Events, PresenceIsToldFromWhatTheEngineSaidLast) {
    settings.user_presence = true;
    subscribe(sap.url(), "A", "ANNA");
    const auto bert = subscribe(sap.url(), "B", "BERT");
    auto busy = user("BERT");
    busy.status = engine::UserStatus::busy;
    perform(engine::UserChanged{bert, busy});
    const auto line = client();
    line->send(post(envelope(request::GetPresence{{"anna", "BERT", "zoe"}}, "ANNA")));
    const auto answer = ici::read_reply(ici::Operation::get_presence, reply(line).body);
    std::vector<std::string> shown;
    for (const auto& p : std::get<std::vector<ici::Presence>>(std::get<ici::Reply>(answer)))
        shown.push_back(p.user_id + p.presence_status.id);
    EXPECT_THAT(shown, ElementsAre("ANNA1", "BERT2", "zoe3"));
    line->send(post(envelope(request::GetPresence{}, "STRANGER")));
    EXPECT_EQ(error_id(reply(line)), "NOT_SUBSCRIBED");
}

TEST_F(Events, PresenceThatIsOffIsNotSupported) {
    subscribe(sap.url());
    const auto line = client();
    line->send(post(envelope(request::GetPresence{})));
    EXPECT_EQ(error_id(reply(line)), "NOT_SUPPORTED");
}

TEST_F(Events, TheWaitForSapIsNotOurs) {
    hang();
    const auto id = subscribe(sap.url());
    const auto cause = Clock::now();
    perform(engine::ItemChanged{id, call("c1")}, cause);
    perform(engine::ItemChanged{id, call("c2")}, cause);
    ASSERT_TRUE(received(1));
    ASSERT_TRUE(until([&] { return Clock::now() - cause > 300ms; }));
    sap.answer_all();
    ASSERT_TRUE(received(2));
    const Counters& counters = ici().counters();
    EXPECT_EQ(counters.event_wait.count, 2u);
    EXPECT_GT(counters.event_wait.sum, 0.25);
    EXPECT_EQ(counters.cti_to_crm.count, 2u);
    EXPECT_LT(counters.cti_to_crm.sum, counters.event_wait.sum);
}

}  // namespace
}  // namespace cticonnector::crm::testing
