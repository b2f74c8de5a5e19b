// The media routing listener when accept fails, and when too many connect.
#include <gtest/gtest.h>

#include "cticonnector/routing/contact_center.hpp"
#include "no_file_handles.hpp"
#include "peers.hpp"

namespace cticonnector::routing {
namespace {

class MrListener : public ::testing::Test {
  protected:
    MrListener() { center.start(); }
    ~MrListener() override {
        center.stop([] {});
        io.poll();
    }
    static Settings settings() {
        Settings settings;
        settings.application_path = 5001;
        settings.mr_address = test::asio::ip::address_v4::loopback();
        settings.mr_port = 0;
        return settings;
    }

    test::asio::io_context io;
    test::CollectedLog log{Level::info};
    Current<Settings> settings_{settings()};
    ContactCenter center{io, settings_, log, [](const engine::Event&, auto) {}, 7};
};

TEST_F(MrListener, PausesWithoutFileHandlesAndServesLater_R_DEC_74) {
    const test::PeerPtr router = test::connect_to(io, center.mr_port());
    {
        const cticonnector::testing::NoFileHandles none;
        std::size_t handlers = 0;
        while (handlers < 1000 && io.poll_one() > 0) ++handlers;
        EXPECT_LT(handlers, 100u) << "it spins";
        const auto lines = std::ranges::count_if(log.lines, [](const std::string& line) {
            return line.find("a PIM cannot be accepted: raise the limit of open files") != line.npos;
        });
        EXPECT_EQ(lines, 1) << "once a minute (R-DEC-74)";
    }
    router->send(mr::MrOpenReq{.invoke_id = 1, .pim_name = "A"});
    EXPECT_EQ(test::expect<mr::MrOpenConf>(io, router).status, 0u);
}

TEST_F(MrListener, WhoHasNotOpenedMakesRoomForThePim_R_DEC_42) {
    const test::PeerPtr router = test::connect_to(io, center.mr_port());
    router->send(mr::MrOpenReq{.invoke_id = 1, .pim_name = "A"});
    test::expect<mr::MrOpenConf>(io, router);
    std::vector<test::PeerPtr> strangers;
    for (int i = 0; i < 12; ++i) strangers.push_back(test::connect_to(io, center.mr_port()));
    ASSERT_TRUE(test::run_until(io, [&] {
        return std::ranges::count_if(strangers, [](const auto& one) { return one->closed; }) == 5;
    }));
    for (std::size_t i = 0; i < 5; ++i) EXPECT_TRUE(strangers[i]->closed) << "the oldest go first";
    const test::PeerPtr second = test::connect_to(io, center.mr_port());
    second->send(mr::MrOpenReq{.invoke_id = 2, .pim_name = "B"});
    EXPECT_EQ(test::expect<mr::MrOpenConf>(io, second).status, 0u);
    ASSERT_TRUE(test::run_until(io, [&] { return router->closed; })) << "the second PIM wins, none before it";
    const auto told = std::ranges::count_if(log.lines, [](const std::string& line) {
        return line.find("has not opened and makes room") != line.npos;
    });
    EXPECT_EQ(told, 1) << "once a minute (R-DEC-74)";
}

}  // namespace
}  // namespace cticonnector::routing
