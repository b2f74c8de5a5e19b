// The media routing listener when accept fails.
#include <gtest/gtest.h>

#include "cticonnector/routing/contact_center.hpp"
#include "no_file_handles.hpp"
#include "peers.hpp"

namespace cticonnector::routing {
namespace {

TEST(MrListener, PausesWithoutFileHandlesAndServesLater_R_DEC_74) {
    test::asio::io_context io;
    test::CollectingLogger log;
    Settings settings;
    settings.application_path = 5001;
    settings.mr_address = test::asio::ip::address_v4::loopback();
    settings.mr_port = 0;
    ContactCenter center(
        io, settings, log, [](const engine::Event&, auto) {}, 7);
    center.start();
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
    center.stop([] {});
    io.poll();
}

}  // namespace
}  // namespace cticonnector::routing
