// Two kinds of CRM in one engine: what differs between them is data of the subscription (R-ALLOC-1).

#include "cticonnector/engine/work_center.hpp"
#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

const AgentId other_agent{5000, "777"};
const UserId other_user = user_id("OTHER");

SiteSettings all_at_once() {
    SiteSettings settings = house_settings();
    settings.requests_per_second = 0;
    return settings;
}

/// Agent S at SAP, and agent D at a desktop with ten sessions: both ready.
struct Both {
    House house = House::ready(House::pm2c, all_at_once());
    std::uint32_t calls = 100;
    std::int32_t tasks = 100;

    explicit Both(std::string_view media) {
        Subscribe s = house.subscription("777;x;52777;" + std::string(media));
        s.user = other_user;
        s.profile = std::make_shared<const CrmProfile>(ten_sessions());
        EXPECT_EQ(house.ask(s).fault, Fault::none);
        EXPECT_EQ(house.ask(SetWorkmode{.user = other_user, .workmode = 2}).fault, Fault::none);
    }
    const Agent& other() const { return house.engine.roster().at(*house.engine.roster().find(other_user)); }
    /// Offers an action item to D; the note that says what came of it.
    Note offer_to_other() {
        const ItemId item = house.add(Channel::action);
        house.tell(TaskAssigned{item, Channel::action, other_agent, {9, 9, ++tasks}, nullptr});
        const auto admitted = house.note(What::item_offered);
        return admitted ? *admitted : house.note(What::item_refused).value_or(Note{});
    }
    Note ring_other() {
        const CallId call{++calls, 0, "52777"};
        house.tell(CallOffered{other_agent, call, true, nullptr});
        const auto admitted = house.note(What::item_offered);
        return admitted ? *admitted : house.note(What::item_refused).value_or(Note{});
    }
};

// R-ALLOC-1, R-ALLOC-6: one engine, two limits.
TEST(Profiles, R_ALLOC_1_OneTakesATenthWhileTheOtherIsRefusedASeventh) {
    Both both("pm9");
    for (int i = 0; i < 9; ++i) EXPECT_EQ(both.offer_to_other().what, What::item_offered) << i;
    const Note tenth = both.ring_other();
    EXPECT_EQ(tenth.what, What::item_offered);
    EXPECT_EQ(tenth.decision->placement, Placement::own);
    EXPECT_EQ(both.other().taken_sessions(), 10);

    House& house = both.house;
    for (int i = 0; i < 2; ++i) EXPECT_NE(house.offer(Channel::action), ItemKey{});
    for (int i = 0; i < 2; ++i) EXPECT_NE(house.offer(Channel::chat), ItemKey{});
    for (int i = 0; i < 2; ++i) EXPECT_NE(house.ringing(), ItemKey{});
    EXPECT_EQ(house.agent().sessions.size(), 6u);
    EXPECT_EQ(house.offer(Channel::action), ItemKey{});
    EXPECT_EQ(house.note(What::item_refused)->reason, "A1");
}

// allocation.md section 1: where the CRM has a default session, a call is always shown.
TEST(Profiles, R_ALLOC_10_ACallHasTheDefaultSessionWhenAllAreTaken) {
    Both both("pm9");
    for (int i = 0; i < 9; ++i) both.offer_to_other();
    both.house.tell(ManualSessions{other_user, 1});
    const Note call = both.ring_other();
    ASSERT_EQ(call.what, What::item_offered);
    EXPECT_EQ(call.decision->placement, Placement::default_session);
    EXPECT_THAT(sentence(explanation(*call.decision)),
                ::testing::HasSubstr("item_maximum failed 10 against 10 (crm)"));
    EXPECT_THAT(sentence(explanation(*call.decision)), ::testing::HasSubstr("placement default"));
    EXPECT_EQ(both.house.shown(call.item)->placement, Placement::default_session);
    EXPECT_EQ(both.other().sessions.size(), 10u);
    EXPECT_EQ(both.other().taken_sessions(), 9) << "it does not count (check 7, invariant 2)";
    both.house.tell(CallConnected{other_agent, *call.call});
    both.house.tell(CallEnded{other_agent, *call.call, CallEnding::cleared});
    both.house.tell(LastEventAnswered{both.other().subscription, call.item});
    EXPECT_EQ(both.other().sessions.size(), 9u);
}

// An action item is refused there too: the default session is a call's.
TEST(Profiles, R_ALLOC_10_AnActionItemHasNoDefaultSession) {
    Both both("m9");
    for (int i = 0; i < 8; ++i) EXPECT_EQ(both.offer_to_other().what, What::item_offered);
    both.house.tell(ManualSessions{other_user, 2});
    const Note refused = both.offer_to_other();
    EXPECT_EQ(refused.what, What::item_refused);
    EXPECT_EQ(refused.reason, "A1");
}

// R-LOGIN-3, R-DEC-4: counts have two digits where the range has.
TEST(Profiles, R_LOGIN_3_CountsHaveAsManyDigitsAsTheRange) {
    CrmProfile crm = ten_sessions();
    const auto limits = [&](std::string_view media) {
        const auto read = read_work_center("1;x;2;" + std::string(media), "MILLER", crm, house_settings());
        const auto* login = std::get_if<LoginRequest>(&read);
        PerChannel<int> found{{-1, -1, -1}};
        for (Channel c : channels) {
            if (login) found[c] = login->limits[c].value;
        }
        return found;
    };
    const PerChannel<int> refused{{-1, -1, -1}};
    EXPECT_EQ(limits("c10"), (PerChannel<int>{{0, 0, 10}}));
    EXPECT_EQ(limits("m9"), (PerChannel<int>{{0, 9, 0}}));
    EXPECT_EQ(limits("pm5c4"), (PerChannel<int>{{1, 5, 4}}));
    for (const char* none : {"m10", "m1", "m0", "c01", "c11", "c010", "m99", "pm9c"})
        EXPECT_EQ(limits(none), refused) << none;
    crm = CrmProfile{};
    EXPECT_EQ(limits("c10"), refused) << "SAP's counts have one digit";
}
// R-LOGIN-15, R-DEC-10: who comes back with another desktop does not go on by the rules of the old one.
TEST(Profiles, R_DEC_10_AnotherProfileIsAnotherLogOn) {
    House house = House::ready("12345;x;52513;p");
    house.talking();
    Subscribe again = house.subscription("12345;x;52513;p", "app-2");
    again.profile = std::make_shared<const CrmProfile>(ten_sessions());
    EXPECT_EQ(house.ask(again).fault, Fault::already_logged_on) << "an item is open";
    EXPECT_EQ(house.agent().profile, house.profile);
}

}  // namespace
}  // namespace cticonnector::engine::testing
