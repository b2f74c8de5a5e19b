#pragma once
// Text that XML 1.0 can carry. Whatever bytes come in, valid UTF-8 of allowed characters goes out: broken
// sequences and characters outside the Char production (XML 1.0 section 2.2) become U+FFFD, one for each byte
// that fits nowhere.

#include <cstddef>
#include <string>
#include <string_view>

namespace cticonnector::soap {

/// Appends text as element content. '>' is escaped too, so that "]]>" never appears, and a carriage return is
/// written as a reference, because readers turn a plain one into a line feed (XML 1.0 section 2.11).
void append_text(std::string& out, std::string_view text);

/// The same for an attribute value in double quotes; tabs and line feeds are written as references too.
void append_attribute(std::string& out, std::string_view text);

/// Offset of the first byte of what XML cannot carry; npos if there is none.
std::size_t first_forbidden(std::string_view text);

/// Replaces what XML cannot carry, without escaping.
std::string clean(std::string_view text);

/// The part of a qualified name after its prefix.
std::string_view local_name(std::string_view qualified_name);

}  // namespace cticonnector::soap
