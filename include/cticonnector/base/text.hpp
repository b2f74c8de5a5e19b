#pragma once
// The one room for text: UTF-8 and what of it is well formed (Unicode, table 3-7: shortest forms, no
// surrogates, nothing above U+10FFFF), what of it a reader sees; blanks and the case of ASCII. Nothing
// throws; any thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cticonnector {

/// U+FFFD.
inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

/// Bytes of the character that begins at text[at]; 0 if no well-formed one does.
std::size_t character_length(std::string_view text, std::size_t at = 0);

/// The character that begins at text[at]; both are 0 if no well-formed one does.
struct Character {
    std::uint32_t code = 0;
    std::size_t bytes = 0;
};
Character character(std::string_view text, std::size_t at);

/// A terminal obeys it, a viewer does not show it, or shows what stands beside it in another order: controls,
/// line separators, marks of writing direction, what has no width. Blanks of any width are not hidden.
bool is_hidden(std::uint32_t code);
/// No hidden character in it, and no wrong byte.
bool is_visible(std::string_view text);
/// Hidden characters as \n, \x1b or \u200b, wrong bytes as \xff. What needs more than four digits stands
/// there by its bytes.
std::string visible(std::string_view text);
/// The same of what begins at text[at]; its bytes.
std::size_t append_visible(std::string& to, std::string_view text, std::size_t at);

/// Offset of the first byte that belongs to no well-formed character; npos if the text is UTF-8.
std::size_t first_wrong_byte(std::string_view text);
inline bool is_utf8(std::string_view text) { return first_wrong_byte(text) == std::string_view::npos; }

/// Offset of the first byte outside of ASCII; the text's size if there is none.
std::size_t ascii_length(std::string_view text);

/// Characters, also of a text that is not well formed: bytes that begin one.
std::size_t count_characters(std::string_view text);
/// Its first `most` characters with "..." behind them; the whole text when it has no more.
std::string shortened(std::string_view text, std::size_t most);

/// Puts the character there; of a code that is none, the replacement character.
void append_character(std::string& to, std::uint32_t code);

inline constexpr std::string_view blanks = " \t\r\n\v\f";
/// Without these characters at either end.
std::string_view trim(std::string_view text, std::string_view what = blanks);

/// The letters and digits at the front: "A1" of "A1 all taken".
std::string_view first_word(std::string_view text);

/// ASCII letters; all else stays.
constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
std::string to_lower(std::string text);
std::string to_upper(std::string text);
/// Without regard to the case of ASCII letters.
bool equal_ignoring_case(std::string_view, std::string_view);

}  // namespace cticonnector
