#include "cticonnector/protocol/ici/codec.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <type_traits>
#include <utility>

#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/ici/codes.hpp"
#include "cticonnector/protocol/soap/text.hpp"
#include "messages.hpp"

namespace cticonnector::ici {
namespace {

using Requests = Messages<Request>;
using Events = Messages<Event>;

const MessageRow& row_of(Operation operation) { return Requests::rows[static_cast<std::size_t>(operation)]; }
const MessageRow& row_of(EventKind kind) { return Events::rows[static_cast<std::size_t>(kind)]; }

std::optional<soap::Error> load(soap::Envelope& envelope, std::string_view body,
                                std::string_view content_type) {
    return envelope.load(body, {names::header_user.text, names::header_language.text}, content_type);
}

Header read_header(soap::Envelope& envelope) {
    const auto header = envelope.header();
    return {header.child(names::header_user.text).text(), header.child(names::header_language.text).text()};
}

Refusal refuse(soap::Envelope& envelope, const soap::Error& error) {
    return {soap::http_status(error.problem), make_fault(error), read_header(envelope)};
}

Refusal refuse_unknown(soap::Envelope& envelope, std::string_view kind, std::string_view name) {
    constexpr int fault_status = 500;
    auto text = std::string(kind).append(" ").append(name).append(" is not known");
    return {fault_status, make_fault(ErrorId::not_supported, std::move(text)), read_header(envelope)};
}

const names::Synonym* find_synonym(std::string_view name) {
    const auto* found = std::ranges::find(names::synonyms, name, &names::Synonym::name);
    return found == names::synonyms.end() ? nullptr : found;
}

Fault read_fault(const soap::Element& element) {
    Fault fault{
        soap::fault_code_from(element.child("faultcode").text()), element.child("faultstring").text(), {}};
    const auto detail = element.child("detail");
    auto exception = detail.child(names::exception.text);
    if (!exception) exception = detail.first_child();
    if (!exception) return fault;
    const auto id = exception.child(names::error_id.text).text();
    fault.exception = Exception{from_id<ErrorId>(trim(id)).value_or(ErrorId::internal),
                                exception.child(names::error_description.text).text()};
    return fault;
}

/// A text may be an attached data document, so nested elements are taken for one (ici.md section 7).
template <class T>
Reply read_value(const soap::Element& element) {
    T value{};
    get(element, value, names::Form::embedded);
    return value;
}

using ReadValue = Reply (*)(const soap::Element&);

/// The place of a type among the alternatives.
template <class T, class... A>
constexpr std::size_t place_of(std::type_identity<std::variant<A...>>) {
    constexpr std::array same{std::is_same_v<T, A>...};
    return static_cast<std::size_t>(std::ranges::find(same, true) - same.begin());
}

template <class>
struct ReplyReaders;
template <class... M>
struct ReplyReaders<std::variant<M...>> {
    static constexpr std::array<ReadValue, sizeof...(M)> of{&read_value<typename M::Returns>...};
    static constexpr std::array type{place_of<typename M::Returns>(std::type_identity<Reply>{})...};
};

Answer read_answer(ReadValue read, std::string_view body, std::string_view content_type) {
    soap::Envelope envelope;
    if (auto error = load(envelope, body, content_type)) return *error;
    const auto element = envelope.operation();
    Answer answer;
    if (element.name() == "Fault") {
        answer = read_fault(element);
    } else {
        auto response = element.child(names::response.text);
        answer = read(response ? response : element.first_child());
    }
    if (const auto& error = envelope.error()) return *error;
    return answer;
}

std::string write_response(MessageRow row, const Reply& reply) {
    soap::Writer out(names::types_namespace.text);
    out.begin_body(name_space_of(row.service), std::string(row.name).append(names::response_suffix.text));
    std::visit([&](const auto& value) { put(out, names::response.text, value); }, reply);
    return std::move(out).finish();
}

}  // namespace

std::string_view operation_name(Operation operation) { return row_of(operation).name; }
std::string_view event_name(EventKind kind) { return row_of(kind).name; }
Service service_of(Operation operation) { return row_of(operation).service; }
std::string_view service_name(Service service) {
    return names::services[static_cast<std::size_t>(service)].name;
}

std::optional<Service> service_from_name(std::string_view name) {
    const auto found = std::ranges::find(names::services, name, &names::ServiceRow::name);
    if (found == names::services.end()) return std::nullopt;
    return found->service;
}

Result<RequestMessage> read_request(std::string_view body, std::string_view content_type) {
    soap::Envelope envelope;
    if (const auto error = load(envelope, body, content_type)) return refuse(envelope, *error);
    const auto element = envelope.operation();
    const auto* synonym = find_synonym(element.name());
    const auto index = synonym ? std::optional{static_cast<std::size_t>(synonym->operation)}
                               : Requests::find(element.name());
    if (!index) return refuse_unknown(envelope, "Operation", element.name());
    RequestMessage message{read_header(envelope), Requests::read(*index, element),
                           synonym ? synonym->name : std::string_view{}};
    if (const auto& error = envelope.error()) return refuse(envelope, *error);
    return message;
}

std::string write_request(const RequestMessage& message) {
    const auto& row = row_of(operation_of(message.request));
    const auto name_space = name_space_of(row.service);
    soap::Writer out(names::types_namespace.text);
    if (!message.header.user.empty()) out.header(name_space, names::header_user.text, message.header.user);
    if (!message.header.language.empty())
        out.header(name_space, names::header_language.text, message.header.language);
    out.begin_body(name_space, message.synonym.empty() ? row.name : message.synonym);
    Requests::write(out, message.request);
    return std::move(out).finish();
}

std::string write_reply(Operation operation, const Reply& reply, std::string_view synonym) {
    assert(reply.index() == ReplyReaders<Request>::type[static_cast<std::size_t>(operation)]);
    const MessageRow& row = row_of(operation);
    return write_response({row.service, synonym.empty() ? row.name : synonym}, reply);
}

Answer read_reply(Operation operation, std::string_view body, std::string_view content_type) {
    return read_answer(ReplyReaders<Request>::of[static_cast<std::size_t>(operation)], body, content_type);
}

Result<Event> read_event(std::string_view body, std::string_view content_type) {
    soap::Envelope envelope;
    if (const auto error = load(envelope, body, content_type)) return refuse(envelope, *error);
    const auto element = envelope.operation();
    const auto index = Events::find(element.name());
    if (!index) return refuse_unknown(envelope, "Event", element.name());
    auto event = Events::read(*index, element);
    if (const auto& error = envelope.error()) return refuse(envelope, *error);
    return event;
}

std::string write_event(const Event& event) {
    const auto& row = row_of(kind_of(event));
    soap::Writer out(names::types_namespace.text);
    out.begin_body(name_space_of(row.service), row.name);
    Events::write(out, event);
    return std::move(out).finish();
}

std::string write_event_reply(EventKind kind, std::string_view response) {
    return write_response(row_of(kind), std::string(response));
}

Answer read_event_reply(std::string_view body, std::string_view content_type) {
    return read_answer(&read_value<std::string>, body, content_type);
}

}  // namespace cticonnector::ici
