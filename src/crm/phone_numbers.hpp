#pragma once
// Telephone numbers on their way to and from the CRM (R-CALL-3, R-CALL-4, R-DEC-39, R-DEC-85).
// Pure.

#include <string>
#include <string_view>

#include "cticonnector/crm/settings.hpp"

namespace cticonnector::crm {

/// E.164 with a leading `+`; empty for a withheld or non-numeric caller, so that the call can still be shown.
/// A number that comes with `+` is international already: no rule is applied.
std::string shown_number(const NumberRules&, std::string_view number);

/// Without separators and without a leading `+`.
std::string dialled_number(std::string_view number);

}  // namespace cticonnector::crm
