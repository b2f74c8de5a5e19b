#include "cticonnector/protocol/ged188/ged188.hpp"

#include "cticonnector/protocol/wire/print.hpp"

namespace cticonnector::ged188 {

std::string_view name_of(std::uint32_t type) {
    const wire::MessageDescriptor* message = protocol.find(type);
    return message ? message->name : std::string_view{};
}

std::string print(const Frame& frame, Version version) { return wire::print(protocol, frame, version); }

}  // namespace cticonnector::ged188
