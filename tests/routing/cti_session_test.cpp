// The CTI session as a pure machine: every situation with the clock in the test's hand.
#include "cti_session.hpp"

#include <gmock/gmock.h>

#include "messages.hpp"

namespace cticonnector::routing {
namespace {

using namespace ged188;
using namespace std::chrono_literals;
using test::Bytes;
using test::message_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Settings both_sides() {
    Settings settings;
    settings.sides = {{{"cti-a", 42027}, {"cti-b", 43027}}};
    settings.client_id = "cti client";
    settings.client_password = Secret("geheim");
    return settings;
}

class SessionTest : public ::testing::Test {
  protected:
    SessionTest() { session.start(now, steps); }

    /// What the last input made the session do, in short.
    std::vector<std::string> words() {
        std::vector<std::string> result;
        for (const Step& step : steps) result.push_back(std::visit(Words{*this}, step));
        steps.clear();
        return result;
    }
    struct Words {
        SessionTest& test;
        std::string operator()(const Connect& c) { return std::string("connect ") + "AB"[c.side]; }
        std::string operator()(const Send& s) {
            test.last_sent = s.bytes;
            return test::names_of(s.bytes).at(0);
        }
        std::string operator()(const Reset&) { return "reset"; }
        std::string operator()(const Up& u) { return std::string("up ") + "AB"[u.side]; }
        std::string operator()(const Down& d) {
            test.last_down = d;
            return std::string(d.was_up ? "down " : "failed ") + "AB"[d.side];
        }
        std::string operator()(const OpenRefused& r) {
            test.refusal = r;
            return std::string(r.standby ? "standby " : "refused ") + "AB"[r.side];
        }
        std::string operator()(const Condition& c) {
            test.condition = c;
            return "condition";
        }
        std::string operator()(const Stopped&) { return "stopped"; }
    };

    template <class M>
    std::vector<std::string> receive(const M& message) {
        const auto sent = message_of(message);
        EXPECT_TRUE(session.on(sent.frame(), now, steps)) << M::name;
        return words();
    }
    std::vector<std::string> at(CtiSession::Time::duration later) {
        now += later;
        session.on_time(now, steps);
        return words();
    }
    std::vector<std::string> connect() {
        session.connected(now, steps);
        return words();
    }
    std::vector<std::string> lose(const std::string& why = "end of file") {
        session.lost(why, now, steps);
        return words();
    }
    OpenConf confirmation() {
        const auto request = test::only<OpenReq>(last_sent);
        return {.invoke_id = request.invoke_id,
                .services_granted = request.services_requested,
                .peripheral_online = true,
                .session_type = SessionType::ACTIVE};
    }
    void open() {
        words();
        EXPECT_THAT(connect(), ElementsAre("OPEN_REQ"));
        EXPECT_THAT(receive(confirmation()), ::testing::Contains(::testing::StartsWith("up")));
        EXPECT_TRUE(session.up());
    }
    void leave_a_standby_server() {
        words();
        connect();
        OpenConf conf = confirmation();
        conf.session_type = SessionType::STANDBY;
        EXPECT_THAT(receive(conf), ElementsAre("standby A", "CLOSE_REQ"));
    }
    /// An attempt that has just begun ends with FAILURE_CONF.
    std::vector<std::string> be_refused(std::uint32_t status) {
        words();
        connect();
        return receive(FailureConf{.invoke_id = test::only<OpenReq>(last_sent).invoke_id, .status = status});
    }
    std::chrono::milliseconds until_deadline() {
        return std::chrono::duration_cast<std::chrono::milliseconds>(*session.next_deadline() - now);
    }

    Settings settings = both_sides();
    InvokeIds ids;
    CtiSession session{settings, ids, 7};
    CtiSession::Time now = CtiSession::Time{} + 1h;
    std::vector<Step> steps;
    Bytes last_sent;
    Down last_down;
    Condition condition;
    OpenRefused refusal;
};

TEST(OpenRequest, AsksForWhatTheConnectorHandles_R_DEC_36) {
    Settings settings = both_sides();
    const OpenReq voice = open_request(settings, 7);
    EXPECT_EQ(voice.invoke_id, 7u);
    EXPECT_EQ(voice.version_number, 24u);
    EXPECT_EQ(voice.idle_timeout, 20u) << "four times the heartbeat interval";
    EXPECT_EQ(voice.peripheral_id, 0xFFFFFFFFu);
    EXPECT_EQ(voice.services_requested, 0x10u | 0x04u | 0x02u);
    EXPECT_EQ(voice.agent_state_mask, 0x3FFFu);
    EXPECT_EQ(voice.call_msg_mask, 0x19EBFDu);
    EXPECT_EQ(voice.config_msg_mask, 0u);
    EXPECT_FALSE(voice.application_path_id);

    settings.application_path = 5001;
    const OpenReq media = open_request(settings, 8);
    EXPECT_EQ(media.services_requested, voice.services_requested | 0x400u);
    EXPECT_EQ(media.application_path_id, 5001);
    settings.heartbeat_interval = -1ms;
    EXPECT_EQ(open_request(settings, 9).idle_timeout, 0xFFFFFFFFu);
}

TEST(OpenRequest, CarriesItsTextsInTheCodePage_R_DEC_70) {
    Settings settings = both_sides();
    settings.client_id = "Vermittlung K\xC3\xB6ln";
    settings.client_password = Secret("5 \xE2\x82\xAC");
    InvokeIds ids;
    CtiSession session{settings, ids, 7};
    const auto now = CtiSession::Time{} + 1h;
    std::vector<Step> steps;
    session.start(now, steps);
    session.connected(now, steps);
    const auto& bytes = std::get<Send>(steps.back()).bytes;
    const OpenReq request = test::only<OpenReq>(bytes);
    EXPECT_EQ(request.client_id, "Vermittlung K\xF6ln");
    EXPECT_EQ(request.client_password, "5 \x80");
}

TEST_F(SessionTest, OpensTheFirstSide) {
    EXPECT_THAT(words(), ElementsAre("connect A"));
    EXPECT_THAT(connect(), ElementsAre("OPEN_REQ"));
    EXPECT_FALSE(session.up());
    EXPECT_THAT(receive(confirmation()), ElementsAre("condition", "up A"));
    EXPECT_EQ(condition, Condition{});
    EXPECT_TRUE(session.up());
}

TEST_F(SessionTest, OpensWithTheVersionsOwnLayout_R_DEC_36) {
    settings.protocol_version = 15;
    words();
    session.connected(now, steps);
    const auto& sent = std::get<Send>(steps.at(0));
    EXPECT_EQ(ged188::decode<OpenReq>(test::frames_of(sent.bytes).at(0), Version{15})->client_id,
              "cti client");
    EXPECT_EQ(session.version().number, 15u);
    EXPECT_EQ(max_message(session.version()), 4329u);
}

// R-DEC-36: up only with the peripheral; SYSTEM_EVENT says when it comes and goes.
TEST_F(SessionTest, IsUpOnlyWhileThePeripheralIsOnline_R_DEC_36) {
    words();
    connect();
    OpenConf conf = confirmation();
    conf.peripheral_online = false;
    EXPECT_THAT(receive(conf), ElementsAre("condition", "failed A"));
    EXPECT_FALSE(last_down.retry) << "the session stands";
    SystemEvent event{.system_event_id = SystemEventID::SYS_PERIPHERAL_ONLINE, .system_event_arg1 = 4711};
    EXPECT_THAT(receive(event), IsEmpty()) << "another peripheral";
    event.system_event_arg1 = 5000;
    EXPECT_THAT(receive(event), ElementsAre("up A"));
    EXPECT_THAT(receive(event), IsEmpty());
    event.system_event_id = SystemEventID::SYS_PERIPHERAL_OFFLINE;
    EXPECT_THAT(receive(event), ElementsAre("down A"));
    EXPECT_EQ(last_down.why, "the peripheral is offline");
    event.system_event_id = SystemEventID::SYS_PERIPHERAL_ONLINE;
    EXPECT_THAT(receive(event), ElementsAre("up A"));
    EXPECT_THAT(receive(SystemEvent{.system_event_id = SystemEventID::SYS_PERIPHERAL_GATEWAY_OFFLINE}),
                ElementsAre("down A"));
}

TEST_F(SessionTest, LeavesAStandbyServerForTheOtherSide_R_DEC_36) {
    leave_a_standby_server();
    EXPECT_THAT(receive(CloseConf{}), ElementsAre("reset", "failed A", "connect B"));
    EXPECT_THAT(last_down.why, HasSubstr("standby"));
    EXPECT_THAT(connect(), ElementsAre("OPEN_REQ"));
    EXPECT_THAT(receive(confirmation()), ::testing::Contains("up B"));
}

// R-DEC-61: up to 1 s of waiting for CLOSE_CONF, and what comes meanwhile means nothing any more.
TEST_F(SessionTest, WaitsOneSecondForCloseConfWhenItChangesSides_R_DEC_61) {
    leave_a_standby_server();
    EXPECT_THAT(receive(SystemEvent{.pg_status = 4}), IsEmpty());
    EXPECT_THAT(receive(EndCallEvent{}), IsEmpty());
    EXPECT_EQ(until_deadline(), 1s);
    EXPECT_THAT(at(1s), ElementsAre("reset", "failed A", "connect B"));
}

TEST_F(SessionTest, ChangesSidesWhenThePeerClosesWithoutCloseConf_R_DEC_61) {
    leave_a_standby_server();
    EXPECT_THAT(lose(), ElementsAre("reset", "failed A", "connect B"));
}

TEST_F(SessionTest, StopsWhileItChangesSides_R_DEC_61) {
    leave_a_standby_server();
    session.stop(now, steps);
    EXPECT_THAT(words(), IsEmpty()) << "CLOSE_REQ is out already";
    EXPECT_THAT(receive(CloseConf{}), ElementsAre("reset", "stopped"));
}

// R-DEC-77
TEST_F(SessionTest, SaysWhichServicesAreNotGrantedAndHowTheGatewayIs_R_DEC_77) {
    settings.application_path = 5001;
    words();
    connect();
    OpenConf conf = confirmation();
    conf.services_granted = 0x10;
    conf.pg_status = PGStatus::PGS_CC_DOWN;
    EXPECT_THAT(receive(conf), ElementsAre("condition", "up A"));
    EXPECT_EQ(condition, (Condition{.side = 0, .services_missing = 0x406, .pg_status = 2}));
    SystemEvent event{.pg_status = 2, .system_event_id = SystemEventID::SYS_HALF_HOUR_CHANGE};
    EXPECT_THAT(receive(event), IsEmpty()) << "no change";
    event.pg_status = 0;
    EXPECT_THAT(receive(event), ElementsAre("condition"));
    EXPECT_EQ(condition, (Condition{.side = 0, .services_missing = 0x406, .pg_status = 0}));
}

TEST_F(SessionTest, SaysWhyTheServerRefusedIt) {
    words();
    connect();
    const FailureConf conf{.invoke_id = test::only<OpenReq>(last_sent).invoke_id, .status = 36};
    EXPECT_THAT(receive(conf), ElementsAre("refused A", "reset", "failed A", "connect B"));
    EXPECT_THAT(refusal.why, HasSubstr("E_CTI_INVALID_PASSWORD (36)"));
    EXPECT_EQ(refusal.key, "[CTI] ClientID, ClientPassword");
}

// 12 is what a server says that does not know the application path (R-DEC-87).
TEST_F(SessionTest, NamesTheKeyOfAMissingApplicationPath_R_DEC_87) {
    EXPECT_THAT(be_refused(12), ElementsAre("refused A", "reset", "failed A", "connect B"));
    EXPECT_EQ(refusal.key, "") << "AGENT_REPORTING was not asked for";
    settings.application_path = 5001;
    be_refused(12);
    EXPECT_EQ(refusal.key, "[CTI] ApplicationPathID");
}

// R-DEC-87: 107, and 15 to older versions; any other refusal is told at every try.
TEST(SessionRefusals, TellOnceThatASideIsStandby_R_DEC_87) {
    struct Refusals : SessionTest {
        void TestBody() override {}
        void scene(std::uint32_t standby_says) {
            EXPECT_THAT(be_refused(standby_says), ElementsAre("standby A", "reset", "failed A", "connect B"));
            EXPECT_TRUE(last_down.standby);
            for (int i = 0; i < 2; ++i) {
                EXPECT_THAT(be_refused(36), ElementsAre("refused B", "reset", "failed B"));
                EXPECT_FALSE(last_down.standby);
                EXPECT_THAT(at(until_deadline()), ElementsAre("connect A"));
                EXPECT_THAT(be_refused(standby_says), ElementsAre("reset", "failed A", "connect B"));
            }
            open();
            now += 1min;
            EXPECT_THAT(lose(), ElementsAre("reset", "down B", "connect B"));
            lose();
            EXPECT_THAT(be_refused(standby_says), ElementsAre("standby A", "reset", "failed A"))
                << "the link was up meanwhile";
        }
    };
    for (const std::uint32_t status : {107u, 15u}) Refusals{}.scene(status);
}

// R-DEC-88: a server that lists no peripherals says nothing about ours.
TEST_F(SessionTest, SaysThatTheServerDoesNotHaveThePeripheral_R_DEC_88) {
    words();
    connect();
    OpenConf conf = confirmation();
    conf.peripherals = {{.flt_peripheral_id = 5001}, {.flt_peripheral_id = 5002}};
    receive(conf);
    EXPECT_THAT(condition.peripherals, ElementsAre(5001, 5002));
    receive(SystemEvent{.pg_status = 4, .system_event_id = SystemEventID::SYS_HALF_HOUR_CHANGE});
    EXPECT_THAT(condition.peripherals, ElementsAre(5001, 5002));
    lose();
    connect();
    conf = confirmation();
    conf.peripherals = {{.flt_peripheral_id = 5001}, {.flt_peripheral_id = 5000}};
    receive(conf);
    EXPECT_EQ(condition, Condition{});
}

TEST_F(SessionTest, WaitsThirtySecondsForOpenConf_R_DEC_41) {
    words();
    connect();
    EXPECT_THAT(at(30s - 1ms), IsEmpty());
    EXPECT_THAT(at(1ms), ElementsAre("reset", "failed A", "connect B"));
    EXPECT_THAT(last_down.why, HasSubstr("30 s"));
}

// R-DEC-41: the other side comes first, and the pauses begin anew.
TEST_F(SessionTest, TriesTheOtherSideFirstAfterAnUnansweredOpenReq_R_DEC_41) {
    words();
    for (int i = 0; i < 3; ++i) lose();
    at(until_deadline());
    connect();
    EXPECT_THAT(at(30s), ElementsAre("reset", "failed A", "connect B"));
    EXPECT_THAT(lose(), ElementsAre("reset", "failed B", "connect A"));
    EXPECT_THAT(lose(), ElementsAre("reset", "failed A"));
    EXPECT_LE(until_deadline(), 600ms);
}

// Whoever makes the connection knows each address's own reason when the time is over (R-DEC-72).
TEST_F(SessionTest, LeavesTheTimeForAConnectionToItsMaker_R_DEC_72) {
    words();
    EXPECT_FALSE(session.next_deadline());
    EXPECT_THAT(lose("10.0.0.1:42027: no answer; 10.0.0.2:42027: connection refused"),
                ElementsAre("reset", "failed A", "connect B"));
    EXPECT_THAT(last_down.why, HasSubstr("10.0.0.1:42027: no answer"));
}

TEST_F(SessionTest, SendsHeartbeatsOnlyWhenNothingElseWasSent_R_DEC_63) {
    open();
    EXPECT_THAT(at(5s - 1ms), IsEmpty());
    session.sent(now);
    receive(SystemEvent{});
    EXPECT_THAT(at(5s - 1ms), IsEmpty());
    EXPECT_THAT(at(1ms), ElementsAre("HEARTBEAT_REQ"));
    EXPECT_THAT(receive(HeartbeatConf{}), IsEmpty());
    EXPECT_THAT(at(5s - 1ms), IsEmpty());
    receive(SystemEvent{});
    EXPECT_THAT(at(1ms), ElementsAre("HEARTBEAT_REQ")) << "the server's IdleTimeout runs all the same";
}

// R-DEC-41: after missed heartbeats the other side comes first.
TEST_F(SessionTest, IsLostAfterThreeUnansweredHeartbeats_R_DEC_41_R_DEC_63) {
    open();
    EXPECT_THAT(at(5s), ElementsAre("HEARTBEAT_REQ"));
    EXPECT_THAT(at(5s), ElementsAre("HEARTBEAT_REQ"));
    EXPECT_THAT(receive(HeartbeatConf{}), IsEmpty());
    for (int i = 0; i < 3; ++i) EXPECT_THAT(at(5s), ElementsAre("HEARTBEAT_REQ"));
    EXPECT_THAT(at(5s), ElementsAre("reset", "down A", "connect B"));
    EXPECT_THAT(last_down.why, HasSubstr("3 heartbeats"));
}

// R-DEC-63: however much we send.
TEST_F(SessionTest, LeavesAPeerThatReadsAndNeverWrites_R_DEC_63) {
    open();
    std::vector<std::string> sent;
    const auto silent_since = now;
    while (session.up()) {
        ASSERT_LT(now - silent_since, 21s) << "it is not noticed";
        session.sent(now);
        for (const std::string& word : at(100ms)) sent.push_back(word);
    }
    EXPECT_THAT(
        sent, ElementsAre("HEARTBEAT_REQ", "HEARTBEAT_REQ", "HEARTBEAT_REQ", "reset", "down A", "connect B"));
    EXPECT_GE(now - silent_since, 15s);
    EXPECT_LE(now - silent_since, 20s);
}

TEST_F(SessionTest, LeavesAPeerThatFallsSilentWhileLittleIsSent_R_DEC_63) {
    open();
    now += 3s;
    session.sent(now);
    now += 1s;
    receive(SystemEvent{});
    const auto silent_since = now;
    while (session.up()) at(until_deadline());
    EXPECT_GE(now - silent_since, 15s);
    EXPECT_LE(now - silent_since, 20s);
}

// R-DEC-63: the heartbeats are answered, the request after 14 s.
TEST_F(SessionTest, KeepsAPeerThatAnswersHeartbeatsAndARequestLate_R_DEC_63) {
    open();
    for (auto since_request = 0ms; since_request < 14s; since_request += 100ms) {
        session.sent(now);
        for (const std::string& word : at(100ms)) {
            EXPECT_EQ(word, "HEARTBEAT_REQ");
            receive(HeartbeatConf{});
        }
    }
    EXPECT_TRUE(session.up());
    now += 4s;
    session.sent(now);
    EXPECT_FALSE(session.on(message_of(SetAgentStateConf{}).frame(), now, steps));
    EXPECT_EQ(until_deadline(), 5s) << "anything received clears the count";
}

TEST_F(SessionTest, WithoutHeartbeatsHasNoDeadlineWhileOpen) {
    settings.heartbeat_interval = -1ms;
    open();
    EXPECT_FALSE(session.next_deadline());
}

TEST_F(SessionTest, NumbersEveryMessageAnew_R_DEC_36) {
    open();
    std::vector<std::uint32_t> used{test::only<OpenReq>(last_sent).invoke_id};
    for (int i = 0; i < 3; ++i) {
        at(5s);
        used.push_back(test::only<HeartbeatReq>(last_sent).invoke_id);
        receive(HeartbeatConf{.invoke_id = used.back()});
    }
    EXPECT_THAT(used, ElementsAre(1, 2, 3, 4));
    ids.last = 0xFFFFFFFF;
    EXPECT_EQ(ids.next(), 1u) << "0 is no id";
}

// R-DEC-41, R-HA-5: whatever ends an open session, the last good side is tried first.
TEST(SessionEnd, TriesTheLastGoodSideAgain_R_DEC_41_R_HA_5) {
    struct Ending : SessionTest {
        void TestBody() override {}
        std::vector<std::string> once_more() { return lose(); }
        std::vector<std::string> after(int how) {
            open();
            switch (how) {
                case 0: return lose();
                case 1: return receive(FailureEvent{.status = 15});
                case 2: return receive(FailureConf{.invoke_id = 99, .status = 15});
                case 3: return receive(CloseReq{});
                default: return {};
            }
        }
    };
    for (int how = 0; how <= 3; ++how) {  // missed heartbeats alone are different
        Ending ending;
        EXPECT_THAT(ending.after(how), ElementsAre("reset", "down A", "connect A")) << how;
        EXPECT_THAT(ending.once_more(), ElementsAre("reset", "failed A", "connect B")) << how;
    }
}

TEST_F(SessionTest, TriesBothSidesAfterGrowingPauses_R_DEC_41) {
    EXPECT_THAT(words(), ElementsAre("connect A"));
    EXPECT_THAT(lose(), ElementsAre("reset", "failed A", "connect B"));
    for (const auto pause : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 12000ms, 12000ms, 12000ms}) {
        EXPECT_THAT(lose(), ElementsAre("reset", "failed B"));
        EXPECT_EQ(last_down.retry, until_deadline());
        EXPECT_GE(until_deadline(), pause * 8 / 10);
        EXPECT_LE(until_deadline(), pause * 12 / 10);
        EXPECT_THAT(at(until_deadline()), ElementsAre("connect A"));
        EXPECT_THAT(lose(), ElementsAre("reset", "failed A", "connect B"));
    }
}

// An outage is never made much longer than it was (R-DEC-41).
TEST_F(SessionTest, IsBackSoonAfterALongOutage_R_DEC_41) {
    open();
    now += 1h;
    const auto begin = now;
    lose();
    while (now - begin < 65s) {
        lose("connection refused");
        if (session.next_deadline()) at(until_deadline());
    }
    open();
    EXPECT_LE(now - begin, 65s + 12s * 12 / 10);
}

TEST(Reconnect, PausesDependOnTheSeedAlone) {
    const auto pauses = [](std::uint64_t seed) {
        ReconnectSchedule schedule({true, true}, seed);
        std::vector<std::chrono::milliseconds> result;
        for (int i = 0; i < 12; ++i) result.push_back(schedule.next().pause);
        return result;
    };
    EXPECT_EQ(pauses(1), pauses(1));
    EXPECT_NE(pauses(1), pauses(2));
}

TEST(Reconnect, WithOneSidePausesAfterEachAttempt) {
    ReconnectSchedule schedule({false, true}, 1);
    for (int i = 0; i < 3; ++i) {
        const auto attempt = schedule.next();
        EXPECT_EQ(attempt.side, 1u);
        EXPECT_EQ(attempt.pause.count() > 0, i > 0);
    }
    schedule.restart(0);
    EXPECT_EQ(schedule.next().side, 1u) << "there is no other";
}

TEST_F(SessionTest, DoesNotSpinOnAServerThatThrowsItOut) {
    open();
    EXPECT_THAT(lose(), ElementsAre("reset", "down A", "connect A"));
    open();
    EXPECT_THAT(lose(), ElementsAre("reset", "down A", "connect B"));
    open();
    EXPECT_THAT(lose(), ElementsAre("reset", "down B")) << "now with a pause";
    EXPECT_GT(until_deadline(), 0ms);
    at(until_deadline());
    open();
    now += 6s;
    EXPECT_THAT(lose(), ElementsAre("reset", "down A", "connect A")) << "this one has lasted";
}

// The conversation, failing at each of its steps; each time it comes up again.
TEST(SessionConversation, SurvivesAFailureAtEveryStep_R_HA_5) {
    struct Conversation : SessionTest {
        void TestBody() override {}
        void fail_after(int steps_done) {
            words();
            if (steps_done >= 1) connect();
            if (steps_done >= 2) receive(confirmation());
            if (steps_done >= 3) at(5s);
            if (steps_done >= 4) receive(HeartbeatConf{});
            EXPECT_THAT(lose("connection reset"), ::testing::Contains("reset"));
            EXPECT_FALSE(session.up());
            open();
        }
    };
    for (int done = 0; done <= 4; ++done) Conversation{}.fail_after(done);
}

TEST_F(SessionTest, ClosesInOrder_R_DEC_46_R_DEC_61) {
    open();
    session.stop(now, steps);
    EXPECT_THAT(words(), ElementsAre("CLOSE_REQ", "down A"));
    EXPECT_EQ(until_deadline(), 1s);
    session.stop(now, steps);
    EXPECT_THAT(words(), IsEmpty()) << "asked twice";
    EXPECT_THAT(receive(EndCallEvent{}), IsEmpty()) << "read, and of no meaning any more";
    EXPECT_THAT(receive(CloseConf{}), ElementsAre("reset", "stopped"));
    EXPECT_FALSE(session.next_deadline());
    EXPECT_THAT(lose(), IsEmpty());
}

TEST_F(SessionTest, WaitsOneSecondForCloseConf_R_DEC_46) {
    open();
    session.stop(now, steps);
    words();
    EXPECT_THAT(at(1s), ElementsAre("reset", "stopped"));
}

TEST_F(SessionTest, StopsWhereverItIs_R_DEC_46) {
    struct Stopping : SessionTest {
        void TestBody() override {}
        std::vector<std::string> stop(int phase) {
            words();
            if (phase == 1) lose(), lose();  // waiting
            if (phase == 2) connect();
            session.stop(now, steps);
            return words();
        }
    };
    for (int phase = 0; phase <= 2; ++phase) {
        EXPECT_THAT(Stopping{}.stop(phase), ElementsAre("reset", "stopped")) << phase;
    }
    open();
    session.stop(now, steps);
    words();
    EXPECT_THAT(lose(), ElementsAre("reset", "stopped")) << "the server was faster";
}

TEST_F(SessionTest, LeavesEverythingElseToOthers) {
    open();
    const auto event = message_of(EndCallEvent{});
    EXPECT_FALSE(session.on(event.frame(), now, steps));
    const auto refusal_of_a_request = message_of(FailureConf{.invoke_id = 4711, .status = 12});
    EXPECT_FALSE(session.on(refusal_of_a_request.frame(), now, steps));
    EXPECT_THAT(words(), IsEmpty());
}

TEST_F(SessionTest, DropsASessionWhoseMessagesItCannotRead) {
    words();
    connect();
    const Bytes half{0, 0};
    EXPECT_TRUE(session.on({.type = OpenConf::type, .body = half}, now, steps));
    EXPECT_THAT(words(), ElementsAre("reset", "failed A", "connect B"));
}

}  // namespace
}  // namespace cticonnector::routing
