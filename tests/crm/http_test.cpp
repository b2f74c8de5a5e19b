// The HTTP side of ICI: how a request comes to the engine and its answer back, and what the log says of it.
#include "http_rig.hpp"
#include "no_file_handles.hpp"

namespace cticonnector::crm::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(Http, ThePickedPortIsLogged) {
    EXPECT_NE(ici().port(), 0);
    EXPECT_THAT(log.lines.front(), HasSubstr("ici.listening"));
    EXPECT_THAT(log.lines.front(), HasSubstr("port=" + std::to_string(ici().port())));
}

TEST_F(Http, AListenerWithoutFileHandlesSaysSo) {  // R-DEC-74
    const auto waiting = client();
    {
        const cticonnector::testing::NoFileHandles none;
        while (io.poll_one() > 0) {
        }
    }
    EXPECT_THAT(log.lines, Contains(AllOf(StartsWith("config.finding section=ICI key=ListenPort"),
                                          HasSubstr("Too many open files"), HasSubstr("R-DEC-74"))));
    waiting->send("GET /ici/IciUser?wsdl HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(reply(waiting).status(), 200u);
}

TEST_F(Http, ARequestReachesTheEngineAndItsReplyTheClient) {
    const auto line = client();
    const auto before = Clock::now();
    const auto e = ask<engine::Accept>(line, request::Accept{"item-1"});
    EXPECT_EQ(e.item.value, "item-1");
    EXPECT_GE(received_at.back(), before);
    perform(engine::Reply{.request = e.request});
    const auto message = reply(line);
    EXPECT_EQ(message.status(), 200u);
    EXPECT_THAT(message.head, HasSubstr("Content-Type: text/xml; charset=utf-8"));
    EXPECT_TRUE(std::holds_alternative<ici::Reply>(ici::read_reply(ici::Operation::accept, message.body)));
    EXPECT_EQ(counted(ici().counters().requests, R"(service="IciItem",operation="accept",result="ok")"), 1u);
    EXPECT_EQ(ici().counters().request_seconds.count, 1u);
}

TEST_F(Http, ASynonymIsAnsweredByItsOwnName) {  // R-DEC-60
    const auto line = client();
    line->send(
        post(R"(<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><user>M</user>)"
             "</e:Header><e:Body><deflect><itemId>item-1</itemId></deflect></e:Body></e:Envelope>"));
    ASSERT_TRUE(until([&] { return count<engine::Reroute>() == 1; }));
    perform(engine::Reply{.request = std::get<engine::Reroute>(events[0]).request});
    EXPECT_THAT(reply(line).body, AllOf(HasSubstr(":deflectResponse "), Not(HasSubstr("rejectResponse"))));
    EXPECT_EQ(counted(ici().counters().requests, R"(service="IciItem",operation="reject",result="ok")"), 1u);
}

TEST_F(Http, AFaultOfTheEngineIs500WithItsText) {  // R-DEC-44
    const auto line = client();
    const auto e = ask<engine::Accept>(line, request::Accept{"item-1"});
    perform(engine::Reply{.request = e.request,
                          .fault = engine::Fault::unknown_item,
                          .text = {TextId::item_unknown, {"item-1"}}});
    const auto message = reply(line);
    EXPECT_EQ(message.status(), 500u);
    EXPECT_EQ(error_id(message), "UNKNOWN_ITEM");
    EXPECT_THAT(message.body, HasSubstr("Item item-1 is not known"));
}

TEST_F(Http, ASecondReplyIsNotSent) {
    const auto line = client();
    const auto e = ask<engine::Accept>(line, request::Accept{"item-1"});
    perform(engine::Reply{.request = e.request});
    perform(engine::Reply{.request = e.request, .fault = engine::Fault::unavailable});
    EXPECT_EQ(reply(line).status(), 200u);
    settle();
    EXPECT_EQ(line->bytes, "");
}

TEST_F(Http, OperationsOfLaterVersionsAreRefusedByName) {
    for (const ici::Request& asked : std::vector<ici::Request>{
             request::Hold{"c"}, request::Consult{"c", "1"}, request::Close{"m"}, request::Post{"c", "t"},
             request::GetContainer{"f"}, request::UnsubscribeMonitor{"m"}}) {
        const auto message = answer(post(envelope(asked)));
        EXPECT_EQ(error_id(message), "NOT_SUPPORTED");
        EXPECT_THAT(message.body, HasSubstr(std::string(ici::operation_name(ici::operation_of(asked)))));
    }
    EXPECT_EQ(events.size(), 0u);
}

TEST_F(Http, A405SaysWhatIsAllowed) {
    EXPECT_THAT(answer("PUT /ici/IciItem HTTP/1.1\r\nHost: h\r\n\r\n").head, HasSubstr("Allow: POST"));
}

TEST_F(Http, AProxysTargetIsServed) {  // R-DEC-71
    EXPECT_EQ(answer(http("POST http://cms.example:8080/ici HTTP/1.1",
                          envelope(request::GetWorkcenterCapability{})))
                  .status(),
              200u);
    EXPECT_EQ(answer(http("POST /ici/IciSystem?sap-client=100 HTTP/1.1",
                          envelope(request::GetWorkcenterCapability{})))
                  .status(),
              200u);
    EXPECT_THAT(answer("GET http://proxy.example/ici/IciUser?x=1&WSDL HTTP/1.1\r\nHost: h\r\n\r\n").body,
                HasSubstr("http://proxy.example/ici/IciUser"));
}

// observability.md: what a proxy in front asks on the port that it forwards to
TEST_F(Http, ItsHealthIsAskedOnItsOwnPort) {
    settings.request_user = "SAP";
    settings.request_password = Secret{"s3cret"};
    const auto up = answer("GET /health/ici?from=proxy HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(up.status(), 200u);
    EXPECT_THAT(up.head, HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_EQ(up.body, "{\"status\":\"up\"}\n");
    const auto wrong = answer(http("POST /health/ici HTTP/1.1", ""));
    EXPECT_EQ(wrong.status(), 405u);
    EXPECT_THAT(wrong.head, HasSubstr("Allow: GET, HEAD\r\n"));
}

// a balancer for the media routing side checks the port that it knows: that of the ICI listener
TEST_F(Http, TheHealthOfTheMrListenerIsAskedThere_R_CLU_24) {
    settings.request_user = "SAP";
    settings.request_password = Secret{"s3cret"};
    const std::string asked = "GET /health/mr HTTP/1.1\r\nHost: h\r\n\r\n";
    const auto off = answer(asked);
    EXPECT_EQ(off.status(), 503u);
    EXPECT_THAT(off.head, HasSubstr("Retry-After: 5\r\n"));
    EXPECT_EQ(off.body, "{\"status\":\"off\"}\n");
    mr_serves = true;
    const auto up = answer(asked);
    EXPECT_EQ(up.status(), 200u);
    EXPECT_EQ(up.body, "{\"status\":\"up\"}\n");
    EXPECT_EQ(answer(http("POST /health/mr HTTP/1.1", "")).status(), 405u);
}

TEST_F(Http, DebugLinesSayWhatARequestIsAbout_R_DEC_89) {
    const auto reroute = client();
    const auto asked = ask<engine::Reroute>(reroute, request::Reroute{"act-42-1", "A1"});
    perform(engine::Reply{.request = asked.request});
    reply(reroute);
    EXPECT_THAT(log.lines, Contains(AllOf(StartsWith("ici.request user=MUELLERK request="),
                                          HasSubstr(" operation=reroute item=act-42-1 reason=A1 "))));
}

// R-TEL-14: whatever becomes of it
TEST_F(Http, NoLogHoldsDialledDigits_R_DEC_89) {
    const auto line = client();
    line->send(post(envelope(request::SendDtmf{"call-1", "4711#"})));
    reply(line);
    EXPECT_THAT(log.lines, Contains(HasSubstr("sendDtmf")));
    EXPECT_THAT(log.lines, Each(Not(HasSubstr("4711#"))));
}

// The user stands in every line about them: one request must not write a megabyte.
TEST_F(Http, AUserOfAbsurdLengthIsRefusedByNameAndShortenedInTheLog) {
    std::string umlauts;
    for (int n = 0; n < 64; ++n) umlauts += "\xC3\x9C";
    ask<engine::Accept>(client(), request::Accept{"item-1"}, umlauts);
    log.lines.clear();
    const auto line = client();
    line->send(post(envelope(request::Accept{"item-1"}, umlauts + std::string(500'000, 'Z'))));
    const auto answer = reply(line);
    EXPECT_EQ(error_id(answer), "NOT_SUPPORTED");
    EXPECT_THAT(answer.body, HasSubstr("header user has 500064 characters; 64 is the most"));
    EXPECT_THAT(log.lines, Contains(HasSubstr("user=" + umlauts + "...")));
    for (const auto& one : log.lines) EXPECT_LT(one.size(), 1'000u);
}

// R-DEC-76: what SAP sends in a URL is no secret of the log's readers
TEST_F(Http, NoLineShowsThePasswordOfAnAppUrl_R_DEC_76) {
    const auto line = client();
    line->send(
        post(envelope(request::Subscribe{.app_url = "http://user:geheim@sap.example/", .app_id = "A"})));
    EXPECT_THAT(reply(line).body, Not(HasSubstr("geheim")));
    EXPECT_THAT(log.lines, Contains(HasSubstr("http://***@sap.example/")));
    EXPECT_THAT(log.lines, Each(Not(HasSubstr("geheim"))));
}

TEST_F(Http, AnExceptionOfOursIs500AndOneLine) {
    Ici thrower{io,
                current,
                languages,
                log,
                numbers,
                [](engine::Event, Clock::time_point) { throw std::runtime_error("no room"); },
                [] { return true; }};
    tcp::socket socket(io);
    socket.connect({asio::ip::address_v4::loopback(), thrower.port()});
    const auto line = std::make_shared<Line>(std::move(socket));
    line->read();
    line->send(post(envelope(request::Accept{"item-1"})));
    EXPECT_EQ(reply(line).status(), 500u);
    EXPECT_THAT(log.lines, Contains(StartsWith("invariant.broken")).Times(1));
    EXPECT_THAT(log.lines, Contains("invariant.broken text=POST /ici/Any: no room"));
    EXPECT_EQ(thrower.counters().invariant_broken, 1u);
    line->close();
}

TEST_F(Http, IciSystemNeedsNoUser) {
    EXPECT_EQ(answer(post(envelope(request::ExchangeProductInformation{}, ""))).status(), 200u);
}

TEST_F(Http, TheWsdlIsServed) {
    const auto message = answer("GET /ici/IciUser?wsdl HTTP/1.1\r\nHost: cms.example:81\r\n\r\n");
    EXPECT_EQ(message.status(), 200u);
    EXPECT_THAT(message.body, HasSubstr("http://cms.example:81/ici/IciUser"));
    const auto nameless = answer("GET /ici/IciUser?wsdl HTTP/1.0\r\n\r\n");
    EXPECT_THAT(nameless.body,
                HasSubstr("http://127.0.0.1:" + std::to_string(ici().port()) + "/ici/IciUser"));
}

TEST_F(Http, PasswordsAreNeverLogged) {
    const auto line = client();
    ask<engine::Subscribe>(line,
                           request::Subscribe{"http://127.0.0.1:1/", "APP", Secret{"5001;s3cret;4711"}});
    EXPECT_THAT(log.lines, Each(Not(HasSubstr("s3cret"))));
    EXPECT_THAT(log.lines, Contains(HasSubstr("***")));
}

TEST_F(Http, TextsComeInTheRequestsLanguage) {  // R-LOGIN-10, R-LOGIN-11
    languages.by_code["DE"].by_code[{TextKind::work_mode, 3}] = "Nicht bereit";
    const auto line = client();
    line->send(post(envelope(request::GetAttributes{}, "MUELLERK", "de")));
    ASSERT_TRUE(until([&] { return events.size() == 1; }));
    perform(engine::Reply{.request = std::get<engine::ReadUser>(events[0]).request, .user = user()});
    const auto answer = ici::read_reply(ici::Operation::get_attributes, reply(line).body);
    EXPECT_EQ(std::get<ici::User>(std::get<ici::Reply>(answer)).current_workmode.description, "Nicht bereit");
}

TEST_F(Http, ALanguageWithoutAFileIsToldOnce_R_DEC_86) {
    languages.by_code["DE"];
    const auto line = client();
    const auto subscribe = [&](const std::string& user, const std::string& language) {
        const auto before = events.size();
        line->send(post(envelope(request::Subscribe{"http://127.0.0.1:1/", "APP" + user, Secret{"1;x;2"}},
                                 user, language)));
        ASSERT_TRUE(until([&] { return events.size() > before; }));
        const auto asked = std::get<engine::Subscribe>(events.back());
        perform(engine::Reply{.request = asked.request, .user = this->user()});
        reply(line);
    };
    const auto told = [&] {
        return std::ranges::count_if(
            log.lines, [](const std::string& l) { return l.find("language.missing") != std::string::npos; });
    };
    subscribe("A", "de-CH");
    subscribe("B", "");
    EXPECT_EQ(told(), 0);
    subscribe("C", "fr");
    subscribe("D", "FR");
    EXPECT_EQ(told(), 1);
    EXPECT_THAT(log.lines, Contains(HasSubstr("language.missing language=FR used=built-in")));
    languages.by_code["EN"];
    subscribe("E", "IT");
    EXPECT_THAT(log.lines, Contains(HasSubstr("language.missing language=IT used=EN")));
}

TEST_F(Http, AListeningPortThatIsTakenIsToldAtOnce) {
    settings.listen_port = ici().port();
    EXPECT_THROW((Ici{io, current, languages, log, numbers, {}, {}}), boost::system::system_error);
}

}  // namespace
}  // namespace cticonnector::crm::testing
