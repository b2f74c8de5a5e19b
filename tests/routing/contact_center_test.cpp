// The whole routing side against a scripted CTI server and a scripted PIM, over real sockets.
#include "cticonnector/routing/contact_center.hpp"

#include <gmock/gmock.h>

#include "cticonnector/protocol/wire/print.hpp"
#include "listeners.hpp"
#include "no_file_handles.hpp"
#include "peers.hpp"
#include "scripted_names.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using namespace std::chrono_literals;
using engine::AgentState;
using test::expect;
using test::Peer;
using test::PeerPtr;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const AgentId ann{5000, "1001"};
constexpr OperationId op{4711};

class ContactCenterTest : public ::testing::Test {
  protected:
    ContactCenterTest() {
        settings.sides = {{{"127.0.0.1", a.port()}, {"127.0.0.1", b.port()}}};
        settings.client_password = Secret("cti-secret");
        settings.application_path = 5001;
        settings.mr_address = test::asio::ip::address_v4::loopback();
        settings.mr_port = 0;
    }
    void start() {
        if (center) retired.push_back(std::move(center));  // each outlives the loop
        center = std::make_unique<ContactCenter>(
            io, settings, log,
            [this](Event event, auto received) {
                EXPECT_LE(received, std::chrono::steady_clock::now());
                events.push_back(std::move(event));
            },
            7);
        center->start();
    }
    /// Answers OPEN_REQ of the peer that has just connected.
    static OpenConf confirmation(std::uint32_t invoke_id) {
        return {.invoke_id = invoke_id,
                .services_granted = 0x416,
                .peripheral_online = true,
                .session_type = SessionType::ACTIVE};
    }
    PeerPtr open(test::Server& server) {
        const PeerPtr peer = server.next();
        peer->send(confirmation(expect<OpenReq>(io, peer).invoke_id));
        EXPECT_TRUE(until([&] { return center->link_up(); }));
        return peer;
    }
    PeerPtr started() {
        start();
        return open(a);
    }
    bool until(const std::function<bool()>& done) { return test::run_until(io, done); }
    template <class E>
    E take() {
        const auto is = [](const Event& event) { return std::holds_alternative<E>(event); };
        until([&] { return std::ranges::any_of(events, is); });
        const auto found = std::ranges::find_if(events, is);
        if (found == events.end()) return {};
        E event = std::get<E>(std::move(*found));
        events.erase(found);
        return event;
    }
    void perform(const Action& action) { center->perform(action); }
    bool stop() {
        bool done = false;
        center->stop([&] { done = true; });
        return until([&] { return done; });
    }
    std::uint64_t count(const std::string& labels) {
        const auto found = center->counters().cti_messages.find(labels);
        return found == center->counters().cti_messages.end() ? 0 : found->second;
    }

    test::asio::io_context io;
    test::Server a{io}, b{io};
    test::CollectingLogger log;
    Settings settings;
    std::vector<Event> events;
    std::unique_ptr<ContactCenter> center;
    std::vector<std::unique_ptr<ContactCenter>> retired;
};

TEST_F(ContactCenterTest, OpensTheLinkAndSaysSo) {
    start();
    EXPECT_FALSE(center->link_up());
    const PeerPtr peer = a.next();
    Peer::Received bytes;
    const auto request = expect<OpenReq>(io, peer, &bytes);
    EXPECT_EQ(request.version_number, 24u);
    EXPECT_EQ(request.application_path_id, 5001);
    peer->send(confirmation(request.invoke_id));
    EXPECT_EQ(take<LinkUp>().link, LinkId{1});
    EXPECT_TRUE(
        log.has("cti.link_up", "side=A host=127.0.0.1 port=" + std::to_string(a.port()) + " version=24"));
    EXPECT_TRUE(center->counters().cti_link_up[0]);
    EXPECT_EQ(count("direction=\"out\",message=\"OPEN_REQ\""), 1u);
    EXPECT_EQ(count("direction=\"in\",message=\"OPEN_CONF\""), 1u);
}

TEST_F(ContactCenterTest, CarriesARequestAndItsAnswer) {
    const PeerPtr peer = started();
    perform(QueryAgent{op, ann});
    const auto query = expect<QueryAgentStateReq>(io, peer);
    peer->send(QueryAgentStateConf{.invoke_id = query.invoke_id,
                                   .agent_state = ged188::AgentState::AGENT_STATE_NOT_READY,
                                   .icm_agent_id = 5501,
                                   .agent_extension = "4001"});
    const auto found = take<AgentFound>();
    EXPECT_EQ(found.operation, op);
    EXPECT_EQ(found.extension, "4001");
}

// What one turn asks for is one write, in order (R-DEC-25).
TEST_F(ContactCenterTest, WritesOneTurnTogether_R_DEC_25) {
    const PeerPtr peer = started();
    perform(EndTask{ann, Channel::chat, {1, 2, 3}, TaskEnd::given_back});
    perform(NotReadyMedium{op, ann, Channel::chat, 0});
    center->flush();
    perform(SetVoiceState{op, ann, VoiceWish::ready, 0});
    Peer::Received first, second, third;
    expect<EndTaskInd>(io, peer, &first);
    expect<MakeAgentNotReadyReq>(io, peer, &second);
    expect<SetAgentStateReq>(io, peer, &third);
    EXPECT_EQ(first.read, second.read);
}

TEST_F(ContactCenterTest, ReadsMessagesByteByByte) {
    start();
    const PeerPtr peer = a.next();
    const auto bytes = test::bytes_of(confirmation(expect<OpenReq>(io, peer).invoke_id));
    for (const std::uint8_t byte : bytes) {
        EXPECT_FALSE(center->link_up());
        peer->send_bytes({byte});
        io.poll();
    }
    EXPECT_TRUE(until([&] { return center->link_up(); }));
}

TEST_F(ContactCenterTest, ReadsSeveralMessagesOfOneSegment) {
    const PeerPtr peer = started();
    test::Bytes bytes;
    for (const int state : {2, 3, 8, 4}) {
        ged188::AgentStateEvent event;
        event.peripheral_id = 5000;
        event.mrd_id = 1;
        event.agent_state = static_cast<std::uint16_t>(state);
        event.agent_id = "1001";
        const auto one = test::bytes_of(event);
        bytes.insert(bytes.end(), one.begin(), one.end());
    }
    events.clear();
    peer->send_bytes(bytes);
    EXPECT_TRUE(until([&] { return events.size() == 4; }));
    EXPECT_EQ(std::get<AgentState>(events[0]).state, MediumState::not_ready);
    EXPECT_EQ(std::get<AgentState>(events[3]).state, MediumState::active);
}

TEST_F(ContactCenterTest, CountsAndSkipsWhatItDoesNotKnow) {
    const PeerPtr peer = started();
    peer->send_bytes({0, 0, 0, 2, 0, 0, 0x77, 0x77, 1, 2});
    peer->send(SystemEvent{.system_event_id = SystemEventID::SYS_TEXT_FYI});
    EXPECT_TRUE(until([&] { return count("direction=\"in\",message=\"SYSTEM_EVENT\"") == 1; }));
    EXPECT_EQ(center->counters().cti_unknown, 1u);
    EXPECT_TRUE(center->link_up());
}

TEST_F(ContactCenterTest, CountsAndTellsWhatItCannotDecode) {
    const PeerPtr peer = started();
    peer->send_bytes({0, 0, 0, 2, 0, 0, 0, 30, 1, 2});
    peer->send_bytes({0, 0, 0, 2, 0, 0, 0, 30, 1, 2});
    EXPECT_TRUE(until([&] {
        return center->counters().cti_undecodable == Counts{{"message=\"AGENT_STATE_EVENT\"", 2}};
    }));
    EXPECT_TRUE(log.has("cc.unexpected", "message=AGENT_STATE_EVENT"));
    EXPECT_TRUE(log.has("cc.unexpected", "hex=000000020000001e0102"));
    EXPECT_TRUE(center->link_up());
}

TEST_F(ContactCenterTest, CountsAndTellsWhatTheSessionCannotDecode) {
    start();
    const PeerPtr peer = a.next();
    expect<OpenReq>(io, peer);
    peer->send_bytes({0, 0, 0, 2, 0, 0, 0, OpenConf::type, 1, 2});
    EXPECT_TRUE(until([&] {
        return center->counters().cti_undecodable == Counts{{"message=\"OPEN_CONF\"", 1}};
    }));
    EXPECT_TRUE(log.has("cc.unexpected", "message=OPEN_CONF"));
    EXPECT_FALSE(center->link_up());
}

TEST_F(ContactCenterTest, TellsAnAnswerOfTheWrongKind_R_DEC_35) {
    const PeerPtr peer = started();
    perform(SetVoiceState{op, ann, VoiceWish::ready, 0});
    center->flush();
    const auto asked = expect<SetAgentStateReq>(io, peer);
    events.clear();
    peer->send(MakeCallConf{.invoke_id = asked.invoke_id, .new_connection_call_id = 7});
    EXPECT_TRUE(until([&] { return log.has("cc.unexpected", "message=MAKE_CALL_CONF agent=1001"); }));
    EXPECT_TRUE(events.empty());
    peer->send(SetAgentStateConf{.invoke_id = asked.invoke_id});
    EXPECT_EQ(take<engine::Outcome>().failure, engine::Failure::none);
}

// R-DEC-36: a message beyond the version's limit ends the session.
TEST_F(ContactCenterTest, DropsTheLinkOverAMessageThatIsTooLong_R_DEC_36) {
    const PeerPtr peer = started();
    peer->send_bytes({0, 0, 0x40, 0, 0, 0, 0, 9});
    take<engine::LinkDown>();
    EXPECT_TRUE(log.has("cti.link_down", "side=A"));
    EXPECT_FALSE(center->link_up());
    open(a);
}

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
    EXPECT_THAT(center->shortcomings(), IsEmpty()) << "of the next server nothing is known";
}

TEST_F(ContactCenterTest, SaysWhyItWasRefused_R_DEC_41) {
    start();
    const PeerPtr peer = a.next();
    peer->send(FailureConf{.invoke_id = expect<OpenReq>(io, peer).invoke_id, .status = 36});
    open(b);
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
        return !center->link_up();
    }));
    EXPECT_TRUE(log.has("cti.link_down", "did not answer 3 heartbeats"));
}

TEST_F(ContactCenterTest, StaysUpWhileHeartbeatsAreConfirmed) {
    settings.heartbeat_interval = 20ms;
    const PeerPtr peer = started();
    for (int i = 0; i < 6; ++i)
        peer->send(HeartbeatConf{.invoke_id = expect<HeartbeatReq>(io, peer).invoke_id});
    EXPECT_TRUE(center->link_up());
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
    const bool was_up = center->link_up();
    peer->close();
    if (was_up) {
        take<engine::LinkDown>();
        perform(QueryAgent{op, ann});
        EXPECT_EQ(take<Outcome>().failure, Failure::no_link);
    }
    PeerPtr next;
    EXPECT_TRUE(until([&] { return a.visited() || b.visited(); }));
    open(a.visited() ? a : b);
    EXPECT_TRUE(center->link_up());
}
INSTANTIATE_TEST_SUITE_P(Login, LossAtEveryStep, ::testing::Range(0, 6));

// ---- many agents

// A block that is far larger than what a connection takes at once comes in pieces, and is complete; the
// phones are asked about besides (R-HA-5, R-DEC-41).
TEST_F(ContactCenterTest, RestoresTenThousandAgents_R_DEC_41) {
    const PeerPtr peer = started();
    const auto soon = [&](const std::function<bool()>& done) { return test::run_until(io, done, 60s); };
    const auto info = std::make_shared<ItemInfo>();
    for (std::string& variable : info->call_variables) variable = std::string(40, 'x');
    constexpr std::uint32_t agents = 10'000;
    const auto agent = [](std::uint32_t i) { return AgentId{5000, std::to_string(20'000 + i)}; };
    for (std::uint32_t i = 0; i < agents; ++i) {
        ged188::AgentStateEvent event{
            .peripheral_id = 5000, .agent_state = 2, .icm_agent_id = 20'000 + static_cast<std::int32_t>(i)};
        event.mrd_id = 5001;
        const std::string name = agent(i).name;
        event.agent_id = name;
        peer->send(event);
        if (i % 100 == 0) io.poll();
    }
    ASSERT_TRUE(soon([&] { return events.size() > agents; }));
    for (std::uint32_t i = 0; i < agents; ++i) {
        perform(QueryAgent{OperationId{i + 1}, agent(i)});
        for (const Channel channel : {Channel::action, Channel::chat}) {
            perform(RestoreMedium{agent(i), channel, 1, true});
            perform(RestoreTask{
                agent(i), channel, {static_cast<std::int32_t>(i), 1, 1}, WorkState::active, info});
        }
    }
    perform(RestoreDone{LinkId{1}});
    peer->send(AgentInitReadyEvent{});
    std::size_t inits = 0, tasks = 0;
    ASSERT_TRUE(soon([&] {
        for (; !peer->received.empty(); peer->received.pop_front()) {
            const auto& frame = peer->received.front();
            inits += frame.type == AgentInitReq::type ? 1 : 0;
            tasks += frame.type == TaskInitInd::type ? 1 : 0;
            if (frame.type == EndAgentInitInd::type) return true;
            if (frame.type != QueryAgentStateReq::type) continue;
            const auto query = *decode<QueryAgentStateReq>(frame.frame(), test::version);
            peer->send(QueryAgentStateConf{.invoke_id = query.invoke_id,
                                           .agent_state = ged188::AgentState::AGENT_STATE_NOT_READY,
                                           .icm_agent_id = query.icm_agent_id});
        }
        return false;
    }));
    EXPECT_EQ(inits, 2 * agents);
    EXPECT_EQ(tasks, 2 * agents);
    const auto found = [](const Event& event) { return std::holds_alternative<AgentFound>(event); };
    EXPECT_TRUE(soon([&] { return count("direction=\"in\",message=\"QUERY_AGENT_STATE_CONF\"") == agents; }));
    EXPECT_EQ(std::ranges::count_if(events, found), agents);
    EXPECT_TRUE(center->link_up());
}

// ---- stopping (R-DEC-46)

TEST_F(ContactCenterTest, StopsInOrder_R_DEC_46) {
    const PeerPtr peer = started();
    bool done = false, again = false;
    center->stop([&] { done = true; });
    peer->send(CloseConf{.invoke_id = expect<CloseReq>(io, peer).invoke_id});
    center->stop([&] { again = true; });
    EXPECT_TRUE(until([&] { return done && again; }));
    EXPECT_TRUE(until([&] { return peer->closed; }));
    EXPECT_TRUE(stop()) << "and once more";
    EXPECT_FALSE(center->link_up());
}

TEST_F(ContactCenterTest, StopsAfterASecondWithoutCloseConf_R_DEC_46) {
    const PeerPtr peer = started();
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_TRUE(stop());
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 1s);
    EXPECT_TRUE(until([&] { return peer->closed; }));
}

TEST_F(ContactCenterTest, StopsWhileItConnectsOpensAndWaits_R_DEC_46) {
    start();
    EXPECT_TRUE(stop()) << "connecting";
    start();
    const PeerPtr peer = a.next();
    expect<OpenReq>(io, peer);
    EXPECT_TRUE(stop()) << "opening";
    a.close();
    b.close();
    start();
    EXPECT_TRUE(until([&] {
        return !log.lines.empty() && log.lines.back().find("retry_ms=0") == std::string::npos &&
               log.lines.back().starts_with("cti.link_down");
    }));
    EXPECT_TRUE(stop()) << "waiting for the next attempt";
}

// ---- secrets

// R-DEC-59: a device may be a password that slipped, until the contact center has confirmed the log-on.
TEST_F(ContactCenterTest, NeverLogsASecret_R_LOGIN_12) {
    log.least = Level::trace;
    const PeerPtr peer = started();
    perform(Login{op, ann, "the-phone", Secret("agent-secret"), false});
    const auto login = expect<SetAgentStateReq>(io, peer);
    EXPECT_EQ(login.agent_password, "agent-secret");
    EXPECT_TRUE(log.has("cti.message direction=out message=SET_AGENT_STATE_REQ", "AgentPassword=***"));
    EXPECT_TRUE(log.has("cti.message direction=out message=SET_AGENT_STATE_REQ", "AgentInstrument=***"));
    EXPECT_TRUE(log.has("cti.message direction=out message=OPEN_REQ", "ClientPassword=***"));
    for (const std::string& line : log.lines) {
        EXPECT_THAT(line, Not(HasSubstr("agent-secret")));
        EXPECT_THAT(line, Not(HasSubstr("the-phone")));
        EXPECT_THAT(line, Not(HasSubstr("cti-secret")));
    }
}

TEST_F(ContactCenterTest, WritesOneLinePerMessageAtDebug) {
    log.least = Level::debug;
    const PeerPtr peer = started();
    EXPECT_TRUE(log.has("cti.message", "direction=in message=OPEN_CONF invoke=1 bytes=32"));
}

// R-DEC-89: the agent of a log-on may be a password in the wrong field until it is confirmed (R-DEC-59).
TEST_F(ContactCenterTest, DebugLinesNameTheRequestTheAgentAndTheCall_R_DEC_89) {
    log.least = Level::debug;
    const PeerPtr peer = started();
    perform(QueryAgent{op, ann});
    const auto query = expect<QueryAgentStateReq>(io, peer);
    const std::string invoke = " invoke=" + std::to_string(query.invoke_id);
    EXPECT_TRUE(log.has("cti.message", "message=QUERY_AGENT_STATE_REQ" + invoke + " agent=*** bytes="));
    peer->send(QueryAgentStateConf{.invoke_id = query.invoke_id,
                                   .agent_state = ged188::AgentState::AGENT_STATE_NOT_READY,
                                   .icm_agent_id = 5501,
                                   .agent_extension = "4001"});
    take<AgentFound>();
    EXPECT_TRUE(log.has("cti.message", "message=QUERY_AGENT_STATE_CONF" + invoke + " agent=***"));

    perform(SetVoiceState{op, ann, VoiceWish::not_ready, 7});
    const auto state = expect<SetAgentStateReq>(io, peer);
    EXPECT_TRUE(log.has("cti.message", "message=SET_AGENT_STATE_REQ invoke=" +
                                           std::to_string(state.invoke_id) + " agent=1001 reason=7 bytes="));
    peer->send(CallDeliveredEvent{
        .connection_call_id = 4711, .connection_device_id = "4001", .alerting_device_id = "4001"});
    EXPECT_TRUE(until([&] { return log.has("cti.message", "message=CALL_DELIVERED_EVENT"); }));
    EXPECT_TRUE(log.has("cti.message", "message=CALL_DELIVERED_EVENT agent=1001 call=4711 bytes="));
    perform(EndTask{ann, Channel::chat, {1, 2, 3}, TaskEnd::given_back});
    expect<EndTaskInd>(io, peer);
    EXPECT_TRUE(log.has("cti.message", " agent=1001 task=1_2_3 bytes="));
}

// R-DEC-89, R-DEC-59
TEST_F(ContactCenterTest, TraceLinesCarryTheBytesWithoutTheSecrets_R_DEC_89) {
    log.least = Level::trace;
    const PeerPtr peer = started();
    EXPECT_TRUE(log.has("cti.message", "fields=OPEN_CONF"));
    EXPECT_TRUE(log.has("cti.message", " hex=0000002000000004"));
    perform(Login{op, ann, "the-phone", Secret("pw"), false});
    expect<SetAgentStateReq>(io, peer);
    const auto line = std::ranges::find_if(log.lines, [](const std::string& one) {
        return one.find("message=SET_AGENT_STATE_REQ") != one.npos;
    });
    ASSERT_NE(line, log.lines.end());
    EXPECT_THAT(*line, HasSubstr("******"));
    for (const std::string_view secret : {"1001", "the-phone", "pw"}) {
        const std::span bytes(reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size());
        EXPECT_THAT(*line, Not(HasSubstr(wire::print_hex(bytes)))) << secret;
    }
}

// ---- the router

class RouterTest : public ContactCenterTest {
  protected:
    PeerPtr pim(std::uint32_t idle_timeout = 0) {
        const PeerPtr peer = test::connect_to(io, center->mr_port());
        peer->send(mr::MrOpenReq{
            .invoke_id = 1, .version_number = 1, .idle_timeout = idle_timeout, .pim_name = "PIM"});
        EXPECT_EQ(expect<mr::MrOpenConf>(io, peer).status, 0u);
        return peer;
    }
    static RouteItem item(std::uint64_t id = 42) {
        return {.item = ItemId{id},
                .channel = Channel::action,
                .selector = "8000",
                .reason = RouteReason::none,
                .external_id = "000042",
                .previous = no_task,
                .preferred = std::nullopt,
                .info = std::make_shared<ItemInfo>()};
    }
};

TEST_F(RouterTest, SaysThatItsProfileIsProvisional) {
    start();
    EXPECT_TRUE(log.has("mr.link_down", "profile=mr-provisional-1"));
    EXPECT_TRUE(log.has("mr.link_down", "not the vendor's"));
    EXPECT_NE(center->mr_port(), 0);
}

TEST_F(RouterTest, WithoutArmDoesNotListen_R_DEC_7) {
    settings.application_path = 0;
    start();
    EXPECT_EQ(center->mr_port(), 0);
}

TEST_F(RouterTest, RoutesAnItemToAnAgent_R_DEC_23_R_DEC_27) {
    const PeerPtr server = started();
    const PeerPtr router = pim();
    take<RouterUp>();
    EXPECT_TRUE(center->router_up());
    EXPECT_TRUE(log.has("mr.link_up", "pim=PIM"));
    perform(item());
    const auto request = expect<mr::NewTask>(io, router);
    EXPECT_EQ(request.script_selector, "8000");

    ged188::AgentStateEvent event;  // the CTI side teaches who 5501 is
    event.peripheral_id = 5000;
    event.mrd_id = 5001;
    event.agent_state = ged188::AgentState::AGENT_STATE_RESERVED;
    event.icm_agent_id = 5501;
    event.agent_id = "1001";
    server->send(event);
    take<AgentState>();
    router->send(mr::DoThisWithTask{.dialogue_id = request.dialogue_id,
                                    .send_seq_no = 1,
                                    .task_id = {1, 2, 3},
                                    .mr_domain_id = 5001,
                                    .icm_agent_id = 5501,
                                    .skill_group_id = 7,
                                    .peripheral_id = 5000});
    const auto assigned = take<TaskAssigned>();
    EXPECT_EQ(assigned.agent, ann);
    EXPECT_EQ(assigned.item, ItemId{42});
    EXPECT_EQ(assigned.task, (engine::TaskId{1, 2, 3}));
}

TEST_F(RouterTest, DebugLinesNameTheItem_R_DEC_89) {
    log.least = Level::debug;
    start();
    const PeerPtr router = pim();
    take<RouterUp>();
    perform(item());
    center->flush();
    const auto request = expect<mr::NewTask>(io, router);
    const std::string dialogue = " dialogue=" + std::to_string(request.dialogue_id);
    EXPECT_TRUE(
        log.has("mr.message", "message=NEW_TASK" + dialogue + " item=act-42 action_item=000042 bytes="));
    router->send(mr::DoThisWithTask{.dialogue_id = request.dialogue_id,
                                    .task_id = {1, 2, 3},
                                    .mr_domain_id = 5001,
                                    .icm_agent_id = 5501});
    EXPECT_TRUE(until([&] { return log.has("mr.message", "message=DO_THIS_WITH_TASK"); }));
    EXPECT_TRUE(log.has("mr.message", " icm_agent=5501 task=1_2_3" + dialogue + " item=act-42 bytes="));
}

TEST_F(RouterTest, AnswersHeartbeatsAndCancels) {
    start();
    const PeerPtr router = pim();
    router->send(mr::MrHeartbeatReq{.invoke_id = 8});
    EXPECT_EQ(expect<mr::MrHeartbeatConf>(io, router).invoke_id, 8u);
    take<RouterUp>();
    perform(item());
    perform(CancelRoute{ItemId{42}});
    const auto request = expect<mr::NewTask>(io, router);
    EXPECT_EQ(expect<mr::CancelTask>(io, router).dialogue_id, request.dialogue_id);
}

// R-DEC-42
TEST_F(RouterTest, ASecondPimWins_R_DEC_42) {
    start();
    const PeerPtr first = pim();
    take<RouterUp>();
    const PeerPtr second = pim();
    expect<mr::MrClose>(io, first);
    EXPECT_TRUE(until([&] { return first->closed; }));
    take<RouterDown>();
    take<RouterUp>();
    perform(item());
    expect<mr::NewTask>(io, second);
}

TEST_F(RouterTest, ALostPimIsTold_R_HA_7) {
    start();
    PeerPtr router = pim();
    take<RouterUp>();
    router->close();
    take<RouterDown>();
    EXPECT_FALSE(center->router_up());
    perform(item());
    take<RouterDown>();
    router = pim();
    take<RouterUp>();
}

TEST_F(RouterTest, ASilentPimIsClosed_R_DEC_42) {
    start();
    const PeerPtr router = pim(1);
    take<RouterUp>();
    expect<mr::MrClose>(io, router);
    take<RouterDown>();
    const std::string caller =
        "host=127.0.0.1 port=" + std::to_string(router->socket.local_endpoint().port());
    EXPECT_TRUE(log.has("mr.link_up", caller));
    EXPECT_TRUE(log.has("mr.link_down", caller + " why=silent for 1 s"));
}

TEST_F(RouterTest, RefusesPeersThatAreNotAllowed_R_DEC_80) {
    settings.mr_peers = {test::asio::ip::make_address("10.1.2.3")};
    start();
    const PeerPtr stranger = test::connect_to(io, center->mr_port());
    EXPECT_TRUE(until([&] { return stranger->closed; }));
    EXPECT_TRUE(log.has("peer.refused", "listener=mr peer=127.0.0.1"));
    EXPECT_EQ(center->counters().peers_refused, 1u);
}

TEST_F(RouterTest, WelcomesPeersOfAnAllowedNetwork_R_DEC_80) {
    settings.mr_peers = {*net::network_from("127.0.0.0/8")};
    start();
    pim();
    take<RouterUp>();
    EXPECT_EQ(center->counters().peers_refused, 0u);
}

TEST_F(RouterTest, CountsUnknownDialogues) {
    start();
    const PeerPtr router = pim();
    router->send(mr::CancelTaskConf{.dialogue_id = 99});
    EXPECT_TRUE(until([&] { return center->counters().mr_unknown_dialogue == 1; }));
    EXPECT_TRUE(log.has("cc.unexpected", "unknown dialogue 99"));
}

// END_TASK_IND goes the other way, over the CTI link.
TEST_F(RouterTest, EndsASecondTaskOfAnAnsweredDialogue_R_DEC_27) {
    start();
    const PeerPtr server = open(a);
    const PeerPtr router = pim();
    take<RouterUp>();
    perform(item());
    center->flush();
    mr::DoThisWithTask answer{.dialogue_id = expect<mr::NewTask>(io, router).dialogue_id,
                              .task_id = {1, 2, 3},
                              .mr_domain_id = 5001,
                              .icm_agent_id = 5501};
    router->send(answer);
    answer.task_id = {1, 2, 4};
    router->send(answer);
    const auto end = expect<EndTaskInd>(io, server);
    EXPECT_EQ(end.task_id, (wire::TaskId{1, 2, 4}));
    EXPECT_EQ(end.icm_agent_id, 5501);
    EXPECT_EQ(end.mrd_id, 5001);
    EXPECT_EQ(end.disposition, 37u);
    EXPECT_TRUE(log.has("cc.unexpected", "task 1_2_4"));
}

TEST_F(RouterTest, SaysGoodbyeWhenItStops_R_DEC_46) {
    start();
    const PeerPtr router = pim();
    take<RouterUp>();
    EXPECT_TRUE(stop());
    expect<mr::MrClose>(io, router);
    EXPECT_TRUE(until([&] { return router->closed; }));
}

}  // namespace
}  // namespace cticonnector::routing
