// The CTI side between engine and wire, without a socket: actions become the messages that the documents ask
// for, messages become events.
#include <gmock/gmock.h>

#include "cti_rig.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using namespace std::chrono_literals;
using engine::AgentState;
using test::ann;
using test::ben;
using test::Bytes;
using test::CtiTest;
using test::only;
using test::op;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const TaskId task{151635, 312, 1};
constexpr wire::TaskId wire_task{151635, 312, 1};

// ---- agents

TEST_F(CtiTest, AsksForTheAgentByNameAndLearnsHisNumber_R_DEC_2_R_DEC_48) {
    const Bytes request = perform(QueryAgent{op, ann});
    const auto query = only<QueryAgentStateReq>(request);
    EXPECT_EQ(query.peripheral_id, 5000u);
    EXPECT_EQ(query.mrd_id, 1);
    EXPECT_EQ(query.icm_agent_id, -1);
    EXPECT_EQ(query.agent_id, "1001");
    answer<QueryAgentStateReq>(request, QueryAgentStateConf{.agent_state = 2,
                                                            .mrd_id = 1,
                                                            .icm_agent_id = 5501,
                                                            .agent_extension = "4001",
                                                            .agent_instrument = "SEP01"});
    const auto events = take_all();
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(std::get<AgentState>(events[0]).state, MediumState::not_ready);
    const auto& found = std::get<AgentFound>(events[1]);
    EXPECT_EQ(found.operation, op);
    EXPECT_TRUE(found.logged_in);
    EXPECT_EQ(found.extension, "4001");
    EXPECT_EQ(found.instrument, "SEP01");
    EXPECT_EQ(cti.state().directory.icm_agent_id(ann), 5501);
    EXPECT_EQ(only<QueryAgentStateReq>(perform(QueryAgent{op, ann})).icm_agent_id, 5501);
}

TEST_F(CtiTest, LogsInInTheCodePage_R_DEC_70) {
    const AgentId joerg{5000, "J\xC3\x96RG"};
    EXPECT_EQ(only<QueryAgentStateReq>(perform(QueryAgent{op, joerg})).agent_id, "J\xD6RG");
    const auto login = only<SetAgentStateReq>(perform(Login{op, joerg,
                                                            "Stra\xC3\x9F"
                                                            "e",
                                                            Secret("5 \xE2\x82\xAC"), false}));
    EXPECT_EQ(login.agent_id, "J\xD6RG");
    EXPECT_EQ(login.agent_instrument,
              "Stra\xDF"
              "e");
    EXPECT_EQ(login.agent_password, "5 \x80");
}

TEST_F(CtiTest, RefusesCredentialsThatTheCodePageCannotHold_R_DEC_70) {
    const std::string han = "\xE6\xBC\xA2";
    const struct {
        CenterAction action;
        std::string text;
    } cases[] = {
        {QueryAgent{op, {5000, han}},
         "the agent has a character that [CTI] CodePage windows-1252 does not have"},
        {Login{op, {5000, han}, "52513", Secret("p"), false},
         "the agent has a character that [CTI] CodePage windows-1252 does not have"},
        {Login{op, ann, han, Secret("p"), false},
         "the device has a character that [CTI] CodePage windows-1252 does not have"},
        {Login{op, ann, "52513", Secret("p" + han), true},
         "the password has a character that [CTI] CodePage windows-1252 does not have"},
    };
    for (const auto& c : cases) {
        EXPECT_THAT(perform(c.action), IsEmpty()) << "nothing else may be sent in its place";
        const auto outcome = take<Outcome>();
        EXPECT_EQ(outcome.operation, op);
        EXPECT_EQ(outcome.failure, Failure::unsent) << "LOGON_FAILED, and who it was";
        EXPECT_EQ(outcome.text, c.text);
    }
}

TEST_F(CtiTest, AnAgentWhoseNameCannotBeReadIsNobodyElse_R_DEC_70) {
    settings.code_page = Encoding::utf_8;
    auto unreadable = state_event(ged188::AgentState::AGENT_STATE_AVAILABLE);
    unreadable.agent_id = "J\xD6RG";
    receive(unreadable);
    EXPECT_TRUE(silent());
    unreadable.agent_id = "J\xC3\x96RG";
    receive(unreadable);
    EXPECT_EQ(take<AgentState>().agent, (AgentId{5000, "J\xC3\x96RG"}));
}

TEST_F(CtiTest, FindsAnAgentWhoIsNotLoggedIn) {
    answer<QueryAgentStateReq>(perform(QueryAgent{op, ann}),
                               QueryAgentStateConf{.agent_state = 1, .icm_agent_id = 5501});
    EXPECT_FALSE(take<AgentFound>().logged_in);
}

TEST_F(CtiTest, LogsIn_R_DEC_1) {
    const Bytes request = perform(Login{op, ann, "52513", Secret("pass"), false});
    const auto login = only<SetAgentStateReq>(request);
    EXPECT_EQ(login.agent_state, ged188::AgentState::AGENT_STATE_LOGIN);
    EXPECT_EQ(login.forced_flag, 0);
    EXPECT_EQ(login.agent_instrument, "52513");
    EXPECT_EQ(login.agent_id, "1001");
    EXPECT_EQ(login.agent_password, "pass");
    answer<SetAgentStateReq>(request, SetAgentStateConf{});
    const auto outcome = take<Outcome>();
    EXPECT_EQ(outcome.operation, op);
    EXPECT_EQ(outcome.failure, Failure::none);
}

TEST_F(CtiTest, ChecksThePasswordOnly_R_DEC_1_R_DEC_48) {
    const auto login = only<SetAgentStateReq>(perform(Login{op, ann, "", Secret(), true}));
    EXPECT_EQ(login.forced_flag, 2);
    EXPECT_FALSE(login.agent_instrument);
    EXPECT_EQ(login.agent_password, "") << "present though empty";
}

TEST_F(CtiTest, RefusalsCarryBothNumbers_R_DEC_6_R_DEC_49) {
    const Bytes request = perform(Login{op, ann, "52513", Secret("wrong"), false});
    answer<SetAgentStateReq>(request,
                             ControlFailureConf{.failure_code = 257, .peripheral_error_code = 10108});
    const auto outcome = take<Outcome>();
    EXPECT_EQ(outcome.failure, Failure::wrong_password);
    EXPECT_THAT(outcome.text, HasSubstr("257"));
    EXPECT_THAT(outcome.text, HasSubstr("10108"));
    answer<SetAgentStateReq>(perform(Login{op, ann, "52513", Secret("x"), false}), FailureConf{.status = 10});
    EXPECT_EQ(take<Outcome>().failure, Failure::already_logged_on);
}

// Ben's calls stay Ben's when Ann tries their phone, or names it without wanting one.
TEST_F(CtiTest, ALoginTakesThePhoneOnlyWhenItSucceeds_R_DEC_37) {
    cti.state().directory.set_device(ben, "52513");
    answer<SetAgentStateReq>(perform(Login{op, ann, "52513", Secret("p"), false}),
                             ControlFailureConf{.failure_code = 283});
    answer<SetAgentStateReq>(perform(Login{op, ann, "52513", Secret("p"), true}), SetAgentStateConf{});
    EXPECT_EQ(cti.state().directory.at_device("52513"), ben);
    take_all();
    log_in();
    EXPECT_EQ(cti.state().directory.at_device("52513"), ann);
}

TEST_F(CtiTest, ATextTooLongIsRefusedHere_R_DEC_3) {
    const Bytes nothing = perform(Login{op, {5000, "123456789012"}, "52513", Secret("x"), false});
    EXPECT_THAT(nothing, IsEmpty());
    const auto outcome = take<Outcome>();
    EXPECT_EQ(outcome.failure, Failure::unsent);
    EXPECT_THAT(outcome.text, HasSubstr("AgentID"));
}

TEST_F(CtiTest, LogsOut) {
    auto logout = only<SetAgentStateReq>(perform(Logout{op, ann, "52513", Secret("p"), 7, false}));
    EXPECT_EQ(logout.agent_state, ged188::AgentState::AGENT_STATE_LOGOUT);
    EXPECT_EQ(logout.event_reason_code, 7);
    EXPECT_EQ(logout.forced_flag, 0);
    logout = only<SetAgentStateReq>(perform(Logout{op, ann, "52513", Secret("p"), 7, true}));
    EXPECT_EQ(logout.forced_flag, 1);
}

TEST_F(CtiTest, SetsVoiceStates) {
    log_in();
    const struct {
        VoiceWish wish;
        std::uint16_t state;
    } cases[] = {{VoiceWish::ready, 3},
                 {VoiceWish::not_ready, 2},
                 {VoiceWish::work_ready, 6},
                 {VoiceWish::work_not_ready, 5}};
    for (const auto& c : cases) {
        const auto request = only<SetAgentStateReq>(perform(SetVoiceState{op, ann, c.wish, 12}));
        EXPECT_EQ(request.agent_state, c.state);
        EXPECT_EQ(request.event_reason_code, 12);
        EXPECT_EQ(request.agent_instrument, "52513");
        EXPECT_FALSE(request.agent_password);
    }
}

// ---- media

TEST_F(CtiTest, LogsIntoAMedium_R_DEC_2_R_DEC_48) {
    Bytes request = perform(LoginMedium{op, ann, Channel::chat, 2});
    const auto login = only<MediaLoginReq>(request);
    EXPECT_EQ(login.mrd_id, 5003);
    EXPECT_EQ(login.icm_agent_id, -1);
    EXPECT_EQ(login.agent_id, "1001");
    EXPECT_EQ(login.max_task_limit, 2u);
    answer<MediaLoginReq>(request, MediaLoginResp{.status = 0, .icm_agent_id = 5501});
    EXPECT_EQ(take<Outcome>().failure, Failure::none);
    request = perform(LoginMedium{op, ann, Channel::action, 1});
    EXPECT_EQ(only<MediaLoginReq>(request).icm_agent_id, 5501);
    answer<MediaLoginReq>(request, MediaLoginResp{.status = 1, .icm_agent_id = 5501});
    EXPECT_EQ(take<Outcome>().failure, Failure::already_in_medium);
    answer<MediaLoginReq>(perform(LoginMedium{op, ann, Channel::action, 1}), MediaLoginResp{.status = 27});
    const auto refused = take<Outcome>();
    EXPECT_EQ(refused.failure, Failure::other);
    EXPECT_THAT(refused.text, HasSubstr("(27)"));
}

TEST_F(CtiTest, IndicatesReadyAndRoutableInOne_R_DEC_26) {
    know_ann();
    const Bytes request = perform(ReadyMedium{ann, Channel::action});
    const auto ready = only<MakeAgentReadyInd>(request);
    EXPECT_EQ(ready.mrd_id, 5001);
    EXPECT_EQ(ready.icm_agent_id, 5501);
    EXPECT_TRUE(ready.make_routable);
    answer<MakeAgentReadyInd>(request, FailureResp{.status = 6});
    const auto refused = take<MediumRefused>();
    EXPECT_EQ(refused.agent, ann);
    EXPECT_EQ(refused.channel, Channel::action);
    EXPECT_THAT(refused.text, HasSubstr("E_ARM_STAT_AGENT_NOT_LOGGED_IN (6)"));
}

TEST_F(CtiTest, TellsARefusedReadyFromARefusedLogOut_R_HA_9) {
    know_ann();
    const Bytes ready = perform(ReadyMedium{ann, Channel::action});
    const Bytes log_out = perform(LogoutMedium{ann, Channel::action});
    answer<MakeAgentReadyInd>(ready, FailureResp{.status = 6});
    EXPECT_TRUE(take<MediumRefused>().ready);
    answer<MediaLogoutInd>(log_out, FailureResp{.status = 6});
    EXPECT_FALSE(take<MediumRefused>().ready);
}

TEST_F(CtiTest, AsksForNotReadyAndNotRoutable_R_DEC_25_R_DEC_26) {
    know_ann();
    Bytes request = perform(NotReadyMedium{op, ann, Channel::chat, 33});
    EXPECT_EQ(only<MakeAgentNotReadyReq>(request).reason_code, 33);
    answer<MakeAgentNotReadyReq>(request, MakeAgentNotReadyResp{.status = 14});
    EXPECT_EQ(take<Outcome>().failure, Failure::task_on_its_way);
    request = perform(NotRoutable{op, ann, Channel::chat});
    answer<MakeAgentNotRoutableReq>(request, MakeAgentNotRoutableResp{});
    EXPECT_EQ(take<Outcome>().failure, Failure::none);
    request = perform(SetTaskLimit{op, ann, Channel::chat, 3});
    EXPECT_EQ(only<ChangeMaxTaskLimitReq>(request).max_task_limit, 3u);
    answer<ChangeMaxTaskLimitReq>(request, ChangeMaxTaskLimitResp{});
    EXPECT_EQ(take<Outcome>().failure, Failure::none);
    EXPECT_EQ(only<MediaLogoutInd>(perform(LogoutMedium{ann, Channel::chat})).mrd_id, 5003);
}

TEST_F(CtiTest, StepsATask_R_DEC_27) {
    know_ann();
    EXPECT_EQ(only<OfferTaskInd>(perform(StepTask{ann, Channel::action, task, TaskStep::offer})).task_id,
              wire_task);
    EXPECT_EQ(only<WrapupTaskInd>(perform(StepTask{ann, Channel::action, task, TaskStep::wrapup})).mrd_id,
              5001);
    const Bytes request = perform(StepTask{ann, Channel::action, task, TaskStep::start});
    for (const std::uint32_t status : {18u, 19u}) {
        answer<StartTaskInd>(perform(StepTask{ann, Channel::action, task, TaskStep::start}),
                             FailureResp{.status = status});
        const auto refused = take<TaskRefused>();
        EXPECT_EQ(refused.task, task);
        EXPECT_EQ(refused.failure, Failure::task_unknown);
    }
}

TEST_F(CtiTest, EndsATaskWithItsDisposition_R_DEC_24) {
    const struct {
        TaskEnd end;
        std::uint32_t disposition;
    } cases[] = {{TaskEnd::completed, 38}, {TaskEnd::given_back, 37},         {TaskEnd::no_answer, 19},
                 {TaskEnd::forwarded, 63}, {TaskEnd::rerouted_at_logout, 65}, {TaskEnd::logged_out, 40}};
    for (const auto& c : cases)
        EXPECT_EQ(only<EndTaskInd>(perform(EndTask{ann, Channel::chat, task, c.end})).disposition,
                  c.disposition);
}

// One turn's actions are one run of bytes, in order (R-DEC-25: END_TASK_IND and NOT_READY in one write).
TEST_F(CtiTest, KeepsTheOrderOfOneTurn_R_DEC_25) {
    know_ann();
    cti.perform(EndTask{ann, Channel::chat, task, TaskEnd::given_back}, now);
    cti.perform(NotReadyMedium{op, ann, Channel::chat, 0}, now);
    EXPECT_THAT(test::names_of(cti.state().out), ElementsAre("END_TASK_IND", "MAKE_AGENT_NOT_READY_REQ"));
}

// ---- calls

TEST_F(CtiTest, ControlsCallsByTheirOwnConnection_R_DEC_37_R_DEC_38) {
    log_in();
    const CallId call{7, 1, "\xFFopaque"};
    Bytes request = perform(AnswerCall{op, ann, call});
    const auto answered = only<AnswerCallReq>(request);
    EXPECT_EQ(answered.connection_call_id, 7u);
    EXPECT_EQ(answered.connection_device_id_type, 1);
    EXPECT_EQ(answered.connection_device_id, "\xFFopaque");
    EXPECT_EQ(answered.agent_instrument, "52513");
    answer<AnswerCallReq>(request, AnswerCallConf{});
    EXPECT_EQ(take<Outcome>().failure, Failure::none);
    request = perform(ClearCall{op, ann, call});
    EXPECT_EQ(only<ClearConnectionReq>(request).connection_call_id, 7u);
    answer<ClearConnectionReq>(request, ControlFailureConf{.failure_code = 27});
    EXPECT_EQ(take<Outcome>().failure, Failure::other);
    BeginCallEvent begun;
    begun.peripheral_id = settings.peripheral;
    begun.connection_device_id_type = 1;
    begun.connection_call_id = 7;
    begun.connection_device_id = "\xFFopaque";
    receive(begun);
    request = perform(ReleaseCall{ann, call});
    EXPECT_EQ(only<ReleaseCallReq>(request).connection_device_id, "\xFFopaque");
    answer<ReleaseCallReq>(request, FailureConf{.status = 13});
    EXPECT_TRUE(silent()) << "nobody waits for it";
    EndCallEvent ended;
    ended.peripheral_id = settings.peripheral;
    ended.connection_device_id_type = 1;
    ended.connection_call_id = 7;
    ended.connection_device_id = "\xFFopaque";
    receive(ended);
    EXPECT_THAT(perform(ReleaseCall{ann, call}), IsEmpty()) << "it would be refused, a warning for each call";
}

TEST_F(CtiTest, PlacesACall_R_DEC_37) {
    Bytes request = perform(PlaceCall{op, ann, "52513", "004930123"});
    const auto call = only<MakeCallReq>(request);
    EXPECT_EQ(call.agent_instrument, "52513");
    EXPECT_EQ(call.dialed_number, "004930123");
    EXPECT_EQ(call.skill_group_number, 0xFFFFFFFFu);
    answer<MakeCallReq>(request, MakeCallConf{.new_connection_call_id = 9,
                                              .new_connection_device_id_type = 1,
                                              .new_connection_device_id = "a9"});
    EXPECT_EQ(take<CallPlaced>().call, (CallId{9, 1, "a9"}));
    answer<MakeCallReq>(perform(PlaceCall{op, ann, "52513", "1"}), ControlFailureConf{.failure_code = 14});
    EXPECT_EQ(take<Outcome>().failure, Failure::invalid_destination);
}

}  // namespace
}  // namespace cticonnector::routing
