#pragma once
// What can be wrong with bytes or with a message to be sent, and the result type of this layer.
// Errors are for what breaks the structure of a message; a sound field with odd contents is kept or skipped
// and counted instead (Notes, codec.hpp). Nothing here throws. Source: GED-188 fact sheet sections 1-3.

#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cticonnector::wire {

enum class WireError : std::uint8_t {
    message_too_long,    // the header announces more than the largest message
    truncated_fixed,     // the body ends inside the fixed part
    truncated_floating,  // the body ends inside tag, length or data of a floating field
    wrong_message,       // the frame is of another message type than the one asked for
    unknown_message,     // no such number in the description
    body_not_published,  // the description has no body for this message: it is carried raw
    not_in_version,      // the message does not exist in the session's version
    field_too_long,      // a value above the field's maximum, or above what its length field can say
    bad_text,            // a NUL inside a text that a NUL ends
    bad_value,           // a value of a type that the field cannot hold
    missing_required,    // a required floating field is absent
    too_much_named,      // NamedVariable and NamedArray fields above their common limit
};

struct Error {
    WireError code{};
    std::string_view field{};  // static text: the name of the field or message, empty when none is concerned
    std::size_t offset = 0;    // bytes from the start of the body (decode) or of the message (encode)
    std::size_t size = 0;      // what was found: bytes, message type
    std::size_t limit = 0;     // what was allowed or needed, 0 when there is no such number

    bool operator==(const Error&) const = default;
};

// One sentence for a person, with names and both numbers.
std::string describe(const Error& error);

// boost::system::result finds this when somebody calls value() without looking.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location&);

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace cticonnector::wire
