#pragma once
// What an answer of SAP to an event says of its delivery (R-DEC-43).

#include <string>
#include <variant>

#include "cticonnector/protocol/ici/fault.hpp"

namespace cticonnector::crm {

struct Delivered {};
struct Undelivered {
    std::string why;  ///< for the log: the status, a page's content type and its first characters
};
/// A fault is final.
using DeliveryOutcome = std::variant<Delivered, ici::Fault, Undelivered>;

}  // namespace cticonnector::crm
