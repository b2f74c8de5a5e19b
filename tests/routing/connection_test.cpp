// One connection with a peer that reads as it likes.
#include "connection.hpp"

#include <gtest/gtest.h>

#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>

#include "peers.hpp"

namespace cticonnector::routing {
namespace {

using namespace std::chrono_literals;
using test::Bytes;
using test::asio::buffer;

constexpr std::size_t mib = 1 << 20;

class ConnectionTest : public testing::Test {
  protected:
    ConnectionTest() {
        test::tcp::acceptor acceptor(io, {test::asio::ip::address_v4::loopback(), 0});
        acceptor.set_option(test::asio::socket_base::receive_buffer_size(4096));  // its peers have it
        test::tcp::socket socket(io);
        socket.open(test::tcp::v4());
        socket.set_option(test::asio::socket_base::send_buffer_size(4096));
        socket.connect(acceptor.local_endpoint());
        peer = acceptor.accept();
        ours = std::move(socket);
    }
    ~ConnectionTest() override {
        if (connection) connection->reset();
        io.restart();
        io.poll();
    }
    void start(Connection::Limits limits = {}) {
        connection = std::make_shared<Connection>(
            std::move(ours), 4096,
            Connection::Hooks{.on_frame = [this](const wire::Frame&, auto) { ++frames; },
                              .on_closed = [this](const std::string& text) { why = text; },
                              .on_written = [this] { ++written; }},
            limits);
        connection->start();
    }
    bool until(const std::function<bool()>& done) { return test::run_until(io, done); }
    /// The next bytes that the peer gets.
    Bytes take(std::size_t size) {
        Bytes bytes(size);
        std::optional<boost::system::error_code> result;
        test::asio::async_read(peer, buffer(bytes), [&](auto error, std::size_t) { result = error; });
        until([&] { return result.has_value(); });
        EXPECT_FALSE(result.value_or(boost::system::error_code())) << result->message();
        return bytes;
    }
    /// How the connection ends for the peer, behind what it still gets.
    boost::system::error_code end() {
        std::optional<boost::system::error_code> result;
        std::vector<char> rest(64 * mib);
        test::asio::async_read(peer, buffer(rest), [&](auto error, std::size_t) { result = error; });
        until([&] { return result.has_value(); });
        return result.value_or(boost::system::error_code());
    }
    static Bytes block(std::size_t size, int seed) {
        Bytes bytes(size);
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 251 + static_cast<std::size_t>(seed));
        return bytes;
    }

    test::asio::io_context io;
    test::tcp::socket ours{io}, peer{io};
    std::shared_ptr<Connection> connection;
    int frames = 0, written = 0;
    std::string why;
};

TEST_F(ConnectionTest, LosesNothingThatIsSentInOneTurn) {
    start();
    const Bytes small = block(100, 1), large = block(3 * mib, 2), last = block(100, 3);
    connection->send(small);  // its flush is on the way
    connection->send(large);
    connection->send(last);
    EXPECT_EQ(take(small.size()), small);
    EXPECT_EQ(take(large.size()), large);
    EXPECT_EQ(take(last.size()), last);
    EXPECT_TRUE(until([&] { return written > 0; }));
    EXPECT_EQ(why, "");
}

TEST_F(ConnectionTest, WritesInOrderWhileEarlierBytesAreWritten) {
    start();
    Bytes all;
    for (int i = 0; i < 40; ++i) {
        const Bytes part = block(mib / 10, i);
        all.insert(all.end(), part.begin(), part.end());
        connection->send(part);
        io.poll();
    }
    EXPECT_EQ(take(all.size()), all);
}

TEST_F(ConnectionTest, IsResetWhenTooMuchWaits) {
    start({.waiting = 2 * mib});
    connection->send(block(mib, 1));  // its flush is on the way
    connection->send(block(2 * mib, 2));
    EXPECT_EQ(why, "") << "not from within send()";
    connection->send(block(10, 3));
    EXPECT_TRUE(until([&] { return !why.empty(); }));
    EXPECT_EQ(why, "more than 2 MiB wait for the peer to read");
    EXPECT_EQ(end(), test::asio::error::connection_reset);
}

TEST_F(ConnectionTest, CountsWhatIsBeingWrittenAmongWhatWaits) {
    start({.waiting = 2 * mib});
    for (int i = 0; i < 3 && why.empty(); ++i) {
        connection->send(block(mib - 100'000, i));
        io.poll();
    }
    EXPECT_EQ(why, "more than 2 MiB wait for the peer to read");
}

TEST_F(ConnectionTest, SaysThatSomebodyElseAnswers) {
    start();
    test::asio::write(peer, buffer(std::string_view{"HTTP/1.1 400 Bad Request\r\n\r\n"}));
    EXPECT_TRUE(until([&] { return !why.empty(); }));
    EXPECT_EQ(
        why,
        "the message is longer than the largest allowed (1213486168, limit 4096) at byte 0: it begins with "
        "\"HTTP\", so the other side speaks another protocol");
}

TEST_F(ConnectionTest, LeavesAPeerThatTakesNothing) {
    start({.stall = 50ms});
    connection->send(block(8 * mib, 1));
    EXPECT_TRUE(until([&] { return !why.empty(); }));
    EXPECT_EQ(why, "the peer has taken no byte for 0 s");
}

TEST_F(ConnectionTest, KeepsAPeerThatReadsSlowly) {
    start({.stall = 500ms});
    constexpr std::size_t size = 800'000;
    connection->send(block(size, 1));
    const auto begin = std::chrono::steady_clock::now();
    Bytes bytes(4096);
    std::size_t taken = 0;
    test::asio::steady_timer pause(io);
    const std::function<void()> read_some = [&] {
        peer.async_read_some(buffer(bytes), [&](auto error, std::size_t n) {
            if (error) return;
            taken += n;
            pause.expires_after(5ms);
            pause.async_wait([&](auto) { read_some(); });
        });
    };
    read_some();
    EXPECT_TRUE(until([&] { return taken == size || !why.empty(); }));
    EXPECT_EQ(why, "");
    EXPECT_GT(std::chrono::steady_clock::now() - begin, 500ms) << "too quick to show anything";
    peer.close();
    pause.cancel();
    io.poll();
}

TEST_F(ConnectionTest, IsNotStalledWhileItHasNothingToWrite) {
    start({.stall = 20ms});
    for (int i = 0; i < 3; ++i) {
        connection->send(block(100, i));
        take(100);
        test::asio::steady_timer idle(io, 50ms);
        bool over = false;
        idle.async_wait([&](auto) { over = true; });
        until([&] { return over; });
    }
    EXPECT_EQ(why, "");
}

TEST_F(ConnectionTest, ClosesSoThatItsLastWordsArrive) {
    start();
    test::asio::write(peer, buffer(test::bytes_of(mr::MrHeartbeatReq{.invoke_id = 1})));
    const Bytes last = block(mib, 1);
    connection->send(last);
    connection->close();
    test::asio::write(peer, buffer(test::bytes_of(mr::MrHeartbeatReq{.invoke_id = 2})));
    EXPECT_EQ(take(last.size()), last);
    EXPECT_EQ(end(), test::asio::error::eof) << "no reset";
    peer.close();
    connection.reset();
    io.restart();
    io.run();  // nothing is left
    EXPECT_EQ(why, "") << "who closes is not told";
    EXPECT_EQ(frames, 0) << "what came after is of no meaning";
}

TEST_F(ConnectionTest, DoesNotWaitLongForThePeerToClose) {
    start({.farewell = 20ms});
    connection->send(block(8 * mib, 1));  // which it does not read either
    connection->close();
    connection.reset();
    io.run();
    EXPECT_EQ(why, "");
}

}  // namespace
}  // namespace cticonnector::routing
