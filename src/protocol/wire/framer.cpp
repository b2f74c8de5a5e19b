#include "cticonnector/protocol/wire/framer.hpp"

#include "bytes.hpp"

namespace cticonnector::wire {

Header read_header(std::span<const std::uint8_t, header_size> bytes) {
    return {load32(bytes.data()), load32(bytes.data() + 4)};
}

void Framer::feed(std::span<const std::uint8_t> bytes) {
    if (taken_ != 0) {
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(taken_));
        taken_ = 0;
    }
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

Result<std::optional<Frame>> Framer::next() {
    const std::span rest = std::span<const std::uint8_t>{buffer_}.subspan(taken_);
    if (rest.size() < header_size) return std::optional<Frame>{};
    const Header header = read_header(rest.first<header_size>());
    const std::size_t size = header_size + std::size_t{header.length};
    if (size > max_message_) return Error{WireError::message_too_long, {}, 0, size, max_message_};
    if (rest.size() < size) return std::optional<Frame>{};
    taken_ += size;
    return std::optional{Frame{header.type, rest.subspan(header_size, header.length)}};
}

}  // namespace cticonnector::wire
