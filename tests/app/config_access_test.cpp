// R-DEC-50, R-DEC-67: what of the file is to say who may do something is never read as "everybody may".
#include <gmock/gmock.h>

#include <ostream>

#include "app/config_fixture.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const net::Network nobody;
const auto ten = net::network_from("10.0.0.1").value();

std::string addresses(int count) {
    std::string text;
    for (int n = 0; n < count; ++n) text += (n == 0 ? "10.20.30." : ", 10.20.30.") + std::to_string(100 + n);
    return text;
}

struct LostLine {
    std::string what, text;
};
std::ostream& operator<<(std::ostream& out, const LostLine& shown) { return out << shown.what; }
class ALineThatIsNotUsed : public ::testing::TestWithParam<LostLine> {};

// Nobody may when nothing legal is left, what is legal stays, and the finding says so (R-DEC-50, R-DEC-67).
TEST_P(ALineThatIsNotUsed, LeavesTheListClosed_R_DEC_50_R_DEC_67) {
    const auto [closed, findings] = load(GetParam().text);
    EXPECT_THAT(closed.crm.allowed_peers, ElementsAre(nobody));
    EXPECT_THAT(closed.crm.allowed_event_hosts, IsEmpty()) << "nothing was said about these";
    EXPECT_THAT(lines(findings),
                Contains(AllOf(HasSubstr("error: [ICI] AllowedPeers"), HasSubstr("nobody is allowed"))));
    const auto [rest, more] = load("[ICI]\nAllowedPeers(0)=10.0.0.1\n" + GetParam().text);
    EXPECT_THAT(rest.crm.allowed_peers, Contains(ten));
    EXPECT_THAT(more, Not(IsEmpty()));
    EXPECT_THAT(lines(more),
                Not(Contains(AllOf(HasSubstr("[ICI] AllowedPeers"), HasSubstr("nobody is allowed")))));
}

INSTANTIATE_TEST_SUITE_P(
    All, ALineThatIsNotUsed,
    ::testing::Values(
        LostLine{"too_long", "[ICI]\nAllowedPeers=" + addresses(20) + "\n"},
        LostLine{"indexes_from_1", "[ICI]\nAllowedPeers(1)=10.0.0.8\nAllowedPeers(3)=10.0.0.9\n"},
        LostLine{"no_index", "[ICI]\nAllowedPeers(x)=10.0.0.9\n"},
        LostLine{"brackets", "[ICI]\nAllowedPeers[0]=10.0.0.9\n"},
        LostLine{"zero_byte", std::string{"[ICI]\nAllowedPeers=10.0.0.9\0\n", 29}},
        LostLine{"zero_byte_in_the_name", std::string{"[ICI]\nAllowed\0Peers=10.0.0.9\n", 29}},
        LostLine{"comment", "[ICI]\nAllowedPeers= ;10.0.0.9\n"},
        LostLine{"comment_in_the_name", "[ICI]\nAllowedPeers ;=10.0.0.9\n"},
        LostLine{"no_separator", "[ICI]\nAllowedPeers 10.0.0.9\n"},
        LostLine{"misspelt", "[ICI]\nAllowedPeer=10.0.0.9\n"},
        LostLine{"empty_line_first", "[ICI]\nAllowedPeers=\nAllowedPeers=10.0.0.9\n"},
        LostLine{"unknown_section", "[ICl]\nAllowedPeers=10.0.0.9\n"},
        LostLine{"section_without_end", "[ICI\nAllowedPeers=10.0.0.9\n"},
        LostLine{"section_with_zero_byte", std::string{"[LOGGER]\n[ICI]\0\nAllowedPeers=10.0.0.9\n", 39}},
        LostLine{"other_section", "[CTI]\nAllowedPeers=10.0.0.9\n"}),
    [](const auto& one) { return one.param.what; });

TEST(ConfigAccess, EveryListOfWhoMayIsClosedByALostLine_R_DEC_67) {
    const auto closed = load("[ICI]\nAllowedEventHosts= ;sap\n[MRI]\nAllowedPeers(1)=10.0.0.1\n").config;
    EXPECT_THAT(closed.crm.allowed_event_hosts, ElementsAre(""));
    EXPECT_THAT(closed.routing.mr_peers, ElementsAre(nobody));
    EXPECT_THAT(closed.crm.allowed_peers, IsEmpty());
}

// No user of basic authentication has a colon (RFC 7617), so nobody is the one who is asked for.
TEST(ConfigAccess, ALostUserOrPasswordLetsNobodyIn_R_DEC_67) {
    for (const std::string& lost :
         {"RequestPassword=" + std::string(200, 'x'), std::string{"RequestPassword= ;secret"},
          "RequestUser=" + std::string(200, 'x'), std::string{"RequestUsr=sap"}}) {
        const bool user = lost.starts_with("RequestUs");
        const auto [config, findings] = load(
            "[ICI]\n" + std::string{user ? "RequestPassword=y" : "RequestUser=sap"} + "\n" + lost + "\n");
        EXPECT_EQ(config.crm.request_user, ":") << lost;
        EXPECT_THAT(lines(findings), Contains(HasSubstr("nobody is allowed"))) << lost;
        EXPECT_THAT(lines(findings), Not(Contains(HasSubstr("secret"))));
    }
    EXPECT_EQ(load("[ICI]\nRequestUser= ;sap\nRequestPassword= ;secret\n").config.crm.request_user, ":");
}

TEST(ConfigAccess, AListWithoutAnEntryIsTold_R_DEC_67) {
    const auto [config, findings] = load("[ICI]\nAllowedPeers=,\n[MRI]\nAllowedPeers= , ,\n");
    EXPECT_THAT(config.crm.allowed_peers, ElementsAre(nobody));
    EXPECT_THAT(config.routing.mr_peers, ElementsAre(nobody));
    EXPECT_THAT(lines(findings),
                ElementsAre("etc/cticonnector.ini:2: error: [ICI] AllowedPeers=,: has no entry, so nobody is "
                            "allowed (R-ALLOC-5)",
                            HasSubstr(":4: error: [MRI] AllowedPeers=, ,: has no entry")));
}

TEST(ConfigAccess, AListGivenInBothWaysIsTheFirst_R_DEC_50) {
    const auto [config, findings] = load("[ICI]\nAllowedPeers=10.0.0.1\nAllowedPeers(0)=10.0.0.2\n");
    EXPECT_THAT(config.crm.allowed_peers, ElementsAre(ten));
    EXPECT_THAT(lines(findings),
                ElementsAre("etc/cticonnector.ini:3: error: [ICI] AllowedPeers(0): stands in line 2 already, "
                            "that one is used (R-DEC-50)"));
}

TEST(ConfigAccess, ListsHoldAddressesAndNetworks_R_DEC_80) {
    const auto [config, findings] = load(
        "[ICI]\nAllowedPeers=10.0.0.1, 10.1.0.0/16, 2001:db8::/32\nAllowedEventHosts=sap,10.2.0.0/24\n"
        "[MRI]\nAllowedPeers(0)=192.0.2.0/28\n");
    EXPECT_THAT(config.crm.allowed_peers,
                ElementsAre(ten, *net::network_from("10.1.0.0/16"), *net::network_from("2001:db8::/32")));
    EXPECT_THAT(config.routing.mr_peers, ElementsAre(*net::network_from("192.0.2.0/28")));
    EXPECT_THAT(config.crm.allowed_event_hosts, ElementsAre("sap", "10.2.0.0/24"));
    EXPECT_THAT(lines(findings), Not(Contains(HasSubstr("Allowed"))));
}

struct NoNetwork {
    std::string value, why, nearest;
};
std::ostream& operator<<(std::ostream& out, const NoNetwork& shown) { return out << shown.value; }
class AnEntryThatIsNoNetwork : public ::testing::TestWithParam<NoNetwork> {};

// It is left out, and what is left is what may; alone it allows nobody.
TEST_P(AnEntryThatIsNoNetwork, NeverWidensTheList_R_DEC_80) {
    const auto& [value, why, nearest] = GetParam();
    const auto [alone, findings] = load("[ICI]\nAllowedPeers=" + value + "\n");
    EXPECT_THAT(alone.crm.allowed_peers, ElementsAre(nobody));
    EXPECT_THAT(lines(findings), ElementsAre(AllOf(HasSubstr(":2: error: [ICI] AllowedPeers"), HasSubstr(why),
                                                   HasSubstr("nobody is allowed"))));
    EXPECT_EQ(findings.at(0).nearest, nearest);
    EXPECT_THAT(load("[ICI]\nAllowedPeers=10.0.0.1," + value + "\n").config.crm.allowed_peers,
                ElementsAre(ten));
}

TEST_P(AnEntryThatIsNoNetwork, NeverWidensTheListOfEventHosts_R_DEC_80) {
    const auto& [value, why, nearest] = GetParam();
    const auto [alone, findings] = load("[ICI]\nAllowedEventHosts=" + value + "\n");
    EXPECT_THAT(alone.crm.allowed_event_hosts, ElementsAre(""));
    EXPECT_THAT(lines(findings), ElementsAre(AllOf(HasSubstr(why), HasSubstr("nobody is allowed"))));
    EXPECT_EQ(findings.at(0).nearest, nearest);
}

INSTANTIATE_TEST_SUITE_P(
    All, AnEntryThatIsNoNetwork,
    ::testing::Values(NoNetwork{"10.0.0.5/24", "has bits beyond its prefix", "10.0.0.0/24"},
                      NoNetwork{"2001:db8::5/64", "has bits beyond its prefix", "2001:db8::/64"},
                      NoNetwork{"10.0.0.0/33", "not an IP address or network", ""},
                      NoNetwork{"10.0.0.0/", "not an IP address or network", ""},
                      NoNetwork{"10.0.0.0/255.255.255.0", "has a netmask", "10.0.0.0/24"},
                      NoNetwork{"10.0.0.7/255.255.0.0", "has a netmask", "10.0.0.0/16"},
                      NoNetwork{"10.0.0.0/255.0.255.0", "not an IP address or network", ""},
                      NoNetwork{"10.0.*.*", "has a *", "10.0.0.0/16"},
                      NoNetwork{"10.0.0.*", "has a *", "10.0.0.0/24"}));

TEST(ConfigAccess, PeersAreNotNames_R_DEC_80) {
    EXPECT_THAT(lines(load("[MRI]\nAllowedPeers=pg1.example, '10.0.0.0/24'\n").findings),
                Contains(AllOf(HasSubstr("pg1.example: not an IP address or network, the entry is left out"),
                               HasSubstr("nearest: 10.0.0.0/24;"))));
}

// R-DEC-80: nobody has the unspecified address; who writes it, or a *, means all that there are.
TEST(ConfigAccess, APeerThatMeansEverybodyIsWrittenAsSuch_R_DEC_80) {
    const auto told = [](const std::string& value) {
        const auto [config, findings] = load("[MRI]\nAllowedPeers=" + value + "\n");
        EXPECT_THAT(config.routing.mr_peers, ElementsAre(nobody));
        return lines(findings).at(0);
    };
    const std::string line = "etc/cticonnector.ini:2: error: [MRI] AllowedPeers=";
    const std::string left_out = ", the entry is left out; none is left, so nobody is allowed (nearest: ";
    for (const std::string star : {"*", "'*'"})
        EXPECT_EQ(told(star),
                  line + star + ": not an IP address or network" + left_out + "0.0.0.0/0,::/0; R-ALLOC-5)");
    EXPECT_EQ(told("0.0.0.0"), line + "0.0.0.0: is nobody's address" + left_out + "0.0.0.0/0; R-ALLOC-5)");
    EXPECT_EQ(told("::"), line + "::: is nobody's address" + left_out + "::/0; R-ALLOC-5)");
    EXPECT_THAT(told("'::'"), HasSubstr("(nearest: ::/0; "));
}

TEST(ConfigAccess, NoEventGoesToTheAddressOfNobody_R_DEC_80) {
    for (const std::string value : {"0.0.0.0", "::", "0.0.0.0:8000", "[::]:8000"}) {
        const auto [config, findings] = load("[ICI]\nAllowedEventHosts=" + value + "\n");
        EXPECT_THAT(config.crm.allowed_event_hosts, ElementsAre("")) << value;
        EXPECT_THAT(lines(findings),
                    ElementsAre(AllOf(HasSubstr("is nobody's address"), HasSubstr("the entry is left out"),
                                      HasSubstr("nobody is allowed"))));
        EXPECT_EQ(findings.at(0).nearest, value.find('.') == std::string::npos ? "::/0" : "0.0.0.0/0");
    }
    const std::string named = "10.0.0.1,::1,[2001:db8::1]:8000,10.0.0.2:8000";
    EXPECT_THAT(load("[ICI]\nAllowedEventHosts=" + named + "\n").config.crm.allowed_event_hosts,
                ElementsAre("10.0.0.1", "::1", "[2001:db8::1]:8000", "10.0.0.2:8000"));
}

TEST(ConfigAccess, EmptyAndOtherKeysLeaveTheListsOpen) {
    const auto [config, findings] =
        load("[ICI]\nAllowedPeers=\nAllowedEventHosts=\"\"\n# AllowedPeers(1)=10.0.0.1\nEventUrlMap= ;x\n");
    EXPECT_THAT(config.crm.allowed_peers, IsEmpty());
    EXPECT_THAT(config.crm.allowed_event_hosts, IsEmpty());
    EXPECT_THAT(lines(findings), ElementsAre(HasSubstr(":5: error: [ICI] EventUrlMap")));
}

}  // namespace
}  // namespace cticonnector::app::testing
