// The MR PIM's dialogues. MR fact sheet sections 4 to 7.
#include "bench.hpp"

namespace cticonnector::sim::cc {
namespace {

using mr::FailureClass;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int32_t chat = 5003;

struct PimDialoguesTest : ::testing::Test {
    PimDialoguesTest() : id(bench.open()) {
        bench.tell(id, MediaLoginReq{
                           .peripheral_id = 5000, .mrd_id = chat, .icm_agent_id = 5001, .max_task_limit = 5});
        bench.clear();
    }
    void make_ready() {
        bench.tell(id, MakeAgentReadyInd{.mrd_id = chat, .icm_agent_id = 5001, .make_routable = true});
    }
    void new_task(std::uint32_t dialogue = 1, std::string_view selector = "chat", std::int32_t mrd = chat) {
        bench.tell_mr(mr::NewTask{.dialogue_id = dialogue,
                                  .send_seq_no = 1,
                                  .mr_domain_id = mrd,
                                  .previous_task = {-1, -1, -1},
                                  .preferred_agent = -1,
                                  .script_selector = selector});
    }
    std::vector<std::uint32_t> failures() {
        std::vector<std::uint32_t> result;
        for (const auto& failure : bench.take_mr<mr::NewTaskFailure>())
            result.push_back(failure.failure_class);
        return result;
    }
    Selector& selector() { return *bench.center.dialogues.selector("chat"); }

    Bench bench;
    ClientSessionId id;
};

TEST_F(PimDialoguesTest, RefusesWithTheFailureClass) {
    new_task(1, "nothing");
    new_task(2, "mail");
    new_task(3, "chat", 99);
    new_task(4);
    new_task(4);
    EXPECT_THAT(failures(),
                ElementsAre(FailureClass::INVALID_SCRIPT_SELECTOR, FailureClass::INVALID_SCRIPT_SELECTOR,
                            FailureClass::INVALID_MRD_ID, FailureClass::DUPLICATE_DIALOGUE_ID));
    EXPECT_EQ(bench.center.dialogues.size(), 1u);
}

TEST_F(PimDialoguesTest, TooManyTasksInASecondAreRateLimited_R_DEC_29) {
    bench.center.settings.pim.tasks_per_second = 2;
    new_task(1);
    new_task(2);
    new_task(3);
    EXPECT_THAT(failures(), ElementsAre(FailureClass::RATE_LIMITED));
    bench.pass(1s);
    new_task(3);
    EXPECT_EQ(bench.center.dialogues.size(), 3u);
}

TEST_F(PimDialoguesTest, ATaskWaitsForItsAgentAndIsNumberedPerDirection_R_DEC_23) {
    new_task();
    EXPECT_THAT(bench.take_mr<mr::DoThisWithTask>(), IsEmpty());
    make_ready();
    const auto answer = bench.take_mr<mr::DoThisWithTask>().front();
    EXPECT_EQ(answer.dialogue_id, 1u);
    EXPECT_EQ(answer.send_seq_no, 1u);
    EXPECT_EQ(answer.mr_domain_id, chat);
    EXPECT_EQ(answer.peripheral_id, 5000u);
    EXPECT_EQ(answer.skill_group_id, 0xFFFFFFFF);
    EXPECT_EQ(bench.center.dialogues.size(), 0u);
}

TEST_F(PimDialoguesTest, LabelsAndFailuresComeFromTheSelector) {
    selector().answer = Selector::Answer::label;
    selector().label = "ROUTE_ERROR";
    selector().delay = 200ms;
    new_task(1);
    EXPECT_THAT(bench.take_mr<mr::DoThisWithTask>(), IsEmpty());
    bench.pass(200ms);
    const auto answer = bench.take_mr<mr::DoThisWithTask>().front();
    EXPECT_EQ(answer.label, "ROUTE_ERROR");
    EXPECT_EQ(answer.icm_agent_id, -1);
    selector().answer = Selector::Answer::failure;
    selector().failure = FailureClass::ROUTING_DISABLED;
    new_task(2);
    bench.pass(200ms);
    EXPECT_THAT(failures(), ElementsAre(FailureClass::ROUTING_DISABLED));
    EXPECT_EQ(bench.center.tasks.size(), 0u);
}

TEST_F(PimDialoguesTest, ATaskThatWaitsTooLongGetsTheTimeoutLabel) {
    selector().queue_limit = 5s;
    new_task();
    bench.pass(5s);
    EXPECT_EQ(bench.take_mr<mr::DoThisWithTask>().front().label, "TIMEOUT");
    make_ready();
    EXPECT_EQ(bench.take_mr<mr::DoThisWithTask>().size(), 1u);
}

TEST_F(PimDialoguesTest, CancelEndsAWaitingTask) {
    new_task();
    bench.tell_mr(mr::CancelTask{.dialogue_id = 1, .send_seq_no = 2});
    EXPECT_EQ(bench.take_mr<mr::CancelTaskConf>().front().status, 0u);
    make_ready();
    EXPECT_THAT(bench.take_mr<mr::DoThisWithTask>(), IsEmpty());
    bench.tell_mr(mr::CancelTask{.dialogue_id = 1, .send_seq_no = 3});
    EXPECT_EQ(bench.take_mr<mr::CancelTaskConf>().back().status, FailureClass::INVALID_DIALOGUE_ID);
}

TEST_F(PimDialoguesTest, ACancelThatCrossesTheAnswerIsTooLate) {
    selector().pre_call_delay = 100ms;
    make_ready();
    new_task();
    bench.tell_mr(mr::CancelTask{.dialogue_id = 1, .send_seq_no = 2});
    EXPECT_EQ(bench.take_mr<mr::CancelTaskConf>().front().status, FailureClass::INVALID_DIALOGUE_ID);
    bench.pass(100ms);
    EXPECT_EQ(bench.take_mr<mr::DoThisWithTask>().front().icm_agent_id, 5001);
}

TEST_F(PimDialoguesTest, PreCallAndAnswerComeInTheOrderOfTheSelector_R_DEC_27) {
    make_ready();
    selector().pre_call_delay = 100ms;
    const auto seen = [&] {
        return std::pair(bench.take<AgentPreCallEvent>(id).size(),
                         bench.take_mr<mr::DoThisWithTask>().size());
    };
    selector().order = Selector::Order::pre_call_first;
    new_task(1);
    EXPECT_EQ(seen(), std::pair(std::size_t{1}, std::size_t{0}));
    bench.pass(100ms);
    EXPECT_EQ(seen(), std::pair(std::size_t{1}, std::size_t{1}));
    bench.clear();
    selector().order = Selector::Order::do_this_first;
    new_task(2);
    EXPECT_EQ(seen(), std::pair(std::size_t{0}, std::size_t{1}));
    bench.pass(100ms);
    EXPECT_EQ(seen(), std::pair(std::size_t{1}, std::size_t{1}));
    bench.clear();
    selector().order = Selector::Order::no_pre_call;
    new_task(3);
    bench.pass(100ms);
    EXPECT_EQ(seen(), std::pair(std::size_t{0}, std::size_t{1}));
}

TEST_F(PimDialoguesTest, ATaskThatEndsBeforeItsAnswerTerminatesTheDialogue) {
    selector().pre_call_delay = 100ms;
    make_ready();
    new_task();
    bench.tell(id, MediaLogoutInd{.mrd_id = chat, .icm_agent_id = 5001});
    bench.pass(100ms);
    EXPECT_THAT(failures(), ElementsAre(FailureClass::TERMINATE_DIALOGUE));
    EXPECT_EQ(bench.center.dialogues.size(), 0u);
}

TEST_F(PimDialoguesTest, ScriptRequestsAreNumberedWithTheAnswer) {
    selector().run_script = 7;
    new_task();
    const auto request = bench.take_mr<mr::RunScriptReq>().front();
    EXPECT_EQ(request.script_id, 7u);
    EXPECT_EQ(request.send_seq_no, 1u);
    bench.tell_mr(mr::RunScriptResult{.dialogue_id = 1, .send_seq_no = 2, .invoke_id = request.invoke_id});
    bench.tell_mr(mr::RunScriptResult{.dialogue_id = 9, .send_seq_no = 1});
    EXPECT_THAT(failures(), ElementsAre(FailureClass::INVALID_DIALOGUE_ID));
    make_ready();
    EXPECT_EQ(bench.take_mr<mr::DoThisWithTask>().front().send_seq_no, 2u);
}

TEST_F(PimDialoguesTest, InjectionsForTheOtherEnd) {
    selector().answer_after_cancel = true;
    new_task(1);
    bench.tell_mr(mr::CancelTask{.dialogue_id = 1, .send_seq_no = 2});
    EXPECT_EQ(bench.take_mr<mr::DoThisWithTask>().size(), 1u);
    selector().duplicate_answer = true;
    make_ready();
    bench.clear();
    new_task(2);
    const auto answers = bench.take_mr<mr::DoThisWithTask>();
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(answers[0].task_id, answers[1].task_id);
}

TEST_F(PimDialoguesTest, ALostLinkDropsWaitingTasksAndKeepsAssignedOnes) {
    make_ready();
    new_task(1);
    bench.tell(id, MakeAgentNotRoutableReq{.mrd_id = chat, .icm_agent_id = 5001});
    new_task(2);
    bench.center.mr_lost(bench.now);
    EXPECT_EQ(bench.center.dialogues.size(), 0u);
    EXPECT_EQ(bench.center.router.waiting(), 0u);
    EXPECT_EQ(bench.center.tasks.size(), 1u);
}

}  // namespace
}  // namespace cticonnector::sim::cc
