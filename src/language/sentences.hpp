#pragma once
// The sentences of one language: one for each text, in the texts' order. {1} is the first argument, {parts}
// are the phrase's parts; parts without a place stand behind, after a colon.

#include <array>
#include <string_view>

#include "cticonnector/base/phrase.hpp"

namespace cticonnector::language {

struct Entry {
    TextId id;
    std::string_view sentence;
};
using Sentences = std::array<Entry, enumerators<TextId>().size()>;

const Sentences& english();

}  // namespace cticonnector::language
