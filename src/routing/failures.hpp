#pragma once
// What the contact center's numbers mean to the engine, and a text for a person with the numbers and their
// names (R-DEC-6, R-DEC-49; arm-task-model section 3.5).

#include <cstdint>
#include <string>

#include "cticonnector/engine/events.hpp"
#include "cticonnector/protocol/ged188/ged188.hpp"

namespace cticonnector::routing {

struct Refused {
    engine::Failure failure = engine::Failure::none;
    std::string text;
    std::string request = {};  ///< the message that was refused
};

/// CONTROL_FAILURE_CONF: a ControlFailureCode and a PeripheralErrorCode.
Refused control_failure(std::uint32_t failure_code, std::uint32_t peripheral_error);
/// FAILURE_CONF in either of its layouts (GED-188 section 11, conflict 1).
Refused session_failure(const ged188::FailureConf&);
/// Status of an ARM answer or of FAILURE_RESP; 0 is success.
Refused arm_failure(std::uint32_t status);

/// "E_CTI_INVALID_PASSWORD (36)"
std::string status_text(std::uint32_t status);
/// Bits by their names: "CTI_SERVICE_CALL_DATA_UPDATE|CTI_SERVICE_CLIENT_CONTROL (6)", "PGS_CC_DOWN (2)"
std::string services_text(std::uint32_t services);
std::string pg_status_text(std::uint32_t status);

}  // namespace cticonnector::routing
