#include "cticonnector/engine/roster.hpp"

#include <gtest/gtest.h>

namespace cticonnector::engine {
namespace {

const AgentId miller{5000, "12345"}, jones{5000, "54321"};

class RosterPlaces : public ::testing::Test {
  protected:
    /// Miller has left, Jones sits at the same place.
    RosterPlaces() {
        gone = roster.add(miller, user_id("MILLER"));
        asked = roster.next_operation(gone);
        roster.erase(gone);
        successor = roster.add(jones, user_id("JONES"));
    }
    Roster roster;
    Roster::Slot gone, successor;
    OperationId asked;
};

TEST_F(RosterPlaces, ASlotOfOneWhoHasLeftIsNotTheSuccessors) {
    ASSERT_EQ(&roster.at(successor), &roster.at(*roster.find(jones)));
    EXPECT_NE(gone, successor);
    EXPECT_FALSE(roster.holds(gone));
    EXPECT_TRUE(roster.holds(successor));
    EXPECT_EQ(roster.slots(), std::vector{successor});
}

TEST_F(RosterPlaces, AnOperationOfOneWhoHasLeftDoesNotReachTheSuccessor) {
    EXPECT_EQ(roster.find(asked), std::nullopt);
    EXPECT_EQ(roster.find(roster.next_operation(successor)), successor);
    roster.erase(successor);
    EXPECT_EQ(roster.find(asked), std::nullopt);
}

TEST_F(RosterPlaces, NobodySitsInTheEmptySlot) {
    EXPECT_FALSE(roster.holds(Roster::Slot{}));
    EXPECT_EQ(roster.find(OperationId{}), std::nullopt);
}

}  // namespace
}  // namespace cticonnector::engine
