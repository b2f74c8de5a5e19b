#pragma once
// Ids of calls and tasks as messages carry them, and as the engine knows them (R-DEC-37, R-DEC-39). An id off
// the wire that looks like our own "none" names nothing: whoever reads one asks first.

#include <cstdint>
#include <string>
#include <string_view>

#include "cticonnector/engine/types.hpp"
#include "cticonnector/protocol/ged188/ged188.hpp"

namespace cticonnector::routing {

inline engine::TaskId task_of(const wire::TaskId& id) {
    return {id.task_group_high, id.task_group_low, id.sequence_number};
}
inline wire::TaskId task_of(const engine::TaskId& id) { return {id.group_high, id.group_low, id.sequence}; }

/// The connection that a message speaks of.
template <class M>
engine::CallId connection_in(const M& m) {
    return {m.connection_call_id, m.connection_device_id_type,
            std::string(m.connection_device_id.value_or(std::string_view{}))};
}

inline bool names_nothing(const engine::TaskId& task) { return task == engine::no_task; }
/// A call without a number is none, unless it has a device: ids are opaque (R-DEC-37).
inline bool names_nothing(const engine::CallId& call) {
    return (call.call == 0 || call.call == ged188::SpecialValues::NULL_CALL_ID) && call.device.empty();
}

/// A task that the router gave to an agent although its dialogue was answered before: nobody works on it, so
/// it is to be ended at the contact center (R-DEC-27).
struct Stray {
    std::int32_t mrd = 0;
    std::int32_t icm_agent_id = 0;
    engine::TaskId task;
};

}  // namespace cticonnector::routing
