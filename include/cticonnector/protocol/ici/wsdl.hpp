#pragma once
// The WSDL 1.1 documents of the services, a reconstruction with the tags of ici.md;
// src/protocol/ici/wsdl holds them.

#include <string>
#include <string_view>

#include "cticonnector/protocol/ici/enums.hpp"

namespace cticonnector::ici {

/// The service's document with the given URL as its soap:address.
std::string wsdl(Service, std::string_view location);

}  // namespace cticonnector::ici
