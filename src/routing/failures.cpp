#include "failures.hpp"

#include <array>
#include <utility>

namespace cticonnector::routing {

namespace {

using engine::Failure;
using ged188::ARMStatus;
using ged188::ControlFailureCode;
using ged188::PeripheralErrorCode;
using ged188::StatusCode;

struct Row {
    std::uint32_t number;
    Failure failure;
};

/// Both numbers are looked up here: the ranges do not meet.
constexpr std::array control_rows{
    Row{ControlFailureCode::CF_INVALID_AGENT_ID_SPECIFIED, Failure::unknown_agent},
    Row{ControlFailureCode::CF_INVALID_PASSWORD_SPECIFIED, Failure::wrong_password},
    Row{ControlFailureCode::CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED, Failure::wrong_password},
    Row{ControlFailureCode::CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON, Failure::already_logged_on},
    Row{ControlFailureCode::CF_INVALID_LOGON_DEVICE_SPECIFIED, Failure::invalid_device},
    Row{ControlFailureCode::CF_SPECIFIED_EXTENSION_ALREADY_IN_USE, Failure::already_logged_on},
    Row{ControlFailureCode::CF_INVALID_CALLED_DEVICE, Failure::invalid_destination},
    Row{ControlFailureCode::CF_INVALID_DESTINATION, Failure::invalid_destination},
    Row{ControlFailureCode::CF_INVALID_DIALED_NUMBER, Failure::invalid_destination},
    Row{PeripheralErrorCode::PERERR_TELDRIVE_NOINSTRUMENTFOREXTENSION, Failure::invalid_device},
    Row{PeripheralErrorCode::PERERR_TELDRIVE_AGENTALREADYSIGNEDON, Failure::already_logged_on},
    Row{PeripheralErrorCode::PERERR_TELDRIVE_CALLTYPENOTVALIDFORDIALPLAN, Failure::invalid_destination},
};
constexpr std::array session_rows{
    Row{StatusCode::E_CTI_INVALID_AGENT_DATA, Failure::unknown_agent},
    Row{StatusCode::E_CTI_INVALID_PASSWORD, Failure::wrong_password},
    Row{StatusCode::E_CTI_DEVICE_IN_USE, Failure::already_logged_on},
    Row{StatusCode::E_CTI_INVALID_DEVICE, Failure::invalid_device},
    Row{StatusCode::E_CTI_CTI_SERVER_OFFLINE, Failure::no_link},
};
constexpr std::array arm_rows{
    Row{0, Failure::none},
    Row{ARMStatus::E_ARM_STAT_AGENT_ALREADY_LOGGED_IN, Failure::already_in_medium},
    Row{ARMStatus::E_ARM_STAT_AGENT_NOT_FOUND, Failure::unknown_agent},
    Row{ged188::task_sent_recently, Failure::task_on_its_way},
    Row{ARMStatus::E_ARM_STAT_TASK_OBJECT_NOT_FOUND, Failure::task_unknown},
    Row{ARMStatus::E_ARM_STAT_INVALID_MESSAGE_SEQUENCE, Failure::task_unknown},
    Row{ARMStatus::E_ARM_STAT_NO_OFFER_OR_PRE_CALL_RECEIVED, Failure::task_unknown},
    Row{ARMStatus::E_ARM_STAT_INCONSISTENT_AGENT_IDS, Failure::task_unknown},
};

template <std::size_t n>
Failure find(const std::array<Row, n>& rows, std::uint32_t number) {
    for (const Row& row : rows) {
        if (row.number == number) return row.failure;
    }
    return Failure::other;
}

std::string number_text(const wire::Enumeration& names, std::uint32_t number) {
    const auto known = wire::name_of(names, number);
    return known ? *known + " (" + std::to_string(number) + ")" : std::to_string(number);
}

}  // namespace

Refused control_failure(std::uint32_t failure_code, std::uint32_t peripheral_error) {
    // the more specific number first: a generic failure code says nothing (R-DEC-49)
    Failure failure = find(control_rows, peripheral_error);
    if (failure == Failure::other) failure = find(control_rows, failure_code);
    return {failure, "failure code " + number_text(ControlFailureCode::names, failure_code) +
                         ", peripheral error " + number_text(PeripheralErrorCode::names, peripheral_error)};
}

Refused session_failure(const ged188::FailureConf& conf) {
    if (conf.failure_code) return control_failure(*conf.failure_code, conf.peripheral_error_code.value_or(0));
    return {find(session_rows, conf.status), "status " + status_text(conf.status)};
}

Refused arm_failure(std::uint32_t status) {
    const Failure failure = find(arm_rows, status);
    if (failure == Failure::none) return {};
    std::string text = "ARM status " + number_text(ARMStatus::names, status);
    if (status == ARMStatus::E_ARM_STAT_LOGIN_NOT_ALLOWED_FOR_APP_PATH)
        text += "; look at [CTI] PeripheralID and ApplicationPathID";
    return {failure, std::move(text)};
}

std::string status_text(std::uint32_t status) { return number_text(StatusCode::names, status); }
std::string services_text(std::uint32_t services) {
    return number_text(ged188::CTIServiceMask::names, services);
}
std::string pg_status_text(std::uint32_t status) { return number_text(ged188::PGStatus::names, status); }

}  // namespace cticonnector::routing
