// What an agent is doing (R-DEC-48), and how agents and tasks come back after a lost link (R-DEC-41).
#include <gmock/gmock.h>

#include "cti_rig.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using namespace std::chrono_literals;
using test::ann;
using test::ben;
using test::Bytes;
using test::names_of;
using test::only;
using test::op;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Ne;
using ::testing::SizeIs;

const AgentId zoe{5000, "9009"};
constexpr wire::TaskId wire_task{1, 2, 3};
const TaskId task{1, 2, 3};

class WorkTest : public test::CtiTest {
  protected:
    WorkTest() { know_ann(); }
    Bytes later(Duration wait) {
        now += wait;
        cti.on_time(now);
        return written();
    }
    Bytes go_on() {
        cti.go_on(now);
        return written();
    }
    std::vector<std::string> words() {
        std::vector<std::string> result;
        for (const Event& event : take_all()) result.push_back(std::visit(Words{*this}, event));
        return result;
    }
    struct Words {
        WorkTest& test;
        std::string operator()(const CallFound& e) {
            return "call " + std::to_string(e.call.call) + " " + std::to_string(static_cast<int>(e.state));
        }
        std::string operator()(const TaskFound& e) {
            test.task_found = e;
            return "task " + std::to_string(e.task.sequence) + " " +
                   std::to_string(static_cast<int>(e.state));
        }
        std::string operator()(const Outcome& e) { return "outcome " + std::string(name(e.failure)); }
        std::string operator()(const TaskGone& e) { return "gone " + std::to_string(e.task.sequence); }
        std::string operator()(const MediumRefused& e) { return "refused " + std::string(name(e.failure)); }
        std::string operator()(const engine::LinkUp&) { return "up"; }
        std::string operator()(const engine::LinkDown&) { return "down"; }
        std::string operator()(const auto&) { return "?"; }
    };
    static FindWork find(bool voice, bool action, bool chat) {
        return {op, ann, "4001", {{voice, action, chat}}};
    }
    static RestoreMedium chat_of(const AgentId& agent, bool ready) {
        return {agent, Channel::chat, 2, ready};
    }
    static RestoreTask active(const AgentId& agent, const TaskId& id) {
        auto info = std::make_shared<ItemInfo>();
        info->call_variables[0] = "eins";
        return {agent, Channel::chat, id, WorkState::active, info};
    }
    /// One of many, before the others by name.
    static AgentId crowd(int i) {
        const std::string number = std::to_string(1'000 + i);
        return {5000, "!" + number};
    }
    /// So many media that the others come with the next piece.
    void fill_a_piece() {
        for (int i = 0; i < Resync::piece; ++i) {
            cti.state().directory.learn_answer(crowd(i), 10'000 + i);
            perform(chat_of(crowd(i), true));
        }
    }
    static std::vector<std::string> logins_in(const Bytes& bytes) {
        std::vector<std::string> names;
        for (const wire::Frame& frame : test::frames_of(bytes)) {
            if (frame.type == MediaLoginReq::type)
                names.emplace_back(*wire::decode<MediaLoginReq>(frame, test::version)->agent_id);
        }
        return names;
    }
    static std::vector<std::int32_t> logged_out_in(const Bytes& bytes) {
        std::vector<std::int32_t> numbers;
        for (const wire::Frame& frame : test::frames_of(bytes)) {
            if (frame.type == MediaLogoutInd::type)
                numbers.push_back(wire::decode<MediaLogoutInd>(frame, test::version)->icm_agent_id);
        }
        return numbers;
    }
    void reconnect() {
        cti.link_down("lost", now);
        cti.link_up(now);
        words();
    }

    TaskFound task_found;
};

TEST_F(WorkTest, FindsCallsThroughTheDevice_R_DEC_48) {
    const Bytes device = perform(find(true, false, false));
    EXPECT_EQ(only<SnapshotDeviceReq>(device).agent_instrument, "4001");
    const Bytes calls = answer<SnapshotDeviceReq>(
        device, SnapshotDeviceConf{.calls = {{7, std::uint16_t{1}, "a7", LocalConnectionState::LCS_CONNECT},
                                             {8, std::uint16_t{1}, "a8", LocalConnectionState::LCS_HOLD},
                                             {9, std::uint16_t{1}, "a9", LocalConnectionState::LCS_NULL}}});
    const auto frames = test::frames_of(calls);
    ASSERT_THAT(names_of(calls), ElementsAre("SNAPSHOT_CALL_REQ", "SNAPSHOT_CALL_REQ"));
    const auto first = *ged188::decode<SnapshotCallReq>(frames[0], test::version);
    EXPECT_EQ(first.connection_device_id, "a7");
    receive(SnapshotCallConf{.invoke_id = first.invoke_id, .ani = "4930"});
    EXPECT_THAT(words(), ElementsAre("call 7 1"));
    const auto second = *ged188::decode<SnapshotCallReq>(frames[1], test::version);
    receive(SnapshotCallConf{.invoke_id = second.invoke_id});
    EXPECT_THAT(words(), ElementsAre("call 8 2", "outcome none"));
}

TEST_F(WorkTest, FindsTasksThroughTheMedia_R_DEC_48) {
    const Bytes list = perform(find(false, false, true));
    EXPECT_EQ(only<GetAgentTasksReq>(list).mrd_id, 5003);
    EXPECT_EQ(only<GetAgentTasksReq>(list).icm_agent_id, 5501);
    const Bytes snapshot = answer<GetAgentTasksReq>(list, AgentTasksResp{.tasks = {wire_task}});
    EXPECT_EQ(only<SnapshotTaskReq>(snapshot).task_id, wire_task);
    SnapshotTaskResp resp{.task_id = wire_task,
                          .mrd_id = 5003,
                          .icm_agent_id = 5501,
                          .task_state = TaskState::TASK_STATE_WRAPUP,
                          .script_selector = "8000",
                          .application_string2 = "000042"};
    resp.call_variables[0] = "M\xFCller";
    resp.named_variables = {{"user.id", "17"}};
    answer<SnapshotTaskReq>(snapshot, resp);
    EXPECT_THAT(words(), ElementsAre("task 3 4", "outcome none"));
    EXPECT_EQ(task_found.external_id, "000042");
    EXPECT_EQ(task_found.selector, "8000");
    EXPECT_EQ(task_found.channel, Channel::chat);
    EXPECT_EQ(task_found.info->media_id, "1_2_3");
    EXPECT_EQ(task_found.info->call_variables[0], "M\xC3\xBCller");
    EXPECT_EQ(task_found.info->ecc.size(), 1u);
}

// Tasks that came without an id of the CRM: what names nothing is handed on as nothing, for each task alike.
TEST_F(WorkTest, FindsTasksWithoutAnIdOfTheCrm_R_DEC_48) {
    const Bytes list = perform(find(false, false, true));
    const Bytes snapshots =
        answer<GetAgentTasksReq>(list, AgentTasksResp{.tasks = {{1, 2, 3}, {1, 2, 4}, {-1, -1, -1}}});
    const auto frames = test::frames_of(snapshots);
    ASSERT_EQ(frames.size(), 2u);
    std::optional<std::string_view> given;  // absent, then empty
    std::int32_t sequence = 2;
    for (const wire::Frame& frame : frames) {
        const auto asked = *ged188::decode<SnapshotTaskReq>(frame, test::version);
        receive(SnapshotTaskResp{.invoke_id = asked.invoke_id,
                                 .task_id = asked.task_id,
                                 .task_state = TaskState::TASK_STATE_ACTIVE,
                                 .application_string2 = given});
        EXPECT_EQ(words().front(), "task " + std::to_string(++sequence) + " 1");
        EXPECT_EQ(task_found.external_id, "");
        EXPECT_EQ(task_found.task.sequence, sequence);
        given = "";
    }
}

TEST_F(WorkTest, AsksEverythingAtOnceAndAnswersLast_R_DEC_48) {
    const Bytes asked = perform(find(true, true, true));
    ASSERT_THAT(names_of(asked),
                ElementsAre("SNAPSHOT_DEVICE_REQ", "GET_AGENT_TASKS_REQ", "GET_AGENT_TASKS_REQ"));
    for (const wire::Frame& frame : test::frames_of(asked)) {
        EXPECT_THAT(words(), IsEmpty());
        if (frame.type == SnapshotDeviceReq::type) {
            receive(SnapshotDeviceConf{
                .invoke_id = ged188::decode<SnapshotDeviceReq>(frame, test::version)->invoke_id});
        } else {
            receive(AgentTasksResp{.invoke_id =
                                       ged188::decode<GetAgentTasksReq>(frame, test::version)->invoke_id});
        }
    }
    EXPECT_THAT(words(), ElementsAre("outcome none"));
}

TEST_F(WorkTest, NothingToAskIsAnsweredAtOnce) {
    EXPECT_THAT(perform(find(false, false, false)), IsEmpty());
    EXPECT_THAT(words(), ElementsAre("outcome none"));
}

TEST_F(WorkTest, TellsWhatCouldNotBeAsked) {
    const Bytes device = perform(find(true, false, false));
    answer<SnapshotDeviceReq>(device, FailureConf{.status = 12});
    EXPECT_THAT(words(), ElementsAre("outcome other"));
    const Bytes list = perform(find(false, true, false));
    answer<GetAgentTasksReq>(list, AgentTasksResp{.status = 6});
    EXPECT_THAT(words(), ElementsAre("outcome other"));
}

TEST_F(WorkTest, WhatEndsMeanwhileIsNotFound) {
    const Bytes snapshot =
        answer<GetAgentTasksReq>(perform(find(false, false, true)), AgentTasksResp{.tasks = {wire_task}});
    answer<SnapshotTaskReq>(snapshot, SnapshotTaskResp{.status = 18});
    EXPECT_THAT(words(), ElementsAre("outcome none"));
    const Bytes call = answer<SnapshotDeviceReq>(
        perform(find(true, false, false)),
        SnapshotDeviceConf{.calls = {{7, std::uint16_t{1}, "a7", LocalConnectionState::LCS_CONNECT}}});
    answer<SnapshotCallReq>(call, FailureConf{.status = 13});
    EXPECT_THAT(words(), ElementsAre("outcome none"));
}

// ---- after a lost link

TEST_F(WorkTest, RestoresByTheInitBlock_R_DEC_41) {
    reconnect();
    EXPECT_THAT(perform(chat_of(ann, true)), IsEmpty());
    perform(active(ann, task));
    EXPECT_THAT(perform(RestoreDone{LinkId{1}}), IsEmpty()) << "not before AGENT_INIT_READY_EVENT";
    const Bytes block = receive(AgentInitReadyEvent{});
    EXPECT_THAT(names_of(block),
                ElementsAre("BEGIN_AGENT_INIT_IND", "AGENT_INIT_REQ", "TASK_INIT_IND", "END_AGENT_INIT_IND",
                            "GET_PRECALL_MESSAGES_REQ", "GET_PRECALL_MESSAGES_REQ"));
    const auto agent = only<AgentInitReq>(block);
    EXPECT_EQ(agent.icm_agent_id, 5501);
    EXPECT_EQ(agent.mrd_id, 5003);
    EXPECT_EQ(agent.max_task_limit, 2u);
    EXPECT_EQ(agent.agent_state, 14);
    EXPECT_EQ(agent.agent_mode, 1);
    const auto restored = only<TaskInitInd>(block);
    EXPECT_EQ(restored.task_id, wire_task);
    EXPECT_EQ(restored.task_state, TaskState::TASK_STATE_ACTIVE);
    EXPECT_EQ(restored.call_variables[0], "eins");
    EXPECT_THAT(later(10s), IsEmpty());
    answer<TaskInitInd>(block, FailureResp{.status = 18});
    EXPECT_THAT(words(), ElementsAre("gone 3")) << "the server has it no more";
    answer<AgentInitReq>(block, AgentInitResp{.status = 27});
    EXPECT_THAT(words(), ElementsAre("refused other"));
}

TEST_F(WorkTest, AcceptsThatTheServerIsReadyFirst_R_DEC_41) {
    reconnect();
    EXPECT_THAT(receive(AgentInitReadyEvent{}), IsEmpty());
    perform(chat_of(ann, false));
    const Bytes block = perform(RestoreDone{LinkId{1}});
    EXPECT_EQ(only<AgentInitReq>(block).agent_state, 2);
    EXPECT_EQ(only<AgentInitReq>(block).agent_mode, 0);
}

TEST_F(WorkTest, SignsInAgainWhenTheServerIsNotReady_R_DEC_41) {
    reconnect();
    perform(chat_of(ann, true));
    perform(active(ann, task));
    perform(active(ann, {4, 5, 6}));
    perform(RestoreDone{LinkId{1}});
    EXPECT_THAT(later(5s - 1ms), IsEmpty());
    const Bytes login = later(1ms);
    EXPECT_EQ(only<MediaLoginReq>(login).max_task_limit, 2u);
    EXPECT_THAT(receive(AgentInitReadyEvent{}), IsEmpty()) << "too late for the block";
    const Bytes list = answer<MediaLoginReq>(login, MediaLoginResp{.status = 1, .icm_agent_id = 5501});
    const Bytes rest = answer<GetAgentTasksReq>(list, AgentTasksResp{.tasks = {wire_task, {7, 8, 9}}});
    EXPECT_THAT(words(), ElementsAre("gone 6"));
    EXPECT_THAT(names_of(rest), ElementsAre("END_TASK_IND", "MAKE_AGENT_READY_IND"));
    EXPECT_EQ(only<EndTaskInd>(rest).task_id, (wire::TaskId{7, 8, 9})) << "nobody of ours works on it";
    EXPECT_EQ(only<EndTaskInd>(rest).disposition, 51u);
}

TEST_F(WorkTest, TellsWhenAnAgentIsNotLetInAgain_R_DEC_41) {
    reconnect();
    perform(chat_of(ann, true));
    perform(RestoreDone{LinkId{1}});
    const Bytes login = later(5s);
    EXPECT_THAT(answer<MediaLoginReq>(login, MediaLoginResp{.status = 2}), IsEmpty());
    EXPECT_THAT(words(), ElementsAre("refused unknown_agent"));
}

TEST_F(WorkTest, AnAgentWithoutANumberSignsInByName_R_DEC_2) {
    reconnect();
    perform(chat_of(ben, false));
    perform(RestoreDone{LinkId{1}});
    const Bytes block = receive(AgentInitReadyEvent{});
    EXPECT_EQ(only<MediaLoginReq>(block).agent_id, "1002");
}

// The block is made in pieces, the next one when the link has taken the last.
TEST_F(WorkTest, RestoresTenThousandAgentsInPieces_R_DEC_41) {
    reconnect();
    constexpr int agents = 10'000;
    for (int i = 0; i < agents; ++i) {
        const AgentId agent{5000, "a" + std::to_string(i)};
        if (i % 10 != 0) cti.state().directory.learn_answer(agent, 10'000 + i);
        for (const Channel channel : {Channel::action, Channel::chat})
            perform(RestoreMedium{agent, channel, 1, i % 2 == 0});
    }
    EXPECT_THAT(perform(RestoreDone{LinkId{1}}), IsEmpty());
    std::map<std::string, int> sent;
    std::vector<std::string> order;
    const auto note = [&](const Bytes& piece) {
        const auto names = names_of(piece);
        EXPECT_LE(names.size(), std::size_t{Resync::piece} + 4);
        for (const std::string& name : names) {
            ++sent[name];
            if (order.empty() || order.back() != name) order.push_back(name);
        }
    };
    note(receive(AgentInitReadyEvent{}));
    EXPECT_TRUE(cti.more());
    while (cti.more()) note(go_on());
    EXPECT_THAT(order, ElementsAre("BEGIN_AGENT_INIT_IND", "AGENT_INIT_REQ", "END_AGENT_INIT_IND",
                                   "GET_PRECALL_MESSAGES_REQ", "MEDIA_LOGIN_REQ"));
    EXPECT_EQ(sent["AGENT_INIT_REQ"], 2 * agents * 9 / 10);
    EXPECT_EQ(sent["MEDIA_LOGIN_REQ"], 2 * agents / 10) << "by name, behind the block";
    EXPECT_THAT(go_on(), IsEmpty());
}

// Only what has been written is reported as taken: a piece that writes nothing would be the last one.
TEST_F(WorkTest, EveryPieceButTheLastIsWritten_R_DEC_41) {
    reconnect();
    constexpr int agents = 3 * Resync::piece;
    for (int i = 0; i < agents; ++i) perform(chat_of({5000, "a" + std::to_string(i)}, true));
    perform(chat_of({5000, "b"}, true));
    perform(RestoreDone{LinkId{1}});
    perform(LogoutMedium{{5000, "b"}, Channel::chat});
    std::map<std::string, int> sent;
    for (Bytes piece = receive(AgentInitReadyEvent{}); !piece.empty(); piece = go_on()) {
        for (const std::string& name : names_of(piece)) ++sent[name];
    }
    EXPECT_FALSE(cti.more());
    EXPECT_EQ(sent["END_AGENT_INIT_IND"], 1);
    EXPECT_EQ(sent["MEDIA_LOGOUT_IND"], 1) << "what was held back";
    EXPECT_EQ(sent["MEDIA_LOGIN_REQ"], agents);
}

// The block says what was true when the link came up; what is wanted meanwhile comes behind it, in order.
TEST_F(WorkTest, WishesDuringTheBlockWaitForItsEnd_R_DEC_41) {
    reconnect();
    perform(chat_of(ann, false));
    perform(active(ann, task));
    EXPECT_THAT(perform(EndTask{ann, Channel::chat, task, TaskEnd::completed}), IsEmpty());
    EXPECT_THAT(perform(RestoreDone{LinkId{1}}), IsEmpty());
    EXPECT_THAT(perform(ReadyMedium{ann, Channel::chat}), IsEmpty());
    EXPECT_THAT(names_of(perform(ReadyMedium{ben, Channel::chat})), ElementsAre("MAKE_AGENT_READY_IND"))
        << "not in the block";
    EXPECT_THAT(names_of(receive(AgentInitReadyEvent{})),
                ElementsAre("BEGIN_AGENT_INIT_IND", "AGENT_INIT_REQ", "TASK_INIT_IND", "END_AGENT_INIT_IND",
                            "GET_PRECALL_MESSAGES_REQ", "GET_PRECALL_MESSAGES_REQ", "END_TASK_IND",
                            "MAKE_AGENT_READY_IND"));
    EXPECT_THAT(names_of(perform(ReadyMedium{ann, Channel::chat})), ElementsAre("MAKE_AGENT_READY_IND"));
}

// An agent whose tasks cannot be listed would stay not ready until the link is lost the next time.
TEST_F(WorkTest, WhoseTasksCannotBeListedIsRefused_R_DEC_41) {
    const auto listed = [&](auto refusal) {
        reconnect();
        perform(chat_of(ann, true));
        perform(RestoreDone{LinkId{1}});
        const Bytes login = later(5s);
        const Bytes list = answer<MediaLoginReq>(login, MediaLoginResp{.status = 1, .icm_agent_id = 5501});
        EXPECT_THAT(answer<GetAgentTasksReq>(list, refusal), IsEmpty());
        return words();
    };
    EXPECT_THAT(listed(FailureResp{.status = 2}), ElementsAre("refused unknown_agent"));
    EXPECT_THAT(listed(FailureConf{.status = 4}), ElementsAre("refused other"));
    EXPECT_THAT(listed(AgentTasksResp{.status = 2}), ElementsAre("refused unknown_agent"));
}

TEST_F(WorkTest, WhoSignsInAgainIsTakenAsTheyAreNow_R_DEC_41) {
    for (const bool ready_now : {true, false}) {
        reconnect();
        perform(chat_of(ann, !ready_now));
        perform(RestoreDone{LinkId{1}});
        const Bytes login = later(5s);
        if (ready_now) {
            perform(ReadyMedium{ann, Channel::chat});
        } else {
            perform(NotReadyMedium{op, ann, Channel::chat, 0});
        }
        const Bytes list = answer<MediaLoginReq>(login, MediaLoginResp{.status = 1, .icm_agent_id = 5501});
        const Bytes rest = answer<GetAgentTasksReq>(list, AgentTasksResp{});
        EXPECT_EQ(names_of(rest).size(), ready_now ? 1u : 0u);
    }
}

// R-DEC-35, R-HA-9: who leaves meanwhile is logged out, and neither logged in nor made ready after that.
TEST_F(WorkTest, WhoLeavesBeforeTheSecondWayIsNotSignedInAgain_R_DEC_35_R_DEC_41) {
    reconnect();
    fill_a_piece();
    perform(chat_of(ann, true));
    EXPECT_THAT(perform(LogoutMedium{crowd(0), Channel::chat}), IsEmpty()) << "until all is gathered";
    perform(RestoreDone{LinkId{1}});
    EXPECT_THAT(perform(LogoutMedium{ann, Channel::chat}), IsEmpty()) << "not before a block that may come";
    const Bytes piece = later(5s);
    EXPECT_THAT(logins_in(piece), Each(Ne(crowd(0).name)));
    EXPECT_THAT(logins_in(piece), SizeIs(Resync::piece - 1));
    EXPECT_THAT(logged_out_in(piece), ElementsAre(10'000, 5501));
    EXPECT_THAT(names_of(go_on()), IsEmpty());
    EXPECT_FALSE(cti.more());
}

TEST_F(WorkTest, WhoLeavesBetweenTwoPiecesIsNotSignedInAgain_R_DEC_35_R_DEC_41) {
    reconnect();
    fill_a_piece();
    perform(chat_of(ann, true));
    perform(chat_of(zoe, true));
    perform(RestoreDone{LinkId{1}});
    EXPECT_THAT(logins_in(later(5s)), SizeIs(Resync::piece));
    EXPECT_THAT(names_of(perform(LogoutMedium{ann, Channel::chat})), ElementsAre("MEDIA_LOGOUT_IND"))
        << "the next to be signed in";
    EXPECT_THAT(logins_in(go_on()), ElementsAre(zoe.name));
    EXPECT_THAT(go_on(), IsEmpty());
    EXPECT_FALSE(cti.more());
}

TEST_F(WorkTest, WhoLeavesWhileSigningInAgainIsNotMadeReady_R_DEC_35_R_DEC_41) {
    for (const bool listed : {false, true}) {
        reconnect();
        perform(chat_of(ann, true));
        perform(active(ann, task));
        perform(RestoreDone{LinkId{1}});
        const Bytes login = later(5s);
        Bytes list;
        if (listed) list = answer<MediaLoginReq>(login, MediaLoginResp{.status = 1, .icm_agent_id = 5501});
        EXPECT_THAT(logged_out_in(perform(LogoutMedium{ann, Channel::chat})), ElementsAre(5501));
        const Bytes rest =
            listed ? answer<GetAgentTasksReq>(list, AgentTasksResp{.tasks = {{7, 8, 9}}})
                   : answer<MediaLoginReq>(login, MediaLoginResp{.status = 1, .icm_agent_id = 5501});
        EXPECT_THAT(names_of(rest), IsEmpty()) << listed;
        EXPECT_THAT(words(), IsEmpty()) << listed;
    }
}

// Without a number nobody can be logged out: the answer to the sign-in brings it.
TEST_F(WorkTest, WhoLeavesWhileSigningInByNameIsTakenBack_R_DEC_35) {
    const auto sign_in = [&] {
        reconnect();
        perform(chat_of(ben, true));
        perform(RestoreDone{LinkId{1}});
        const Bytes login = later(5s);
        EXPECT_THAT(logins_in(login), ElementsAre("1002"));
        EXPECT_THAT(perform(LogoutMedium{ben, Channel::chat}), IsEmpty());
        return login;
    };
    const Bytes refused = sign_in();
    EXPECT_THAT(answer<MediaLoginReq>(refused, MediaLoginResp{.status = 2}), IsEmpty());
    EXPECT_THAT(words(), ElementsAre("refused unknown_agent")) << "so they are out";
    const Bytes overtaken = sign_in();
    EXPECT_THAT(names_of(perform(LoginMedium{op, ben, Channel::chat, 2})), ElementsAre("MEDIA_LOGIN_REQ"));
    EXPECT_THAT(answer<MediaLoginReq>(overtaken, MediaLoginResp{}), IsEmpty()) << "they are back already";
    const Bytes login = sign_in();
    const Bytes taken_back = answer<MediaLoginReq>(login, MediaLoginResp{.icm_agent_id = 5502});
    EXPECT_THAT(names_of(taken_back), ElementsAre("MEDIA_LOGOUT_IND"));
    EXPECT_THAT(logged_out_in(taken_back), ElementsAre(5502));
}

// R-HA-9: until the log-out may be said, behind the block, nothing is routed to who has left.
TEST_F(WorkTest, WhoLeavesDuringTheBlockIsLoggedOutBehindIt_R_DEC_35_R_DEC_41) {
    reconnect();
    fill_a_piece();
    perform(chat_of(ann, true));
    perform(chat_of(zoe, true));
    perform(RestoreDone{LinkId{1}});
    receive(AgentInitReadyEvent{});
    for (const AgentId& agent : {crowd(0), ann, zoe})
        EXPECT_THAT(perform(LogoutMedium{agent, Channel::chat}), IsEmpty());
    const Bytes rest = go_on();
    EXPECT_THAT(names_of(rest), ElementsAre("AGENT_INIT_REQ", "END_AGENT_INIT_IND",
                                            "GET_PRECALL_MESSAGES_REQ", "GET_PRECALL_MESSAGES_REQ",
                                            "MEDIA_LOGOUT_IND", "MEDIA_LOGOUT_IND", "MEDIA_LOGOUT_IND"));
    EXPECT_EQ(only<AgentInitReq>(rest).icm_agent_id, 5501);
    EXPECT_EQ(only<AgentInitReq>(rest).agent_mode, AgentMode::NOT_ROUTABLE);
    EXPECT_EQ(only<AgentInitReq>(rest).agent_state, ged188::AgentState::AGENT_STATE_NOT_READY);
    EXPECT_THAT(go_on(), IsEmpty());
    EXPECT_FALSE(cti.more());
}

TEST_F(WorkTest, WhoLeavesAndComesBackDuringTheBlockIsTakenInThatOrder_R_DEC_41) {
    reconnect();
    perform(chat_of(ann, true));
    perform(RestoreDone{LinkId{1}});
    perform(LogoutMedium{ann, Channel::chat});
    EXPECT_THAT(perform(LoginMedium{op, ann, Channel::chat, 2}), IsEmpty());
    EXPECT_THAT(perform(ReadyMedium{ann, Channel::chat}), IsEmpty());
    EXPECT_THAT(names_of(later(5s)),
                ElementsAre("MEDIA_LOGOUT_IND", "MEDIA_LOGIN_REQ", "MAKE_AGENT_READY_IND"));
}

// R-DEC-48: an empty block would end the tasks of agents who are about to be adopted.
TEST_F(WorkTest, WithNothingToRestoreSendsNothing_R_DEC_48) {
    reconnect();
    perform(RestoreDone{LinkId{1}});
    EXPECT_THAT(receive(AgentInitReadyEvent{}), IsEmpty());
    EXPECT_THAT(later(10s), IsEmpty());
}

TEST_F(WorkTest, WithoutArmRestoresNothing_R_DEC_7) {
    settings.application_path = 0;
    reconnect();
    perform(chat_of(ann, true));
    perform(RestoreDone{LinkId{1}});
    EXPECT_THAT(receive(AgentInitReadyEvent{}), IsEmpty());
    EXPECT_FALSE(cti.next_deadline());
}

// The link is lost again at each step of the resynchronisation: the next one starts from the beginning.
TEST_F(WorkTest, SurvivesALossAtEveryStep_R_HA_5) {
    for (int steps = 0; steps <= 3; ++steps) {
        reconnect();
        if (steps >= 1) perform(chat_of(ann, true));
        if (steps >= 2) perform(active(ann, task));
        if (steps >= 3) perform(RestoreDone{LinkId{1}});
        reconnect();
        EXPECT_THAT(receive(AgentInitReadyEvent{}), IsEmpty()) << steps;
        perform(chat_of(ann, true));
        EXPECT_EQ(names_of(perform(RestoreDone{LinkId{1}})).size(), 5u) << steps;
    }
}

}  // namespace
}  // namespace cticonnector::routing
