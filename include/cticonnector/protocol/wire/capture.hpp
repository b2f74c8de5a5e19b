#pragma once
// What went over TCP connections, from a packet capture: classic pcap files of Ethernet, raw IP, loopback and
// Linux' "any" device, IPv4 and IPv6. Each byte that comes from a file is taken for hostile: whatever it
// says, there is a result, with a problem and its place where something could not be read.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cticonnector::wire {

// One direction of one connection.
struct Flow {
    std::string name;  // "10.0.0.1:40000 > 10.0.0.2:42027"
    std::size_t connection = 0;
};

// Bytes of a flow in the order of the stream, each once.
struct Piece {
    std::size_t flow = 0;
    std::size_t packet = 0;  // whose arrival made it readable, counted from 1
    std::string time;        // of that packet, UTC
    std::uint64_t missing = 0;
    bool from_start = false;              // the first bytes after the SYN
    std::span<const std::uint8_t> bytes;  // into the capture that was read
};

struct Capture {
    std::vector<Flow> flows;
    std::vector<Piece> pieces;  // in the order of their packets
    std::size_t connections = 0;
    std::vector<std::string> problems;
};

// Whether the bytes begin like a capture file, of pcap or of pcapng, which read_pcap() refuses by name.
bool looks_like_capture(std::string_view input);

// The connections of that port at either end; of every port without one. Views into `input`.
Capture read_pcap(std::string_view input, std::optional<std::uint16_t> port = std::nullopt);

}  // namespace cticonnector::wire
