// ICI requests as SAP sends them, events and replies as the other side reads them. What was read can be
// written, and reads the same again.
#include "cticonnector/protocol/ici/attached_data.hpp"
#include "cticonnector/protocol/ici/codec.hpp"

#include "fuzz/input.hpp"

using namespace cticonnector;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (const auto request = ici::read_request(text)) {
        const auto again = ici::read_request(ici::write_request(*request));
        fuzz::must(again && *again == *request, "a request that was read reads the same again");
    } else {
        fuzz::must(request.error().http_status >= 400, "a refusal has its status");
    }
    if (const auto event = ici::read_event(text)) {
        const auto again = ici::read_event(ici::write_event(*event));
        fuzz::must(again && *again == *event, "an event that was read reads the same again");
    }
    static_cast<void>(ici::read_event_reply(text));
    static_cast<void>(ici::read_reply(ici::Operation::get_attributes, text));
    return 0;
}
