// What the SAP side checks about the events it is sent.
#include <gmock/gmock.h>

#include "cticonnector/protocol/ici/codec.hpp"
#include "item_rules.hpp"
#include "members.hpp"
#include "subscriptions.hpp"

namespace cticonnector::sim::sap::testing {
namespace {

using namespace std::chrono_literals;
using ici::Channel;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// ---- R-DEC-57, R-DEC-15, R-DEC-20: the steps of an item

struct Event {
    std::string processing;
    std::string status;
};
struct ItemCase {
    std::string name;
    Channel channel;
    std::vector<Event> events;
    std::string wrong;  // part of the finding on the last event, empty = none
};

class Items : public ::testing::TestWithParam<ItemCase> {};

TEST_P(Items, AreCheckedStepByStep) {
    ItemRules rules;
    std::vector<std::string> findings;
    for (const Event& event : GetParam().events) {
        EXPECT_THAT(findings, IsEmpty()) << "before the last event";
        findings = rules.check({GetParam().channel, "x", {}, event.processing, event.status, false});
    }
    if (GetParam().wrong.empty()) {
        EXPECT_THAT(findings, IsEmpty());
    } else {
        EXPECT_THAT(findings, Contains(HasSubstr(GetParam().wrong)));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Contract, Items,
    ::testing::Values(
        ItemCase{"CallWithWrapUp",
                 Channel::phone,
                 {{"1", "1"}, {"2", "2"}, {"2", "3"}, {"3", "8"}, {"4", "6"}},
                 ""},
        ItemCase{"FailedDialling", Channel::phone, {{"2", "4"}, {"4", "7"}}, ""},
        ItemCase{"BlindTransfer", Channel::phone, {{"2", "2"}, {"6", "6"}, {"3", "8"}, {"4", "6"}}, ""},
        ItemCase{"ReroutedCallShownAgain", Channel::phone, {{"1", "1"}, {"5", "6"}, {"2", "2"}}, ""},
        ItemCase{"ChatWithWrapUp", Channel::chat, {{"1", "1"}, {"2", "2"}, {"3", "4"}, {"4", "3"}}, ""},
        ItemCase{"ActionItem", Channel::action_item, {{"1", "1"}, {"2", "2"}, {"4", "3"}}, ""},
        ItemCase{"OpenItemSentAgain", Channel::action_item, {{"1", "1"}, {"1", "1"}}, ""},
        ItemCase{"BackToAlerting", Channel::phone, {{"2", "2"}, {"1", "1"}}, "illegal step"},
        ItemCase{"EndWithoutBegin", Channel::chat, {{"4", "3"}}, "illegal step"},
        ItemCase{
            "AfterTheLast", Channel::action_item, {{"2", "2"}, {"4", "3"}, {"4", "3"}}, "after the last"},
        ItemCase{"ActionItemOfferedAgain",
                 Channel::action_item,
                 {{"1", "1"}, {"5", "3"}, {"1", "1"}},
                 "after the last"},
        ItemCase{"ActionItemInWrapUp", Channel::action_item, {{"2", "2"}, {"3", "4"}}, "does not go with"},
        ItemCase{"ConnectedWhileAlerting", Channel::phone, {{"1", "2"}}, "does not go with"},
        ItemCase{"UnknownStatus", Channel::phone, {{"9", "1"}}, "not known"}),
    [](const auto& test) { return test.param.name; });

TEST(ItemRules, LastEventHasNoCapabilities) {
    ItemRules rules;
    rules.check({Channel::chat, "x", {}, "2", "2", true});
    EXPECT_THAT(rules.check({Channel::chat, "x", {}, "4", "3", true}),
                ElementsAre(HasSubstr("capabilityList")));
}

TEST(ItemRules, EndedItemsAreRememberedForAWhileOnly) {
    ItemRules rules;
    for (int i = 0; i < 100; ++i) {
        const std::string id = "x" + std::to_string(i);
        rules.check({Channel::chat, id, {}, "2", "2", false});
        rules.check({Channel::chat, id, {}, "4", "3", false});
    }
    EXPECT_THAT(rules.check({Channel::chat, "x99", {}, "2", "2", false}),
                ElementsAre(HasSubstr("after the last")));
    EXPECT_THAT(rules.check({Channel::chat, "x0", {}, "2", "2", false}), IsEmpty());
}

// ---- R-DEC-43, R-DEC-56: delivery

class Delivery : public ::testing::Test {
  protected:
    Arrival arrive(std::size_t content) { return subscriptions.arrive("A", content, now); }
    void answer(bool processed = true, bool clean = true) { subscriptions.answering("A", processed, clean); }

    Subscriptions subscriptions;
    Time now{1h};
};

TEST_F(Delivery, OneEventInFlight) {
    subscriptions.open("A", 3, now);
    EXPECT_EQ(arrive(1).agent, 3U);
    EXPECT_THAT(arrive(2).violation, HasSubstr("second event"));
    answer();
    EXPECT_EQ(arrive(3).violation, "");
}

TEST_F(Delivery, OfDifferentAppIdsIsIndependent) {
    subscriptions.open("A", 1, now);
    subscriptions.open("B", 2, now);
    arrive(1);
    const Arrival other = subscriptions.arrive("B", 1, now);
    EXPECT_EQ(other.agent, 2U);
    EXPECT_EQ(other.violation, "");
}

TEST_F(Delivery, RetryAfterABadAnswerIsNoViolation) {
    subscriptions.open("A", 1, now);
    arrive(1);
    answer(false, false);
    const Arrival again = arrive(1);
    EXPECT_TRUE(again.retry);
    EXPECT_FALSE(again.processed);
    answer(true, false);
    EXPECT_TRUE(arrive(1).processed);
}

TEST_F(Delivery, RetryWhileTheAnswerIsOpenIsNoViolation) {
    subscriptions.open("A", 1, now);
    arrive(1);
    const Arrival again = arrive(1);
    EXPECT_TRUE(again.retry);
    EXPECT_EQ(again.violation, "");
}

TEST_F(Delivery, RepeatAfterAGoodAnswerIsADuplicate) {
    subscriptions.open("A", 1, now);
    arrive(1);
    answer();
    EXPECT_TRUE(arrive(1).duplicate);
}

TEST_F(Delivery, NothingAfterSubscriptionEnded) {
    subscriptions.open("A", 1, now);
    arrive(1);
    subscriptions.ended("A");
    answer();
    const Arrival late = arrive(2);
    EXPECT_FALSE(late.agent);
    EXPECT_THAT(late.violation, HasSubstr("after subscriptionEnded"));
}

TEST_F(Delivery, AfterUnsubscribeOnlyWhatWasUnderWay) {
    subscriptions.open("A", 1, now);
    subscriptions.left("A", now);
    EXPECT_EQ(arrive(1).violation, "");
    EXPECT_FALSE(arrive(1).agent);
    now += 2s;
    EXPECT_THAT(arrive(1).violation, HasSubstr("after unsubscribe"));
}

TEST_F(Delivery, UnknownBeforeItsTimeAndWhenForgotten) {
    subscriptions.open("A", 1, now + 1s);
    EXPECT_FALSE(arrive(1).agent);
    now += 1s;
    EXPECT_TRUE(arrive(1).agent);
    subscriptions.forget("A");
    EXPECT_FALSE(arrive(1).agent);
    EXPECT_EQ(arrive(1).violation, "");
}

// ---- R-DEC-45: whole objects

std::string without(std::string text, const std::string& part) {
    const auto at = text.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return text.erase(at, part.size());
}

ici::Event sample() {
    ici::event::PhoneCallChanged event;
    event.app_ids = {"A"};
    event.phone_call.phone_call_id = "c1";
    event.phone_call.remote_numbers = {"031"};
    return event;
}

TEST(Members, WholeEventsHaveNoFindings) {
    EXPECT_THAT(incomplete_members(ici::write_event(sample())), IsEmpty());
    ici::event::ActionItemChanged action;
    action.user_ids = {{"U1", "", "agent"}};
    EXPECT_THAT(incomplete_members(ici::write_event(action)), IsEmpty());
}

TEST(Members, AbsentMemberIsNamedWithItsPath) {
    const auto text =
        without(ici::write_event(sample()), "<phoneCallId xsi:type=\"xsd:string\">c1</phoneCallId>");
    EXPECT_THAT(incomplete_members(text), ElementsAre("phoneCallChanged.phoneCall.phoneCallId is absent"));
}

TEST(Members, UntypedMemberIsNamed) {
    auto text = ici::write_event(sample());
    text = without(text.substr(0), " xsi:type=\"t:PhoneCall\"");
    EXPECT_THAT(incomplete_members(text), ElementsAre("phoneCallChanged.phoneCall has no xsi:type"));
}

TEST(Members, OutOfOrderMemberIsNamed) {
    auto text = ici::write_event(sample());
    const std::string id = "<phoneCallId xsi:type=\"xsd:string\">c1</phoneCallId>";
    text = without(text, id);
    text.insert(text.find("</phoneCall>"), id);
    EXPECT_THAT(incomplete_members(text), Contains(HasSubstr("out of table order")));
}

TEST(Members, ReferencedValuesHaveTypesOfTheirOwn) {
    auto text = ici::write_event(sample());
    const std::string queue = "<queue";
    const auto begin = text.find(queue);
    const auto end = text.find("</queue>") + std::string("</queue>").size();
    text.replace(begin, end - begin, "<queue href=\"#q\"/>");
    EXPECT_THAT(incomplete_members(text), IsEmpty());
}

}  // namespace
}  // namespace cticonnector::sim::sap::testing
