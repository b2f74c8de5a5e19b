// What an operator asks for over the [ADMIN] listener, and what is told of it (R-DEC-55, R-OPS-7).
#include <gmock/gmock.h>

#include "collected_log.hpp"
#include "cticonnector/admin/admin.hpp"
#include "engine/house.hpp"
#include "http_peer.hpp"
#include "loop.hpp"

namespace cticonnector::admin {
namespace {

namespace asio = boost::asio;
using cticonnector::testing::CollectedLog;
using cticonnector::testing::http;
using cticonnector::testing::Line;
using cticonnector::testing::Message;
using cticonnector::testing::take_message;
using engine::testing::House;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ActsTest : public ::testing::Test {
  protected:
    ~ActsTest() override {
        admin.stop();
        io.restart();
        io.poll();
    }
    static Settings settings() {
        Settings settings;
        settings.listen_port = 0;
        return settings;
    }
    Message answer(const std::string& request) {
        asio::ip::tcp::socket socket(io);
        socket.connect({asio::ip::address_v4::loopback(), admin.port()});
        const auto line = std::make_shared<Line>(std::move(socket));
        line->read();
        line->send(request);
        std::optional<Message> message;
        cticonnector::testing::run_until(
            io, [&] { return (message = take_message(line->bytes)).has_value() || line->closed; });
        line->close();
        return message.value_or(Message{"HTTP/1.1 000 connection closed", {}});
    }
    Message post(const std::string& path) {
        return answer("POST " + path +
                      " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                      "Content-Length: 0\r\n\r\n");
    }
    Message get(const std::string& path) {
        return answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    asio::io_context io;
    House house;
    CollectedLog log;
    Journal journal{log};
    bool serving = true;
    std::vector<engine::ItemId> retried;
    Admin admin{io,
                settings(),
                {.engine = house.engine,
                 .journal = journal,
                 .log = log,
                 .health = [this] { return HealthFacts{.ici = serving}; },
                 .worker = [](engine::SubscriptionId) { return std::nullopt; },
                 .shown_workmode = [](engine::SubscriptionId, int mode) { return mode; },
                 .metrics = [] { return std::string("cticonnector_up 1\n"); }},
                [this](engine::ItemId item) { retried.push_back(item); }};
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
}  // namespace cticonnector::admin
