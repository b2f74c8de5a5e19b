#pragma once
// How an operation fails (ici.md section 11): a SOAP 1.1 fault whose detail is an iciException.

#include <optional>
#include <string>

#include "cticonnector/protocol/ici/enums.hpp"
#include "cticonnector/protocol/soap/error.hpp"

namespace cticonnector::ici {

struct Exception {
    ErrorId error_id{};
    std::string description;  // in the language of the request
    bool operator==(const Exception&) const = default;
};

struct Fault {
    soap::FaultCode code{};
    std::string text;                    // faultstring, short English
    std::optional<Exception> exception;  // absent where the header was at fault (SOAP 1.1 section 4.4)
    bool operator==(const Fault&) const = default;
};

/// The fault for an error of ours; an empty description is filled with the English text of the error.
Fault make_fault(ErrorId, std::string description = {});

/// The fault for what is no message.
Fault make_fault(const soap::Error&);

std::string write_fault(const Fault&);

}  // namespace cticonnector::ici
