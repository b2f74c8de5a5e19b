#include "pcap.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

namespace cticonnector::wire {

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t file_header_size = 24;
constexpr std::size_t packet_header_size = 16;
constexpr std::uint32_t largest_packet = 1 << 18;  // tcpdump's own; a length beyond it is no length

constexpr std::uint16_t ethertype_ipv4 = 0x0800, ethertype_ipv6 = 0x86DD;
constexpr std::uint8_t tcp = 6;

/// A packet that cannot be read: why. Empty: it is of no interest.
struct Skipped {
    std::string why;
};

/// What a packet is looked through with: bytes are taken off the front, never more than there are.
class Reader {
  public:
    explicit Reader(Bytes bytes) : rest_(bytes) {}
    bool has(std::size_t size) const { return rest_.size() >= size; }
    Bytes take(std::size_t size) {
        const Bytes front = rest_.first(size);
        rest_ = rest_.subspan(size);
        return front;
    }
    Bytes rest() const { return rest_; }
    void cut(std::size_t size) { rest_ = rest_.first(std::min(size, rest_.size())); }

  private:
    Bytes rest_;
};

/// Numbers of the file's own headers, in the byte order of whoever wrote it.
class Order {
  public:
    explicit Order(bool little) : little_(little) {}
    std::uint32_t u32(Bytes bytes, std::size_t at) const {
        const std::uint32_t big = load32(bytes.data() + at);
        if (!little_) return big;
        return big >> 24 | (big >> 8 & 0xFF00) | (big << 8 & 0xFF0000) | big << 24;
    }

  private:
    bool little_;
};

// ---- link layers: what is taken off, and which protocol follows (0: none of ours)

std::uint16_t by_version(const Reader& packet) {
    if (!packet.has(1)) return 0;
    const int version = packet.rest()[0] >> 4;
    return version == 4 ? ethertype_ipv4 : version == 6 ? ethertype_ipv6 : std::uint16_t{0};
}

std::uint16_t ethernet(Reader& packet) {
    constexpr std::size_t addresses = 12;
    constexpr std::array<std::uint32_t, 3> tags{0x8100, 0x88A8, 0x9100};  // virtual LANs
    if (!packet.has(addresses + 2)) return 0;
    packet.take(addresses);
    std::uint32_t type = load16(packet.take(2).data());
    while (std::ranges::find(tags, type) != tags.end() && packet.has(4))
        type = load16(packet.take(4).data() + 2);
    return static_cast<std::uint16_t>(type);
}

/// The family's numbers differ from system to system and in their byte order; the packet itself says it too.
std::uint16_t loopback(Reader& packet) {
    if (!packet.has(4)) return 0;
    packet.take(4);
    return by_version(packet);
}

std::uint16_t cooked(Reader& packet) {
    if (!packet.has(16)) return 0;
    return static_cast<std::uint16_t>(load16(packet.take(16).data() + 14));
}

std::uint16_t cooked_2(Reader& packet) {
    if (!packet.has(20)) return 0;
    return static_cast<std::uint16_t>(load16(packet.take(20).data()));
}

std::uint16_t raw(Reader& packet) { return by_version(packet); }

struct Link {
    std::uint32_t number;
    std::uint16_t (*strip)(Reader&);
};
constexpr std::array links{
    Link{0, loopback},   Link{1, ethernet}, Link{12, raw},  Link{14, raw},  Link{101, raw},
    Link{108, loopback}, Link{113, cooked}, Link{228, raw}, Link{229, raw}, Link{276, cooked_2},
};

// ---- IP

struct IpHeader {
    Endpoint from, to;
    std::uint8_t protocol = 0;
    std::optional<Skipped> skipped;
};

IpHeader skip(std::string why) {
    IpHeader header;
    header.skipped = Skipped{std::move(why)};
    return header;
}

void set_addresses(IpHeader& header, Bytes both) {
    const std::size_t size = both.size() / 2;
    std::ranges::copy(both.first(size), header.from.address.begin());
    std::ranges::copy(both.subspan(size), header.to.address.begin());
    header.from.v6 = header.to.v6 = size == 16;
}

IpHeader ipv4(Reader& packet) {
    constexpr std::size_t least = 20;
    if (!packet.has(least)) return skip("the IPv4 header is cut short");
    const Bytes fixed = packet.rest().first(least);
    const std::size_t size = (fixed[0] & 0xFU) * 4;
    const std::uint32_t total = load16(fixed.data() + 2);
    const std::uint32_t fragment = load16(fixed.data() + 6) & 0x3FFF;  // offset, and more to come
    if (size < least || !packet.has(size)) return skip("the IPv4 header is cut short");
    IpHeader header;
    header.protocol = fixed[9];
    if (header.protocol != tcp) return skip("");
    if (fragment != 0) return skip("a fragment of an IP packet, which is not put together here");
    set_addresses(header, fixed.subspan(12, 8));
    if (total >= size) packet.cut(total);  // 0 where the network card was to fill it in
    packet.take(size);
    return header;
}

IpHeader ipv6(Reader& packet) {
    constexpr std::size_t fixed_size = 40;
    constexpr std::uint8_t hop_by_hop = 0, routing = 43, fragment = 44, destination = 60;
    if (!packet.has(fixed_size)) return skip("the IPv6 header is cut short");
    const Bytes fixed = packet.take(fixed_size);
    IpHeader header;
    set_addresses(header, fixed.subspan(8, 32));
    if (const std::uint32_t length = load16(fixed.data() + 4); length != 0) packet.cut(length);
    header.protocol = fixed[6];
    for (;;) {
        const bool option =
            header.protocol == hop_by_hop || header.protocol == routing || header.protocol == destination;
        if (header.protocol == fragment)
            return skip("a fragment of an IP packet, which is not put together here");
        if (!option) break;
        if (!packet.has(2)) return skip("the IPv6 header is cut short");
        const std::size_t size = (packet.rest()[1] + std::size_t{1}) * 8;
        if (!packet.has(size)) return skip("the IPv6 header is cut short");
        header.protocol = packet.take(size)[0];
    }
    if (header.protocol != tcp) return skip("");
    return header;
}

// ---- TCP

std::optional<Skipped> read_tcp(Reader& packet, Segment& segment) {
    constexpr std::size_t least = 20;
    constexpr std::uint8_t syn = 2, reset = 4, ack = 16;
    if (!packet.has(least)) return Skipped{"the TCP header is cut short"};
    const Bytes fixed = packet.rest().first(least);
    const std::size_t size = (fixed[12] >> 4) * std::size_t{4};
    if (size < least || !packet.has(size)) return Skipped{"the TCP header is cut short"};
    segment.from.port = static_cast<std::uint16_t>(load16(fixed.data()));
    segment.to.port = static_cast<std::uint16_t>(load16(fixed.data() + 2));
    segment.sequence = load32(fixed.data() + 4);
    segment.syn = (fixed[13] & syn) != 0;
    segment.opens = segment.syn && (fixed[13] & ack) == 0;
    segment.reset = (fixed[13] & reset) != 0;
    packet.take(size);
    segment.payload = packet.rest();
    return std::nullopt;
}

std::optional<Skipped> read_packet(const Link& link, Bytes bytes, Segment& segment) {
    Reader packet{bytes};
    const std::uint16_t type = link.strip(packet);
    if (type != ethertype_ipv4 && type != ethertype_ipv6) return Skipped{};
    IpHeader header = type == ethertype_ipv4 ? ipv4(packet) : ipv6(packet);
    if (header.skipped) return std::move(header.skipped);
    segment.from = header.from;
    segment.to = header.to;
    return read_tcp(packet, segment);
}

std::string at_packet(std::size_t number, std::size_t at) {
    return "packet " + std::to_string(number) + " at byte " + std::to_string(at) + ": ";
}

/// The longest run of zero groups becomes "::", as RFC 5952 has it.
std::string ipv6_text(const Endpoint& end) {
    std::array<std::uint32_t, 8> groups{};
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = load16(end.address.data() + 2 * i);
    std::size_t best = 0, longest = 1;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::size_t run = 0;
        while (i + run < groups.size() && groups[i + run] == 0) ++run;
        if (run > longest) best = i, longest = run;
    }
    std::string text;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (longest > 1 && i == best) {
            text += "::";
            i += longest - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':') text += ':';
        std::array<char, 8> group{};
        std::snprintf(group.data(), group.size(), "%x", static_cast<unsigned>(groups[i]));
        text += group.data();
    }
    return text;
}

// ---- the file

struct FileHeader {
    Order order;
    std::uint32_t fraction;  ///< what a packet's time counts in a microsecond
    std::uint32_t link;
};

FileHeader read_header(Bytes file) {
    constexpr std::uint32_t micro = 0xA1B2C3D4, nano = 0xA1B23C4D;
    const std::uint32_t magic = load32(file.data());
    const Order order{magic != micro && magic != nano};
    return {.order = order,
            .fraction = order.u32(file, 0) == nano ? 1000U : 1U,
            .link = order.u32(file, 20) & 0xFFFF};  // above: how frames end
}

struct PacketHeader {
    std::uint32_t seconds = 0;
    std::uint32_t microseconds = 0;
    std::uint32_t size = 0;  ///< of what was captured
    std::uint32_t sent = 0;
    std::string broken;  ///< why neither it nor anything behind it can be read; empty: it can
};

PacketHeader read_packet_header(Bytes file, std::size_t at, const FileHeader& header) {
    constexpr std::string_view cut_short = "the file ends inside it";
    const std::size_t rest = file.size() - at;
    if (rest < packet_header_size) return {.broken = std::string(cut_short)};
    PacketHeader packet{.seconds = header.order.u32(file, at),
                        .microseconds = header.order.u32(file, at + 4) / header.fraction,
                        .size = header.order.u32(file, at + 8),
                        .sent = header.order.u32(file, at + 12)};
    if (packet.size > largest_packet) {
        packet.broken = "a length of " + std::to_string(packet.size) + " bytes, nothing behind it is read";
    } else if (rest - packet_header_size < packet.size) {
        packet.broken = cut_short;
    }
    return packet;
}

/// Returns what is wrong with the packet, if anything; one that was captured in part may still be of use.
std::string add_segment(Segments& result, const PacketHeader& packet, const Link& link, Bytes bytes) {
    Segment segment{.packet = result.packets, .seconds = packet.seconds, .microseconds = packet.microseconds};
    const auto skipped = read_packet(link, bytes, segment);
    if (!skipped) result.all.push_back(segment);
    if (skipped && skipped->why.empty()) return {};
    if (packet.sent > packet.size)
        return "only " + std::to_string(packet.size) + " of its " + std::to_string(packet.sent) +
               " bytes were captured";
    return skipped ? skipped->why : std::string{};
}

}  // namespace

std::string to_text(const Endpoint& end) {
    const std::string port = ":" + std::to_string(end.port);
    if (end.v6) return "[" + ipv6_text(end) + "]" + port;
    std::string text;
    for (std::size_t i = 0; i < 4; ++i) text += (i == 0 ? "" : ".") + std::to_string(end.address[i]);
    return text + port;
}

Segments read_segments(Bytes file) {
    Segments result;
    if (file.size() < file_header_size) {
        result.problems.push_back("the file ends inside its header: " + std::to_string(file.size()) +
                                  " bytes of " + std::to_string(file_header_size));
        return result;
    }
    const FileHeader header = read_header(file);
    const auto* link = std::ranges::find(links, header.link, &Link::number);
    if (link == links.end()) {
        result.problems.push_back("link type " + std::to_string(header.link) +
                                  " is not read here, only Ethernet, raw IP, loopback and Linux cooked");
        return result;
    }
    std::size_t at = file_header_size;
    while (at < file.size()) {
        ++result.packets;
        const PacketHeader packet = read_packet_header(file, at, header);
        if (!packet.broken.empty()) {
            result.problems.push_back(at_packet(result.packets, at) + packet.broken);
            return result;
        }
        const Bytes bytes = file.subspan(at + packet_header_size, packet.size);
        if (const std::string why = add_segment(result, packet, *link, bytes); !why.empty())
            result.problems.push_back(at_packet(result.packets, at) + why);
        at += packet_header_size + packet.size;
    }
    return result;
}

}  // namespace cticonnector::wire
