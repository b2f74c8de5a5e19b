#include "cticonnector/base/once_a_minute.hpp"

#include <gmock/gmock.h>

#include <string>

namespace cticonnector {
namespace {

using namespace std::chrono_literals;
using Time = OnceAMinute<std::string>::Time;

TEST(OnceAMinute, LetsTheFirstOfEachKindThrough) {
    OnceAMinute<std::string> once;
    const Time start{};
    EXPECT_TRUE(once("a", start));
    EXPECT_FALSE(once("a", start + 30s));
    EXPECT_TRUE(once("b", start + 30s));
    EXPECT_FALSE(once("a", start + 60s - 1ns));
    EXPECT_TRUE(once("a", start + 60s));
    EXPECT_FALSE(once("b", start + 90s - 1ns));
    EXPECT_FALSE(once("a", start + 120s - 1ns));
    EXPECT_TRUE(once("b", start + 120s));
}

TEST(OnceAMinute, NeedsNoKind) {
    OnceAMinute<> once;
    const Time start{};
    EXPECT_TRUE(once(start));
    EXPECT_FALSE(once(start + 60s - 1ns));
    EXPECT_TRUE(once(start + 60s));
}

TEST(OnceAMinute, KeepsSoManyKindsAtMost) {
    OnceAMinute<int> once;
    const Time start{};
    const auto most = static_cast<int>(OnceAMinute<int>::most_kinds);
    for (int i = 0; i < most; ++i) EXPECT_TRUE(once(i, start));
    EXPECT_FALSE(once(most, start));
    EXPECT_TRUE(once(most, start + 60s));
}

}  // namespace
}  // namespace cticonnector
