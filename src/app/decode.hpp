#pragma once
// The verb that explains what went over the wire (R-DEC-89).

#include <cstdint>
#include <optional>
#include <string>

#include "command_line.hpp"
#include "tell/tell.hpp"

namespace cticonnector::app {

struct DecodeOptions {
    std::string file = "-";             ///< a capture: pcap, raw bytes of one direction or hexadecimal text
    std::string log;                    ///< instead of it: a log of this program, "-" for standard input
    tell::Wanted wanted;                ///< of its messages
    std::string protocol = "ged188";    ///< or "mr"; the lines of a log say it themselves
    std::uint32_t version = 0;          ///< of a GED-188 session; OPEN_REQ of a pcap or a log says it itself
    std::optional<std::uint16_t> port;  ///< of a pcap
};

/// Prints message by message. 1 when something could not be explained, which has its line and its place.
int decode(const DecodeOptions&, Streams);

}  // namespace cticonnector::app
