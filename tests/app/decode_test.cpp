// What a person reads of captured bytes and of the messages in a log (R-DEC-89).
#include "decode.hpp"

#include <gmock/gmock.h>

#include <sstream>
#include <string>

namespace cticonnector::app {
namespace {

using ::testing::HasSubstr;

std::string decoded(const DecodeOptions& options, const std::string& input) {
    std::istringstream in{input};
    std::ostringstream out, err;
    decode(options, {in, out, err});
    return out.str() + err.str();
}

TEST(Decode, ShowsWhatIsNotSeen_R_DEC_89) {
    const std::string line =
        "2026-01-31T12:00:00.123456Z trace event=cti.message hex=0000000400000005DEADBEEF direction=";
    EXPECT_THAT(decoded({.log = "-"}, line + "\"in\\x1b[2J\\u202e\"\n"),
                HasSubstr("Z in\\x1b[2J\\u202e: HEARTBEAT_REQ"));
    EXPECT_THAT(decoded({}, "00 \xE2\x80\xAE\xC2\x9B"), HasSubstr("! line 1: '\\u202e\\u009b' is not"));
}

}  // namespace
}  // namespace cticonnector::app
