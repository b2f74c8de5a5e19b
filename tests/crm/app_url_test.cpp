// Where an appUrl may point and what becomes of it (R-DEC-58).
#include "app_url.hpp"

#include <gmock/gmock.h>

namespace cticonnector::crm {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

net::HttpTarget target(std::string_view url, const Settings& settings = {}) {
    const auto result = event_target(url, settings);
    if (const auto* refusal = std::get_if<UrlRefusal>(&result)) {
        ADD_FAILURE() << refusal->text;
        return {};
    }
    return std::get<net::HttpTarget>(result);
}
std::string refusal(std::string_view url, const Settings& settings = {}) {
    const auto result = event_target(url, settings);
    const auto* refused = std::get_if<UrlRefusal>(&result);
    return refused ? refused->text : std::string{};
}

TEST(AppUrl, IsHostPortAndPath) {
    EXPECT_EQ(target("http://sap.example:8000/ici/events?x=1#f"),
              (net::HttpTarget{"sap.example", 8000, "/ici/events?x=1"}));
    EXPECT_EQ(target("HTTP://SAP.Example"), (net::HttpTarget{"sap.example", 80, "/"}));
    EXPECT_EQ(target("http://10.0.0.1?q"), (net::HttpTarget{"10.0.0.1", 80, "/?q"}));
    EXPECT_EQ(target("http://[::1]:81/a").authority(), "[::1]:81");
}

TEST(AppUrl, AnythingElseIsRefused) {
    for (const std::string_view url :
         {"", "sap.example/ici", "ftp://sap.example/", "http:///path", "http://user:pw@sap.example/",
          "http://sap.example:0/", "http://sap.example:65536/", "http://sap.example:80x/", "http://[::1/",
          "http://[zz]/", "http://[::1]x/", "http://sap.example/a b", "http://sap.example/a\r\nX: y",
          "http://sap.ex\xC3\xA4mple/", "http://sap.example\\@evil.example/", "http://sap.example/a/../b",
          "http://sap.example/..", "http://sap.example/a/%2E%2e/b", "http://sap.example/./b"})
        EXPECT_NE(refusal(url), "") << url;
}

TEST(AppUrl, OfAbsurdLengthIsRefusedWithoutRepeatingIt) {
    const std::string refused = refusal("http://sap.example/" + std::string(1'000'000, 'a'));
    EXPECT_THAT(refused, HasSubstr("1000019 bytes"));
    EXPECT_LT(refused.size(), 100u);
    EXPECT_THAT(refusal("http://sap.example/\x01"), Not(HasSubstr("\x01")));
}

// R-DEC-76: the operator's credentials are not SAP's to read, and SAP's not the log's
TEST(AppUrl, NoRefusalRepeatsAPassword_R_DEC_76) {
    for (const std::string_view url : {"http://user:geheim@sap.example/", "https://user:geheim@sap.example/",
                                       "http://user:ge/heim@sap.example/", "http://user:ge@heim@sap.example/",
                                       "http://geheim@sap.example:x/"}) {
        EXPECT_NE(refusal(url), "") << url;
        EXPECT_THAT(refusal(url), Not(HasSubstr("heim"))) << url;
        EXPECT_THAT(refusal(url), HasSubstr("***@")) << url;
    }
    Settings settings;
    settings.event_url_map = {{"http://sap.example/", "http://user:geheim@gateway:8080/"}};
    EXPECT_THAT(refusal("http://sap.example/", settings), HasSubstr("http://***@gateway:8080/"));
    EXPECT_THAT(refusal("http://sap.example/a@b/../c?d@e"), HasSubstr("http://sap.example/a@b/../c?d@e"));
}

TEST(AppUrl, HttpsIsRefusedWithTheWayOut) {
    EXPECT_THAT(refusal("https://sap.example/ici"), HasSubstr("https"));
    EXPECT_THAT(refusal("https://sap.example/ici"), HasSubstr("EventUrlMap"));
}

TEST(AppUrl, OnlyAllowedHostsAreServed) {
    Settings settings;
    settings.allowed_event_hosts = {"SAP.example", "other.example:8000"};
    EXPECT_EQ(target("http://sap.EXAMPLE:99/", settings).port, 99);
    EXPECT_EQ(target("http://other.example:8000/", settings).port, 8000);
    EXPECT_THAT(refusal("http://other.example:8001/", settings), HasSubstr("AllowedEventHosts"));
    EXPECT_THAT(refusal("http://sap.example.evil/", settings), HasSubstr("sap.example.evil:80"));
}

// R-DEC-58: an address has many spellings
TEST(AppUrl, AllowedAddressesAreComparedAsAddresses) {
    Settings settings;
    settings.allowed_event_hosts = {"2001:DB8:0::1", "[::1]", "[fe80::1]:81"};
    EXPECT_EQ(target("http://[2001:db8::0:1]/", settings).host, "2001:db8::1");
    EXPECT_EQ(target("http://[0::1]:99/", settings).authority(), "[::1]:99");
    EXPECT_EQ(target("http://[fe80::1]:81/", settings).port, 81);
    EXPECT_THAT(refusal("http://[fe80::1]:82/", settings), HasSubstr("AllowedEventHosts"));
    EXPECT_THAT(refusal("http://[2001:db8::2]/", settings), HasSubstr("AllowedEventHosts"));
}

TEST(AppUrl, ANetworkHoldsTheAddressesInIt_R_DEC_80) {
    Settings settings;
    settings.allowed_event_hosts = {"10.0.0.0/24", "2001:db8::/32"};
    EXPECT_EQ(target("http://10.0.0.7:8000/", settings).authority(), "10.0.0.7:8000");
    EXPECT_EQ(target("http://[2001:db8::7]/", settings).host, "2001:db8::7");
    for (const auto* outside : {"http://10.0.1.7/", "http://[2001:db9::7]/", "http://sap.example/",
                                "http://10.0.7/", "http://0012.0.0.7/"})
        EXPECT_THAT(refusal(outside, settings), HasSubstr("AllowedEventHosts")) << outside;
}

TEST(AppUrl, AGatewayIsPutInItsPlace) {
    Settings settings;
    settings.allowed_event_hosts = {"sap.example"};
    settings.event_url_map = {{"https://sap.example/", "http://gateway:8080/sap/"},
                              {"http://sap.example/old", "http://gateway:8080/new?to="},
                              {"http://sap.example:81", "nonsense"}};
    EXPECT_EQ(target("https://sap.example/ici", settings), (net::HttpTarget{"gateway", 8080, "/sap/ici"}));
    EXPECT_EQ(target("HTTPS://SAP.example:443?x=1", settings),
              (net::HttpTarget{"gateway", 8080, "/sap/?x=1"}));
    EXPECT_EQ(target("http://sap.example/old/a", settings), (net::HttpTarget{"gateway", 8080, "/new?to=/a"}));
    EXPECT_EQ(target("http://sap.example/older", settings), (net::HttpTarget{"sap.example", 80, "/older"}));
    EXPECT_THAT(refusal("http://sap.example:81/y", settings), HasSubstr("'nonsense'"));
}

// R-DEC-58, R-DEC-67: whoever subscribes chooses the appUrl, only the operator the gateway
TEST(AppUrl, ASubscriberCannotSteerAGateway) {
    Settings settings;
    settings.allowed_event_hosts = {"sap.example"};
    settings.event_url_map = {{"http://sap.example", "http://gateway"},
                              {"http://sap.example:8000/ici", "http://gateway/ici"}};
    EXPECT_EQ(target("http://sap.example/.evil.example/", settings).host, "gateway");
    EXPECT_EQ(target("http://sap.example:99/", settings), (net::HttpTarget{"sap.example", 99, "/"}));
    EXPECT_NE(refusal("http://sap.example.evil.example/", settings), "");
    EXPECT_NE(refusal("http://sap.example@evil.example/", settings), "");
    EXPECT_NE(refusal("http://gateway/ici", settings), "");
    EXPECT_NE(refusal("http://sap.example:8000/ici/../admin", settings), "");
    settings.allowed_event_hosts.clear();
    EXPECT_EQ(target("http://sap.example.evil.example/", settings).host, "sap.example.evil.example");
}

// R-DEC-58: a gateway may decode, know other separators and cut parameters off before it looks for `..`
TEST(AppUrl, WhatAGatewayMightTakeForADotSegmentIsRefused) {
    for (const std::string_view path : {"/../admin",
                                        "/..",
                                        "/a/..",
                                        "/.",
                                        "/%2e%2e/admin",
                                        "/.%2E/admin",
                                        "/..%2fadmin",
                                        "/..%2Fadmin",
                                        "/..%5cadmin",
                                        "/..%5Cadmin",
                                        "/..\\admin",
                                        "/a\\..\\admin",
                                        "/a%5c..",
                                        "/..;/admin",
                                        "/..;x=y/admin",
                                        "/..%3b/admin",
                                        "/%252e%252e/admin",
                                        "/..%252fadmin",
                                        "/%25252e./admin",
                                        "/..%00/admin",
                                        "/..%20/admin",
                                        "/..%09/admin",
                                        "/..%0d%0a/admin",
                                        "/.../admin",
                                        "/%c0%ae%c0%ae/admin",
                                        "/..%c0%afadmin",
                                        "/%u002e%u002e/admin",
                                        "/%u002e./admin",
                                        "/x%3f/../admin",
                                        "/x;/../admin",
                                        "/%2e%2e"})
        EXPECT_NE(refusal("http://sap.example" + std::string(path)), "") << path;
    std::string deep = "%2e%2e";
    for (int i = 0; i < 100; ++i) deep.insert(1, "25");
    EXPECT_NE(refusal("http://sap.example/" + deep), "") << "however often it is encoded";
    for (const std::string_view path :
         {"/a..b/c", "/..a", "/a../b", "/v1.2/events", "/a?x=../b", "/a?x=..%2fb", "/.well-known/x",
          "/a;x=..y/b", "/100%25/a", "/a%2fb", "/f%C3%BC/x", "/a//b",
          "/sap/bc/cbad(bD1kZQ==)/x.y?sap-client=100", "/%zz"})
        EXPECT_EQ(target("http://sap.example" + std::string(path)).path, path);
}

}  // namespace
}  // namespace cticonnector::crm
