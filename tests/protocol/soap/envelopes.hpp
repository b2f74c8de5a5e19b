#pragma once
// Envelopes for tests, around parts written by hand.

#include <string>
#include <string_view>

namespace cticonnector::soap {

inline std::string envelope(std::string_view body, std::string_view header = "") {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\"\n"
        "    xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\"\n"
        "    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">\n";
    if (!header.empty()) text.append("  <SOAP-ENV:Header>").append(header).append("</SOAP-ENV:Header>\n");
    return text.append("  <SOAP-ENV:Body>\n")
        .append(body)
        .append("\n  </SOAP-ENV:Body>\n</SOAP-ENV:Envelope>\n");
}

}  // namespace cticonnector::soap
