#pragma once
// A byte stream as a peer may send it: cut by the framer in pieces, each frame read as a list of fields, as
// text and as its struct; what was read can be written, and reads the same again.

#include <algorithm>
#include <vector>

#include "cticonnector/protocol/wire/codec.hpp"
#include "fuzz/input.hpp"

namespace cticonnector::fuzz {

/// read_frame(frame) looks at one message. The first byte of the input says in which pieces the stream comes.
template <class ReadFrame>
void read_stream(std::span<const std::uint8_t> input, std::size_t max_message, ReadFrame read_frame) {
    const std::size_t piece = take_byte(input) + 1u;
    wire::Framer framer(max_message);
    while (!input.empty()) {
        const auto part = input.first(std::min(piece, input.size()));
        input = input.subspan(part.size());
        framer.feed(part);
        for (;;) {
            const auto frame = framer.next();
            if (!frame) return;  // the length is above the limit: the stream ends
            if (!*frame) break;
            read_frame(**frame);
        }
    }
}

/// Each struct of a protocol against a frame: EveryStruct<AsStruct>::read(frame, version).
template <class... Ms>
struct AsStruct {
    static void read(const wire::Frame& frame, wire::Version version) {
        ((Ms::type == frame.type ? one<Ms>(frame, version) : void()), ...);
    }

  private:
    template <class M>
    static void one(const wire::Frame& frame, wire::Version version) {
        const auto first = wire::decode<M>(frame, version);
        std::vector<std::uint8_t> bytes;
        if (!first || !wire::encode(*first, version, bytes)) return;
        const auto again =
            wire::decode<M>({frame.type, std::span{bytes}.subspan(wire::header_size)}, version);
        std::vector<std::uint8_t> twice;
        must(again && wire::encode(*again, version, twice) && twice == bytes,
             "what was written reads the same again");
    }
};

}  // namespace cticonnector::fuzz
