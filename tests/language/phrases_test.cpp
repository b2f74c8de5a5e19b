// Every text has its sentence, and what a phrase says stands in it.
#include "cticonnector/language/phrases.hpp"

#include <gmock/gmock.h>

#include <set>
#include <string>

namespace cticonnector::language {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// More than any sentence has.
Phrase full(TextId id) { return {id, {"<1>", "<2>", "<3>", "<4>", "<5>"}, {{TextId::as_told, {"<part>"}}}}; }

TEST(Phrases, EachTextHasASentenceOfItsOwn_R_DEC_69) {
    std::set<std::string> sentences;
    for (const TextId id : enumerators<TextId>()) {
        const std::string text = sentence(full(id));
        if (id == TextId::none) continue;
        EXPECT_FALSE(sentence({id}).empty() && id != TextId::as_told && id != TextId::explanation &&
                     id != TextId::medium_refused)
            << word_of(id);
        const bool news = sentences.insert(text).second;
        EXPECT_TRUE(news || id == TextId::medium_refused) << "twice: " << text;  // the channel, and why
        EXPECT_THAT(text, HasSubstr("<part>")) << word_of(id);
        EXPECT_THAT(text, Not(HasSubstr("{"))) << "a place that nothing fills: " << text;
    }
}

TEST(Phrases, PartsStandWhereTheyBelongOrBehind) {
    const Phrase said{TextId::as_told, {"CF_GENERIC"}};
    EXPECT_EQ(sentence({TextId::refused, {}, {said}}), "the contact center refused: CF_GENERIC");
    EXPECT_EQ(sentence({TextId::refused, {}, {{}}}), "the contact center refused");
    EXPECT_EQ(sentence({TextId::media_refused,
                        {},
                        {{TextId::medium_refused, {"action"}, {{TextId::log_on_refused, {}, {said}}}},
                         {TextId::medium_refused, {"chat"}, {{TextId::unanswered}}}}}),
              "log-on to channel action: the contact center refused the log-on: CF_GENERIC; "
              "chat: the contact center did not answer in time");
}

TEST(Phrases, WhatWasToldIsNoSentenceOfOurs) {
    EXPECT_EQ(sentence(as_told("{1} {parts}")), "{1} {parts}");
    EXPECT_EQ(sentence(as_told("")), "");
    EXPECT_EQ(sentence({TextId::item_unknown, {"{1}"}}), "Item {1} is not known");
}

TEST(Phrases, AreEnglishForWhoeverHasNoOtherLanguage_R_DEC_86) {
    for (const char* language : {"EN", "", "ZZ", "en"})
        EXPECT_EQ(sentence({TextId::shutting_down}, language), "the connector is shutting down");
}

TEST(Explanation, IsNothingElse) {
    for (const char* text :
         {"", ";", "waited 1500 ms for a closing session", "channel_limit", "channel_limit ok 1 against 2",
          "channel_limit ok 1 against 2 (login", "channel_limit ok 1 against 2 (login) ",
          "channel_limit perhaps 1 against 2 (login)", "channel_limit ok one against 2 (login)",
          "channel_limit ok 1 against - (login)", " ok 1 against 2 (login)"})
        EXPECT_TRUE(read_explanation(text).empty()) << text;
    EXPECT_EQ(read_explanation("nonsense; channel_limit failed 2 against 2 (login)").size(), 1u);
}

}  // namespace
}  // namespace cticonnector::language
