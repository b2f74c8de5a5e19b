#include "cticonnector/protocol/soap/writer.hpp"

#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "cticonnector/protocol/soap/text.hpp"

namespace cticonnector::soap {
namespace {

constexpr std::string_view envelope =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\""
    " xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\""
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\""
    " SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"";

// One allocation for nearly every message: the largest usual event is a user with its lists.
constexpr std::size_t usual_size = 4096;

template <class... Parts>
void append(std::string& out, const Parts&... parts) {
    (out.append(parts), ...);
}

}  // namespace

Writer::Writer(std::string_view types_namespace) {
    out_.reserve(usual_size);
    append(out_, envelope, " xmlns:t=\"", types_namespace, "\">");
}

void Writer::header(std::string_view name_space, std::string_view name, std::string_view value) {
    if (!in_header_) append(out_, "<SOAP-ENV:Header>");
    in_header_ = true;
    append(out_, "<h:", name, " xmlns:h=\"", name_space,
           "\" SOAP-ENV:mustUnderstand=\"0\" xsi:type=\"xsd:string\">");
    append_text(out_, value);
    append(out_, "</h:", name, ">");
}

void Writer::open_body() {
    if (in_header_) append(out_, "</SOAP-ENV:Header>");
    append(out_, "<SOAP-ENV:Body>");
}

void Writer::begin_body(std::string_view name_space, std::string_view operation) {
    open_body();
    operation_ = operation;
    append(out_, "<n:", operation, " xmlns:n=\"", name_space, "\">");
}

std::string Writer::finish() && {
    append(out_, "</n:", operation_, "></SOAP-ENV:Body></SOAP-ENV:Envelope>");
    return std::move(out_);
}

void Writer::text(std::string_view name, std::string_view value) {
    append(out_, "<", name, " xsi:type=\"xsd:string\"");
    if (value.empty()) return append(out_, "/>");
    append(out_, ">");
    append_text(out_, value);
    end(name);
}

void Writer::value(std::string_view name, std::string_view xsd_type, std::string_view plain) {
    append(out_, "<", name, " xsi:type=\"xsd:", xsd_type, "\">", plain);
    end(name);
}

void Writer::boolean(std::string_view name, bool value) {
    this->value(name, "boolean", value ? "true" : "false");
}

void Writer::number(std::string_view name, double value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    this->value(name, "double", {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void Writer::begin_struct(std::string_view name, std::string_view type) {
    append(out_, "<", name, " xsi:type=\"t:", type, "\">");
}

void Writer::begin_array(std::string_view name, std::string_view item_type, std::size_t count) {
    append(out_, "<", name, " xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"", item_type, "[",
           std::to_string(count), "]\">");
}

void Writer::end(std::string_view name) { append(out_, "</", name, ">"); }

std::string Writer::fault(FaultCode code, std::string_view text, const Detail* detail) && {
    open_body();
    append(out_, "<SOAP-ENV:Fault><faultcode>SOAP-ENV:", fault_code_name(code), "</faultcode><faultstring>");
    append_text(out_, text);
    append(out_, "</faultstring>");
    if (detail) {
        append(out_, "<detail><t:", detail->exception, ">");
        this->text(detail->id_name, detail->id);
        this->text(detail->text_name, detail->text);
        append(out_, "</t:", detail->exception, "></detail>");
    }
    append(out_, "</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>");
    return std::move(out_);
}

}  // namespace cticonnector::soap
