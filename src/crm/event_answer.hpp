#pragma once
// What an answer of SAP to an event says of its delivery (R-DEC-43). Pure.
//
// Delivered: 200 with a SOAP envelope or without content, 202, 204. A SOAP fault is final, whatever its
// status. All else is a failed delivery: also a 200 with a page, and a redirect, which is never followed.

#include "cticonnector/net/http_client.hpp"
#include "delivery_outcome.hpp"

namespace cticonnector::crm {

DeliveryOutcome outcome_of(const net::HttpResponse&);

}  // namespace cticonnector::crm
