#include "cticonnector/protocol/ici/wsdl.hpp"

#include "cticonnector/protocol/ici/codec.hpp"
#include "cticonnector/protocol/soap/text.hpp"
#include "wsdl_documents.hpp"

namespace cticonnector::ici {

std::string wsdl(Service service, std::string_view location) {
    constexpr std::string_view address = "<soap:address location=\"";
    const auto document = wsdl_document(service_name(service));
    const auto start = document.find(address) + address.size();
    std::string out(document.substr(0, start));
    soap::append_attribute(out, location);
    return out.append(document.substr(document.find('"', start)));
}

}  // namespace cticonnector::ici
