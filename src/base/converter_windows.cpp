// Windows' own code pages, by way of its UTF-16. A run that fails as a whole is halved until the first wrong
// character stands alone.

#define NOMINMAX
#include <windows.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "converter.hpp"
#include "cticonnector/base/text.hpp"

namespace cticonnector::converter {
namespace {

static_assert(sizeof(wchar_t) == 2);

UINT code_page(Encoding encoding) {
    switch (encoding) {
        case Encoding::iso_8859_1: return 28591;
        case Encoding::iso_8859_2: return 28592;
        case Encoding::iso_8859_15: return 28605;
        case Encoding::windows_1250: return 1250;
        case Encoding::windows_1251: return 1251;
        case Encoding::windows_1252: return 1252;
        case Encoding::utf_8:
        case Encoding::utf_16:
        case Encoding::utf_16le:
        case Encoding::utf_16be:
        case Encoding::us_ascii: break;
    }
    return CP_UTF8;
}

bool is_windows(Encoding encoding) { return encoding >= Encoding::windows_1250; }
bool is_utf_16(Encoding encoding) { return !keeps_ascii(encoding); }

/// Windows takes bytes that its page leaves undefined for control characters; here they are wrong.
bool has_c1(const std::wstring& text) {
    for (const wchar_t c : text)
        if (c >= 0x80 && c <= 0x9F) return true;
    return false;
}

bool widen(UINT page, std::string_view bytes, std::wstring& wide) {
    const int size = static_cast<int>(bytes.size());
    wide.resize(bytes.size());  // never more units than bytes
    const int units = MultiByteToWideChar(page, MB_ERR_INVALID_CHARS, bytes.data(), size, wide.data(), size);
    wide.resize(static_cast<std::size_t>(units));
    return units > 0;
}

bool narrow(UINT page, const std::wstring& wide, std::string& out) {
    const std::size_t before = out.size();
    out.resize(before + 3 * wide.size());
    BOOL replaced = FALSE;
    const bool utf_8 = page == CP_UTF8;
    const int size = WideCharToMultiByte(
        page, utf_8 ? WC_ERR_INVALID_CHARS : WC_NO_BEST_FIT_CHARS, wide.data(), static_cast<int>(wide.size()),
        out.data() + before, static_cast<int>(out.size() - before), nullptr, utf_8 ? nullptr : &replaced);
    const bool done = size > 0 && replaced == FALSE;
    out.resize(before + (done ? static_cast<std::size_t>(size) : 0));
    return done;
}

std::wstring units_of(Encoding encoding, std::string_view bytes) {
    std::wstring wide;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        wide +=
            static_cast<wchar_t>(encoding == Encoding::utf_16be ? first << 8 | second : second << 8 | first);
    }
    return wide;
}

bool decode_run(Encoding encoding, std::string_view bytes, std::string& out) {
    if (is_utf_16(encoding)) return bytes.size() % 2 == 0 && narrow(CP_UTF8, units_of(encoding, bytes), out);
    std::wstring wide;
    if (!widen(code_page(encoding), bytes, wide)) return false;
    if (is_windows(encoding) && has_c1(wide)) return false;
    return narrow(CP_UTF8, wide, out);
}

bool encode_run(Encoding encoding, std::string_view utf8, std::string& out) {
    std::wstring wide;
    if (!widen(CP_UTF8, utf8, wide)) return false;
    if (is_utf_16(encoding)) {
        for (const wchar_t unit : wide) {
            const char high = static_cast<char>(unit >> 8);
            const char low = static_cast<char>(unit & 0xFF);
            out += encoding == Encoding::utf_16be ? high : low;
            out += encoding == Encoding::utf_16be ? low : high;
        }
        return true;
    }
    if (is_windows(encoding) && has_c1(wide)) return false;
    return narrow(code_page(encoding), wide, out);
}

/// Bytes from `at` that must stay together.
std::size_t whole(Encoding encoding, std::string_view bytes, std::size_t at) {
    if (!is_utf_16(encoding)) return 1;
    const std::wstring unit = units_of(encoding, bytes.substr(at, 2));
    return !unit.empty() && unit[0] >= 0xD800 && unit[0] < 0xDC00 ? 4 : 2;
}

/// As many characters as fit into `size` bytes, at least one.
template <class Whole>
std::string_view first_run(std::string_view text, std::size_t size, Whole whole_at) {
    std::size_t end = whole_at(text, 0);
    while (end < text.size() && end + whole_at(text, end) <= size) end += whole_at(text, end);
    return text.substr(0, end);
}

template <class Run, class Whole>
std::size_t convert(std::string_view from, std::string& out, Run converts, Whole whole_at) {
    std::size_t size = 1024;
    for (std::size_t taken = 0; taken < from.size();) {
        const std::string_view rest = from.substr(taken);
        const std::string_view run = first_run(rest, size, whole_at);
        if (converts(run, out)) {
            taken += run.size();
        } else if (run.size() <= whole_at(rest, 0)) {
            return taken;
        } else {
            size = run.size() / 2;
        }
    }
    return from.size();
}

}  // namespace

bool available(Encoding encoding) { return is_utf_16(encoding) || IsValidCodePage(code_page(encoding)) != 0; }

std::size_t to_utf8(Encoding encoding, std::string_view bytes, std::string& out) {
    return convert(
        bytes, out, [=](std::string_view run, std::string& o) { return decode_run(encoding, run, o); },
        [=](std::string_view run, std::size_t at) { return whole(encoding, run, at); });
}

std::size_t from_utf8(Encoding encoding, std::string_view utf8, std::string& out) {
    return convert(
        utf8, out, [=](std::string_view run, std::string& o) { return encode_run(encoding, run, o); },
        [](std::string_view run, std::size_t at) { return character_length(run, at); });
}

}  // namespace cticonnector::converter
