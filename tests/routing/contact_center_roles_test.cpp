// The CTI session and the listener for media routing open and close on order (R-CLU-80).
#include <gmock/gmock.h>

#include "contact_center_rig.hpp"

namespace cticonnector::routing::test {
namespace {

using engine::LinkDown;
using engine::LinkUp;
using engine::RouterDown;
using engine::RouterUp;

class Roles : public ContactCenterTest {
  protected:
    void close_cti(const PeerPtr& peer) {
        bool closed = false;
        center->close_cti([&] { closed = true; });
        const auto request = expect<ged188::CloseReq>(io, peer);
        peer->send(ged188::CloseConf{.invoke_id = request.invoke_id});
        EXPECT_TRUE(until([&] { return closed; }));
    }
};

TEST_F(Roles, TheCtiSessionClosesAndOpensWithoutTheRouter_R_CLU_80) {
    const PeerPtr first = started();
    const std::uint16_t port = center->mr_port();
    EXPECT_EQ(take<LinkUp>().link, cti_link);
    close_cti(first);
    EXPECT_EQ(take<LinkDown>().link, cti_link);
    EXPECT_FALSE(link_up);
    EXPECT_EQ(center->mr_port(), port) << "the router's listener stays";
    center->open_cti();
    const PeerPtr second = open(a);
    take<LinkUp>();
    EXPECT_TRUE(link_up);
    close_cti(second);
    EXPECT_TRUE(stop());
}

TEST_F(Roles, TheRoutersListenerClosesAndOpensWithoutTheCtiSession_R_CLU_80) {
    const PeerPtr peer = started();
    const PeerPtr first = pim();
    EXPECT_EQ(take<RouterUp>().link, mr_link);
    center->close_router();
    EXPECT_EQ(take<RouterDown>().link, mr_link);
    EXPECT_EQ(center->mr_port(), 0);
    EXPECT_TRUE(link_up) << "the CTI session stays";
    center->open_router();
    ASSERT_NE(center->mr_port(), 0);
    const PeerPtr again = pim();
    take<RouterUp>();
    EXPECT_TRUE(router_up);
    center->open_router();  // open already
    EXPECT_TRUE(router_up);
}

}  // namespace
}  // namespace cticonnector::routing::test
