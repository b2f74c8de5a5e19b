#pragma once
// The messages of ici.md section 13, composed by hand: as they may arrive (some xsi:type left out, blanks
// between elements), and the values they mean.

#include <string>
#include <string_view>

#include "cticonnector/protocol/ici/codec.hpp"
#include "protocol/soap/envelopes.hpp"

namespace cticonnector::ici::sample {

inline constexpr std::string_view app_id = "0A1B2C3D4E5F60718293A4B5C6D7E8F9";

inline constexpr std::string_view header = R"(
    <h:user xmlns:h="urn:IciItemInterface" SOAP-ENV:mustUnderstand="0" xsi:type="xsd:string">MUELLERK</h:user>
    <h:language xmlns:h="urn:IciItemInterface" SOAP-ENV:mustUnderstand="0" xsi:type="xsd:string">EN</h:language>)";

inline std::string accept() {
    return soap::envelope(R"(
    <n:accept xmlns:n="urn:IciItemInterface">
      <itemId xsi:type="xsd:string">call-5001-17</itemId>
    </n:accept>)",
                          header);
}

inline std::string accept_reply() {
    return soap::envelope(R"(
    <n:acceptResponse xmlns:n="urn:IciItemInterface">
      <response xsi:type="xsd:string"/>
    </n:acceptResponse>)");
}

inline std::string subscribe() {
    return soap::envelope(R"(
    <n:subscribe xmlns:n="urn:IciUserInterface">
      <appUrl xsi:type="xsd:string">http://sap.example:8000/ici/events</appUrl>
      <appId xsi:type="xsd:string">0A1B2C3D4E5F60718293A4B5C6D7E8F9</appId>
      <workcenterId xsi:type="xsd:string">5001;secret;4711;pm2c</workcenterId>
    </n:subscribe>)",
                          header);
}

inline std::string reroute() {
    return soap::envelope(R"(
    <n:reroute xmlns:n="urn:IciItemInterface">
      <itemId xsi:type="xsd:string">act-000042</itemId>
      <reason xsi:type="xsd:string">A1</reason>
    </n:reroute>)",
                          header);
}

inline constexpr std::string_view app_ids = R"(
      <appIds xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[1]">
        <item xsi:type="xsd:string">0A1B2C3D4E5F60718293A4B5C6D7E8F9</item>
      </appIds>)";

inline std::string phone_call_changed() {
    return soap::envelope(
        std::string(R"(
    <n:phoneCallChanged xmlns:n="urn:IciEventInterface">)")
            .append(app_ids)
            .append(
                R"(
      <phoneCall xsi:type="t:PhoneCall" xmlns:t="urn:IciTypes">
        <phoneCallId xsi:type="xsd:string">call-5001-17</phoneCallId>
        <direction xsi:type="xsd:string">in</direction>
        <localNumber xsi:type="xsd:string">4711</localNumber>
        <calledNumber xsi:type="xsd:string">8005550100</calledNumber>
        <remoteNumbers xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[1]">
          <item xsi:type="xsd:string">0313001234</item>
        </remoteNumbers>
        <queue><id xsi:type="xsd:string">20</id><description xsi:type="xsd:string">Sales</description></queue>
        <callStatus><id xsi:type="xsd:string">1</id><description>Alerting</description></callStatus>
        <processingStatus><id xsi:type="xsd:string">1</id><description>Alerting</description></processingStatus>
        <capabilityList xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[3]">
          <item xsi:type="xsd:string">accept</item><item>reject</item><item>reroute</item>
        </capabilityList>
        <relatedCallId xsi:type="xsd:string"/>
        <attachedData xsi:type="xsd:string">&lt;?xml version="1.0" encoding="UTF-8"?&gt;&lt;ItemAttachedData&gt;)"
                R"(&lt;Application id="SAP-IC"&gt;&lt;CV01&gt;4711-A&lt;/CV01&gt;&lt;CV02/&gt;&lt;CV03/&gt;)"
                R"(&lt;CV04/&gt;&lt;CV05/&gt;&lt;CV06/&gt;&lt;CV07/&gt;&lt;CV08/&gt;&lt;CV09/&gt;&lt;CV10/&gt;)"
                R"(&lt;MID&gt;17&lt;/MID&gt;&lt;ECC/&gt;&lt;/Application&gt;&lt;/ItemAttachedData&gt;)"
                R"(</attachedData>
      </phoneCall>
    </n:phoneCallChanged>)"));
}

inline constexpr std::string_view attached_data =
    R"(<?xml version="1.0" encoding="UTF-8"?><ItemAttachedData><Application id="SAP-IC"><CV01>4711-A</CV01><CV02/>)"
    R"(<CV03/><CV04/><CV05/><CV06/><CV07/><CV08/><CV09/><CV10/><MID>17</MID><ECC/></Application>)"
    R"(</ItemAttachedData>)";

inline PhoneCall phone_call() {
    return {.phone_call_id = "call-5001-17",
            .direction = "in",
            .local_number = "4711",
            .called_number = "8005550100",
            .remote_numbers = {"0313001234"},
            .queue = {"20", "Sales"},
            .call_status = {"1", "Alerting"},
            .processing_status = {"1", "Alerting"},
            .capability_list = {"accept", "reject", "reroute"},
            .related_call_id = "",
            .attached_data = std::string(attached_data)};
}

inline std::string chat_new_posting() {
    return soap::envelope(std::string(R"(
    <n:chatNewPosting xmlns:n="urn:IciEventInterface">)")
                              .append(app_ids)
                              .append(R"(
      <chatPosting xsi:type="t:ChatPosting" xmlns:t="urn:IciTypes">
        <chatParticipant xsi:type="xsd:string">customer@example.org</chatParticipant>
        <contentText xsi:type="xsd:string">Where is my order?</contentText>
        <chatSessionId xsi:type="xsd:string">chat-000009</chatSessionId>
        <systemMessage xsi:type="xsd:string"/>
        <postDate xsi:type="xsd:string">2024-01-31T12:00:00Z</postDate>
      </chatPosting>
    </n:chatNewPosting>)"));
}

inline std::string subscription_ended() {
    return soap::envelope(std::string(R"(
    <n:subscriptionEnded xmlns:n="urn:IciEventInterface">)")
                              .append(app_ids)
                              .append(R"(
      <reason><id xsi:type="xsd:string">1</id>
        <description xsi:type="xsd:string">Communication system is shutting down</description></reason>
    </n:subscriptionEnded>)"));
}

inline std::string fault() {
    return soap::envelope(R"(
    <SOAP-ENV:Fault>
      <faultcode>SOAP-ENV:Client</faultcode>
      <faultstring>Item is not known</faultstring>
      <detail>
        <t:iciException xmlns:t="urn:IciTypes">
          <errorId xsi:type="xsd:string">UNKNOWN_ITEM</errorId>
          <description xsi:type="xsd:string">Item call-5001-17 is not known</description>
        </t:iciException>
      </detail>
    </SOAP-ENV:Fault>)");
}

}  // namespace cticonnector::ici::sample
