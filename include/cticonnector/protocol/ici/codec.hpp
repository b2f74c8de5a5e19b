#pragma once
// XML <-> ICI messages, both directions: a CMS reads requests and writes replies and events; the SAP side
// writes requests and reads replies and events.
//
// Writers give whole SOAP envelopes in UTF-8, objects whole, members in the order of names.hpp, each with
// xsi:type (R-DEC-45). Readers take a body as it came with its Content-Type, which may name another encoding
// (R-DEC-70), and are tolerant (soap/envelope.hpp). Nothing throws on input; failures are values. The size of
// what is read is the caller's to limit. Pure functions, any thread.

#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "cticonnector/protocol/ici/events.hpp"
#include "cticonnector/protocol/ici/fault.hpp"
#include "cticonnector/protocol/ici/requests.hpp"
#include "cticonnector/protocol/soap/error.hpp"

namespace cticonnector::ici {

std::string_view operation_name(Operation);
std::string_view event_name(EventKind);
Service service_of(Operation);
std::string_view service_name(Service);
std::optional<Service> service_from_name(std::string_view name);  // as in a request path, exact case

/// What a server answers to something it could not read: send write_fault(fault) with the status.
struct Refusal {
    int http_status{};
    Fault fault;
    Header header;  // as far as it was readable
    bool operator==(const Refusal&) const = default;
};

template <class T>
using Result = boost::system::result<T, Refusal>;

struct RequestMessage {
    Header header;
    Request request;
    std::string_view synonym = {};  ///< what the operation was called instead of its name; from a table
    bool operator==(const RequestMessage&) const = default;
};

/// Dispatches by the local name of the body element alone. An operation that is not in the table is refused
/// with NOT_SUPPORTED; `deflect` is read as reject, and says so in `synonym`.
Result<RequestMessage> read_request(std::string_view body, std::string_view content_type = {});

/// Header entries that are empty are left out.
std::string write_request(const RequestMessage&);

/// The reply must be of the type the operation returns. Its element is named after what was asked (R-DEC-60).
std::string write_reply(Operation, const Reply&, std::string_view synonym = {});

/// A reply, the fault the other side sent, or why the answer is neither.
using Answer = std::variant<Reply, Fault, soap::Error>;

/// The result is the child `response`, or the first one whatever its name (SOAP 1.1 section 7.1).
Answer read_reply(Operation, std::string_view body, std::string_view content_type = {});

Result<Event> read_event(std::string_view body, std::string_view content_type = {});
std::string write_event(const Event&);

/// SAP's side of an event; the text is empty on success.
std::string write_event_reply(EventKind, std::string_view response = {});
Answer read_event_reply(std::string_view body, std::string_view content_type = {});

}  // namespace cticonnector::ici
