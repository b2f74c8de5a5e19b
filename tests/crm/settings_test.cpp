// Settings are one value that may be swapped between two events.
#include "event_rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using engine::DeliveryFailed;
using engine::SubscriptionLost;
using ::testing::ElementsAre;

class SwappedSettings : public Events {
  protected:
    template <class Change>
    void swap(Change change) {
        Settings next = *current;
        change(next);
        current.swap(std::move(next));
    }
    std::vector<std::string> remote_numbers() {
        std::vector<std::string> shown;
        for (const auto& r : sap.received) {
            for (const auto& number :
                 std::get<ici::event::PhoneCallChanged>(r.event).phone_call.remote_numbers)
                shown.push_back(number);
        }
        return shown;
    }
};

TEST_F(SwappedSettings, DecideHowOftenTheNextEventIsTried) {
    sap.script = [&](const auto&) { return unavailable; };
    const auto patient = subscribe(sap.url(), "A", "ANNA");
    changed(patient, "c1");
    ASSERT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
    EXPECT_EQ(count<SubscriptionLost>(), 0u);
    swap([](Settings& s) { s.event_retries = 0; });
    const auto hasty = subscribe(sap.url(), "B", "BERT");
    sap.received.clear();
    changed(hasty, "c1");
    ASSERT_TRUE(until([&] { return count<SubscriptionLost>() == 2; }))
        << "the other's next try is its last, too";
    EXPECT_THAT(calls("B"), ElementsAre("c1"));
}

TEST_F(SwappedSettings, DecideWhatTheNextEventShows) {
    const auto id = subscribe(sap.url());
    auto info = std::make_shared<engine::ItemInfo>();
    info->remote_numbers = {"0301234567"};
    auto view = call("c1");
    view.info = info;
    perform(engine::ItemChanged{id, view});
    ASSERT_TRUE(received(1));
    swap([](Settings& s) { s.numbers.national = {{"0", "49"}}; });
    perform(engine::ItemChanged{id, view});
    ASSERT_TRUE(received(2));
    EXPECT_THAT(remote_numbers(), ElementsAre("+0301234567", "+49301234567"));
}

TEST_F(SwappedSettings, DecideHowLongTheNextRequestIsWaitedFor) {
    const auto line = client();
    ask<engine::Accept>(line, request::Accept{"c1"});
    swap([](Settings& s) { s.answer_timeout = std::chrono::milliseconds{20}; });
    const auto hasty = client();
    ask<engine::Accept>(hasty, request::Accept{"c2"});
    EXPECT_EQ(error_id(reply(hasty)), "UNAVAILABLE");
    EXPECT_EQ(error_id(reply(line)), "UNAVAILABLE");
}

TEST_F(SwappedSettings, DecideWhoMaySendTheNextRequest) {
    const auto line = client();
    ask<engine::Accept>(line, request::Accept{"c1"});
    swap([](Settings& s) { s.request_user = "SAP"; });
    const auto stranger = client();
    stranger->send(post(envelope(request::Accept{"c1"})));
    EXPECT_EQ(reply(stranger).status(), 401u);
}

TEST_F(SwappedSettings, DecideWhoIsLetInNext) {
    const auto line = client();
    ask<engine::Accept>(line, request::Accept{"c1"});
    swap([](Settings& s) { s.allowed_peers = {asio::ip::make_address("10.1.2.3")}; });
    const auto stranger = client();
    EXPECT_TRUE(until([&] { return stranger->closed; }));
    EXPECT_EQ(ici().counters().peers_refused, 1u);
}

TEST_F(SwappedSettings, DecideHowLongTheNextRequestMayTake) {
    settings.request_read_timeout = 1h;
    const auto line = client();
    swap([](Settings& s) { s.request_read_timeout = 20ms; });
    line->send("POST /ici HTTP/1.1\r\nContent-Le");
    EXPECT_TRUE(until([&] { return line->closed; }));
}

TEST_F(SwappedSettings, DecideHowLongTheNextEventIsWaitedFor) {
    settings.event_timeout = 1h;
    hang();
    const auto id = subscribe(sap.url());
    swap([](Settings& s) { s.event_timeout = 20ms; });
    changed(id, "c1");
    EXPECT_TRUE(until([&] { return count<DeliveryFailed>() == 1; }));
}

TEST_F(SwappedSettings, LeaveASubscriptionItsProfile) {
    const auto subscribe_as = [&](std::string app_id) {
        return ask<engine::Subscribe>(
            client(), request::Subscribe{sap.url(), std::move(app_id), Secret{"5001;s3cret;4711"}});
    };
    const auto before = subscribe_as("A");
    const int limit = before.profile->session_limit;
    swap([&](Settings& s) { s.profile.session_limit = limit + 1; });
    EXPECT_EQ(subscribe_as("B").profile->session_limit, limit + 1);
    EXPECT_EQ(before.profile->session_limit, limit);
}

}  // namespace
}  // namespace cticonnector::crm::testing
