// Phone calls: shown, rerouted and shown again, two at once, dialled,
// wrapped up (R-DEC-20, 21, 38, 40, 52, 53).

#include "house.hpp"

namespace cticonnector::engine::testing {
namespace {

using ::testing::IsEmpty;

// R-ALLOC-10, R-DEC-20: answered at the phone, the call is shown again with its key, straight to 2/2.
TEST(Calls, R_DEC_20_ARerouteCallIsShownAgainWhenAnsweredAtThePhone) {
    House house = House::ready();
    const ItemKey key = house.ringing();
    const CallId call = house.call_of(key);
    house.reroute(key, "M0");
    EXPECT_TRUE(house.note(What::item_invisible));
    house.closed(key);
    EXPECT_EQ(house.ask(Accept{.item = key}).fault, Fault::unknown_item);
    house.tell(CallConnected{house.id, call});
    ASSERT_TRUE(house.shown(key));
    EXPECT_EQ(house.shown(key)->processing, Processing::accepted);
    EXPECT_EQ(house.shown(key)->line, LineState::connected);
}
// R-DEC-52: refused by a check: nothing to the contact center, the agent's state unchanged.
TEST(Calls, R_DEC_52_ARefusedCallRingsOnInvisibly) {
    House house = House::ready("12345;x;52513;p");
    house.ringing();
    house.ringing();
    const CallId third = house.ring();
    EXPECT_EQ(house.note(What::item_refused)->reason, "A1");
    EXPECT_EQ(house.call(third)->legs().showing, Showing::invisible);
    EXPECT_THAT(house.did<SetVoiceState>(), IsEmpty());
    EXPECT_THAT(house.did<ItemChanged>(), IsEmpty());
    EXPECT_EQ(house.workmode_told(), 2);
}
// R-DEC-21.
TEST(Calls, R_DEC_21_ASecondCallIsAcceptedOnlyWhenTheFirstIsHeld) {
    House house = House::ready();
    const ItemKey first = house.talking();
    const ItemKey second = house.ringing();
    EXPECT_EQ(house.ask(Accept{.item = second}).fault, Fault::invalid_state);
    house.tell(CallHeld{house.id, house.call_of(first)});
    EXPECT_EQ(house.ask(Accept{.item = second}).fault, Fault::none);
}
// allocation.md section 6, rule 5: the contact center may tell the hold after the retrieve.
TEST(Calls, OnlyOneCallIsActiveWhenHoldIsToldLate) {
    House house = House::ready();
    const ItemKey first = house.talking();
    const ItemKey second = house.ringing();
    house.tell(CallConnected{house.id, house.call_of(second)});
    EXPECT_EQ(house.session(first)->state, SessionState::held);
    EXPECT_EQ(house.shown(first)->line, LineState::held);
    house.tell(CallHeld{house.id, house.call_of(first)});
    EXPECT_THAT(house.did<ItemChanged>(), IsEmpty());
}
// R-MULTI-5, R-DEC-17: hidden while an item is active, and it stays so.
TEST(Calls, R_MULTI_5_ADirectCallIsHiddenWhileAnItemIsActive) {
    SiteSettings settings = house_settings();
    settings.crm.check_media_by_direct_call = true;
    House house = House::ready(House::pm2c, settings);
    house.accepted(Channel::action);
    const CallId direct = house.ring(false);
    EXPECT_EQ(house.call(direct)->legs().showing, Showing::hidden);
    EXPECT_THAT(house.did<ItemChanged>(), IsEmpty());
    EXPECT_NE(house.ringing(true).value, "") << "a routed call is shown";
}
// R-DEC-38: from Ready: Not Ready on voice only, dial, Ready again; the CRM's work mode stays 2.
TEST(Dialling, R_DEC_38_FromReadyKeepsTheWorkmode) {
    House house = House::ready();
    const Reply reply = house.ask(MakeCall{.destination = "4711"});
    ASSERT_EQ(reply.fault, Fault::none);
    ASSERT_TRUE(reply.item);
    EXPECT_EQ(house.only<SetVoiceState>().wish, VoiceWish::not_ready);
    EXPECT_THAT(house.did<NotReadyMedium>(), IsEmpty());
    EXPECT_EQ(house.workmode_told(), 2);
    const CallId call = house.call_of(reply.item->key);
    house.tell(CallConnected{house.id, call});
    house.tell(CallEnded{house.id, call, CallEnding::cleared});
    EXPECT_EQ(house.only<SetVoiceState>().wish, VoiceWish::ready);
    EXPECT_EQ(house.workmode_told(), 2);
}
// R-TEL-10: only what says something of the number is INVALID_DESTINATION.
TEST(Dialling, R_TEL_10_GivesEachRefusalItsFault) {
    struct Case {
        Failure failure;
        Fault fault;
        std::string_view text;
    };
    for (const Case& c :
         {Case{Failure::other, Fault::invalid_state, "the contact center did not place the call"},
          Case{Failure::invalid_destination, Fault::invalid_destination,
               "the contact center did not place the call"},
          Case{Failure::unsent, Fault::invalid_destination, "the connector could not send the call"},
          Case{Failure::no_link, Fault::unavailable, "the contact center did not place the call"}}) {
        House house = House::ready();
        house.cc<PlaceCall>(House::Mood::refuses, c.failure);
        const Reply reply = house.ask(MakeCall{.destination = "4711"});
        EXPECT_EQ(reply.fault, c.fault) << name(c.failure);
        EXPECT_NE(sentence(reply.text).find(c.text), std::string::npos) << sentence(reply.text);
    }
}
// R-CALL-5, R-DEC-53.
TEST(Dialling, R_DEC_53_IsRefusedByNameOfTheCheck) {
    SiteSettings settings = house_settings();
    settings.make_call_while_ready = false;
    House ready = House::ready(House::pm2c, settings);
    EXPECT_EQ(ready.ask(MakeCall{.destination = "1"}).fault, Fault::invalid_state);
    House no_phone = House::ready("12345;x;52513;m");
    EXPECT_EQ(no_phone.ask(MakeCall{.destination = "1"}).fault, Fault::not_supported);
    House full = House::ready("12345;x;52513;p");
    full.ringing();
    full.ringing();
    const Reply reply = full.ask(MakeCall{.destination = "1"});
    EXPECT_EQ(reply.fault, Fault::invalid_state);
    EXPECT_NE(sentence(reply.text).find("channel_limit"), std::string::npos) << sentence(reply.text);
}
// R-DEC-40, R-WRAP-3: asked for during the call as the pending state; leaving it asks for the state before.
TEST(PhoneWrapup, R_DEC_40_IsThePendingStateAndLeavesToTheStateBefore) {
    House house = House::ready();
    const ItemKey key = house.talking();
    EXPECT_EQ(house.ask(RequireWrapup{.item = key}).fault, Fault::none);
    EXPECT_EQ(house.only<SetVoiceState>().wish, VoiceWish::work_ready);
    house.hang_up(house.call_of(key), MediumState::work_ready);
    EXPECT_EQ(house.session(key)->state, SessionState::wrapup);
    EXPECT_EQ(house.workmode_told(), 4);
    house.ask(EndWrapup{.item = key});
    EXPECT_EQ(house.only<SetVoiceState>().wish, VoiceWish::ready);
    EXPECT_EQ(house.session(key)->state, SessionState::closing);
    house.closed(key);
    EXPECT_EQ(house.did<ReleaseCall>().size(), 1u);
}
TEST(PhoneWrapup, ARefusedEndIsALineThatNamesItemAndReason) {
    House house = House::ready();
    const ItemKey key = house.talking();
    house.hang_up(house.call_of(key), MediumState::work_ready);
    house.cc<SetVoiceState>(House::Mood::refuses);
    EXPECT_EQ(house.ask(EndWrapup{.item = key}).fault, Fault::invalid_state);
    const auto note = house.note(What::cc_request_failed);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->item, key);
    EXPECT_EQ(note->channel, Channel::voice);
    EXPECT_EQ(note->reason, name(Failure::other));
    EXPECT_FALSE(note->text.empty());
}
// R-WRAP-4: TpiReSendWrapupReqAfterSetState.
TEST(PhoneWrapup, R_WRAP_4_ALaterChoiceWinsUnlessResent) {
    for (const bool resend : {false, true}) {
        SiteSettings settings = house_settings();
        settings.resend_wrapup_after_set_state = resend;
        House house = House::ready(House::pm2c, settings);
        const ItemKey key = house.talking();
        house.ask(RequireWrapup{.item = key});
        house.workmode(3);
        EXPECT_EQ(house.did<SetVoiceState>().size(), resend ? 2u : 1u);
        EXPECT_EQ(house.did<SetVoiceState>().back().wish,
                  resend ? VoiceWish::work_not_ready : VoiceWish::not_ready);
    }
}
// R-WRAP-6: AppPhoneWrapupSeconds ends wrap-up with the state before it.
TEST(PhoneWrapup, R_WRAP_6_TheTimerAsksForTheStateBefore) {
    SiteSettings settings = house_settings();
    settings.phone_wrapup = 10s;
    House house = House::ready(House::pm2c, settings);
    const ItemKey key = house.talking();
    house.hang_up(house.call_of(key), MediumState::work_ready);
    house.pass(10s);
    EXPECT_EQ(house.only<SetVoiceState>().wish, VoiceWish::ready);
    EXPECT_EQ(house.session(key)->state, SessionState::closing);
}
// R-WRAP-6: nor is the end of wrap-up forgotten when its time comes while the CTI link is away.
TEST(PhoneWrapup, R_WRAP_6_TheTimerOutlastsALostLink) {
    SiteSettings settings = house_settings();
    settings.phone_wrapup = 1s;
    House house = House::ready(House::pm2c, settings);
    const ItemKey key = house.talking();
    house.hang_up(house.call_of(key), MediumState::work_ready);
    house.tell(LinkDown{});
    house.pass(1s);
    house.query_answer.logged_in = true;
    house.query_answer.extension = "52513";
    house.tell(LinkUp{});
    house.state(Channel::voice, MediumState::work_ready);
    ASSERT_EQ(house.session(key)->state, SessionState::wrapup);
    house.pass(1s);
    ASSERT_FALSE(house.did<SetVoiceState>().empty());
    EXPECT_EQ(house.did<SetVoiceState>().back().wish, VoiceWish::ready);
}
// R-DEC-15: two calls in wrap-up both end when the phone leaves the work state.
TEST(PhoneWrapup, R_DEC_15_EveryWrapupEndsWithThePhonesState) {
    House house = House::ready();
    const ItemKey first = house.talking();
    house.hang_up(house.call_of(first), MediumState::work_ready);
    const CallId call = house.ring();
    const ItemKey second = house.call(call)->key;
    house.tell(CallConnected{house.id, call});
    house.tell(CallEnded{house.id, call, CallEnding::cleared});
    ASSERT_EQ(house.session(first)->state, SessionState::wrapup);
    ASSERT_EQ(house.session(second)->state, SessionState::wrapup);
    house.state(Channel::voice, MediumState::ready);
    EXPECT_EQ(house.session(first)->state, SessionState::closing);
    EXPECT_EQ(house.session(second)->state, SessionState::closing);
}
// R-HA-5: what the phone shows may be older than a call that has come since the link is back.
TEST(Resync, R_HA_5_ACallThatComesMeanwhileIsNotTakenForGone) {
    House house = House::ready();
    const ItemKey lost = house.talking();
    house.tell(LinkDown{});
    house.query_answer.logged_in = true;
    house.query_answer.extension = "52513";
    house.cc<FindWork>(House::Mood::silent);
    house.tell(LinkUp{});
    const CallId fresh = house.ring();
    house.answer<FindWork>();
    house.pass(500ms);  // no state follows that tells of wrap-up
    EXPECT_EQ(house.session(lost)->state, SessionState::closing) << "the contact center has not found it";
    ASSERT_NE(house.call(fresh), nullptr);
    EXPECT_EQ(house.call(fresh)->legs().line, LineState::alerting);
}
// allocation.md section 6, rule 3: a wrap-up is found by its own id though the contact center uses it again.
TEST(Resync, ACallFoundInWrapupEndsWithThePhonesState) {
    House house = House::ready();
    const ItemKey key = house.talking();
    const CallId call = house.call_of(key);
    house.tell(CallFound{house.id, call, WorkState::wrapup, nullptr});
    EXPECT_EQ(house.session(key)->state, SessionState::wrapup);
    EXPECT_EQ(house.call(call), nullptr) << "it has left the phone";
    house.state(Channel::voice, MediumState::ready);
    house.closed(key);
    EXPECT_EQ(house.only<ReleaseCall>().call, call);
    EXPECT_TRUE(house.agent().items.empty());
}
// R-DEC-51: a call that waits for a closing session and is found over, or answered, waits no more.
TEST(Resync, R_DEC_51_ACallFoundWaitsForNoSessionAnyMore) {
    for (const WorkState found : {WorkState::wrapup, WorkState::active}) {
        House house = House::ready("12345;x;52513;p");
        for (int i = 0; i < 2; ++i) house.hang_up(house.call_of(house.talking()), MediumState::ready);
        const CallId call = house.ring();
        ASSERT_EQ(house.agent().waiting.size(), 1u);
        house.tell(CallFound{house.id, call, found, nullptr});
        EXPECT_TRUE(house.agent().waiting.empty());
        EXPECT_EQ(house.call(call) != nullptr, found == WorkState::active);
        house.pass(2s);
    }
}

}  // namespace
}  // namespace cticonnector::engine::testing
