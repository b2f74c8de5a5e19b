// The routing side and its router: the PIM that connects, and items on their way to agents.
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
using test::PeerPtr;

class RouterTest : public ContactCenterTest {
  protected:
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
    EXPECT_TRUE(router_up);
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
    EXPECT_FALSE(router_up);
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
