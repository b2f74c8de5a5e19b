// How numbers are shown to the CRM and dialled for it.
#include "phone_numbers.hpp"

#include <gtest/gtest.h>

namespace cticonnector::crm {
namespace {

NumberRules rules(std::string prefix, std::vector<PrefixMatch> national) {
    NumberRules r;
    r.intern_prefix = std::move(prefix);
    r.national = std::move(national);
    return r;
}

NumberRules both(std::vector<PrefixMatch> national, std::vector<PrefixMatch> international) {
    NumberRules r = rules({}, std::move(national));
    r.international = std::move(international);
    return r;
}

struct ShownCase {
    std::string_view name;
    NumberRules rules;
    std::string_view number;
    std::string_view shown;
};
class Shown : public testing::TestWithParam<ShownCase> {};

// R-CALL-3, R-CALL-4
TEST_P(Shown, IsTheDocumentsNumber) {
    EXPECT_EQ(shown_number(GetParam().rules, GetParam().number), GetParam().shown);
}
INSTANTIATE_TEST_SUITE_P(
    Numbers, Shown,
    testing::Values(ShownCase{"InternalPrefix", rules("4131555", {}), "54545", "+413155554545"},
                    ShownCase{"NationalMatch", rules({}, {{"0", "41"}}), "03155554545", "+413155554545"},
                    ShownCase{"InternalWinsOverNational", rules("4131555", {{"0", "41"}}), "01234",
                              "+413155501234"},
                    ShownCase{"NoRuleAlwaysHasPlus", {}, "413155554545", "+413155554545"},
                    ShownCase{"InternalWithoutPrefix", {}, "54545", "+54545"},
                    ShownCase{"SeparatorsAreLost", {}, "(0041) 31-555/45.45", "+41315554545"},
                    ShownCase{"InternationalStays", rules("4131555", {{"4", "99"}}), "+41 31", "+4131"},
                    ShownCase{"Withheld", {}, "", ""}, ShownCase{"Anonymous", {}, "anonymous", ""},
                    ShownCase{"OnlySeparators", {}, " - ", ""}),
    [](const auto& test) { return std::string{test.param.name}; });
// R-DEC-85
INSTANTIATE_TEST_SUITE_P(
    Matches, Shown,
    testing::Values(ShownCase{"ForeignCallerBesideANationalMatch", rules({}, {{"0", "41"}}), "0049301234567",
                              "+49301234567"},
                    ShownCase{"ForeignCallerWithoutAnyRule", {}, "0049301234567", "+49301234567"},
                    ShownCase{"LongestOfTheList", both({{"0", "41"}, {"031", "4131"}, {"03", "1"}}, {}),
                              "0315554545", "+41315554545"},
                    ShownCase{"AnotherInternationalPrefix", both({{"1", "1"}}, {{"011", ""}, {"00", ""}}),
                              "01149301234567", "+49301234567"},
                    ShownCase{"NationalLongerThanInternational", both({{"0041", "41"}}, {{"00", "9"}}),
                              "0041315554545", "+41315554545"},
                    ShownCase{"NationalBeforeAnInternationalOneAsLong", both({{"00", "41"}}, {{"00", ""}}),
                              "00315554545", "+41315554545"},
                    ShownCase{"PlusStays", rules({}, {{"0", "41"}}), "+0049301234567", "+0049301234567"}),
    [](const auto& test) { return std::string{test.param.name}; });

// R-DEC-39
TEST(DialledNumber, LosesSeparatorsAndTheLeadingPlus) {
    EXPECT_EQ(dialled_number("+41 (31) 555-45/45"), "41315554545");
    EXPECT_EQ(dialled_number("9*#1+2"), "9*#1+2");
    EXPECT_EQ(dialled_number(" + "), "");
}

}  // namespace
}  // namespace cticonnector::crm
