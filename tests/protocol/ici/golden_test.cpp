// Whole messages against documents composed by hand from ici.md section 13.

#include <gtest/gtest.h>

#include <string>

#include "samples.hpp"

namespace cticonnector::ici {
namespace {

const std::vector<std::string> app_ids{std::string(sample::app_id)};

constexpr std::string_view start =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\""
    " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\""
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
    " SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\" xmlns:t=\"urn:IciTypes\">";

std::string body(std::string_view content) {
    return std::string(start)
        .append("<SOAP-ENV:Body>")
        .append(content)
        .append("</SOAP-ENV:Body></SOAP-ENV:Envelope>");
}

TEST(Golden, AcceptIsRead) {
    const auto message = read_request(sample::accept());
    ASSERT_TRUE(message);
    EXPECT_EQ(*message, (RequestMessage{{"MUELLERK", "EN"}, request::Accept{"call-5001-17"}}));
    EXPECT_EQ(operation_of(message->request), Operation::accept);
}

TEST(Golden, AcceptIsWritten) {
    EXPECT_EQ(
        write_request({{"MUELLERK", "EN"}, request::Accept{"call-5001-17"}}),
        std::string(start) +
            "<SOAP-ENV:Header>"
            "<h:user xmlns:h=\"urn:IciItemInterface\" SOAP-ENV:mustUnderstand=\"0\" xsi:type=\"xsd:string\">"
            "MUELLERK</h:user>"
            "<h:language xmlns:h=\"urn:IciItemInterface\" SOAP-ENV:mustUnderstand=\"0\" "
            "xsi:type=\"xsd:string\">"
            "EN</h:language></SOAP-ENV:Header><SOAP-ENV:Body>"
            "<n:accept xmlns:n=\"urn:IciItemInterface\">"
            "<itemId xsi:type=\"xsd:string\">call-5001-17</itemId></n:accept>"
            "</SOAP-ENV:Body></SOAP-ENV:Envelope>");
}

TEST(Golden, EmptyHeaderEntriesAreLeftOut) {
    EXPECT_EQ(
        write_request({{}, request::GetWorkcenterCapability{}}),
        body("<n:getWorkcenterCapability xmlns:n=\"urn:IciSystemInterface\"></n:getWorkcenterCapability>"));
}

TEST(Golden, AcceptReplyIsRead) {
    EXPECT_EQ(read_reply(Operation::accept, sample::accept_reply()), Answer(Reply("")));
}

TEST(Golden, AcceptReplyIsWritten) {
    EXPECT_EQ(write_reply(Operation::accept, ""),
              body("<n:acceptResponse xmlns:n=\"urn:IciItemInterface\"><response xsi:type=\"xsd:string\"/>"
                   "</n:acceptResponse>"));
}

TEST(Golden, SubscribeIsRead) {
    const auto message = read_request(sample::subscribe());
    ASSERT_TRUE(message);
    EXPECT_EQ(message->request,
              Request(request::Subscribe{"http://sap.example:8000/ici/events", std::string(sample::app_id),
                                         Secret("5001;secret;4711;pm2c")}));
}

TEST(Golden, RerouteIsRead) {
    const auto message = read_request(sample::reroute());
    ASSERT_TRUE(message);
    EXPECT_EQ(message->request, Request(request::Reroute{"act-000042", "A1"}));
}

TEST(Golden, PhoneCallChangedIsRead) {
    const auto event = read_event(sample::phone_call_changed());
    ASSERT_TRUE(event);
    EXPECT_EQ(*event, Event(event::PhoneCallChanged{app_ids, sample::phone_call()}));
}

// R-DEC-45: the whole object, every element with its type, members in table order. R-DATA-1, R-DATA-4: with
// its attached data, escaped.
TEST(Golden, PhoneCallChangedIsWritten) {
    EXPECT_EQ(write_event(event::PhoneCallChanged{app_ids, sample::phone_call()}),
              body("<n:phoneCallChanged xmlns:n=\"urn:IciEventInterface\">"
                   "<appIds xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"xsd:string[1]\">"
                   "<item xsi:type=\"xsd:string\">0A1B2C3D4E5F60718293A4B5C6D7E8F9</item></appIds>"
                   "<phoneCall xsi:type=\"t:PhoneCall\">"
                   "<phoneCallId xsi:type=\"xsd:string\">call-5001-17</phoneCallId>"
                   "<direction xsi:type=\"xsd:string\">in</direction>"
                   "<localNumber xsi:type=\"xsd:string\">4711</localNumber>"
                   "<calledNumber xsi:type=\"xsd:string\">8005550100</calledNumber>"
                   "<remoteNumbers xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"xsd:string[1]\">"
                   "<item xsi:type=\"xsd:string\">0313001234</item></remoteNumbers>"
                   "<queue xsi:type=\"t:TextElement\"><id xsi:type=\"xsd:string\">20</id>"
                   "<description xsi:type=\"xsd:string\">Sales</description></queue>"
                   "<callStatus xsi:type=\"t:TextElement\"><id xsi:type=\"xsd:string\">1</id>"
                   "<description xsi:type=\"xsd:string\">Alerting</description></callStatus>"
                   "<processingStatus xsi:type=\"t:TextElement\"><id xsi:type=\"xsd:string\">1</id>"
                   "<description xsi:type=\"xsd:string\">Alerting</description></processingStatus>"
                   "<capabilityList xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"xsd:string[3]\">"
                   "<item xsi:type=\"xsd:string\">accept</item><item xsi:type=\"xsd:string\">reject</item>"
                   "<item xsi:type=\"xsd:string\">reroute</item></capabilityList>"
                   "<relatedCallId xsi:type=\"xsd:string\"/>"
                   "<attachedData xsi:type=\"xsd:string\">&lt;?xml version=\"1.0\" encoding=\"UTF-8\"?&gt;"
                   "&lt;ItemAttachedData&gt;&lt;Application "
                   "id=\"SAP-IC\"&gt;&lt;CV01&gt;4711-A&lt;/CV01&gt;&lt;CV02/&gt;"
                   "&lt;CV03/&gt;&lt;CV04/&gt;&lt;CV05/&gt;&lt;CV06/&gt;&lt;CV07/&gt;&lt;CV08/&gt;&lt;CV09/"
                   "&gt;&lt;CV10/&gt;"
                   "&lt;MID&gt;17&lt;/MID&gt;&lt;ECC/&gt;&lt;/Application&gt;&lt;/ItemAttachedData&gt;</"
                   "attachedData>"
                   "</phoneCall></n:phoneCallChanged>"));
}

TEST(Golden, UserReplyIsWrittenWithListsOfStructures) {
    User user;
    user.user_id = "MUELLERK";
    user.logged_on = true;
    user.current_channels = {{"1", "Phone"}};
    const std::string empty_text = "<id xsi:type=\"xsd:string\"/><description xsi:type=\"xsd:string\"/>";
    const std::string empty_list = " xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"t:TextElement[0]\">";
    EXPECT_EQ(write_reply(Operation::get_attributes, user),
              body("<n:getAttributesResponse xmlns:n=\"urn:IciUserInterface\"><response xsi:type=\"t:User\">"
                   "<userId xsi:type=\"xsd:string\">MUELLERK</userId><workcenterId xsi:type=\"xsd:string\"/>"
                   "<loggedOn xsi:type=\"xsd:boolean\">true</loggedOn>"
                   "<currentWorkmode xsi:type=\"t:TextElement\">" +
                   empty_text + "</currentWorkmode><possibleWorkmodes" + empty_list +
                   "</possibleWorkmodes><currentQueues" + empty_list + "</currentQueues><possibleQueues" +
                   empty_list +
                   "</possibleQueues><currentChannels xsi:type=\"SOAP-ENC:Array\""
                   " SOAP-ENC:arrayType=\"t:TextElement[1]\"><item xsi:type=\"t:TextElement\">"
                   "<id xsi:type=\"xsd:string\">1</id><description "
                   "xsi:type=\"xsd:string\">Phone</description></item>"
                   "</currentChannels><possibleChannels" +
                   empty_list + "</possibleChannels><userStatus xsi:type=\"t:TextElement\">" + empty_text +
                   "</userStatus></response></n:getAttributesResponse>"));
}

TEST(Golden, ChatNewPostingIsRead) {
    const auto event = read_event(sample::chat_new_posting());
    ASSERT_TRUE(event);
    EXPECT_EQ(*event, Event(event::ChatNewPosting{app_ids,
                                                  {"customer@example.org", "Where is my order?",
                                                   "chat-000009", "", "2024-01-31T12:00:00Z"}}));
}

TEST(Golden, SubscriptionEndedIsRead) {
    const auto event = read_event(sample::subscription_ended());
    ASSERT_TRUE(event);
    EXPECT_EQ(*event,
              Event(event::SubscriptionEnded{app_ids, {"1", "Communication system is shutting down"}}));
}

TEST(Golden, EventReplyIsWritten) {
    EXPECT_EQ(
        write_event_reply(EventKind::user_changed),
        body("<n:userChangedResponse xmlns:n=\"urn:IciEventInterface\"><response xsi:type=\"xsd:string\"/>"
             "</n:userChangedResponse>"));
}

const Fault unknown_item{soap::FaultCode::client, "Item is not known",
                         Exception{ErrorId::unknown_item, "Item call-5001-17 is not known"}};

TEST(Golden, FaultIsRead) {
    EXPECT_EQ(read_reply(Operation::accept, sample::fault()), Answer(unknown_item));
    EXPECT_EQ(read_event_reply(sample::fault()), Answer(unknown_item));
}

TEST(Golden, FaultIsWritten) {
    EXPECT_EQ(write_fault(unknown_item),
              body("<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode>"
                   "<faultstring>Item is not known</faultstring><detail><t:iciException>"
                   "<errorId xsi:type=\"xsd:string\">UNKNOWN_ITEM</errorId>"
                   "<description xsi:type=\"xsd:string\">Item call-5001-17 is not known</description>"
                   "</t:iciException></detail></SOAP-ENV:Fault>"));
}

}  // namespace
}  // namespace cticonnector::ici
