#pragma once
// Who carries out an errand: the rows of errands.cpp, by room. Rules leave errands and call none of these.

#include "turn.hpp"

namespace cticonnector::engine {

using Carrier = void(Turn&, Slot);

Carrier log_out_after_items, end_log_out;            // logout.cpp
Carrier say_not_ready_due, ready_again, say_unsaid;  // states.cpp
Carrier offer_waiting;                               // tasks.cpp
Carrier link_lost, grace_over, link_back;            // link.cpp

}  // namespace cticonnector::engine
