#pragma once
// The XML document that travels with a call, chat or action item (ici.md section 7; R-DATA-1, R-DATA-4).
//
//     <ItemAttachedData><Application id="SAP-IC"><CV01>..</CV01> ..
//     <CV10/><MID>17</MID><ECC>..</ECC></Application>..
//
// This is the inner level: attached_data members of ICI structures hold such a document unescaped, and the
// SOAP writer escapes it once more. Values are UTF-8 and any text.
// What belongs to others is kept as it was written.

#include <array>
#include <boost/system/result.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cticonnector/protocol/soap/error.hpp"

namespace cticonnector::ici {

/// An expanded call variable. Its name on the wire, and as read, is that of ecc_element_name().
struct EccVariable {
    std::string name;
    std::string value;
    bool operator==(const EccVariable&) const = default;
};

struct AttachedData {
    std::array<std::string, 10> call_variables;  // CV01 to CV10
    std::string media_id;
    std::vector<EccVariable> ecc;

    std::string root_attributes;              // such as namespaces that the parts below may need; as written
    std::vector<std::string> other_elements;  // of the application SAP-IC, each as it was written
    std::vector<std::string> other_applications;  // and whatever else stands in the root

    bool operator==(const AttachedData&) const = default;
};

/// A blank text reads as no data at all; anything else must be such a document.
boost::system::result<AttachedData, soap::Error> read_attached_data(std::string_view document);

/// What belongs to others, written out: it stands before and behind the parts that are ours.
struct Surroundings {
    std::string before, behind;
};
Surroundings surroundings_of(const AttachedData&);

/// Always all ten call variables, MID and ECC, as name and value (R-DATA-1).
std::string write_attached_data(std::string_view before, const std::array<std::string, 10>& call_variables,
                                std::string_view media_id,
                                std::span<const std::pair<std::string, std::string>> ecc,
                                std::string_view behind);
std::string write_attached_data(const AttachedData&);

/// The name with '_' for each dot and whatever else an ASCII element name cannot have.
std::string ecc_element_name(std::string_view variable);

}  // namespace cticonnector::ici
