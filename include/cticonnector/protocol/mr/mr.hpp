#pragma once
// Media routing: the dialogue with the MR PIM about tasks that want an agent. The vendor's wire format is not
// public; the profile loaded here is this project's own, says so (`protocol.profile`), and can be replaced by
// a description file without a change of code. Framing and data types are those of GED-188 since version 20.
// Used like ged188.hpp, without a version. Source: MR fact sheet sections 4-9;
// src/protocol/mr/mr-provisional.json.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/protocol/mr/enums.hpp"
#include "cticonnector/protocol/mr/messages.hpp"
#include "cticonnector/protocol/wire/codec.hpp"

namespace cticonnector::mr {

using wire::Frame;
using wire::Notes;
using wire::Result;

extern const wire::Protocol protocol;

// The layout that the profile follows.
inline constexpr wire::Version version{24};

// IdleTimeout of a PIM that sends no heartbeats.
inline constexpr std::uint32_t no_idle_timeout = 0xFFFFFFFF;

inline std::size_t max_message() { return protocol.max_message(version); }

// Whether the profile is this project's own rather than the vendor's; to be said in the log at start-up.
inline bool is_provisional() { return !protocol.profile.empty(); }

std::string_view name_of(std::uint32_t type);
std::string print(const Frame& frame);

template <class M>
Result<M> decode(const Frame& frame, Notes& notes) {
    return wire::decode<M>(frame, version, notes);
}
template <class M>
Result<M> decode(const Frame& frame) {
    return wire::decode<M>(frame, version);
}
template <class M>
Result<void> encode(const M& message, std::vector<std::uint8_t>& out) {
    return wire::encode(message, version, out);
}

}  // namespace cticonnector::mr
