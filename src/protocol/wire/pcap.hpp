#pragma once
// TCP segments out of the packets of a pcap file. Source: pcap-savefile(5) and the registry of link types at
// tcpdump.org; RFC 791, 8200, 9293.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "bytes.hpp"

namespace cticonnector::wire {

struct Endpoint {
    std::array<std::uint8_t, 16> address{};  ///< IPv4 in the first four
    bool v6 = false;
    std::uint16_t port = 0;
    auto operator<=>(const Endpoint&) const = default;
};
/// "10.0.0.1:42027", "[fd00::1]:42027"
std::string to_text(const Endpoint&);

struct Segment {
    std::size_t packet = 0;  ///< from 1
    std::uint32_t seconds = 0, microseconds = 0;
    Endpoint from, to;
    std::uint32_t sequence = 0;
    bool syn = false, reset = false;
    bool opens = false;  ///< the SYN of who connects
    std::span<const std::uint8_t> payload;
};

struct Segments {
    std::vector<Segment> all;  ///< in the order of the file
    std::size_t packets = 0;
    std::vector<std::string> problems;
};
/// The input is a pcap file at its beginning.
Segments read_segments(std::span<const std::uint8_t> file);

}  // namespace cticonnector::wire
