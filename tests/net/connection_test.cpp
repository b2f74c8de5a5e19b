// One connection with a peer that reads as it likes.
#include "cticonnector/net/connection.hpp"

#include <gtest/gtest.h>

#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "loop.hpp"

namespace cticonnector::net::testing {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using asio::buffer;
using asio::ip::tcp;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t mib = 1 << 20;

class ConnectionTest : public ::testing::Test {
  protected:
    ConnectionTest() {
        tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
        acceptor.set_option(asio::socket_base::receive_buffer_size(4096));  // its peers have it
        tcp::socket socket(io);
        socket.open(tcp::v4());
        socket.set_option(asio::socket_base::send_buffer_size(4096));
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
            Stream(std::move(ours)),
            Connection::Hooks{.on_bytes = [this](Connection&, auto bytes, auto) { came += bytes.size(); },
                              .on_closed = [this](const std::string& text) { why = text; },
                              .on_written = [this] { ++written; }},
            limits);
        connection->start();
    }
    bool until(const std::function<bool()>& done) { return cticonnector::testing::run_until(io, done); }
    /// The next bytes that the peer gets.
    Bytes take(std::size_t size) {
        Bytes bytes(size);
        std::optional<boost::system::error_code> result;
        asio::async_read(peer, buffer(bytes), [&](auto error, std::size_t) { result = error; });
        until([&] { return result.has_value(); });
        EXPECT_FALSE(result.value_or(boost::system::error_code())) << result->message();
        return bytes;
    }
    /// How the connection ends for the peer, behind what it still gets.
    boost::system::error_code end() {
        std::optional<boost::system::error_code> result;
        std::vector<char> rest(64 * mib);
        asio::async_read(peer, buffer(rest), [&](auto error, std::size_t) { result = error; });
        until([&] { return result.has_value(); });
        return result.value_or(boost::system::error_code());
    }
    static Bytes block(std::size_t size, int seed) {
        Bytes bytes(size);
        for (std::size_t i = 0; i < size; ++i)
            bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 251 + static_cast<std::size_t>(seed));
        return bytes;
    }

    asio::io_context io;
    tcp::socket ours{io}, peer{io};
    std::shared_ptr<Connection> connection;
    std::size_t came = 0;
    int written = 0;
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
    EXPECT_EQ(end(), asio::error::connection_reset);
}

TEST_F(ConnectionTest, CountsWhatIsBeingWrittenAmongWhatWaits) {
    start({.waiting = 2 * mib});
    for (int i = 0; i < 3 && why.empty(); ++i) {
        connection->send(block(mib - 100'000, i));
        io.poll();
    }
    EXPECT_EQ(why, "more than 2 MiB wait for the peer to read");
}

TEST_F(ConnectionTest, EndsOverWhatCannotBeRead) {
    start();
    connection->send(block(100, 1));
    io.poll();
    connection->fail("no sense in it");
    EXPECT_EQ(why, "no sense in it");
    EXPECT_FALSE(connection->is_open());
    connection->fail("again");
    EXPECT_EQ(why, "no sense in it") << "told once";
    EXPECT_EQ(end(), asio::error::connection_reset);
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
    asio::steady_timer pause(io);
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
        asio::steady_timer idle(io, 50ms);
        bool over = false;
        idle.async_wait([&](auto) { over = true; });
        until([&] { return over; });
    }
    EXPECT_EQ(why, "");
}

TEST_F(ConnectionTest, ClosesSoThatItsLastWordsArrive) {
    start();
    asio::write(peer, buffer(block(20, 1)));
    const Bytes last = block(mib, 1);
    connection->send(last);
    connection->close();
    asio::write(peer, buffer(block(20, 2)));
    EXPECT_EQ(take(last.size()), last);
    EXPECT_EQ(end(), asio::error::eof) << "no reset";
    peer.close();
    connection.reset();
    io.restart();
    io.run();  // nothing is left
    EXPECT_EQ(why, "") << "who closes is not told";
    EXPECT_EQ(came, 0u) << "what came after is of no meaning";
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
}  // namespace cticonnector::net::testing
