#pragma once
// Where an element of an XML text ends, to cut it out unchanged. Private to this layer.
//
// For texts a parser has accepted already: what is not well-formed gives the end of the text, never more.

#include <cstddef>
#include <string_view>

namespace cticonnector::ici {

/// Behind the '>' of the start tag whose '<' is at that offset.
std::size_t tag_end(std::string_view xml, std::size_t start);

/// Behind the last '>' of the element whose start tag begins at that offset.
std::size_t element_end(std::string_view xml, std::size_t start);

}  // namespace cticonnector::ici
