// GED-188 frames with the bodies of agent reporting, at three versions: the oldest, the one where the header
// grew, the newest.
#include "cticonnector/protocol/ged188/ged188.hpp"

#include <array>

#include "cticonnector/protocol/ged188/struct_list.hpp"
#include "fuzz/frames.hpp"

using namespace cticonnector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array versions{ged188::oldest_version, ged188::Version{20}, ged188::newest_version};
    std::span input{data, size};
    const ged188::Version version = versions[fuzz::take_byte(input) % versions.size()];
    fuzz::read_stream(input, ged188::max_message(version), [&](const ged188::Frame& frame) {
        ged188::Notes notes;
        if (const auto list = ged188::decode_fields(frame, version, notes)) {
            std::vector<std::uint8_t> bytes;
            static_cast<void>(ged188::encode(*list, version, bytes));
        }
        fuzz::must(!ged188::print(frame, version).empty(), "every frame has its line");
        ged188::EveryStruct<fuzz::AsStruct>::read(frame, version);
    });
    return 0;
}
