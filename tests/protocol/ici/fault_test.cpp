#include "cticonnector/protocol/ici/fault.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cticonnector/protocol/ici/codec.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "protocol/soap/envelopes.hpp"

namespace cticonnector::ici {
namespace {

TEST(Fault, IsReadAsItWasWritten) {
    for (const auto& row : names::codes<ErrorId>) {
        const auto fault = make_fault(row.code, "Zustand <ung\xC3\xBCltig> & mehr");
        EXPECT_EQ(read_reply(Operation::accept, write_fault(fault)), Answer(fault)) << row.id;
        EXPECT_EQ(read_event_reply(write_fault(fault)), Answer(fault)) << row.id;
    }
}

TEST(Fault, SaysWhoseErrorItIs) {
    EXPECT_EQ(make_fault(ErrorId::unknown_item).code, soap::FaultCode::client);
    EXPECT_EQ(make_fault(ErrorId::unavailable).code, soap::FaultCode::server);
    EXPECT_EQ(make_fault(ErrorId::internal).code, soap::FaultCode::server);
}

TEST(Fault, HasAnEnglishTextOfItsOwnForEachError) {
    std::set<std::string> texts;
    for (const auto& row : names::codes<ErrorId>) {
        const auto fault = make_fault(row.code);
        EXPECT_TRUE(texts.insert(fault.text).second) << row.id;
        EXPECT_EQ(fault.exception, (Exception{row.code, fault.text}));
    }
}

TEST(Fault, DescribesInAnyLanguageNextToTheEnglishText) {
    const auto fault = make_fault(ErrorId::unknown_item, "Vorgang unbekannt");
    EXPECT_EQ(fault.text, "Item is not known");
    EXPECT_EQ(fault.exception->description, "Vorgang unbekannt");
}

TEST(Fault, OfAHeaderHasNoDetail) {
    const auto fault =
        make_fault(soap::Error{soap::Problem::must_understand, "Header entry x is not understood"});
    EXPECT_EQ(fault,
              (Fault{soap::FaultCode::must_understand, "Header entry x is not understood", std::nullopt}));
    EXPECT_EQ(read_reply(Operation::accept, write_fault(fault)), Answer(fault));
}

TEST(Fault, WithAnErrorIdOfAnotherKindIsInternal) {
    const auto answer = read_event_reply(
        soap::envelope("<Fault><faultcode>Server</faultcode><detail><CX_ICI><errorId>NEW_ONE</errorId>"
                       "<description>text</description></CX_ICI></detail></Fault>"));
    EXPECT_EQ(answer, Answer(Fault{soap::FaultCode::server, "", Exception{ErrorId::internal, "text"}}));
}

TEST(Fault, WithoutDetailIsAFaultToo) {
    EXPECT_EQ(read_event_reply(soap::envelope("<s:Fault><faultstring>no</faultstring></s:Fault>")),
              Answer(Fault{soap::FaultCode::server, "no", std::nullopt}));
}

TEST(Answer, ThatIsNoSoapIsAnError) {
    const auto answer = read_event_reply("<html><body>502 Bad Gateway</body></html>");
    ASSERT_TRUE(std::holds_alternative<soap::Error>(answer));
    EXPECT_EQ(std::get<soap::Error>(answer).problem, soap::Problem::no_envelope);
}

struct RefusalCase {
    std::string_view name;
    std::string text;
    int status;
    soap::FaultCode code;
};

class RefusedRequest : public testing::TestWithParam<RefusalCase> {};

// R-DEC-44
TEST_P(RefusedRequest, HasItsStatusAndFault) {
    const auto message = read_request(GetParam().text);
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().http_status, GetParam().status);
    EXPECT_EQ(message.error().fault.code, GetParam().code);
    EXPECT_FALSE(message.error().fault.text.empty());
    EXPECT_FALSE(read_event(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, RefusedRequest,
    testing::Values(
        RefusalCase{"NoXml", "hello", 400, soap::FaultCode::client},
        RefusalCase{"Doctype", "<!DOCTYPE a [<!ENTITY x \"y\">]><Envelope><Body><accept/></Body></Envelope>",
                    400, soap::FaultCode::client},
        RefusalCase{"NoEnvelope", "<accept/>", 400, soap::FaultCode::client},
        RefusalCase{"MustUnderstand", soap::envelope("<accept/>", "<x SOAP-ENV:mustUnderstand='1'/>"), 500,
                    soap::FaultCode::must_understand},
        RefusalCase{"TwoOperations", soap::envelope("<accept/><reject/>"), 500, soap::FaultCode::client},
        RefusalCase{"UnknownOperation", soap::envelope("<fly/>"), 500, soap::FaultCode::client},
        RefusalCase{"DanglingReference",
                    soap::envelope("<subscriptionEnded><appIds href='#1'/></subscriptionEnded>"), 500,
                    soap::FaultCode::client}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(RefusedRequest, NamesTheUnknownOperationAndKeepsTheHeader) {
    const auto message = read_request(soap::envelope("<n:fly/>", "<user>U</user><language>DE</language>"));
    ASSERT_FALSE(message);
    EXPECT_EQ(message.error().fault.exception,
              (Exception{ErrorId::not_supported, "Operation fly is not known"}));
    EXPECT_EQ(message.error().header, (Header{"U", "DE"}));
}

TEST(RefusedEvent, NamesTheUnknownEvent) {
    const auto event = read_event(soap::envelope("<weatherChanged/>"));
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().fault.exception,
              (Exception{ErrorId::not_supported, "Event weatherChanged is not known"}));
}

}  // namespace
}  // namespace cticonnector::ici
