#pragma once
// What the HTTP server reads out of a peer's bytes: its limits, line ends before a request, target and header
// fields. No socket, so it can be tried with any bytes.

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

#include "cticonnector/net/http_server.hpp"

namespace cticonnector::net {

using HttpParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

/// Number of bytes in front of a request that are line ends, and none of its own (R-DEC-71).
std::size_t line_ends(std::string_view bytes);

/// Makes `parser` a new one, for one request within our limits (R-DEC-58).
void start_request(std::optional<HttpParser>& parser);

/// The peer waits for our 100 before it sends the body: not without one, and not with HTTP/1.0.
bool waits_for_go_on(const HttpParser& with_header);

/// What the server itself answers to a request that it could not read; nothing for a connection that broke.
std::optional<unsigned> status_of(const boost::system::error_code&);

/// What the message says of itself; the connection adds the peer, the time, and the host if none is named.
HttpRequest request_of(HttpParser::value_type&& message);

}  // namespace cticonnector::net
