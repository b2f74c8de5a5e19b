#pragma once
// What the contact center's side must say about an item before it is taken: its ids go through fields of a
// given size, in the code page of [CTI] CodePage, and an identity is never changed on its way (R-DEC-70).
// Pure; any thread.

#include "cticonnector/base/encoding.hpp"
#include "cticonnector/engine/events.hpp"

namespace cticonnector::routing {

/// Sets what the engine refuses the item for.
void mark_unwritable(engine::AddItem&, Encoding page);

}  // namespace cticonnector::routing
