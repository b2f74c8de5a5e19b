// The places that connections for events take; nobody connects here (R-DEC-43).
#include "http_pool.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include "cticonnector/net/spawn.hpp"

namespace cticonnector::net {
namespace {

class Places : public ::testing::Test {
  protected:
    HttpClaimPtr claim() {
        auto claim = std::make_shared<HttpClaim>(io);
        spawn(io.get_executor(), HttpPool::take(pool, claim));
        settle();
        return claim;
    }
    void cancel(HttpClaim& claim) {
        claim.cancelled = true;
        claim.wake.cancel();
        settle();
    }
    void settle() {
        io.restart();
        io.poll();
    }

    boost::asio::io_context io;
    HttpPools pools{io, {.places = 1, .in_all = 1, .idle = std::chrono::seconds{1}}};
    const std::shared_ptr<HttpPool> pool = pools.of({.host = "sap", .port = 80, .path = "/"});
};

// behind somebody who waits on, an event that nobody wants any more would be kept with its body
TEST_F(Places, WhoIsCancelledLeavesTheLineAtOnce) {
    const auto first = claim();
    ASSERT_TRUE(first->placed);
    const auto second = claim();
    for (int n = 0; n < 3; ++n) {
        std::weak_ptr<HttpClaim> third;
        {
            const auto held = claim();
            third = held;
            cancel(*held);
        }
        EXPECT_TRUE(third.expired());
    }
    const auto last = claim();
    pool->give_back(*first);
    settle();
    EXPECT_TRUE(second->placed);
    EXPECT_FALSE(last->placed);
    pool->give_back(*second);
    settle();
    EXPECT_TRUE(last->placed);
}

}  // namespace
}  // namespace cticonnector::net
