#include "cticonnector/base/encoding.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "converter.hpp"
#include "cticonnector/base/text.hpp"

namespace cticonnector {
namespace {

struct Row {
    Encoding encoding;
    std::string_view name;
};

/// The first name of each encoding is the registered one; the others are registered aliases and what clients
/// write all the same.
constexpr std::array names{
    Row{Encoding::utf_8, "UTF-8"},
    Row{Encoding::utf_8, "UTF8"},
    Row{Encoding::utf_16, "UTF-16"},
    Row{Encoding::utf_16, "UTF16"},
    Row{Encoding::utf_16le, "UTF-16LE"},
    Row{Encoding::utf_16be, "UTF-16BE"},
    Row{Encoding::us_ascii, "US-ASCII"},
    Row{Encoding::us_ascii, "ASCII"},
    Row{Encoding::us_ascii, "ANSI_X3.4-1968"},
    Row{Encoding::us_ascii, "ISO646-US"},
    Row{Encoding::iso_8859_1, "ISO-8859-1"},
    Row{Encoding::iso_8859_1, "ISO_8859-1"},
    Row{Encoding::iso_8859_1, "ISO8859-1"},
    Row{Encoding::iso_8859_1, "latin1"},
    Row{Encoding::iso_8859_1, "latin-1"},
    Row{Encoding::iso_8859_1, "l1"},
    Row{Encoding::iso_8859_2, "ISO-8859-2"},
    Row{Encoding::iso_8859_2, "ISO_8859-2"},
    Row{Encoding::iso_8859_2, "ISO8859-2"},
    Row{Encoding::iso_8859_2, "latin2"},
    Row{Encoding::iso_8859_2, "l2"},
    Row{Encoding::iso_8859_15, "ISO-8859-15"},
    Row{Encoding::iso_8859_15, "ISO_8859-15"},
    Row{Encoding::iso_8859_15, "ISO8859-15"},
    Row{Encoding::iso_8859_15, "Latin-9"},
    Row{Encoding::iso_8859_15, "latin9"},
    Row{Encoding::windows_1250, "windows-1250"},
    Row{Encoding::windows_1250, "CP1250"},
    Row{Encoding::windows_1250, "x-cp1250"},
    Row{Encoding::windows_1251, "windows-1251"},
    Row{Encoding::windows_1251, "CP1251"},
    Row{Encoding::windows_1251, "x-cp1251"},
    Row{Encoding::windows_1252, "windows-1252"},
    Row{Encoding::windows_1252, "CP1252"},
    Row{Encoding::windows_1252, "x-cp1252"},
};

constexpr std::string_view big_endian_mark = "\xFE\xFF";
constexpr std::string_view little_endian_mark = "\xFF\xFE";

bool leaves_bytes_undefined(Encoding encoding) {
    return encoding == Encoding::windows_1250 || encoding == Encoding::windows_1251 ||
           encoding == Encoding::windows_1252;
}

/// U+0080 to U+009F, of which the last byte tells them apart.
bool is_c1_control(std::string_view utf8, std::size_t at) {
    return utf8[at] == '\xC2' && static_cast<std::uint8_t>(utf8[at + 1]) < 0xA0;
}

bool is_undefined(char byte, Encoding encoding) {
    std::string unused;
    return leaves_bytes_undefined(encoding) && converter::to_utf8(encoding, {&byte, 1}, unused) == 0;
}

struct Resolved {
    Encoding encoding;
    std::size_t mark = 0;  ///< bytes of the byte order mark
};

Resolved resolved(std::string_view bytes, Encoding encoding) {
    if (encoding != Encoding::utf_16) return {encoding};
    if (bytes.starts_with(little_endian_mark)) return {Encoding::utf_16le, little_endian_mark.size()};
    return {Encoding::utf_16be, bytes.starts_with(big_endian_mark) ? big_endian_mark.size() : 0};
}

/// From `at` on; the encoding is resolved.
Decoded decode_from(std::string_view bytes, std::size_t at, Encoding encoding) {
    const std::string_view rest = bytes.substr(at);
    Decoded decoded;
    std::size_t taken = keeps_ascii(encoding) ? ascii_length(rest) : 0;
    if (encoding == Encoding::utf_8) taken = std::min(first_wrong_byte(rest), rest.size());
    decoded.text = rest.substr(0, taken);
    if (taken < rest.size() && encoding != Encoding::utf_8 && encoding != Encoding::us_ascii)
        taken += converter::to_utf8(encoding, rest.substr(taken), decoded.text);
    if (taken < rest.size()) decoded.wrong = at + taken;
    return decoded;
}

/// What the encoding cannot hold, at `at`: a byte that it leaves undefined is put out
/// as it came in; else false.
bool put_undefined(std::string_view utf8, std::size_t at, Encoding encoding, std::string& out) {
    if (character_length(utf8, at) != 2 || !is_c1_control(utf8, at) || !is_undefined(utf8[at + 1], encoding))
        return false;
    out += utf8[at + 1];
    return true;
}

/// Texts are encoded in pieces of about this many bytes,
/// so that one full of refusals costs no more than its length.
constexpr std::size_t piece_size = 256;

std::string_view first_piece(std::string_view utf8) {
    if (utf8.size() <= piece_size) return utf8;
    std::size_t end = piece_size;
    while (end > piece_size - 3 && (utf8[end] & 0xC0) == 0x80) --end;
    return utf8.substr(0, end);
}

/// Appends well-formed text up to what cannot be held; the bytes taken.
std::size_t encode_run(std::string_view run, Encoding encoding, std::string& out) {
    const std::size_t plain = encoding == Encoding::utf_8 ? run.size()
                              : keeps_ascii(encoding)     ? ascii_length(run)
                                                          : 0;
    out += run.substr(0, plain);
    if (plain == run.size() || encoding == Encoding::us_ascii) return plain;
    return plain + converter::from_utf8(encoding, run.substr(plain), out);
}

/// Asks refuse() whether to go on after what cannot be held.
template <class Refuse>
bool encode_all(std::string_view utf8, Encoding encoding, std::string& out, Refuse refuse) {
    for (std::size_t at = 0; at < utf8.size();) {
        const std::string_view piece = first_piece(utf8.substr(at));
        const std::size_t taken = encode_run(piece.substr(0, first_wrong_byte(piece)), encoding, out);
        at += taken;
        if (taken == piece.size()) continue;
        if (!put_undefined(utf8, at, encoding, out) && !refuse()) return false;
        at += std::max<std::size_t>(character_length(utf8, at), 1);
    }
    return true;
}

/// Writes the byte order mark that utf_16 asks for; says which of the other two follows.
Encoding begin(Encoding encoding, std::string& out) {
    if (encoding != Encoding::utf_16) return encoding;
    out += big_endian_mark;
    return Encoding::utf_16be;
}

}  // namespace

std::optional<Encoding> encoding_from(std::string_view name) {
    const auto* found =
        std::ranges::find_if(names, [&](const Row& row) { return equal_ignoring_case(row.name, name); });
    if (found == names.end()) return std::nullopt;
    return found->encoding;
}

std::string_view name(Encoding encoding) { return std::ranges::find(names, encoding, &Row::encoding)->name; }

bool keeps_ascii(Encoding encoding) {
    return encoding != Encoding::utf_16 && encoding != Encoding::utf_16le && encoding != Encoding::utf_16be;
}

bool available(Encoding encoding) {
    if (encoding == Encoding::utf_8 || encoding == Encoding::us_ascii) return true;
    return converter::available(encoding == Encoding::utf_16 ? Encoding::utf_16be : encoding);
}

Decoded decode(std::string_view bytes, Encoding encoding) {
    const Resolved exact = resolved(bytes, encoding);
    return decode_from(bytes, exact.mark, exact.encoding);
}

std::string decode_tolerant(std::string_view bytes, Encoding encoding) {
    const Resolved exact = resolved(bytes, encoding);
    const std::size_t unit = keeps_ascii(exact.encoding) ? 1 : 2;
    Decoded all = decode_from(bytes, exact.mark, exact.encoding);
    while (all.wrong) {
        const std::size_t at = *all.wrong;
        if (leaves_bytes_undefined(exact.encoding) && static_cast<std::uint8_t>(bytes[at]) < 0xA0)
            all.text.append(1, '\xC2').append(1, bytes[at]);
        else
            all.text += '?';
        if (at + unit >= bytes.size()) break;
        const Decoded more = decode_from(bytes, at + unit, exact.encoding);
        all.text += more.text;
        all.wrong = more.wrong;
    }
    return std::move(all.text);
}

std::optional<std::string> encode(std::string_view utf8, Encoding encoding) {
    std::string out;
    encoding = begin(encoding, out);
    if (!encode_all(utf8, encoding, out, [] { return false; })) return std::nullopt;
    return out;
}

std::string encode_tolerant(std::string_view utf8, Encoding encoding) {
    std::string out;
    encoding = begin(encoding, out);
    encode_all(utf8, encoding, out, [&] {
        encode_run("?", encoding, out);
        return true;
    });
    return out;
}

}  // namespace cticonnector
