// The listener of every port, over real sockets: who is let in, what happens without file handles, and that
// it says nothing once it is closed.
#include "cticonnector/net/listener.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <limits>
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
    static constexpr auto any = std::numeric_limits<std::size_t>::max();
    void listen(std::vector<Network> allowed = {},
                tcp::endpoint at = {boost::asio::ip::address_v4::loopback(), 0}, std::size_t most = any) {
        listener = std::make_unique<Listener>(
            io, Listener::Settings{at, std::move(allowed), most},
            Listener::Hooks{
                .on_peer =
                    [this](tcp::socket socket, const tcp::endpoint& peer, Listener::Seat seat) {
                        EXPECT_EQ(socket.remote_endpoint().port(), peer.port());
                        sockets.push_back(std::move(socket));
                        peers.push_back(peer);
                        seats.push_back(std::move(seat));
                        if (close_at_once) listener->close();
                    },
                .make_room =
                    [this] {
                        if (gives_way) seats.erase(seats.begin());
                    },
                .on_full = [this](tcp::socket, const tcp::endpoint& peer) { too_many.push_back(peer); },
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
    std::vector<tcp::endpoint> peers, too_many;
    std::vector<Listener::Seat> seats;
    bool gives_way = false;
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

TEST_F(ListenerTest, SaysWhoeverComesBeyondTheLimitThatItIsFull) {
    const tcp::endpoint loopback{boost::asio::ip::address_v4::loopback(), 0};
    listen({*network_from("127.0.0.1")}, loopback, 2);
    const std::vector<tcp::socket> first = [&] {
        std::vector<tcp::socket> two;
        two.push_back(client());
        two.push_back(client());
        return two;
    }();
    ASSERT_TRUE(until([&] { return listener->connections() == 2; }));
    auto third = client();
    const auto stranger = client("127.0.0.2");
    ASSERT_TRUE(until([&] { return !too_many.empty() && !refused.empty(); }));
    EXPECT_THAT(too_many, ElementsAre(third.local_endpoint())) << "a stranger is none of those";
    EXPECT_TRUE(ended(third));
    EXPECT_THAT(peers, ElementsAre(first[0].local_endpoint(), first[1].local_endpoint()));
    seats.pop_back();
    EXPECT_EQ(listener->connections(), 1u);
    const auto fourth = client();
    EXPECT_TRUE(until([&] { return peers.size() == 3; })) << "a seat is free again";
    EXPECT_THAT(too_many, SizeIs(1));
}

TEST_F(ListenerTest, LetsInWhomRoomIsMadeFor) {
    gives_way = true;
    listen({}, {boost::asio::ip::address_v4::loopback(), 0}, 1);
    const auto first = client(), second = client();
    ASSERT_TRUE(until([&] { return peers.size() == 2; }));
    EXPECT_EQ(listener->connections(), 1u);
    EXPECT_THAT(too_many, IsEmpty());
}

TEST_F(ListenerTest, AsksTheListOfThisMomentForEachPeer) {
    struct Whole {
        std::vector<Network> allowed;
    };
    Current<Whole> settings{Whole{{*network_from("127.0.0.1")}}};
    listener = std::make_unique<Listener>(
        io, Listener::Settings{{boost::asio::ip::address_v4::loopback(), 0}, {settings, &Whole::allowed}},
        Listener::Hooks{
            .on_peer = [this](tcp::socket, const tcp::endpoint& peer, auto) { peers.push_back(peer); },
            .on_refused = [this](const auto& peer) { refused.push_back(peer.to_string()); }});
    const auto before = client();
    ASSERT_TRUE(until([&] { return peers.size() == 1; }));
    settings.swap({{*network_from("10.1.2.3")}});
    const auto after = client();
    ASSERT_TRUE(until([&] { return refused.size() == 1; }));
    EXPECT_THAT(peers, ElementsAre(before.local_endpoint()));
}

TEST_F(ListenerTest, MayGoWhileItLetsSomebodyIn) {
    listener = std::make_unique<Listener>(
        io, Listener::Settings{{boost::asio::ip::address_v4::loopback(), 0}},
        Listener::Hooks{.on_peer = [&](tcp::socket, const tcp::endpoint&, auto) { listener.reset(); }});
    const auto peer = client();
    EXPECT_TRUE(until([&] { return listener == nullptr; }));
}

TEST_F(ListenerTest, ThrowsWhereThePortIsTaken) {
    listen();
    const tcp::endpoint taken{boost::asio::ip::address_v4::loopback(), listener->port()};
    EXPECT_THROW(Listener(io, {taken}, {}), boost::system::system_error);
}

}  // namespace
}  // namespace cticonnector::net::testing
