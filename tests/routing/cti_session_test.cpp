// The CTI session from its opening to its end, where it goes well and where the server does not want it.
#include "cti_session.hpp"

#include "cti_session_rig.hpp"

namespace cticonnector::routing {
namespace {

using namespace ged188;
using namespace std::chrono_literals;
using test::both_sides;
using test::Bytes;
using test::message_of;
using test::SessionTest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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
    const Current<Settings> current{settings};
    CtiSession session{current, ids, 7};
    const auto now = CtiSession::Time{} + 1h;
    std::vector<CtiStep> steps;
    session.start(now, steps);
    session.connected(now, steps);
    const auto& bytes = std::get<CtiSend>(steps.back()).bytes;
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
    const auto& sent = std::get<CtiSend>(steps.at(0));
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
