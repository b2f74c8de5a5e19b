#pragma once
// XML as this project accepts it from outside: characters of XML alone,
// one root element, no document type, limited nesting.
//
// pugixml is lenient; load() adds the refusals, so that entity declarations and bombs end here (ici.md
// section 11), and no character is silently replaced (R-DEC-70).

#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "cticonnector/protocol/soap/error.hpp"

namespace cticonnector::soap {

/// Deepest element accepted, the root being 1; followed references count like nesting.
inline constexpr int max_depth = 64;

/// The text is UTF-8, whatever its XML declaration says (encoding.hpp has decoded it, or it was carried
/// inside another document).
std::optional<Error> load(pugi::xml_document& document, std::string_view text);

/// The one element at the top of a loaded document.
pugi::xml_node root(const pugi::xml_document&);

/// All character data directly inside the element.
std::string text_of(pugi::xml_node);

/// Value of the attribute with this local name, whatever its prefix; empty if there is none.
std::string_view attribute(pugi::xml_node, std::string_view local);

}  // namespace cticonnector::soap
