// The whole state of an engine goes out as JSON and comes back equal; the engine made of it goes on.
#include <gtest/gtest.h>

#include <algorithm>

#include "cticonnector/base/json.hpp"
#include "cticonnector/engine/whole.hpp"
#include "house.hpp"
#include "restored.hpp"
#include "world.hpp"

namespace cticonnector::engine::testing {
namespace {

/// Long texts: shows where they part.
void expect_equal(const std::string& one, const std::string& other) {
    const auto at = std::ranges::mismatch(one, other).in1 - one.begin();
    const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 200));
    EXPECT_TRUE(one == other) << one.substr(from, 400) << "\nis not\n" << other.substr(from, 400);
}

TEST(Whole, ComesBackEqualInAnyState_R_CLU_83) {
    World world(house_settings(), 7, 12);
    for (int i = 0; i < 1'500; ++i) {
        ASSERT_TRUE(world.step()) << world.report();
        if (i % 10 != 0) continue;
        const Engine& engine = world.engine();
        const Engine again = restored(engine);
        expect_equal(printed(again.whole()), printed(engine.whole()));
        expect_equal(whole_text(again), whole_text(engine));
        if (HasFailure()) return;
        ASSERT_EQ(again.next_deadline(), engine.next_deadline());
    }
}

TEST(Whole, AnEngineMadeOfItGoesOn_R_CLU_83) {
    World world(house_settings(), 8, 12);
    for (int i = 0; i < 2'500; ++i) {
        ASSERT_TRUE(world.step()) << world.report();
        if (i % 25 == 0) world.replace(restored(world.engine()));
    }
    ASSERT_TRUE(world.finish()) << world.report();
}

TEST(Whole, HoldsNoPassword) {
    House house;
    house.send(house.subscription("12345;geheim;52513;pm2c"));
    const std::string text = whole_text(house.engine);
    EXPECT_EQ(text.find("geheim"), std::string::npos);
    EXPECT_NE(text.find(R"("password":"***")"), std::string::npos);
    EXPECT_NE(text.find(R"("phase":"logged_in")"), std::string::npos) << text;
}

TEST(Whole, WhatIsNoneOfItIsRefused) {
    const auto read = [](const char* text) { return read_json<Whole>(Json::parse(text)); };
    EXPECT_THROW(read(R"({"link":"perhaps"})"), nlohmann::json::exception);
    EXPECT_THROW(read(R"({"errands":[{"slot":1,"errands":["go_home"]}]})"), std::invalid_argument);
    EXPECT_FALSE(read(R"({"unknown":1})").link) << "what is not there keeps its default";
}

}  // namespace
}  // namespace cticonnector::engine::testing
