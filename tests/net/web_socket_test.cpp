// WebSockets of the HTTP server with a real client: the upgrade, texts both ways, and every kind of end.
#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include "cticonnector/net/stream.hpp"
#include "http_server_rig.hpp"
#include "self_signed.hpp"

namespace cticonnector::net::testing {
namespace {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WebSocketTest : public HttpServerRig {
  protected:
    using Client = websocket::stream<Stream>;

    WebSocketTest() {
        settings.max_web_sockets = 2;
        handler = [this](const HttpRequest& request, const std::shared_ptr<HttpExchange>& exchange) {
            if (!request.web_socket) return exchange->answer({400, "no upgrade", "text/plain"}, {});
            const auto made =
                exchange->upgrade(ws, {.on_text =
                                           [this](auto text) {
                                               texts.emplace_back(text);
                                               if (on_text) on_text();
                                           },
                                       .on_closed = [this](const auto& why) { ends.push_back(why); },
                                       .on_written = [this] { ++written; }});
            if (!made) return exchange->answer({503, "too many", "text/plain"}, {});
            server_side = made;
            if (greeting.empty()) return;
            server_side->send(greeting);
        };
    }
    ~WebSocketTest() override {
        server().close();
        server_side = nullptr;
        clients.clear();
        io.restart();
        io.run_for(2s);
    }

    Client& connect(TlsContext* tls = nullptr) {
        tcp::socket socket(io);
        socket.connect({asio::ip::address_v4::loopback(), server().port()});
        clients.push_back(std::make_unique<Client>(Stream(std::move(socket), tls)));
        Client& made = *clients.back();
        std::optional<error_code> done;
        const auto shake = [&made, &done] {
            made.async_handshake("localhost", "/desk", [&done](error_code error) { done = error; });
        };
        if (tls) {
            asio::co_spawn(io, made.next_layer().connect_handshake("localhost"),
                           [&](std::exception_ptr, error_code error) {
                               EXPECT_FALSE(error) << error.message();
                               shake();
                           });
        } else {
            shake();
        }
        EXPECT_TRUE(until([&] { return done.has_value(); }));
        EXPECT_FALSE(*done) << done->message();
        return made;
    }
    /// What the client reads next: a text, or why there is none.
    std::string read(Client& client) {
        beast::flat_buffer buffer;
        std::optional<error_code> done;
        client.async_read(buffer, [&](error_code error, std::size_t) { done = error; });
        EXPECT_TRUE(until([&] { return done.has_value(); }));
        return *done ? done->message() : beast::buffers_to_string(buffer.data());
    }
    void write(Client& client, const std::string& text, bool as_text = true) {
        client.text(as_text);
        bool done = false;
        client.async_write(asio::buffer(text), [&](error_code, std::size_t) { done = true; });
        EXPECT_TRUE(until([&] { return done; }));
    }

    WebSocketSettings ws;
    std::string greeting;
    std::function<void()> on_text;
    std::shared_ptr<WebSocket> server_side;
    std::vector<std::string> texts, ends;
    int written = 0;
    std::vector<std::unique_ptr<Client>> clients;
};

TEST_F(WebSocketTest, CarriesTextsBothWaysInOrder) {
    greeting = "welcome";
    Client& client = connect();
    EXPECT_EQ(read(client), "welcome");
    write(client, "one");
    write(client, std::string(60'000, 'x'));
    ASSERT_TRUE(until([&] { return texts.size() == 2; }));
    EXPECT_THAT(texts, ElementsAre("one", std::string(60'000, 'x')));
    server_side->send("a");
    server_side->send("b");
    EXPECT_EQ(read(client), "a");
    EXPECT_EQ(read(client), "b");
    EXPECT_TRUE(until([&] { return written > 0; }));
    EXPECT_EQ(server().connections(), 0u) << "it takes no place of a request";
}

TEST_F(WebSocketTest, CarriesTextsOverTls) {
    const SelfSigned pair = self_signed("DNS:localhost");
    settings.tls = tls_server(pair.certificate, pair.key);
    const auto trust = tls_client(pair.certificate);
    greeting = "welcome";
    Client& client = connect(trust.get());
    EXPECT_EQ(read(client), "welcome");
    write(client, "hidden");
    EXPECT_TRUE(until([&] { return texts == std::vector<std::string>{"hidden"}; }));
}

TEST_F(WebSocketTest, ClosesAfterWhatWasSent) {
    Client& client = connect();
    server_side->send("last words");
    server_side->close(1001, "going away");
    server_side->send("too late");
    EXPECT_EQ(read(client), "last words");
    read(client);
    EXPECT_EQ(client.reason().code, 1001);
    EXPECT_EQ(std::string_view(client.reason().reason.data(), client.reason().reason.size()), "going away");
    ASSERT_TRUE(until([&] { return !ends.empty(); }));
    EXPECT_THAT(ends, ElementsAre("closed here, 1001: going away"));
}

TEST_F(WebSocketTest, TellsHowThePeerHasClosed) {
    Client& client = connect();
    bool done = false;
    client.async_close({websocket::close_code::normal, "bye"}, [&](error_code) { done = true; });
    ASSERT_TRUE(until([&] { return done && !ends.empty(); }));
    EXPECT_THAT(ends, ElementsAre("the peer has closed it, 1000: bye"));
    server_side->send("nobody hears this");
    server_side->close(1000, "nor this");
}

TEST_F(WebSocketTest, TellsThatThePeerIsGone) {
    Client& client = connect();
    client.next_layer().close();
    ASSERT_TRUE(until([&] { return !ends.empty(); }));
    EXPECT_THAT(ends, ElementsAre("End of file"));
}

TEST_F(WebSocketTest, RefusesBinaryMessages) {
    Client& client = connect();
    write(client, "bytes", false);
    read(client);
    EXPECT_EQ(client.reason().code, websocket::close_code::unknown_data);
    EXPECT_TRUE(until([&] { return !ends.empty(); }));
    EXPECT_THAT(texts, IsEmpty());
}

TEST_F(WebSocketTest, RefusesLongMessages) {
    ws.longest_message = 100;
    Client& client = connect();
    write(client, std::string(101, 'x'));
    read(client);
    EXPECT_EQ(client.reason().code, websocket::close_code::too_big);
    EXPECT_TRUE(until([&] { return !ends.empty(); }));
    EXPECT_THAT(texts, IsEmpty());
}

TEST_F(WebSocketTest, LeavesAPeerThatReadsNothing) {
    ws.waiting = 64 << 20;
    ws.stall = 50ms;
    connect();
    server_side->send(std::string(32 << 20, 'x'));
    ASSERT_TRUE(until([&] { return !ends.empty(); }));
    EXPECT_THAT(ends, ElementsAre("the peer has taken nothing for 50 ms"));
}

// Judged by what it takes, not by the size of one text.
TEST_F(WebSocketTest, KeepsAPeerThatReadsALongTextSlowly) {
    ws.waiting = 64 << 20;
    ws.stall = 300ms;
    Client& client = connect();
    constexpr std::size_t size = 16 << 20, enough = 12 << 20;
    server_side->send(std::string(size, 'x'));
    std::size_t taken = 0;
    std::string piece(64 << 10, '\0');
    asio::steady_timer pause(io);
    auto& socket = client.next_layer().socket();
    const std::function<void()> read_some = [&] {
        socket.async_read_some(asio::buffer(piece), [&](error_code error, std::size_t n) {
            taken += n;
            if (error || taken > enough) return;
            pause.expires_after(3ms);
            pause.async_wait([&](error_code) { read_some(); });
        });
    };
    const auto begin = Clock::now();
    read_some();
    EXPECT_TRUE(until([&] { return taken > enough || !ends.empty(); }));
    EXPECT_THAT(ends, IsEmpty());
    EXPECT_GT(Clock::now() - begin, 400ms) << "too quick to show anything";
    socket.close();
    pause.cancel();
    io.poll();
}

TEST_F(WebSocketTest, HandsOnNothingOnceTheServerIsClosed) {
    Client& client = connect();
    on_text = [this] { server().close(); };
    std::string frames;
    for (int i = 0; i < 10; ++i) frames += std::string{"\x81\x81\0\0\0\0x", 7};  // masked with zeros
    asio::write(client.next_layer().socket(), asio::buffer(frames));
    ASSERT_TRUE(until([&] { return !ends.empty(); }));
    EXPECT_THAT(texts, ElementsAre("x"));
}

TEST_F(WebSocketTest, HasABoundOfItsOwn) {  // R-DEC-74
    connect();
    connect();
    EXPECT_EQ(answer("GET /desk HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                  .status(),
              503u);
}

TEST_F(WebSocketTest, LeavesAPeerForWhomTooMuchWaits) {
    ws.waiting = 1 << 20;
    connect();
    for (int i = 0; i < 20; ++i)
        server_side->send(std::string(100'000, 'x'));  // most of them come to nothing
    EXPECT_THAT(ends, IsEmpty()) << "not from within send()";
    ASSERT_TRUE(until([&] { return !ends.empty(); }));
    EXPECT_THAT(ends, ElementsAre("more than 1024 KiB wait for the peer to read"));
}

TEST_F(WebSocketTest, LeavesAPeerThatAnswersNoPing) {
    ws.silence = 200ms;
    connect();  // which reads nothing, and so answers no ping
    ASSERT_TRUE(until([&] { return !ends.empty(); }));
    EXPECT_THAT(ends, ElementsAre("no word and no answer to a ping"));
}

TEST_F(WebSocketTest, EndsWithTheServer) {
    connect();
    int drained = 0;
    server().stop([&] { ++drained; });
    EXPECT_TRUE(until([&] { return drained == 1; })) << "it holds nothing up";
    EXPECT_THAT(ends, IsEmpty()) << "whoever has it may say goodbye";
    server().close();
    ASSERT_TRUE(until([&] { return !ends.empty(); }));
    EXPECT_THAT(ends, ElementsAre("the server has closed it"));
}

TEST_F(WebSocketTest, ComesOfNoOtherRequest) {
    EXPECT_EQ(answer("GET /desk HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n").status(), 400u);
    EXPECT_EQ(answer("GET /desk HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nmore")
                  .status(),
              400u)
        << "what came behind it would be lost";
    handler = [this](const HttpRequest&, const std::shared_ptr<HttpExchange>& exchange) {
        EXPECT_EQ(exchange->upgrade(ws, {}), nullptr);
        exchange->answer({200, "plain", "text/plain"}, {});
    };
    EXPECT_EQ(answer("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body, "plain");
}

}  // namespace
}  // namespace cticonnector::net::testing
