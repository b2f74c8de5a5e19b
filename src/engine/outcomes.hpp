#pragma once
// What an answer of the contact center does, or that there was none: the rows of operations.cpp, by room.

#include "turn.hpp"

namespace cticonnector::engine {

using OperationEnd = void(Turn&, Slot, const Operation&, const Outcome&);

OperationEnd query_outcome, password_outcome, login_outcome, medium_outcome, found_work_outcome;  // login.cpp
OperationEnd logout_outcome, logout_not_ready_outcome, logout_not_ready_unanswered;  // logout.cpp
OperationEnd ready_outcome, voice_state_outcome, medium_not_ready_outcome,
    not_routable_outcome;                                              // states.cpp
OperationEnd wrapup_outcome, leave_wrapup_outcome;                     // wrapup.cpp
OperationEnd call_outcome, dial_outcome, dial_not_ready_outcome;       // phone.cpp
OperationEnd task_limit_outcome, resync_outcome, resync_work_outcome;  // link.cpp

}  // namespace cticonnector::engine
