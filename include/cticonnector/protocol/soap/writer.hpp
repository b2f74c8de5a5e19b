#pragma once
// Writes one SOAP 1.1 envelope, rpc/encoded, by appending to a string:
// no tree in between, because events are hot.
//
//     Writer out;
//     out.header("urn:IciItemInterface", "user", "MUELLERK");   // all header entries first; none is fine
//     out.begin_body("urn:IciItemInterface", "accept");
//     out.text("itemId", "call-5001-17");
//     std::string envelope = std::move(out).finish();
//
// Every element below the operation carries its xsi:type (R-DEC-45). Element and type names are taken as they
// are; values are escaped and cleaned (text.hpp). UTF-8. One thread.

#include <cstddef>
#include <string>
#include <string_view>

#include "cticonnector/protocol/soap/error.hpp"

namespace cticonnector::soap {

class Writer {
  public:
    /// types_namespace is what the prefix "t" stands for.
    explicit Writer(std::string_view types_namespace);

    void header(std::string_view name_space, std::string_view name, std::string_view value);
    void begin_body(std::string_view name_space, std::string_view operation);

    void text(std::string_view name, std::string_view value);
    void boolean(std::string_view name, bool value);
    void number(std::string_view name, double value);

    /// A structure is xsi:type="t:<type>"; its members follow, then end(name).
    void begin_struct(std::string_view name, std::string_view type);

    /// An array of count elements; item_type carries its prefix ("xsd:string", "t:TextElement").
    void begin_array(std::string_view name, std::string_view item_type, std::size_t count);
    void end(std::string_view name);

    /// Closes what begin_body() opened.
    std::string finish() &&;

    /// A whole fault in place of begin_body(). With an error id, the detail holds <t:exception> with the two.
    struct Detail {
        std::string_view exception;
        std::string_view id_name, id;
        std::string_view text_name, text;
    };
    std::string fault(FaultCode code, std::string_view text, const Detail* detail) &&;

  private:
    void value(std::string_view name, std::string_view xsd_type, std::string_view plain);
    void open_body();

    std::string out_;
    std::string operation_;
    bool in_header_ = false;
};

}  // namespace cticonnector::soap
