// Who is who at the contact center (R-DEC-2, R-DEC-37).
#include "directory.hpp"

#include <gtest/gtest.h>

#include "names.hpp"

namespace cticonnector::routing {
namespace {

using test::ann;
using test::ben;

TEST(Directory, LearnsNumbersFromAnswersAndEvents_R_DEC_2) {
    Directory d;
    EXPECT_EQ(d.icm_agent_id(ann), -1);
    EXPECT_EQ(d.of_event(5001, ann), ann);
    EXPECT_EQ(d.icm_agent_id(ann), 5001);
    EXPECT_EQ(d.agent(5001), ann);
    d.learn_answer(ben, 5002);
    EXPECT_EQ(d.agent(5002), ben);
    EXPECT_EQ(d.of_event(-1, ben), ben);
    EXPECT_EQ(d.icm_agent_id(ben), 5002) << "-1 teaches nothing";
    EXPECT_FALSE(d.of_event(5003, {5000, ""}));
}

// R-DEC-3: with login names the events still carry the agent's number.
TEST(Directory, KeepsTheNameThatTheLoginUsed_R_DEC_3) {
    Directory d;
    const engine::AgentId by_name{5000, "ann"};
    d.of_event(5001, ann);
    d.learn_answer(by_name, 5001);
    EXPECT_EQ(d.of_event(5001, ann), by_name);
}

TEST(Directory, AnAgentWithANewNumberLeavesTheOldOneToWhoHasItNow) {
    Directory d;
    d.learn_answer(ann, 5001);
    d.learn_answer(ben, 5001);
    d.learn_answer(ann, 5007);
    EXPECT_EQ(d.agent(5001), ben);
    EXPECT_EQ(d.agent(5007), ann);
}

TEST(Directory, ForgetsAPhoneWithAllItsNames) {
    Directory d;
    d.set_device(ann, "52513");
    d.set_phone(ann, "2513", "SEP0011");
    d.set_device(ben, "52514");
    d.forget_phone(ann);
    for (const char* name : {"52513", "2513", "SEP0011"}) EXPECT_FALSE(d.at_device(name)) << name;
    EXPECT_EQ(d.at_device("52514"), ben);
    EXPECT_EQ(d.instrument(ann), "");
    d.forget_phone({5000, "nobody"});
}

TEST(Directory, FindsTheAgentAtADevice_R_DEC_37) {
    Directory d;
    d.set_device(ann, "52513");
    EXPECT_EQ(d.at_device("52513"), ann);
    EXPECT_EQ(d.instrument(ann), "52513");
    d.set_phone(ann, "2513", "SEP0011");
    EXPECT_EQ(d.at_device("2513"), ann);
    EXPECT_EQ(d.at_device("SEP0011"), ann);
    EXPECT_EQ(d.instrument(ann), "SEP0011");
    d.set_phone(ann, "2600", "");
    EXPECT_FALSE(d.at_device("2513")) << "they have moved";
    d.forget_phone(ann);
    EXPECT_FALSE(d.at_device("2600"));
    EXPECT_EQ(d.instrument(ann), "");
}

TEST(Directory, APhoneBelongsToWhoLoggedInLast) {
    Directory d;
    d.set_device(ann, "4001");
    d.set_device(ben, "4001");
    EXPECT_EQ(d.at_device("4001"), ben);
    d.forget_phone(ann);
    EXPECT_EQ(d.at_device("4001"), ben) << "it is not hers any more";
    d.set_device(ann, "4001");
    EXPECT_EQ(d.at_device("4001"), ann);
}

}  // namespace
}  // namespace cticonnector::routing
