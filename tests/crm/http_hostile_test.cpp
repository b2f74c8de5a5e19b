// What a hostile or broken client cannot do, and texts in other encodings (ici.md section 11).
#include "cticonnector/base/encoding.hpp"
#include "http_rig.hpp"

namespace cticonnector::crm::testing {
namespace {

using ::testing::HasSubstr;

std::string soap_in(std::string_view user, std::string_view declaration = {}) {
    return std::string(declaration)
        .append(R"(<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><user>)")
        .append(user)
        .append("</user></e:Header><e:Body><accept><itemId>i</itemId></accept></e:Body></e:Envelope>");
}
std::string posted_as(std::string_view content_type, std::string_view body) {
    std::string text{"POST /ici HTTP/1.1\r\nHost: h\r\nContent-Type: "};
    return text.append(content_type)
        .append("\r\nContent-Length: ")
        .append(std::to_string(body.size()))
        .append("\r\n\r\n")
        .append(body);
}

TEST_F(Http, AUserArrivesFromAnyEncoding_R_DEC_70) {
    const std::string utf_8 = "J\xC3\x96RG";
    for (const std::string& text :
         {posted_as("text/xml", soap_in(utf_8)),
          posted_as("text/xml; charset=ISO-8859-15", soap_in("J\xD6RG")),
          posted_as("text/xml", soap_in("J\xD6RG", "<?xml version=\"1.0\" encoding=\"windows-1252\"?>")),
          posted_as("text/xml; charset=utf-8",
                    "\xFF\xFE" + encode(soap_in(utf_8), Encoding::utf_16le).value())}) {
        const auto before = events.size();
        client()->send(text);
        ASSERT_TRUE(until([&] { return events.size() > before; }));
        EXPECT_EQ(std::get<engine::Accept>(events.back()).user, engine::user_id(utf_8));
    }
}

TEST_F(Http, AnEncodingThatIsNotReadIs415ByName_R_DEC_70) {
    const auto message = answer(posted_as("text/xml; charset=EUC-KR", soap_in("M")));
    EXPECT_EQ(message.status(), 415u);
    EXPECT_THAT(message.body, HasSubstr("Text encoding EUC-KR is not read here"));
    EXPECT_THAT(log.lines.back(), HasSubstr("EUC-KR"));
}

TEST_F(Http, BytesThatAreWrongAre400WithTheirPlace_R_DEC_70) {
    const std::string wrong = soap_in("J\xD6RG");
    const auto message = answer(posted_as("text/xml; charset=utf-8", wrong));
    EXPECT_EQ(message.status(), 400u);
    EXPECT_THAT(message.body, HasSubstr("The message is not UTF-8: byte 0xD6 at offset " +
                                        std::to_string(wrong.find('\xD6'))));
    EXPECT_EQ(events.size(), 0u);
}

struct Hostile {
    std::string name;
    std::string text;
    unsigned status;
    std::string error_id;
    friend void PrintTo(const Hostile& c, std::ostream* out) { *out << c.name; }
};
class HostileHttp : public Http, public ::testing::WithParamInterface<Hostile> {};

// R-DEC-44, R-DEC-58
TEST_P(HostileHttp, IsAnsweredClearlyAndDoesNoHarm) {
    const auto message = answer(GetParam().text);
    EXPECT_EQ(message.status(), GetParam().status);
    EXPECT_EQ(error_id(message), GetParam().error_id);
    EXPECT_EQ(events.size(), 0u);
    EXPECT_EQ(answer(http("POST /ici HTTP/1.1", envelope(request::GetWorkcenterCapability{}))).status(),
              200u);
}

std::string soap_body(std::string_view header, std::string_view body) {
    return std::string(R"(<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">)")
        .append(header)
        .append("<e:Body>")
        .append(body)
        .append("</e:Body></e:Envelope>");
}
std::string posted(std::string_view body) { return http("POST /ici HTTP/1.1", body); }

INSTANTIATE_TEST_SUITE_P(
    Requests, HostileHttp,
    ::testing::Values(
        Hostile{"OutsideTheBase", http("POST /other HTTP/1.1", "<x/>"), 404, ""},
        Hostile{"Get", "GET /ici HTTP/1.1\r\nHost: h\r\n\r\n", 405, ""},
        Hostile{"Delete", "DELETE /ici HTTP/1.1\r\nHost: h\r\n\r\n", 405, ""},
        Hostile{"NoHttp", "\x16\x03\x01 hello\r\n\r\n", 400, ""},
        Hostile{"BadContentLength", "POST /ici HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\n", 400, ""},
        Hostile{"Smuggling",
                "POST /ici HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: "
                "chunked\r\n\r\n0\r\n\r\n",
                400, ""},
        Hostile{"HeaderFlood",
                "POST /ici HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'a') +
                    "\r\nContent-Length: 0\r\n\r\n",
                431, ""},
        Hostile{"ManyHeaders",
                [] {
                    std::string text = "POST /ici HTTP/1.1\r\nHost: h\r\n";
                    for (int i = 0; i < 3000; ++i) text += "X-" + std::to_string(i) + ": y\r\n";
                    return text + "Content-Length: 0\r\n\r\n";
                }(),
                431, ""},
        Hostile{"AnnouncedTooLarge", "POST /ici HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n", 413,
                ""},
        Hostile{"SentTooLarge", posted(std::string(1'500'000, ' ')), 413, ""},
        Hostile{"ChunkedTooLarge",
                "POST /ici HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" +
                    std::string(0x200000, ' ') + "\r\n0\r\n\r\n",
                413, ""},
        Hostile{"NotXml", posted("no xml at all"), 400, "INTERNAL"},
        Hostile{"EmptyBody", posted(""), 400, "INTERNAL"},
        Hostile{"UnclosedXml", posted("<e:Envelope>"), 400, "INTERNAL"},
        Hostile{"Dtd", posted("<!DOCTYPE x [<!ENTITY a \"b\">]>" + soap_body("", "<getAttributes/>")), 400,
                "INTERNAL"},
        Hostile{"NoEnvelope", posted("<x/>"), 400, "INTERNAL"},
        Hostile{
            "MustUnderstand",
            posted(soap_body(R"(<e:Header><tx e:mustUnderstand="1">1</tx></e:Header>)", "<getAttributes/>")),
            500, ""},
        Hostile{"UnknownOperation", posted(soap_body("<e:Header><user>M</user></e:Header>", "<explode/>")),
                500, "NOT_SUPPORTED"},
        Hostile{"NoUser", posted(soap_body("", "<accept><itemId>i</itemId></accept>")), 500,
                "NOT_SUBSCRIBED"},
        Hostile{"BlankUser", posted(soap_body("<e:Header><user> </user></e:Header>", "<getAttributes/>")),
                500, "NOT_SUBSCRIBED"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace cticonnector::crm::testing
