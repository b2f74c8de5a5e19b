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

}  // namespace
}  // namespace cticonnector
