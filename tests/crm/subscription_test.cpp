// Worker sessions: refused, full, ended, replaced; what colleagues see of them.
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
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Subscription : public Events {
  protected:
    /// Of the lines of one request from there, those that tell its peer.
    std::ptrdiff_t told(const std::string& peer) {
        log.lines.clear();
        ask<engine::ReadUser>(client(peer.c_str()), request::GetAttributes{});
        return std::ranges::count_if(
            log.lines, [](const std::string& line) { return line.starts_with("agent.peer_changed"); });
    }
};

// R-DEC-43
TEST_F(Subscription, ThatAreTooManyLoseTheSubscription) {
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

// Whoever reaches the port may act as any agent; SAP may balance over several hosts.
TEST_F(Subscription, TheFirstRequestFromEachFurtherPeerIsTold_R_DEC_81) {
    const auto asked =
        ask<engine::Subscribe>(client(), request::Subscribe{sap.url(), "APP", Secret{"5001;s3cret;4711"}});
    EXPECT_EQ(asked.peer, "127.0.0.1");
    perform(engine::Reply{.request = asked.request, .user = user("MUELLERK")});
    for (const char* from : {"127.0.0.1", "127.0.0.2", "127.0.0.2", "127.0.0.1"})
        ask<engine::ReadUser>(client(from), request::GetAttributes{});
    std::vector<std::string> told;
    std::ranges::copy_if(log.lines, std::back_inserter(told),
                         [](const std::string& line) { return line.starts_with("agent.peer_changed"); });
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_THAT(told[0], HasSubstr("user=MUELLERK peer=127.0.0.2"));
}

// Whoever has many addresses must not make the next one go unseen.
TEST_F(Subscription, AFurtherPeerIsToldHoweverManyThereWere_R_DEC_81) {
    subscribe(sap.url());
    for (int n = 2; n < 60; ++n) {
        EXPECT_EQ(told("127.0.0." + std::to_string(n)), 1) << n;
        EXPECT_EQ(told("127.0.0.1"), 0) << "the one that is heard all the time stays known";
    }
    EXPECT_EQ(told("127.0.0.59"), 0);
    EXPECT_EQ(told("127.0.0.2"), 1) << "32 are remembered";
}

TEST_F(Subscription, PeersThatTakeTurnsAreEachToldOnceAMinute_R_DEC_81) {
    subscribe(sap.url());
    const auto turn = [&] {
        std::ptrdiff_t lines = 0;
        for (int n = 2; n < 42; ++n) lines += told("127.0.0." + std::to_string(n));
        return lines;
    };
    EXPECT_EQ(turn(), 40);
    turn();
    EXPECT_EQ(turn(), 0);
}

TEST_F(Subscription, SubscriptionEndedComesAfterWhatIsQueued) {  // R-DEC-34
    hang();
    const auto id = subscribe(sap.url());
    changed(id, "c1", Processing::ended);
    changed(id, "c2");
    perform(engine::EndSubscription{id, engine::EndReason::contact_center_lost, true});
    perform(engine::EndSubscription{id, engine::EndReason::contact_center_lost, true});
    ASSERT_TRUE(received(1));
    take();
    sap.answer_all();
    ASSERT_TRUE(until([&] { return !ici().session(id); }));
    ASSERT_THAT(sap.kinds(), ElementsAre("phoneCallChanged", "phoneCallChanged", "subscriptionEnded"));
    EXPECT_EQ(std::get<ici::event::SubscriptionEnded>(sap.received[2].event).reason.id, "2");
    EXPECT_EQ(count<LastEventAnswered>(), 0u);  // it is nothing to the engine any more
}

TEST_F(Subscription, AnEndThatIsNotToldDropsEverythingAtOnce) {
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
TEST_F(Subscription, AnEndThatNobodyTakesIsGivenUpSilently) {
    sap.script = [&](const auto&) { return unavailable; };
    const auto id = subscribe(sap.url());
    perform(engine::EndSubscription{id, engine::EndReason::replaced, true});
    ASSERT_TRUE(until([&] { return !ici().session(id); }));
    EXPECT_THAT(sap.received, SizeIs(1 + settings.event_retries));
    EXPECT_EQ(count<DeliveryFailed>() + count<SubscriptionLost>(), 0u);
}

TEST_F(Subscription, AnEndIsTriedAtOnceThoughTheSubscriptionIsLost) {
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
TEST_F(Subscription, OfASuccessorWithTheSameAppIdDoNotOverlap) {
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

TEST_F(Subscription, GoToTheSuccessorWhileTheOldSessionIsTold) {  // R-LOGIN-15
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

TEST_F(Subscription, ARefusedSubscribeLeavesNoSession) {
    const auto line = client();
    const auto e = ask<engine::Subscribe>(line, request::Subscribe{sap.url(), "APP", Secret{"a;b;c"}});
    EXPECT_TRUE(ici().session(e.subscription));
    perform(engine::Reply{
        .request = e.request, .fault = engine::Fault::logon_failed, .text = as_told("wrong password")});
    EXPECT_EQ(error_id(reply(line)), "LOGON_FAILED");
    EXPECT_FALSE(ici().session(e.subscription));
}

TEST_F(Subscription, AnAppUrlThatIsNotServedIsRefusedBeforeTheEngine) {  // R-DEC-58
    settings.allowed_event_hosts = {"127.0.0.1"};
    for (const request::Subscribe& asked :
         {request::Subscribe{"https://127.0.0.1/", "APP", Secret{"a;b;c"}},
          request::Subscribe{"http://evil.example/", "APP", Secret{"a;b;c"}},
          request::Subscribe{"", "APP", Secret{"a;b;c"}},
          request::Subscribe{sap.url(), "", Secret{"a;b;c"}}}) {
        const auto line = client();
        line->send(post(envelope(asked)));
        EXPECT_EQ(error_id(reply(line)), "NOT_SUPPORTED");
        EXPECT_THAT(log.lines, Contains(AllOf(HasSubstr("agent.login_refused"), HasSubstr("peer=127.0.0.1"),
                                              HasSubstr("reason=NOT_SUPPORTED"))));
        log.lines.clear();
    }
    EXPECT_THAT(events, IsEmpty());
}

TEST_F(Subscription, GoThroughTheGateway) {  // R-DEC-58
    settings.event_url_map = {{"https://sap.example/", sap.url("/gateway/")}};
    const auto id = subscribe("https://sap.example/ici");
    changed(id, "c1");
    ASSERT_TRUE(received(1));
    EXPECT_THAT(sap.received[0].head, HasSubstr("POST /gateway/ici "));
}

// R-STATE-8
TEST_F(Subscription, PresenceIsToldFromWhatTheEngineSaidLast) {
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

TEST_F(Subscription, PresenceThatIsOffIsNotSupported) {
    subscribe(sap.url());
    const auto line = client();
    line->send(post(envelope(request::GetPresence{})));
    EXPECT_EQ(error_id(reply(line)), "NOT_SUPPORTED");
}

}  // namespace
}  // namespace cticonnector::crm::testing
