// Settings are one value that may be swapped between two messages.
#include <gmock/gmock.h>

#include "contact_center_rig.hpp"

namespace cticonnector::routing {
namespace {

using namespace engine;
using namespace ged188;
using test::ann;
using test::ContactCenterTest;
using test::expect;
using test::op;
using test::PeerPtr;

class SwappedSettings : public ContactCenterTest {};

TEST_F(SwappedSettings, HoldForTheNextMessage) {
    const PeerPtr peer = started();
    perform(QueryAgent{op, ann});
    peer->send(QueryAgentStateConf{.invoke_id = expect<QueryAgentStateReq>(io, peer).invoke_id,
                                   .agent_state = ged188::AgentState::AGENT_STATE_NOT_READY,
                                   .icm_agent_id = 5501});
    take<AgentFound>();
    const AgentInterruptAdvisoryEvent interrupt{.mrd_id = 5001, .icm_agent_id = 5501};
    peer->send(interrupt);
    expect<AgentInterruptAcceptedInd>(io, peer);
    Settings next = settings;
    next.interrupt_answer = InterruptAnswer::unaccepted;
    current.swap(next);
    peer->send(interrupt);
    expect<AgentInterruptUnacceptedInd>(io, peer);
}

TEST_F(SwappedSettings, HoldForTheNextSession) {
    const PeerPtr peer = started();
    Settings next = settings;
    next.client_id = "another";
    current.swap(next);
    peer->close();
    const PeerPtr again = a.next();
    EXPECT_EQ(expect<OpenReq>(io, again).client_id, "another");
}

}  // namespace
}  // namespace cticonnector::routing
