#include "cticonnector/engine/types.hpp"
#include "cticonnector/base/text.hpp"

namespace cticonnector::engine {

std::string task_text(const TaskId& task) {
    return std::to_string(task.group_high) + '_' + std::to_string(task.group_low) + '_' +
           std::to_string(task.sequence);
}

UserId user_id(std::string_view crm_user) { return {to_upper(std::string(trim(crm_user)))}; }

}  // namespace cticonnector::engine
