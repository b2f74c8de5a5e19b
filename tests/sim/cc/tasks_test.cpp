// The states of a task and its clocks. ARM task model sections 5 and 6.
#include "media_bench.hpp"

namespace cticonnector::sim::cc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = AgentState;

struct TasksTest : MediaBench {};

TEST_F(TasksTest, ATaskRunsThroughItsStates_R_DEC_27) {
    make_ready(chat);
    new_task("chat", chat);
    EXPECT_THAT(bench.names(id), ElementsAre("AGENT_PRE_CALL_EVENT", "AGENT_STATE_EVENT"));
    EXPECT_EQ(state(), State::AGENT_STATE_RESERVED);
    const auto pre_call = bench.take<AgentPreCallEvent>(id).front();
    const auto answer = bench.take_mr<mr::DoThisWithTask>().front();
    EXPECT_EQ(answer.icm_agent_id, agent);
    EXPECT_EQ(answer.application_string2, "item-1");
    EXPECT_EQ(pre_call.mrd_id, chat);
    EXPECT_EQ(pre_call.router_call_key_day, static_cast<std::uint32_t>(answer.task_id.task_group_high));
    EXPECT_EQ(pre_call.router_call_key_sequence_number,
              static_cast<std::uint32_t>(answer.task_id.sequence_number));
    const wire::TaskId task = answer.task_id;
    const auto expect = [&](AgentStateValue expected) {
        EXPECT_EQ(state(), expected);
        EXPECT_THAT(failures(), IsEmpty());
    };
    step<OfferTaskInd>(task);
    expect(State::AGENT_STATE_RESERVED);
    step<StartTaskInd>(task);
    expect(State::AGENT_STATE_ACTIVE);
    step<PauseTaskInd>(task);
    expect(State::AGENT_STATE_PAUSED);
    step<ResumeTaskInd>(task);
    expect(State::AGENT_STATE_ACTIVE);
    step<WrapupTaskInd>(task);
    expect(State::AGENT_STATE_WORK_READY);
    end(task);
    EXPECT_EQ(ended()->at("disposition"), 38);
    expect(State::AGENT_STATE_NOT_ACTIVE);
    EXPECT_EQ(bench.center.tasks.size(), 0u);
}

// Every step in every state; what the table of the task model does not allow is 19.
TEST_F(TasksTest, StepsOutOfOrderAre19) {
    struct Case {
        std::string name;
        void (MediaBench::*send)(wire::TaskId, std::int32_t, std::int32_t);
        std::set<std::uint32_t> from;
    };
    const std::uint32_t pre_call = 0, active = 1, wrap_up = 2, paused = 3, offered = 4;
    const std::vector<Case> cases{
        {"OFFER", &MediaBench::step<OfferTaskInd>, {pre_call}},
        {"START", &MediaBench::step<StartTaskInd>, {pre_call, offered}},
        {"PAUSE", &MediaBench::step<PauseTaskInd>, {active}},
        {"RESUME", &MediaBench::step<ResumeTaskInd>, {paused}},
        {"WRAPUP", &MediaBench::step<WrapupTaskInd>, {active, paused}},
    };
    make_ready(chat);
    const wire::TaskId task = routed("chat", chat);
    for (const std::uint32_t from : {pre_call, active, wrap_up, paused, offered}) {
        for (const Case& row : cases) {
            bench.clear();
            bench.center.tasks.find(task)->state = from;
            (this->*row.send)(task, chat, agent);
            if (row.from.contains(from))
                EXPECT_THAT(failures(), IsEmpty()) << row.name << " in " << from;
            else
                EXPECT_THAT(failures(), ElementsAre(19u)) << row.name << " in " << from;
        }
    }
}

TEST_F(TasksTest, WrongTaskAgentOrMrdHaveTheirOwnStatus) {
    make_ready(chat);
    const wire::TaskId task = routed("chat", chat);
    bench.clear();
    step<StartTaskInd>({1, 2, 3});
    EXPECT_THAT(failures(), ElementsAre(ARMStatus::E_ARM_STAT_TASK_OBJECT_NOT_FOUND));
    step<StartTaskInd>(task, chat, 5002);
    EXPECT_THAT(failures(), ElementsAre(ARMStatus::E_ARM_STAT_INCONSISTENT_AGENT_IDS));
    step<StartTaskInd>(task, mail);
    EXPECT_THAT(failures(), ElementsAre(ARMStatus::E_ARM_STAT_INCONSISTENT_MEDIA_ROUTING_DOMAIN_IDS));
    step<StartTaskInd>(task);
    end(task);
    end(task);
    EXPECT_THAT(failures(), ElementsAre(ARMStatus::E_ARM_STAT_TASK_OBJECT_NOT_FOUND));
    new_task("chat", chat, 2, task);
    new_task("chat", chat, 3);
    new_task("chat", chat, 4);  // above the limit: waits
    const auto answers = bench.take_mr<mr::DoThisWithTask>();
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(answers[0].task_id.task_group_low, task.task_group_low);
    EXPECT_EQ(answers[0].task_id.sequence_number, task.sequence_number + 1);
    wire::TaskId waiting = answers[1].task_id;
    ++waiting.task_group_low;
    bench.clear();
    step<StartTaskInd>(waiting);
    EXPECT_THAT(failures(), ElementsAre(ARMStatus::E_ARM_STAT_NO_OFFER_OR_PRE_CALL_RECEIVED));
}

TEST_F(TasksTest, TheStartTimerMakesNotRoutableAndEndsTheTask) {
    make_ready(chat);
    const wire::TaskId task = routed("chat", chat);
    step<OfferTaskInd>(task);
    bench.pass(29'999ms);
    EXPECT_THAT(bench.take<AgentMadeNotRoutableEvent>(id), IsEmpty());
    bench.pass(1ms);
    const auto event = bench.take<AgentMadeNotRoutableEvent>(id).front();
    EXPECT_EQ(event.task_id, task);
    EXPECT_EQ(ended()->at("disposition"), 19);
    EXPECT_FALSE(reported().routable);
    EXPECT_EQ(state(), State::AGENT_STATE_NOT_ACTIVE);
    step<StartTaskInd>(task);
    EXPECT_THAT(failures(), ElementsAre(ARMStatus::E_ARM_STAT_TASK_OBJECT_NOT_FOUND));
}

TEST_F(TasksTest, ATaskThatIsTooOldIsEndedByTheServer) {
    make_ready(chat);
    const wire::TaskId task = routed("chat", chat);
    step<StartTaskInd>(task);
    bench.center.timers.set_now(bench.now);
    bench.tell(id, HeartbeatReq{});
    for (int hours = 0; hours < 8 * 60; ++hours) {
        bench.pass(60s);
        bench.tell(id, HeartbeatReq{});
    }
    EXPECT_EQ(bench.take<MaxTaskLifetimeExceededEvent>(id).front().task_id, task);
    EXPECT_EQ(ended()->at("disposition"), 41);
}

TEST_F(TasksTest, ApplicationTasksAndTheirLimits) {
    sign_in(chat, 1);
    bench.tell(id, MakeAgentReadyInd{.mrd_id = chat, .icm_agent_id = agent});
    bench.tell(id, OfferApplicationTaskReq{.mrd_id = chat, .icm_agent_id = agent, .previous_task = none});
    const auto offered = bench.take<OfferApplicationTaskResp>(id).front();
    EXPECT_EQ(offered.status, 0u);
    step<StartTaskInd>(offered.task_id);
    EXPECT_EQ(state(), State::AGENT_STATE_ACTIVE);
    const StartApplicationTaskReq another{.mrd_id = chat, .icm_agent_id = agent, .previous_task = none};
    bench.tell(id, another);
    EXPECT_EQ(bench.take<StartApplicationTaskResp>(id).back().status, 19u);
    bench.tell(id, OverrideLimitReq{.mrd_id = chat, .icm_agent_id = agent});
    EXPECT_EQ(bench.take<OverrideLimitResp>(id).back().status, 19u);
    bench.tell(id,
               ChangeMaxTaskLimitReq{
                   .mrd_id = chat, .icm_agent_id = agent, .max_task_limit = 1, .max_beyond_task_limit = 1});
    bench.tell(id, OverrideLimitReq{.mrd_id = chat, .icm_agent_id = agent});
    EXPECT_EQ(bench.take<OverrideLimitResp>(id).back().status, 0u);
    bench.tell(id, another);
    EXPECT_EQ(bench.take<StartApplicationTaskResp>(id).back().status, 0u);
    EXPECT_EQ(reported().tasks, 2u);
}

TEST_F(TasksTest, SignOutEndsOpenTasksWith40OrTheGivenDisposition) {
    make_ready(chat);
    routed("chat", chat);
    bench.tell(id, MediaLogoutInd{.mrd_id = chat, .icm_agent_id = agent});
    EXPECT_EQ(ended()->at("disposition"), 40);
    EXPECT_EQ(bench.state(id, "1001", chat)->agent_state, State::AGENT_STATE_LOGOUT);
    make_ready(chat);
    routed("chat", chat, 2);
    bench.tell(id, MediaLogoutInd{.mrd_id = chat, .icm_agent_id = agent, .flt_icm_disposition = 65});
    EXPECT_EQ(ended()->at("disposition"), 65);
}

}  // namespace
}  // namespace cticonnector::sim::cc
