#include "numbers.hpp"

#include <algorithm>

namespace cticonnector::crm {
namespace {

constexpr std::string_view separators = " -/().\t";

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
    if (!rules.national.from.empty() && digits.starts_with(rules.national.from))
        return "+" + rules.national.to + digits.substr(rules.national.from.size());
    return "+" + digits;
}

}  // namespace cticonnector::crm
