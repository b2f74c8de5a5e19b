// R-DEC-36: how sessions of the CTI server open, live and close. GED-188 sections 5, 6 and 10.
#include "bench.hpp"

namespace cticonnector::sim::cc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct ClientSessionsTest : ::testing::Test {
    // The status that refuses this request, or nothing.
    std::optional<std::uint32_t> refusal(const OpenReq& request, SideName side = SideName::a) {
        bench.clear();
        const ClientSessionId id = bench.connect(side);
        bench.tell(id, request, Version{request.version_number});
        const auto failures = bench.take<FailureConf>(id, Version{request.version_number});
        if (failures.empty()) return std::nullopt;
        return failures.front().status;
    }
    Bench bench;
    OpenReq good = Bench::open_req(Bench::all_services);
};

TEST_F(ClientSessionsTest, OpensWithSystemEventAndResynchronisation_R_DEC_36) {
    const ClientSessionId id = bench.connect();
    bench.tell(id, good);
    EXPECT_THAT(bench.names(id), ElementsAre("OPEN_CONF", "SYSTEM_EVENT", "AGENT_INIT_READY_EVENT"));
    const auto conf = bench.take<OpenConf>(id).front();
    EXPECT_EQ(conf.invoke_id, 1u);
    EXPECT_EQ(conf.services_granted, Bench::all_services);
    EXPECT_TRUE(conf.peripheral_online);
    EXPECT_EQ(conf.session_type, SessionType::ACTIVE);
    const auto event = bench.take<SystemEvent>(id).front();
    EXPECT_EQ(event.system_event_id, SystemEventID::SYS_PERIPHERAL_ONLINE);
    EXPECT_EQ(event.system_event_arg1, 5000u);
}

TEST_F(ClientSessionsTest, SpeaksEveryVersionFrom14To25) {
    for (std::uint32_t version = 14; version <= 25; ++version) {
        good.version_number = version;
        EXPECT_EQ(refusal(good), std::nullopt) << version;
    }
}

TEST_F(ClientSessionsTest, RefusesWithThePublishedStatus) {
    const auto with = [this](auto change) {
        OpenReq request = good;
        change(request);
        return refusal(request);
    };
    EXPECT_EQ(with([](OpenReq& r) { r.version_number = 13; }), StatusCode::E_CTI_INVALID_VERSION);
    EXPECT_EQ(with([](OpenReq& r) { r.version_number = 26; }), StatusCode::E_CTI_INVALID_VERSION);
    EXPECT_EQ(with([](OpenReq& r) { r.client_password = "wrong"; }), StatusCode::E_CTI_INVALID_PASSWORD);
    EXPECT_EQ(with([](OpenReq& r) { r.idle_timeout = 19; }), StatusCode::E_CTI_INVALID_TIMEOUT);
    EXPECT_EQ(with([](OpenReq& r) { r.reserved2 = 1; }), StatusCode::E_CTI_INVALID_RESERVED_FIELD);
    EXPECT_EQ(with([](OpenReq& r) { r.services_requested |= 0x40000000; }),
              StatusCode::E_CTI_INVALID_SERVICE_MASK);
    EXPECT_EQ(with([](OpenReq& r) { r.agent_state_mask = 0x4000; }),
              StatusCode::E_CTI_INVALID_AGENT_STATE_MASK);
    EXPECT_EQ(with([](OpenReq& r) { r.config_msg_mask = 0x80000000; }),
              StatusCode::E_CTI_INVALID_CONFIG_MSG_MASK);
    EXPECT_EQ(with([](OpenReq& r) { r.peripheral_id = 4711; }), StatusCode::E_CTI_INVALID_PERIPHERAL_ID);
    EXPECT_EQ(with([](OpenReq& r) { r.application_path_id.reset(); }),
              StatusCode::E_CTI_REQUIRED_DATA_MISSING);
    EXPECT_EQ(with([](OpenReq& r) { r.application_path_id = 1; }), StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE);
    EXPECT_EQ(with([](OpenReq& r) { r.services_requested |= CTIServiceMask::CTI_SERVICE_CLIENT_EVENTS; }),
              StatusCode::E_CTI_REQUIRED_DATA_MISSING);
}

TEST_F(ClientSessionsTest, GrantsWhatItHasOfTheServicesAskedFor) {
    const ClientSessionId id = bench.connect();
    good.services_requested |= CTIServiceMask::CTI_SERVICE_SUPERVISOR;
    bench.tell(id, good);
    EXPECT_EQ(bench.take<OpenConf>(id).front().services_granted, Bench::all_services);
}

TEST_F(ClientSessionsTest, ListsNoPeripheralToWhoNamesOne) {
    const ClientSessionId any = bench.connect();
    bench.tell(any, good);
    EXPECT_EQ(bench.take<OpenConf>(any).front().peripherals.size(), 1u);
    bench.clear();
    const ClientSessionId named = bench.connect();
    good.peripheral_id = 5000;
    bench.tell(named, good);
    EXPECT_THAT(bench.take<OpenConf>(named).front().peripherals, IsEmpty());
}

TEST_F(ClientSessionsTest, ASecondOpenReqAndARequestBeforeTheFirstAreRefused) {
    const ClientSessionId id = bench.connect();
    bench.tell(id, QueryAgentStateReq{.invoke_id = 3});
    EXPECT_EQ(bench.take<FailureConf>(id).front().status, StatusCode::E_CTI_SESSION_NOT_OPEN);
    bench.tell(id, good);
    bench.clear();
    bench.tell(id, good);
    EXPECT_EQ(bench.take<FailureConf>(id).front().status, StatusCode::E_CTI_SESSION_ALREADY_OPEN);
}

TEST_F(ClientSessionsTest, ConfirmsHeartbeatsAndDropsAnIdleSession) {
    const ClientSessionId id = bench.open();
    bench.pass(119s);
    bench.tell(id, HeartbeatReq{.invoke_id = 5});
    EXPECT_EQ(bench.take<HeartbeatConf>(id).front().invoke_id, 5u);
    bench.pass(119s);
    EXPECT_THAT(bench.closed, IsEmpty());
    bench.pass(1s);
    EXPECT_EQ(bench.take<FailureEvent>(id).front().status, StatusCode::E_CTI_TIMEOUT);
    EXPECT_THAT(bench.closed, ElementsAre(id));
}

TEST_F(ClientSessionsTest, ARefusedSessionGetsNoHeartbeatConfirmed) {
    const ClientSessionId id = bench.connect();
    good.client_password = "wrong";
    bench.tell(id, good);
    bench.clear();
    bench.tell(id, HeartbeatReq{.invoke_id = 7});
    EXPECT_THAT(bench.take<HeartbeatConf>(id), IsEmpty());
    EXPECT_EQ(bench.take<FailureConf>(id).front().status, StatusCode::E_CTI_SESSION_NOT_OPEN);
}

TEST_F(ClientSessionsTest, ASilentSideConfirmsNoHeartbeat) {
    const ClientSessionId id = bench.open();
    bench.center.sessions.set_silent(SideName::a, true);
    bench.tell(id, HeartbeatReq{.invoke_id = 5});
    EXPECT_THAT(bench.take<HeartbeatConf>(id), IsEmpty());
    bench.center.sessions.set_silent(SideName::a, false);
    bench.tell(id, HeartbeatReq{.invoke_id = 6});
    EXPECT_EQ(bench.take<HeartbeatConf>(id).size(), 1u);
}

TEST_F(ClientSessionsTest, ClosesOnRequest) {
    const ClientSessionId id = bench.open();
    bench.tell(id, CloseReq{.invoke_id = 9});
    EXPECT_THAT(bench.names(id), ElementsAre("CLOSE_CONF"));
    EXPECT_THAT(bench.closed, ElementsAre(id));
}

TEST_F(ClientSessionsTest, TheStandbySideTakesOnlyClientsThatAskForIt) {
    EXPECT_EQ(refusal(good, SideName::b), StatusCode::E_CTI_INVALID_CLIENT_FOR_STANDBY);
    good.version_number = 23;
    EXPECT_EQ(refusal(good, SideName::b), StatusCode::E_CTI_CTI_SERVER_OFFLINE);
    good.version_number = 24;
    good.services_requested |= CTIServiceMask::CTI_SERVICE_ACTIVE_STANDBY;
    bench.clear();
    const ClientSessionId id = bench.connect(SideName::b);
    bench.tell(id, good);
    EXPECT_THAT(bench.names(id), ElementsAre("OPEN_CONF"));
    EXPECT_EQ(bench.take<OpenConf>(id).front().session_type, SessionType::STANDBY);
    bench.clear();
    bench.tell(id, QueryAgentStateReq{.invoke_id = 3});
    EXPECT_EQ(bench.take<FailureConf>(id).front().status, StatusCode::E_CTI_SERVER_NOT_MASTER);
}

TEST_F(ClientSessionsTest, ATakeoverTellsTheStandbyClientsAndSendsTheOthersAway) {
    const ClientSessionId old_side = bench.open();
    good.services_requested |= CTIServiceMask::CTI_SERVICE_ACTIVE_STANDBY;
    const ClientSessionId new_side = bench.connect(SideName::b);
    bench.tell(new_side, good);
    bench.clear();
    bench.center.act(bench.now, [&] { bench.center.sessions.set_active(SideName::b); });
    EXPECT_THAT(bench.names(new_side),
                ElementsAre("STANDBY_ACTIVE_EVENT_MSG", "SYSTEM_EVENT", "AGENT_INIT_READY_EVENT"));
    EXPECT_EQ(bench.take<FailureEvent>(old_side).front().status, StatusCode::E_CTI_CTI_SERVER_OFFLINE);
    EXPECT_THAT(bench.closed, ElementsAre(old_side));
}

TEST_F(ClientSessionsTest, AServiceThatWasNotGrantedIsRefused) {
    const ClientSessionId id = bench.open(CTIServiceMask::CTI_SERVICE_ALL_EVENTS);
    bench.tell(id, MakeCallReq{.invoke_id = 4});
    bench.tell(id, MediaLoginReq{.invoke_id = 5});
    const auto failures = bench.take<FailureConf>(id);
    ASSERT_EQ(failures.size(), 2u);
    for (const auto& failure : failures) EXPECT_EQ(failure.status, StatusCode::E_CTI_FUNCTION_NOT_AVAILABLE);
}

TEST_F(ClientSessionsTest, EventsFollowTheMasksOfTheSession) {
    const ClientSessionId everything = bench.open();
    good.agent_state_mask = AgentStateMask::AGENT_AVAILABLE_MASK;
    const ClientSessionId available_only = bench.connect();
    bench.tell(available_only, good);
    bench.clear();
    bench.login(everything, "1001", "pw1", "52513");
    EXPECT_EQ(bench.take<AgentStateEvent>(everything).size(), 2u);
    EXPECT_THAT(bench.names(available_only), IsEmpty());
    bench.set_state(everything, "1001", AgentState::AGENT_STATE_AVAILABLE);
    EXPECT_EQ(bench.take<AgentStateEvent>(available_only).size(), 1u);
}

TEST_F(ClientSessionsTest, ASlowAnswerComesAfterWhatItConfirms) {
    const ClientSessionId id = bench.open();
    const auto slow = [this](milliseconds delay) {
        bench.center.act(bench.now, [&] { bench.center.sessions.set_slow(SetAgentStateConf::type, delay); });
    };
    slow(300ms);
    bench.login(id, "1001", "pw1", "52513");
    EXPECT_EQ(bench.take<AgentStateEvent>(id).size(), 2u);
    bench.pass(299ms);
    EXPECT_THAT(bench.take<SetAgentStateConf>(id), IsEmpty());
    bench.pass(1ms);
    EXPECT_EQ(bench.take<SetAgentStateConf>(id).size(), 1u);
    bench.set_state(id, "1001", AgentState::AGENT_STATE_AVAILABLE);
    slow(0ms);
    bench.clear();
    bench.set_state(id, "1001", AgentState::AGENT_STATE_NOT_READY);
    EXPECT_EQ(bench.take<SetAgentStateConf>(id).size(), 1u) << "at once again, before the slow one";
    bench.center.disconnected(id, bench.now);
    bench.clear();
    bench.pass(1s);
    EXPECT_THAT(bench.names(id), IsEmpty()) << "the session is gone";
}

TEST_F(ClientSessionsTest, FailureConfHasBothPublishedLayouts) {
    std::string script = small_center;
    script.replace(script.find("\"password\":\"secret\""), 0, "\"failure_conf\":\"code\",");
    Bench other(script);
    const ClientSessionId id = other.connect();
    other.tell(id, QueryAgentStateReq{.invoke_id = 3});
    EXPECT_EQ(other.take<FailureConf>(id).front().failure_code, StatusCode::E_CTI_SESSION_NOT_OPEN);
}

}  // namespace
}  // namespace cticonnector::sim::cc
