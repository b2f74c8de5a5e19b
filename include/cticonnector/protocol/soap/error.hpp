#pragma once
// Why a document is not a message, and what SOAP 1.1 and HTTP call that.
//
// Nothing in this layer throws: an Error is a value with a sentence for a person. http_status() and
// fault_code() say how a server answers it (ici.md section 11, R-DEC-44, R-DEC-70: 415 for an encoding that
// is not read, 400 for what is no SOAP at all, 500 for the rest).

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "cticonnector/base/described.hpp"

namespace cticonnector::soap {

enum class Problem : std::uint8_t {
    unknown_encoding,
    bad_text,
    not_xml,
    doctype,
    no_envelope,
    no_body,
    no_operation,
    several_operations,
    too_deep,
    too_large,
    bad_reference,
    bad_value,
    must_understand,
};
BOOST_DESCRIBE_ENUM(Problem, unknown_encoding, bad_text, not_xml, doctype, no_envelope, no_body, no_operation,
                    several_operations, too_deep, too_large, bad_reference, bad_value, must_understand)

struct Error {
    Problem problem{};
    std::string text;
    bool operator==(const Error&) const = default;
};

/// SOAP 1.1 section 4.4.1.
enum class FaultCode : std::uint8_t { client, server, must_understand, version_mismatch };
BOOST_DESCRIBE_ENUM(FaultCode, client, server, must_understand, version_mismatch)
constexpr auto own_words(FaultCode) {
    return std::array{Word{FaultCode::client, "Client"}, Word{FaultCode::server, "Server"},
                      Word{FaultCode::must_understand, "MustUnderstand"},
                      Word{FaultCode::version_mismatch, "VersionMismatch"}};
}

int http_status(Problem);
FaultCode fault_code(Problem);
std::string_view fault_code_name(FaultCode);        // without prefix: "Client"
FaultCode fault_code_from(std::string_view qname);  // any prefix, "Client.Detail" too; unknown: server

}  // namespace cticonnector::soap
