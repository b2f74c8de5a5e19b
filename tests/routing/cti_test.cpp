// The CTI side between engine and wire, without a socket: actions become the messages that the documents ask
// for, messages become events.
#include "cti.hpp"

#include <gmock/gmock.h>

#include <deque>

#include "messages.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using namespace std::chrono_literals;
using engine::AgentState;
using test::Bytes;
using test::message_of;
using test::only;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Optional;

const AgentId ann{5000, "1001"};
const TaskId task{151635, 312, 1};
constexpr wire::TaskId wire_task{151635, 312, 1};
constexpr OperationId op{4711};

class CtiTest : public testing::Test {
  protected:
    CtiTest() {
        settings.application_path = 5001;
        settings.action_mrd = 5001;
        settings.chat_mrd = 5003;
        settings.ecc = {{"user.id", false}};
        cti.link_up(now);
        take<LinkUp>();
    }

    /// What is sent; it lives as long as the test, because messages point into it.
    const Bytes& perform(const Action& action) {
        cti.perform(action, now);
        return written.emplace_back(std::exchange(cti.exchange().out, {}));
    }
    template <class M>
    void receive(const M& m) {
        const auto message = message_of(m);
        cti.on(message.frame(), now);
        sent = std::exchange(cti.exchange().out, {});
    }
    /// Answers the last request, which is a Q, with `answer` under its InvokeID.
    template <class Q, class M>
    void answer(const Bytes& request, M m) {
        m.invoke_id = only<Q>(request).invoke_id;
        receive(m);
    }
    /// The one event there is.
    template <class E>
    E take() {
        auto events = std::exchange(cti.exchange().events, {});
        EXPECT_EQ(events.size(), 1u);
        if (events.size() != 1 || !std::holds_alternative<E>(events[0])) {
            ADD_FAILURE() << "not the event that was expected";
            return {};
        }
        return std::get<E>(events[0]);
    }
    std::vector<Event> take_all() { return std::exchange(cti.exchange().events, {}); }
    bool silent() { return take_all().empty(); }
    void log_in() {
        answer<SetAgentStateReq>(perform(Login{op, ann, "52513", Secret("p"), false}), SetAgentStateConf{});
        take<Outcome>();
    }
    void know_ann() { cti.exchange().directory.learn_answer(ann, 5501); }

    ged188::AgentStateEvent state_event(std::uint16_t state, std::int32_t mrd = 1) {
        ged188::AgentStateEvent e;
        e.peripheral_id = 5000;
        e.agent_state = state;
        e.mrd_id = mrd;
        e.icm_agent_id = 5501;
        e.agent_id = "1001";
        return e;
    }

    Settings settings;
    InvokeIds ids;
    Cti cti{settings, ids, LinkId{1}};
    Time now = Time{} + 1h;
    Bytes sent;
    std::deque<Bytes> written;
};

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
    EXPECT_EQ(cti.exchange().directory.icm_agent_id(ann), 5501);
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
        Action action;
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

// Ben's calls stay Ben's when Ann tries his phone, or names it without wanting one.
TEST_F(CtiTest, ALoginTakesThePhoneOnlyWhenItSucceeds_R_DEC_37) {
    const AgentId ben{5000, "1002"};
    cti.exchange().directory.set_device(ben, "52513");
    answer<SetAgentStateReq>(perform(Login{op, ann, "52513", Secret("p"), false}),
                             ControlFailureConf{.failure_code = 283});
    answer<SetAgentStateReq>(perform(Login{op, ann, "52513", Secret("p"), true}), SetAgentStateConf{});
    EXPECT_EQ(cti.exchange().directory.at_device("52513"), ben);
    take_all();
    log_in();
    EXPECT_EQ(cti.exchange().directory.at_device("52513"), ann);
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
    EXPECT_THAT(test::names_of(cti.exchange().out), ElementsAre("END_TASK_IND", "MAKE_AGENT_NOT_READY_REQ"));
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

// ---- what the contact center tells by itself

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
    EXPECT_EQ(cti.exchange().directory.at_device("4001"), ann);
    receive(state_event(1, 5001));
    EXPECT_EQ(cti.exchange().directory.at_device("4001"), ann) << "he has left a medium only";
    receive(state_event(1));
    EXPECT_FALSE(cti.exchange().directory.at_device("4001"));
    EXPECT_EQ(cti.exchange().directory.icm_agent_id(ann), 5501);
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
        receive(begin);
        EXPECT_EQ(test::names_of(sent), c.first);
        receive(end);
        EXPECT_EQ(test::names_of(sent), c.last);
        receive(end);
        EXPECT_THAT(sent, IsEmpty());
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
    EXPECT_EQ(cti.exchange().requests.size(), 1u);
    answer<SetAgentStateReq>(old, SetAgentStateConf{});
    EXPECT_TRUE(silent());
}

TEST_F(CtiTest, ALostLinkEmptiesTheTable_R_HA_6) {
    const Bytes request = perform(SetVoiceState{op, ann, VoiceWish::ready, 0});
    cti.link_down("end of file", now);
    const auto down = take<LinkDown>();
    EXPECT_EQ(down.link, LinkId{1});
    EXPECT_EQ(down.why, "end of file");
    EXPECT_EQ(cti.exchange().requests.size(), 0u);
}

// R-HA-6: requests fail fast; every action that is waited for is answered.
TEST_F(CtiTest, WithoutALinkEveryOperationIsAnswered_R_HA_6) {
    cti.link_down("end of file", now);
    take<LinkDown>();
    const Action waited[] = {QueryAgent{op, ann},
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
    for (const Action& action : waited) {
        EXPECT_THAT(perform(action), IsEmpty());
        const auto outcome = take<Outcome>();
        EXPECT_EQ(outcome.operation, op);
        EXPECT_EQ(outcome.failure, Failure::no_link);
    }
    const Action others[] = {LogoutMedium{ann, Channel::chat},
                             ReadyMedium{ann, Channel::chat},
                             EndTask{ann, Channel::chat, task, TaskEnd::completed},
                             ReleaseCall{ann, {}},
                             RestoreDone{LinkId{1}},
                             Note{}};
    for (const Action& action : others) {
        EXPECT_THAT(perform(action), IsEmpty());
        EXPECT_TRUE(silent());
    }
}

}  // namespace
}  // namespace cticonnector::routing
