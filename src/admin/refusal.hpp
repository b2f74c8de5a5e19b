#pragma once
// What a page of another site could make a browser ask of the [ADMIN] listener (R-OPS-5). Pure.

#include <optional>
#include <string>
#include <vector>

#include "cticonnector/net/http_server.hpp"

namespace cticonnector::admin {

struct AdminRefusal {
    int status = 0;
    std::string text;
};
/// 421 for a Host that is no IP literal, localhost or one of `server_names`; for a POST 403 when it comes
/// from a foreign origin, and 415 unless its content type is JSON. Nothing: it may be answered.
std::optional<AdminRefusal> refuse(const net::HttpRequest&, const std::vector<std::string>& server_names);

}  // namespace cticonnector::admin
