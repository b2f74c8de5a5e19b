#include "cticonnector/protocol/soap/error.hpp"

#include <array>

#include "cticonnector/base/text.hpp"
#include "cticonnector/protocol/soap/text.hpp"

namespace cticonnector::soap {
namespace {

struct Row {
    Problem problem;
    int status;
    FaultCode code;
};

constexpr std::array rows{
    Row{Problem::unknown_encoding, 415, FaultCode::client},
    Row{Problem::bad_text, 400, FaultCode::client},
    Row{Problem::not_xml, 400, FaultCode::client},
    Row{Problem::doctype, 400, FaultCode::client},
    Row{Problem::no_envelope, 400, FaultCode::client},
    Row{Problem::no_body, 400, FaultCode::client},
    Row{Problem::no_operation, 500, FaultCode::client},
    Row{Problem::several_operations, 500, FaultCode::client},
    Row{Problem::too_deep, 400, FaultCode::client},
    Row{Problem::too_large, 500, FaultCode::client},
    Row{Problem::bad_reference, 500, FaultCode::client},
    Row{Problem::bad_value, 500, FaultCode::client},
    Row{Problem::must_understand, 500, FaultCode::must_understand},
};

static_assert(one_row_each(rows, &Row::problem), "a problem lacks its row, or stands in another order");

}  // namespace

int http_status(Problem problem) { return rows[static_cast<std::size_t>(problem)].status; }

FaultCode fault_code(Problem problem) { return rows[static_cast<std::size_t>(problem)].code; }

std::string_view fault_code_name(FaultCode code) { return word_of(code); }

FaultCode fault_code_from(std::string_view qname) {
    const auto name = local_name(trim(qname));
    return from_word<FaultCode>(name.substr(0, name.find('.'))).value_or(FaultCode::server);
}

}  // namespace cticonnector::soap
