#include "cticonnector/base/current.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cticonnector {
namespace {

struct Settings {
    std::string name;
};
struct Room {
    const Current<Settings>& settings;
    const std::string& reads() const { return settings->name; }
};

TEST(Current, IsReadAnewAfterASwap) {
    Current<Settings> settings{Settings{"old"}};
    const Room room{settings};
    EXPECT_EQ(room.reads(), "old");
    settings.swap({"new"});
    EXPECT_EQ(room.reads(), "new");
}

TEST(Current, StaysAliveForWhoHoldsIt) {
    Current<Settings> settings{Settings{"old"}};
    const auto held = settings.held();
    const std::weak_ptr<const Settings> old = held;
    settings.swap({"new"});
    EXPECT_EQ(held->name, "old");
    EXPECT_EQ(settings.held()->name, "new");
    EXPECT_EQ(old.use_count(), 1);
}

TEST(Current, LetsGoOfWhatNobodyHolds) {
    Current<Settings> settings{Settings{"old"}};
    const std::weak_ptr<const Settings> old = settings.held();
    settings.swap({"new"});
    EXPECT_TRUE(old.expired());
}

TEST(Live, IsTheMemberOfThisMoment) {
    Current<Settings> settings{Settings{"old"}};
    const Live<std::string> name{settings, &Settings::name};
    const Live<std::string> stays = "old";
    EXPECT_EQ(*name, "old");
    settings.swap({"new"});
    EXPECT_EQ(*name, "new");
    EXPECT_EQ(*stays, "old");
}

}  // namespace
}  // namespace cticonnector
