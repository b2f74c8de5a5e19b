// Stopping: what is told, what is dropped, and that the loop runs out (R-DEC-46).
#include "rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Stop : public Rig {
  protected:
    /// Nothing of ours is left in the loop. The scripted SAP still waits for connections, so it goes first.
    [[nodiscard]] bool runs_out() {
        sap.reset();
        const auto deadline = Clock::now() + 20s;
        io.restart();
        while (!io.stopped() && Clock::now() < deadline) io.run_one_for(100ms);
        return io.stopped();
    }
    void end(engine::SubscriptionId id) {
        perform(engine::EndSubscription{id, engine::EndReason::shutting_down, true});
    }

    std::optional<ScriptedSap> sap{std::in_place, io};
};

TEST_F(Stop, WhenIdleIsAtOnce) {
    ici().stop();
    EXPECT_TRUE(runs_out());
}

TEST_F(Stop, TwiceIsOnce) {
    int closed = 0;
    ici().stop(3s, [&] { ++closed; });
    ici().stop(0ms, [&] { ++closed; });
    EXPECT_TRUE(runs_out());
    ici().stop(0ms, [&] { ++closed; });
    EXPECT_EQ(closed, 1);
}

TEST_F(Stop, TellsTheSubscribers) {
    const auto a = subscribe(sap->url(), "A", "ANNA");
    const auto b = subscribe(sap->url(), "B", "BERT");
    perform(engine::ItemChanged{a, call("c1")});
    end(a);
    end(b);
    ici().stop();
    ASSERT_TRUE(until([&] { return !ici().session(a) && !ici().session(b); }));
    EXPECT_THAT(sap->received, SizeIs(3));
    EXPECT_EQ(std::ranges::count(sap->kinds(), "subscriptionEnded"), 2);
    EXPECT_TRUE(runs_out());
}

TEST_F(Stop, WaitsForSapNoLongerThanItsLimit) {
    sap->script = [](const auto&) { return ""; };
    const auto id = subscribe(sap->url());
    end(id);
    const auto before = Clock::now();
    bool closed = false;
    ici().stop(100ms, [&] { closed = true; });
    ASSERT_TRUE(until([&] { return !ici().session(id); }));
    EXPECT_TRUE(closed);
    EXPECT_GE(Clock::now() - before, 100ms);
    EXPECT_TRUE(runs_out());
}

TEST_F(Stop, DropsWhatNobodyEnded) {
    sap->script = [](const auto&) { return ""; };
    const auto id = subscribe(sap->url());
    perform(engine::ItemChanged{id, call("c1")});
    ici().stop();
    EXPECT_FALSE(ici().session(id));
    EXPECT_TRUE(runs_out());
}

TEST_F(Stop, BetweenRetriesDoesNotWaitForTheNext) {
    settings.retry_pause = 1h;
    sap->script = [](const auto&) { return http("HTTP/1.1 503 Service Unavailable", ""); };
    const auto id = subscribe(sap->url());
    perform(engine::ItemChanged{id, call("c1")});
    ASSERT_TRUE(until([&] { return count<engine::DeliveryFailed>() == 1; }));
    ici().stop();
    EXPECT_TRUE(runs_out());
}

TEST_F(Stop, LetsAnswersLeave) {
    const auto line = client();
    const auto e = ask<engine::Accept>(line, request::Accept{"item-1"});
    ici().stop();
    perform(engine::Reply{
        .request = e.request, .fault = engine::Fault::unavailable, .text = {TextId::shutting_down}});
    EXPECT_EQ(error_id(reply(line)), "UNAVAILABLE");
    EXPECT_TRUE(until([&] { return line->closed; }));
    EXPECT_TRUE(runs_out());
}

TEST_F(Stop, LeavesNoRequestOpenBeyondItsLimit) {
    const auto line = client();
    ask<engine::Accept>(line, request::Accept{"item-1"});
    ici().stop(50ms);
    EXPECT_TRUE(until([&] { return line->closed; }));
    EXPECT_TRUE(runs_out());
    perform(engine::Reply{.request = std::get<engine::Accept>(events[0]).request});
}

TEST_F(Stop, ClosesIdleAndHalfSentConnections) {
    const auto idle = client();
    const auto half = client();
    half->send("POST /ici HTTP/1.1\r\nContent-Le");
    ASSERT_TRUE(until([&] { return ici().connections() == 2; }));
    settle();
    ici().stop();
    EXPECT_TRUE(until([&] { return idle->closed && half->closed; }));
    EXPECT_TRUE(runs_out());
}

// observability.md, R-DEC-46: whoever asks meanwhile learns that somebody else may be asked
TEST_F(Stop, SaysSoToWhoeverStillAsks) {
    sap->script = [](const auto&) { return ""; };
    end(subscribe(sap->url()));
    ASSERT_TRUE(until([&] { return sap->received.size() == 1; }));
    ici().stop();
    const auto health = client();
    health->send("GET /health/ici HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto stopping = reply(health);
    EXPECT_EQ(stopping.status(), 503u);
    EXPECT_THAT(stopping.head, ::testing::HasSubstr("Retry-After: 5\r\n"));
    mr_serves = true;
    const auto mr_health = client();
    mr_health->send("GET /health/mr HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(reply(mr_health).body, "{\"status\":\"stopping\"}\n");
    const auto asking = client();
    asking->send(post(envelope(request::GetWorkcenterCapability{})));
    const auto refusal = reply(asking);
    EXPECT_EQ(refusal.status(), 503u);
    EXPECT_THAT(refusal.head, ::testing::HasSubstr("Retry-After: 5\r\n"));
    EXPECT_TRUE(until([&] { return asking->closed && health->closed; }));
    sap->answer_all();
    EXPECT_TRUE(runs_out());
}

TEST_F(Stop, TakesNoNewConnectionOnceItIsDone) {
    const auto port = ici().port();
    ici().stop();
    settle();
    tcp::socket socket(io);
    boost::system::error_code error;
    socket.connect({asio::ip::address_v4::loopback(), port}, error);
    EXPECT_TRUE(error);
    EXPECT_TRUE(runs_out());
}

// Whatever is under way, nothing may call back into what is gone.
TEST_F(Stop, DestructionInTheMiddleOfEverythingIsQuiet) {
    sap->script = [](const auto&) { return ""; };
    const auto id = subscribe(sap->url());
    perform(engine::ItemChanged{id, call("c1")});
    const auto line = client();
    ask<engine::Accept>(line, request::Accept{"item-1"});
    const auto half = client();
    half->send("POST /ici HTTP/1.1\r\n");
    ASSERT_TRUE(until([&] { return sap->received.size() == 1; }));
    events.clear();
    ici_.reset();
    EXPECT_TRUE(until([&] { return line->closed && half->closed; }));
    EXPECT_TRUE(runs_out());
    EXPECT_THAT(events, IsEmpty());
}

TEST_F(Stop, DestructionMeanwhileIsQuietToo) {
    sap->script = [](const auto&) { return ""; };
    end(subscribe(sap->url()));
    ASSERT_TRUE(until([&] { return sap->received.size() == 1; }));
    bool closed = false;
    ici().stop(3s, [&] { closed = true; });
    settle();
    ici_.reset();
    EXPECT_TRUE(runs_out());
    EXPECT_FALSE(closed);
}

}  // namespace
}  // namespace cticonnector::crm::testing
