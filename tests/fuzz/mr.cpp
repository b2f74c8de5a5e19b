// Frames of media routing.
#include "cticonnector/protocol/mr/mr.hpp"

#include "cticonnector/protocol/mr/struct_list.hpp"
#include "fuzz/frames.hpp"

using namespace cticonnector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::read_stream(std::span{data, size}, mr::max_message(), [&](const mr::Frame& frame) {
        fuzz::must(!mr::print(frame).empty(), "every frame has its line");
        mr::EveryStruct<fuzz::AsStruct>::read(frame, mr::version);
    });
    return 0;
}
