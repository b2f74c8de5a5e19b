// The tables of the CTI side: each finds by an index what a walk over all its entries would find.
#include <gmock/gmock.h>

#include <list>
#include <random>

#include "aging.hpp"
#include "call_table.hpp"
#include "names.hpp"
#include "pre_calls.hpp"
#include "wire_ids.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace std::chrono_literals;
using test::ann;
using test::ben;

// ---- entries that are forgotten by age

class AgingTest : public ::testing::Test {
  protected:
    Aging<int, std::string> table;
    Aging<int, std::string>::Time start{1h};
};

TEST_F(AgingTest, FindsAndTakesByKey) {
    table.put(1, "a", start);
    table.put(2, "b", start);
    EXPECT_EQ(*table.find(1), "a");
    EXPECT_EQ(table.find(3), nullptr);
    EXPECT_EQ(table.take(1), "a");
    EXPECT_FALSE(table.take(1));
    EXPECT_EQ(table.size(), 1u);
}

TEST_F(AgingTest, ForgetsWhatIsOlder) {
    for (int i = 0; i < 5; ++i) table.put(i, "x", start + i * 1s);
    table.take(1);
    table.forget_before(start + 3s);
    EXPECT_EQ(table.find(2), nullptr);
    EXPECT_NE(table.find(3), nullptr);
    EXPECT_EQ(table.size(), 2u);
}

TEST_F(AgingTest, WhatIsPutAgainIsNew) {
    table.put(1, "a", start);
    table.put(2, "b", start);
    table.put(1, "c", start + 10s);
    table.forget_before(start + 1s);
    EXPECT_EQ(table.size(), 1u);
    EXPECT_EQ(*table.find(1), "c");
}

TEST_F(AgingTest, KeepsTheNewest) {
    for (int i = 0; i < 10; ++i) table.put(i, "x", start);
    table.keep_newest(3);
    EXPECT_EQ(table.find(6), nullptr);
    EXPECT_NE(table.find(7), nullptr);
    table.clear();
    EXPECT_EQ(table.size(), 0u);
    EXPECT_EQ(table.find(7), nullptr);
}

// ---- pre-calls

TEST(PreCallsTest, AnAbortEndsThoseOfItsCallOnly_R_DEC_17) {
    PreCalls calls;
    calls.add(ann, RouterKey{1, 7});
    calls.add(ben, RouterKey{1, 8});
    calls.abort({1, 7});
    EXPECT_FALSE(calls.take(ann, RouterKey{1, 7}));
    EXPECT_TRUE(calls.take(ben, RouterKey{1, 8}));
    EXPECT_FALSE(calls.take(ben, RouterKey{1, 8})) << "it has done its work";
}

TEST(PreCallsTest, AnAgentHasOneAtMost_R_DEC_17) {
    PreCalls calls;
    calls.add(ann, RouterKey{1, 7});
    calls.add(ann, RouterKey{1, 9});
    calls.abort({1, 7});
    EXPECT_FALSE(calls.take(ann, RouterKey{1, 7})) << "another call";
    EXPECT_TRUE(calls.take(ann, std::nullopt)) << "a call that does not say which it is";
    calls.add(ann, std::nullopt);
    EXPECT_TRUE(calls.take(ann, RouterKey{3, 3}));
}

TEST(PreCallsTest, OneCallMayBeAnnouncedToSeveral) {
    PreCalls calls;
    calls.add(ann, RouterKey{1, 7});
    calls.add(ben, RouterKey{1, 7});
    calls.abort({1, 7});
    EXPECT_FALSE(calls.take(ann, std::nullopt));
    EXPECT_FALSE(calls.take(ben, std::nullopt));
}

// ---- calls

/// What the indexes of a CallTable must find, by looking at every call in the order they came.
struct Plain {
    std::list<Call*> calls;

    Call* find(const CallId& id) const {
        if (names_nothing(id)) return nullptr;
        for (Call* call : calls) {
            if (call->begin == id) return call;
            for (const Party& party : call->parties) {
                if (party.connection == id) return call;
            }
        }
        return nullptr;
    }
    bool has_number(std::uint32_t number) const {
        return std::ranges::any_of(calls, [&](const Call* call) {
            return call->begin.call == number || std::ranges::any_of(call->parties, [&](const Party& party) {
                       return party.connection.call == number;
                   });
        });
    }
    const Party* told(const AgentId& agent, const CallId& id) const {
        for (const Call* call : calls) {
            for (const Party& party : call->parties) {
                if (party.agent == agent && party.id == id) return &party;
            }
        }
        return nullptr;
    }
};

class CallTableTest : public ::testing::Test {
  protected:
    Party party(const AgentId& agent, const CallId& connection) {
        return {.agent = agent, .id = connection, .connection = connection};
    }
    CallTable table;
};

TEST_F(CallTableTest, OfTwoCallsWithOneNumberItIsTheOneWithoutDestination) {
    Call& first = table.add({7, 0, "a"});
    first.has_destination = true;
    Call& second = table.add({7, 0, "b"});
    EXPECT_EQ(table.find({7, 0, "elsewhere"}), &second);
    EXPECT_EQ(table.find({7, 0, "a"}), &first) << "the connection itself says more";
    EXPECT_EQ(table.begun({7, 0, "b"}), &second);
    EXPECT_EQ(table.begun({7, 0, "elsewhere"}), nullptr);
    second.has_destination = true;
    EXPECT_NE(table.find({7, 0, "elsewhere"}), nullptr);
    EXPECT_EQ(table.find({8, 0, "a"}), nullptr);
    EXPECT_EQ(table.find({0, 0, ""}), nullptr) << "names nothing";
}

TEST_F(CallTableTest, IsFoundByWhatItIsCalledNow) {
    Call& call = table.add({7, 0, "trunk"});
    Party& at = table.add_party(call, party(ann, {7, 0, "4001"}));
    table.rename(call, at, {9, 0, "4001"});
    table.rename(call, {8, 0, "trunk"});
    EXPECT_EQ(table.find({7, 0, "4001"}), nullptr);
    EXPECT_EQ(table.find({7, 0, "trunk"}), nullptr);
    EXPECT_EQ(table.with_connection({9, 0, "4001"}).party, &at);
    EXPECT_EQ(table.find({8, 0, "trunk"}), &call);
    EXPECT_EQ(table.told(ann, {7, 0, "4001"}), &at) << "the engine knows it by the first name";
    EXPECT_EQ(table.told(ben, {7, 0, "4001"}), nullptr);
}

// Any order of what can happen to calls, and after each step everything is where a walk finds it.
TEST_F(CallTableTest, FindsWhatAWalkFinds) {
    std::mt19937 random(7);
    const auto any = [&](std::size_t size) {
        return std::uniform_int_distribution<std::size_t>(0, size - 1)(random);
    };
    Plain plain;
    std::uint32_t last = 0;
    const auto fresh = [&] { return CallId{100 + ++last % 40, 1, std::to_string(last)}; };
    const auto pick = [&] {
        return *std::next(plain.calls.begin(), static_cast<std::ptrdiff_t>(any(plain.calls.size())));
    };
    std::vector<CallId> seen;
    for (int step = 0; step < 4000; ++step) {
        const std::size_t what = plain.calls.size() < 2 ? 0 : plain.calls.size() > 12 ? 1 : any(7);
        if (what == 0) {
            plain.calls.push_back(&table.add(seen.emplace_back(fresh())));
        } else if (what == 1) {
            Call* call = pick();
            plain.calls.remove(call);
            table.remove(*call);
        } else if (what == 2) {
            table.rename(*pick(), seen.emplace_back(fresh()));
        } else if (what == 3) {
            Call *from = pick(), *to = pick();
            if (from != to) table.move_parties(*from, *to);
        } else {
            Call* call = pick();
            if (call->parties.empty() || what == 4) {
                table.add_party(*call, party({5000, std::to_string(any(6))}, seen.emplace_back(fresh())));
            } else {
                Party& one = call->parties[any(call->parties.size())];
                what == 5 ? table.rename(*call, one, seen.emplace_back(fresh()))
                          : table.remove_party(*call, one);
            }
        }
        ASSERT_EQ(table.size(), plain.calls.size());
        if (seen.size() > 200) seen.erase(seen.begin(), seen.begin() + 100);
        for (const CallId& id : seen) {
            if (Call* exact = plain.find(id)) {
                ASSERT_EQ(table.find(id), exact);
            } else {
                ASSERT_EQ(table.find(id) != nullptr, plain.has_number(id.call));
            }
        }
        for (const Call* call : plain.calls) {
            for (const Party& one : call->parties) {
                ASSERT_EQ(table.with_connection(one.connection).party, &one);
                ASSERT_NE(table.told(one.agent, one.id), nullptr);
                ASSERT_EQ(table.told(one.agent, one.id)->id, one.id);
            }
        }
        ASSERT_EQ(table.told({5000, "nobody"}, seen.front()), nullptr);
    }
    table.clear();
    EXPECT_EQ(table.find(seen.back()), nullptr);
    EXPECT_EQ(table.size(), 0u);
}

}  // namespace
}  // namespace cticonnector::routing
