// What readers must take, one by one: ici.md section 1, "Readers must".

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "cticonnector/protocol/ici/codec.hpp"
#include "protocol/soap/envelopes.hpp"

namespace cticonnector::ici {
namespace {

/// The request inside an envelope; a failure of the test for anything unreadable.
Request request_in(std::string_view body) {
    const auto message = read_request(soap::envelope(body));
    EXPECT_TRUE(message) << message.error().fault.text;
    return message ? message->request : Request{};
}

TEST(Tolerance, TakesParametersInAnyOrder) {
    EXPECT_EQ(request_in("<reroute><reason>A1</reason><itemId>7</itemId></reroute>"),
              Request(request::Reroute{"7", "A1"}));
}

TEST(Tolerance, TakesAbsentLikeEmpty) {
    EXPECT_EQ(request_in("<reroute><itemId>7</itemId></reroute>"), Request(request::Reroute{"7", ""}));
    EXPECT_EQ(request_in("<reroute><itemId>7</itemId><reason/></reroute>"),
              Request(request::Reroute{"7", ""}));
    EXPECT_EQ(request_in("<setCurrentQueues/>"), Request(request::SetCurrentQueues{}));
    EXPECT_EQ(request_in("<addActionItem><scenarioId/></addActionItem>"), Request(request::AddActionItem{}));
}

TEST(Tolerance, IgnoresUnknownElementsAndAttributes) {
    EXPECT_EQ(request_in("<accept version='2'><colour>red</colour><itemId lang='de'>7</itemId></accept>"),
              Request(request::Accept{"7"}));
}

TEST(Tolerance, TakesAnyPrefixAndNamespace) {
    EXPECT_EQ(request_in("<pre:accept xmlns:pre='urn:somethingElse'><pre:itemId>7</pre:itemId></pre:accept>"),
              Request(request::Accept{"7"}));
}

TEST(Tolerance, TakesAnyChildNameInArrays) {
    EXPECT_EQ(request_in("<setCurrentChannels><channels><a>1</a><xsd:string>4</xsd:string></channels></"
                         "setCurrentChannels>"),
              Request(request::SetCurrentChannels{{"1", "4"}}));
}

TEST(Tolerance, NeedsNoTypes) {
    const auto typed =
        R"(<setCurrentChannels><channels xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[1]">
        <item xsi:type="xsd:string">1</item></channels></setCurrentChannels>)";
    EXPECT_EQ(request_in(typed),
              request_in("<setCurrentChannels><channels><item>1</item></channels></setCurrentChannels>"));
}

TEST(Tolerance, FollowsReferences) {
    ActionItem item;
    item.title = "act-1";
    EXPECT_EQ(
        request_in(R"(<addActionItem><actionItemId href="#id"/><scenarioId href="#s"/><userIds href="#u"/>
                              <itemData><title href="#id"/></itemData></addActionItem>
                            <m id="id">act-1</m><m id="s"><id>9</id></m>
                            <m id="u"><item href="#p"/></m><m id="p"><name>Ann</name></m>)"),
        Request(request::AddActionItem{"act-1", {"9", ""}, {{"", "Ann", ""}}, item}));
}

TEST(Tolerance, TakesAttachedDataEscapedOrNested) {
    const Request expected(
        request::SetAttachedData{"7", "<ItemAttachedData><A>x &amp; y</A></ItemAttachedData>"});
    EXPECT_EQ(
        request_in("<setAttachedData><itemId>7</itemId><attachedData>&lt;ItemAttachedData>&lt;A>x &amp;amp; y"
                   "&lt;/A>&lt;/ItemAttachedData></attachedData></setAttachedData>"),
        expected);
    EXPECT_EQ(
        request_in(
            "<setAttachedData><itemId>7</itemId><attachedData><![CDATA[<ItemAttachedData><A>x &amp; y</A>"
            "</ItemAttachedData>]]></attachedData></setAttachedData>"),
        expected);
    EXPECT_EQ(
        request_in("<setAttachedData><itemId>7</itemId><attachedData>\n <ItemAttachedData><A>x &amp; y</A>"
                   "</ItemAttachedData>\n</attachedData></setAttachedData>"),
        expected);
}

TEST(Tolerance, ReadsDeflectAsReject) {
    EXPECT_EQ(request_in("<n:deflect><itemId>7</itemId></n:deflect>"), Request(request::Reject{"7"}));
}

TEST(Tolerance, KeepsTheNameOfASynonym) {  // R-DEC-60
    const RequestMessage deflect{{"M", "EN"}, request::Reject{"7"}, "deflect"};
    const auto read = read_request(write_request(deflect));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, deflect);
    EXPECT_THAT(write_reply(Operation::reject, "", "deflect"),
                ::testing::HasSubstr("<n:deflectResponse xmlns:n=\"urn:IciItemInterface\">"));
}

TEST(Tolerance, TakesAReplyOfAnyName) {
    EXPECT_EQ(read_reply(Operation::accept, soap::envelope("<x><result>ok</result></x>")),
              Answer(Reply("ok")));
    EXPECT_EQ(read_reply(Operation::accept, soap::envelope("<acceptResponse/>")), Answer(Reply("")));
}

TEST(Tolerance, TakesNestedAttachedDataInAReply) {
    EXPECT_EQ(
        read_reply(Operation::get_attached_data, soap::envelope("<r><response><A>1</A></response></r>")),
        Answer(Reply("<A>1</A>")));
}

// R-DEC-58
TEST(Tolerance, UnderstandsUserAndLanguage) {
    const auto message = read_request(soap::envelope(
        "<accept/>",
        "<user SOAP-ENV:mustUnderstand='1'>U</user><language SOAP-ENV:mustUnderstand='1'>EN</language>"));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->header, (Header{"U", "EN"}));
}

// R-DEC-44: a missing header user is for the server to answer, not for the reader.
TEST(Tolerance, TakesAMissingHeader) {
    const auto message = read_request(soap::envelope("<accept/>"));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->header, Header{});
}

struct BooleanCase {
    std::string_view text;
    bool value;
};

class Boolean : public testing::TestWithParam<BooleanCase> {};

TEST_P(Boolean, IsRead) {
    const auto answer = read_reply(Operation::get_workcenter_capability,
                                   soap::envelope(std::string("<r><response><freeSeating>")
                                                      .append(GetParam().text)
                                                      .append("</freeSeating></response></r>")));
    EXPECT_EQ(answer, Answer(Reply(WorkcenterCapability{GetParam().value, {}})));
}

INSTANTIATE_TEST_SUITE_P(Cases, Boolean,
                         testing::Values(BooleanCase{"true", true}, BooleanCase{"1", true},
                                         BooleanCase{"X", true}, BooleanCase{" true\n", true},
                                         BooleanCase{"false", false}, BooleanCase{"0", false},
                                         BooleanCase{"", false}, BooleanCase{" ", false}));

TEST(Tolerance, EndsAtValuesOfAnotherKind) {
    const auto flag =
        read_reply(Operation::get_workcenter_capability,
                   soap::envelope("<r><response><freeSeating>yes</freeSeating></response></r>"));
    EXPECT_EQ(flag, Answer(soap::Error{soap::Problem::bad_value, "Element freeSeating is not a boolean"}));
    for (auto text : {"1,5", "abc", "nan", "inf", "1e999"}) {
        const auto message = read_request(soap::envelope(std::string("<subscribeMonitor><timePeriod>")
                                                             .append(text)
                                                             .append("</timePeriod></subscribeMonitor>")));
        ASSERT_FALSE(message) << text;
        EXPECT_EQ(message.error().fault.text, "Element timePeriod is not a number");
    }
}

TEST(Tolerance, ReadsNumbersWithBlanksAndNone) {
    request::SubscribeMonitor monitor;
    monitor.time_period = 2.5;
    EXPECT_EQ(request_in("<subscribeMonitor><timePeriod> 2.5 </timePeriod></subscribeMonitor>"),
              Request(monitor));
    EXPECT_EQ(request_in("<subscribeMonitor><timePeriod/></subscribeMonitor>"),
              Request(request::SubscribeMonitor{}));
}

// R-LOGIN-12: never echo or log a password
TEST(Tolerance, HidesTheWorkcenterString) {
    const auto request = request_in("<subscribe><workcenterId>5001;secret;4711</workcenterId></subscribe>");
    std::ostringstream printed;
    printed << std::get<request::Subscribe>(request).workcenter_id;
    EXPECT_EQ(printed.str(), "***");
}

}  // namespace
}  // namespace cticonnector::ici
