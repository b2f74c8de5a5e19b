#pragma once
// What is looked at in URLs that come from outside (R-DEC-58, R-DEC-59, R-DEC-76). Nothing throws but for
// want of memory; any thread.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cticonnector {

/// An authority without a user, in its parts as they stand there.
struct Authority {
    std::string_view host;  ///< with its brackets
    std::string_view port;  ///< with its colon; empty: none
};
/// "name:80", "10.0.0.1", "[::1]:80". Nothing where a bracket stays open, or no colon stands behind one.
std::optional<Authority> split_authority(std::string_view);

/// Each %2e is its byte, once; what is no such escape stays.
std::string percent_decoded(std::string_view);

/// Still encoded: the value of the first name=value that is asked for, empty for a name alone. Nothing: none.
std::optional<std::string_view> query_value(std::string_view query,
                                            const std::function<bool(std::string_view)>& is_name);

/// `.` and `..` would lead out of the path that EventUrlMap gives. A gateway may decode a path, more than
/// once, part it at `\` too, and cut off parameters, blanks and what follows a zero byte before it looks for
/// them: all of that counts, and so does a path with more encodings in one another than anybody has a reason
/// for. The query is not looked at.
bool has_dot_segment(std::string_view path);

/// The text with *** for the user and password of every URL in it: "http://***@host/". For logs and faults.
/// What stands between a colon and the last @ of a URL may be a password,
/// so `http://host:80/a@b` hides its host, too.
std::string without_credentials(std::string_view);

}  // namespace cticonnector
