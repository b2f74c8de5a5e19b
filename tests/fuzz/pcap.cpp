// Packet captures: whatever the file says, every byte of a flow comes once, in its order, from inside of the
// input, and there is a text for people.
#include "cticonnector/protocol/wire/capture.hpp"

#include <cstddef>
#include <cstdint>

#include "cticonnector/protocol/ged188/dump.hpp"
#include "fuzz/input.hpp"

using namespace cticonnector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = fuzz::text_of(data, size);
    const wire::Capture capture = wire::read_pcap(input);
    std::size_t total = 0, packet = 0;
    for (const wire::Piece& piece : capture.pieces) {
        const auto* begin = piece.bytes.data();
        fuzz::must(!piece.bytes.empty(), "a piece has bytes");
        fuzz::must(begin >= data && piece.bytes.size() <= static_cast<std::size_t>(data + size - begin),
                   "a piece lies in the input");
        fuzz::must(piece.flow < capture.flows.size(), "a piece has a flow");
        fuzz::must(capture.flows[piece.flow].connection < capture.connections, "a flow has a connection");
        fuzz::must(piece.packet >= packet, "pieces come in the order of their packets");
        packet = piece.packet;
        total += piece.bytes.size();
    }
    fuzz::must(total <= size, "no byte comes twice");
    const auto dump = wire::dump(ged188::protocol, capture, ged188::newest_version, ged188::version_after);
    fuzz::must(!dump.text.empty(), "every capture has its text");
    static_cast<void>(wire::dump(ged188::protocol, input, ged188::newest_version));
    return 0;
}
