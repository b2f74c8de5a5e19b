#include "cticonnector/engine/offer.hpp"
#include "cticonnector/language/phrases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace cticonnector::engine {
namespace {

std::string explain(const Decision& decision) { return language::sentence(explanation(decision)); }

/// An offer of an action item that is admitted with room to spare.
OfferFacts fits() {
    return {.channel = Channel::action,
            .logged_in = true,
            .crm_alive = true,
            .channel_limit = {2, Source::login},
            .item_max = {6, Source::ini}};
}
OfferFacts changed(void (*change)(OfferFacts&)) {
    OfferFacts facts = fits();
    change(facts);
    return facts;
}

struct Failing {
    std::string_view name;
    void (*change)(OfferFacts&);
    Check check;
    Verdict verdict;
    Refusal refusal;
    int have, limit;
    Source source;
};
void PrintTo(const Failing& f, std::ostream* out) { *out << f.name; }
class FailingCheck : public ::testing::TestWithParam<Failing> {};

// allocation.md section 3: each check, its answer, and the numbers and their source in the explanation.
TEST_P(FailingCheck, GivesItsAnswerAndItsNumbers) {
    const Failing& c = GetParam();
    const Decision decision = decide(changed(c.change));
    EXPECT_EQ(decision.verdict, c.verdict);
    EXPECT_EQ(decision.refusal, c.refusal);
    ASSERT_GT(decision.made, 0);
    const CheckResult& last = decision.checks[decision.made - 1u];
    EXPECT_EQ(last, (CheckResult{c.check, false, c.source, static_cast<std::int16_t>(c.have),
                                 static_cast<std::int16_t>(c.limit)}));
    for (std::size_t i = 0; i + 1 < decision.made; ++i) EXPECT_TRUE(decision.checks[i].ok);
    const std::string text = explain(decision);
    EXPECT_TRUE(text.ends_with(std::string(name(c.check)) + " failed " + std::to_string(c.have) +
                               " against " + std::to_string(c.limit) + " (" + std::string(name(c.source)) +
                               ")"))
        << text;
}

INSTANTIATE_TEST_SUITE_P(
    Allocation, FailingCheck,
    ::testing::Values(Failing{"LoggedIn", [](OfferFacts& f) { f.logged_in = false; }, Check::logged_in,
                              Verdict::refuse, Refusal::not_logged_in, 0, 1, Source::built_in},
                      Failing{"CrmAlive", [](OfferFacts& f) { f.crm_alive = false; }, Check::crm_alive,
                              Verdict::refuse, Refusal::crm_gone, 0, 1, Source::built_in},
                      Failing{"NotHeld", [](OfferFacts& f) { f.held_by_agent = true; }, Check::not_held,
                              Verdict::duplicate, Refusal::none, 1, 0, Source::built_in},
                      Failing{"NoVoiceActive", [](OfferFacts& f) { f.voice_active = 1; },
                              Check::no_voice_active, Verdict::refuse, Refusal::voice_active, 1, 0,
                              Source::built_in},
                      Failing{"Visible",
                              [](OfferFacts& f) {
                                  f.check_media_by_direct_call = true;
                                  f.routed = false;
                                  f.items_active = 1;
                              },
                              Check::visible, Verdict::hidden, Refusal::none, 1, 0, Source::built_in},
                      Failing{"ChannelLimit", [](OfferFacts& f) { f.channel_sessions = 2; },
                              Check::channel_limit, Verdict::refuse, Refusal::A1, 2, 2, Source::login},
                      Failing{"ChannelLimitWithBuffer",
                              [](OfferFacts& f) {
                                  f.channel = Channel::chat;
                                  f.channel_buffer = 1;
                                  f.channel_sessions = 3;
                              },
                              Check::channel_limit, Verdict::refuse, Refusal::A1, 3, 3, Source::login},
                      Failing{"ItemMaximum", [](OfferFacts& f) { f.all_sessions = 6; }, Check::item_maximum,
                              Verdict::refuse, Refusal::A1, 6, 6, Source::ini},
                      Failing{"ItemMaximumWithManualSessions",
                              [](OfferFacts& f) {
                                  f.all_sessions = 2;
                                  f.manual_sessions = 4;
                                  f.item_max = {6, Source::crm_profile};
                              },
                              Check::item_maximum, Verdict::refuse, Refusal::A1, 6, 6, Source::crm_profile},
                      Failing{"HttpBudget",
                              [](OfferFacts& f) {
                                  f.all_sessions = 1;
                                  f.manual_sessions = 1;
                                  f.http_budget = {3, Source::ini};
                              },
                              Check::http_budget, Verdict::refuse, Refusal::A0, 3, 3, Source::ini}),
    [](const auto& test) { return std::string(test.param.name); });

// allocation.md section 3: "the first that fails gives the answer": each check wins over all that follow.
TEST(Offer, TheFirstFailingCheckGivesTheAnswer) {
    OfferFacts f = fits();
    f.http_budget = {1, Source::ini};
    EXPECT_EQ(decide(f).refusal, Refusal::A0);
    f.all_sessions = 6;
    EXPECT_EQ(decide(f).checks[decide(f).made - 1u].check, Check::item_maximum);
    f.channel_sessions = 2;
    EXPECT_EQ(decide(f).checks[decide(f).made - 1u].check, Check::channel_limit);
    f.check_media_by_direct_call = true;
    f.routed = false;
    f.items_active = 1;
    EXPECT_EQ(decide(f).verdict, Verdict::hidden);
    f.voice_active = 1;
    EXPECT_EQ(decide(f).refusal, Refusal::voice_active);
    f.held_by_agent = true;
    EXPECT_EQ(decide(f).verdict, Verdict::duplicate);
    f.crm_alive = false;
    EXPECT_EQ(decide(f).refusal, Refusal::crm_gone);
    f.logged_in = false;
    EXPECT_EQ(decide(f).refusal, Refusal::not_logged_in);
}

// What a desktop reports is a number from outside: it counts as it is, and is shown as far as it can be.
TEST(Offer, R_ALLOC_9_AnyNumberOfManualSessionsIsRefusedAndShown) {
    OfferFacts f = fits();
    f.all_sessions = 1;
    f.manual_sessions = std::numeric_limits<int>::max();
    Decision decision = decide(f);
    EXPECT_EQ(decision.refusal, Refusal::A1);
    EXPECT_EQ(decision.checks[decision.made - 1u].have, std::numeric_limits<std::int16_t>::max());
    f.item_max = {std::numeric_limits<int>::max(), Source::ini};
    f.all_sessions = 0;
    f.manual_sessions = 40'000;
    f.http_budget = {40'001, Source::ini};
    decision = decide(f);
    EXPECT_EQ(decision.refusal, Refusal::A0);
    EXPECT_GT(decision.checks[decision.made - 1u].have, 0) << "not wrapped around";
}
// allocation.md section 3: what passes, passes; in the regular part while work(ch) < limit(ch).
TEST(Offer, AdmitsUpToEveryLimit) {
    struct Fitting {
        std::string_view why;
        void (*change)(OfferFacts&);
        Part part;
    };
    static constexpr Fitting fitting[]{
        {"nothing yet", [](OfferFacts&) {}, Part::regular},
        {"one below the limit", [](OfferFacts& f) { f.channel_sessions = f.channel_work = 1; },
         Part::regular},
        {"the buffer of voice",
         [](OfferFacts& f) {
             f.channel = Channel::voice;
             f.channel_limit = {1, Source::login};
             f.channel_buffer = 1;
             f.channel_sessions = f.channel_work = 1;
         },
         Part::buffer},
        {"a lingering session is no work",
         [](OfferFacts& f) {
             f.channel = Channel::chat;
             f.channel_limit = {1, Source::login};
             f.channel_buffer = 1;
             f.channel_sessions = 1;
         },
         Part::regular},
        {"a second call while talking: check 4 is not for voice",
         [](OfferFacts& f) {
             f.channel = Channel::voice;
             f.voice_active = 1;
         },
         Part::regular},
        {"a routed item with an active one",
         [](OfferFacts& f) {
             f.check_media_by_direct_call = true;
             f.items_active = 1;
         },
         Part::regular},
        {"a direct item with no active one",
         [](OfferFacts& f) {
             f.check_media_by_direct_call = true;
             f.routed = false;
         },
         Part::regular},
        {"CtiCheckMediaByDirectCall=0",
         [](OfferFacts& f) {
             f.routed = false;
             f.items_active = 1;
         },
         Part::regular},
        {"one below the maximum", [](OfferFacts& f) { f.all_sessions = 5; }, Part::regular},
        {"one below the budget",
         [](OfferFacts& f) {
             f.all_sessions = 1;
             f.http_budget = {3, Source::ini};
         },
         Part::regular},
    };
    for (const Fitting& c : fitting) {
        const Decision decision = decide(changed(c.change));
        EXPECT_EQ(decision.verdict, Verdict::admit) << c.why;
        EXPECT_EQ(decision.refusal, Refusal::none) << c.why;
        EXPECT_EQ(decision.part, c.part) << c.why;
    }
}

// R-DEC-51: the wait for a closing session is part of the explanation.
TEST(Offer, R_DEC_51_ExplainsHowLongItWaited) {
    Decision decision = decide(fits());
    EXPECT_EQ(explain(decision).find("waited"), std::string::npos);
    decision.waited = Duration{1500};
    EXPECT_TRUE(explain(decision).ends_with("waited 1500 ms for a closing session"));
}

TEST(Explanation, IsReadFromTheLogAsItIsWritten) {
    Decision decision{.made = check_count, .waited = Duration{1500}};
    const auto checks = enumerators<Check>();
    const auto sources = enumerators<Source>();
    ASSERT_EQ(checks.size(), check_count);
    for (std::size_t i = 0; i < check_count; ++i) {
        using Number = std::numeric_limits<std::int16_t>;
        decision.checks[i] = {checks[i], i % 2 == 0, sources[i % sources.size()],
                              i % 3 == 0 ? Number::min() : std::int16_t{0}, Number::max()};
    }
    const auto read = language::read_explanation(explain(decision));
    ASSERT_EQ(read.size(), check_count);
    for (std::size_t i = 0; i < check_count; ++i) {
        EXPECT_EQ(read[i].check, name(checks[i]));
        EXPECT_EQ(read[i].ok, decision.checks[i].ok);
        EXPECT_EQ(read[i].have, std::to_string(decision.checks[i].have));
        EXPECT_EQ(read[i].limit, std::to_string(decision.checks[i].limit));
        EXPECT_EQ(read[i].source, name(decision.checks[i].source));
    }
    EXPECT_TRUE(language::read_explanation(explain({})).empty());
}

}  // namespace
}  // namespace cticonnector::engine
