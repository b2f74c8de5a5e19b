#include "text.hpp"

namespace cticonnector::routing {

std::string identity_of(const std::optional<std::string_view>& text, Encoding page) {
    std::string identity = utf8_of(text, page);
    if (encode(identity, page) != text) identity.clear();
    return identity;
}

std::string from_utf8(std::string_view text, Encoding page, std::size_t limit) {
    text = text.substr(0, text.find('\0'));
    constexpr std::size_t longest_character = 4;
    if (limit < text.size() / longest_character) text = text.substr(0, limit * longest_character);
    std::string result = encode_tolerant(text, page);
    if (result.size() <= limit) return result;
    if (page == Encoding::utf_8)
        while (limit > 0 && (result[limit] & 0xC0) == 0x80) --limit;
    result.resize(limit);
    return result;
}

}  // namespace cticonnector::routing
