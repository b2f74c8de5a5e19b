// What the contact center tells by itself, and what becomes of requests
// when nobody answers or the link is lost.
#include <gmock/gmock.h>

#include "cti_rig.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using namespace std::chrono_literals;
using engine::AgentState;
using test::ann;
using test::Bytes;
using test::CtiTest;
using test::op;
using ::testing::IsEmpty;
using ::testing::Optional;

const TaskId task{151635, 312, 1};
constexpr wire::TaskId wire_task{151635, 312, 1};

TEST_F(CtiTest, TellsAgentStatesPerMedium_R_STATE_5) {
    const struct {
        std::uint16_t number;
        MediumState state;
    } cases[] = {
        {1, MediumState::logged_out}, {2, MediumState::not_ready},      {3, MediumState::ready},
        {4, MediumState::active},     {5, MediumState::work_not_ready}, {6, MediumState::work_ready},
        {7, MediumState::active},     {8, MediumState::reserved},       {10, MediumState::active},
        {11, MediumState::active},    {12, MediumState::paused},        {13, MediumState::interrupted},
        {14, MediumState::ready}};
    for (const auto& c : cases) {
        for (const auto& [mrd, channel] :
             {std::pair{1, Channel::voice}, {5001, Channel::action}, {5003, Channel::chat}}) {
            receive(state_event(c.number, mrd));
            const auto told = take<AgentState>();
            EXPECT_EQ(told.agent, ann);
            EXPECT_EQ(told.channel, channel);
            EXPECT_EQ(told.state, c.state) << c.number;
            EXPECT_FALSE(told.next);
        }
    }
    for (const std::uint16_t number : {std::uint16_t{0}, std::uint16_t{9}}) {
        receive(state_event(number));
        EXPECT_TRUE(silent()) << number;
    }
    receive(state_event(2, 4242));
    EXPECT_TRUE(silent()) << "another routing domain";
    auto elsewhere = state_event(2);
    elsewhere.peripheral_id = 5001;
    receive(elsewhere);
    EXPECT_TRUE(silent()) << "another peripheral";
}

TEST_F(CtiTest, TellsReasonAndPendingState_R_DEC_40) {
    auto event = state_event(2);
    event.event_reason_code = 12;
    receive(event);
    EXPECT_EQ(take<AgentState>().reason, 12);
    event = state_event(4);
    event.event_reason_code = 12;
    event.next_agent_state = 6;
    receive(event);
    const auto told = take<AgentState>();
    EXPECT_EQ(told.reason, 0) << "only not ready has one";
    EXPECT_THAT(told.next, Optional(MediumState::work_ready));
}

TEST_F(CtiTest, TellsWhoLetACallRing_R_DEC_82) {
    for (const auto& [state, reason, mrd, unanswered] :
         {std::tuple{2, 32767, 1, true}, {2, 12, 1, false}, {4, 32767, 1, false}, {2, 32767, 5001, false}}) {
        auto event = state_event(static_cast<std::uint16_t>(state), mrd);
        event.event_reason_code = static_cast<std::uint16_t>(reason);
        receive(event);
        EXPECT_EQ(take<AgentState>().unanswered, unanswered) << state << ' ' << reason << ' ' << mrd;
    }
}

TEST_F(CtiTest, LearnsThePhoneFromAgentStateEvents_R_DEC_37) {
    auto event = state_event(2);
    event.agent_extension = "4001";
    receive(event);
    EXPECT_EQ(cti.state().directory.at_device("4001"), ann);
    receive(state_event(1, 5001));
    EXPECT_EQ(cti.state().directory.at_device("4001"), ann) << "they have left a medium only";
    receive(state_event(1));
    EXPECT_FALSE(cti.state().directory.at_device("4001"));
    EXPECT_EQ(cti.state().directory.icm_agent_id(ann), 5501);
}

TEST_F(CtiTest, TellsTasksThatTheContactCenterEnds_R_DEC_30) {
    know_ann();
    receive(AgentMadeNotRoutableEvent{.mrd_id = 5003, .icm_agent_id = 5501, .task_id = wire_task});
    const auto told = take<MadeNotRoutable>();
    EXPECT_EQ(told.agent, ann);
    EXPECT_EQ(told.channel, Channel::chat);
    EXPECT_EQ(told.task, task);
    receive(MaxTaskLifetimeExceededEvent{.mrd_id = 5003, .icm_agent_id = 5501, .task_id = wire_task});
    EXPECT_EQ(take<TaskGone>().task, task);
}

TEST_F(CtiTest, AnswersInterruptsByPolicy_R_ALLOC_16_R_DEC_31) {
    const AgentInterruptAdvisoryEvent begin{.mrd_id = 5001, .icm_agent_id = 5501};
    const AgentInterruptDoneAdvisoryEvent end{.mrd_id = 5001, .icm_agent_id = 5501};
    const std::string accepted = "AGENT_INTERRUPT_ACCEPTED_IND",
                      unaccepted = "AGENT_INTERRUPT_UNACCEPTED_IND";
    const struct {
        InterruptAnswer policy;
        std::vector<std::string> first, last;
    } cases[] = {{InterruptAnswer::accepted, {accepted}, {"AGENT_INTERRUPT_DONE_ACCEPTED_IND"}},
                 {InterruptAnswer::none, {}, {}},
                 {InterruptAnswer::unaccepted, {unaccepted}, {}},
                 {InterruptAnswer::accepted_then_unaccepted, {accepted, unaccepted}, {}}};
    for (const auto& c : cases) {
        settings.interrupt_answer = c.policy;
        EXPECT_EQ(test::names_of(receive(begin)), c.first);
        EXPECT_EQ(test::names_of(receive(end)), c.last);
        EXPECT_THAT(receive(end), IsEmpty());
    }
}

// ---- requests

TEST_F(CtiTest, LateAnswersAndOldRequestsAreIgnored_R_DEC_35) {
    const Bytes request = perform(SetVoiceState{op, ann, VoiceWish::ready, 0});
    answer<SetAgentStateReq>(request, SetAgentStateConf{});
    take<Outcome>();
    answer<SetAgentStateReq>(request, SetAgentStateConf{});
    EXPECT_TRUE(silent()) << "answered twice";
    const Bytes old = perform(SetVoiceState{op, ann, VoiceWish::ready, 0});
    now += 61s;
    perform(SetVoiceState{op, ann, VoiceWish::ready, 0});
    EXPECT_EQ(cti.state().requests.size(), 1u);
    answer<SetAgentStateReq>(old, SetAgentStateConf{});
    EXPECT_TRUE(silent());
}

TEST_F(CtiTest, ALostLinkEmptiesTheTable_R_HA_6) {
    const Bytes request = perform(SetVoiceState{op, ann, VoiceWish::ready, 0});
    cti.link_down("end of file", now);
    const auto down = take<LinkDown>();
    EXPECT_EQ(down.link, LinkId{1});
    EXPECT_EQ(down.why, "end of file");
    EXPECT_EQ(cti.state().requests.size(), 0u);
}

// R-HA-6: requests fail fast; every action that is waited for is answered.
TEST_F(CtiTest, WithoutALinkEveryOperationIsAnswered_R_HA_6) {
    cti.link_down("end of file", now);
    take<LinkDown>();
    const CenterAction waited[] = {QueryAgent{op, ann},
                                   Login{op, ann, "1", Secret(), false},
                                   Logout{op, ann, "1", Secret(), 0, false},
                                   SetVoiceState{op, ann, VoiceWish::ready, 0},
                                   LoginMedium{op, ann, Channel::chat, 1},
                                   SetTaskLimit{op, ann, Channel::chat, 1},
                                   NotRoutable{op, ann, Channel::chat},
                                   NotReadyMedium{op, ann, Channel::chat, 0},
                                   FindWork{op, ann, "1", {}},
                                   AnswerCall{op, ann, {}},
                                   ClearCall{op, ann, {}},
                                   PlaceCall{op, ann, "1", "2"}};
    for (const CenterAction& action : waited) {
        EXPECT_THAT(perform(action), IsEmpty());
        const auto outcome = take<Outcome>();
        EXPECT_EQ(outcome.operation, op);
        EXPECT_EQ(outcome.failure, Failure::no_link);
    }
    const CenterAction others[] = {LogoutMedium{ann, Channel::chat}, ReadyMedium{ann, Channel::chat},
                                   EndTask{ann, Channel::chat, task, TaskEnd::completed},
                                   ReleaseCall{ann, {}}, RestoreDone{LinkId{1}}};
    for (const CenterAction& action : others) {
        EXPECT_THAT(perform(action), IsEmpty());
        EXPECT_TRUE(silent());
    }
}

}  // namespace
}  // namespace cticonnector::routing
