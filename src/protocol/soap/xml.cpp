#include "cticonnector/protocol/soap/xml.hpp"

#include "cticonnector/protocol/soap/text.hpp"

namespace cticonnector::soap {
namespace {

// parse_fragment keeps what stands beside the root element, so that it can be refused; blanks are data.
constexpr unsigned parse_flags =
    pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype | pugi::parse_fragment;

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

std::optional<Error> load(pugi::xml_document& document, std::string_view text, Encoding encoding) {
    if (text.find('\0') != std::string_view::npos) return Error{Problem::not_xml, "Not XML: NUL character"};
    const auto result =
        document.load_buffer(text.data(), text.size(), parse_flags,
                             encoding == Encoding::utf8 ? pugi::encoding_utf8 : pugi::encoding_auto);
    if (!result)
        return Error{Problem::not_xml, std::string("Not XML: ") + result.description() + " at byte " +
                                           std::to_string(result.offset)};
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
    return clean(text);
}

std::string_view attribute(pugi::xml_node element, std::string_view local) {
    for (auto entry : element.attributes())
        if (local_name(entry.name()) == local) return entry.value();
    return {};
}

}  // namespace cticonnector::soap
