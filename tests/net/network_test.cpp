// R-DEC-80: who may talk, as addresses and networks.
#include "cticonnector/net/network.hpp"

#include <gmock/gmock.h>

namespace cticonnector::net {
namespace {

boost::asio::ip::address address(const std::string& text) { return boost::asio::ip::make_address(text); }

bool in(const std::string& network, const std::string& peer) {
    const auto read = network_from(network);
    EXPECT_TRUE(read) << network;
    return read && read->contains(unmapped(address(peer)));
}

TEST(Network, HoldsWhatSharesItsPrefix_R_DEC_80) {
    EXPECT_TRUE(in("10.0.0.0/24", "10.0.0.0"));
    EXPECT_TRUE(in("10.0.0.0/24", "10.0.0.255"));
    EXPECT_FALSE(in("10.0.0.0/24", "10.0.1.0"));
    EXPECT_TRUE(in("10.0.0.128/25", "10.0.0.200"));
    EXPECT_FALSE(in("10.0.0.128/25", "10.0.0.127"));
    EXPECT_TRUE(in("0.0.0.0/0", "192.0.2.1"));
    EXPECT_FALSE(in("0.0.0.0/0", "2001:db8::1")) << "all of IPv4 is nothing of IPv6";
    EXPECT_TRUE(in("2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(in("2001:db8::/33", "2001:db8:8000::1"));
    EXPECT_TRUE(in("2001:db8::7/128", "2001:db8::7"));
    EXPECT_FALSE(in("2001:db8::7/128", "2001:db8::6"));
}

TEST(Network, ASingleAddressIsItselfOnly_R_DEC_80) {
    EXPECT_TRUE(in("10.0.0.1", "10.0.0.1"));
    EXPECT_FALSE(in("10.0.0.1", "10.0.0.2"));
    EXPECT_TRUE(in("fe80::1", "fe80::1%3")) << "without a zone it is meant in every one";
    EXPECT_FALSE(in("fe80::1%2", "fe80::1%3"));
}

TEST(Network, AMappedAddressIsTheIpv4One_R_DEC_80) {
    EXPECT_TRUE(in("10.0.0.0/24", "::ffff:10.0.0.9"));
    EXPECT_TRUE(in("::ffff:10.0.0.9", "10.0.0.9"));
    EXPECT_TRUE(in("::ffff:10.0.0.0/120", "10.0.0.9"));
    EXPECT_EQ(to_string(*network_from("::ffff:10.0.0.0/120")), "10.0.0.0/24");
    EXPECT_FALSE(network_from("::ffff:10.0.0.0/24")) << "would be more than all of IPv4";
}

TEST(Network, OtherTextsAreNone_R_DEC_80) {
    for (const auto* text :
         {"", "/", "10.0.0.0/", "/24", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/ 8", "10.0.0.0/8/8",
          "10.0.0/24", "::/129", "10.0.0.0/255.255.255.0", "sap.example", "sap.example/24", "10.0.0.*"})
        EXPECT_FALSE(network_from(text)) << text;
}

TEST(Network, KnowsItsBase_R_DEC_80) {
    EXPECT_EQ(to_string(network_from("10.0.0.5/24")->base()), "10.0.0.0/24");
    EXPECT_EQ(to_string(network_from("2001:db8::5/47")->base()), "2001:db8::/47");
    EXPECT_EQ(network_from("10.0.0.5")->base(), *network_from("10.0.0.5"));
    EXPECT_EQ(to_string(*network_from("10.0.0.5/32")), "10.0.0.5");
}

TEST(Network, OneThatIsTooWideNamesNobodyInParticular_R_DEC_67) {
    for (const char* wide :
         {"0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/7", "::/0", "2000::/3", "2a00::/12", "fc00::/6"})
        EXPECT_TRUE(network_from(wide)->is_open()) << wide;
    for (const char* narrow :
         {"10.0.0.0/8", "10.0.0.1", "2001:db8::/32", "2001::/16", "fc00::/7", "fd00::/8", "::1"})
        EXPECT_FALSE(network_from(narrow)->is_open()) << narrow;
    EXPECT_FALSE(Network{}.is_open());
}

TEST(Network, NobodyIsTheDefaultAndAnEmptyListIsEverybody_R_DEC_80) {
    EXPECT_FALSE(allows({Network{}}, address("127.0.0.1")));
    EXPECT_FALSE(allows({Network{}}, address("::1")));
    EXPECT_TRUE(allows({}, address("127.0.0.1")));
    EXPECT_TRUE(allows({address("10.0.0.1"), *network_from("127.0.0.0/8")}, address("127.9.9.9")));
}

}  // namespace
}  // namespace cticonnector::net
