// Agents and tasks in media routing domains. ARM task model sections 3 to 6.
#include "bench.hpp"

namespace cticonnector::sim::cc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using State = AgentState;

constexpr std::int32_t chat = 5003;
constexpr std::int32_t mail = 5004;
constexpr std::int32_t elsewhere = 5005;  // not in the application path
constexpr std::int32_t agent = 5001;
constexpr wire::TaskId none{-1, -1, -1};

struct MediaTest : ::testing::Test {
    MediaTest() : id(bench.open()) {}

    std::uint32_t sign_in(std::int32_t mrd, std::uint32_t limit = 2, std::int32_t icm_agent = agent) {
        bench.tell(id, MediaLoginReq{.invoke_id = 10,
                                     .peripheral_id = 5000,
                                     .mrd_id = mrd,
                                     .icm_agent_id = icm_agent,
                                     .max_task_limit = limit,
                                     .agent_id = "1001"});
        return bench.take<MediaLoginResp>(id).back().status;
    }
    void make_ready(std::int32_t mrd) {
        sign_in(mrd);
        bench.tell(id, MakeAgentReadyInd{.mrd_id = mrd, .icm_agent_id = agent, .make_routable = true});
        bench.clear();
    }
    void new_task(std::string_view selector, std::int32_t mrd, std::uint32_t dialogue = 1,
                  wire::TaskId previous = none, std::int32_t preferred = -1) {
        bench.tell_mr(mr::NewTask{.dialogue_id = dialogue,
                                  .send_seq_no = 1,
                                  .mr_domain_id = mrd,
                                  .previous_task = previous,
                                  .preferred_agent = preferred,
                                  .script_selector = selector,
                                  .application_string2 = "item-1"});
    }
    wire::TaskId routed(std::string_view selector, std::int32_t mrd, std::uint32_t dialogue = 1) {
        new_task(selector, mrd, dialogue);
        return bench.take_mr<mr::DoThisWithTask>().back().task_id;
    }
    template <class Indication>
    void step(wire::TaskId task, std::int32_t mrd = chat, std::int32_t icm_agent = agent) {
        bench.tell(id,
                   Indication{.invoke_id = 77, .mrd_id = mrd, .icm_agent_id = icm_agent, .task_id = task});
    }
    void end(wire::TaskId task, std::uint32_t disposition = 38, std::int32_t mrd = chat) {
        bench.tell(id, EndTaskInd{.invoke_id = 78,
                                  .mrd_id = mrd,
                                  .icm_agent_id = agent,
                                  .task_id = task,
                                  .disposition = disposition});
    }
    std::vector<std::uint32_t> failures() {
        std::vector<std::uint32_t> result;
        for (const auto& failure : bench.take<FailureResp>(id)) result.push_back(failure.status);
        bench.clear();
        return result;
    }
    AgentStateValue state(std::int32_t mrd = chat) {
        return bench.center.agents.by_id("1001")->reported[*bench.center.settings.mrd_of(mrd)].state;
    }
    const Reported& reported(std::int32_t mrd = chat) {
        return bench.center.agents.by_id("1001")->reported[*bench.center.settings.mrd_of(mrd)];
    }
    std::optional<Json> ended() {
        std::optional<Json> last;
        for (const auto& [event, fields] : bench.reports) {
            if (event == "task.ended") last = fields;
        }
        return last;
    }

    Bench bench;
    ClientSessionId id;
};

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

TEST_F(MediaTest, ATaskRunsThroughItsStates_R_DEC_27) {
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
TEST_F(MediaTest, StepsOutOfOrderAre19) {
    struct Case {
        std::string name;
        void (MediaTest::*send)(wire::TaskId, std::int32_t, std::int32_t);
        std::set<std::uint32_t> from;
    };
    const std::uint32_t pre_call = 0, active = 1, wrap_up = 2, paused = 3, offered = 4;
    const std::vector<Case> cases{
        {"OFFER", &MediaTest::step<OfferTaskInd>, {pre_call}},
        {"START", &MediaTest::step<StartTaskInd>, {pre_call, offered}},
        {"PAUSE", &MediaTest::step<PauseTaskInd>, {active}},
        {"RESUME", &MediaTest::step<ResumeTaskInd>, {paused}},
        {"WRAPUP", &MediaTest::step<WrapupTaskInd>, {active, paused}},
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

TEST_F(MediaTest, WrongTaskAgentOrMrdHaveTheirOwnStatus) {
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

TEST_F(MediaTest, TheStartTimerMakesNotRoutableAndEndsTheTask) {
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

TEST_F(MediaTest, ATaskThatIsTooOldIsEndedByTheServer) {
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

TEST_F(MediaTest, ApplicationTasksAndTheirLimits) {
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

TEST_F(MediaTest, SignOutEndsOpenTasksWith40OrTheGivenDisposition) {
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

TEST_F(MediaTest, ALostApplicationLeavesItsAgentsInWorkNotReady) {
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

TEST_F(MediaTest, AnotherClientOfThePathMakesIt64) {
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

TEST_F(MediaTest, ResynchronisationKeepsWhatIsNamedAndEndsTheRest_R_DEC_41) {
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

TEST_F(MediaTest, SigningInAgainAndAskingForTasksBringsTheAgentBack_R_DEC_41) {
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

TEST_F(MediaTest, PreCallsCanBeFetchedAgain) {
    make_ready(chat);
    new_task("chat", chat);
    bench.clear();
    bench.tell(id, GetPrecallMessagesReq{.invoke_id = 4, .mrd_id = chat});
    EXPECT_THAT(bench.names(id), ElementsAre("GET_PRECALL_MESSAGES_RESP", "AGENT_PRE_CALL_EVENT"));
}

}  // namespace
}  // namespace cticonnector::sim::cc
