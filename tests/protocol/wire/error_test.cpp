#include "cticonnector/protocol/wire/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

using namespace cticonnector::wire;

namespace {

TEST(WireError, EveryCodeHasItsOwnSentence) {
    std::set<std::string> sentences;
    constexpr int codes = static_cast<int>(WireError::too_much_named) + 1;
    for (int code = 0; code < codes; ++code) {
        const std::string sentence = describe({static_cast<WireError>(code), "Field", 3});
        EXPECT_GT(sentence.size(), std::string{"Field:  at byte 3"}.size()) << code;
        sentences.insert(sentence);
    }
    EXPECT_EQ(sentences.size(), static_cast<std::size_t>(codes));
}

TEST(WireError, NamesFieldNumbersAndPlace) {
    EXPECT_EQ(describe({WireError::truncated_fixed, "InvokeID", 8, 3, 4}),
              "InvokeID: the body ends inside the fixed part (3, limit 4) at byte 8");
}

TEST(WireError, ValueOfAFailedResultThrowsTheSentence) {
    const Result<int> failed = Error{WireError::bad_text, "AgentID", 12};
    try {
        static_cast<void>(failed.value());
        FAIL() << "no exception";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "AgentID: the text contains a NUL at byte 12");
    }
}

}  // namespace
