#include "cticonnector/protocol/wire/capture.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

#include "cticonnector/base/utc.hpp"
#include "pcap.hpp"

namespace cticonnector::wire {

namespace {

constexpr std::array<std::string_view, 4> pcap_beginnings{"\xA1\xB2\xC3\xD4", "\xD4\xC3\xB2\xA1",
                                                          "\xA1\xB2\x3C\x4D", "\x4D\x3C\xB2\xA1"};
constexpr std::string_view pcapng_beginning = "\x0A\x0D\x0D\x0A";

bool is_pcap(std::string_view input) {
    return std::ranges::any_of(pcap_beginnings, [&](auto magic) { return input.starts_with(magic); });
}

std::string time_text(const Segment& segment) {
    using namespace std::chrono;
    const sys_seconds second{seconds{segment.seconds}};
    return utc_text(second + microseconds{segment.microseconds % 1'000'000u}, 6);
}

/// Puts the segments of all connections in the order of their sequence numbers (RFC 9293 section 3.4).
class Assembly {
  public:
    void add(const Segment& segment) {
        Direction& direction = of(segment);
        if (!segment.payload.empty() && !segment.syn) take(direction, segment);
        if (segment.reset) finish(direction);
    }
    Capture result() && {
        for (auto& [ends, direction] : directions_) finish(direction);
        // a piece becomes readable with the packet that closed the gap in front of it
        std::ranges::stable_sort(capture_.pieces, {}, &Piece::packet);
        return std::move(capture_);
    }

  private:
    using Ends = std::pair<Endpoint, Endpoint>;
    struct Held {
        const Segment* segment;
        std::span<const std::uint8_t> bytes;
    };
    struct Direction {
        std::size_t flow = 0;
        std::uint32_t first = 0;            ///< sequence number of the stream's byte 0
        std::int64_t next = 0;              ///< the byte that is waited for
        bool from_start = false;            ///< byte 0 is the first after the SYN
        std::size_t packet = 0;             ///< of the last piece
        std::map<std::int64_t, Held> held;  ///< behind a gap, by their first byte
    };

    Direction& of(const Segment& segment) {
        const Ends ends{segment.from, segment.to};
        const auto known = directions_.find(ends);
        if (!segment.syn)
            return known != directions_.end() ? known->second : begin(ends, segment.sequence, false);
        const std::uint32_t first = segment.sequence + 1;
        if (known != directions_.end() && known->second.from_start && known->second.first == first)
            return known->second;  // sent twice
        forget(ends);
        if (segment.opens) {  // the ports are used again
            forget({segment.to, segment.from});
            connections_.erase(unordered(ends));
        }
        return begin(ends, first, true);
    }

    static Ends unordered(const Ends& ends) {
        return ends.first < ends.second ? ends : Ends{ends.second, ends.first};
    }

    void forget(const Ends& ends) {
        const auto known = directions_.find(ends);
        if (known == directions_.end()) return;
        finish(known->second);
        directions_.erase(known);
    }

    Direction& begin(const Ends& ends, std::uint32_t first, bool from_start) {
        const auto [connection, fresh] = connections_.try_emplace(unordered(ends), capture_.connections);
        if (fresh) ++capture_.connections;
        Direction& direction = directions_[ends];
        direction.flow = capture_.flows.size();
        direction.first = first;
        direction.from_start = from_start;
        capture_.flows.push_back({to_text(ends.first) + " > " + to_text(ends.second), connection->second});
        return direction;
    }

    void take(Direction& direction, const Segment& segment) {
        // sequence numbers wrap: what counts is the distance from the byte that is waited for
        const auto expected = direction.first + static_cast<std::uint32_t>(direction.next);
        const std::int64_t at = direction.next + static_cast<std::int32_t>(segment.sequence - expected);
        const auto [held, fresh] = direction.held.try_emplace(at, Held{&segment, segment.payload});
        if (!fresh && held->second.bytes.size() < segment.payload.size())
            held->second = {&segment, segment.payload};
        deliver(direction, segment);
    }

    /// What has no gap in front of it any more.
    void deliver(Direction& direction, const Segment& because) {
        while (!direction.held.empty() && direction.held.begin()->first <= direction.next)
            deliver_first(direction, because);
    }

    void deliver_first(Direction& direction, const Segment& because) {
        const auto [at, held] = *direction.held.begin();
        direction.held.erase(direction.held.begin());
        const std::int64_t end = at + static_cast<std::int64_t>(held.bytes.size());
        if (end <= direction.next) return;  // sent twice
        Piece piece{.flow = direction.flow, .time = time_text(because)};
        piece.missing = static_cast<std::uint64_t>(std::max<std::int64_t>(at - direction.next, 0));
        const auto known = static_cast<std::size_t>(std::max<std::int64_t>(direction.next - at, 0));
        piece.bytes = held.bytes.subspan(known);
        piece.from_start = direction.from_start && direction.next == 0 && piece.missing == 0;
        piece.packet = direction.packet = std::max(direction.packet, because.packet);
        direction.next = end;
        capture_.pieces.push_back(std::move(piece));
    }

    /// No more will come to close the gaps.
    void finish(Direction& direction) {
        while (!direction.held.empty()) deliver_first(direction, *direction.held.begin()->second.segment);
    }

    std::map<Ends, Direction> directions_;
    std::map<Ends, std::size_t> connections_;  ///< by both ends, the lesser first
    Capture capture_;
};

}  // namespace

bool looks_like_capture(std::string_view input) {
    return is_pcap(input) || input.starts_with(pcapng_beginning);
}

Capture read_pcap(std::string_view input, std::optional<std::uint16_t> port) {
    Capture nothing;
    if (!is_pcap(input)) {
        nothing.problems.push_back(
            input.starts_with(pcapng_beginning)
                ? "this is a pcapng file; save it as pcap (tcpdump -w, editcap -F pcap)"
                : "this is no pcap file");
        return nothing;
    }
    Segments segments = read_segments({reinterpret_cast<const std::uint8_t*>(input.data()), input.size()});
    Assembly assembly;
    for (const Segment& segment : segments.all) {
        if (!port || segment.from.port == *port || segment.to.port == *port) assembly.add(segment);
    }
    Capture capture = std::move(assembly).result();
    capture.problems = std::move(segments.problems);
    if (capture.pieces.empty()) {
        capture.problems.push_back("no data of a TCP connection" +
                                   (port ? " at port " + std::to_string(*port) : std::string{}) + " in " +
                                   std::to_string(segments.packets) + " packets");
    }
    return capture;
}

}  // namespace cticonnector::wire
