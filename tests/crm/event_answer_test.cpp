// What an answer of SAP says of the delivery (R-DEC-43).
#include "event_answer.hpp"

#include <gmock/gmock.h>

#include "cticonnector/protocol/ici/codec.hpp"

namespace cticonnector::crm {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

net::HttpResponse answer(unsigned status, std::string body = {}, std::string content_type = "text/html") {
    return {status, std::move(content_type), std::move(body)};
}
const std::string envelope = ici::write_event_reply(ici::EventKind::user_changed);
const std::string fault = ici::write_fault(ici::make_fault(ici::ErrorId::internal, "no session"));
std::string why(const net::HttpResponse& answer) {
    const DeliveryOutcome said = outcome_of(answer);
    const auto* undelivered = std::get_if<Undelivered>(&said);
    return undelivered ? undelivered->why : "it is delivered";
}

TEST(DeliveryOutcome, DeliveredIsAnEnvelopeOrNoContentWith200And202And204_R_DEC_43) {
    for (
        const net::HttpResponse& good :
        {answer(200, envelope), answer(200), answer(200, "\r\n"), answer(202), answer(202, "<html/>"),
         answer(204),
         answer(200,
                R"(<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body/></S:Envelope>)"),
         answer(
             200,
             R"(<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><x/><y/></Body></Envelope>)")})
        EXPECT_TRUE(std::holds_alternative<Delivered>(outcome_of(good))) << good.status << " " << good.body;
}

TEST(DeliveryOutcome, AFaultIsFinalWhateverItsStatus_R_DEC_43) {
    for (const unsigned status : {200u, 400u, 500u, 503u}) {
        const DeliveryOutcome said = outcome_of(answer(status, fault));
        ASSERT_TRUE(std::holds_alternative<ici::Fault>(said)) << status;
        EXPECT_EQ(std::get<ici::Fault>(said).exception->error_id, ici::ErrorId::internal);
    }
}

TEST(DeliveryOutcome, AFaultIsShownShortened) {  // R-DEC-43
    const DeliveryOutcome said = outcome_of(
        answer(500, ici::write_fault({soap::FaultCode::server, std::string(100'000, 'x') + "end", {}})));
    EXPECT_EQ(std::get<ici::Fault>(said).text, std::string(500, 'x'));
}

TEST(DeliveryOutcome, AnAnswerIsReadInItsEncoding_R_DEC_70) {
    const std::string text = "Sitzung f\xFCr J\xD6RG";
    const std::string german = ici::write_fault(ici::make_fault(ici::ErrorId::internal, "@"));
    for (const std::string_view type :
         {"text/xml; charset=iso-8859-1", "text/xml", "text/xml; charset=x-unknown"}) {
        std::string body = german;
        for (std::size_t at; (at = body.find('@')) != std::string::npos;) body.replace(at, 1, text);
        const DeliveryOutcome said = outcome_of(answer(500, body, std::string(type)));
        ASSERT_TRUE(std::holds_alternative<ici::Fault>(said)) << type;
        EXPECT_EQ(std::get<ici::Fault>(said).exception->description,
                  type.find("8859") != std::string_view::npos ? "Sitzung f\xC3\xBCr J\xC3\x96RG"
                                                              : "Sitzung f?r J?RG");
    }
}

TEST(DeliveryOutcome, AllElseIsAFailedDelivery_R_DEC_43) {
    for (const unsigned status :
         {101u, 201u, 203u, 205u, 206u, 301u, 302u, 304u, 307u, 400u, 401u, 404u, 500u, 503u, 999u}) {
        EXPECT_THAT(why(answer(status)), HasSubstr("HTTP status " + std::to_string(status)));
        EXPECT_THAT(why(answer(status, envelope)), HasSubstr("HTTP status " + std::to_string(status)));
    }
    for (const std::string_view page : {"<html><body>Logon</body></html>", "<!DOCTYPE html><html></html>",
                                        "Logon", "<Envelope>", "\x1F\x8B\x08"})
        EXPECT_THAT(why(answer(200, std::string(page))), HasSubstr("HTTP status 200")) << page;
    EXPECT_EQ(why(answer(0)), "HTTP status 0, text/html") << "000 is a status too";
}

TEST(DeliveryOutcome, APageIsLoggedWithItsTypeAndItsFirst100Characters_R_DEC_43) {
    EXPECT_EQ(why(answer(200, "\r\n\r\n<html><title>Logon</title>", "text/html; charset=utf-8")),
              "HTTP status 200, text/html; charset=utf-8: <html><title>Logon</title>");
    std::string umlauts;
    for (int i = 0; i < 99; ++i) umlauts += "\xC3\xBC";
    EXPECT_THAT(why(answer(200, umlauts + "xyz")), HasSubstr(umlauts + "x"));
    EXPECT_THAT(why(answer(200, umlauts + "xyz")), Not(HasSubstr("y")));
    EXPECT_EQ(why(answer(200, "gr\xFC\xDF", "")), "HTTP status 200: gr??");
    EXPECT_LT(why(answer(200, std::string(1'000'000, '\xFF'))).size(), 200u);
    EXPECT_EQ(why(answer(404, "", std::string(10'000, 'x'))), "HTTP status 404, " + std::string(100, 'x'));
    EXPECT_EQ(why(answer(404, "", "text/\xFF")), "HTTP status 404, text/?");
}

}  // namespace
}  // namespace cticonnector::crm
