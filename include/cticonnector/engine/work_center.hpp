#pragma once
// The work center string (R-LOGIN-2 to 8, R-DEC-3 to 5, R-DEC-9) and the checks that refuse a login before
// the contact center hears of it (R-ALLOC-1, R-ALLOC-2). Pure; the phrases never hold the password.

#include <string>
#include <string_view>
#include <variant>

#include "cticonnector/base/secret.hpp"
#include "cticonnector/engine/settings.hpp"
#include "cticonnector/engine/types.hpp"

namespace cticonnector::engine {

enum class LoginError : std::uint8_t {
    malformed,
    action_count_above_maximum,
    chat_count_above_maximum,
    total_above_item_maximum,
    illegal_combination,
    /// m or c without ARM (R-DEC-7): NOT_SUPPORTED, all others INVALID_WORKCENTER (R-DEC-4).
    media_not_served,
};
BOOST_DESCRIBE_ENUM(LoginError, malformed, action_count_above_maximum, chat_count_above_maximum,
                    total_above_item_maximum, illegal_combination, media_not_served)

/// What an agent asked for with their work center string.
struct LoginRequest {
    std::string agent;  ///< agent id or name as the contact center knows it, at most 11 characters
    Secret password;
    std::string device;
    PerChannel<Limit> limits;
    bool shadow = false;
};

struct LoginRefusal {
    LoginError error{};
    Phrase text;  ///< names the part or the key, with both numbers
};

/// `crm_user` is the agent's name with AgentLoginType 1 and 2.
std::variant<LoginRequest, LoginRefusal> read_work_center(std::string_view work_center,
                                                          std::string_view crm_user, const CrmProfile&,
                                                          const Settings&);

}  // namespace cticonnector::engine
