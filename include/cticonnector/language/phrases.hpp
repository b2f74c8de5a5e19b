#pragma once
// Phrases as sentences (R-DEC-69), and the way back for those that stand in the log as explanations.

#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/base/phrase.hpp"

namespace cticonnector::language {

/// In the language of that ISO code ("EN", in capitals), else in English. Empty for the empty phrase.
std::string sentence(const Phrase&, std::string_view language = "EN");

/// One check of an explanation in the log, in its words.
struct ToldCheck {
    std::string check, have, limit, source;
    bool ok = false;
};
/// Of "logged_in ok 1 against 1 (default); ...". What is no check is passed over.
std::vector<ToldCheck> read_explanation(std::string_view);

}  // namespace cticonnector::language
