#pragma once
// Where the events of a subscription go: the appUrl of its subscribe, after the gateway's rewriting, as the
// parts that a connection needs (R-DEC-58). Pure.

#include <string>
#include <string_view>
#include <variant>

#include "cticonnector/crm/settings.hpp"
#include "cticonnector/net/http_target.hpp"

namespace cticonnector::crm {

/// Why an appUrl is not served: a sentence for the fault.
struct UrlRefusal {
    std::string text;
};

/// AllowedEventHosts looks at what SAP sent, EventUrlMap is applied afterwards. A gateway is the operator's
/// word and need not be in the list; if it were, a subscriber could name it with any path, past the map. The
/// prefix of a map ends where a segment ends, so a subscriber chooses neither its host
/// nor its port, and `..` is refused.
std::variant<net::HttpTarget, UrlRefusal> event_target(std::string_view app_url, const Settings&);

}  // namespace cticonnector::crm
