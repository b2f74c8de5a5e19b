#include "phone_numbers.hpp"

#include <algorithm>

namespace cticonnector::crm {
namespace {

constexpr std::string_view separators = " -/().\t";

/// The match with the longest beginning that fits; of two alike the first. Null: none fits.
const PrefixMatch* longest_match(const NumberRules& rules, std::string_view digits) {
    const PrefixMatch* found = nullptr;
    for (const auto* matches : {&rules.national, &rules.international}) {
        for (const PrefixMatch& match : *matches) {
            if (digits.starts_with(match.from) && (!found || match.from.size() > found->from.size()))
                found = &match;
        }
    }
    return found;
}

}  // namespace

std::string dialled_number(std::string_view number) {
    std::string digits;
    for (const char c : number) {
        const bool leading_plus = c == '+' && digits.empty();
        if (!leading_plus && separators.find(c) == std::string_view::npos) digits += c;
    }
    return digits;
}

std::string shown_number(const NumberRules& rules, std::string_view number) {
    const std::string digits = dialled_number(number);
    const bool numeric = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (digits.empty() || !numeric) return {};
    const auto first = number.find_first_not_of(separators);
    if (number[first] == '+') return "+" + digits;
    if (digits.size() <= rules.intern_max_length) return "+" + rules.intern_prefix + digits;
    if (const PrefixMatch* match = longest_match(rules, digits))
        return "+" + match->to + digits.substr(match->from.size());
    return "+" + digits;
}

}  // namespace cticonnector::crm
