// Which CTI server is spoken to: two sides, names with several addresses, refusals, silence, and a link that
// is lost at any moment.
#include <gmock/gmock.h>

#include "contact_center_rig.hpp"
#include "listeners.hpp"
#include "no_file_handles.hpp"
#include "scripted_names.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using namespace std::chrono_literals;
using test::ann;
using test::ContactCenterTest;
using test::expect;
using test::op;
using test::PeerPtr;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(ContactCenterTest, GoesToTheOtherSideWhenOneIsAway_R_DEC_41_R_HA_5) {
    a.close();
    start();
    open(b);
    EXPECT_TRUE(log.has("cti.link_down",
                        "side=A host=127.0.0.1 port=" + std::to_string(settings.sides[0].port) + " why="));
    EXPECT_TRUE(log.has("cti.link_down", "retry_ms=0"));
    EXPECT_TRUE(center->counters().cti_link_up[1]);
}

TEST_F(ContactCenterTest, LooksUpNamesWithoutBlocking) {
    settings.sides[0].host = "no-such-host.invalid";
    start();
    open(b);
    EXPECT_TRUE(log.has("cti.link_down", " why=no-such-host.invalid: host not found"));
}

TEST_F(ContactCenterTest, PassesAnAddressThatSwallowsPackets_R_DEC_72) {
    const cticonnector::testing::SwallowingListener swallowing(io, "127.0.0.2", a.port());
    cticonnector::testing::ScriptedNames names;
    names.set("cti-a.test", {"127.0.0.2", "127.0.0.1"});
    settings.sides = {{{"cti-a.test", a.port()}, {"", 0}}};
    start();
    open(a);
    EXPECT_FALSE(log.has("cti.link_down"));
}

TEST_F(ContactCenterTest, LogsEachAddressesOwnReason_R_DEC_72) {
    const cticonnector::testing::SwallowingListener swallowing(io, "127.0.0.2");
    cticonnector::testing::ScriptedNames names;
    names.set("cti-a.test", {"127.0.0.2", "127.0.0.3"});
    settings.sides[0] = {"cti-a.test", swallowing.port()};
    start();
    open(b);
    const std::string port = std::to_string(swallowing.port());
    EXPECT_TRUE(log.has("cti.link_down", "side=A host=cti-a.test port=" + port + " why=127.0.0.2:" + port +
                                             ": no answer; 127.0.0.3:" + port + ": connection refused"));
}

TEST_F(ContactCenterTest, NamesTheCauseWhenNoFileHandleIsLeft_R_DEC_74) {
    settings.application_path = 0;  // no listener of our own
    {
        const cticonnector::testing::NoFileHandles none;
        start();
        EXPECT_TRUE(until([&] {  // both sides twice
            return std::ranges::count_if(log.lines, [](const std::string& line) {
                       return line.starts_with("cti.link_down");
                   }) >= 4;
        }));
    }
    EXPECT_TRUE(log.has("cti.link_down", "too many open files"));
    EXPECT_EQ(std::ranges::count_if(log.lines,
                                    [](const std::string& line) {
                                        return line.find("raise the limit of open files") != line.npos;
                                    }),
              1)
        << "once a minute";
    EXPECT_TRUE(until([&] { return a.visited() || b.visited(); }));
    open(a.visited() ? a : b);
}

TEST_F(ContactCenterTest, StopsWhileALookupHangs_R_DEC_72) {
    cticonnector::testing::ScriptedNames names;
    names.set("cti-a.test", {"127.0.0.1"});
    names.hang("cti-a.test");
    settings.sides[0].host = "cti-a.test";
    start();
    EXPECT_TRUE(until([&] { return names.asked("cti-a.test") == 1; }));
    EXPECT_TRUE(stop());
}

TEST_F(ContactCenterTest, LeavesAStandbyServer_R_DEC_36) {
    start();
    const PeerPtr standby = a.next();
    OpenConf conf = confirmation(expect<OpenReq>(io, standby).invoke_id);
    conf.session_type = SessionType::STANDBY;
    standby->send(conf);
    const auto close = expect<CloseReq>(io, standby);
    standby->send(EndCallEvent{});  // read, so that the farewell is not lost in a reset
    standby->send(CloseConf{.invoke_id = close.invoke_id});
    open(b);
    EXPECT_TRUE(log.has("cti.link_up", "side=B"));
    EXPECT_TRUE(log.has("cti.open_refused", "standby"));
    EXPECT_FALSE(log.has("cti.link_down")) << "nothing was taken from anybody (R-DEC-87)";
    EXPECT_EQ(count("direction=\"in\",message=\"CLOSE_CONF\""), 1u);
    EXPECT_EQ(count("direction=\"in\",message=\"END_CALL_EVENT\""), 1u);
}

TEST_F(ContactCenterTest, NamesWhatTheServerDoesNotGrant_R_DEC_77) {
    start();
    const PeerPtr peer = a.next();
    OpenConf conf = confirmation(expect<OpenReq>(io, peer).invoke_id);
    conf.services_granted = 0x10;
    conf.pg_status = 0x12;
    peer->send(conf);
    take<LinkUp>();
    constexpr auto services =
        "CTI_SERVICE_CALL_DATA_UPDATE|CTI_SERVICE_CLIENT_CONTROL|CTI_SERVICE_AGENT_REPORTING (1030)";
    constexpr auto gateway = "PGS_CC_DOWN|PGS_LIMITED_FUNCTION (18)";
    EXPECT_TRUE(
        log.has("cc.unexpected side=A host=127.0.0.1 port=", std::string("does not grant ") + services));
    EXPECT_TRUE(log.has("cc.unexpected side=A host=127.0.0.1 port=", gateway));
    EXPECT_THAT(center->shortcomings(), ElementsAre(HasSubstr(services), HasSubstr(gateway)));
    peer->send(SystemEvent{.pg_status = 0, .system_event_id = SystemEventID::SYS_CENTRAL_CONTROLLER_ONLINE});
    EXPECT_TRUE(until([&] { return center->shortcomings().size() == 1; }));
    peer->close();
    take<engine::LinkDown>();
    EXPECT_THAT(center->shortcomings(), Not(Contains(HasSubstr(gateway)))) << "of the next nothing is known";
}

TEST_F(ContactCenterTest, SaysWhyItWasRefused_R_DEC_41) {
    start();
    const PeerPtr peer = a.next();
    peer->send(FailureConf{.invoke_id = expect<OpenReq>(io, peer).invoke_id, .status = 36});
    EXPECT_TRUE(until([&] { return !center->shortcomings().empty(); }));
    EXPECT_THAT(center->shortcomings(), ElementsAre(AllOf(HasSubstr("side A: "), HasSubstr("(36)"))));
    open(b);
    EXPECT_THAT(center->shortcomings(), IsEmpty()) << "the other side serves";
    EXPECT_TRUE(log.has("cti.open_refused side=A host=127.0.0.1 port=" + std::to_string(a.port()),
                        "E_CTI_INVALID_PASSWORD (36)"));
    EXPECT_TRUE(log.has("cti.open_refused", "look_at=[CTI] ClientID, ClientPassword"));
    EXPECT_EQ(log.levels.at("cti.open_refused"), Level::error);
}

TEST_F(ContactCenterTest, AStandbySideIsNoFault_R_DEC_87) {
    start();
    const PeerPtr peer = a.next();
    peer->send(FailureConf{.invoke_id = expect<OpenReq>(io, peer).invoke_id, .status = 107});
    open(b);
    EXPECT_TRUE(log.has("cti.open_refused side=A", "E_CTI_INVALID_CLIENT_FOR_STANDBY (107)"));
    EXPECT_EQ(log.levels.at("cti.open_refused"), Level::info);
    EXPECT_FALSE(log.has("cti.link_down"));
}

TEST_F(ContactCenterTest, NamesBothNumbersOfAnUnknownPeripheral_R_DEC_88) {
    start();
    const PeerPtr peer = a.next();
    OpenConf conf = confirmation(expect<OpenReq>(io, peer).invoke_id);
    conf.peripherals = {{.flt_peripheral_id = 5001, .multiline_agent_control = 0}};
    peer->send(conf);
    take<LinkUp>();
    constexpr auto both = "[CTI] PeripheralID is 5000, the CTI server has 5001";
    EXPECT_TRUE(log.has("cc.unexpected side=A", both));
    EXPECT_THAT(center->shortcomings(), ElementsAre(both));
}

TEST_F(ContactCenterTest, ChangesSidesAfterMissedHeartbeats_R_DEC_41) {
    settings.heartbeat_interval = 20ms;
    const PeerPtr peer = started();
    for (int i = 0; i < 3; ++i) expect<HeartbeatReq>(io, peer);
    EXPECT_THAT(take<engine::LinkDown>().why, HasSubstr("3 heartbeats"));
    open(b);
    EXPECT_TRUE(until([&] { return peer->closed; }));
}

TEST_F(ContactCenterTest, LeavesAServerThatReadsAndNeverWrites_R_DEC_63) {
    settings.heartbeat_interval = 50ms;
    const PeerPtr peer = started();
    EXPECT_TRUE(until([&] {
        perform(NotRoutable{op, ann, Channel::chat});  // without pause
        center->flush();
        return !link_up;
    }));
    EXPECT_TRUE(log.has("cti.link_down", "did not answer 3 heartbeats"));
}

TEST_F(ContactCenterTest, StaysUpWhileHeartbeatsAreConfirmed) {
    settings.heartbeat_interval = 20ms;
    const PeerPtr peer = started();
    for (int i = 0; i < 6; ++i)
        peer->send(HeartbeatConf{.invoke_id = expect<HeartbeatReq>(io, peer).invoke_id});
    EXPECT_TRUE(link_up);
}

// The conversation of a log-in, with the connection lost at each of its steps: the engine hears of it, later
// wishes are answered, and the next session comes up.
class LossAtEveryStep : public ContactCenterTest, public ::testing::WithParamInterface<int> {};

TEST_P(LossAtEveryStep, IsSurvived_R_HA_5_R_HA_6) {
    const int lost_at = GetParam();
    start();
    PeerPtr peer = a.next();
    int step = 0;
    const auto survive = [&] { return step++ < lost_at; };
    const auto script = [&] {
        if (!survive()) return;
        const auto request = expect<OpenReq>(io, peer);
        if (!survive()) return;
        peer->send(confirmation(request.invoke_id));
        take<LinkUp>();
        if (!survive()) return;
        perform(QueryAgent{op, ann});
        const auto query = expect<QueryAgentStateReq>(io, peer);
        if (!survive()) return;
        peer->send(QueryAgentStateConf{.invoke_id = query.invoke_id, .agent_state = 1, .icm_agent_id = 5501});
        take<AgentFound>();
        perform(Login{op, ann, "4001", Secret("pw"), false});
        perform(LoginMedium{op, ann, Channel::chat, 1});
        if (!survive()) return;
        const auto login = expect<SetAgentStateReq>(io, peer);
        peer->send(SetAgentStateConf{.invoke_id = login.invoke_id});
        take<Outcome>();
    };
    script();
    const bool was_up = link_up;
    peer->close();
    if (was_up) {
        take<engine::LinkDown>();
        perform(QueryAgent{op, ann});
        EXPECT_EQ(take<Outcome>().failure, Failure::no_link);
    }
    PeerPtr next;
    EXPECT_TRUE(until([&] { return a.visited() || b.visited(); }));
    open(a.visited() ? a : b);
    EXPECT_TRUE(link_up);
}
INSTANTIATE_TEST_SUITE_P(Login, LossAtEveryStep, ::testing::Range(0, 6));

}  // namespace
}  // namespace cticonnector::routing
