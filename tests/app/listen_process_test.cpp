// A listener that cannot be bound: the real program says which, and ends.
#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "app/program.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class OccupiedPort : public Program, public ::testing::WithParamInterface<std::string> {};

TEST_P(OccupiedPort, IsNamedOnStandardErrorAndInTheLog) {
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor taken{io, {boost::asio::ip::address_v4::loopback(), 0}};
    const auto port = std::to_string(taken.local_endpoint().port());
    const auto listener = [&](const std::string& section) {
        return "[" + section +
               "]\nListenAddress=127.0.0.1\nListenPort=" + (section == GetParam() ? port : "0") + "\n";
    };
    const auto file = directory_.write("test.ini", listener("ICI") + listener("MRI") + listener("ADMIN") +
                                                       "[CTI]\nApplicationPathID=5000\n"
                                                       "[LOGGER]\nPath=log.txt\n");
    const auto ended = run("run --config '" + file.string() + "'");
    EXPECT_EQ(ended.code, 1);
    EXPECT_EQ(ended.err, "cticonnectord: [" + GetParam() + "] ListenPort " + port +
                             " on 127.0.0.1: Address already in use\n");
    EXPECT_THAT(
        directory_.read("log.txt"),
        AllOf(HasSubstr(" error event=config.finding section=" + GetParam() +
                        " key=ListenPort value=" + port + " text=\"on 127.0.0.1: Address already in use\""),
              Not(HasSubstr("service.started"))));
}

INSTANTIATE_TEST_SUITE_P(Listeners, OccupiedPort, ::testing::Values("ICI", "MRI", "ADMIN"),
                         [](const auto& one) { return one.param; });

}  // namespace
}  // namespace cticonnector::app::testing
