#pragma once
// Messages as text for logs and captures, by the same descriptors as the codec. Secrets print as ***.

#include <span>
#include <string>

#include "cticonnector/protocol/wire/codec.hpp"

namespace cticonnector::wire {

// `AGENT_STATE_EVENT MonitorID=0 ... AgentState=AGENT_STATE_TALKING(4) AgentID="1001"` on one line.
// What cannot be decoded is said in its place: never fails.
std::string print(const Protocol& protocol, const Frame& frame, Version version);

std::string print_value(const Field& field);
std::string print_hex(std::span<const std::uint8_t> bytes);
// A whole message, header and all, as hex; each byte of a secret field is `**`. Where the structure is broken
// nobody can say what a byte belongs to: then no floating data of a message that may hold a secret is shown.
std::string print_masked(const Protocol& protocol, const Frame& frame, Version version);
// "2 unknown tags, 1 unterminated text"; empty when there is nothing to say.
std::string print_notes(const Notes& notes);

}  // namespace cticonnector::wire
