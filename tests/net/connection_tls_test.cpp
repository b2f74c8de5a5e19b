// The same connection over TLS, both ends of it: what is sent, how it ends, and who is not talked to.
#include <gmock/gmock.h>

#include <boost/asio/write.hpp>

#include "cticonnector/net/connection.hpp"
#include "cticonnector/net/spawn.hpp"
#include "loop.hpp"
#include "self_signed.hpp"

namespace cticonnector::net::testing {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using asio::ip::tcp;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ConnectionTlsTest : public ::testing::Test {
  protected:
    /// One end, and what became of it.
    struct End {
        std::shared_ptr<Connection> connection;
        std::string came;
        std::optional<std::string> why;
        int written = 0;
    };

    ConnectionTlsTest() {
        tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
        far.connect(acceptor.local_endpoint());
        near = acceptor.accept();
    }
    ~ConnectionTlsTest() override {
        for (const End* end : {&server, &client}) {
            if (end->connection) end->connection->reset();
        }
        io.restart();
        io.poll();
    }
    void make(End& end, tcp::socket socket, TlsContext* tls, Connection::Limits limits = {}) {
        end.connection = std::make_shared<Connection>(
            Stream(std::move(socket), tls),
            Connection::Hooks{.on_bytes = [&end](Connection&, auto bytes,
                                                 auto) { end.came.append(bytes.begin(), bytes.end()); },
                              .on_closed = [&end](const std::string& text) { end.why = text; },
                              .on_written = [&end] { ++end.written; }},
            limits);
    }
    void serve(Connection::Limits limits = {}) {
        make(server, std::move(near), shown.get(), limits);
        server.connection->start();
    }
    void call(const std::string& host = "localhost") {
        make(client, std::move(far), believed.get());
        client.connection->start(host);
    }
    static void send(const End& end, const std::string& text) {
        end.connection->send({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
    bool until(const std::function<bool()>& done) { return cticonnector::testing::run_until(io, done); }

    asio::io_context io;
    tcp::socket near{io}, far{io};
    const SelfSigned pair = self_signed("DNS:localhost");
    const std::shared_ptr<TlsContext> shown = tls_server(pair.certificate, pair.key);
    std::shared_ptr<TlsContext> believed = tls_client(pair.certificate);
    End server, client;
};

TEST_F(ConnectionTlsTest, CarriesBothWaysAtOnceWhatWasSentBeforeTheHandshakeToo) {
    serve();
    call();
    std::string there, back;
    for (int i = 0; i < 200; ++i) {
        there += std::string(10'000, static_cast<char>('a' + i % 26));
        back += std::string(9'000, static_cast<char>('A' + i % 26));
    }
    send(client, there);
    send(server, back);
    EXPECT_TRUE(
        until([&] { return server.came.size() >= there.size() && client.came.size() >= back.size(); }));
    EXPECT_EQ(server.came, there);
    EXPECT_EQ(client.came, back);
    EXPECT_TRUE(until([&] { return client.written == 1 && server.written == 1; }));
    EXPECT_FALSE(client.why || server.why);
}

TEST_F(ConnectionTlsTest, ClosesSoThatItsLastWordsArrive) {
    serve();
    call();
    const std::string last(1 << 20, 'x');
    send(client, last);
    client.connection->close();  // before they have shaken hands
    EXPECT_TRUE(until([&] { return server.why.has_value(); }));
    EXPECT_EQ(server.came, last);
    EXPECT_EQ(server.why, asio::error::make_error_code(asio::error::misc_errors::eof).message())
        << "no reset";
    client.connection.reset();
    server.connection.reset();
    io.restart();
    io.run();  // nothing is left
    EXPECT_FALSE(client.why) << "who closes is not told";
}

TEST_F(ConnectionTlsTest, BelievesNobodyWhoseCertificateIsAnothers) {
    serve();
    call("elsewhere.example");
    send(client, "secret");
    EXPECT_TRUE(until([&] { return client.why && server.why; }));
    EXPECT_THAT(*client.why, HasSubstr("TLS: certificate verify failed"));
    EXPECT_THAT(*server.why, StartsWith("TLS: "));
    EXPECT_EQ(server.came, "");
}

TEST_F(ConnectionTlsTest, HearsNobodyWhoSpeaksPlainly) {
    serve();
    asio::write(far, asio::buffer(std::string(100, 'x')));
    EXPECT_TRUE(until([&] { return server.why.has_value(); }));
    EXPECT_THAT(*server.why, StartsWith("TLS: "));
    EXPECT_EQ(server.came, "");
}

TEST_F(ConnectionTlsTest, WaitsForAHandshakeNoLongerThanForAByte) {
    serve({.stall = 20ms});
    EXPECT_TRUE(until([&] { return server.why.has_value(); }));
    EXPECT_EQ(server.why, "TLS: no answer for 0 s");
}

asio::awaitable<void> shake_hands(Stream& stream, bool& done) {
    done = !co_await stream.connect_handshake("localhost");
}

TEST_F(ConnectionTlsTest, LeavesAPeerThatTakesNothing) {
    serve({.stall = 100ms});
    Stream idle(std::move(far), believed.get());
    bool shaken = false;
    spawn(io.get_executor(), shake_hands(idle, shaken));
    ASSERT_TRUE(until([&] { return shaken; }));
    send(server, std::string(32 << 20, 'x'));
    EXPECT_TRUE(until([&] { return server.why.has_value(); }));
    EXPECT_EQ(server.why, "the peer has taken no byte for 0 s");
}

}  // namespace
}  // namespace cticonnector::net::testing
