// What events say, and in which order (ici.md section 10).
#include "event_rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using engine::LastEventAnswered;
using engine::Processing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_F(Events, CarryTheWholeObject) {  // R-DEC-45, R-DEC-67
    settings.allowed_event_hosts = {"127.0.0.1"};
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
    EXPECT_THAT(r.head, HasSubstr("Accept-Encoding: identity"));
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
    EXPECT_EQ(counters.crm_answer.count, 1u);
    EXPECT_GT(counters.crm_answer.sum, 0.25);
}

}  // namespace
}  // namespace cticonnector::crm::testing
