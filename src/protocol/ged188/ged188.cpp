#include "cticonnector/protocol/ged188/ged188.hpp"

#include "cticonnector/protocol/ged188/dump.hpp"
#include "cticonnector/protocol/wire/print.hpp"

namespace cticonnector::ged188 {

std::string_view name_of(std::uint32_t type) {
    const wire::MessageDescriptor* message = protocol.find(type);
    return message ? message->name : std::string_view{};
}

Version version_after(const Frame& frame, Version version) {
    constexpr std::size_t at = 4, end = 8;  // VersionNumber, behind InvokeID in every version
    if (frame.type != OpenReq::type || frame.body.size() < end) return version;
    std::uint32_t asked = 0;
    for (const std::uint8_t byte : frame.body.subspan(at, end - at)) asked = asked << 8 | byte;
    const bool ours = asked >= oldest_version.number && asked <= newest_version.number;
    return ours ? Version{asked} : version;
}

std::string print(const Frame& frame, Version version) { return wire::print(protocol, frame, version); }

}  // namespace cticonnector::ged188
