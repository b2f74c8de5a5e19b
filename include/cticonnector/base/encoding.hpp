#pragma once
// Text encodings by name, and their texts to UTF-8 and back (R-DEC-70). The conversion is the system's:
// iconv, or that of Windows. No conversion throws; each thread keeps its own converters, so all of this may
// be called on any thread and costs no opening.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cticonnector {

/// utf_16: the byte order mark says which; without one big-endian (RFC 2781 section 4.3).
enum class Encoding : std::uint8_t {
    utf_8,
    utf_16,
    utf_16le,
    utf_16be,
    us_ascii,
    iso_8859_1,
    iso_8859_2,
    iso_8859_15,
    windows_1250,
    windows_1251,
    windows_1252,
};

/// By the registered name or a usual alias, in any case: "UTF-8", "latin1", "CP1252".
std::optional<Encoding> encoding_from(std::string_view name);
std::string_view name(Encoding);  ///< the registered one (IANA)

/// ASCII bytes stand for themselves: all but UTF-16.
bool keeps_ascii(Encoding);

/// Whether this system's converter has it. glibc without its extra modules lacks ISO-8859-2, windows-1250 and
/// -1251: texts in them are then wrong from the first byte outside of ASCII.
bool available(Encoding);

struct Decoded {
    std::string text;                  ///< UTF-8; what was good before the wrong byte, if there is one
    std::optional<std::size_t> wrong;  ///< offset of the first byte that is none of this encoding
    bool operator==(const Decoded&) const = default;
};

/// Bytes that an encoding leaves undefined are wrong, so are unpaired surrogates and a last half character.
Decoded decode(std::string_view bytes, Encoding);

/// The same for texts that must be shown whatever they are: a wrong byte becomes '?'. The bytes that
/// windows-1250, -1251 and -1252 leave undefined (0x81 ...) become the control character of the same number
/// (U+0081 ...), as on Windows and in browsers; encode() and encode_tolerant() turn it into that byte again,
/// so nothing is lost.
std::string decode_tolerant(std::string_view bytes, Encoding);

/// Nothing when the encoding cannot hold a character, or when the text is not UTF-8.
std::optional<std::string> encode(std::string_view utf8, Encoding);

/// The same with '?' for each such character or byte.
std::string encode_tolerant(std::string_view utf8, Encoding);

}  // namespace cticonnector
