// Agents in media routing domains: sign-in, ready and routable, limits, interrupts. ARM task model sections
// 3, 4, 6.
#include "media_bench.hpp"

namespace cticonnector::sim::cc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = AgentState;

struct MediaTest : MediaBench {};

TEST_F(MediaTest, SignInBringsLoginThenNotReady_R_DEC_2) {
    EXPECT_EQ(sign_in(chat, 3, -1), 0u);
    const auto response = bench.take<MediaLoginResp>(id).front();
    EXPECT_EQ(response.icm_agent_id, agent);
    EXPECT_THAT(bench.states(id, "1001", chat),
                ElementsAre(State::AGENT_STATE_LOGIN, State::AGENT_STATE_NOT_READY));
    const auto event = *bench.state(id, "1001", chat);
    EXPECT_EQ(event.max_task_limit, 3u);
    EXPECT_EQ(event.num_tasks, 0u);
    EXPECT_EQ(event.max_beyond_task_limit, 0u);
}

TEST_F(MediaTest, SignInIsRefusedWithTheArmStatus) {
    EXPECT_EQ(sign_in(chat), 0u);
    EXPECT_EQ(sign_in(chat), ARMStatus::E_ARM_STAT_AGENT_ALREADY_LOGGED_IN);
    EXPECT_EQ(sign_in(1), ARMStatus::E_ARM_STAT_CANT_LOGIN_TO_VOICE_MRD);
    EXPECT_EQ(sign_in(99), ARMStatus::E_ARM_STAT_MRD_LIST_ENTRY_NOT_FOUND);
    EXPECT_EQ(sign_in(elsewhere), ARMStatus::E_ARM_STAT_LOGIN_NOT_ALLOWED_FOR_APP_PATH);
    bench.tell(id, MediaLoginReq{.peripheral_id = 5000, .mrd_id = chat, .icm_agent_id = 4711});
    EXPECT_EQ(bench.take<MediaLoginResp>(id).back().status, ARMStatus::E_ARM_STAT_AGENT_NOT_FOUND);
    bench.clear();
    bench.tell(id, MakeAgentReadyInd{.mrd_id = mail, .icm_agent_id = agent});
    EXPECT_THAT(failures(), ElementsAre(ARMStatus::E_ARM_STAT_AGENT_NOT_LOGGED_IN));
}

TEST_F(MediaTest, ReadyAndRoutableMakeAvailability) {
    sign_in(chat);
    bench.tell(id, MakeAgentReadyInd{.mrd_id = chat, .icm_agent_id = agent});
    EXPECT_EQ(bench.state(id, "1001", chat)->agent_state, State::AGENT_STATE_NOT_ACTIVE);
    EXPECT_EQ(bench.state(id, "1001", chat)->agent_mode, AgentMode::NOT_ROUTABLE);
    EXPECT_EQ(reported().availability, AgentAvailabilityStatus::APPLICATION_AVAILABLE);
    bench.tell(id, MakeAgentRoutableInd{.mrd_id = chat, .icm_agent_id = agent, .max_tasks = 4});
    EXPECT_EQ(bench.state(id, "1001", chat)->agent_mode, AgentMode::ROUTABLE);
    EXPECT_EQ(reported().limit, 4u);
    EXPECT_EQ(reported().availability, AgentAvailabilityStatus::ICM_AVAILABLE);
    bench.tell(id,
               MakeAgentNotReadyReq{.invoke_id = 3, .mrd_id = chat, .icm_agent_id = agent, .reason_code = 7});
    EXPECT_EQ(bench.take<MakeAgentNotReadyResp>(id).front().status, 0u);
    EXPECT_EQ(bench.state(id, "1001", chat)->event_reason_code, 7);
    EXPECT_EQ(reported().availability, AgentAvailabilityStatus::NOT_AVAILABLE);
}

TEST_F(MediaTest, NotReadyIsRefusedWith14WhileARoutedTaskIsOnItsWay_R_DEC_25) {
    make_ready(chat);
    const wire::TaskId task = routed("chat", chat);
    const MakeAgentNotReadyReq request{.invoke_id = 3, .mrd_id = chat, .icm_agent_id = agent};
    bench.tell(id, request);
    EXPECT_EQ(bench.take<MakeAgentNotReadyResp>(id).back().status, 14u);
    step<OfferTaskInd>(task);
    bench.tell(id, request);
    EXPECT_EQ(bench.take<MakeAgentNotReadyResp>(id).back().status, 0u);
    EXPECT_EQ(bench.center.tasks.size(), 0u);
}

TEST_F(MediaTest, NotRoutableWaitsUntilTheRoutedTaskIsStarted_R_DEC_26) {
    make_ready(chat);
    const wire::TaskId task = routed("chat", chat);
    bench.tell(id, MakeAgentNotRoutableReq{.invoke_id = 66, .mrd_id = chat, .icm_agent_id = agent});
    EXPECT_THAT(bench.take<MakeAgentNotRoutableResp>(id), IsEmpty());
    new_task("chat", chat, 2);
    EXPECT_EQ(bench.center.router.waiting(), 1u);
    step<StartTaskInd>(task);
    EXPECT_EQ(bench.take<MakeAgentNotRoutableResp>(id).front().invoke_id, 66u);
    EXPECT_FALSE(reported().routable);
    EXPECT_EQ(reported().tasks, 1u);
    EXPECT_EQ(bench.center.router.waiting(), 1u);
    bench.tell(id, MakeAgentRoutableInd{.mrd_id = chat, .icm_agent_id = agent});
    EXPECT_EQ(bench.center.router.waiting(), 0u);
}

TEST_F(MediaTest, TheRouterKeepsTheLimitAndTakesThePreferredAgentFirst) {
    make_ready(chat);
    bench.tell(
        id, MediaLoginReq{.peripheral_id = 5000, .mrd_id = chat, .icm_agent_id = 5002, .max_task_limit = 1});
    bench.tell(id, MakeAgentReadyInd{.mrd_id = chat, .icm_agent_id = 5002, .make_routable = true});
    bench.clear();
    new_task("chat", chat, 1, none, 5002);
    new_task("chat", chat, 2, none, 5002);
    new_task("chat", chat, 3);
    new_task("chat", chat, 4);
    std::vector<std::int32_t> agents;
    for (const auto& answer : bench.take_mr<mr::DoThisWithTask>()) agents.push_back(answer.icm_agent_id);
    EXPECT_THAT(agents, ElementsAre(5002, 5001, 5001));
    EXPECT_EQ(bench.center.router.waiting(), 1u);
}

TEST_F(MediaTest, WorkInANonInterruptibleMrdBlocksTheOthers) {
    make_ready(chat);
    make_ready(mail);
    const wire::TaskId task = routed("chat", chat);
    new_task("mail", mail, 2);
    EXPECT_EQ(bench.center.router.waiting(), 1u);
    bench.ready_agent(id);
    EXPECT_EQ(bench.center.agents.by_id("1001")->reported[voice_mrd].availability,
              AgentAvailabilityStatus::NOT_AVAILABLE);
    step<StartTaskInd>(task);
    end(task);
    EXPECT_EQ(bench.center.router.waiting(), 0u);
}

TEST_F(MediaTest, AnInterruptPutsTasksAsideAndBack) {
    make_ready(mail);
    const wire::TaskId task = routed("mail", mail);
    step<StartTaskInd>(task, mail);
    bench.ready_agent(id);
    bench.place({.ani = "0123", .answer_after = 0ms});
    EXPECT_THAT(bench.take<AgentInterruptAdvisoryEvent>(id), IsEmpty());
    bench.pass(1ms);
    ASSERT_EQ(bench.take<AgentInterruptAdvisoryEvent>(id).size(), 1u);
    bench.clear();
    bench.tell(id, AgentInterruptDoneAcceptedInd{.mrd_id = mail, .icm_agent_id = agent});
    EXPECT_THAT(failures(), ElementsAre(19u));
    bench.tell(id, AgentInterruptAcceptedInd{.mrd_id = mail, .icm_agent_id = agent});
    EXPECT_EQ(state(mail), State::AGENT_STATE_INTERRUPTED);
    EXPECT_EQ(bench.center.tasks.find(task)->state, TaskState::TASK_STATE_INTERRUPTED);
    step<PauseTaskInd>(task, mail);
    EXPECT_THAT(failures(), ElementsAre(ARMStatus::E_ARM_STAT_NOT_VALID_AFTER_INTERRUPT_ADVISORY_ACCEPT));
    bench.hang_up();
    EXPECT_EQ(bench.take<AgentInterruptDoneAdvisoryEvent>(id).size(), 1u);
    bench.tell(id, AgentInterruptDoneAcceptedInd{.mrd_id = mail, .icm_agent_id = agent});
    EXPECT_EQ(state(mail), State::AGENT_STATE_ACTIVE);
}

}  // namespace
}  // namespace cticonnector::sim::cc
