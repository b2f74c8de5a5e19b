// What an operator asks for over the [ADMIN] listener, and what is told of it (R-DEC-55, R-OPS-7).
#include <gmock/gmock.h>

#include <string>

#include "admin_rig.hpp"

namespace cticonnector::admin::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ActsTest : public AdminRig {
  protected:
    Message post(const std::string& path) {
        return answer("POST " + path,
                      "Host: localhost\r\nContent-Type: application/json\r\nContent-Length: 0\r\n");
    }
    Message get(const std::string& path) { return answer("GET " + path); }
};

TEST_F(ActsTest, AnItemThatIsNotThereIsRefusedAndToldOnceAMinute_R_OPS_7) {
    for (int times = 0; times < 2; ++times) EXPECT_EQ(post("/items/act-1/retry").status(), 404u);
    EXPECT_THAT(log.lines, Contains(HasSubstr("operator.act act=item.resend target=act-1")).Times(1));
    EXPECT_TRUE(log.has("operator.act", "result=refused"));
    EXPECT_THAT(retried, IsEmpty());
}

TEST_F(ActsTest, WhileItStopsNothingIsDone) {
    serving = false;
    const auto message = post("/items/act-1/retry");
    EXPECT_EQ(message.status(), 503u);
    EXPECT_THAT(message.head, HasSubstr("Retry-After: 5\r\n"));
    EXPECT_TRUE(log.has("operator.act", "text=the connector is stopping"));
}

TEST_F(ActsTest, OthersMethodsAreRefusedByName) {
    const auto acts = get("/items/act-1/retry");
    EXPECT_EQ(acts.status(), 405u);
    EXPECT_THAT(acts.head, HasSubstr("Allow: POST\r\n"));
    const auto shows = post("/agents");
    EXPECT_EQ(shows.status(), 405u);
    EXPECT_THAT(shows.head, HasSubstr("Allow: GET, HEAD\r\n"));
}

TEST_F(ActsTest, MetricsAreShownAsTheyAreGiven) {
    const auto message = get("/metrics");
    EXPECT_EQ(message.body, "cticonnector_up 1\n");
    EXPECT_THAT(message.head, HasSubstr("Content-Type: text/plain; version=0.0.4\r\n"));
}

}  // namespace
}  // namespace cticonnector::admin::testing
