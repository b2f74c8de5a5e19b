#pragma once
// What an answer of SAP to an event says of its delivery (R-DEC-43). Pure.
//
// Delivered: 200 with a SOAP envelope or without content, 202, 204. A SOAP fault is final, whatever its
// status. All else is a failed delivery: also a 200 with a page, and a redirect, which is never followed.

#include <string>
#include <variant>

#include "cticonnector/net/http_client.hpp"
#include "cticonnector/protocol/ici/fault.hpp"

namespace cticonnector::crm {

struct Delivered {};
struct Undelivered {
    std::string why;  ///< for the log: the status, a page's content type and its first characters
};
using Verdict = std::variant<Delivered, ici::Fault, Undelivered>;

Verdict verdict(const net::HttpResponse&);

}  // namespace cticonnector::crm
