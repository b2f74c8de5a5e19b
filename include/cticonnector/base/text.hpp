#pragma once
// The one room for UTF-8: what is well formed (Unicode, table 3-7: shortest forms, no surrogates, nothing
// above U+10FFFF). Nothing throws; any thread.

#include <cstddef>
#include <string>
#include <string_view>

namespace cticonnector {

/// U+FFFD.
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// Bytes of the character that begins at text[at]; 0 if no well-formed one does.
std::size_t character_length(std::string_view text, std::size_t at = 0);

/// Offset of the first byte that belongs to no well-formed character; npos if the text is UTF-8.
std::size_t first_wrong_byte(std::string_view text);
inline bool is_utf8(std::string_view text) { return first_wrong_byte(text) == std::string_view::npos; }

/// Offset of the first byte outside of ASCII; the text's size if there is none.
std::size_t ascii_length(std::string_view text);

/// Characters, also of a text that is not well formed: bytes that begin one.
std::size_t count_characters(std::string_view text);
/// Its first `most` characters with "..." behind them; the whole text when it has no more.
std::string shortened(std::string_view text, std::size_t most);

/// Without regard to the case of ASCII letters.
bool equal_ignoring_case(std::string_view, std::string_view);

}  // namespace cticonnector
