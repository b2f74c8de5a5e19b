#include "http_message.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v6.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/verb.hpp>
#include <iterator>

#include "cticonnector/base/text.hpp"
#include "cticonnector/base/url.hpp"

namespace cticonnector::net {
namespace {

namespace http = boost::beast::http;

/// Without regard to case, as scheme and host names have it. Beast's own iequals is not used here: it reads a
/// character past the end of texts that differ in case.
bool starts_with(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

using Message = HttpParser::value_type;

std::string_view target_of(const Message& message) {
    return {message.target().data(), message.target().size()};
}

/// The host that an absolute target brings along (RFC 9112 section 3.2, R-DEC-71), taken off it.
std::optional<std::string_view> take_authority(std::string_view& target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!starts_with(target, scheme)) continue;
        target.remove_prefix(scheme.size());
        const auto authority = target.substr(0, target.find_first_of("/?"));
        target.remove_prefix(authority.size());
        return authority;
    }
    return std::nullopt;
}

void read_target(std::string_view target, HttpRequest& request) {
    if (const auto authority = take_authority(target)) {
        request.host = *authority;
        if (!target.starts_with('/')) request.path = "/";
    }
    const auto question = std::min(target.find('?'), target.size());
    request.path += target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
}

/// "name", "10.0.0.1:8080", "[::1]:8080"; what else RFC 3986 lets a name have, no name has.
bool is_host(std::string_view text) {
    const auto parts = split_authority(text);
    if (!parts || parts->port.find_first_not_of("0123456789", 1) != std::string_view::npos) return false;
    const auto host = parts->host;
    if (host.starts_with('[')) {
        boost::system::error_code error;
        boost::asio::ip::make_address_v6(std::string(host.substr(1, host.size() - 2)), error);
        return !error;
    }
    static constexpr std::string_view of_a_name =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%";
    return host.find_first_not_of(of_a_name) == std::string_view::npos;
}

/// An empty Host is one: of a client that has no name for us.
bool names_one_host(const Message& message) {
    const auto hosts = message.equal_range(http::field::host);
    const auto count = std::distance(hosts.first, hosts.second);
    if (count > 1 || (count == 0 && message.version() >= 11)) return false;
    if (count == 1 && !is_host({hosts.first->value().data(), hosts.first->value().size()})) return false;
    auto target = target_of(message);
    const auto authority = take_authority(target);
    return !authority || (!authority->empty() && is_host(*authority));
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
           equal_ignoring_case(message[http::field::expect], "100-continue");
}

std::optional<HttpRefusal> refusal_of(const boost::system::error_code& ec) {
    static const auto* const category = &boost::system::error_code{http::error::bad_method}.category();
    if (ec.category() != *category) return std::nullopt;
    if (ec == http::error::end_of_stream || ec == http::error::partial_message) return std::nullopt;
    auto status = http::status::bad_request;
    if (ec == http::error::header_limit) status = http::status::request_header_fields_too_large;
    if (ec == http::error::body_limit || ec == http::error::buffer_overflow)
        status = http::status::payload_too_large;
    return HttpRefusal{static_cast<unsigned>(status), std::string(http::obsolete_reason(status))};
}

std::optional<HttpRefusal> refusal_of(const HttpParser& with_header, std::size_t header_bytes) {
    if (header_bytes > max_header) return refusal_of(make_error_code(http::error::header_limit));
    const Message& message = with_header.get();
    if (!names_one_host(message))
        return HttpRefusal{400, "The request has to name one host: one Host, which is name or name:port\n"};
    const auto codings = message.count(http::field::transfer_encoding);
    if (codings == 0) return std::nullopt;
    if (!with_header.chunked() || message.version() < 11)
        return HttpRefusal{400, "Transfer-Encoding has to be chunked, and the request HTTP/1.1\n"};
    if (codings > 1 || !equal_ignoring_case(message[http::field::transfer_encoding], "chunked"))
        return HttpRefusal{501, "Of Transfer-Encoding only chunked is read here\n"};
    return std::nullopt;
}

HttpRequest request_of(const HttpParser& with_header) {
    const Message& message = with_header.get();
    HttpRequest request;
    request.method = message.method() == http::verb::head ? "GET" : message.method_string();
    request.host = message[http::field::host];
    read_target(target_of(message), request);
    request.origin = message[http::field::origin];
    request.content_type = message[http::field::content_type];
    request.authorization = Secret{std::string(message[http::field::authorization])};
    return request;
}

}  // namespace cticonnector::net
