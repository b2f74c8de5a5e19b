#pragma once
// The files of wsdl/, built in by embed_wsdl.py. Private to this layer.

#include <string_view>

namespace cticonnector::ici {

/// By service name, "IciItem"; empty for a name without a file.
std::string_view wsdl_document(std::string_view service);

}  // namespace cticonnector::ici
