#pragma once
// wire/dump.hpp for GED-188, where OPEN_REQ says which version its session speaks.

#include <string_view>

#include "cticonnector/protocol/ged188/ged188.hpp"
#include "cticonnector/protocol/wire/dump.hpp"

namespace cticonnector::ged188 {

using wire::Dump;
using wire::HexText;
using wire::looks_like_text;
using wire::read_hex;

inline Dump dump(std::string_view input, Version version) { return wire::dump(protocol, input, version); }

/// The version of the session from this message on:
/// of OPEN_REQ the one that it asks for, if it is one of ours.
Version version_after(const Frame&, Version);

}  // namespace cticonnector::ged188
