#include "fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/soap/text.hpp"

namespace cticonnector::ici {
namespace {

// ici.md section 1, "Booleans"
constexpr std::array<std::string_view, 3> true_texts{"true", "1", "X"};
constexpr std::array<std::string_view, 3> false_texts{"false", "0", ""};

}  // namespace

void get(const soap::Element& element, std::string& value, names::Form form) {
    value = form == names::Form::embedded ? element.embedded() : element.text();
}

void get(const soap::Element& element, Secret& value, names::Form) { value = Secret(element.text()); }

void get(const soap::Element& element, bool& value, names::Form) {
    const auto text = element.text();
    value = std::ranges::find(true_texts, trim(text)) != true_texts.end();
    if (!value && std::ranges::find(false_texts, trim(text)) == false_texts.end())
        element.refuse("a boolean");
}

void get(const soap::Element& element, double& value, names::Form) {
    const auto text = element.text();
    const auto digits = trim(text);
    value = 0;
    if (digits.empty()) return;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc{} && end == digits.data() + digits.size() && std::isfinite(value)) return;
    value = 0;
    element.refuse("a number");
}

}  // namespace cticonnector::ici
