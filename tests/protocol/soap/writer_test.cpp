#include "cticonnector/protocol/soap/writer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "cticonnector/protocol/soap/envelope.hpp"

namespace cticonnector::soap {
namespace {

constexpr std::string_view start =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\""
    " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\""
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
    " SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\" xmlns:t=\"urn:T\">";

// R-DEC-45: xsi:type on every element
TEST(Writer, WritesAnEnvelopeWithHeader) {
    Writer out("urn:T");
    out.header("urn:S", "user", "O'<Neil>");
    out.header("urn:S", "language", "DE");
    out.begin_body("urn:S", "op");
    out.text("a", "x & y");
    out.text("empty", "");
    out.boolean("yes", true);
    out.boolean("no", false);
    out.number("period", 2.5);
    out.begin_struct("queue", "TextElement");
    out.text("id", "20");
    out.end("queue");
    out.begin_array("list", "xsd:string", 1);
    out.text("item", "1");
    out.end("list");
    EXPECT_EQ(std::move(out).finish(),
              std::string(start) +
                  "<SOAP-ENV:Header>"
                  "<h:user xmlns:h=\"urn:S\" SOAP-ENV:mustUnderstand=\"0\" "
                  "xsi:type=\"xsd:string\">O'&lt;Neil&gt;</h:user>"
                  "<h:language xmlns:h=\"urn:S\" SOAP-ENV:mustUnderstand=\"0\" "
                  "xsi:type=\"xsd:string\">DE</h:language>"
                  "</SOAP-ENV:Header><SOAP-ENV:Body><n:op xmlns:n=\"urn:S\">"
                  "<a xsi:type=\"xsd:string\">x &amp; y</a><empty xsi:type=\"xsd:string\"/>"
                  "<yes xsi:type=\"xsd:boolean\">true</yes><no xsi:type=\"xsd:boolean\">false</no>"
                  "<period xsi:type=\"xsd:double\">2.5</period>"
                  "<queue xsi:type=\"t:TextElement\"><id xsi:type=\"xsd:string\">20</id></queue>"
                  "<list xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"xsd:string[1]\">"
                  "<item xsi:type=\"xsd:string\">1</item></list>"
                  "</n:op></SOAP-ENV:Body></SOAP-ENV:Envelope>");
}

TEST(Writer, WritesNoHeaderUnlessAsked) {
    Writer out("urn:T");
    out.begin_body("urn:S", "op");
    EXPECT_EQ(std::move(out).finish(),
              std::string(start) +
                  "<SOAP-ENV:Body><n:op xmlns:n=\"urn:S\"></n:op></SOAP-ENV:Body></SOAP-ENV:Envelope>");
}

TEST(Writer, WritesAFaultWithDetail) {
    const Writer::Detail detail{"iciException", "errorId", "UNKNOWN_ITEM", "description", "<gone>"};
    EXPECT_EQ(Writer("urn:T").fault(FaultCode::client, "Item & more", &detail),
              std::string(start) +
                  "<SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode>"
                  "<faultstring>Item &amp; more</faultstring><detail><t:iciException>"
                  "<errorId xsi:type=\"xsd:string\">UNKNOWN_ITEM</errorId>"
                  "<description xsi:type=\"xsd:string\">&lt;gone&gt;</description>"
                  "</t:iciException></detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>");
}

TEST(Writer, WritesAFaultWithoutDetail) {
    EXPECT_EQ(Writer("urn:T").fault(FaultCode::must_understand, "Header", nullptr),
              std::string(start) +
                  "<SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:MustUnderstand</faultcode>"
                  "<faultstring>Header</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>");
}

TEST(Writer, WritesTextsThatReadersGetBack) {
    const std::string text = "a]]>b \"q\" 'r' <x>&amp; \r\n\t M\xC3\xBCller \xE2\x82\xAC \xF0\x9F\x93\x9E ";
    Writer out("urn:T");
    out.begin_body("urn:S", "op");
    out.text("value", text);
    Envelope message;
    ASSERT_EQ(message.load(std::move(out).finish()), std::nullopt);
    EXPECT_EQ(message.operation().child("value").text(), text);
}

}  // namespace
}  // namespace cticonnector::soap
