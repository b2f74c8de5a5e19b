#pragma once
// Texts between the contact center's code page and the UTF-8 of everybody else (R-DEC-39, R-DEC-70), and cut
// to the bytes that a field can hold (R-DEC-54). What a code page cannot say is '?' here; credentials go by
// encode(), which refuses.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cticonnector/base/encoding.hpp"

namespace cticonnector::routing {

inline std::string to_utf8(std::string_view text, Encoding page) { return decode_tolerant(text, page); }
/// At most `limit` bytes, whole characters only, nothing from a NUL on.
std::string from_utf8(std::string_view text, Encoding page, std::size_t limit = std::string_view::npos);

/// What names an agent or a phone. Empty, as if it were not there, when a character would have to be
/// replaced: nobody is taken for another.
std::string identity_of(const std::optional<std::string_view>& text, Encoding page);

inline std::string utf8_of(const std::optional<std::string_view>& text, Encoding page) {
    return text ? to_utf8(*text, page) : std::string();
}

}  // namespace cticonnector::routing
