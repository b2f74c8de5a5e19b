// A million random events, sensible and absurd, over fifty agents and several settings: what must always hold
// (allocation.md section 6) holds after each of them.

#include <gtest/gtest.h>

#include "house.hpp"
#include "world.hpp"

namespace cticonnector::engine::testing {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr int events_per_run = 50'000;
#else
constexpr int events_per_run = 500'000;
#endif
constexpr int agents = 50;

SiteSettings plain() { return house_settings(); }
SiteSettings strict() {  // few tries, little room
    SiteSettings s = house_settings();
    s.crm.check_media_by_direct_call = true;
    s.crm.item_max = CrmProfile{}.item_max;
    s.rona_tries = s.reject_tries = 1;
    s.crm.http_budget = {4, Source::ini};
    s.crm.hidden_session_memory = Duration{0};
    s.required_not_ready_reason = 9;
    s.rona_not_ready = false;
    s.make_call_while_ready = false;
    return s;
}
SiteSettings generous() {  // everything optional is on
    SiteSettings s = house_settings();
    s.auto_ready_after_reject = true;
    s.each_chat_wraps_up = true;
    s.phone_wrapup = 5s;
    s.resend_wrapup_after_set_state = true;
    s.crm.shadow_login = 2;
    s.partial_media = true;
    s.requests_per_second = 0;
    s.reject_not_ready_reason = 5;
    return s;
}
SiteSettings other_crm() {  // ten sessions
    SiteSettings s = house_settings();
    s.crm.session_limit = 10;
    s.crm.item_max = {10, Source::ini};
    s.other = ten_sessions();
    s.chat_wrapup = Duration{0};
    s.route_error_wait = 1s;
    s.route_error_wait_range = 5s;
    return s;
}

struct Run {
    std::string_view name;
    SiteSettings (*settings)();
    std::uint64_t seed;
};
void PrintTo(const Run& run, std::ostream* out) { *out << run.name; }

class RandomEvents : public ::testing::TestWithParam<Run> {};

// R-ALLOC-6 and allocation.md section 6, rules 1 to 7 and 9; R-DEC-26, R-DEC-56.
TEST_P(RandomEvents, BreakNoRule) {
    World world(GetParam().settings(), GetParam().seed, agents);
    for (int i = 0; i < events_per_run; ++i) ASSERT_TRUE(world.step()) << world.report();
    ASSERT_TRUE(world.finish()) << world.report();
    for (int what = 0; what < static_cast<int>(What::invariant_broken); ++what)
        EXPECT_TRUE(world.seen().contains(static_cast<What>(what))) << "the run never came to What " << what;
}

INSTANTIATE_TEST_SUITE_P(Settings, RandomEvents,
                         ::testing::Values(Run{"Plain", plain, 1}, Run{"Strict", strict, 2},
                                           Run{"Generous", generous, 3}, Run{"OtherCrm", other_crm, 4}),
                         [](const auto& test) { return std::string(test.param.name); });

std::string recorded(std::uint64_t seed) {
    std::string text;
    World world(generous(), seed, 10);
    world.record(&text);
    for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(world.step()) << world.report();
    return text;
}

// allocation.md section 6, rule 8.
TEST(Determinism, TheSameEventsGiveTheSameActionsByteForByte) {
    const std::string once = recorded(11);
    EXPECT_EQ(once, recorded(11));
    EXPECT_NE(once, recorded(12));
}

// A copy of an engine is an engine in the same state: both go on alike, and neither notices the other.
TEST(Determinism, ACopyGoesOnLikeItsOriginal) {
    World world(plain(), 21, 10);
    for (int i = 0; i < 5'000; ++i) ASSERT_TRUE(world.step()) << world.report();
    Engine copy = world.engine();
    const Time later = *copy.next_deadline() + 10min;
    EXPECT_EQ(canonical(copy, later), canonical(world.engine(), later));
    Actions of_copy, of_second;
    Engine second = copy;
    copy.on_time(later, of_copy);
    EXPECT_NE(canonical(copy, later), canonical(second, later));
    second.on_time(later, of_second);
    EXPECT_EQ(printed(of_copy), printed(of_second));
    EXPECT_EQ(canonical(copy, later), canonical(second, later));
}

}  // namespace
}  // namespace cticonnector::engine::testing
