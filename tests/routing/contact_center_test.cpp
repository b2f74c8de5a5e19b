// The CTI link carries requests, answers and events, comes back with thousands of agents, and ends in order.
#include <gmock/gmock.h>

#include "contact_center_rig.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using namespace std::chrono_literals;
using engine::AgentState;
using test::ann;
using test::ContactCenterTest;
using test::expect;
using test::op;
using test::Peer;
using test::PeerPtr;

TEST_F(ContactCenterTest, OpensTheLinkAndSaysSo) {
    start();
    EXPECT_FALSE(link_up);
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
        EXPECT_FALSE(link_up);
        peer->send_bytes({byte});
        io.poll();
    }
    EXPECT_TRUE(until([&] { return link_up; }));
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
    EXPECT_TRUE(link_up);
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
    EXPECT_TRUE(link_up);
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
    EXPECT_FALSE(link_up);
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
    EXPECT_FALSE(link_up);
    open(a);
}

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
    EXPECT_TRUE(link_up);
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
    EXPECT_FALSE(link_up);
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

}  // namespace
}  // namespace cticonnector::routing
