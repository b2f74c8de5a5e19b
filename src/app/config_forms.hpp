#pragma once
// What a host, a path and a URL look like in the ini file,
// and what was probably meant by something else (R-DEC-76). Pure.

#include <optional>
#include <string>
#include <string_view>

namespace cticonnector::app {

struct FormError {
    std::string why;      ///< "has a port, which is a key of its own"
    std::string nearest;  ///< may be empty
};
/// Nothing when the text is one.
using FormCheck = std::optional<FormError>;

/// A name as DNS has them (`_` besides) or an IP address, an IPv6 one without brackets.
FormCheck check_host(std::string_view);
/// An IP address, or a network as "10.0.0.0/24" whose address has no bits beyond the prefix: one that has may
/// mean its address alone, and a list must not become wider than it was meant (R-DEC-80).
FormCheck check_network(std::string_view);
/// A name, or an address or network as above; a name and an address may have a port.
FormCheck check_authority(std::string_view);
/// A language as its file is named, or as the CRM names it.
FormCheck check_language(std::string_view);
/// Any text that is not another form, decorated, or a path of another system.
FormCheck check_path(std::string_view);
/// http:// or https://, a host, perhaps a port and a path, in visible ASCII characters; no user.
FormCheck check_url(std::string_view);
/// What stands between the scheme and the path of a URL, a part of it.
std::string_view authority_of(std::string_view url);
/// The path of a URL: / and more, without blanks, ? and #.
FormCheck check_url_path(std::string_view);
/// What a value has behind it that is meant for a comment is part of it.
inline constexpr std::string_view begins_no_comment =
    "has a #, which begins a comment only at the start of a line";
/// The text before a blank and a #; the whole text when there is none.
std::string_view without_comment(std::string_view);
/// "::1" of "[::1]:8080", "127.0.0.1" of "localhost": the address a text may stand for, else nothing.
std::string nearest_address(std::string_view);

/// "sap.example" and ":8000" of "sap.example:8000"; the port is empty without one. An IPv6 address with a
/// port stands in brackets, which are not part of the host.
struct HostAndPort {
    std::string_view host, port;
};
HostAndPort split_port(std::string_view);

}  // namespace cticonnector::app
