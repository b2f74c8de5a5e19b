// The listener of every port, over real sockets: who is let in, what happens without file handles, and that
// it says nothing once it is closed.
#include "cticonnector/net/listener.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "no_file_handles.hpp"

namespace cticonnector::net::testing {
namespace {

using boost::asio::ip::tcp;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

class ListenerTest : public ::testing::Test {
  protected:
    void listen(std::vector<Network> allowed = {},
                tcp::endpoint at = {boost::asio::ip::address_v4::loopback(), 0}) {
        listener = std::make_unique<Listener>(
            io, at, std::move(allowed),
            Listener::Hooks{.on_peer =
                                [this](tcp::socket socket, const tcp::endpoint& peer) {
                                    EXPECT_EQ(socket.remote_endpoint().port(), peer.port());
                                    sockets.push_back(std::move(socket));
                                    peers.push_back(peer);
                                    if (close_at_once) listener->close();
                                },
                            .on_refused = [this](const auto& peer) { refused.push_back(peer.to_string()); },
                            .on_shortage = [this](const std::string& why) { shortages.push_back(why); }});
    }
    tcp::socket client(const char* from = "127.0.0.1") {
        tcp::socket socket(io, tcp::endpoint{boost::asio::ip::make_address(from), 0});
        socket.connect({boost::asio::ip::address_v4::loopback(), listener->port()});
        return socket;
    }
    template <class Condition>
    bool until(Condition condition) {
        const auto end = std::chrono::steady_clock::now() + 20s;
        io.restart();
        while (!condition() && std::chrono::steady_clock::now() < end) io.run_one_for(100ms);
        return condition();
    }
    static bool ended(tcp::socket& socket) {
        char byte = 0;
        boost::system::error_code error;
        socket.read_some(boost::asio::buffer(&byte, 1), error);
        return error == boost::asio::error::eof || error == boost::asio::error::connection_reset;
    }

    boost::asio::io_context io;
    std::unique_ptr<Listener> listener;
    std::vector<tcp::socket> sockets;
    std::vector<tcp::endpoint> peers;
    std::vector<std::string> refused;
    std::vector<std::string> shortages;
    bool close_at_once = false;
};

TEST_F(ListenerTest, LetsInWhoeverIsAllowedAndClosesTheOthersWithoutAWord_R_DEC_80) {
    listen({*network_from("127.0.0.0/31")});
    auto stranger = client("127.0.0.2");
    const auto friendly = client();
    ASSERT_TRUE(until([&] { return !peers.empty() && !refused.empty(); }));
    EXPECT_THAT(refused, ElementsAre("127.0.0.2"));
    EXPECT_THAT(peers, ElementsAre(friendly.local_endpoint()));
    EXPECT_TRUE(ended(stranger));
}

TEST_F(ListenerTest, KnowsAnIPv4PeerOfAnIPv6SocketByItsOwnAddress_R_DEC_80) {
    listen({*network_from("127.0.0.1")}, {boost::asio::ip::address_v6::any(), 0});
    const auto peer = client();
    ASSERT_TRUE(until([&] { return !peers.empty(); }));
    EXPECT_EQ(peers[0], peer.local_endpoint());
    EXPECT_THAT(refused, IsEmpty());
}

TEST_F(ListenerTest, SaysOnceThatThereAreNoFileHandlesAndLetsInLater_R_DEC_74) {
    listen();
    const auto waiting = client();
    {
        const cticonnector::testing::NoFileHandles none;
        std::size_t handlers = 0;
        while (handlers < 1000 && io.poll_one() > 0) ++handlers;
        EXPECT_LT(handlers, 100u) << "it spins";
        EXPECT_TRUE(until([&] { return io.run_one_for(5s) > 0; })) << "it tries again";
        EXPECT_THAT(shortages, ElementsAre("Too many open files"));
    }
    EXPECT_TRUE(until([&] { return peers.size() == 1; }));
}

TEST_F(ListenerTest, LetsInNobodyOnceItIsClosed) {
    listen();
    close_at_once = true;
    const auto first = client();
    const auto second = client();  // both wait before it looks
    ASSERT_TRUE(until([&] { return !peers.empty(); }));
    while (io.poll_one() > 0) continue;
    EXPECT_THAT(peers, SizeIs(1));
    io.restart();
    io.run_for(20s);
    EXPECT_TRUE(io.stopped()) << "nothing of it is left in the loop";
}

TEST_F(ListenerTest, MayGoWhileItLetsSomebodyIn) {
    listener = std::make_unique<Listener>(
        io, tcp::endpoint{boost::asio::ip::address_v4::loopback(), 0}, std::vector<Network>{},
        Listener::Hooks{.on_peer = [&](tcp::socket, const tcp::endpoint&) { listener.reset(); }});
    const auto peer = client();
    EXPECT_TRUE(until([&] { return listener == nullptr; }));
}

TEST_F(ListenerTest, ThrowsWhereThePortIsTaken) {
    listen();
    const tcp::endpoint taken{boost::asio::ip::address_v4::loopback(), listener->port()};
    EXPECT_THROW(Listener(io, taken, {}, {}), boost::system::system_error);
}

}  // namespace
}  // namespace cticonnector::net::testing
