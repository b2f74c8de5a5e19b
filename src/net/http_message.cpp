#include "http_message.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/verb.hpp>
#include <utility>

#include "cticonnector/net/http_limits.hpp"

namespace cticonnector::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

/// Without regard to case, as scheme and host names have it.
bool starts_with(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && beast::iequals(text.substr(0, prefix.size()), prefix);
}

/// RFC 9112 section 3.2: an absolute target brings the host along (R-DEC-71).
void read_target(std::string_view target, HttpRequest& request) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!starts_with(target, scheme)) continue;
        target.remove_prefix(scheme.size());
        const auto end = std::min(target.find_first_of("/?"), target.size());
        request.host = target.substr(0, end);
        target.remove_prefix(end);
        if (!target.starts_with('/')) request.path = "/";
    }
    const auto question = std::min(target.find('?'), target.size());
    request.path += target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
}

/// Somebody stands between the peer and whoever asks (R-DEC-66).
bool says_forwarded(const http::fields& fields) {
    return std::ranges::any_of(fields, [](const auto& field) {
        const std::string_view name{field.name_string().data(), field.name_string().size()};
        return starts_with(name, "X-Forwarded-") || beast::iequals(name, "Forwarded");
    });
}

}  // namespace

std::size_t line_ends(std::string_view bytes) {
    return std::min(bytes.find_first_not_of("\r\n"), bytes.size());
}

void start_request(std::optional<HttpParser>& parser) {
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(max_header));
    parser->body_limit(max_body);
}

bool waits_for_go_on(const HttpParser& with_header) {
    const auto& message = with_header.get();
    return message.version() >= 11 && !with_header.is_done() &&
           beast::iequals(message[http::field::expect], "100-continue");
}

std::optional<unsigned> status_of(const boost::system::error_code& ec) {
    if (ec == http::error::header_limit) return 431;
    if (ec == http::error::body_limit || ec == http::error::buffer_overflow) return 413;
    if (ec == http::error::end_of_stream || ec == http::error::partial_message) return std::nullopt;
    static const auto* const category = &boost::system::error_code{http::error::bad_method}.category();
    if (ec.category() != *category) return std::nullopt;
    return 400;
}

HttpRequest request_of(HttpParser::value_type&& message) {
    HttpRequest request;
    request.method = message.method() == http::verb::head ? "GET" : message.method_string();
    request.host = message[http::field::host];
    read_target({message.target().data(), message.target().size()}, request);
    request.origin = message[http::field::origin];
    request.content_type = message[http::field::content_type];
    request.authorization = Secret{std::string(message[http::field::authorization])};
    request.forwarded = says_forwarded(message);
    request.body = std::move(message.body());
    return request;
}

}  // namespace cticonnector::net
