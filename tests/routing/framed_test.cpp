// What a connection reads as messages, and what it says when it cannot.
#include "framed.hpp"

#include <gtest/gtest.h>

#include "peers.hpp"

namespace cticonnector::routing {
namespace {

using test::asio::buffer;

class FramedTest : public ::testing::Test {
  protected:
    FramedTest() {
        test::tcp::acceptor acceptor(io, {test::asio::ip::address_v4::loopback(), 0});
        peer.connect(acceptor.local_endpoint());
        connection = std::make_shared<net::Connection>(
            net::Stream(acceptor.accept()),
            framed(4096, {.on_frame =
                              [this](const wire::Frame& frame, auto) {
                                  types.push_back(frame.type);
                                  if (types.size() == most) connection->close();
                              },
                          .on_closed = [this](const std::string& text) { why = text; }}));
        connection->start();
    }
    ~FramedTest() override {
        connection->reset();
        io.restart();
        io.poll();
    }
    bool until(const std::function<bool()>& done) { return test::run_until(io, done); }

    test::asio::io_context io;
    test::tcp::socket peer{io};
    std::shared_ptr<net::Connection> connection;
    std::vector<std::uint32_t> types;
    std::size_t most = 100;
    std::string why;
};

TEST_F(FramedTest, CutsWhateverComesIntoMessages) {
    test::Bytes all;
    for (std::uint32_t id = 1; id <= 3; ++id) {
        const auto one = test::bytes_of(mr::MrHeartbeatReq{.invoke_id = id});
        all.insert(all.end(), one.begin(), one.end());
    }
    for (const std::uint8_t byte : all) {
        test::asio::write(peer, buffer(&byte, 1));
        io.poll();
    }
    EXPECT_TRUE(until([&] { return types.size() == 3; }));
    EXPECT_EQ(why, "");
}

TEST_F(FramedTest, HandsOnNothingBehindTheMessageThatEndedTheConnection) {
    most = 1;
    const auto one = test::bytes_of(mr::MrHeartbeatReq{.invoke_id = 1});
    test::Bytes both = one;
    both.insert(both.end(), one.begin(), one.end());
    test::asio::write(peer, buffer(both));
    EXPECT_TRUE(until([&] { return !types.empty(); }));
    io.poll();
    EXPECT_EQ(types.size(), 1u);
}

TEST_F(FramedTest, SaysThatSomebodyElseAnswers) {
    test::asio::write(peer, buffer(std::string_view{"HTTP/1.1 400 Bad Request\r\n\r\n"}));
    EXPECT_TRUE(until([&] { return !why.empty(); }));
    EXPECT_EQ(
        why,
        "the message is longer than the largest allowed (1213486168, limit 4096) at byte 0: it begins with "
        "\"HTTP\", so the other side speaks another protocol");
}

}  // namespace
}  // namespace cticonnector::routing
