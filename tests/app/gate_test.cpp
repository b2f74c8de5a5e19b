// What leaves the engine's cell waits while the gate is closed (R-CLU-78).
#include "gate.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace cticonnector::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GateTest : public ::testing::Test {
  protected:
    bool pass(std::uint64_t request) {
        return gate.pass(engine::CrmAction{engine::Reply{.request = {request}}}, std::nullopt);
    }
    std::vector<std::uint64_t> sent;
    std::size_t flushed = 0;  ///< of them
    Gate gate{3,
              [this](const engine::Action& action, Gate::Cause) {
                  sent.push_back(engine::as<engine::Reply>(action)->request.value);
              },
              [this] { flushed = sent.size(); }};
};

TEST_F(GateTest, LetsThroughAtOnceWhileItIsOpen_R_CLU_78) {
    EXPECT_TRUE(pass(1) && pass(2));
    EXPECT_THAT(sent, ElementsAre(1, 2));
    EXPECT_EQ(gate.kept(), 0u);
}

TEST_F(GateTest, KeepsTheOrderOfWhatItHoldsBack_R_CLU_78) {
    gate.close();
    EXPECT_TRUE(pass(1) && pass(2));
    EXPECT_THAT(sent, IsEmpty());
    gate.open();
    EXPECT_EQ(flushed, 2u);
    EXPECT_TRUE(pass(3));
    EXPECT_THAT(sent, ElementsAre(1, 2, 3));
}

TEST_F(GateTest, IsLostWhenItIsFull_R_CLU_78) {
    gate.close();
    EXPECT_TRUE(pass(1) && pass(2) && pass(3));
    EXPECT_FALSE(pass(4)) << "told once";
    EXPECT_TRUE(pass(5));
    gate.open();
    EXPECT_TRUE(pass(6));
    EXPECT_THAT(sent, IsEmpty()) << "what was kept is incomplete, and so is all behind it";
}

}  // namespace
}  // namespace cticonnector::app
