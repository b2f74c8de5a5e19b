// An application is lost and comes back. ARM task model section 6.8.
#include "media_bench.hpp"

namespace cticonnector::sim::cc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = AgentState;

struct ResyncTest : MediaBench {};

TEST_F(ResyncTest, ALostApplicationLeavesItsAgentsInWorkNotReady) {
    make_ready(chat);
    const wire::TaskId task = routed("chat", chat);
    step<StartTaskInd>(task);
    bench.center.disconnected(id, bench.now);
    EXPECT_EQ(state(), State::AGENT_STATE_WORK_NOT_READY);
    EXPECT_FALSE(reported().routable);
    bench.pass(1'199s);
    EXPECT_EQ(bench.center.tasks.size(), 1u);
    bench.pass(1s);
    EXPECT_EQ(ended()->at("disposition"), 42);
}

TEST_F(ResyncTest, AnotherClientOfThePathMakesIt64) {
    make_ready(chat);
    step<StartTaskInd>(routed("chat", chat));
    const ClientSessionId other = bench.open();
    bench.center.disconnected(id, bench.now);
    for (int minutes = 0; minutes < 20; ++minutes) {
        bench.pass(60s);
        bench.tell(other, HeartbeatReq{});
    }
    EXPECT_EQ(ended()->at("disposition"), 64);
}

TEST_F(ResyncTest, ResynchronisationKeepsWhatIsNamedAndEndsTheRest_R_DEC_41) {
    make_ready(chat);
    const wire::TaskId kept = routed("chat", chat, 1);
    const wire::TaskId forgotten = routed("chat", chat, 2);
    step<StartTaskInd>(kept);
    step<StartTaskInd>(forgotten);
    bench.center.disconnected(id, bench.now);
    id = bench.open();
    bench.tell(id, BeginAgentInitInd{});
    bench.tell(id, AgentInitReq{.invoke_id = 5,
                                .peripheral_id = 5000,
                                .mrd_id = chat,
                                .icm_agent_id = agent,
                                .max_task_limit = 2,
                                .agent_state = State::AGENT_STATE_ACTIVE,
                                .agent_mode = AgentMode::ROUTABLE});
    EXPECT_EQ(bench.take<AgentInitResp>(id).front().status, 0u);
    bench.tell(id, TaskInitInd{.mrd_id = chat, .icm_agent_id = agent, .task_id = kept, .task_state = 1});
    bench.tell(id, TaskInitReq{.invoke_id = 6, .mrd_id = chat, .icm_agent_id = agent, .task_state = 3});
    const wire::TaskId begun_meanwhile = bench.take<TaskInitResp>(id).front().task_id;
    bench.tell(id, EndAgentInitInd{});
    EXPECT_EQ(ended()->at("disposition"), 51);
    EXPECT_EQ(state(), State::AGENT_STATE_ACTIVE);
    EXPECT_TRUE(reported().routable);
    bench.tell(id, GetAgentTasksReq{.invoke_id = 7, .mrd_id = chat, .icm_agent_id = agent});
    EXPECT_THAT(bench.take<AgentTasksResp>(id).front().tasks, ElementsAre(kept, begun_meanwhile));
    bench.pass(2s);
    bench.tell(id, SnapshotTaskReq{.invoke_id = 8, .task_id = kept});
    EXPECT_EQ(bench.take<SnapshotTaskResp>(id).front().task_state, TaskState::TASK_STATE_ACTIVE);
    EXPECT_EQ(bench.take<SnapshotTaskResp>(id).front().application_string2, "item-1");
}

TEST_F(ResyncTest, SigningInAgainAndAskingForTasksBringsTheAgentBack_R_DEC_41) {
    make_ready(chat);
    const wire::TaskId task = routed("chat", chat);
    step<StartTaskInd>(task);
    bench.center.disconnected(id, bench.now);
    id = bench.open();
    EXPECT_EQ(sign_in(chat), ARMStatus::E_ARM_STAT_AGENT_ALREADY_LOGGED_IN);
    EXPECT_EQ(state(), State::AGENT_STATE_WORK_NOT_READY);
    bench.tell(id, GetAgentTasksReq{.mrd_id = chat, .icm_agent_id = agent});
    EXPECT_THAT(bench.take<AgentTasksResp>(id).front().tasks, ElementsAre(task));
    EXPECT_EQ(state(), State::AGENT_STATE_ACTIVE);
    end(task);
    EXPECT_THAT(failures(), IsEmpty());
}

TEST_F(ResyncTest, PreCallsCanBeFetchedAgain) {
    make_ready(chat);
    new_task("chat", chat);
    bench.clear();
    bench.tell(id, GetPrecallMessagesReq{.invoke_id = 4, .mrd_id = chat});
    EXPECT_THAT(bench.names(id), ElementsAre("GET_PRECALL_MESSAGES_RESP", "AGENT_PRE_CALL_EVENT"));
}

TEST_F(ResyncTest, ATaskThatTheApplicationNamesWhileItWaitsHasOneAgent) {
    sign_in(chat);
    new_task("chat", chat);
    const wire::TaskId task = bench.center.tasks.all().begin()->first;
    bench.tell(id, TaskInitInd{.mrd_id = chat, .icm_agent_id = agent, .task_id = task, .task_state = 1});
    EXPECT_EQ(reported().tasks, 1u);
    sign_in(chat, 2, 5002);
    bench.tell(id, MakeAgentReadyInd{.mrd_id = chat, .icm_agent_id = 5002, .make_routable = true});
    EXPECT_EQ(bench.take_mr<mr::DoThisWithTask>().back().icm_agent_id, 5002);
    bench.tell(id, MakeAgentReadyInd{.mrd_id = chat, .icm_agent_id = agent});
    EXPECT_EQ(reported().tasks, 0u);
    bench.tell(id, EndTaskInd{.mrd_id = chat, .icm_agent_id = 5002, .task_id = task});
    EXPECT_EQ(bench.center.tasks.size(), 0u);
}

}  // namespace
}  // namespace cticonnector::sim::cc
