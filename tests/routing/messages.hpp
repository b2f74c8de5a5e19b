#pragma once
// Messages as bytes and back, for the tests of the routing side.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cticonnector/protocol/ged188/ged188.hpp"
#include "cticonnector/protocol/mr/mr.hpp"

namespace cticonnector::routing::test {

using Bytes = std::vector<std::uint8_t>;
inline constexpr wire::Version version{24};

template <class M>
Bytes bytes_of(const M& message, wire::Version with = version) {
    Bytes bytes;
    const auto done = wire::encode(message, with, bytes);
    EXPECT_TRUE(done) << M::name << ": " << (done ? "" : wire::describe(done.error()));
    return bytes;
}

/// The frames of whole messages behind each other; they point into `bytes`.
inline std::vector<wire::Frame> frames_of(const Bytes& bytes) {
    std::vector<wire::Frame> frames;
    std::span<const std::uint8_t> rest{bytes};
    while (rest.size() >= wire::header_size) {
        const wire::Header header = wire::read_header(rest.first<wire::header_size>());
        frames.push_back({header.type, rest.subspan(wire::header_size, header.length)});
        rest = rest.subspan(wire::header_size + header.length);
    }
    EXPECT_TRUE(rest.empty());
    return frames;
}

inline std::vector<std::string> names_of(const Bytes& bytes) {
    std::vector<std::string> names;
    for (const wire::Frame& frame : frames_of(bytes)) names.emplace_back(ged188::name_of(frame.type));
    return names;
}

/// One message's bytes and its frame, kept together.
struct Message {
    Bytes bytes;
    wire::Frame frame() const { return frames_of(bytes).front(); }
};
template <class M>
Message message_of(const M& message, wire::Version with = version) {
    return {bytes_of(message, with)};
}

/// The only message of that type in `bytes`; its texts point into them.
template <class M>
M only(const Bytes& bytes) {
    std::vector<M> found;
    for (const wire::Frame& frame : frames_of(bytes)) {
        if (frame.type == M::type) found.push_back(*wire::decode<M>(frame, version));
    }
    EXPECT_EQ(found.size(), 1u) << M::name;
    return found.empty() ? M{} : found.front();
}

}  // namespace cticonnector::routing::test
