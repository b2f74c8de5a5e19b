#include "event_answer.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "cticonnector/base/encoding.hpp"
#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/ici/codec.hpp"

namespace cticonnector::crm {
namespace {

constexpr std::size_t shown_of_a_type = 100;   // characters
constexpr std::size_t shown_of_a_page = 100;   // characters
constexpr std::size_t shown_of_a_fault = 500;  // characters

/// The first characters; whatever their encoding, what is not UTF-8 is only shown.
std::string beginning(std::string_view body, std::size_t characters) {
    constexpr std::size_t longest_character = 4;
    body.remove_prefix(std::min(body.find_first_not_of(blanks), body.size()));
    std::string text = decode_tolerant(body.substr(0, characters * longest_character), Encoding::utf_8);
    std::size_t end = 0;
    for (std::size_t n = 0; n < characters && end < text.size(); ++n) end += character_length(text, end);
    text.resize(end);
    return text;
}

bool is_unreadable(const ici::Answer& answer) {
    const auto* error = std::get_if<soap::Error>(&answer);
    return error &&
           (error->problem == soap::Problem::unknown_encoding || error->problem == soap::Problem::bad_text);
}

/// A wrong byte in a sentence of SAP's does not make a fault, which is final, a failed delivery.
ici::Answer read(const net::HttpResponse& answer) {
    ici::Answer result = ici::read_event_reply(answer.body, answer.content_type);
    if (!is_unreadable(result)) return result;
    return ici::read_event_reply(decode_tolerant(answer.body, Encoding::utf_8), "; charset=utf-8");
}

bool is_envelope(const ici::Answer& answer) {
    using enum soap::Problem;
    const auto* error = std::get_if<soap::Error>(&answer);
    return !error || (error->problem != not_xml && error->problem != doctype &&
                      error->problem != no_envelope && !is_unreadable(answer));
}

Undelivered refused(const net::HttpResponse& answer) {
    std::string why = "HTTP status " + std::to_string(answer.status);
    if (!answer.content_type.empty()) why += ", " + beginning(answer.content_type, shown_of_a_type);
    if (!answer.body.empty()) why += ": " + beginning(answer.body, shown_of_a_page);
    return {std::move(why)};
}

}  // namespace

DeliveryOutcome outcome_of(const net::HttpResponse& answer) {
    if (answer.status == 202 || answer.status == 204) return Delivered{};
    if (answer.body.find_first_not_of(blanks) == std::string::npos)
        return answer.status == 200 ? DeliveryOutcome{Delivered{}} : refused(answer);
    auto said = read(answer);
    if (auto* fault = std::get_if<ici::Fault>(&said)) {
        fault->text = beginning(fault->text, shown_of_a_fault);
        return std::move(*fault);
    }
    if (answer.status == 200 && is_envelope(said)) return Delivered{};
    return refused(answer);
}

}  // namespace cticonnector::crm
