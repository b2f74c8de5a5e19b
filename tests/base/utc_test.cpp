#include "cticonnector/base/utc.hpp"

#include <gmock/gmock.h>

#include "other_zone.hpp"

namespace cticonnector {
namespace {

using testing::OtherZone;

TEST(Utc, ShowsTheTimeOfHere) {
    const OtherZone here;
    EXPECT_EQ(local_text("2026-01-31T23:30:00.123456Z"), "2026-02-01 01:30:00.123");
    EXPECT_EQ(local_text("2026-01-31T12:00:00Z"), "2026-01-31 14:00:00.000");
    for (const char* text : {"", "soon", "2026-02-30T12:00:00.123456Z"}) EXPECT_EQ(local_text(text), text);
}

TEST(Utc, ReadsWhatItHasWritten) {
    using namespace std::chrono;
    const OtherZone here;
    const LogTime time = sys_days{2026y / 1 / 31} + 12h + 3s + 123ms;
    EXPECT_EQ(read_utc("2026-01-31T12:00:03.123Z"), time);
    EXPECT_EQ(read_utc("2026-01-31T12:00:03.123456Z"), time + 456us);
    EXPECT_EQ(read_utc("2026-01-31T12:00Z"), floor<minutes>(time));
    EXPECT_EQ(read_local("2026-01-31 14:00:03.123", {}), time);
    EXPECT_EQ(read_local("2026-01-31 14:00:03", {}), floor<seconds>(time));
    EXPECT_EQ(read_local("00:30", time), sys_days{2026y / 1 / 30} + 22h + 30min) << "of the day of here";
    EXPECT_EQ(read_local("00:30:02", time), sys_days{2026y / 1 / 30} + 22h + 30min + 2s);
    EXPECT_TRUE(read_utc("9999-12-31T23:59:59.999999Z"));
}

TEST(Utc, ReadsNothingElse) {
    for (const char* text :
         {"", "Z", "2026-01-31", "2026-01-31x", "2026-01-31Z", "2026-01-31T12:00:00", "2026-01-31T12:00:00.Z",
          "2026-01-31T12:00:00.1234567890Z", "2026-01-31T12:00.5Z", "2026-02-30T12:00:00Z",
          "2026-13-01T12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:60Z",
          "2026-01-31T 2:00:00Z", "2026-01-31T12:00:0xZ", "+026-01-31T12:00:00Z", "2026-01-31T12:00:00Z "})
        EXPECT_FALSE(read_utc(text)) << text;
    for (const char* text : {"", "17", "17:2", "1:25", "17:25:", "24:00", "2026-01-31 ", "2026-01-31 17",
                             "2026-02-30 17:25", "2026-01-31T17:25", "17:25:02Z", "17:25:02,5"})
        EXPECT_FALSE(read_local(text, {})) << text;
}

}  // namespace
}  // namespace cticonnector
