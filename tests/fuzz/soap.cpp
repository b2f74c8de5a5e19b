// SOAP documents, read as every reader does: the whole tree, through references,
// as texts and as embedded documents.
#include "cticonnector/protocol/soap/envelope.hpp"

#include "fuzz/input.hpp"

using namespace cticonnector;

namespace {

void read(const soap::Element& element) {
    static_cast<void>(element.name());
    static_cast<void>(element.text());
    static_cast<void>(element.embedded());
    element.for_each([](const soap::Element& child) { read(child); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    soap::Envelope envelope;
    const auto error = envelope.load(fuzz::text_of(data, size), {"user", "language"});
    if (error) return 0;
    read(envelope.header());
    read(envelope.operation());
    return 0;
}
