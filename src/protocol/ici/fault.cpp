#include "cticonnector/protocol/ici/fault.hpp"

#include <algorithm>
#include <utility>

#include "cticonnector/protocol/ici/codes.hpp"
#include "cticonnector/protocol/soap/writer.hpp"

namespace cticonnector::ici {

Fault make_fault(ErrorId error, std::string description) {
    const std::string text(english_text(error));
    const bool ours = std::ranges::find(names::server_errors, error) != names::server_errors.end();
    if (description.empty()) description = text;
    return {ours ? soap::FaultCode::server : soap::FaultCode::client, text,
            Exception{error, std::move(description)}};
}

Fault make_fault(const soap::Error& error) {
    Fault fault{soap::fault_code(error.problem), error.text, std::nullopt};
    if (error.problem != soap::Problem::must_understand)
        fault.exception = Exception{ErrorId::internal, error.text};
    return fault;
}

std::string write_fault(const Fault& fault) {
    soap::Writer out(names::types_namespace.text);
    if (!fault.exception) return std::move(out).fault(fault.code, fault.text, nullptr);
    const soap::Writer::Detail detail{names::exception.text, names::error_id.text,
                                      id_of(fault.exception->error_id), names::error_description.text,
                                      fault.exception->description};
    return std::move(out).fault(fault.code, fault.text, &detail);
}

}  // namespace cticonnector::ici
