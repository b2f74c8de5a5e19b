#pragma once
// Bytes written as text (XML Schema part 2, sections 3.2.15 and 3.2.16). Private to this layer.

#include <optional>
#include <string>
#include <string_view>

namespace cticonnector::soap {

/// Nothing when the text is not of the type.
using Decoder = std::optional<std::string> (*)(std::string_view text);

/// By the local name of an xsi:type: base64Binary, base64 (SOAP 1.1 section 5.2.3),
/// hexBinary. Null for any other.
Decoder decoder_of(std::string_view type);

}  // namespace cticonnector::soap
