#pragma once
// What a decoder passed over without calling the message broken (GED-188 section 11: decode leniently).

#include <cstdint>

namespace cticonnector::wire {

// Counts only grow, so one Notes can serve a whole session.
struct Notes {
    std::uint32_t unknown_tags = 0;      // skipped
    std::uint32_t repeated_fields = 0;   // not a list member, seen again: the first one stays
    std::uint32_t bad_fields = 0;        // data of a size or form that the type cannot have: skipped
    std::uint32_t unterminated = 0;      // text without its NUL: kept whole
    std::uint32_t oversized = 0;         // data above the field's maximum: kept
    std::uint32_t count_mismatches = 0;  // count field and entries disagree: the entries found are kept
    std::uint32_t missing_required = 0;

    bool operator==(const Notes&) const = default;
};

}  // namespace cticonnector::wire
