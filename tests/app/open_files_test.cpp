// R-DEC-74: who gets the files that the process may have open.
#include "open_files.hpp"

#include <gmock/gmock.h>

namespace cticonnector::app::testing {
namespace {

using ::testing::HasSubstr;

TEST(OpenFiles, TheDefaultsNeedAConnectionForEachOfTheirLimits_R_DEC_74) {
    Config config;
    const auto need = files_needed(config);
    EXPECT_GE(need, config.crm.max_connections + config.crm.event_connections + reserved_files);
    config.crm.max_connections += 100;
    EXPECT_EQ(files_needed(config), need + 100);
    config.crm.allowed_event_hosts = {"sap1", "sap2", "sap3"};
    EXPECT_EQ(files_needed(config), need + 100 + config.crm.event_connections);
    config.crm.allowed_event_hosts = {"sap1"};
    EXPECT_EQ(files_needed(config), need + 100 - config.crm.event_connections)
        << "where any host may be named, one that hangs leaves some for another (R-HA-11)";
}

TEST(OpenFiles, EnoughChangesNothing_R_DEC_74) {
    Config config;
    EXPECT_FALSE(fit_into(files_needed(config), config, "x.ini"));
    EXPECT_EQ(config.crm.max_connections, 2048u);
    EXPECT_EQ(config.crm.event_connections, 256u);
}

TEST(OpenFiles, TooFewAreSharedOutWithinTheLimit_R_DEC_74) {
    for (const std::uint64_t limit : {256u, 512u, 1024u, 2048u, 2400u}) {
        for (const std::size_t hosts : {0u, 1u, 3u}) {
            Config config;
            config.crm.allowed_event_hosts.resize(hosts, "sap");
            ASSERT_TRUE(fit_into(limit, config, "x.ini"));
            EXPECT_LE(files_needed(config), limit) << limit << ' ' << hosts;
            EXPECT_GE(config.crm.max_connections, (limit - 192) / 2) << limit << ' ' << hosts;
            EXPECT_GE(config.crm.event_connections, 1u);
            EXPECT_LE(config.crm.event_connections, 256u);
        }
    }
}

TEST(OpenFiles, EvenWithNextToNothingSomebodyIsServed) {
    for (const std::uint64_t limit : {0u, 64u, 100u}) {
        Config config;
        ASSERT_TRUE(fit_into(limit, config, "x.ini"));
        EXPECT_EQ(config.crm.max_connections, 1u);
        EXPECT_EQ(config.crm.event_connections, 1u);
    }
}

TEST(OpenFiles, TheFindingNamesLimitAndNeed_R_DEC_74) {
    Config config;
    const auto need = std::to_string(files_needed(config));
    const auto finding = fit_into(1024, config, "x.ini");
    ASSERT_TRUE(finding);
    EXPECT_THAT(
        to_text(*finding),
        HasSubstr(
            "x.ini: warning: [ICI] MaxConnections=2048: the system lets this process open 1024 files, " +
            need + " may be needed: only " + std::to_string(config.crm.max_connections) +
            " connections are accepted, and " + std::to_string(config.crm.event_connections)));
}

}  // namespace
}  // namespace cticonnector::app::testing
