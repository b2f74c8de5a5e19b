// R-DEC-13: values that are legal and hardly meant.
#include <gmock/gmock.h>

#include <ostream>

#include "app/config_fixture.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Doubtful {
    std::string section, key, value, why, nearest;
};
std::ostream& operator<<(std::ostream& out, const Doubtful& shown) {
    return out << shown.section << ' ' << shown.key << '=' << shown.value;
}
class ADoubtfulValue : public ::testing::TestWithParam<Doubtful> {};

TEST_P(ADoubtfulValue, IsAWarningAndUsed_R_DEC_13) {
    const auto& [section, key, value, why, nearest] = GetParam();
    const std::string line = "[" + section + "]\n" + key + "=";
    EXPECT_THAT(load(line + value + "\n").findings,
                ElementsAre(AllOf(Field(&Finding::level, Level::warning), Field(&Finding::line, 2),
                                  Field(&Finding::key, key), Field(&Finding::value, value),
                                  Field(&Finding::text, HasSubstr(why)), Field(&Finding::nearest, nearest))));
    EXPECT_THAT(lines(load(line + nearest + "\n").findings), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, ADoubtfulValue,
    ::testing::Values(
        Doubtful{"CONFIG", "AppHttpSessionBudget", "1",
                 "the communication session takes it: every offer is refused with A0", "2"},
        Doubtful{"CONFIG", "AgentShadowLogin", "1", "is as 0, no shadow login; 2 = an agent may ask for one",
                 "0"},
        Doubtful{"CONFIG", "RouteTryCount", "0",
                 "an item is parked at its first REJECT, RESTART or ROUTE_ERROR, until an operator sends it "
                 "again",
                 "10"},
        Doubtful{"CONFIG", "RouteRonaTryCount", "0", "an item is parked at the first offer that nobody",
                 "10"},
        Doubtful{"CONFIG", "MediaMailRonaTimeout", "1", "an agent has hardly time to answer", "25"},
        Doubtful{"CONFIG", "MediaChatRonaTimeout", "4", "an agent has hardly time to answer", "25"},
        Doubtful{"CTI", "LostGraceSeconds", "0", "every loss of the link, however short, logs all agents off",
                 "120"},
        Doubtful{"ICI", "SubscriptionLostGraceSeconds", "0", "logs the agent off at once", "30"},
        Doubtful{"CTI", "HeartbeatIntervalSeconds", "61",
                 "a dead link is noticed after three to four times as long", "5"},
        Doubtful{"CTI", "HeartbeatIntervalSeconds", "600", "a dead link is noticed", "5"},
        Doubtful{"ICI", "EventTimeoutMs", "10", "are milliseconds, of which so few are hardly meant",
                 "10000"},
        Doubtful{"ICI", "ConnectTimeoutMs", "3", "are milliseconds", "3000"},
        Doubtful{"ICI", "RequestReadTimeoutMs", "99", "are milliseconds", "99000"},
        Doubtful{"CONFIG", "RouteRejectDelayMs", "1", "are milliseconds", "1000"},
        Doubtful{"CONFIG", "TpiNotReadyReasonCodeOffset", "0", "are shown as plain not ready", "1000"},
        Doubtful{"CONFIG", "CtiRequiredNotReadyReasonCodeDefaultValue", "1001",
                 "is a work mode: the reason is 1, the work mode less TpiNotReadyReasonCodeOffset (1000)",
                 "1"},
        Doubtful{"CONFIG", "AppRejectNotReadyReason", "1999", "is a work mode: the reason is 999", "999"}));

TEST(ConfigDoubts, ValuesThatMayBeMeantAreNoFinding_R_DEC_13) {
    for (const std::string text :
         {"[CONFIG]\nAppHttpSessionBudget=2\nAgentShadowLogin=2\nRouteTryCount=1\nMediaMailRonaTimeout=5\n"
          "MediaChatRonaTimeout=0\nRouteRejectDelayMs=0\nAppRejectNotReadyReason=999\n",
          "[CONFIG]\nRouteRejectDelayMs=100\nCtiRequiredNotReadyReasonCodeDefaultValue=2000\n",
          "[CONFIG]\nTpiNotReadyReasonCodeOffset=5000\nAppRejectNotReadyReason=1001\n",
          "[CTI]\nLostGraceSeconds=1\nHeartbeatIntervalSeconds=60\n[ICI]\nSubscriptionLostGraceSeconds=1\n"})
        EXPECT_THAT(lines(load(text).findings), IsEmpty()) << text;
}

TEST(ConfigDoubts, AMappedHostThatIsNotAllowedIsAWarning_R_DEC_58) {
    const auto told = [](const std::string& map, const std::string& hosts) {
        return lines(load("[ICI]\nEventUrlMap=" + map + "\nAllowedEventHosts=" + hosts + "\n").findings);
    };
    const std::string map = "https://sap.example/=http://gw.example:8080/";
    EXPECT_THAT(told(map, "gw.example"),
                ElementsAre("etc/cticonnector.ini:3: warning: [ICI] AllowedEventHosts=gw.example: does not "
                            "name sap.example:443, which EventUrlMap leads elsewhere: an appUrl is held "
                            "against the list as it comes, so there is no log-on with this one (R-DEC-58)"));
    EXPECT_THAT(told(map, "10.0.0.0/8"), ElementsAre(HasSubstr("does not name sap.example:443,")));
    EXPECT_THAT(told("https://sap.example/=http://gw/,http://b:8000/x=http://gw/", "gw"),
                ElementsAre(HasSubstr("does not name sap.example:443 and b:8000, which")));
    EXPECT_THAT(told("http://10.1.0.1/=http://gw/", "10.2.0.0/16"),
                ElementsAre(HasSubstr("does not name 10.1.0.1:80,")));
    for (const std::string allowed : {"SAP.example", "gw.example, sap.example"})
        EXPECT_THAT(told(map, allowed), Each(Not(HasSubstr("does not name sap")))) << allowed;
    EXPECT_THAT(told(map, "sap.example:443"), ElementsAre(HasSubstr("allows this port only")));
    EXPECT_THAT(told(map, "sap.example:80"), Contains(HasSubstr("does not name sap.example:443")));
    EXPECT_THAT(told("http://10.1.0.1/=http://gw/", "10.1.0.0/16"), IsEmpty());
    EXPECT_THAT(told("http://[2001:db8::1]/=http://gw/", "2001:DB8:0::1"), IsEmpty());
    EXPECT_THAT(told(map, "a..b"), ElementsAre(HasSubstr("nobody is allowed")));
    EXPECT_THAT(told(map, ""), IsEmpty());
}

struct Variable {
    std::string name, nearest;
};
std::ostream& operator<<(std::ostream& out, const Variable& shown) { return out << shown.name; }
class AVariableOfNoKind : public ::testing::TestWithParam<Variable> {};

TEST_P(AVariableOfNoKind, IsAWarning_R_DATA_2) {
    const auto& [name, nearest] = GetParam();
    const auto findings = load("[CONFIG]\n" + name + "=1\n").findings;
    EXPECT_THAT(findings,
                ElementsAre(AllOf(Field(&Finding::level, Level::warning), Field(&Finding::key, name),
                                  Field(&Finding::text, HasSubstr("variables are called user.NAME")),
                                  Field(&Finding::nearest, nearest), Field(&Finding::rule, "R-DATA-2"))));
    EXPECT_THAT(load("[CONFIG]\n" + name + "=0\n").findings, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(All, AVariableOfNoKind,
                         ::testing::Values(Variable{"ECC.account", "ECC.user.account"},
                                           Variable{"ECC.useraccount", "ECC.user.account"},
                                           Variable{"ECCA.User.List", "ECCA.user.List"},
                                           Variable{"ECC.user_x", "ECC.user.x"}, Variable{"ECC.user.", ""},
                                           Variable{"ECC." + std::string(30, 'x'), ""}));

TEST(ConfigDoubts, VariablesOfTheContactCenterAreNoFinding_R_DATA_2) {
    EXPECT_THAT(lines(load("[CONFIG]\nECC.user.account=1\nECCA.user.list=\nECC.BACampaign=1\n").findings),
                IsEmpty());
}

}  // namespace
}  // namespace cticonnector::app::testing
