// R-DEC-6, R-DEC-49: what the contact center's numbers mean, and that both stand in the text.
#include "failures.hpp"

#include <gmock/gmock.h>

namespace cticonnector::routing {
namespace {

using engine::Failure;
using ::testing::HasSubstr;

TEST(Failures, OfLoginsAreTold_R_DEC_49) {
    const struct {
        std::uint32_t number;
        Failure failure;
    } cases[] = {{256, Failure::unknown_agent},     {257, Failure::wrong_password},
                 {258, Failure::wrong_password},    {260, Failure::invalid_device},
                 {10004, Failure::invalid_device},  {259, Failure::already_logged_on},
                 {283, Failure::already_logged_on}, {10102, Failure::already_logged_on},
                 {10108, Failure::other},           {77777, Failure::other}};
    for (const auto& c : cases) {
        EXPECT_EQ(control_failure(0, c.number).failure, c.failure) << c.number;
        EXPECT_EQ(control_failure(c.number, 0).failure, c.failure) << c.number;
    }
}

TEST(Failures, CarryBothNumbersAndTheirNames_R_DEC_49) {
    const Refused refused = control_failure(257, 10108);
    EXPECT_EQ(refused.failure, Failure::wrong_password);
    EXPECT_EQ(refused.text,
              "failure code CF_INVALID_PASSWORD_SPECIFIED (257), peripheral error "
              "PERERR_TELDRIVE_BADSTATETRANSITION (10108)");
    EXPECT_THAT(control_failure(9999, 88888).text, HasSubstr("failure code 9999, peripheral error 88888"));
}

TEST(Failures, OfTheSessionHaveTwoLayouts) {
    EXPECT_EQ(session_failure({.status = 36}).failure, Failure::wrong_password);
    EXPECT_EQ(session_failure({.status = 36}).text, "status E_CTI_INVALID_PASSWORD (36)");
    const Refused wide = session_failure({.failure_code = 259, .peripheral_error_code = 10102});
    EXPECT_EQ(wide.failure, Failure::already_logged_on);
    EXPECT_THAT(wide.text, HasSubstr("(259)"));
}

TEST(Failures, OfAgentReporting_R_DEC_25_27_48) {
    const struct {
        std::uint32_t status;
        Failure failure;
    } cases[] = {{0, Failure::none},          {1, Failure::already_in_medium},
                 {2, Failure::unknown_agent}, {14, Failure::task_on_its_way},
                 {18, Failure::task_unknown}, {19, Failure::task_unknown},
                 {21, Failure::task_unknown}, {22, Failure::task_unknown},
                 {27, Failure::other},        {30, Failure::other},
                 {99, Failure::other}};
    for (const auto& c : cases) EXPECT_EQ(arm_failure(c.status).failure, c.failure) << c.status;
    EXPECT_EQ(arm_failure(18).text, "ARM status E_ARM_STAT_TASK_OBJECT_NOT_FOUND (18)");
    EXPECT_EQ(arm_failure(0).text, "");
}

// R-DEC-87: the usual cause of that number is the configuration.
TEST(Failures, NameTheKeysOfALogInThatThePathDoesNotAllow_R_DEC_87) {
    EXPECT_EQ(arm_failure(27).text,
              "ARM status E_ARM_STAT_LOGIN_NOT_ALLOWED_FOR_APP_PATH (27); look at [CTI] PeripheralID and "
              "ApplicationPathID");
}

}  // namespace
}  // namespace cticonnector::routing
