// The words of log, explanations and admin answers.
#include <gmock/gmock.h>

#include <cctype>
#include <set>
#include <string_view>

#include "cticonnector/engine/agent.hpp"
#include "cticonnector/engine/items.hpp"
#include "cticonnector/engine/work_center.hpp"
#include "engine/enumerators.hpp"

namespace cticonnector::engine::testing {
namespace {

template <class E>
class Words : public ::testing::Test {};
using Enumerations = ::testing::Types<Channel, Origin, Why, Source, Check, Verdict, Refusal, Part, LoginError,
                                      Failure, MediumState, Fault, UserStatus, Processing, EndReason,
                                      WaitReason, Departure, RouteReason, SessionState, Phase, ItemState>;
TYPED_TEST_SUITE(Words, Enumerations);

TYPED_TEST(Words, AreOneForEachValue) {
    std::set<std::string_view> words;
    for (const TypeParam value : enumerators<TypeParam>()) {
        const std::string_view word = name(value);
        EXPECT_TRUE(words.insert(word).second) << word;
        EXPECT_TRUE(!word.empty() || value == TypeParam{}) << "only none has no word";
        for (const char c : word)
            EXPECT_TRUE(std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') << word;
    }
    EXPECT_GT(words.size(), 1u);
}

}  // namespace
}  // namespace cticonnector::engine::testing
