// The way of an item as the log tells it, from its arrival to its end (R-DEC-83).

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string_view event_of(What what) {
    switch (what) {
        case What::item_added: return "added";
        case What::item_requested: return "requested";
        case What::item_label: return "label";
        case What::item_waiting: return "waiting";
        case What::item_offered: return "offered";
        case What::item_dialled: return "dialled";
        case What::item_adopted: return "adopted";
        case What::item_refused: return "refused";
        case What::item_accepted: return "accepted";
        case What::item_rerouted: return "rerouted";
        case What::item_ended: return "ended";
        case What::item_parked: return "parked";
        case What::item_invisible: return "invisible";
        default: return {};
    }
}

/// "waiting act-1 reason=REJECT why=delayed" for each line of the last step that is about an item.
std::vector<std::string> lines(const House& house) {
    std::vector<std::string> found;
    for (const Note& note : house.did<Note>()) {
        const auto event = event_of(note.what);
        if (event.empty()) continue;
        std::string line = std::string(event) + ' ' + note.item.value;
        const auto add = [&line](std::string_view key, std::string_view value) {
            if (!value.empty()) line += ' ' + std::string(key) + '=' + std::string(value);
        };
        add("scenario", note.scenario);
        add("label", note.label);
        if (note.attempt) add("try", std::to_string(*note.attempt));
        add("reason", note.reason);
        add("why", note.because ? sentence(*note.because) : std::string(note.why));
        if (note.next && *note.next > house.now)
            add("next", std::to_string(std::chrono::duration_cast<Duration>(*note.next - house.now).count()));
        if (note.sessions) add("sessions", std::to_string(*note.sessions));
        if (note.hidden) add("hidden", std::to_string(*note.hidden));
        found.push_back(std::move(line));
        EXPECT_FALSE(note.channel != Channel::voice && note.external_id.empty()) << found.back();
    }
    return found;
}

TEST(Way, R_DEC_83_OfAnActionItemThatIsDone) {
    House house = House::ready();
    const ItemId item = house.add(Channel::action);
    EXPECT_THAT(lines(house), ElementsAre("added act-1 scenario=SalesScript",
                                          "requested act-1 scenario=SalesScript try=1"));
    house.assign(item);
    EXPECT_THAT(lines(house), ElementsAre("offered act-1-1"));
    house.ask(Accept{.item = {"act-1-1"}});
    EXPECT_THAT(lines(house), ElementsAre("accepted act-1-1"));
    house.ask(Complete{.item = {"act-1-1"}});
    EXPECT_THAT(lines(house), ElementsAre("ended act-1-1 reason=ended"));
    house.closed({"act-1-1"});
    EXPECT_THAT(lines(house), IsEmpty());
}

TEST(Way, R_DEC_83_BackAndOnceMore) {
    SiteSettings settings = house_settings();
    settings.reject_delay = 5s;
    House house = House::ready("12345;x;52513;pm3", settings);
    house.accepted(Channel::action);
    const ItemKey item = house.offer(Channel::action);
    house.reroute(item, "A1");
    EXPECT_THAT(lines(house), ElementsAre("rerouted act-2-1 reason=A1 sessions=1 hidden=5"))
        << "six of SAP's are taken, one of them is known";
    house.closed(item);
    EXPECT_THAT(lines(house), ElementsAre("waiting act-2 reason=REJECT why=delayed next=5000"));
    house.pass(5s);
    EXPECT_THAT(lines(house), ElementsAre("requested act-2 scenario=SalesScript try=2 reason=REJECT"));
    house.tell(TaskLabelled{{2}, RouteLabel::route_error, "ROUTE_ERROR"});
    EXPECT_THAT(lines(house), ElementsAre("label act-2 label=ROUTE_ERROR",
                                          "waiting act-2 reason=REROUTE why=delayed next=60000"));
}

TEST(Way, R_DEC_83_ByHandNothingIsLearned) {
    House house = House::ready();
    house.reroute(house.offer(Channel::action), "M0");
    EXPECT_THAT(lines(house), ElementsAre("rerouted act-1-1 reason=M0 sessions=0"));
}

TEST(Way, R_DEC_83_WithoutARouterItSaysSo) {
    House house = House::ready();
    house.tell(RouterDown{});
    const ItemId item = house.add(Channel::action);
    EXPECT_THAT(lines(house), ElementsAre("added act-1 scenario=SalesScript why=mr_down"));
    house.tell(RouterUp{});
    EXPECT_THAT(lines(house), ElementsAre("requested act-1 scenario=SalesScript try=1"));
    house.tell(RouterDown{});
    EXPECT_THAT(lines(house), ElementsAre("waiting act-1 reason=RESTART why=mr_down"));
    house.ask(DeleteItem{.external_id = house.item(item)->external_id});
    EXPECT_THAT(lines(house), ElementsAre("ended act-1 reason=deleted"));
}

TEST(Way, R_DEC_83_ParkedAndTriedAgain) {
    House house = House::ready();
    const ItemId item = house.add(Channel::action);
    house.tell(RouteFailed{item, as_told("no script")});
    EXPECT_THAT(lines(house), ElementsAre("parked act-1 why=no script"));
    house.tell(RetryItem{item});
    EXPECT_THAT(lines(house),
                ElementsAre("waiting act-1 why=retry", "requested act-1 scenario=SalesScript try=2"));

    SiteSettings settings = house_settings();
    settings.reject_tries = 0;
    House tired = House::ready(House::pm2c, settings);
    const ItemKey key = tired.offer(Channel::action);
    tired.reroute(key, "M0");
    tired.closed(key);
    EXPECT_THAT(lines(tired), ElementsAre("parked act-1 reason=REJECT why=Route Try Overflow"));
}

// Nobody has asked for it: the router is back.
TEST(Way, R_DEC_83_WhatTheRouterRefusedIsTriedAgainWhenItIsBack) {
    House house = House::ready();
    const ItemId item = house.add(Channel::action);
    house.tell(RouteFailed{item, as_told("no script")});
    house.tell(RouterDown{});
    house.tell(RouterUp{});
    EXPECT_THAT(lines(house),
                ElementsAre("waiting act-1 why=mr_up", "requested act-1 scenario=SalesScript try=2"));
    EXPECT_EQ(house.note(What::item_waiting)->origin, Origin::connector);
}

TEST(Way, R_DEC_83_SapDeletesWhatIsOffered) {
    House house = House::ready();
    const ItemKey key = house.offer(Channel::action);
    house.ask(DeleteItem{.external_id = house.item_of(key)->external_id});
    EXPECT_EQ(house.note(What::item_ended)->reason, "deleted");
}

// SAP's own id leads to the Not Ready that followed, too.
TEST(Way, R_DEC_83_TheStateThatAnItemCausedNamesBothItsIds) {
    House house = House::ready();
    const ItemKey key = house.offer(Channel::action);
    const std::string external = house.item_of(key)->external_id;
    house.reroute(key, "A1");
    EXPECT_EQ(house.note(What::agent_state)->item, key);
    EXPECT_EQ(house.note(What::agent_state)->external_id, external);
}

// The CRM may write what it likes, of whatever length.
TEST(Way, R_DEC_83_TheReasonOfTheCrmIsShortenedForTheLog) {
    House house = House::ready();
    const ItemKey key = house.offer(Channel::action);
    house.reroute(key, "M0" + std::string(900'000, 'x'));
    EXPECT_EQ(house.note(What::item_rerouted)->reason.size(), 103u);
}

TEST(Way, R_DEC_83_WaitsForAClosingSession) {
    House house = House::ready("12345;x;52513;m");
    const ItemKey done = house.accepted(Channel::action);
    house.ask(Complete{.item = done});
    const ItemId next = house.add(Channel::action);
    house.assign(next);
    EXPECT_THAT(lines(house), ElementsAre("waiting act-2 why=closing_session next=2000"));
    EXPECT_EQ(house.note(What::item_waiting)->agent, house.id);
    house.closed(done);
    EXPECT_THAT(lines(house), ElementsAre("offered act-2-1"));
}

TEST(Way, R_DEC_83_WhatWasInWorkIsAdopted) {
    House house;
    house.query_answer = {.logged_in = true, .extension = "52513", .instrument = "52513"};
    house.work = {CallFound{house.id, {77, 0, "52513"}, WorkState::active, std::make_shared<ItemInfo>()},
                  TaskFound{house.id,
                            Channel::action,
                            {1, 2, 3},
                            WorkState::active,
                            "4711",
                            "MAIL",
                            std::make_shared<ItemInfo>()}};
    house.ask(house.subscription());
    EXPECT_THAT(lines(house), ::testing::UnorderedElementsAre("adopted call-12345-77", "adopted act-1-1"));
}

// At work no state says that the agent is ready afterwards.
TEST(Way, R_DEC_48_WhoIsAdoptedAtWorkIsReadyWhenTheyAskForIt) {
    House house;
    house.query_answer = {.logged_in = true, .extension = "52513", .instrument = "52513"};
    house.work = {TaskFound{house.id,
                            Channel::action,
                            {1, 2, 3},
                            WorkState::active,
                            "4711",
                            "MAIL",
                            std::make_shared<ItemInfo>()}};
    house.ask(house.subscription("12345;x;52513;pm"));
    house.state(Channel::voice, MediumState::ready);
    house.state(Channel::action, MediumState::work_not_ready);  // the application was gone
    EXPECT_EQ(house.workmode_told(), 3);
    house.workmode(2);
    house.state(Channel::action, MediumState::active);
    EXPECT_EQ(house.workmode_told(), 2);
    EXPECT_EQ(house.agent().cause, Cause{}) << "asked by the agent";

    house.tell(MediumRefused{.agent = house.id, .channel = Channel::action, .ready = true});
    EXPECT_EQ(house.workmode_told(), 3);

    House ready = House::ready();
    ready.tell(MediumRefused{.agent = ready.id, .channel = Channel::action, .ready = true});
    EXPECT_EQ(ready.workmode_told(), 2) << "it is ready already";
}

TEST(Way, R_DEC_83_ACallThatTheCrmGivesBackSaysWhatTheCrmSaid) {
    House house = House::ready();
    house.reroute(house.ringing(), "A1");
    EXPECT_THAT(lines(house), ElementsAre("invisible call-12345-1 reason=A1",
                                          "rerouted call-12345-1 reason=A1 sessions=0 hidden=6"));
}

TEST(Way, R_DEC_83_OfACallThatTheAgentDials) {
    House house = House::ready();
    const ItemKey item = house.ask(MakeCall{.destination = "4711"}).item->key;
    EXPECT_THAT(lines(house), ElementsAre("dialled call-12345-1"));
    EXPECT_EQ(house.note(What::item_dialled)->origin, Origin::crm);
    house.tell(CallEnded{house.id, house.call_of(item), CallEnding::failed});
    EXPECT_THAT(lines(house), ElementsAre("ended call-12345-1 reason=failed"));

    house.tell(CallDialled{house.id, {8, 0, "52513"}, std::make_shared<ItemInfo>()});
    EXPECT_THAT(lines(house), ElementsAre("dialled call-12345-8"));
    EXPECT_EQ(house.note(What::item_dialled)->origin, Origin::cc);
    EXPECT_TRUE(house.note(What::item_dialled)->decision);
    house.tell(CallEnded{house.id, {8, 0, "52513"}, CallEnding::cleared});
    EXPECT_THAT(lines(house), ElementsAre("ended call-12345-8 reason=not_answered"));
}

TEST(Way, R_DEC_83_OfADialledCallThatIsShownWhenItIsAnswered) {
    House house = House::ready();
    house.tell(DeliveryFailed{house.agent().subscription});
    const CallId call{8, 0, "52513"};
    house.tell(CallDialled{house.id, call, std::make_shared<ItemInfo>()});
    ASSERT_TRUE(house.note(What::item_refused));
    house.tell(DeliveryRestored{house.agent().subscription});
    house.tell(CallConnected{house.id, call});
    EXPECT_THAT(lines(house), ElementsAre("dialled call-12345-8"));
}

}  // namespace
}  // namespace cticonnector::engine::testing
