#include "cticonnector/protocol/soap/xml.hpp"

#include <charconv>
#include <cstdint>

#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/soap/text.hpp"

namespace cticonnector::soap {
namespace {

// parse_fragment keeps what stands beside the root element, so that it can be refused; blanks are data.
constexpr unsigned parse_flags =
    pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype | pugi::parse_fragment;

Error not_xml(std::string_view why, std::size_t at) {
    return {Problem::not_xml,
            std::string("Not XML: ").append(why).append(" at byte ").append(std::to_string(at))};
}

/// The number of a reference, what follows "&#"; nothing when it is no reference.
std::optional<std::uint32_t> referenced(std::string_view text) {
    const bool hex = text.starts_with('x');
    if (hex) text.remove_prefix(1);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, hex ? 16 : 10);
    if (error == std::errc::invalid_argument || end == text.data() + text.size() || *end != ';')
        return std::nullopt;
    return error == std::errc{} ? number : UINT32_MAX;
}

/// XML 1.0 section 2.2
constexpr bool is_character(std::uint32_t c) {
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
           (c >= 0x10000 && c <= 0x10FFFF);
}

/// pugixml takes characters that XML does not have, and makes something else of a reference to them.
std::optional<Error> check_characters(std::string_view text) {
    if (const auto at = first_forbidden(text); at != std::string_view::npos)
        return not_xml("a character that XML does not have", at);
    for (auto at = text.find("&#"); at != std::string_view::npos; at = text.find("&#", at + 1)) {
        const auto number = referenced(text.substr(at + 2));
        if (number && !is_character(*number))
            return not_xml("a reference to a character that XML does not have", at);
    }
    return std::nullopt;
}

bool deeper_than(pugi::xml_node node, int levels) {
    if (levels == 0) return true;
    for (auto child : node.children())
        if (child.type() == pugi::node_element && deeper_than(child, levels - 1)) return true;
    return false;
}

std::optional<Error> check_top(const pugi::xml_document& document) {
    int elements = 0;
    for (auto node : document.children()) {
        if (node.type() == pugi::node_doctype)
            return Error{Problem::doctype, "A document type declaration is not accepted"};
        if (node.type() == pugi::node_element) ++elements;
        if ((node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) &&
            !trim(node.value()).empty())
            return Error{Problem::not_xml, "Not XML: text outside the root element"};
    }
    if (elements == 1) return std::nullopt;
    return Error{Problem::not_xml,
                 elements == 0 ? "Not XML: no element" : "Not XML: more than one root element"};
}

}  // namespace

std::optional<Error> load(pugi::xml_document& document, std::string_view text) {
    if (auto error = check_characters(text)) return error;
    const auto result = document.load_buffer(text.data(), text.size(), parse_flags, pugi::encoding_utf8);
    if (!result) return not_xml(result.description(), static_cast<std::size_t>(result.offset));
    if (auto error = check_top(document)) return error;
    if (deeper_than(root(document), max_depth))
        return Error{Problem::too_deep, "Elements are nested deeper than " + std::to_string(max_depth)};
    return std::nullopt;
}

pugi::xml_node root(const pugi::xml_document& document) {
    return document.find_child([](pugi::xml_node node) { return node.type() == pugi::node_element; });
}

std::string text_of(pugi::xml_node element) {
    std::string text;
    for (auto node : element.children())
        if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) text += node.value();
    return text;
}

std::string_view attribute(pugi::xml_node element, std::string_view local) {
    for (auto entry : element.attributes())
        if (local_name(entry.name()) == local) return entry.value();
    return {};
}

}  // namespace cticonnector::soap
