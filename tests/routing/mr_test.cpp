// Media routing without a socket: who is the router, and the dialogues with it.
#include <gmock/gmock.h>

#include "dialogues.hpp"
#include "lent.hpp"
#include "messages.hpp"
#include "names.hpp"
#include "pims.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace std::chrono_literals;
using test::ann;
using test::Bytes;
using test::only;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// ---- who is the router

class PimsTest : public ::testing::Test {
  protected:
    template <class M>
    std::vector<std::string> receive(PimId pim, const M& m) {
        const Bytes bytes = test::bytes_of(m);
        pims.on(pim, test::frames_of(bytes).front(), now, steps);
        return words();
    }
    std::vector<std::string> words() {
        std::vector<std::string> result;
        for (const PimStep& step : std::exchange(steps, {})) result.push_back(std::visit(Words{}, step));
        return result;
    }
    struct Words {
        std::string operator()(const PimSend& s) {
            return std::string(mr::name_of(test::frames_of(s.bytes).front().type)) + " " +
                   std::to_string(s.pim);
        }
        std::string operator()(const PimClose& c) { return "close " + std::to_string(c.pim); }
        std::string operator()(const PimUp& u) { return "up " + std::to_string(u.pim) + " " + u.name; }
        std::string operator()(const PimDown& d) { return "down " + std::to_string(d.pim); }
    };
    std::vector<std::string> at(Pims::Time::duration later) {
        now += later;
        pims.on_time(now, steps);
        return words();
    }
    void open(PimId pim, std::uint32_t idle = 0) {
        pims.accepted(pim, now);
        receive(pim, mr::MrOpenReq{.invoke_id = 1, .idle_timeout = idle, .pim_name = "A"});
    }

    Pims pims;
    Pims::Time now = Pims::Time{} + 1h;
    std::vector<PimStep> steps;
};

TEST_F(PimsTest, ThePimThatOpensIsTheRouter) {
    pims.accepted(1, now);
    EXPECT_FALSE(pims.router());
    EXPECT_THAT(receive(1, mr::MrOpenReq{.invoke_id = 7, .pim_name = "A"}),
                ElementsAre("MR_OPEN_CONF 1", "up 1 A"));
    EXPECT_EQ(pims.router(), 1u);
    EXPECT_THAT(receive(1, mr::MrHeartbeatReq{.invoke_id = 8}), ElementsAre("MR_HEARTBEAT_CONF 1"));
    EXPECT_THAT(receive(1, mr::MrOpenReq{}), ElementsAre("MR_OPEN_CONF 1")) << "it is already";
    EXPECT_THAT(receive(1, mr::MrClose{}), ElementsAre("close 1", "down 1"));
    EXPECT_FALSE(pims.router());
}

// R-DEC-42
TEST_F(PimsTest, ASecondOneWinsOnceItHasOpened_R_DEC_42) {
    open(1);
    pims.accepted(2, now);
    EXPECT_EQ(pims.router(), 1u) << "being connected is not enough";
    EXPECT_THAT(receive(2, mr::MrHeartbeatReq{}), ElementsAre("MR_HEARTBEAT_CONF 2"));
    EXPECT_THAT(receive(2, mr::MrOpenReq{.pim_name = "B"}),
                ElementsAre("MR_OPEN_CONF 2", "MR_CLOSE 1", "close 1", "down 1", "up 2 B"));
    EXPECT_EQ(pims.router(), 2u);
    pims.closed(1, "end of file", steps);
    EXPECT_THAT(words(), IsEmpty());
    pims.closed(2, "end of file", steps);
    EXPECT_THAT(words(), ElementsAre("down 2"));
}

TEST_F(PimsTest, SilenceForThreeIntervalsEndsTheConnection_R_DEC_42) {
    open(1);
    EXPECT_THAT(at(14s), IsEmpty());
    receive(1, mr::NewTaskFailure{});
    EXPECT_THAT(at(14s), IsEmpty()) << "any message is a sign of life";
    EXPECT_EQ(*pims.next_deadline(), now + 1s);
    EXPECT_THAT(at(1s), ElementsAre("MR_CLOSE 1", "close 1", "down 1"));
    EXPECT_FALSE(pims.next_deadline());
    open(2, 60);
    EXPECT_THAT(at(59s), IsEmpty()) << "it has announced its own IdleTimeout";
    EXPECT_THAT(at(1s), ElementsAre("MR_CLOSE 2", "close 2", "down 2"));
    pims.accepted(3, now);
    EXPECT_THAT(at(15s), ElementsAre("MR_CLOSE 3", "close 3")) << "it has never opened";
}

TEST_F(PimsTest, OnlyTheRouterHasDialogues) {
    open(1);
    pims.accepted(2, now);
    const Bytes bytes = test::bytes_of(mr::DoThisWithTask{});
    const mr::Frame frame = test::frames_of(bytes).front();
    EXPECT_FALSE(pims.on(1, frame, now, steps));
    EXPECT_TRUE(pims.on(2, frame, now, steps));
}

TEST_F(PimsTest, StopsAllOfThem) {
    for (PimId pim = 1; pim <= 8; ++pim) pims.accepted(pim, now);
    pims.stop(steps);
    EXPECT_EQ(words().size(), 16u);
    EXPECT_FALSE(pims.next_deadline());
}

// ---- dialogues

const TaskId task{151635, 312, 1};

class DialoguesTest : public ::testing::Test {
  protected:
    DialoguesTest() {
        settings.action_mrd = 5001;
        settings.chat_mrd = 5003;
        settings.ecc = {{"user.id", false}, {"user.list", true}};
        directory.learn_answer(ann, 5501);
        dialogues.router_up();
        dialogues.events.clear();
    }
    RouteItem item(std::uint64_t id = 42) {
        auto info = std::make_shared<ItemInfo>();
        info->call_variables[0] = "eins";
        info->attached_data = std::make_shared<Document>(Document{"<ItemAttachedData/>", "", ""});
        info->title = "an order";
        info->ecc = {{"user.id", "17"}, {"other", "x"}};
        return {.item = ItemId{id},
                .channel = Channel::action,
                .selector = "8000",
                .reason = RouteReason::none,
                .external_id = "000042",
                .previous = no_task,
                .preferred = std::nullopt,
                .info = info};
    }
    Bytes perform(const auto& action) {
        dialogues.perform(action);
        return std::exchange(dialogues.out, {});
    }
    template <class M>
    std::string receive(const M& m) {
        const Bytes bytes = test::bytes_of(m);
        dialogues.on(test::frames_of(bytes).front(), now);
        std::string odd;
        for (const Oddity& one : dialogues.odd.take()) odd += one.message + ' ' + one.text;
        return odd;
    }
    template <class E>
    E take() {
        auto events = std::exchange(dialogues.events, {});
        if (events.size() == 1 && std::holds_alternative<E>(events[0])) return std::get<E>(events[0]);
        ADD_FAILURE() << "not the one event that was expected";
        return {};
    }
    static mr::DoThisWithTask assignment(std::uint32_t dialogue) {
        return {.dialogue_id = dialogue,
                .send_seq_no = 1,
                .task_id = {151635, 312, 1},
                .mr_domain_id = 5001,
                .icm_agent_id = 5501,
                .skill_group_id = 77,
                .peripheral_id = 5000};
    }

    Settings settings;
    Current<Settings> current{cticonnector::testing::lent(settings)};
    Directory directory;
    Dialogues dialogues{current, directory};
    Time now = Time{} + 1h;
};

// R-ITEM-2: the reason is there for the routing script; R-ITEM-4: the preferred agent is named
TEST_F(DialoguesTest, OpensWithNewTask_R_DEC_23_R_DEC_54) {
    const Bytes bytes = perform(item());
    const auto task_request = only<mr::NewTask>(bytes);
    EXPECT_EQ(task_request.dialogue_id, 1u);
    EXPECT_EQ(task_request.send_seq_no, 1u);
    EXPECT_EQ(task_request.mr_domain_id, 5001);
    EXPECT_EQ(task_request.previous_task, (wire::TaskId{-1, -1, -1}));
    EXPECT_EQ(task_request.preferred_agent, -1);
    EXPECT_EQ(task_request.script_selector, "8000");
    EXPECT_FALSE(task_request.application_string1) << "the first time";
    EXPECT_EQ(task_request.application_string2, "000042");
    EXPECT_EQ(task_request.call_variables[0], "eins");
    EXPECT_FALSE(task_request.call_variables[1]);
    EXPECT_THAT(task_request.named_variables, ElementsAre(wire::NamedVariable{"user.id", "17"}));

    RouteItem again = item(43);
    again.channel = Channel::chat;
    again.reason = RouteReason::RONA;
    again.previous = task;
    again.preferred = ann;
    const Bytes second = perform(again);
    const auto repeated = only<mr::NewTask>(second);
    EXPECT_EQ(repeated.dialogue_id, 2u);
    EXPECT_EQ(repeated.mr_domain_id, 5003);
    EXPECT_EQ(repeated.application_string1, "RONA");
    EXPECT_EQ(repeated.previous_task, (wire::TaskId{151635, 312, 1}));
    EXPECT_EQ(repeated.preferred_agent, 5501);
}

TEST_F(DialoguesTest, CutsCallVariablesInTheCodePage_R_DEC_54) {
    RouteItem r = item();
    auto info = std::make_shared<ItemInfo>(*r.info);
    for (int i = 0; i < 50; ++i) info->call_variables[2] += "\xC3\xBC";
    info->call_variables[3] = "\xE6\xBC\xA2 \xE2\x82\xAC";
    r.info = info;
    const Bytes bytes = perform(r);
    const auto m = only<mr::NewTask>(bytes);
    EXPECT_EQ(m.call_variables[2], std::string(40, '\xFC'));
    EXPECT_EQ(m.call_variables[3], "? \x80");
}

TEST_F(DialoguesTest, NamesOfVariablesAreInTheCodePageToo_R_DEC_70) {
    settings.ecc = {
        {"user.gr\xC3\xB6\xC3\x9F"
         "e",
         false}};
    RouteItem r = item();
    auto info = std::make_shared<ItemInfo>(*r.info);
    info->ecc = {{settings.ecc[0].name, "XL"}};
    r.info = info;
    const Bytes bytes = perform(r);
    const auto m = only<mr::NewTask>(bytes);
    const wire::NamedVariable coded{
        "user.gr\xF6\xDF"
        "e",
        "XL"};
    EXPECT_THAT(m.named_variables, ElementsAre(coded));
    auto answer = assignment(1);
    answer.named_variables = {coded};
    EXPECT_EQ(receive(answer), "");
    EXPECT_THAT(take<TaskAssigned>().info->ecc,
                ElementsAre(std::pair<std::string, std::string>{settings.ecc[0].name, "XL"}));
}

TEST_F(DialoguesTest, EndsWithAnAgentAndTheTasksData_R_DEC_27_R_DEC_54) {
    perform(item());
    auto m = assignment(1);
    m.call_variables[1] = "M\xFCller";
    m.named_variables = {{"user.id", "18"}, {"other", "y"}};
    m.named_arrays = {{0, "user.list", "arrays exist on calls only"}};
    EXPECT_EQ(receive(m), "");
    const auto told = take<TaskAssigned>();
    EXPECT_EQ(told.item, ItemId{42});
    EXPECT_EQ(told.channel, Channel::action);
    EXPECT_EQ(told.agent, ann);
    EXPECT_EQ(told.task, task);
    EXPECT_EQ(told.info->media_id, "151635_312_1");
    EXPECT_EQ(told.info->queue, "77");
    EXPECT_EQ(told.info->call_variables[0], "") << "the task's variables replace the item's";
    EXPECT_EQ(told.info->call_variables[1], "M\xC3\xBCller");
    EXPECT_THAT(told.info->ecc, ElementsAre(std::pair<std::string, std::string>{"user.id", "18"}));
    EXPECT_EQ(told.info->attached_data->text, "<ItemAttachedData/>") << "the CRM's own stays";
    EXPECT_EQ(told.info->title, "an order");
    EXPECT_EQ(dialogues.size(), 0u);
}

TEST_F(DialoguesTest, AnAgentWhomNobodyKnowsHasNoName) {
    perform(item());
    auto m = assignment(1);
    m.icm_agent_id = 9999;
    m.skill_group_id = 0xFFFFFFFF;
    receive(m);
    const auto told = take<TaskAssigned>();
    EXPECT_EQ(told.agent.name, "");
    EXPECT_EQ(told.info->queue, "");
}

TEST_F(DialoguesTest, EndsWithALabel_R_DEC_29) {
    const struct {
        std::string_view label;
        RouteLabel means;
    } cases[] = {{"ROUTE_ERROR", RouteLabel::route_error},
                 {"TIMEOUT", RouteLabel::timeout},
                 {"4711", RouteLabel::other}};
    std::uint32_t dialogue = 0;
    for (const auto& c : cases) {
        perform(item());
        auto m = assignment(++dialogue);
        m.icm_agent_id = -1;
        m.label = c.label;
        receive(m);
        const auto told = take<TaskLabelled>();
        EXPECT_EQ(told.item, ItemId{42});
        EXPECT_EQ(told.label, c.means);
        EXPECT_EQ(told.text, c.label);
    }
}

TEST_F(DialoguesTest, EndsWithAFailureInWords_R_DEC_55) {
    perform(item());
    receive(mr::NewTaskFailure{.dialogue_id = 1, .failure_class = 49, .text = "8000"});
    EXPECT_EQ(take<RouteFailed>().why, as_told("invalid script selector (49): 8000"));
    perform(item());
    receive(mr::NewTaskFailure{.dialogue_id = 2, .failure_class = 4711});
    EXPECT_EQ(take<RouteFailed>().why, as_told("failure class (4711)"));
}

TEST_F(DialoguesTest, AnswersScripts) {
    perform(item());
    EXPECT_EQ(receive(mr::RunScriptReq{.dialogue_id = 1, .send_seq_no = 1, .invoke_id = 9}), "");
    const auto result = only<mr::RunScriptResult>(dialogues.out);
    EXPECT_EQ(result.dialogue_id, 1u);
    EXPECT_EQ(result.send_seq_no, 2u);
    EXPECT_EQ(result.invoke_id, 9u);
    EXPECT_EQ(result.status, 0u);
    EXPECT_EQ(dialogues.size(), 1u);
}

TEST_F(DialoguesTest, IsCancelled_R_DEC_55) {
    perform(item());
    const auto cancel = only<mr::CancelTask>(perform(CancelRoute{ItemId{42}}));
    EXPECT_EQ(cancel.dialogue_id, 1u);
    EXPECT_EQ(cancel.send_seq_no, 2u);
    EXPECT_THAT(perform(CancelRoute{ItemId{42}}), IsEmpty()) << "only once";
    EXPECT_THAT(perform(CancelRoute{ItemId{99}}), IsEmpty());
    receive(mr::CancelTaskConf{.dialogue_id = 1});
    EXPECT_THAT(dialogues.events, IsEmpty());
    EXPECT_EQ(dialogues.size(), 0u);
}

// MR fact sheet section 6.3: the contact center holds the task, so the engine must hear of it.
TEST_F(DialoguesTest, AnAgentCrossingACancelIsTold_R_DEC_27) {
    perform(item());
    perform(CancelRoute{ItemId{42}});
    receive(assignment(1));
    EXPECT_EQ(take<TaskAssigned>().item, ItemId{42});
    perform(item());
    perform(CancelRoute{ItemId{42}});
    receive(mr::NewTaskFailure{.dialogue_id = 2, .failure_class = 35});
    EXPECT_THAT(dialogues.events, IsEmpty()) << "that is what was wanted";
}

TEST_F(DialoguesTest, CountsMessagesOfUnknownDialogues) {
    EXPECT_THAT(receive(assignment(7)), HasSubstr("DO_THIS_WITH_TASK for the unknown dialogue 7"));
    perform(item());
    receive(assignment(1));
    dialogues.events.clear();
    EXPECT_THAT(receive(assignment(1)), HasSubstr("dialogue 1, which was answered before"));
    EXPECT_EQ(dialogues.unknown(), 2u);
    EXPECT_THAT(dialogues.strays, IsEmpty()) << "the same task again says nothing new";
    EXPECT_THAT(dialogues.events, IsEmpty());
    EXPECT_THAT(receive(mr::MrOpenConf{}), HasSubstr("none of a dialogue"));
}

// The item is somebody else's by now: the contact center must not wait for anybody to take the second task.
TEST_F(DialoguesTest, ASecondTaskOfAnAnsweredDialogueIsEnded_R_DEC_27) {
    perform(item());
    receive(assignment(1));
    take<TaskAssigned>();
    auto second = assignment(1);
    second.task_id = {151635, 313, 1};
    second.icm_agent_id = 9999;
    EXPECT_THAT(receive(second), HasSubstr("task 151635_313_1"));
    EXPECT_THAT(dialogues.events, IsEmpty());
    ASSERT_THAT(dialogues.strays, SizeIs(1));
    EXPECT_EQ(dialogues.strays[0].mrd, 5001);
    EXPECT_EQ(dialogues.strays[0].icm_agent_id, 9999) << "also an agent whom nobody knows here";
    EXPECT_EQ(dialogues.strays[0].task, (TaskId{151635, 313, 1}));
}

TEST_F(DialoguesTest, ATaskBehindAnyOtherEndOfItsDialogueIsEndedToo_R_DEC_27) {
    perform(item());
    auto label = assignment(1);
    label.icm_agent_id = -1;
    label.label = "TIMEOUT";
    receive(label);
    perform(item());
    receive(mr::NewTaskFailure{.dialogue_id = 2, .failure_class = 49});
    perform(item());
    perform(CancelRoute{ItemId{42}});
    receive(mr::CancelTaskConf{.dialogue_id = 3});
    dialogues.events.clear();
    for (std::uint32_t dialogue = 1; dialogue <= 3; ++dialogue) receive(assignment(dialogue));
    EXPECT_THAT(dialogues.strays, SizeIs(3));
    receive(label);
    auto nothing = assignment(1);
    nothing.task_id = {-1, -1, -1};
    receive(nothing);
    EXPECT_THAT(dialogues.strays, SizeIs(3)) << "these give nothing to anybody";
    EXPECT_THAT(dialogues.events, IsEmpty());
}

TEST_F(DialoguesTest, AnsweredDialoguesAreRememberedForAMinute_R_DEC_27) {
    perform(item(1));
    receive(assignment(1));
    auto second = assignment(1);
    second.task_id = {151635, 313, 1};
    now += 60s;
    receive(second);
    EXPECT_THAT(dialogues.strays, SizeIs(1)) << "60 s are not over";
    now += 1s;
    EXPECT_THAT(receive(second), HasSubstr("unknown dialogue 1"));
    EXPECT_THAT(dialogues.strays, SizeIs(1));
}

TEST_F(DialoguesTest, AtMostTenThousandAnsweredDialoguesAreRemembered_R_DEC_27) {
    for (std::uint32_t dialogue = 1; dialogue <= 10'001; ++dialogue) {
        perform(item());
        receive(assignment(dialogue));
    }
    EXPECT_THAT(receive(assignment(1)), HasSubstr("unknown dialogue 1;"));
    EXPECT_THAT(receive(assignment(2)), HasSubstr("answered before"));
}

TEST_F(DialoguesTest, AConfirmedCancelThatNobodyAskedForEndsNothing_R_DEC_35) {
    perform(item());
    EXPECT_THAT(receive(mr::CancelTaskConf{.dialogue_id = 1}), HasSubstr("not cancelled"));
    EXPECT_EQ(dialogues.size(), 1u);
    receive(assignment(1));
    EXPECT_EQ(take<TaskAssigned>().item, ItemId{42});
}

// Nothing could be offered, and nothing could be ended: the item must not wait for ever.
TEST_F(DialoguesTest, AnAgentForNoTaskParksTheItem_R_DEC_55) {
    perform(item());
    auto m = assignment(1);
    m.task_id = {-1, -1, -1};
    EXPECT_THAT(receive(m), HasSubstr("no task"));
    EXPECT_EQ(take<RouteFailed>().item, ItemId{42});
    EXPECT_EQ(dialogues.size(), 0u);
}

TEST_F(DialoguesTest, AnItemIsCancelledWhateverItsFormerDialogueDoes) {
    perform(item());
    perform(CancelRoute{ItemId{42}});
    perform(item());  // the confirmation of the first is still on its way
    receive(mr::CancelTaskConf{.dialogue_id = 1});
    EXPECT_EQ(only<mr::CancelTask>(perform(CancelRoute{ItemId{42}})).dialogue_id, 2u);
}

TEST_F(DialoguesTest, AnItemWithoutAnIdOfTheCrmNamesNone_R_DEC_23) {
    RouteItem r = item();
    r.external_id.clear();
    EXPECT_FALSE(only<mr::NewTask>(perform(r)).application_string2);
}

TEST_F(DialoguesTest, WhatCannotBeDecodedIsToldAndTheDialogueGoesOn) {
    perform(item());
    dialogues.on({mr::DoThisWithTask::type, {}}, now);
    EXPECT_THAT(dialogues.odd.take(), SizeIs(1));
    EXPECT_THAT(dialogues.odd.take_undecodable(), ElementsAre(::testing::Pair("DO_THIS_WITH_TASK", 1)));
    EXPECT_EQ(dialogues.size(), 1u);
    dialogues.on({30583, {}}, now);
    EXPECT_THAT(dialogues.odd.take(), SizeIs(1));
}

TEST_F(DialoguesTest, ALostRouterEndsThemAll_R_HA_7) {
    perform(item(1));
    perform(item(2));
    dialogues.router_down();
    take<RouterDown>();
    EXPECT_EQ(dialogues.size(), 0u);
    EXPECT_THAT(perform(item(3)), IsEmpty());
    take<RouterDown>();
    dialogues.router_up();
    take<RouterUp>();
    EXPECT_THAT(receive(assignment(1)), HasSubstr("unknown"));
    EXPECT_EQ(only<mr::NewTask>(perform(item(1))).dialogue_id, 3u) << "ids are not used again";
}

TEST_F(DialoguesTest, WhatCannotBeWrittenFails_R_DEC_55) {
    RouteItem r = item();
    r.external_id = std::string(64, 'x');
    EXPECT_THAT(perform(r), IsEmpty());
    EXPECT_THAT(take<RouteFailed>().why.arguments.at(0), HasSubstr("ApplicationString2"));
}

}  // namespace
}  // namespace cticonnector::routing
