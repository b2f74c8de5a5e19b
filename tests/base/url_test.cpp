#include "cticonnector/base/url.hpp"

#include <gtest/gtest.h>

namespace cticonnector {
namespace {

// R-DEC-59, R-DEC-76: whatever a password holds
TEST(Url, IsShownWithoutItsCredentials) {
    EXPECT_EQ(without_credentials("http://gw/a=https://sap:8000/b, 'http://c'"),
              "http://gw/a=https://sap:8000/b, 'http://c'");
    EXPECT_EQ(without_credentials("http://sap.example/a@b?c@d"), "http://sap.example/a@b?c@d");
    EXPECT_EQ(without_credentials("http://user@gw/"), "http://***@gw/");
    for (const std::string_view password :
         {"pw", "p w", "p,w", "p@w", "12/x", "12?x", "1#2", "'p'", "p/w", "[p]"}) {
        const std::string url = "http://u:" + std::string(password) + "@gw/";
        EXPECT_EQ(without_credentials(url), "http://***@gw/");
        EXPECT_EQ(without_credentials("from " + url + "=http://b/, " + url),
                  "from http://***@gw/=http://b/, http://***@gw/");
    }
}

TEST(Url, HasAHostAndPerhapsAPort) {
    const auto parts = [](std::string_view text) {
        const auto found = split_authority(text);
        return found ? std::string(found->host) + "|" + std::string(found->port) : "none";
    };
    EXPECT_EQ(parts("name"), "name|");
    EXPECT_EQ(parts("name:80"), "name|:80");
    EXPECT_EQ(parts("name:"), "name|:");
    EXPECT_EQ(parts("[::1]"), "[::1]|");
    EXPECT_EQ(parts("[::1]:80:90"), "[::1]|:80:90");
    EXPECT_EQ(parts("::1"), "|::1");
    EXPECT_EQ(parts(""), "|");
    for (const std::string_view none : {"[", "[::1", "[::1]x", "[::1]80"}) EXPECT_EQ(parts(none), "none");
}

TEST(Url, IsDecodedOnce) {
    EXPECT_EQ(percent_decoded("a%20b%2Fc"), "a b/c");
    EXPECT_EQ(percent_decoded("%2525"), "%25");
    for (const std::string_view none : {"%", "%2", "%zz", "%-1", "%u0041", ""})
        EXPECT_EQ(percent_decoded(none), none);
}

TEST(Url, HasAQueryWithNamesAndValues) {
    const auto value = [](std::string_view query) {
        return query_value(query, [](std::string_view name) { return name == "a"; });
    };
    EXPECT_EQ(value("a=1&a=2"), "1");
    EXPECT_EQ(value("b=a&&a=x=%20"), "x=%20");
    EXPECT_EQ(value("b&a"), "");
    for (const std::string_view without : {"", "&", "A=1", "b=a", "aa=1"})
        EXPECT_EQ(value(without), std::nullopt) << without;
}

}  // namespace
}  // namespace cticonnector
