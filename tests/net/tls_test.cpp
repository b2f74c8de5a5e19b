// TLS between our own HTTP client and server over real sockets:
// who is believed, and what happens to one who speaks plainly.
#include <gmock/gmock.h>

#include "cticonnector/net/http_client.hpp"
#include "http_server_rig.hpp"
#include "self_signed.hpp"

namespace cticonnector::net::testing {
namespace {

using ::testing::HasSubstr;

class TlsTest : public HttpServerRig {
  protected:
    void show(const SelfSigned& shown) { settings.tls = tls_server(shown.certificate, shown.key); }
    HttpOutcome post(std::string body, bool tls = true, const std::string& host = "127.0.0.1") {
        std::optional<HttpOutcome> outcome;
        if (!client_) client_.emplace(io, client_settings);
        const auto posting = client_->post(
            {.target = {host, server().port(), "/some", tls},
             .body = std::move(body),
             .content_type = "text/plain"},
            [](auto) {}, [&](HttpOutcome said) { outcome = std::move(said); });
        EXPECT_TRUE(until([&] { return outcome.has_value(); }));
        return outcome.value_or(NoResponse{"nothing"});
    }
    std::string why(const HttpOutcome& outcome) {
        const auto* none = std::get_if<NoResponse>(&outcome);
        return none ? none->why : "there is an answer";
    }

    SelfSigned pair = self_signed("DNS:localhost,IP:127.0.0.1");
    HttpClientSettings client_settings{.tls = tls_client(pair.certificate)};

  private:
    std::optional<HttpClient> client_;
};

TEST_F(TlsTest, CarriesRequestsAndAnswersOnOneConnection) {
    show(pair);
    handler = [](const HttpRequest& request, const std::shared_ptr<HttpExchange>& exchange) {
        exchange->answer({200, request.body + " back", "text/plain"}, {});
    };
    const std::string large(300'000, 'x');
    for (const std::string& body : {std::string("one"), large, std::string("three")}) {
        const auto outcome = post(body);
        ASSERT_TRUE(std::holds_alternative<HttpResponse>(outcome)) << why(outcome);
        EXPECT_EQ(std::get<HttpResponse>(outcome).body, body + " back");
        EXPECT_EQ(server().connections(), 1u);
    }
    EXPECT_TRUE(std::holds_alternative<HttpResponse>(post("four", true, "localhost"))) << "by name, too";
}

TEST_F(TlsTest, NobodyIsBelievedWhoseCertificateNobodySigned) {
    show(self_signed("IP:127.0.0.1"));
    EXPECT_THAT(why(post("secret")), HasSubstr("TLS: certificate verify failed"));
    EXPECT_TRUE(requests.empty());
}

TEST_F(TlsTest, NobodyIsBelievedWhoseCertificateIsAnothers) {
    pair = self_signed("DNS:elsewhere.example");
    show(pair);
    client_settings.tls = tls_client(pair.certificate);
    EXPECT_THAT(why(post("secret")), HasSubstr("TLS: certificate verify failed"));
    EXPECT_TRUE(requests.empty());
}

TEST_F(TlsTest, WhoeverSpeaksPlainlyHasNoAnswer) {
    show(pair);
    EXPECT_THAT(why(post("in clear", false)), HasSubstr("no answer from 127.0.0.1:"));
    EXPECT_TRUE(requests.empty());
    EXPECT_TRUE(until([&] { return server().connections() == 0; }));
}

TEST_F(TlsTest, AServerThatSpeaksPlainlyIsNotAsked) {
    EXPECT_THAT(why(post("secret")), HasSubstr("TLS: "));
    EXPECT_TRUE(requests.empty());
}

TEST_F(TlsTest, WithoutAContextNothingIsSent) {
    client_settings.tls = nullptr;
    EXPECT_THAT(why(post("secret")), HasSubstr("no TLS is configured"));
    EXPECT_TRUE(requests.empty());
}

TEST_F(TlsTest, NothingIsDoneBeforePostHasReturned) {
    client_settings.tls = nullptr;
    std::optional<HttpClient> in_the_loop;
    in_the_loop.emplace(io, client_settings);
    bool returned = false, done = false;
    std::shared_ptr<HttpPosting> posting;
    asio::post(io, [&] {
        posting = in_the_loop->post(
            {.target = {"127.0.0.1", 9, "/", true}}, [](auto) {},
            [&](const HttpOutcome&) {
                EXPECT_TRUE(returned);
                done = true;
            });
        returned = true;
    });
    EXPECT_TRUE(until([&] { return done; }));
}

TEST_F(TlsTest, WhatIsPostedAfterTheEndIsNotSent) {
    HttpClient closed(io, client_settings);
    closed.close();
    const auto posting = closed.post(
        {.target = {"127.0.0.1", server().port(), "/some"}}, [](auto) {},
        [](const HttpOutcome&) { ADD_FAILURE(); });
    settle();
    EXPECT_TRUE(requests.empty());
}

TEST_F(TlsTest, OneWhoDoesNotShakeHandsIsCutOff) {
    show(pair);
    settings.request_read_timeout = 50ms;
    const auto line = client();
    EXPECT_TRUE(until([&] { return line->closed; }));
    EXPECT_TRUE(until([&] { return server().connections() == 0; }));
}

TEST_F(TlsTest, WhatIsNoCertificateOrAnothersKeyIsSaid) {
    EXPECT_THROW(tls_server("nonsense", pair.key), boost::system::system_error);
    EXPECT_THROW(tls_server(pair.certificate, self_signed("DNS:other").key), boost::system::system_error);
    EXPECT_THROW(tls_client("nonsense"), boost::system::system_error);
}

}  // namespace
}  // namespace cticonnector::net::testing
