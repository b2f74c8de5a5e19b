#include "cticonnector/protocol/soap/error.hpp"

#include <gtest/gtest.h>

namespace cticonnector::soap {
namespace {

// R-DEC-44
TEST(Error, IsAnsweredByItsHttpStatus) {
    EXPECT_EQ(http_status(Problem::unknown_encoding), 415);  // R-DEC-70
    EXPECT_EQ(http_status(Problem::bad_text), 400);
    EXPECT_EQ(http_status(Problem::not_xml), 400);
    EXPECT_EQ(http_status(Problem::doctype), 400);
    EXPECT_EQ(http_status(Problem::no_envelope), 400);
    EXPECT_EQ(http_status(Problem::no_body), 400);
    EXPECT_EQ(http_status(Problem::too_deep), 400);
    EXPECT_EQ(http_status(Problem::no_operation), 500);
    EXPECT_EQ(http_status(Problem::several_operations), 500);
    EXPECT_EQ(http_status(Problem::too_large), 500);
    EXPECT_EQ(http_status(Problem::bad_reference), 500);
    EXPECT_EQ(http_status(Problem::bad_value), 500);
    EXPECT_EQ(http_status(Problem::must_understand), 500);
}

TEST(Error, NamesTheFaultCode) {
    EXPECT_EQ(fault_code(Problem::not_xml), FaultCode::client);
    EXPECT_EQ(fault_code(Problem::must_understand), FaultCode::must_understand);
}

TEST(FaultCode, IsReadWithAnyPrefixAndDetail) {
    for (auto code :
         {FaultCode::client, FaultCode::server, FaultCode::must_understand, FaultCode::version_mismatch})
        EXPECT_EQ(fault_code_from("SOAP-ENV:" + std::string(fault_code_name(code))), code);
    EXPECT_EQ(fault_code_from(" Client.Authentication\n"), FaultCode::client);
    EXPECT_EQ(fault_code_from("soap:Sender"), FaultCode::server);
    EXPECT_EQ(fault_code_from(""), FaultCode::server);
}

}  // namespace
}  // namespace cticonnector::soap
