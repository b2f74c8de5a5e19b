#include "cticonnector/protocol/soap/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "cticonnector/base/encoding.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/soap/text.hpp"

namespace cticonnector::soap {
namespace {

using namespace std::string_view_literals;

struct Mark {
    std::string_view bytes;
    Encoding encoding;
};
constexpr std::array marks{Mark{"\xEF\xBB\xBF", Encoding::utf_8}, Mark{"\xFF\xFE", Encoding::utf_16le},
                           Mark{"\xFE\xFF", Encoding::utf_16be}};
constexpr std::array utf_32_marks{"\xFF\xFE\0\0"sv, "\0\0\xFE\xFF"sv};
constexpr std::size_t longest_shown = 40;

Error unknown(std::string_view name) {
    return {Problem::unknown_encoding,
            "Text encoding " + std::string(name.substr(0, longest_shown)) + " is not read here"};
}

boost::system::result<Encoding, Error> named(std::string_view name) {
    const auto encoding = encoding_from(name);
    if (!encoding) return unknown(name);
    if (!available(*encoding))
        return Error{Problem::unknown_encoding, "Text encoding " +
                                                    std::string(cticonnector::name(*encoding)) +
                                                    " is not known to this system's iconv"};
    return *encoding;
}

/// The value that follows `word` and '=', quoted or not; empty if there is none.
std::string_view value_after(std::string_view text, std::string_view word, std::string_view ends) {
    for (std::size_t at = 0; at + word.size() < text.size(); ++at) {
        if (!equal_ignoring_case(text.substr(at, word.size()), word)) continue;
        if (at > 0 && (std::string_view(" \t\r\n;").find(text[at - 1]) == std::string_view::npos)) continue;
        auto rest = trim(text.substr(at + word.size()));
        if (!rest.starts_with('=')) continue;
        rest = trim(rest.substr(1));
        if (!rest.starts_with('"') && !rest.starts_with('\''))
            return rest.substr(0, rest.find_first_of(ends));
        const char quote = rest.front();
        rest.remove_prefix(1);
        return trim(rest.substr(0, rest.find(quote)));
    }
    return {};
}

/// XML 1.0 section 2.8, in whatever encoding keeps ASCII.
std::string_view declared(std::string_view bytes) {
    bytes = trim(bytes);
    if (!bytes.starts_with("<?xml")) return {};
    return value_after(bytes.substr(0, bytes.find("?>")), "encoding", " \t\r\n?");
}

/// Without a mark the first characters, which are ASCII in XML, tell the byte order (XML 1.0 appendix F).
std::optional<Encoding> utf_16_without_mark(std::string_view bytes) {
    if (bytes.size() < 2 || (bytes[0] == 0) == (bytes[1] == 0)) return std::nullopt;
    return bytes[0] == 0 ? Encoding::utf_16be : Encoding::utf_16le;
}

boost::system::result<Encoding, Error> encoding_of(std::string_view bytes, std::string_view content_type) {
    if (const auto charset = value_after(content_type, "charset", " \t;,"); !charset.empty()) {
        const auto encoding = named(charset);
        if (encoding != Encoding::utf_16) return encoding;
        return utf_16_without_mark(bytes).value_or(Encoding::utf_16);
    }
    if (const auto wide = utf_16_without_mark(bytes)) return *wide;
    const auto name = declared(bytes);
    if (name.empty()) return Encoding::utf_8;
    const auto encoding = named(name);
    return encoding && !keeps_ascii(*encoding) ? Encoding::utf_8 : encoding;
}

std::string hex(char byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<std::uint8_t>(byte);
    return {'0', 'x', digits[value >> 4], digits[value & 0xF]};
}

}  // namespace

boost::system::result<std::string, Error> decoded(std::string_view bytes, std::string_view content_type) {
    if (std::ranges::any_of(utf_32_marks, [&](auto mark) { return bytes.starts_with(mark); }))
        return unknown("UTF-32");
    const auto* mark =
        std::ranges::find_if(marks, [&](const Mark& one) { return bytes.starts_with(one.bytes); });
    const bool marked = mark != marks.end();
    const auto encoding = marked ? mark->encoding : encoding_of(bytes, content_type);
    if (!encoding) return encoding.error();
    const std::size_t skipped = marked ? mark->bytes.size() : 0;
    auto text = decode(bytes.substr(skipped), *encoding);
    if (!text.wrong) return std::move(text.text);
    const std::size_t at = skipped + *text.wrong;
    return Error{Problem::bad_text, "The message is not " + std::string(name(*encoding)) + ": byte " +
                                        hex(bytes[at]) + " at offset " + std::to_string(at)};
}

}  // namespace cticonnector::soap
