#include "cticonnector/admin/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "cticonnector/app/log.hpp"
#include "cticonnector/base/labels.hpp"
#include "engine/house.hpp"

namespace cticonnector::admin {
namespace {

using namespace std::chrono_literals;

using engine::Channel;
using engine::Note;
using engine::What;
using engine::testing::House;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class JournalTest : public ::testing::Test {
  protected:
    /// What the engine said in the house's last step goes into the journal.
    void write(const House& house) {
        for (const Note& note : house.did<Note>()) journal.write(note);
    }

    std::vector<std::string> lines;
    app::Log log{Level::info, [this](std::string_view line) { lines.emplace_back(line); }};
    Journal journal{log, 2};
};

TEST_F(JournalTest, WritesAnOfferWithTheNumbersThatWereCompared) {
    House house = House::ready();
    house.offer(Channel::action);
    write(house);
    ASSERT_THAT(lines, SizeIs(1));
    EXPECT_THAT(lines[0],
                HasSubstr(" info event=item.offered agent=12345 user=MILLER item=act-1-1 channel=action"));
    EXPECT_THAT(lines[0], HasSubstr("part=regular"));
    EXPECT_THAT(lines[0], HasSubstr("channel_limit ok 0 against 2 (login)"));
}

// R-DEC-62
TEST_F(JournalTest, ALogOnSaysItsDeviceAndCountsAsKeysAndSoDoesAState_R_DEC_62) {
    House house;
    house.ask(house.subscription("12345;x;52513;pm2"));
    write(house);
    ASSERT_THAT(lines, Not(IsEmpty()));
    EXPECT_THAT(lines[0], EndsWith(" info event=agent.login agent=12345 user=MILLER device=52513 voice=1 "
                                   "action=2 chat=0"));
    ASSERT_THAT(lines, SizeIs(2));
    EXPECT_THAT(lines[1],
                EndsWith(" info event=agent.state agent=12345 user=MILLER state=not_ready workmode=3 "
                         "why=login origin=crm"));
}

// R-HA-12
TEST_F(JournalTest, NamesTheParameterOfSapWhenHttpSessionsAreUsedUp) {
    House house = House::ready();
    const auto key = house.offer(Channel::action);
    house.reroute(key, "A0");
    write(house);
    EXPECT_THAT(lines, ::testing::Contains(HasSubstr("icm/HTTP/esid_max_ctx")));
}

TEST_F(JournalTest, ExplainsAnItemByItsOfferByItsNumberAndByTheCrmsId) {
    House house = House::ready();
    const auto key = house.offer(Channel::action);
    write(house);
    ASSERT_THAT(journal.stories().about_item(key.value), SizeIs(1));
    EXPECT_THAT(journal.stories().about_item("act-1"), SizeIs(1));
    EXPECT_THAT(journal.stories().about_item(journal.stories().about_item(key.value)[0].note.external_id),
                SizeIs(1));
    EXPECT_THAT(journal.stories().about_item("act-"), IsEmpty());
    EXPECT_THAT(journal.stories().about_agent("12345", 100), SizeIs(1));
    EXPECT_THAT(journal.stories().about_agent("1234", 100), IsEmpty());
}

TEST_F(JournalTest, KeepsTheStoriesOfLiveItemsAndOfTheLastEndedOnes) {
    House house = House::ready("12345;xxyyzz;52513;m2");
    const auto live = house.offer(Channel::action);
    write(house);
    std::vector<std::string> ended;
    for (int i = 0; i < 3; ++i) {
        const auto key = house.accepted(Channel::action);
        ended.push_back(key.value);
        journal.write(Note{.what = What::item_offered, .item = key, .decision = engine::Decision{}});
        house.ask(engine::Complete{.item = key});
        write(house);
        house.closed(key);
    }
    EXPECT_THAT(journal.stories().about_item(live.value), SizeIs(1)) << "it has not ended";
    EXPECT_THAT(journal.stories().about_item(ended[0]), IsEmpty()) << "two newer ones have ended";
    EXPECT_THAT(journal.stories().about_item(ended[1]), SizeIs(2)) << "offered and ended";
    EXPECT_THAT(journal.stories().about_item(ended[2]), SizeIs(2));
}

// A call keeps its key when it is shown again, so it is not forgotten
// with those that ended when it was refused.
TEST_F(JournalTest, AnItemThatIsOfferedAgainHasNotEnded_R_DEC_20) {
    const auto note = [&](What what, const char* key) {
        journal.write(
            Note{.what = what, .item = {key}, .channel = Channel::voice, .decision = engine::Decision{}});
    };
    note(What::item_refused, "call-7-1");
    note(What::item_offered, "call-7-1");
    for (const char* other : {"act-1-1", "act-2-1", "act-3-1"}) note(What::item_ended, other);
    EXPECT_THAT(journal.stories().about_item("call-7-1"), SizeIs(2));
    EXPECT_THAT(journal.stories().about_item("act-1-1"), IsEmpty());
}

TEST_F(JournalTest, WhatIsForgottenIsFoundByNoName) {
    const auto decide = [&](int number, const char* agent) {
        journal.write(Note{.what = What::item_ended,
                           .agent = {5000, agent},
                           .item = {"act-" + std::to_string(number) + "-1"},
                           .external_id = "crm-" + std::to_string(number),
                           .decision = engine::Decision{}});
    };
    for (int number = 1; number <= 4; ++number) decide(number, number % 2 ? "odd" : "even");
    EXPECT_THAT(journal.stories().about_item("act-1"), IsEmpty());
    EXPECT_THAT(journal.stories().about_item("crm-1"), IsEmpty());
    EXPECT_THAT(journal.stories().about_agent("odd", 100), SizeIs(1));
    EXPECT_THAT(journal.stories().about_agent("even", 100), SizeIs(1));
    EXPECT_THAT(journal.stories().about_item("crm-4"), SizeIs(1));
    decide(4, "odd");
    EXPECT_THAT(journal.stories().about_item("act-4-1"), SizeIs(2));
    EXPECT_THAT(journal.stories().about_agent("odd", 100), SizeIs(2));
}

TEST_F(JournalTest, CountsOffersAndReroutes) {
    House house = House::ready();
    const auto key = house.offer(Channel::action);
    write(house);
    house.reroute(key, "M0");
    write(house);
    EXPECT_THAT(journal.counters().offers, ElementsAre(std::pair{R"(channel="action",outcome="admit")", 1u}));
    EXPECT_THAT(journal.counters().reroutes,
                ElementsAre(std::pair{R"(channel="action",reason="M0",origin="crm")", 1u}));
}

// What the CRM writes into a reason is neither a label nor a way out of one.
TEST_F(JournalTest, ACallThatTheAgentDialsIsNoOffer) {
    journal.write(Note{.what = What::item_dialled, .item = {"call-1-8"}, .decision = engine::Decision{}});
    EXPECT_THAT(journal.counters().offers, ::testing::IsEmpty());
}

// R-DEC-83: a story is read later than it was written.
TEST(NoteFieldsTest, SayWhatWasToComeWhenTheyWereWritten) {
    const auto now = std::chrono::system_clock::now();
    const Note note{.what = What::item_waiting, .next = std::chrono::steady_clock::now() - 10s};
    const auto next = [&](std::chrono::system_clock::time_point when) {
        return std::ranges::count(NoteFields(note, when).fields(), "next", &LogField::key);
    };
    EXPECT_EQ(next(now - 20s), 1);
    EXPECT_EQ(next(now), 0);
}

TEST_F(JournalTest, CountsOnlyReasonsThatAreKnownByName) {
    const auto reroute = [&](std::string reason, engine::Origin origin = engine::Origin::crm) {
        Note note;
        note.what = What::item_rerouted;
        note.channel = Channel::action;
        note.reason = std::move(reason);
        note.origin = origin;
        journal.write(note);
    };
    const auto counted = [&](const std::string& reason, const std::string& origin) {
        const auto& all = journal.counters().reroutes;
        const auto found = all.find(R"(channel="action",reason=")" + reason + R"(",origin=")" + origin + '"');
        return found == all.end() ? 0u : found->second;
    };
    for (const auto* ours : {"RONA", "REJECT", "REROUTE", "RESTART", "TIMEOUT", "rerouted"}) {
        reroute(ours, engine::Origin::connector);
        EXPECT_EQ(counted(ours, "connector"), 1u) << ours;
    }
    for (const auto* code : {"A0", "A1", "M0", "rerouted"}) {
        reroute(code);
        EXPECT_EQ(counted(code, "crm"), 1u) << code;
    }
    const auto before = journal.counters().reroutes.size();
    for (int i = 0; i < 100; ++i) reroute("x\"} 1\n" + std::to_string(i));
    EXPECT_EQ(journal.counters().reroutes.size(), before + 1);
    EXPECT_EQ(counted("other", "crm"), 100u);
}

// R-REROUTE-2: of the CRM's words its code counts, and none of ours that it happens to use.
TEST_F(JournalTest, CountsWhatTheCrmSaysByItsCode_R_REROUTE_2) {
    const auto reroute = [&](std::string reason) {
        journal.write(Note{.what = What::item_rerouted,
                           .channel = Channel::action,
                           .reason = std::move(reason),
                           .origin = engine::Origin::crm});
    };
    for (const auto* said : {"A1 all taken", "M0, later", "RONA", "A10", "deleted"}) reroute(said);
    EXPECT_THAT(journal.counters().reroutes,
                ElementsAre(std::pair{R"(channel="action",reason="A1",origin="crm")", 1u},
                            std::pair{R"(channel="action",reason="M0",origin="crm")", 1u},
                            std::pair{R"(channel="action",reason="other",origin="crm")", 3u}));
}

TEST(MetricLabel, EscapesWhatWouldEndIt) {
    EXPECT_EQ(label("reason", "a\"b\\c\nd"), R"(reason="a\"b\\c\nd")");
}

}  // namespace
}  // namespace cticonnector::admin
