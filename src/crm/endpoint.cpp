#include "endpoint.hpp"

#include <string>

#include "cticonnector/base/text.hpp"
#include "cticonnector/base/url.hpp"
#include "cticonnector/protocol/ici/wsdl.hpp"

namespace cticonnector::crm {
namespace {

bool under(std::string_view path, std::string_view base) {
    while (base.ends_with('/')) base.remove_suffix(1);
    if (!path.starts_with(base)) return false;
    path.remove_prefix(base.size());
    return path.empty() || path.front() == '/';
}

/// One of the query's names, in any case (R-DEC-71).
bool asks_for_wsdl(std::string_view query) {
    const auto is_wsdl = [](std::string_view name) { return equal_ignoring_case(name, "wsdl"); };
    return query_value(query, is_wsdl).has_value();
}

}  // namespace

std::optional<HttpAnswer> answer_without_body(const HttpRequest& request, std::string_view base_path) {
    const std::string_view path = request.path;
    if (!under(path, base_path)) return HttpAnswer{404, "Nothing is served here\n", "text/plain"};
    if (request.method == "POST") return std::nullopt;
    if (request.method == "GET" && asks_for_wsdl(request.query)) {
        const auto service = ici::service_from_name(path.substr(path.rfind('/') + 1));
        if (!service) return HttpAnswer{404, "There is no such service\n", "text/plain"};
        return HttpAnswer{200, ici::wsdl(*service, "http://" + request.host + std::string(path))};
    }
    return HttpAnswer{405, "ICI requests are posted\n", "text/plain", "POST"};
}

HttpAnswer health_answer(const HttpRequest& request, bool serving, std::string_view why_not) {
    if (request.method != "GET") return {405, "This answers GET\n", "text/plain", "GET, HEAD"};
    if (serving) return {200, "{\"status\":\"up\"}\n", "application/json"};
    return {.status = 503,
            .body = "{\"status\":\"" + std::string(why_not) + "\"}\n",
            .content_type = "application/json",
            .retry_after = retry_after_stop};
}

HttpAnswer fault_answer(const ici::Fault& fault, int status) {
    return {static_cast<unsigned>(status), ici::write_fault(fault)};
}

}  // namespace cticonnector::crm
