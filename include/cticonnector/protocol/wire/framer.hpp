#pragma once
// Cuts a byte stream into messages: feed() bytes in any chunks, then call next() until it gives nothing.
// A header (MHDR) is MessageLength and MessageType, both UINT, big-endian; MessageLength excludes the header
// (GED-188 section 1). A length above the limit is an error that stays:
// the stream cannot be read any further.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cticonnector/protocol/wire/error.hpp"

namespace cticonnector::wire {

inline constexpr std::size_t header_size = 8;

// One message. The body belongs to whoever owns the bytes; texts decoded from it are views into it.
struct Frame {
    std::uint32_t type = 0;
    std::span<const std::uint8_t> body{};
};

struct Header {
    std::uint32_t length = 0;  // of the body
    std::uint32_t type = 0;
};

Header read_header(std::span<const std::uint8_t, header_size> bytes);

class Framer {
  public:
    // max_message: bytes of the largest message, header included.
    explicit Framer(std::size_t max_message) : max_message_(max_message) {}

    void feed(std::span<const std::uint8_t> bytes);

    // The next whole message, nothing yet, or message_too_long. The body is valid until the next feed().
    Result<std::optional<Frame>> next();

    // Bytes that wait for the rest of their message.
    std::size_t pending() const { return buffer_.size() - taken_; }

  private:
    std::size_t max_message_;
    std::vector<std::uint8_t> buffer_;
    std::size_t taken_ = 0;
};

}  // namespace cticonnector::wire
