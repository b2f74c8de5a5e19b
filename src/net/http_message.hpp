#pragma once
// What the HTTP server reads out of a peer's bytes: its limits, line ends before a request, target and header
// fields. No socket, so it can be tried with any bytes.

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cticonnector/net/http_limits.hpp"
#include "cticonnector/net/http_server.hpp"

namespace cticonnector::net {

using HttpParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

/// What was read of a peer and not taken yet; reading into a full one is an error (R-DEC-58).
struct HttpBuffer : boost::beast::flat_buffer {
    HttpBuffer() : boost::beast::flat_buffer(max_buffer) {}
};

/// Number of bytes in front of a request that are line ends, and none of its own (R-DEC-71).
std::size_t line_ends(std::string_view bytes);

/// Makes `parser` a new one, for one request within our limits (R-DEC-58).
void start_request(std::optional<HttpParser>& parser);

/// The peer waits for our 100 before it sends the body: not without one, and not with HTTP/1.0.
bool waits_for_go_on(const HttpParser& with_header);

/// What the server itself answers to a request that it does not take; the connection ends with it.
struct HttpRefusal {
    unsigned status;
    std::string text;
};

/// It could not be read; nothing for a connection that broke.
std::optional<HttpRefusal> refusal_of(const boost::system::error_code&);

/// It is not sure where its body ends or whom it asks: what a proxy in front let through as one request might
/// be two to us (RFC 9112 sections 3.2, 6.1 and 6.3). Or its header is too long: Beast holds the request line
/// and the fields to the limit each by itself when they come at once.
std::optional<HttpRefusal> refusal_of(const HttpParser& with_header, std::size_t header_bytes);

/// What the header says of the request, so to be asked before the body is read: Beast adds the fields of a
/// trailer to it, which no proxy in front has looked at (RFC 9110 section 6.5.1). The connection adds the
/// body, the peer, the time, and the host if none is named.
HttpRequest request_of(const HttpParser& with_header);

}  // namespace cticonnector::net
