// The HTTP server of every listener over a real socket: what it reads, what it answers by itself, and that no
// error of ours costs it a connection.
#include <gmock/gmock.h>

#include <stdexcept>

#include "http_server_rig.hpp"
#include "packed.hpp"

namespace cticonnector::net::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class HttpServerTest : public HttpServerRig {};

struct Target {
    std::string sent;
    std::string path;
    std::string query;
    std::string host;
    friend void PrintTo(const Target& t, std::ostream* out) { *out << t.sent; }
};
class HttpTarget : public HttpServerTest, public ::testing::WithParamInterface<Target> {};

// R-DEC-71
TEST_P(HttpTarget, IsReadInWhateverForm) {
    const auto& [sent, path, query, host] = GetParam();
    EXPECT_EQ(answer("POST " + sent + " HTTP/1.1\r\nHost: h:80\r\nContent-Length: 0\r\n\r\n").status(), 200u);
    ASSERT_THAT(requests, SizeIs(1));
    EXPECT_EQ(requests[0].path, path);
    EXPECT_EQ(requests[0].query, query);
    EXPECT_EQ(requests[0].host, host);
}

INSTANTIATE_TEST_SUITE_P(Forms, HttpTarget,
                         ::testing::Values(Target{"/ici", "/ici", "", "h:80"},
                                           Target{"/metrics?x=1", "/metrics", "x=1", "h:80"},
                                           Target{"/a?b?c/d", "/a", "b?c/d", "h:80"},
                                           Target{"/a?", "/a", "", "h:80"},
                                           Target{"//x/y", "//x/y", "", "h:80"},
                                           Target{"/a?u=http://b/c", "/a", "u=http://b/c", "h:80"},
                                           Target{"http://cms:8080/ici", "/ici", "", "cms:8080"},
                                           Target{"HTTP://cms/ici?x=1", "/ici", "x=1", "cms"},
                                           Target{"https://cms/", "/", "", "cms"},
                                           Target{"http://[::1]:8080", "/", "", "[::1]:8080"},
                                           Target{"http://cms?x=1", "/", "x=1", "cms"},
                                           Target{"ftp://cms/ici", "ftp://cms/ici", "", "h:80"}));

TEST_F(HttpServerTest, WithoutAHostItIsThisEndOfTheConnection) {
    const auto port = std::to_string(server().port());
    answer("GET / HTTP/1.0\r\n\r\n");
    EXPECT_EQ(requests.at(0).host, "127.0.0.1:" + port);
}

TEST_F(HttpServerTest, OptionsOfTheServerSayWhatItKnows) {  // R-DEC-71
    const auto line = client();
    line->send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n");
    const auto message = reply(line);
    EXPECT_EQ(message.status(), 200u);
    EXPECT_THAT(message.head, AllOf(HasSubstr("Allow: GET, HEAD, POST, OPTIONS\r\n"),
                                    HasSubstr("Content-Length: 0\r\n"), Not(HasSubstr("Content-Type"))));
    EXPECT_EQ(reply(line).body, "/next");
    EXPECT_THAT(requests, SizeIs(1));
}

TEST_F(HttpServerTest, HeadIsGetWithoutContent) {  // R-DEC-71
    const auto line = client();
    line->send("HEAD /some HTTP/1.1\r\nHost: h\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(until([&] { return line->bytes.ends_with("/next"); }));
    EXPECT_EQ(requests.at(0).method, "GET");
    const auto end = line->bytes.find("\r\n\r\n") + 4;
    EXPECT_THAT(line->bytes.substr(0, end),
                AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("Content-Length: 5\r\n"),
                      HasSubstr("Content-Type: text/plain\r\n")));
    EXPECT_THAT(line->bytes.substr(end), StartsWith("HTTP/1.1 200 ")) << "nothing between the answers";
}

TEST_F(HttpServerTest, ARefusedHeadHasNoContent) {  // R-DEC-71
    for (const auto* fields : {"", "Host: a, b\r\n", "Host: h\r\nno field\r\n"}) {
        const auto line = client();
        line->send("HEAD /some HTTP/1.1\r\n" + std::string(fields) + "\r\n");
        EXPECT_TRUE(until([&] { return line->closed; }));
        EXPECT_THAT(line->bytes, AllOf(StartsWith("HTTP/1.1 400 "), ::testing::EndsWith("\r\n\r\n")))
            << fields;
    }
}

TEST_F(HttpServerTest, ARefusalAfterHeadHasItsContent) {
    const auto line = client();
    line->send("HEAD /some HTTP/1.1\r\nHost: h\r\n\r\n\x16no http\r\n\r\n");
    EXPECT_TRUE(until([&] { return line->closed; }));
    EXPECT_THAT(line->bytes, HasSubstr("HTTP/1.1 400 "));
    EXPECT_THAT(line->bytes, ::testing::EndsWith("Bad Request"));
}

TEST_F(HttpServerTest, LineEndsBeforeARequestAreSkipped) {  // R-DEC-71
    const auto line = client();
    line->send("\r\n\r\nGET /1 HTTP/1.1\r\nHost: h\r\n\r\n\r\n\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(reply(line).body, "/1");
    EXPECT_EQ(reply(line).body, "/2");
    line->send("\r");
    settle();
    line->send("\n");
    settle();
    line->send("GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(reply(line).body, "/3");
}

TEST_F(HttpServerTest, NothingInterimGoesToHttp10) {  // R-DEC-71
    const auto line = client();
    line->send("POST /old HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    settle();
    EXPECT_EQ(line->bytes, "");
    line->send("ok");
    const auto message = reply(line);
    EXPECT_THAT(message.head, StartsWith("HTTP/1.0 200 "));
    EXPECT_EQ(requests.at(0).body, "ok");
    EXPECT_TRUE(until([&] { return line->closed; }));
}

TEST_F(HttpServerTest, AHandlerThatThrowsIs500AndLeaksNothing) {
    settings.max_connections = 3;
    handler = [](const HttpRequest& request, const std::shared_ptr<HttpExchange>& exchange) {
        if (request.path == "/bad") throw std::runtime_error("no such slot");
        if (request.path == "/odd") throw 7;
        exchange->answer({200, "fine", "text/plain"}, {});
    };
    for (int i = 0; i < 10; ++i) {
        const auto line = client();
        line->send("GET /bad?secret HTTP/1.1\r\nHost: h\r\n\r\nGET /good HTTP/1.1\r\nHost: h\r\n\r\n");
        EXPECT_EQ(reply(line).status(), 500u);
        EXPECT_EQ(reply(line).body, "fine");
        line->close();
        ASSERT_TRUE(until([&] { return server().connections() == 0; }));
    }
    EXPECT_THAT(broken, AllOf(SizeIs(10), ::testing::Each("GET /bad: no such slot")));
    EXPECT_EQ(answer("GET /odd HTTP/1.1\r\nHost: h\r\n\r\n").status(), 500u);
    EXPECT_THAT(broken, SizeIs(11));
}

TEST_F(HttpServerTest, AHandlerThatThrowsAfterItsAnswerIsTold) {
    handler = [](const HttpRequest&, const std::shared_ptr<HttpExchange>& exchange) {
        exchange->answer({200, "fine", "text/plain"}, {});
        throw std::runtime_error("too late");
    };
    EXPECT_EQ(answer("GET /bad HTTP/1.1\r\nHost: h\r\n\r\n").body, "fine");
    EXPECT_THAT(broken, ElementsAre("GET /bad: too late"));
}

TEST_F(HttpServerTest, ARequestThatIsForgottenIs500) {
    handler = [](const HttpRequest&, const std::shared_ptr<HttpExchange>&) {};
    EXPECT_EQ(answer("GET /lost HTTP/1.1\r\nHost: h\r\n\r\n").status(), 500u);
    EXPECT_THAT(broken, ElementsAre("GET /lost: nobody answered"));
}

TEST_F(HttpServerTest, TheFirstAnswerCountsAndNoLaterRequestGetsTheSecond) {
    std::shared_ptr<HttpExchange> kept;
    std::vector<bool> written;
    handler = [&](const HttpRequest& request, const std::shared_ptr<HttpExchange>& exchange) {
        const auto note = [&](bool yes) { written.push_back(yes); };
        exchange->answer({200, request.path, "text/plain"}, note);
        exchange->answer({200, "second", "text/plain"}, note);
        if (kept) kept->answer({200, "third", "text/plain"}, note);
        kept = exchange;
    };
    const auto line = client();
    line->send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(reply(line).body, "/1");
    EXPECT_EQ(reply(line).body, "/2");
    EXPECT_THAT(written, ElementsAre(false, true, false, false, true));
    kept.reset();
}

TEST_F(HttpServerTest, ABodyArrivesWithoutItsCoding_R_DEC_70) {
    const auto line = client();
    const std::string plain = "<a>J\xC3\x96RG</a>";
    line->send(
        cticonnector::testing::http("POST / HTTP/1.1", packed(plain, gzip), "Content-Encoding: gzip\r\n"));
    EXPECT_EQ(reply(line).status(), 200u);
    line->send(
        cticonnector::testing::http("POST / HTTP/1.1", packed(plain, zlib), "Content-Encoding: deflate\r\n"));
    EXPECT_EQ(reply(line).status(), 200u);
    ASSERT_THAT(requests, SizeIs(2));
    EXPECT_EQ(requests[0].body, plain);
    EXPECT_EQ(requests[1].body, plain);
}

TEST_F(HttpServerTest, ABodyThatCannotBeUncodedIsRefusedAndTheConnectionKept_R_DEC_70) {
    const auto line = client();
    const auto refused = [&](const std::string& body, std::string_view coding) {
        line->send(cticonnector::testing::http("POST / HTTP/1.1", body,
                                               "Content-Encoding: " + std::string(coding) + "\r\n"));
        return reply(line);
    };
    const auto unknown = refused("x", "br");
    EXPECT_EQ(unknown.status(), 415u);
    EXPECT_THAT(unknown.head, HasSubstr("Accept-Encoding: gzip, deflate\r\n"));
    EXPECT_EQ(unknown.body, "Content-Encoding br is not read here, gzip and deflate are\n");
    EXPECT_EQ(refused("no gzip", "gzip").status(), 400u);
    EXPECT_EQ(refused(packed(std::string(50'000'000, ' '), gzip), "gzip").status(), 413u) << "a bomb";
    EXPECT_THAT(requests, IsEmpty());
    EXPECT_EQ(refused(packed("<a/>", gzip), "gzip").status(), 200u);
}

TEST_F(HttpServerTest, ThePeerIsWhoConnectedWhateverAHeaderSays) {  // R-DEC-66
    for (const std::string header : {"Forwarded: for=10.1.2.3", "X-Forwarded-For: 10.1.2.3"}) {
        answer("GET / HTTP/1.1\r\nHost: h\r\n" + header + "\r\n\r\n");
        EXPECT_EQ(requests.back().peer, asio::ip::address_v4::loopback());
    }
}

TEST_F(HttpServerTest, AllowListsAskWhoConnected) {  // R-DEC-66
    settings.allowed_peers = std::vector<Network>{asio::ip::make_address("10.1.2.3")};
    const auto line = client();
    line->send("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 10.1.2.3\r\n\r\n");
    EXPECT_TRUE(until([&] { return line->closed; }));
    EXPECT_THAT(requests, IsEmpty());
}

TEST_F(HttpServerTest, WhatIsAsLongAsTheLimitIsTaken) {  // R-DEC-58
    const auto with_header_of = [](std::size_t size) {
        const std::string start = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
        return start + std::string(size - start.size() - 4, 'x') + "\r\n\r\n";
    };
    const auto with_line_of = [](std::size_t size) {
        return "GET /" + std::string(size - 27, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n";
    };
    const auto with_body_of = [](std::size_t size) {
        return "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
               std::string(size, 'x');
    };
    EXPECT_EQ(answer(with_header_of(16 * 1024)).status(), 200u);
    EXPECT_EQ(answer(with_header_of(16 * 1024 + 1)).status(), 431u);
    EXPECT_EQ(answer(with_line_of(16 * 1024)).status(), 200u);
    EXPECT_EQ(answer(with_line_of(16 * 1024 + 1)).status(), 431u);
    EXPECT_EQ(answer(with_body_of(1024 * 1024)).status(), 200u);
    EXPECT_EQ(answer(with_body_of(1024 * 1024 + 1)).status(), 413u);
}

TEST_F(HttpServerTest, FieldsAreLimitedTogetherHoweverTheyArrive) {  // R-DEC-58
    const std::string field = "X: " + std::string(1000, 'x') + "\r\n";
    const auto line = client();
    line->send("GET / HTTP/1.1\r\nHost: h\r\n");
    for (int i = 0; i < 20; ++i) {
        line->send(field);
        settle();
    }
    line->send("\r\n");
    EXPECT_EQ(reply(line).status(), 431u);
    EXPECT_THAT(requests, IsEmpty());
}

struct Endless {
    std::string name;
    std::string start;  ///< behind the header
    std::string again;  ///< and then this without end
    friend void PrintTo(const Endless& c, std::ostream* out) { *out << c.name; }
};
class HttpEndless : public HttpServerTest, public ::testing::WithParamInterface<Endless> {};

// R-DEC-58: what of a chunked body is no content is held until its line ends, and counts too
TEST_P(HttpEndless, FramingIsRefusedBeforeItFillsTheMemory) {
    settings.request_read_timeout = 1h;
    const auto line = client();
    line->send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + GetParam().start);
    std::string flood;
    while (flood.size() < 128 * 1024) flood += GetParam().again;
    line->send(flood);
    EXPECT_EQ(reply(line).status(), 413u);
    EXPECT_TRUE(until([&] { return line->closed; }));
    EXPECT_THAT(requests, IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(
    Parts, HttpEndless,
    ::testing::Values(Endless{"ChunkSize", "", "0"}, Endless{"ChunkExtension", "1;", "a"},
                      Endless{"LastChunkExtension", "0;", "a"}, Endless{"SecondChunkSize", "1\r\nx\r\n", "0"},
                      Endless{"TrailerLine", "0\r\nX: ", "a"}, Endless{"Trailer", "0\r\n", "X: y\r\n"}),
    [](const auto& test) { return test.param.name; });

TEST_F(HttpServerTest, WhatIsPipelinedBehindALargeBodyIsServed) {  // R-DEC-58
    const std::string half(512 * 1024, 'x');
    const auto chunk = "80000;part=1\r\n" + half + "\r\n";
    std::string sent = "POST /large HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk +
                       chunk + "0\r\nTrailer: " + std::string(10'000, 'x') + "\r\n\r\n";
    sent += cticonnector::testing::http("POST /packed HTTP/1.1", packed(half + half, gzip),
                                        "Content-Encoding: gzip\r\n");
    constexpr std::size_t small = 4000;
    for (std::size_t i = 0; i < small; ++i)
        sent += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
    client()->send(std::move(sent));
    ASSERT_TRUE(until([&] { return requests.size() == small + 2; }));
    EXPECT_EQ(requests[0].body, half + half);
    EXPECT_EQ(requests[1].body, half + half);
    EXPECT_EQ(requests.back().path, "/" + std::to_string(small - 1));
}

// RFC 9110 section 6.5.1: they come behind everything that a proxy looks at
TEST_F(HttpServerTest, TrailerFieldsAreNoneOfTheHeader) {  // R-DEC-66
    const auto line = client();
    line->send(
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nAuthorization: "
        "x\r\nContent-Type: x\r\nOrigin: x\r\nX-Forwarded-For: x\r\nContent-Encoding: br\r\nHost: "
        "x\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(reply(line).status(), 200u);
    ASSERT_THAT(requests, SizeIs(1));
    const HttpRequest& request = requests[0];
    EXPECT_EQ(request.authorization.reveal() + request.content_type + request.origin, "");
    EXPECT_EQ(request.host, "h");
    EXPECT_EQ(request.body, "ok");
    line->send("GET /next HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(reply(line).body, "/next");
}

struct Doubtful {
    std::string name;
    std::string header;  ///< request line and fields
    unsigned status;
    friend void PrintTo(const Doubtful& c, std::ostream* out) { *out << c.name; }
};
class HttpDoubtful : public HttpServerTest, public ::testing::WithParamInterface<Doubtful> {};

// R-DEC-71, RFC 9112 sections 3.2 and 6: where a proxy in front might see another end of the body or another
// host than we do, nothing is guessed, and what follows is no request
TEST_P(HttpDoubtful, RequestIsRefusedAndNothingBehindItServed) {
    const auto line = client();
    line->send(GetParam().header + "\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(reply(line).status(), GetParam().status);
    EXPECT_TRUE(until([&] { return line->closed; }));
    EXPECT_EQ(line->bytes, "");
    EXPECT_THAT(requests, IsEmpty());
}

const std::string post = "POST / HTTP/1.1\r\n";
const std::string post_to_h = post + "Host: h\r\n";
INSTANTIATE_TEST_SUITE_P(
    Requests, HttpDoubtful,
    ::testing::Values(
        Doubtful{"UnknownCoding", post_to_h + "Transfer-Encoding: xchunked\r\n", 400},
        Doubtful{"Identity", post_to_h + "Transfer-Encoding: identity\r\n", 400},
        Doubtful{"Gzip", post_to_h + "Transfer-Encoding: gzip\r\n", 400},
        Doubtful{"NoCoding", post_to_h + "Transfer-Encoding:\r\n", 400},
        Doubtful{"ChunkedNotLast", post_to_h + "Transfer-Encoding: chunked, identity\r\n", 400},
        Doubtful{"ChunkedTwice", post_to_h + "Transfer-Encoding: chunked, chunked\r\n", 400},
        Doubtful{"ChunkedWithParameter", post_to_h + "Transfer-Encoding: chunked;q=1\r\n", 501},
        Doubtful{"GzipThenChunked", post_to_h + "Transfer-Encoding: gzip, chunked\r\n", 501},
        Doubtful{"CodingsInTwoFields",
                 post_to_h + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", 501},
        Doubtful{"CodingAndLength", post_to_h + "Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n", 400},
        Doubtful{"CodingInHttp10",
                 "POST / HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n", 400},
        Doubtful{"NoHost", post, 400}, Doubtful{"TwoHosts", post_to_h + "Host: i\r\n", 400},
        Doubtful{"TheSameHostTwice", post_to_h + "Host: h\r\n", 400},
        Doubtful{"TwoHostsInHttp10", "POST / HTTP/1.0\r\nConnection: keep-alive\r\nHost: h\r\nHost: i\r\n",
                 400},
        Doubtful{"TwoPorts", post + "Host: 127.0.0.1:80:evil\r\n", 400},
        Doubtful{"PortNoNumber", post + "Host: localhost:evil.com\r\n", 400},
        Doubtful{"HostWithUser", post + "Host: h@evil\r\n", 400},
        Doubtful{"HostWithPath", post + "Host: h/x\r\n", 400},
        Doubtful{"HostWithBlank", post + "Host: h evil\r\n", 400},
        Doubtful{"TwoNamesInOneHost", post + "Host: h,i\r\n", 400},
        Doubtful{"OpenBracket", post + "Host: [::1\r\n", 400},
        Doubtful{"BehindTheBracket", post + "Host: [::1]evil\r\n", 400},
        Doubtful{"NoAddressInBrackets", post + "Host: [evil]:80\r\n", 400},
        Doubtful{"TargetWithUser", "POST http://user@h/ HTTP/1.1\r\nHost: h\r\n", 400},
        Doubtful{"TargetWithoutHost", "POST http:///x HTTP/1.1\r\nHost: h\r\n", 400},
        Doubtful{"TargetAndNoHost", "POST http://h/ HTTP/1.1\r\n", 400}),
    [](const auto& test) { return test.param.name; });

TEST_F(HttpServerTest, EveryLegalHostIsTaken) {  // R-DEC-71
    for (const std::string host : {"h", "h:80", "h:", "CTI-1.example.com:8081", "10.0.0.1", "[::1]",
                                   "[fe80::1]:80", "under_score", "10.0.0.1:65535"}) {
        EXPECT_EQ(answer(post + "Host: " + host + "\r\n\r\n").status(), 200u) << host;
        EXPECT_EQ(requests.back().host, host);
    }
    EXPECT_EQ(answer(post + "Host:\r\n\r\n").status(), 200u) << "a client that has no name for us";
}

TEST_F(HttpServerTest, TransferEncodingIsReadWithoutRegardToCase) {  // R-DEC-71
    const auto line = client();
    line->send(post_to_h + "Transfer-Encoding: Chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
    EXPECT_EQ(reply(line).status(), 200u);
    EXPECT_EQ(requests.at(0).body, "ok");
}

}  // namespace
}  // namespace cticonnector::net::testing
