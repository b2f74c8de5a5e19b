// The shipped ini file is the table's own words: it names every key,
// and taken at its word it changes nothing.
#include <gmock/gmock.h>

#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>

#include "app/config_fixture.hpp"
#include "config_keys.hpp"

namespace cticonnector::app::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string shipped() {
    std::ifstream in{CTICONNECTOR_SOURCE_DIR "/config/cticonnector.ini", std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(SampleConfig, TheShippedFileIsUpToDate) { EXPECT_EQ(shipped(), sample_config()); }

TEST(SampleConfig, NamesEveryKeyWithHelpUnderItsSection) {
    std::istringstream in{shipped()};
    std::map<std::string, std::vector<std::string>> named;
    std::string section;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('[')) section = line.substr(1, line.find(']') - 1);
        if (line.starts_with('#') && line.size() > 1 &&
            std::isalpha(static_cast<unsigned char>(line[1])) != 0) {
            named[section].push_back(line.substr(1, line.find('=') - 1));
        }
    }
    for (const Key& key : keys()) {
        EXPECT_THAT(named[std::string{key.section}], ::testing::Contains(std::string{key.name}));
        EXPECT_FALSE(key.help.empty()) << key.name;
    }
}

TEST(SampleConfig, WithEveryKeyUncommentedItIsAllDefaultsWithoutFinding_R_DEC_13) {
    const auto uncommented = std::regex_replace(shipped(), std::regex{"\n#([A-Za-z])"}, "\n$1");
    ASSERT_THAT(uncommented, HasSubstr("\nAppItemMaxSession=5\n"));
    const auto [config, findings] = load(uncommented);
    EXPECT_THAT(lines(findings), IsEmpty());

    const Config defaults = load("").config;
    for (const Key& key : keys()) {
        EXPECT_EQ(key.show(config, key.rule), key.show(defaults, key.rule)) << key.name;
    }
    EXPECT_EQ(config.crm.profile.item_max.source, engine::Source::ini);
}

TEST(SampleConfig, NoKeyIsNamedTwiceNorBothUsedAndUnused) {
    for (const Key& key : keys()) {
        EXPECT_EQ(find_key(key.section, key.name), &key);
        EXPECT_EQ(find_unused_key(key.section, key.name), nullptr) << key.name;
    }
}

}  // namespace
}  // namespace cticonnector::app::testing
