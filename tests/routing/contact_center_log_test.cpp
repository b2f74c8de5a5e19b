// What the log tells of the messages, and what it never does.
#include <gmock/gmock.h>

#include "contact_center_rig.hpp"
#include "cticonnector/protocol/wire/print.hpp"

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
using ::testing::HasSubstr;
using ::testing::Not;

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

}  // namespace
}  // namespace cticonnector::routing
