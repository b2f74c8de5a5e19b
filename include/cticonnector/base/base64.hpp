#pragma once
// Base64 with padding (RFC 4648 section 4), for basic authentication. By OpenSSL.

#include <string>
#include <string_view>

namespace cticonnector {

std::string base64(std::string_view bytes);

}  // namespace cticonnector
