#pragma once
// Which HTTP requests are ICI requests, and what the others are answered: 404 outside the base path, 405,
// WSDL documents (ici.md sections 1 and 11, R-DEC-44). Pure.

#include <optional>
#include <string_view>

#include "cticonnector/net/http_server.hpp"
#include "cticonnector/protocol/ici/codec.hpp"

namespace cticonnector::crm {

using net::HttpAnswer;
using net::HttpRequest;

/// Nothing: a POST under the base path, whose body decides.
std::optional<HttpAnswer> answer_without_body(const HttpRequest&, std::string_view base_path);

/// Seconds, while it stops; a balancer in front asks somebody else meanwhile.
inline constexpr unsigned retry_after_stop = 5;

/// GET of a listener's health: 200 while it serves, else 503 and `why_not` in a word (observability.md).
HttpAnswer health_answer(const HttpRequest&, bool serving, std::string_view why_not);

/// Any fault of ours is 500, as SOAP 1.1 has it; unreadable requests bring their own status.
HttpAnswer fault_answer(const ici::Fault&, int status = 500);

}  // namespace cticonnector::crm
