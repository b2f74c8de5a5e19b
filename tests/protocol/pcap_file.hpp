#pragma once
// Capture files as tcpdump writes them, for tests: one connection, packet by packet.

#include <cstdint>
#include <string>
#include <string_view>

namespace cticonnector::testing {

enum class LinkType : std::uint32_t { loopback = 0, ethernet = 1, raw = 101, cooked = 113, cooked_2 = 276 };

class PcapFile {
  public:
    struct Options {
        LinkType link = LinkType::ethernet;
        bool little = true;
        bool v6 = false;
        bool vlan = false;
        bool nanoseconds = false;
    };
    explicit PcapFile(Options options) : options_(options) {
        word(options.nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4);
        half(2), half(4), word(0), word(0), word(65535);
        word(static_cast<std::uint32_t>(options.link));
    }
    PcapFile() : PcapFile(Options{}) {}

    static constexpr std::uint8_t syn = 2, reset = 4, ack = 16;
    /// Client (port 40000) to server (port 42027), or back.
    PcapFile& packet(bool to_server, std::uint32_t sequence, std::string_view data,
                     std::uint8_t flags = ack) {
        return frame(link(ip(to_server, tcp(to_server, sequence, data, flags))));
    }
    PcapFile& to_server(std::uint32_t sequence, std::string_view data) {
        return packet(true, sequence, data);
    }
    PcapFile& to_client(std::uint32_t sequence, std::string_view data) {
        return packet(false, sequence, data);
    }
    PcapFile& open(std::uint32_t client, std::uint32_t server) {
        packet(true, client, {}, syn);
        return packet(false, server, {}, syn | ack);
    }
    /// `cut`: bytes that the capture has left out.
    PcapFile& frame(std::string_view bytes, std::size_t cut = 0) {
        word(1'769'860'800 + packets_++);
        word(options_.nanoseconds ? 123'456'000 : 123'456);
        word(static_cast<std::uint32_t>(bytes.size() - cut));
        word(static_cast<std::uint32_t>(bytes.size()));
        text.append(bytes.substr(0, bytes.size() - cut));
        return *this;
    }
    std::string tcp(bool to_server, std::uint32_t sequence, std::string_view data, std::uint8_t flags) const {
        std::string segment = to_server ? big(40000, 2) + big(42027, 2) : big(42027, 2) + big(40000, 2);
        segment += big(sequence, 4) + big(0, 4);
        segment += static_cast<char>(0x60);  // one word of options
        segment += static_cast<char>(flags);
        segment += big(512, 2) + big(0, 4) + big(0x01010101, 4);
        return segment.append(data);
    }
    std::string ip(bool to_server, const std::string& segment) const {
        const std::string client = options_.v6 ? std::string("\xfd", 1) + std::string(14, '\0') + "\x01"
                                               : std::string("\x0a\0\0\x01", 4);
        const std::string server = options_.v6 ? std::string("\xfd", 1) + std::string(14, '\0') + "\x02"
                                               : std::string("\x0a\0\0\x02", 4);
        const std::string ends = to_server ? client + server : server + client;
        if (options_.v6) {
            const std::string hop = std::string("\x06\0", 2) + std::string(6, '\0');  // and then TCP
            return big(0x60000000, 4) + big(segment.size() + hop.size(), 2) + std::string("\0\x40", 2) +
                   ends + hop + segment;
        }
        return big(0x4500, 2) + big(20 + segment.size(), 2) + big(0, 2) + big(0x4000, 2) +
               std::string("\x40\x06\0\0", 4) + ends + segment;
    }
    std::string link(const std::string& packet) const {
        const std::string type = options_.v6 ? "\x86\xdd" : std::string("\x08\0", 2);
        switch (options_.link) {
            case LinkType::raw: return packet;
            case LinkType::loopback: return std::string("\x02\0\0\0", 4) + packet;
            case LinkType::cooked: return std::string(14, '\0') + type + packet;
            case LinkType::cooked_2: return type + std::string(18, '\0') + packet;
            case LinkType::ethernet: break;
        }
        const std::string tag = options_.vlan ? std::string("\x81\0\0\x05", 4) : "";
        return std::string(12, 'm') + tag + type + packet + (packet.size() < 46 ? "padding" : "");
    }

    std::string text;

  private:
    static std::string big(std::size_t value, int bytes) {
        std::string out;
        for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
        return out;
    }
    void number(std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i)
            text += static_cast<char>(value >> (8 * (options_.little ? i : bytes - 1 - i)));
    }
    void word(std::uint32_t value) { number(value, 4); }
    void half(std::uint32_t value) { number(value, 2); }

    Options options_;
    std::uint32_t packets_ = 0;
};

}  // namespace cticonnector::testing
