#include "run.hpp"

#include <gmock/gmock.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "cticonnector/app/log.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Run, WhatEndsTheDaemonStandsInItsLog) {
    std::vector<std::string> lines;
    Log log(Level::info, [&](std::string_view line) { lines.emplace_back(line); });
    const auto broken = [] { throw std::runtime_error("a queue lost its head"); };
    EXPECT_THROW(run_told(log, broken), std::runtime_error);
    EXPECT_THAT(lines, ElementsAre(AllOf(HasSubstr(" error event=invariant.broken"),
                                         HasSubstr("a queue lost its head"), HasSubstr("the daemon ends"))));
}

}  // namespace
}  // namespace cticonnector::app::testing
