#pragma once
// The text of a message as it came over HTTP (R-DEC-70): what its bytes say is in UTF-8 from here on.

#include <boost/system/result.hpp>
#include <string>
#include <string_view>

#include "cticonnector/protocol/soap/error.hpp"

namespace cticonnector::soap {

/// The byte order mark decides, else `charset` of the Content-Type, else the XML declaration, else it is
/// UTF-8. A declaration that says UTF-16 in bytes that are none is taken for UTF-8: some libraries write it
/// so. Problem::unknown_encoding names what is not read here, Problem::bad_text says where the bytes are
/// wrong. The result has no byte order mark; an encoding
/// that its XML declaration still names says nothing any more.
boost::system::result<std::string, Error> decoded(std::string_view bytes, std::string_view content_type);

}  // namespace cticonnector::soap
