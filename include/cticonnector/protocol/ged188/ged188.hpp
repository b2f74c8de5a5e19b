#pragma once
// GED-188, the protocol of the Cisco CTI server, with the provisional bodies of agent reporting (ARM) merged
// in. How to use: a wire::Framer of max_message(version) cuts the stream; switch over frame.type with the
// `type` of the structs in messages.hpp; decode<BeginCallEvent>(frame, version); encode(OpenReq{...},
// version, out). Other messages: decode_fields. Enumerations stand in enums.hpp under the names of the
// protocol document. Source: GED-188 fact sheet sections 1-3, 11-13; src/protocol/ged188/*.json.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/protocol/ged188/enums.hpp"
#include "cticonnector/protocol/ged188/messages.hpp"
#include "cticonnector/protocol/wire/codec.hpp"

namespace cticonnector::ged188 {

using wire::decode;
using wire::encode;
using wire::Frame;
using wire::Notes;
using wire::Result;
using wire::Version;

extern const wire::Protocol protocol;

// The versions that this software opens sessions with; 24 is the baseline of the description.
inline constexpr Version oldest_version{14};
inline constexpr Version newest_version{25};

// IdleTimeout of a client that sends no heartbeats (GED-188 section 5).
inline constexpr std::uint32_t no_idle_timeout = 0xFFFFFFFF;
// DO_THIS_WITH_TASK_SENT_RECENTLY, an ARM status that the document's enumeration lacks (R-DEC-25).
inline constexpr std::uint32_t task_sent_recently = 14;

inline std::size_t max_message(Version version) { return protocol.max_message(version); }

// "BEGIN_CALL_EVENT", empty when unknown.
std::string_view name_of(std::uint32_t type);

// One line for a log; secrets print as ***.
std::string print(const Frame& frame, Version version);

inline Result<wire::FieldList> decode_fields(const Frame& frame, Version version, Notes& notes) {
    return wire::decode_fields(protocol, frame, version, notes);
}
inline Result<void> encode(const wire::FieldList& list, Version version, std::vector<std::uint8_t>& out) {
    return wire::encode_fields(list, version, out);
}

}  // namespace cticonnector::ged188
