// Who may ask at all, and what they are told when nobody answers.
#include "http_rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Credentials : public Http {
  protected:
    Credentials() {
        settings.request_user = "SAP";
        settings.request_password = Secret{"s3:cret"};
    }
    Message ask_with(std::string_view authorization) {
        const std::string header =
            authorization.empty() ? "" : "Authorization: " + std::string(authorization) + "\r\n";
        return answer(post(envelope(request::GetWorkcenterCapability{}), header));
    }
    static constexpr std::string_view right = "Basic U0FQOnMzOmNyZXQ=";
    static constexpr std::string_view wrong = "Basic U0FQOnMzOmNyZXU=";
};

TEST_F(Credentials, LetRequestsIn) {  // R-DEC-67
    EXPECT_EQ(ask_with(right).status(), 200u);
    EXPECT_EQ(ask_with("bASIC   U0FQOnMzOmNyZXQ=").status(), 200u);
    EXPECT_EQ(counted(ici().counters().requests, R"(service="",operation="",result="unauthorized")"), 0u);
}

TEST_F(Credentials, ThatAreMissingOrWrongAreRefused) {  // R-DEC-67
    for (const std::string_view bad : std::initializer_list<std::string_view>{
             "", wrong, "Basic", "Basic ", "Basic U0FQOnMzOmNyZXQ", "Basic U0FQOnMzOmNyZXQ=x",
             "Bearer U0FQOnMzOmNyZXQ=", "U0FQOnMzOmNyZXQ=", "BasicU0FQOnMzOmNyZXQ="}) {
        const auto refusal = ask_with(bad);
        EXPECT_EQ(refusal.status(), 401u) << bad;
        EXPECT_THAT(refusal.head, HasSubstr("WWW-Authenticate: Basic realm=\"ICI\", charset=\"UTF-8\"\r\n"));
    }
    EXPECT_EQ(answer("GET /ici/IciUser?wsdl HTTP/1.1\r\nHost: h\r\n\r\n").status(), 401u);
    EXPECT_EQ(answer("GET /elsewhere HTTP/1.1\r\nHost: h\r\n\r\n").status(), 401u);
    EXPECT_EQ(counted(ici().counters().requests, R"(service="",operation="",result="unauthorized")"), 11u);
    EXPECT_EQ(events.size(), 0u);
}

TEST_F(Credentials, ThatAreWrongAreLoggedOnceAMinuteAndNotShown) {  // R-DEC-67
    for (int i = 0; i < 3; ++i) ask_with(wrong);
    EXPECT_THAT(log.lines, Contains(AllOf(StartsWith("ici.unauthorized peer=127.0.0.1 why=wrong "),
                                          HasSubstr("RequestUser"), Not(HasSubstr("U0FQ")))));
    const auto told = [&] {
        return std::ranges::count_if(log.lines,
                                     [](const auto& l) { return l.starts_with("ici.unauthorized"); });
    };
    EXPECT_EQ(told(), 1);
    for (int i = 0; i < 3; ++i) ask_with("");
    EXPECT_THAT(log.lines, Contains(StartsWith("ici.unauthorized peer=127.0.0.1 why=missing ")))
        << "another fault of the same peer";
    EXPECT_EQ(told(), 2);
}

TEST_F(Credentials, OfWhichOneIsEmptyAreAskedForAllTheSame) {
    settings.request_user = "";
    EXPECT_EQ(ask_with("").status(), 401u);
    EXPECT_EQ(ask_with("Basic OnMzOmNyZXQ=").status(), 200u);
}

class NobodyAnswers : public Http {
  protected:
    NobodyAnswers() { settings.answer_timeout = 50ms; }
};

// R-DEC-35: the shell's own answer when an error of ours has left a request without one
TEST_F(NobodyAnswers, SoTheRequestIsUnavailableAndTold) {
    const auto first = client();
    const auto a = ask<engine::Accept>(first, request::Accept{"item-1"});
    const auto second = client();
    ask<engine::Accept>(second, request::Accept{"item-2"});
    const auto before = received_at[0];
    EXPECT_EQ(error_id(reply(first)), "UNAVAILABLE");
    EXPECT_GE(Clock::now() - before, 50ms);
    EXPECT_EQ(error_id(reply(second)), "UNAVAILABLE");
    EXPECT_EQ(
        counted(ici().counters().requests, R"(service="IciItem",operation="accept",result="UNAVAILABLE")"),
        2u);
    EXPECT_EQ(ici().counters().invariant_broken, 2u);
    EXPECT_THAT(log.lines, Contains(AllOf(StartsWith("invariant.broken user=MUELLERK request="),
                                          HasSubstr(" operation=accept text=")))
                               .Times(2));
    perform(engine::Reply{.request = a.request});
    first->send(post(envelope(request::GetWorkcenterCapability{})));
    EXPECT_EQ(reply(first).status(), 200u) << "the late reply is nobody's";
    EXPECT_EQ(events.size(), 2u);
}

TEST_F(NobodyAnswers, ButOneThatIsAnsweredIsLeftAlone) {
    const auto line = client();
    const auto answered = ask<engine::Accept>(line, request::Accept{"item-1"});
    perform(engine::Reply{.request = answered.request});
    EXPECT_EQ(reply(line).status(), 200u);
    ask<engine::Accept>(line, request::Accept{"item-2"});
    EXPECT_EQ(error_id(reply(line)), "UNAVAILABLE");
    EXPECT_EQ(ici().counters().invariant_broken, 1u);
}

TEST_F(NobodyAnswers, SoALateLogOnIsTakenBack) {  // R-DEC-35
    const auto line = client();
    const auto e =
        ask<engine::Subscribe>(line, request::Subscribe{"http://127.0.0.1:1/", "APP", Secret{"5001;x;4711"}});
    EXPECT_EQ(error_id(reply(line)), "UNAVAILABLE");
    EXPECT_FALSE(ici().session(e.subscription));
    perform(engine::Reply{.request = e.request, .user = user()});
    ASSERT_EQ(count<engine::SubscriptionLost>(), 1u);
    const auto& lost = std::get<engine::SubscriptionLost>(events.back());
    EXPECT_EQ(lost.subscription, e.subscription);
    EXPECT_TRUE(lost.final);
}

TEST_F(NobodyAnswers, AndALateRefusalNeedsNothing) {
    const auto line = client();
    const auto e =
        ask<engine::Subscribe>(line, request::Subscribe{"http://127.0.0.1:1/", "APP", Secret{"5001;x;4711"}});
    EXPECT_EQ(error_id(reply(line)), "UNAVAILABLE");
    perform(engine::Reply{.request = e.request, .fault = engine::Fault::logon_failed});
    EXPECT_EQ(count<engine::SubscriptionLost>(), 0u);
}

TEST_F(Http, OnlyAllowedPeersAreHeard_R_DEC_80) {
    settings.allowed_peers = {asio::ip::make_address("10.1.2.3")};
    for (int times = 0; times < 3; ++times) {
        const auto line = client();
        EXPECT_TRUE(until([&] { return line->closed; }));
        EXPECT_EQ(line->bytes, "");
    }
    EXPECT_EQ(ici().counters().peers_refused, 3u);
    const auto told = [](const std::string& line) { return line.find("peer.refused") != std::string::npos; };
    EXPECT_EQ(std::ranges::count_if(log.lines, told), 1) << "once a minute and peer";
    EXPECT_THAT(log.lines, Contains(HasSubstr("peer.refused listener=ici peer=127.0.0.1")));
}

TEST_F(Http, AnAllowedPeerIsHeard) {
    settings.allowed_peers = {asio::ip::make_address("10.1.2.3"), *net::network_from("127.0.0.0/8")};
    EXPECT_EQ(answer(post(envelope(request::GetWorkcenterCapability{}))).status(), 200u);
}

}  // namespace
}  // namespace cticonnector::crm::testing
